//! The dependency graph in the form that petgraph's algorithms take.

use headroom_model::csr::Csr;
use petgraph::{
    Direction,
    visit::{
        GraphBase, GraphRef, IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers, NodeCount,
        NodeIndexable, Visitable,
    },
};

/// A view of the dependency graph in compressed sparse rows, without a copy: `forward` leads from a node to its
/// dependencies, `backward` to its dependents.
#[derive(Debug, Clone, Copy)]
pub struct DependencyGraph<'a> {
    pub forward: &'a Csr,
    pub backward: &'a Csr,
}

/// The neighbours of a node.
pub type Neighbors<'a> = std::iter::Copied<std::slice::Iter<'a, u32>>;

impl GraphBase for DependencyGraph<'_> {
    type NodeId = u32;
    type EdgeId = (u32, u32);
}

impl GraphRef for DependencyGraph<'_> {}

impl<'a> IntoNeighbors for DependencyGraph<'a> {
    type Neighbors = Neighbors<'a>;

    fn neighbors(self, node: u32) -> Neighbors<'a> {
        self.forward.of(node as usize).iter().copied()
    }
}

impl<'a> IntoNeighborsDirected for DependencyGraph<'a> {
    type NeighborsDirected = Neighbors<'a>;

    fn neighbors_directed(self, node: u32, direction: Direction) -> Neighbors<'a> {
        match direction {
            Direction::Outgoing => self.forward.of(node as usize).iter().copied(),
            Direction::Incoming => self.backward.of(node as usize).iter().copied(),
        }
    }
}

impl IntoNodeIdentifiers for DependencyGraph<'_> {
    type NodeIdentifiers = std::ops::Range<u32>;

    fn node_identifiers(self) -> Self::NodeIdentifiers {
        0..self.forward.groups() as u32
    }
}

impl NodeCount for DependencyGraph<'_> {
    fn node_count(&self) -> usize {
        self.forward.groups()
    }
}

impl NodeIndexable for DependencyGraph<'_> {
    fn node_bound(&self) -> usize {
        self.forward.groups()
    }

    fn to_index(&self, node: u32) -> usize {
        node as usize
    }

    fn from_index(&self, at: usize) -> u32 {
        at as u32
    }
}

impl Visitable for DependencyGraph<'_> {
    type Map = fixedbitset::FixedBitSet;

    fn visit_map(&self) -> Self::Map {
        Self::Map::with_capacity(self.node_count())
    }

    fn reset_map(&self, map: &mut Self::Map) {
        map.clear();
        map.grow(self.node_count());
    }
}
