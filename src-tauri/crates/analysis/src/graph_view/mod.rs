//! The part of a [`crate::map`] that one diagram can hold.
//!
//! A map that would be a tangle is pruned to the part nearest to what was asked about ([`nearest`]) or to its
//! strongest clusters and edges ([`strongest`]), and teams are merged with the teams above them ([`collapse`]). What
//! is left out is counted, so that the diagram can say so. Layout and drawing are the window's; export is
//! `diagram-export`. Tests are in each file.

mod collapse;
mod strongest;

pub(crate) use collapse::standing_for;
pub(crate) use strongest::nearest_nodes;

pub use collapse::{CollapsedTeams, behind, collapse, collapse_first};
pub use strongest::{nearest, strongest};
