//! The kinds of entity of a plan, one file each: the fields with their descriptions, and the rules that a row keeps.

mod action;
mod approval;
mod assignee;
mod assignment;
mod assumption;
mod bet;
mod budget;
mod checklist;
mod checklist_item;
mod cost_line;
mod cost_rule;
mod cost_share;
mod dependency;
mod due;
mod exchange_rate;
mod expected_figure;
mod finding_review;
mod grouping;
mod holiday;
mod incident;
mod interaction;
#[cfg(feature = "example-kind")]
mod licence;
mod list_place;
mod membership;
mod metric;
mod objective;
mod observation;
mod ownership;
mod person;
mod position;
mod scenario;
mod service;
mod setting;
mod team;
mod template;
mod template_item;

use std::{cmp::Ordering, collections::BTreeMap, fmt};

use serde::{Serialize, de::DeserializeOwned};

pub use action::ActionState;
pub use approval::ApprovedPosition;
pub use assignee::Assignee;
pub use bet::BetDecision;
pub use checklist::TemplateUse;
pub use checklist_item::{Feedback, FeedbackKind, ItemState};
pub use cost_line::ChargeClass;
pub use cost_rule::COST_RULE_FIELDS;
pub use due::Due;
pub use expected_figure::{Bound, BoundValue, ExpectedFigure, FigureScope, PlanFigure};
pub use finding_review::{FindingComment, FindingDecision};
pub use grouping::GroupingKind;
pub use incident::{IncidentMoment, TimeWarning};
pub use interaction::mode;
pub use list_place::ListPlace;
pub use membership::is_lead;
pub use metric::{BetterDirection, MetricKind, PeriodLength};
pub use objective::{ComparisonOperator, MissingFigures};
pub use ownership::{Owner, role};
pub use position::{Breadth, Status, pay_range, reason};
pub use scenario::ScenarioState;
pub use service::Link;
pub use template::LifecycleEvent;
pub use template_item::ChecklistStep;

pub use crate::field::{NAME_LIMIT, TEXT_LIMIT};
use crate::{
    date_range::DateRange,
    error::FieldError,
    field::{
        self, Cell, Described, FieldData, FieldSpec, FieldType, MergeRule, Names, Places, Removal, TextLimit,
        ValueType,
    },
    field::{entity, json_value, word_value},
    kind::*,
};

macro_rules! kinds_of_entity {
    ($($Type:ident, $Id:ident, $module:ident, $noun:literal, $table:ident;)*) => { $(pub use $module::$Type;)* };
}

entities!(kinds_of_entity);

/// Compares two rows by what an expression takes of each.
macro_rules! compare_by {
    ($one:expr, $other:expr, $row:ident => $key:expr) => {{
        let (one, other) = (
            {
                let $row = $one;
                $key
            },
            {
                let $row = $other;
                $key
            },
        );
        one.cmp(&other)
    }};
}
use compare_by;

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
    Identified + Described + Clone + PartialEq + Default + fmt::Debug + Serialize + DeserializeOwned + Send + Sync
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
    /// The name in a sentence, with those of what it refers to: `Ada Okafor on Payments`. Its own name or title; of a
    /// kind with neither, what it has as key, or else what its fields say.
    fn display_name(&self, names: &dyn Names) -> String {
        let own = ["name", "title"].into_iter().find_map(field::field::<Self>);
        let own = own.map(|field| field.words(self, names)).or_else(|| self.key().map(str::to_owned));
        own.unwrap_or_else(|| {
            let told = Self::FIELDS.iter().map(|field| field.words(self, names));
            told.filter(|words| !words.is_empty()).take(3).collect::<Vec<_>>().join(", ")
        })
    }
    /// Former and other names.
    fn aliases(&self) -> &[String] {
        &[]
    }
    /// The order of rows in lists and exports, and of ties: by what they say, never by the numbers of IDs. What has a
    /// name by name and key, relations by the names of what they relate, and then by date. Rows of which neither comes
    /// first say the same.
    fn compare(&self, other: &Self, places: &dyn Places) -> Ordering {
        let named = (self.called(), self.key()).cmp(&(other.called(), other.key()));
        named.then_with(|| field::compare(self, other, places))
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

    /// What is above it in a hierarchy: the parent of a team, the manager of a position.
    fn above(&self) -> Option<EntityRef> {
        None
    }

    /// What is left of it when something that it refers to is deleted: the reference is cleared. None if it goes with
    /// it, since it is nothing without.
    fn without(&self, removal: &dyn Removal) -> Option<Self> {
        let mut left = self.clone();
        for field in Self::FIELDS.iter().filter(|field| field.refers()) {
            let mut is_hit = false;
            field.value(self).references(&mut |target| is_hit |= removal.is_gone(target));
            if is_hit && !without_gone(field, &mut left, removal) {
                return None;
            }
        }
        Some(left)
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

/// Clears what is gone from a field; gives whether the row can be without.
fn without_gone<T: Entity>(field: &FieldSpec<T>, row: &mut T, removal: &dyn Removal) -> bool {
    let FieldType::References(kind) = field.field_type else {
        return field.value_mut(row).forget(removal);
    };
    let mut listed = field.value(row).json();
    if let Some(items) = listed.as_array_mut() {
        let is_gone = |id: u64| removal.is_gone(EntityRef { kind, id });
        items.retain(|item| !item.as_u64().is_some_and(is_gone));
    }
    field.value_mut(row).set_json(&listed)
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
