//! The dependency graph: cycles, weak spots, chains, and how far a failure reaches.
//! All of it is iterative, since a chain of dependencies may be as long as the plan is large.

mod cycles;
mod lowlink;
mod needs;
mod reach;

pub(crate) use cycles::shortest_cycle;
pub use cycles::{Condensation, condensation};
pub use lowlink::{WeakSpots, weak_spots};
pub use needs::Needs;
pub use reach::{dependents_of_all, reachable_dependents};
