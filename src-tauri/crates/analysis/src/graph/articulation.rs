use super::DependencyGraph;

/// What would fall apart without one service or one dependency, the direction of dependencies left out of account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ArticulationPoints {
    /// Whether each node is an articulation point: without it, its component falls apart.
    pub is_articulation: Vec<bool>,
    /// Edges without which their component falls apart, each with the lower number first, sorted.
    pub bridges: Vec<(u32, u32)>,
    /// Weakly connected components.
    pub components: u32,
}

const UNSEEN: u32 = u32::MAX;

/// One depth-first pass for articulation points and bridges (Hopcroft and Tarjan, 1973). petgraph has both, each
/// by a pass of its own over hash maps; this is many times faster on a large plan and tested against those.
pub fn articulation_points(needs: DependencyGraph<'_>) -> ArticulationPoints {
    let count = needs.forward.groups();
    let mut pass = Pass {
        needs,
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
    needs: DependencyGraph<'a>,
    seen: Vec<u32>,
    low: Vec<u32>,
    clock: u32,
    found: ArticulationPoints,
}

impl Pass<'_> {
    fn neighbour(&self, node: u32, at: usize) -> Option<u32> {
        let forward = self.needs.forward.of(node as usize);
        forward.get(at).or_else(|| self.needs.backward.of(node as usize).get(at - forward.len())).copied()
    }

    fn enter(&mut self, node: u32) {
        self.seen[node as usize] = self.clock;
        self.low[node as usize] = self.clock;
        self.clock += 1;
    }

    fn from(&mut self, root: u32) {
        let mut root_children = 0;
        // Node, the one it was reached from, and which neighbour is next.
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
