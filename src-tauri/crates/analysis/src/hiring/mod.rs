//! The hiring plan: who is in which seat from when until when, and who will be.

mod departures;
mod occupancies;
mod occupancy;
mod overlapping_assignments;
mod position_status;

pub use departures::{BackfillDecision, Departure, decision_after, departures};
pub use occupancies::occupancies;
pub(crate) use occupancy::within;
pub use occupancy::{Occupancy, PositionCalendar, planned_hire};
pub(crate) use overlapping_assignments::distinct_incumbents;
pub use overlapping_assignments::said_twice;
pub use position_status::{PositionStatus, PositionStatuses};
