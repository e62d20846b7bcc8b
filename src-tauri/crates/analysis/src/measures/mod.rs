//! Moves that organisations make, each as a list of ordinary changes: two teams become one, a domain is handed over, hiring
//! is frozen, starts are put off.
//!
//! A team is split in [`crate::team_split`].

mod hiring;
mod teams;
#[cfg(test)]
mod tests;

pub use hiring::{HiringScope, freeze_hiring, shift_starts};
pub use teams::{hand_over_domain, merge_teams};
