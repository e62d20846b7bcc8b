//! The hiring plan: who is in which seat from when until when, and who will be.

mod leavers;
mod occupancy;
mod stays;

pub use leavers::{Fate, Leaver, fate_after, leavers};
pub use occupancy::{Occupancy, Seat};
pub(crate) use stays::taken;
pub use stays::{NextDays, Stay, planned_hire, stays};
