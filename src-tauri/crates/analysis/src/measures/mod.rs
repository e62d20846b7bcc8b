//! Moves that organisations make, each as a list of ordinary changes: two teams become one, a domain is handed over, hiring
//! is frozen, starts are put off, cost is cut, a
//! location is closed.
//!
//! A team is split in [`crate::team_split`].

mod cost_cut;
mod hiring;
mod location;
mod teams;
#[cfg(test)]
mod tests;

pub use cost_cut::{
    CostCut, CutBase, CutCandidate, CutLine, CutScope, CutWay, EXACT, Reopening, cost_cut, hold_positions,
    planned_hires,
};
pub use hiring::{HiringScope, freeze_hiring, shift_starts};
pub use location::{LocationClosure, LocationStaff, close_location};
pub use teams::{hand_over_domain, merge_teams};
