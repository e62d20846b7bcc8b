//! Capacity: headcount by month and team, and what it can do after ramp-up, mentoring, interviews, departures and
//! attrition.
//!
//! A [`HeadcountLine`] is somebody who works for a team, or will: in a position, or as a member without one.
//! [`Capacity`] adds them up by month. Known departures end lines; attrition is never applied to a person, only as a
//! rate of a group to the *expected* figures. On-call staffing and service load at the end of a month are calculated
//! by the same code as the rules, with those in positions added once they are productive ([`staffing()`]).
//!
//! Figures are full-time equivalents; over a month they are person-months. Who there is, joins and leaves, each person
//! counted once, says [`Roster`]. Months are equally long, whatever their
//! days ([`Months`]), and a curve contributes the exact area below it ([`Curve`]), so a month is the same whichever
//! period is asked for.
//!
//! Spans and layers ([`layers`]) and published rules of thumb ([`growth_benchmarks`], [`communication_overhead`],
//! [`attrition`], [`ramp`]) are beside it. Money is in [`crate::cost`], chance in [`crate::simulation`]. Tests with
//! worked examples are in each file, tests of whole plans in `tests/all/capacity.rs`.

pub mod attrition;
pub mod communication_overhead;
mod curve;
pub mod growth_benchmarks;
mod headcount;
pub mod layers;
mod month;
mod months;
pub mod ramp;
mod roster;
mod staffing;
mod subtree;
mod vacancy;

pub use curve::Curve;
pub use headcount::{HeadcountLine, headcount_lines};
pub use month::{Capacity, Learning, Month};
pub use months::Months;
pub use roster::{Roster, RosterCount, RosterMove};
pub use staffing::{MonthStaffing, staffing, staffing_on};
pub use subtree::teams_below;
pub use vacancy::{Vacancy, interview_months, is_sought};
