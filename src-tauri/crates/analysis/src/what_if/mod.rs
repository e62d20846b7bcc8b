//! What-if: the plan in which someone leaves, next to the plan as it is and the plan in which they remain.
//!
//! Each of the three is a plan, made by changes like any other, so that gaps, hires and costs of a hypothetical
//! departure equal those of a planned one. Copies of a plan share the tables that are not changed.
//! [`WhatIf`] compares three plans and their gaps, [`DepartureComparison`] puts that into words. Tests:
//! `tests/all/what_if.rs`.

mod comparison;
mod scenario;

pub use comparison::{Comparison, DepartureComparison, departures, horizon};
pub use scenario::{ForecastPlan, HypotheticalDeparture, WhatIf, depart, with_departures, with_remaining};
