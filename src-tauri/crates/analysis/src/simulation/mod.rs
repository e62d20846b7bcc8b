//! Monte Carlo simulation of headcount, capacity and cost by month: how long it takes to fill a position, whether an
//! offer is accepted, who leaves, how fast a new hire ramps up.
//!
//! [`Inputs`] is made once from the plan: positions with how each is filled, rates, and cost by month. [`simulate`]
//! runs it on all threads and returns percentiles by month ([`PercentileBand`]). [`Progress`] reports progress to
//! another thread and cancels the runs.
//!
//! What is random, all of it drawn independently:
//!
//! | what | distribution | assumptions |
//! | --- | --- | --- |
//! | time to fill | lognormal around its median | `time-to-fill`, `time-to-fill-spread` |
//! | offers declined | geometric; each costs the time to the next offer | `offer-acceptance`, `next-offer` |
//! | attrition | exponential, at the rate of the group on each day | `attrition` |
//! | ramp-up time | lognormal factor around one, for ramp-up and mentoring alike | `ramp-spread` |
//!
//! A spread is the fraction of the median that one in ten takes or exceeds. Known dates (departures, end dates,
//! starts of people who accepted) are not random, and a person never has a risk of leaving of their own.
//!
//! Every run has its own ChaCha stream, made of the seed and its number, so the result depends on neither the number
//! of threads nor their order. Within it one position draws after the other; or each at a place of its own, the same in every
//! plan, where plans are compared ([`Inputs::in_common`]). Moments are months since the first one, on the scale of [`crate::capacity::Months`].
//!
//! Tests in `tests/all/simulation.rs`: against the closed form where nothing, or attrition alone, is random, and
//! against a plain simulation with its own generator (`tests/all/plain_simulation`), which is the yardstick of the
//! benchmark, too.

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

/// Kinds of assumption that chance depends on.
pub const CHANCE: [&str; 7] = [
    "time-to-fill",
    "time-to-fill-spread",
    "offer-acceptance",
    "next-offer",
    "notice",
    "attrition",
    "ramp-spread",
];
