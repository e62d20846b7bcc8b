//! Algorithms on the dependency graph of services.
//!
//! Nodes are numbered as services in a snapshot ([`headroom_model::ServiceIx`]); an edge leads from a service to its
//! dependency. [`DependencyGraph`] is a view over compressed sparse rows that petgraph's algorithms accept.
//!
//! * [`condensation`]: strongly connected components, cycles, the longest chain.
//! * [`feedback_arc_sets`]: the cheapest dependencies to remove from a cycle.
//! * [`articulation_points`]: articulation points and bridges. [`only_ways`]: dominators.
//! * [`transitive_dependents`] and [`reachable_dependents`]: the impact of a failure.
//! * [`similar_pairs`]: services with nearly the same dependencies.
//!
//! Every traversal is iterative, since a chain of dependencies may be as long as the plan is large. Nothing here
//! knows about people; [`crate::Facts`] holds the results for a day. Tests: `tests/all/{graph,graph_algorithms}.rs`,
//! against petgraph and brute force.

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
pub(crate) use reachability::{Reachability, nearest, reachable};
pub use similarity::{SimilarPair, similar_pairs};
pub(crate) use similarity::{pairs_after, renumbered_pairs};
pub(crate) use transitive_closure::{Condensed, dependents_after};
pub use transitive_closure::{reachable_dependents, transitive_dependents};
