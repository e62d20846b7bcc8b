//! Onboarding: which templates fit a person, the checklist made of them, on which day each item is due, what holds up
//! the first day, and who owes what.
//!
//! Days are counted in working days at the person's location: 0 is the first one on or after the start, -1 the last
//! one before it. Saturday and Sunday are none, nor are the plan's holidays there.

mod assignee;
mod buddy;
pub mod checkout;
pub mod generated;
pub mod labels;
mod milestone;
mod moving;
mod new_hire;
mod new_hires;
mod schedule;
mod start;
pub mod statistics;
pub mod template;
mod template_merge;
mod working_days;
mod workload;

#[cfg(test)]
mod several;
#[cfg(test)]
mod tests;

pub use assignee::ResolvedAssignee;
pub use buddy::{Colleague, colleagues, not_complete};
pub use milestone::{Milestone, Milestones};
pub use moving::move_along;
pub use new_hire::{NewHire, fitting};
pub use new_hires::NewHires;
pub use schedule::{ChecklistSchedule, ChecklistSchedules, Progress, ScheduledItem};
pub use start::{ChecklistStart, StartError, StartedChecklist, joins, start_checklist, start_of};
pub use statistics::{LateItems, Quartiles, Statistics, TimeToProductivity, first_contribution};
pub use template_merge::{DuplicateItem, ItemCounts, MergedItem, MergedTemplate, merge_templates};
pub use working_days::{WorkingDayCount, WorkingDays};
pub use workload::{NewHireLoad, OnboardingWorkload, RoleLoad, WorkloadRow};
