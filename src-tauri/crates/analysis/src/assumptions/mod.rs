//! Assumptions: the figures a plan is calculated with, and which of them holds for whom on which day.
//!
//! An assumption may name a person, a position, a level, a discipline, a location, a team, and dates. The most
//! specific one that fits counts, in that order of weight; among equals the one of the team furthest down, then the
//! one that began last, then the one with the highest ID. Kinds with labels (taxes, benefits, …) have one value per
//! label, which add up. Without a fitting row the default of the kind holds, if it has one.
//!
//! The kinds with their unit, range, default and source are the table [`KINDS`] in `headroom_model`. Rows that do not
//! pass their check are ignored. Values are read on the day they are asked for; callers decide which day that is
//! (usually the first day of a hire).

mod resolve;

pub use headroom_model::assumption_kind::{AssumptionKind, KINDS, Unit, kind};
pub use resolve::{Assumptions, Subject};
