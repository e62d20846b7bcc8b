//! The hiring plan: who is in which seat from when until when, and who will be.

mod leavers;
mod occupancy;
mod stays;
mod together;

pub use leavers::{Fate, Leaver, fate_after, leavers};
pub use occupancy::{Occupancy, Seat};
pub use stays::{NextDays, Stay, planned_hire, stays};
pub(crate) use together::paid;
pub use together::said_twice;
