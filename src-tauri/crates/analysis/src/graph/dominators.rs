//! Dominators: what a service depends on only by way of another one.

use petgraph::algo::dominators::simple_fast;

use super::DependencyGraph;

/// A dominator below a root, with the number of other nodes that the root depends on only by way of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OnlyWay {
    pub node: u32,
    pub brings: u32,
}

/// The dominators below `root`, those with most nodes first. Uses petgraph's `simple_fast` (K. Cooper, T. Harvey and
/// K. Kennedy, 2001).
pub fn only_ways(graph: DependencyGraph<'_>, root: u32) -> Vec<OnlyWay> {
    let dominators = simple_fast(graph, root);
    let mut brings: std::collections::BTreeMap<u32, u32> = std::collections::BTreeMap::new();
    for node in 0..graph.forward.groups() as u32 {
        let above = dominators.strict_dominators(node).into_iter().flatten();
        for dominator in above.filter(|dominator| *dominator != root) {
            *brings.entry(dominator).or_default() += 1;
        }
    }
    let mut ways: Vec<OnlyWay> = brings.into_iter().map(|(node, brings)| OnlyWay { node, brings }).collect();
    ways.sort_by_key(|way| (std::cmp::Reverse(way.brings), way.node));
    ways
}
