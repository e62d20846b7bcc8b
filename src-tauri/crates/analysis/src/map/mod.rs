//! What a map of services shows: which things, and which relations between them. No picture: where things lie and
//! how they look is for whoever draws it.
//!
//! A map is chosen ([`everything`], [`neighbourhood`], [`inside`]), and may then be folded to its owners or systems
//! ([`fold`], [`by_owner`]). Each choice takes what is [`Hidden`]: a relation that leads through hidden services is
//! told all the same, marked as implied.
//!
//! Two things always hold. Every stored dependency between two things on the map is among its edges. And an edge is
//! implied if, and only if, none is stored between its ends and a path leads from one to the other on which
//! everything between is hidden.

mod fold;
mod inside;
mod select;
mod walk;

use headroom_model::{DependencyId, ServiceId, ServiceIx, Snapshot};

pub use fold::{By, Cluster, Folded, FoldedEdge, FoldedNode, by_owner, cluster_of, fold};
pub use inside::Inside;
pub use select::{everything, inside, neighbourhood};

/// Something on a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Thing {
    /// By its position in the snapshot that the map was made of.
    Service(ServiceIx),
    /// Something needs it, and it does not exist on the day or no source defines it: the target of a dangling
    /// dependency.
    Missing(ServiceId),
}

impl Thing {
    pub fn id(self, snapshot: &Snapshot) -> ServiceId {
        match self {
            Thing::Service(at) => snapshot.service(at).id,
            Thing::Missing(id) => id,
        }
    }
}

/// What a map leaves out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HiddenNodes {
    /// Kinds of service, as [`headroom_model::Service::kind`] has them; the empty text stands for those without.
    pub kinds: Vec<String>,
    /// Leaves out the targets of dangling dependencies.
    pub missing: bool,
}

/// Things and the relations between them. Nodes are in the order of the plan, so that two maps of nearly the same
/// plan are nearly the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Map {
    pub nodes: Vec<MapNode>,
    /// By [`Edge::from`], then [`Edge::to`]; no two between the same ends.
    pub edges: Vec<Edge>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MapNode {
    pub thing: Thing,
    /// On the map because something inside is related to it; see [`inside`].
    pub is_neighbour: bool,
}

/// A need: `from` needs `to`. Both are positions in [`Map::nodes`]; they are the same where a service is said to
/// need itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    pub from: usize,
    pub to: usize,
    /// The dependencies stored between the two that hold on the day, one a kind; none when the edge is implied.
    pub dependencies: Vec<DependencyId>,
}

impl Edge {
    /// Whether it only follows from dependencies that lead through what is hidden.
    pub fn is_implied(&self) -> bool {
        self.dependencies.is_empty()
    }
}

impl Map {
    pub fn position(&self, thing: Thing) -> Option<usize> {
        self.nodes.binary_search_by_key(&thing, |node| node.thing).ok()
    }
}
