//! Incidents and their actions: durations without what is uncertain, means by scope and period, and whose an action is on a
//! day.
//!
//! Times are compared as they are in the plan, in UTC. The owner of an action is calculated for the day asked: it follows
//! every hand-over of its service, and nothing about it is kept.

mod action_owner;
mod action_status;
mod repair_times;
mod time_warnings;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use headroom_model::{Incident, Plan};

pub use action_owner::{ActionOwners, LostOwner};
pub use action_status::{ActionStatus, DueAfter, action_statuses};
pub use repair_times::{DurationSummary, REPAIR_DEFINITION, RepairTimes, duration_words, repair_times};
pub use time_warnings::{IncidentTimes, StepDuration};

/// The incidents that are known on a day, the newest first; those without any day come last.
pub fn incidents_until(plan: &Plan, day: NaiveDate) -> Vec<&Incident> {
    let mut known: Vec<&Incident> = plan.in_order::<Incident>();
    known.retain(|incident| is_known(incident, day));
    known.sort_by_key(|incident| std::cmp::Reverse(incident.day()));
    known
}

/// Whether it had begun by a day; one without any day is known on all.
pub fn is_known(incident: &Incident, day: NaiveDate) -> bool {
    incident.day().is_none_or(|began| began <= day)
}

/// Whether it goes on at the end of a day: neither repaired nor resolved by then.
pub fn is_ongoing(incident: &Incident, day: NaiveDate) -> bool {
    let ended = [incident.repaired, incident.resolved].into_iter().flatten();
    ended.into_iter().all(|end| end.day() > day)
}
