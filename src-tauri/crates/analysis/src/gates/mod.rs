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
//! | objectives to a gate | `gate` |
//! | a gate to the hire that waits for it | `opening` |
//! | the plan as its gates let it come about | `gated_plan` |
//! | what a hire that waits leaves open | `delayed_gaps` |
//! | all of it in words | `words` |
//!
//! Tests: `tests.rs`, `brute_force.rs`; the vectors of another implementation are compared in `tests/tests/data/gates.rs`.

#[cfg(test)]
mod brute_force;
mod delayed_gaps;
mod gate;
mod gated_plan;
mod objective;
mod opening;
#[cfg(test)]
mod tests;
mod trend;
mod words;

pub use delayed_gaps::{DelayedGap, delayed_gaps};
pub use gate::{Gate, GateState, gate_of, gates};
pub use gated_plan::{GateView, GatedPlan, WaitingHire, gated_plan, waiting_hires};
pub(crate) use objective::state_on;
pub use objective::{
    NothingToRead, ObjectiveReading, ObjectiveState, PeriodReading, PeriodVerdict, objective_readings,
};
pub use opening::Opening;
pub(crate) use trend::{TrendLine, line as trend_line};
pub use words::{
    condition, condition_of, gate_in_short, gate_words, objective_words, period_words, reading_words,
};
