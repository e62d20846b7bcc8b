//! Folded maps: whole owners or systems as nodes.

use std::collections::BTreeMap;

use headroom_model::{GroupingId, Owner, Snapshot};
use rustc_hash::FxHashMap;

use super::{HiddenNodes, Map, Thing, everything};

/// What services are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum By {
    Owner,
    System,
}

/// The group that a node of a map belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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

impl Cluster {
    /// By which the nodes of a folded map are sorted.
    pub(crate) fn place(self, snapshot: &Snapshot) -> impl Ord + use<'_> {
        let plan = snapshot.plan();
        match self {
            Cluster::Owner(owner) => (0, Some(plan.place_of(owner)), None),
            Cluster::System(id) => {
                (1, None, plan.groupings.get(id).map(|row| (row.name.as_str(), row.key.as_str())))
            }
            Cluster::Without => (2, None, None),
            Cluster::Missing => (3, None, None),
        }
    }
}

/// Each of these clusters once, sorted.
pub fn distinct_clusters(snapshot: &Snapshot, mut clusters: Vec<Cluster>) -> Vec<Cluster> {
    clusters.sort_by_key(|cluster| cluster.place(snapshot));
    clusters.dedup();
    clusters
}

/// A node for each of these clusters, sorted, and the index of each cluster among them.
pub(crate) fn empty_nodes(snapshot: &Snapshot, clusters: &[Cluster]) -> (Vec<FoldedNode>, Vec<usize>) {
    let sorted = distinct_clusters(snapshot, clusters.to_vec());
    let index: FxHashMap<Cluster, usize> = sorted.iter().copied().zip(0..).collect();
    let nodes = sorted.into_iter().map(|cluster| FoldedNode { cluster, things: 0, inner: 0 });
    (nodes.collect(), clusters.iter().map(|cluster| index[cluster]).collect())
}

/// A map with clusters as nodes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    /// In the order of the variants of [`Cluster`]: owners by [`Plan::place_of`](headroom_model::Plan::place_of), systems
    /// by name.
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
    let (mut nodes, positions) = empty_nodes(snapshot, &clusters);
    positions.iter().for_each(|at| nodes[*at].things += 1);
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
