//! Folded maps: whole owners or systems as nodes.

use std::collections::BTreeMap;

use headroom_model::{GroupingId, Owner, Snapshot};

use super::{HiddenNodes, Map, Thing, everything};

/// What services are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum By {
    Owner,
    System,
}

/// The group that a node of a map belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cluster {
    /// The first of several accountable owners. The owner may have left or been dissolved by the day.
    Owner(Owner),
    System(GroupingId),
    /// Services without an owner, or in no system.
    Without,
    /// The targets of broken dependencies, of which no owner is known.
    Missing,
}

/// The cluster of a node.
pub fn cluster_of(snapshot: &Snapshot, thing: Thing, by: By) -> Cluster {
    let Thing::Service(at) = thing else { return Cluster::Missing };
    let found = match by {
        By::Owner => snapshot.owners(at).first().map(|owner| Cluster::Owner(*owner)),
        By::System => snapshot.service(at).system.map(Cluster::System),
    };
    found.unwrap_or(Cluster::Without)
}

/// A map with clusters as nodes.
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
    /// How many nodes of the map it stands for.
    pub things: usize,
    /// How many edges of the map are within it.
    pub inner: usize,
}

/// An edge between two clusters; the ends are indexes into [`Folded::nodes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoldedEdge {
    pub from: usize,
    pub to: usize,
    /// How many stored edges of the map it stands for.
    pub stored: usize,
    /// How many implied edges of the map it stands for.
    pub implied: usize,
}

/// Folds a map. Every edge of the map is counted exactly once: within a node, or in an edge.
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

/// The map of the whole plan, folded by owner.
pub fn by_owner(snapshot: &Snapshot, hidden: &HiddenNodes) -> Folded {
    fold(snapshot, &everything(snapshot, hidden), By::Owner)
}
