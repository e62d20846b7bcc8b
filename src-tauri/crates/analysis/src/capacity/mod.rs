//! How much a team can do, month by month: headcount, what new hires give while they learn and take from those who
//! help them, interviews, known leavers, and attrition as a rate of a group.
//!
//! Counted in full-time people; over a month that is person-months. A month is a month, whatever its days
//! ([`Months`]).

pub mod attrition;
mod below;
pub mod brooks;
mod curve;
mod head;
pub mod hypergrowth;
pub mod layers;
mod month;
mod months;
mod opening;
pub mod ramp;
mod staffing;

pub use below::teams_below;
pub use curve::Curve;
pub use head::{Head, heads};
pub use month::{Capacity, Learning, Month};
pub use months::Months;
pub use opening::{Opening, interview_months, is_sought};
pub use staffing::{Staffing, staffing};
