//! The dependency graph: cycles and how to cut them, weak spots, chains, what is alike, and how far a failure reaches.
//! All of it is iterative, since a chain of dependencies may be as long as the plan is large.

mod articulation;
mod cycles;
mod dependency_graph;
mod dominators;
mod feedback_arc_set;
mod reachability;
mod similarity;
mod transitive_closure;

pub use articulation::{ArticulationPoints, articulation_points};
pub(crate) use cycles::shortest_cycle;
pub use cycles::{Condensation, condensation};
pub use dependency_graph::DependencyGraph;
pub use dominators::{OnlyWay, only_ways};
pub use feedback_arc_set::feedback_arc_sets;
pub(crate) use reachability::{Reachability, nearest};
pub use similarity::{SimilarPair, similar_pairs};
pub use transitive_closure::{reachable_dependents, transitive_dependents};
