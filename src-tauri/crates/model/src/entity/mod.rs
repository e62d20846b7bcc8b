//! The kinds of entity of a plan, one file each: the fields with their descriptions, and the rules that a row keeps.

mod approval;
mod assignee;
mod assignment;
mod assumption;
mod budget;
mod checklist;
mod checklist_item;
mod dependency;
mod due;
mod exchange_rate;
mod grouping;
mod holiday;
mod interaction;
mod list_place;
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

use serde::{Serialize, de::DeserializeOwned};

pub use approval::{Approval, ApprovedPosition};
pub use assignee::Assignee;
pub use assignment::Assignment;
pub use assumption::Assumption;
pub use budget::Budget;
pub use checklist::{Checklist, TemplateUse};
pub use checklist_item::{ChecklistItem, Feedback, FeedbackKind, ItemState};
pub use dependency::Dependency;
pub use due::Due;
pub use exchange_rate::ExchangeRate;
pub use grouping::{Grouping, GroupingKind};
pub use holiday::Holiday;
pub use interaction::{Interaction, mode};
pub use list_place::ListPlace;
pub use membership::{Membership, is_lead};
pub use ownership::{Owner, Ownership, role};
pub use person::Person;
pub use position::{Breadth, Position, Status, pay_range, reason};
pub use service::{Link, Service};
pub use setting::Setting;
pub use team::Team;
pub use template::{LifecycleEvent, Template};
pub use template_item::{ChecklistStep, TemplateItem};

pub use crate::field::{NAME_LIMIT, TEXT_LIMIT};
use crate::{
    date_range::DateRange,
    error::FieldError,
    field::{self, Cell, Described, FieldData, FieldType, MergeRule, Names, TextLimit, ValueType},
    field::{entity, json_value, word_value},
    kind::*,
};

/// Source data without a field in the plan: JSON text by format (`backstage` → `{"metadata": {…}}`), which exports
/// write back.
pub type Extra = BTreeMap<String, String>;

/// A row with an ID.
pub trait Identified {
    type Id: EntityId;
    fn id(&self) -> Self::Id;
    fn set_id(&mut self, id: Self::Id);
}

/// Something with an ID, described fields, and a date range in which it holds.
pub trait Entity:
    Identified + Described + Clone + PartialEq + Default + fmt::Debug + Serialize + DeserializeOwned
{
    const KIND: Kind = <Self::Id as EntityId>::KIND;

    fn date_range(&self) -> DateRange {
        DateRange::ALWAYS
    }
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
    /// What the fields must keep together, beyond the limits of each.
    ///
    /// # Errors
    /// The field at which it is shown.
    fn check_together(&self) -> Result<(), FieldError> {
        Ok(())
    }

    /// Every entity that it refers to.
    fn references(&self, visit: &mut dyn FnMut(EntityRef)) {
        for field in Self::FIELDS {
            if field.refers() {
                field.value(self).references(visit);
            }
        }
    }

    /// Validates the fields without looking at the plan.
    ///
    /// # Errors
    /// The first field that is not valid.
    fn check(&self) -> Result<(), FieldError> {
        field::check_each(self)?;
        check_span(self.date_range())?;
        self.check_together()
    }
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

/// The names of several entities, with commas.
fn listed<Id: Copy + Into<EntityRef>>(items: &[Id], names: &dyn Names) -> String {
    items.iter().map(|item| names.name((*item).into())).collect::<Vec<_>>().join(", ")
}
