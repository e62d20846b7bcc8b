use std::sync::Arc;

use headroom_model::{ServiceIx, Snapshot, csr::Csr};

use crate::graph::{self, ArticulationPoints, Condensation, DependencyGraph};

/// Facts of the dependency graph. Expensive to calculate, so they are kept while the graph stays the same.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    graph: Csr,
    pub condensation: Condensation,
    pub weak_spots: ArticulationPoints,
    dependents: Vec<u32>,
}

impl Facts {
    pub fn new(snapshot: &Snapshot) -> Self {
        let forward = snapshot.needs_graph();
        let needs = DependencyGraph { forward, backward: snapshot.needed_by_graph() };
        let (condensation, weak_spots) =
            rayon::join(|| graph::condensation(needs), || graph::articulation_points(needs));
        let dependents = graph::transitive_dependents(&condensation, forward);
        Self { graph: forward.clone(), condensation, weak_spots, dependents }
    }

    /// `known` if the graph is unchanged, else new facts.
    pub fn renewed(known: &Arc<Facts>, snapshot: &Snapshot) -> Arc<Facts> {
        if known.graph == *snapshot.needs_graph() { known.clone() } else { Arc::new(Self::new(snapshot)) }
    }

    /// Number of services that depend on this one, directly or not.
    pub fn dependents(&self, at: ServiceIx) -> u32 {
        self.dependents[at]
    }

    /// Edges of the longest chain of dependencies, with each cycle as one node.
    pub fn longest_chain(&self) -> u32 {
        self.condensation.longest_chain(&self.graph)
    }
}
