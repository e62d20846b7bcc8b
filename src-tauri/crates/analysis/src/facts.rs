use std::sync::Arc;

use headroom_model::{ServiceIx, Snapshot, grouped::Grouped};

use crate::graph::{self, Condensation, Needs, WeakSpots};

/// What follows from the dependency graph alone. Dear to work out, so it is kept while the graph stays the same.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    graph: Grouped,
    pub condensation: Condensation,
    pub weak_spots: WeakSpots,
    dependents: Vec<u32>,
}

impl Facts {
    pub fn new(snapshot: &Snapshot) -> Self {
        let forward = snapshot.needs_graph();
        let needs = Needs { forward, backward: snapshot.needed_by_graph() };
        let (condensation, weak_spots) =
            rayon::join(|| graph::condensation(needs), || graph::weak_spots(needs));
        let dependents = graph::dependents_of_all(&condensation, forward);
        Self { graph: forward.clone(), condensation, weak_spots, dependents }
    }

    /// The known facts when the graph is the same still, else new ones.
    pub fn renewed(known: &Arc<Facts>, snapshot: &Snapshot) -> Arc<Facts> {
        if known.graph == *snapshot.needs_graph() { known.clone() } else { Arc::new(Self::new(snapshot)) }
    }

    /// How many services need this one, directly or not.
    pub fn dependents(&self, at: ServiceIx) -> u32 {
        self.dependents[at]
    }

    pub fn longest_chain(&self) -> u32 {
        self.condensation.longest_chain(&self.graph)
    }
}
