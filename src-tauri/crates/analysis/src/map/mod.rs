//! Maps: a selection of services and the dependencies between them, for diagrams.
//!
//! A map is selected ([`select`]: [`everything`], [`neighbourhood`], [`inside`]) and may then be folded to its owners or systems
//! ([`fold`], [`by_owner`]). Each selection takes [`HiddenNodes`]; a dependency that leads through hidden services is
//! kept as an *implied* edge.
//!
//! Two invariants: every stored dependency between two nodes of a map is among its edges, and an edge is implied if
//! and only if none is stored between its ends and a path leads from one to the other on which every inner node is
//! hidden.
//!
//! A map has no geometry. Pruning to what one diagram can hold is [`crate::graph_view`]; layout and drawing are the
//! window's. A new selection is a function here, which window and command line share. Tests: `tests/all/map.rs`,
//! against brute force.

mod fold;
mod inside;
mod select;
mod walk;

use headroom_model::{DependencyId, ServiceId, ServiceIx, Snapshot};

pub(crate) use fold::empty_nodes;
pub use fold::{By, Cluster, Folded, FoldedEdge, FoldedNode, by_owner, cluster_of, distinct_clusters, fold};
pub use inside::{Inside, domains_of};
pub(crate) use select::edges_between;
pub use select::{MapScope, everything, inside, neighbourhood, select};

/// What a node stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Thing {
    /// A service, by its index in the snapshot that the map was made of.
    Service(ServiceIx),
    /// The target of a broken dependency: it does not exist on the day, or no source defines it.
    Missing(ServiceId),
}

impl Thing {
    pub fn id(self, snapshot: &Snapshot) -> ServiceId {
        match self {
            Thing::Service(at) => snapshot.service(at).id,
            Thing::Missing(id) => id,
        }
    }

    /// By which nodes are sorted: services of the snapshot first, each kind in the order of the plan.
    fn place(self, snapshot: &Snapshot) -> (bool, u32) {
        (matches!(self, Thing::Missing(_)), snapshot.plan().place_of(self.id(snapshot)).1)
    }
}

/// What a map leaves out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HiddenNodes {
    /// Types of service to hide, as in [`headroom_model::Service::kind`]; the empty text means services without one.
    pub kinds: Vec<String>,
    /// Whether to hide the targets of broken dependencies.
    pub missing: bool,
}

/// Nodes and edges. Nodes are sorted like the plan, so that maps of two similar plans are similar.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Map {
    pub nodes: Vec<MapNode>,
    /// By [`Edge::from`], then [`Edge::to`]; no two between the same ends.
    pub edges: Vec<Edge>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MapNode {
    pub thing: Thing,
    /// Whether it is outside and is shown only because something inside is related to it; see [`inside`].
    pub is_neighbour: bool,
}

/// `from` depends on `to`. Both are indexes into [`Map::nodes`]; they are equal for a self-dependency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    pub from: usize,
    pub to: usize,
    /// The stored dependencies between the two that hold on the day, one per type; empty if the edge is implied.
    pub dependencies: Vec<DependencyId>,
}

impl Edge {
    /// Whether the edge only follows from dependencies that lead through hidden services.
    pub fn is_implied(&self) -> bool {
        self.dependencies.is_empty()
    }
}

impl Map {
    /// The index of a node.
    pub fn position(&self, thing: Thing) -> Option<usize> {
        self.nodes.iter().position(|node| node.thing == thing)
    }
}
