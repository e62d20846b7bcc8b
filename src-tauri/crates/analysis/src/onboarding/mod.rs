//! Onboarding: which templates fit a person, the checklist made of them, on which day each item is due, what holds up
//! the first day, and who owes what.
//!
//! Days are counted in working days at the person's location: 0 is the first one on or after the start, -1 the last
//! one before it. Saturday and Sunday are none, nor are the plan's holidays there.

mod begin;
mod buddy;
mod compose;
mod course;
mod doer;
pub mod found;
pub mod handout;
mod load;
mod milestone;
mod moving;
mod newcomer;
mod newcomers;
pub mod statistics;
pub mod template;
mod working_days;

#[cfg(test)]
mod several;
#[cfg(test)]
mod tests;

pub use begin::{Begin, BeginError, Begun, begin, joins, start_of};
pub use buddy::{Colleague, colleagues, not_complete};
pub use compose::{Composed, Composition, Double, ItemCounts, compose};
pub use course::{Course, Courses, Placed, Progress};
pub use doer::Doer;
pub use load::{Load, LoadRow, RoleLoad, StarterLoad};
pub use milestone::{Milestone, Milestones};
pub use moving::move_along;
pub use newcomer::{Newcomer, fitting};
pub use newcomers::Newcomers;
pub use statistics::{Slipping, Spread, Statistics, Times, first_contribution};
pub use working_days::{Count, WorkingDays};
