//! The figures that a plan reckons with, and which of them holds for whom. The kinds, with what is assumed where a
//! plan says nothing, are in [`KINDS`].

mod resolve;

pub use headroom_model::assumption_kind::{AssumptionKind, KINDS, Unit, kind};
pub use resolve::{Assumptions, Subject};
