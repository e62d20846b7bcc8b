use std::collections::BTreeMap;

use headroom_model::{GroupingId, Owner, Snapshot};

use super::{HiddenNodes, Map, Thing, everything};

/// What services are put together by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum By {
    Owner,
    System,
}

/// The part of a map that a thing lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cluster {
    /// Of several accountable owners, the first named. The owner itself may be gone by the day.
    Owner(Owner),
    System(GroupingId),
    /// Services that nobody owns, or that are in no system.
    Without,
    /// The targets of dangling dependencies, of which nothing is known.
    Missing,
}

pub fn cluster_of(snapshot: &Snapshot, thing: Thing, by: By) -> Cluster {
    let Thing::Service(at) = thing else { return Cluster::Missing };
    let found = match by {
        By::Owner => snapshot.owners(at).first().map(|owner| Cluster::Owner(*owner)),
        By::System => snapshot.service(at).system.map(Cluster::System),
    };
    found.unwrap_or(Cluster::Without)
}

/// A map with whole clusters as nodes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    /// In the order of [`Cluster`].
    pub nodes: Vec<FoldedNode>,
    /// By [`FoldedEdge::from`], then [`FoldedEdge::to`]; no two between the same ends.
    pub edges: Vec<FoldedEdge>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoldedNode {
    pub cluster: Cluster,
    /// How many things of the map it stands for.
    pub things: usize,
    /// How many edges of the map lie within it.
    pub inner: usize,
}

/// Between two clusters; positions are those in [`Folded::nodes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoldedEdge {
    pub from: usize,
    pub to: usize,
    /// How many edges of the map it stands for that are stored.
    pub stored: usize,
    /// How many that are implied.
    pub implied: usize,
}

/// Folds a map. Every edge of the map is counted once: within a node, or in an edge.
pub fn fold(snapshot: &Snapshot, map: &Map, by: By) -> Folded {
    let clusters: Vec<Cluster> = map.nodes.iter().map(|node| cluster_of(snapshot, node.thing, by)).collect();
    let mut nodes: BTreeMap<Cluster, FoldedNode> = BTreeMap::new();
    for cluster in &clusters {
        let new = FoldedNode { cluster: *cluster, things: 0, inner: 0 };
        nodes.entry(*cluster).or_insert(new).things += 1;
    }
    let mut nodes: Vec<FoldedNode> = nodes.into_values().collect();
    let positions: Vec<usize> =
        clusters.iter().map(|cluster| nodes.partition_point(|node| node.cluster < *cluster)).collect();
    let mut edges: BTreeMap<(usize, usize), FoldedEdge> = BTreeMap::new();
    for edge in &map.edges {
        let (from, to) = (positions[edge.from], positions[edge.to]);
        if from == to {
            nodes[from].inner += 1;
            continue;
        }
        let folded = edges.entry((from, to)).or_insert(FoldedEdge { from, to, stored: 0, implied: 0 });
        *(if edge.is_implied() { &mut folded.implied } else { &mut folded.stored }) += 1;
    }
    Folded { nodes, edges: edges.into_values().collect() }
}

/// The whole plan with its owners as nodes.
pub fn by_owner(snapshot: &Snapshot, hidden: &HiddenNodes) -> Folded {
    fold(snapshot, &everything(snapshot, hidden), By::Owner)
}
