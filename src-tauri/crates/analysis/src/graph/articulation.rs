//! Articulation points, bridges and weakly connected components.

use super::DependencyGraph;

/// The weak spots of the graph. Edges are taken as undirected.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ArticulationPoints {
    /// Whether each node is an articulation point: without it, its component falls apart.
    pub is_articulation: Vec<bool>,
    /// Bridges: edges without which their component falls apart. Each has its lower node first; sorted.
    pub bridges: Vec<(u32, u32)>,
    /// The number of weakly connected components.
    pub components: u32,
}

impl ArticulationPoints {
    /// The same with node `at` as `now[at]`.
    pub fn renumbered(&self, now: &[u32]) -> Self {
        let mut is_articulation = vec![false; now.len()];
        now.iter().zip(&self.is_articulation).for_each(|(at, is)| is_articulation[*at as usize] = *is);
        let renumbered = |(one, other): &(u32, u32)| {
            let (one, other) = (now[*one as usize], now[*other as usize]);
            (one.min(other), one.max(other))
        };
        let mut bridges: Vec<(u32, u32)> = self.bridges.iter().map(renumbered).collect();
        bridges.sort_unstable();
        Self { is_articulation, bridges, components: self.components }
    }
}

const UNSEEN: u32 = u32::MAX;

/// Articulation points and bridges in one depth-first pass (J. Hopcroft and R. Tarjan, 1973). petgraph has both, each
/// as a pass of its own over hash maps; this is many times faster on a large plan, and the tests compare it with
/// petgraph.
pub fn articulation_points(graph: DependencyGraph<'_>) -> ArticulationPoints {
    let count = graph.forward.groups();
    let mut pass = Pass {
        graph,
        seen: vec![UNSEEN; count],
        low: vec![UNSEEN; count],
        clock: 0,
        found: ArticulationPoints { is_articulation: vec![false; count], bridges: Vec::new(), components: 0 },
    };
    for root in 0..count as u32 {
        if pass.seen[root as usize] == UNSEEN {
            pass.found.components += 1;
            pass.from(root);
        }
    }
    pass.found.bridges.sort_unstable();
    pass.found
}

struct Pass<'a> {
    graph: DependencyGraph<'a>,
    seen: Vec<u32>,
    low: Vec<u32>,
    clock: u32,
    found: ArticulationPoints,
}

impl Pass<'_> {
    fn neighbour(&self, node: u32, at: usize) -> Option<u32> {
        let forward = self.graph.forward.of(node as usize);
        forward.get(at).or_else(|| self.graph.backward.of(node as usize).get(at - forward.len())).copied()
    }

    fn enter(&mut self, node: u32) {
        self.seen[node as usize] = self.clock;
        self.low[node as usize] = self.clock;
        self.clock += 1;
    }

    fn from(&mut self, root: u32) {
        let mut root_children = 0;
        // Node, its parent in the search tree, and the index of its next neighbour.
        let mut stack = vec![(root, root, 0)];
        self.enter(root);
        while let Some((node, parent, next)) = stack.last_mut() {
            let (node, parent) = (*node, *parent);
            if let Some(other) = self.neighbour(node, *next) {
                *next += 1;
                if self.seen[other as usize] == UNSEEN {
                    root_children += u32::from(node == root);
                    self.enter(other);
                    stack.push((other, node, 0));
                } else if other != parent {
                    self.low[node as usize] = self.low[node as usize].min(self.seen[other as usize]);
                }
                continue;
            }
            stack.pop();
            if node != root {
                self.leave(node, parent, root);
            }
        }
        self.found.is_articulation[root as usize] = root_children > 1;
    }

    fn leave(&mut self, node: u32, parent: u32, root: u32) {
        let (low, above) = (self.low[node as usize], self.seen[parent as usize]);
        self.low[parent as usize] = self.low[parent as usize].min(low);
        if low > above {
            self.found.bridges.push((node.min(parent), node.max(parent)));
        }
        if low >= above && parent != root {
            self.found.is_articulation[parent as usize] = true;
        }
    }
}
