//! Strongly connected components, the condensation and shortest cycles.

use headroom_model::csr::Csr;
use petgraph::algo::kosaraju_scc;

use super::DependencyGraph;

/// The condensation: every strongly connected component as one node.
#[derive(Debug, Clone, Default)]
pub struct Condensation {
    /// The nodes of each component, sorted. A component comes after all that it depends on.
    pub components: Vec<Vec<u32>>,
    /// The component of each node.
    pub component_of: Vec<u32>,
}

/// Strongly connected components in reverse topological order: dependencies before dependents.
pub fn condensation(graph: DependencyGraph<'_>) -> Condensation {
    let mut components = kosaraju_scc(graph);
    let mut component_of = vec![0; graph.forward.groups()];
    for (at, members) in components.iter_mut().enumerate() {
        members.sort_unstable();
        for member in members.iter() {
            component_of[*member as usize] = at as u32;
        }
    }
    Condensation { components, component_of }
}

impl Condensation {
    /// The same with node `at` as `now[at]`.
    pub fn renumbered(&self, now: &[u32]) -> Self {
        let renumbered = |members: &Vec<u32>| {
            let mut members: Vec<u32> = members.iter().map(|member| now[*member as usize]).collect();
            members.sort_unstable();
            members
        };
        let mut component_of = vec![0; now.len()];
        now.iter()
            .zip(&self.component_of)
            .for_each(|(at, component)| component_of[*at as usize] = *component);
        Self { components: self.components.iter().map(renumbered).collect(), component_of }
    }

    /// The components with more than one node, largest first, then by their nodes. Self-dependencies are not among
    /// them.
    pub fn cycles(&self) -> Vec<&[u32]> {
        let mut cycles: Vec<&[u32]> =
            self.components.iter().map(Vec::as_slice).filter(|members| members.len() > 1).collect();
        cycles.sort_by(|a, b| (b.len(), *a).cmp(&(a.len(), *b)));
        cycles
    }

    /// The length of the longest path in the condensation, in edges.
    pub fn longest_chain(&self, forward: &Csr) -> u32 {
        let mut length = vec![0u32; self.components.len()];
        for (at, members) in self.components.iter().enumerate() {
            for member in members {
                for needed in forward.of(*member as usize) {
                    let needed = self.component_of[*needed as usize] as usize;
                    if needed != at {
                        length[at] = length[at].max(length[needed] + 1);
                    }
                }
            }
        }
        length.into_iter().max().unwrap_or(0)
    }
}

/// A shortest cycle through `start` within `members` (sorted): its nodes, beginning with `start`, which is not
/// repeated at the end. Empty if there is none.
pub(crate) fn shortest_cycle(forward: &Csr, members: &[u32], start: u32) -> Vec<u32> {
    use std::collections::VecDeque;
    let mut came_from = rustc_hash::FxHashMap::default();
    let mut open = VecDeque::from([start]);
    while let Some(node) = open.pop_front() {
        for next in forward.of(node as usize).iter().copied() {
            if next == start {
                let mut path = vec![node];
                let mut at = node;
                while at != start {
                    at = came_from[&at];
                    path.push(at);
                }
                path.reverse();
                return path;
            }
            if members.binary_search(&next).is_ok() && !came_from.contains_key(&next) {
                came_from.insert(next, node);
                open.push_back(next);
            }
        }
    }
    Vec::new()
}
