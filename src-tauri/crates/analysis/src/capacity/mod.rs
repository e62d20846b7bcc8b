//! How much a team can do, month by month: headcount, what new hires give while they learn and take from those who
//! help them, interviews, known leavers, and attrition as a rate of a group.
//!
//! Counted in full-time people; over a month that is person-months. A month is a month, whatever its days
//! ([`Months`]).

pub mod attrition;
pub mod communication_overhead;
mod curve;
pub mod growth_benchmarks;
mod headcount;
pub mod layers;
mod month;
mod months;
pub mod ramp;
mod staffing;
mod subtree;
mod vacancy;

pub use curve::Curve;
pub use headcount::{HeadcountLine, headcount_lines};
pub use month::{Capacity, Learning, Month};
pub use months::Months;
pub use staffing::{MonthStaffing, staffing};
pub use subtree::teams_below;
pub use vacancy::{Vacancy, interview_months, is_sought};
