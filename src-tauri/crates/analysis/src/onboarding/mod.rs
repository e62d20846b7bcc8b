//! Onboarding: the checklists of people who join, move, take over a service or leave.
//!
//! A checklist is made from the templates that fit the person: [`fitting`] selects them, [`merge_templates`] makes
//! one list of them, [`start_checklist`] copies the items. The copies keep their meaning when a template changes or
//! is deleted; [`template`] compares and syncs. What the plan itself gives to do, such as a learning path or
//! introductions, are *generated tasks* ([`crate::generated_tasks`]). They are calculated each time and become rows of the list
//! when somebody changes one of them, or when the list is shared as a file ([`checkout`]).
//!
//! [`ChecklistSchedules`] puts lists on the working days of each person's location. A [`ChecklistSchedule`] has for
//! each item who does it ([`ResolvedAssignee`]), its due date and its expected finish, and the [`Milestones`] with
//! critical path and slack. Day 0 is the first working day on or after the start, -1 the last one before it. Due
//! dates are calculated each time; only one that was set by hand is stored.
//!
//! Counts are of required items: optional items and goals are counted separately and are never overdue. Moving a
//! start moves nothing else in the plan unless [`move_along`] is asked to. [`OnboardingWorkload`] says who owes how
//! much in which week, [`statistics`] how long lists took.
//!
//! Items depend only on items of their own list and never in a cycle; the model refuses anything else. Tests:
//! `tests.rs` in each folder, with the critical path against brute force; `several.rs` makes plans for them. The
//! rules about onboarding are tested in `tests/all/rules_onboarding.rs`.

mod assignee;
mod buddy;
pub mod checkout;
mod critical_path;
pub mod labels;
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
pub use critical_path::{Milestone, Milestones};
pub use moving::{move_along, move_first_day};
pub use new_hire::{NewHire, day_for, fitting};
pub use new_hires::NewHires;
pub use schedule::{ChecklistSchedule, ChecklistSchedules, Progress, ScheduledItem};
pub use start::{ChecklistStart, StartError, StartedChecklist, joins, start_checklist, start_of};
pub use statistics::{LateItems, Quartiles, Statistics, TimeToProductivity, first_contribution};
pub use template_merge::{DuplicateItem, ItemCounts, MergedItem, MergedTemplate, merge_templates};
pub use working_days::{WorkingDayCount, WorkingDays};
pub use workload::{NewHireLoad, OnboardingWorkload, RoleLoad, WorkloadRow};
