use petgraph::algo::dominators::simple_fast;

use super::DependencyGraph;

/// What a node alone brings in: a node below `root`, and how many others `root` needs only by way of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OnlyWay {
    pub node: u32,
    pub brings: u32,
}

/// The nodes that dominate others below `root`, most first: without them `root` would not need those.
pub fn only_ways(needs: DependencyGraph<'_>, root: u32) -> Vec<OnlyWay> {
    let dominators = simple_fast(needs, root);
    let mut brings: std::collections::BTreeMap<u32, u32> = std::collections::BTreeMap::new();
    for node in 0..needs.forward.groups() as u32 {
        let above = dominators.strict_dominators(node).into_iter().flatten();
        for dominator in above.filter(|dominator| *dominator != root) {
            *brings.entry(dominator).or_default() += 1;
        }
    }
    let mut ways: Vec<OnlyWay> = brings.into_iter().map(|(node, brings)| OnlyWay { node, brings }).collect();
    ways.sort_by_key(|way| (std::cmp::Reverse(way.brings), way.node));
    ways
}
