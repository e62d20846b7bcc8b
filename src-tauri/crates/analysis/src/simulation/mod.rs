//! What headcount, capacity and cost may come to, by many runs of a plan with chance in it: how long it takes to fill a
//! seat, whether an offer is accepted, who leaves, how fast somebody learns.
//!
//! What chance does, all of it drawn independently:
//!
//! | what | distribution | assumptions |
//! | --- | --- | --- |
//! | time to fill | lognormal around its median | `time-to-fill`, `time-to-fill-spread` |
//! | offers turned down | geometric; each costs the time to the next offer | `offer-acceptance`, `next-offer` |
//! | leaving | exponential, at the rate of the group on each day | `attrition` |
//! | pace of the ramp | lognormal around one, for the months of ramp and mentoring alike | `ramp-spread` |
//!
//! A spread is the share of the median that one in ten takes or exceeds. Every run has a stream of random numbers of its
//! own, made of the seed and its number, so that the answer depends on neither the number of threads nor their order.

mod cost;
mod inputs;
mod percentiles;
mod position;
mod run;
mod sampling;

pub use cost::{HireCost, PositionCost, PositionCosts, position_costs};
pub use inputs::{Inputs, Options};
pub use percentiles::PercentileBand;
pub(crate) use percentiles::quantile;
pub use position::{Hiring, PositionEntry, SimulatedPosition};
pub use run::{Outcome, RunProgress, simulate};

/// The kinds of assumption that chance goes by.
pub const CHANCE: [&str; 7] = [
    "time-to-fill",
    "time-to-fill-spread",
    "offer-acceptance",
    "next-offer",
    "notice",
    "attrition",
    "ramp-spread",
];
