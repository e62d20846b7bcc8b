//! The dependency graph: cycles and how to cut them, weak spots, chains, what is alike, and how far a failure reaches.
//! All of it is iterative, since a chain of dependencies may be as long as the plan is large.

mod cuts;
mod cycles;
mod dominators;
mod lowlink;
mod needs;
mod path;
mod reach;
mod similar;

pub use cuts::cheapest_cuts;
pub(crate) use cycles::shortest_cycle;
pub use cycles::{Condensation, condensation};
pub use dominators::{OnlyWay, only_ways};
pub use lowlink::{WeakSpots, weak_spots};
pub use needs::Needs;
pub(crate) use path::{Reach, nearest};
pub use reach::{dependents_of_all, reachable_dependents};
pub use similar::{Alike, alike};
