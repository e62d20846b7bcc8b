//! What of a map a picture can hold: a map that would be a tangle is cut to its nearest or strongest part, and teams
//! are put together with the teams above them. What is left out is counted, so that the picture can say so.

mod collapse;
mod strongest;

pub use collapse::{CollapsedTeams, behind, collapse, collapse_first};
pub use strongest::{nearest, strongest};
