//! Pruning: the nearest nodes of a map, the strongest clusters of a folded one.

use std::{cmp::Reverse, collections::VecDeque};

use crate::map::{Folded, Map, Thing};

/// The induced subgraph of the `most` nodes nearest to `start`: by distance, edges taken as undirected, then by
/// `weight`. Unchanged if the map is small enough.
pub fn nearest(map: Map, start: &[usize], most: usize, weight: impl Fn(Thing) -> u32) -> Map {
    if map.nodes.len() <= most {
        return map;
    }
    let edges: Vec<(usize, usize)> = map.edges.iter().map(|edge| (edge.from, edge.to)).collect();
    let kept = nearest_nodes(map.nodes.len(), &edges, start, most, |at| weight(map.nodes[at].thing));
    let mut place = vec![None; map.nodes.len()];
    for (new, old) in kept.iter().enumerate() {
        place[*old] = Some(new);
    }
    let edges = map.edges.into_iter().filter_map(|mut edge| {
        (edge.from, edge.to) = (place[edge.from]?, place[edge.to]?);
        Some(edge)
    });
    Map { edges: edges.collect(), nodes: kept.into_iter().map(|at| map.nodes[at]).collect() }
}

/// The `most` nodes nearest to `start`, in their order.
pub(crate) fn nearest_nodes<W: Ord>(
    nodes: usize,
    edges: &[(usize, usize)],
    start: &[usize],
    most: usize,
    weight: impl Fn(usize) -> W,
) -> Vec<usize> {
    let steps = steps(nodes, edges, start);
    let mut kept: Vec<usize> = (0..nodes).collect();
    kept.sort_by_cached_key(|at| (steps[*at], Reverse(weight(*at)), *at));
    kept.truncate(most);
    kept.sort_unstable();
    kept
}

fn steps(nodes: usize, edges: &[(usize, usize)], start: &[usize]) -> Vec<usize> {
    let mut beside = vec![Vec::new(); nodes];
    for (from, to) in edges {
        beside[*from].push(*to);
        beside[*to].push(*from);
    }
    let mut steps = vec![usize::MAX; nodes];
    let mut open: VecDeque<usize> = start.iter().copied().collect();
    start.iter().for_each(|at| steps[*at] = 0);
    while let Some(at) = open.pop_front() {
        for next in &beside[at] {
            if steps[*next] == usize::MAX {
                steps[*next] = steps[at] + 1;
                open.push_back(*next);
            }
        }
    }
    steps
}

/// The `nodes` clusters with the highest weighted degree, and the `edges` heaviest edges between them.
pub fn strongest(folded: Folded, nodes: usize, edges: usize) -> Folded {
    let mut weight = vec![0; folded.nodes.len()];
    for edge in &folded.edges {
        weight[edge.from] += edge.stored + edge.implied;
        weight[edge.to] += edge.stored + edge.implied;
    }
    let mut kept: Vec<usize> = (0..folded.nodes.len()).collect();
    kept.sort_by_key(|at| (Reverse(weight[*at]), *at));
    kept.truncate(nodes);
    kept.sort_unstable();
    let place = |old: usize| kept.binary_search(&old).ok();
    let mut left: Vec<_> = folded
        .edges
        .into_iter()
        .filter_map(|mut edge| {
            (edge.from, edge.to) = (place(edge.from)?, place(edge.to)?);
            Some(edge)
        })
        .collect();
    left.sort_by_key(|edge| (Reverse(edge.stored + edge.implied), edge.from, edge.to));
    left.truncate(edges);
    left.sort_by_key(|edge| (edge.from, edge.to));
    Folded { nodes: kept.iter().map(|at| folded.nodes[*at]).collect(), edges: left }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::{Cluster, Edge, FoldedEdge, FoldedNode, MapNode};

    fn map(nodes: usize, edges: &[(usize, usize)]) -> Map {
        let node = |at| MapNode { thing: Thing::Service(at), is_neighbour: false };
        let edge = |(from, to): &(usize, usize)| Edge { from: *from, to: *to, dependencies: Vec::new() };
        Map { nodes: (0..nodes).map(node).collect(), edges: edges.iter().map(edge).collect() }
    }

    #[test]
    fn nearest_keeps_nodes_by_distance_then_weight() {
        let whole = map(5, &[(0, 1), (1, 2), (0, 3), (3, 1), (4, 0)]);
        let weight = |thing| match thing {
            Thing::Service(at) => at as u32,
            Thing::Missing(_) => 0,
        };
        let cut = nearest(whole, &[0], 3, weight);
        let kept: Vec<Thing> = cut.nodes.iter().map(|node| node.thing).collect();
        assert_eq!(kept, [0, 3, 4].map(Thing::Service), "one step away, heaviest first; 2 is two steps away");
        let edges: Vec<_> = cut.edges.iter().map(|edge| (edge.from, edge.to)).collect();
        assert_eq!(edges, [(0, 1), (2, 0)]);
    }

    #[test]
    fn strongest_keeps_the_heaviest_clusters_and_edges() {
        let node = |_| FoldedNode { cluster: Cluster::Without, things: 1, inner: 0 };
        let edge = |from, to, stored| FoldedEdge { from, to, stored, implied: 0 };
        let folded = Folded {
            nodes: (0..4).map(node).collect(),
            edges: vec![edge(0, 1, 9), edge(0, 2, 1), edge(1, 3, 5), edge(3, 0, 2)],
        };
        let cut = strongest(folded, 3, 2);
        assert_eq!(cut.nodes.len(), 3);
        assert_eq!(cut.edges, vec![edge(0, 1, 9), edge(1, 2, 5)]);
    }
}
