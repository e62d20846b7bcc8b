//! The hiring plan: who is in which seat from when until when, and who will be.

mod departures;
mod occupancy;
mod pooled;
mod position_status;

pub use departures::{BackfillDecision, Departure, decision_after, departures};
pub use occupancy::{Occupancy, PositionCalendar, occupancies, planned_hire};
pub(crate) use pooled::distinct_incumbents;
pub use pooled::said_twice;
pub use position_status::{PositionStatus, PositionStatuses};
