//! The kinds of entity of a plan, one file each. `entities!` lists them and makes an ID type, a table, a [`Change`]
//! and the macros [`with_edit!`], [`with_row!`] and [`each_table!`] for all of them. A new kind is a file and a line
//! there; the compiler asks for the rest.

mod approval;
mod assignment;
mod assumption;
mod budget;
mod checklist;
mod checklist_item;
mod dependency;
mod exchange_rate;
mod grouping;
mod holiday;
mod interaction;
mod membership;
mod ownership;
mod person;
mod position;
mod service;
mod setting;
mod team;
mod template;
mod template_item;

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

pub use approval::{Approval, ApprovedPosition};
pub use assignment::Assignment;
pub use assumption::Assumption;
pub use budget::Budget;
pub use checklist::{Checklist, TemplateUse};
pub use checklist_item::{ChecklistItem, Feedback, FeedbackKind, ItemState};
pub use dependency::Dependency;
pub use exchange_rate::ExchangeRate;
pub use grouping::{Grouping, GroupingKind};
pub use holiday::Holiday;
pub use interaction::{Interaction, mode};
pub use membership::{Membership, is_lead};
pub use ownership::{Owner, Ownership, role};
pub use person::Person;
pub use position::{Breadth, Position, Status, pay_range, reason};
pub use service::{Link, Service};
pub use setting::Setting;
pub use team::Team;
pub use template::{LifecycleEvent, Template};
pub use template_item::{Assignee, ChecklistStep, Due, TemplateItem};

use crate::{change::Edit, date_range::DateRange, error::FieldError, table::Table};

/// Source data without a field in the plan: JSON text by format (`backstage` → `{"metadata": {…}}`), which exports
/// write back.
pub type Extra = BTreeMap<String, String>;

/// Something with an ID, a date range and fields that are checked one by one.
pub trait Entity: Clone + PartialEq + fmt::Debug + Serialize + DeserializeOwned {
    type Id: Copy + Eq + std::hash::Hash + fmt::Debug + Into<u64> + From<u64>;
    const KIND: Kind;

    fn id(&self) -> Self::Id;
    fn date_range(&self) -> DateRange;
    /// Unique within [`Entity::key_space`].
    fn key(&self) -> Option<&str> {
        None
    }
    /// The name, where it has one of its own.
    fn called(&self) -> Option<&str> {
        None
    }
    /// Former and other names.
    fn aliases(&self) -> &[String] {
        &[]
    }
    /// Within it keys are unique: systems and domains share a table and have a key space each.
    fn key_space(&self) -> &'static str {
        ""
    }
    /// Every entity that it refers to.
    fn references(&self, visit: &mut dyn FnMut(EntityRef));
    /// Validates the fields without looking at the plan.
    fn check(&self) -> Result<(), FieldError>;
}

/// Kind and ID of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EntityRef {
    pub kind: Kind,
    pub id: u64,
}

impl fmt::Display for EntityRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind.noun(), self.id)
    }
}

macro_rules! entities {
    ($($Type:ident, $Id:ident, $name:literal, $table:ident;)*) => {
        /// The kinds of entity, as named in the journal and in the tables of the file.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Kind { $($Type),* }

        impl Kind {
            pub const ALL: &[Kind] = &[$(Kind::$Type),*];

            /// The kind as a noun, singular, lower case.
            pub fn noun(self) -> &'static str {
                match self { $(Kind::$Type => $name),* }
            }
        }

        $(
            #[doc = concat!("ID of a ", $name, ": see [`NewIds`](crate::NewIds).")]
            ///
            /// It has no order, since its number is random; rows have one ([`RowOrder`](crate::RowOrder)).
            #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
            #[serde(transparent)]
            pub struct $Id(pub u64);
            impl From<u64> for $Id { fn from(id: u64) -> Self { Self(id) } }
            impl From<$Id> for u64 { fn from(id: $Id) -> u64 { id.0 } }
            impl From<$Id> for EntityRef {
                fn from(id: $Id) -> Self { EntityRef { kind: Kind::$Type, id: id.0 } }
            }
        )*

        /// An entity created, changed or deleted.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "kind", rename_all = "snake_case")]
        pub enum Change { $($Type(Edit<$Type>)),* }

        $(impl From<Edit<$Type>> for Change {
            fn from(edit: Edit<$Type>) -> Self { Change::$Type(edit) }
        })*

        /// A table for each kind.
        #[derive(Debug, Clone, PartialEq, Default)]
        pub struct Tables { $(pub $table: Table<$Type>),* }

        /// Access to the table of a kind from generic code.
        pub trait EntityTable: Entity {
            fn table(tables: &Tables) -> &Table<Self>;
            fn table_mut(tables: &mut Tables) -> &mut Table<Self>;
        }
        $(impl EntityTable for $Type {
            fn table(tables: &Tables) -> &Table<Self> { &tables.$table }
            fn table_mut(tables: &mut Tables) -> &mut Table<Self> { &mut tables.$table }
        })*

        /// Runs code generic over the kind of a change: `with_edit!(change, edit => …)`.
        #[macro_export]
        macro_rules! with_edit {
            ($change:expr, $edit:ident => $body:expr) => {
                match $change { $($crate::Change::$Type($edit) => $body),* }
            };
        }

        /// Runs code generic over the kind of an entity, if the plan has the row.
        #[macro_export]
        macro_rules! with_row {
            ($tables:expr, $subject:expr, $row:ident => $body:expr) => {
                match $subject.kind { $($crate::Kind::$Type => $tables.$table.get($subject.id.into()).map(|$row| $body)),* }
            };
        }

        /// Runs code for every table: `each_table!(tables, table => …)`.
        #[macro_export]
        macro_rules! each_table {
            ($tables:expr, $each:ident => $body:expr) => { $({ let $each = &$tables.$table; $body })* };
        }
    };
}

entities! {
    Team, TeamId, "team", teams;
    Person, PersonId, "person", people;
    Membership, MembershipId, "membership", memberships;
    Grouping, GroupingId, "grouping", groupings;
    Service, ServiceId, "service", services;
    Ownership, OwnershipId, "ownership", ownerships;
    Dependency, DependencyId, "dependency", dependencies;
    Interaction, InteractionId, "interaction", interactions;
    Position, PositionId, "position", positions;
    Assignment, AssignmentId, "assignment", assignments;
    Assumption, AssumptionId, "assumption", assumptions;
    Budget, BudgetId, "budget", budgets;
    ExchangeRate, ExchangeRateId, "exchange rate", exchange_rates;
    Holiday, HolidayId, "holiday", holidays;
    Approval, ApprovalId, "baseline", approvals;
    Template, TemplateId, "template", templates;
    TemplateItem, TemplateItemId, "template item", template_items;
    Checklist, ChecklistId, "checklist", checklists;
    ChecklistItem, ChecklistItemId, "checklist item", checklist_items;
    Setting, SettingId, "setting", settings;
}

/// The longest name, key, alias or tag, in characters.
pub const NAME_LIMIT: usize = 1_000;
/// The longest description or other text, in bytes.
pub const TEXT_LIMIT: usize = 1 << 20;

pub(crate) fn check_name(field: &'static str, text: &str) -> Result<(), FieldError> {
    if text.trim().is_empty() {
        return Err(FieldError::new(field, "must not be empty"));
    }
    check_short(field, text)
}

pub(crate) fn check_short(field: &'static str, text: &str) -> Result<(), FieldError> {
    // Counting characters is expensive and long text rare: bytes first.
    if text.len() > NAME_LIMIT && text.chars().count() > NAME_LIMIT {
        return Err(FieldError::new(field, format!("is longer than {NAME_LIMIT} characters")));
    }
    check_text(field, text)
}

pub(crate) fn check_text(field: &'static str, text: &str) -> Result<(), FieldError> {
    if text.len() > TEXT_LIMIT {
        return Err(FieldError::new(field, "is longer than a megabyte"));
    }
    if text.contains('\0') {
        return Err(FieldError::new(field, "contains a NUL character"));
    }
    Ok(())
}

pub(crate) fn check_list(field: &'static str, items: &[String]) -> Result<(), FieldError> {
    items.iter().try_for_each(|item| check_name(field, item))
}

/// Validates a date range. A last day right before the first one is accepted: the range is empty.
///
/// # Errors
/// The field `until` if it is earlier than that.
pub fn check_span(span: DateRange) -> Result<(), FieldError> {
    match (span.from, span.until) {
        (Some(from), Some(until)) if until.succ_opt().is_some_and(|next| next < from) => {
            Err(FieldError::new("until", format!("{until} is before the start date, {from}")))
        }
        _ => Ok(()),
    }
}

/// For `skip_serializing_if`: the journal leaves out defaults.
pub(crate) fn is_false(flag: &bool) -> bool {
    !flag
}
