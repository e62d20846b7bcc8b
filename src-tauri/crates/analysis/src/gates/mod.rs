//! Gates: which positions wait for objectives, whether these are met on a day, since when, and when at the earliest.
//!
//! Nothing of it is stored: all of it follows from the plan and the day, so that any day shows what was believed on it. A
//! missing figure is neither zero nor a pass: a gap holds a gate, and never opens it.
//!
//! | step | module |
//! | --- | --- |
//! | the value of a period | [`metrics`](crate::metrics) |
//! | periods to an objective that is met, not met or unknown | `objective` |
//! | the line through the last values | `trend` |
//! | what a met objective would be at the exchange rates before it was | `former_rates` |
//! | objectives to a gate | `gate` |
//! | a gate to the hire that waits for it | `opening` |
//! | the plan as its gates let it come about | `gated_plan` |
//! | what a hire that waits leaves open | `delayed_gaps` |
//! | an objective of all services of a tier | `tier_objective` |
//! | an objective that a position is to wait for from now on | `objective_row` |
//! | all of it in words | `words` |
//!
//! Tests: `tests.rs`, `brute_force.rs`; the vectors of another implementation are compared in `tests/tests/data/gates.rs`.

#[cfg(test)]
mod brute_force;
mod delayed_gaps;
mod former_rates;
mod gate;
mod gated_plan;
mod objective;
mod objective_row;
mod opening;
#[cfg(test)]
mod tests;
mod tier_objective;
mod trend;
mod words;

pub use delayed_gaps::{DelayedGap, delayed_gaps};
pub(crate) use former_rates::{AtFormerRates, at_former_rates};
pub use gate::{Gate, GateState, gate_of, gates};
pub use gated_plan::{GateView, GatedPlan, WaitingHire, gated_plan, waiting_hires};
pub use objective::{
    NothingToRead, ObjectiveReading, ObjectiveState, PeriodReading, PeriodVerdict, objective_readings,
};
pub(crate) use objective::{reading_on, state_on};
pub use objective_row::{put_objective, put_objective_called, same_objective};
pub use opening::Opening;
pub(crate) use trend::{TrendLine, line as trend_line};
pub(crate) use words::words_of;
pub use words::{
    condition, condition_of, gate_in_short, gate_words, objective_words, period_words, reading_words,
};
