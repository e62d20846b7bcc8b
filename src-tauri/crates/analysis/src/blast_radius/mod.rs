//! The blast radius of changes: whom and what they touch beyond the rows that they alter.
//!
//! Two plans are compared on one day: services with other owners, people with another team or manager, dependencies that
//! begin or cease to cross teams. Dates that move are taken from the changes themselves, whatever the day. Budgets are
//! compared month by month over a period.

mod budgets;
mod dates;
mod dependencies;
mod holding;
mod people;
mod services;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use headroom_model::{Change, Entity, Owner, Snapshot, with_edit};

pub use budgets::{BudgetChange, budget_changes};
pub use dates::{MovedDate, moved_dates};
pub use dependencies::{DependencyChange, DependencyChangeKind};
pub use holding::HoldingArea;
pub use people::PersonShift;
pub use services::OwnerShift;

/// Whom and what changes touch.
#[derive(Debug)]
pub struct BlastRadius {
    /// By name.
    pub services: Vec<OwnerShift>,
    /// By kind, then by the names of both ends.
    pub dependencies: Vec<DependencyChange>,
    /// By name.
    pub people: Vec<PersonShift>,
}

impl BlastRadius {
    /// Compares two plans on the day of both snapshots.
    pub fn new(before: &Snapshot, after: &Snapshot) -> Self {
        Self {
            services: services::shifts(before, after),
            dependencies: dependencies::changes(before, after),
            people: people::shifts(before, after),
        }
    }
}

/// The first day on which all of these changes are in effect: the latest on which something that they set begins, or is
/// over; none if they set no day.
pub fn in_effect_from(changes: &[Change]) -> Option<NaiveDate> {
    changes.iter().filter_map(|change| with_edit!(change, edit => latest(edit))).max()
}

fn latest<T: Entity>(edit: &headroom_model::Edit<T>) -> Option<NaiveDate> {
    let span = |row: &Option<Box<T>>| row.as_deref().map(Entity::date_range).unwrap_or_default();
    let (was, is) = (span(&edit.before), span(&edit.after));
    let begins = is.from.filter(|from| was.from != Some(*from));
    let over = is.until.filter(|until| was.until != Some(*until)).and_then(|until| until.succ_opt());
    begins.max(over)
}

/// What is in one list and not in the other, in its order.
fn less<T: PartialEq + Copy>(of: &[T], other: &[T]) -> Vec<T> {
    of.iter().filter(|item| !other.contains(item)).copied().collect()
}

/// Whether no owner of the one is an owner of the other; both have some.
pub(crate) fn is_across(from: &[Owner], to: &[Owner]) -> bool {
    !from.is_empty() && !to.is_empty() && !from.iter().any(|owner| to.contains(owner))
}
