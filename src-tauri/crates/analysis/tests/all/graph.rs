//! Facts of the dependency graph compared with petgraph and brute force, on random graphs.

use std::collections::BTreeSet;

use headroom_analysis::graph::{DependencyGraph, articulation_points, condensation, transitive_dependents};
use headroom_model::csr::Csr;
use petgraph::{
    algo,
    graph::{DiGraph, UnGraph},
};
use proptest::prelude::*;

fn edges() -> impl Strategy<Value = (usize, Vec<(u32, u32)>)> {
    (1usize..40).prop_flat_map(|nodes| {
        let edge = (0..nodes as u32, 0..nodes as u32).prop_filter("no loops", |(a, b)| a != b);
        (Just(nodes), prop::collection::btree_set(edge, 0..90.min(nodes * nodes.saturating_sub(1) / 2 + 1)))
            .prop_map(|(nodes, edges)| (nodes, edges.into_iter().collect()))
    })
}

fn reach(nodes: usize, edges: &[(u32, u32)], start: u32) -> usize {
    let mut seen = BTreeSet::from([start]);
    for _ in 0..nodes {
        for (from, to) in edges {
            if seen.contains(to) {
                seen.insert(*from);
            }
        }
    }
    seen.len() - 1
}

proptest! {
    #[test]
    fn facts_agree_with_petgraph_and_brute_force((nodes, edges) in edges()) {
        let forward = Csr::from_pairs(nodes, &edges);
        let backward = forward.transposed();
        let needs = DependencyGraph { forward: &forward, backward: &backward };

        let directed = DiGraph::<(), ()>::from_edges(&edges);
        let condensed = condensation(needs);
        let cycles = condensed.cycles().len();
        prop_assert_eq!(cycles, algo::tarjan_scc(&directed).iter().filter(|scc| scc.len() > 1).count());
        for (from, to) in &edges {
            prop_assert!(condensed.component_of[*from as usize] >= condensed.component_of[*to as usize]);
        }

        let dependents = transitive_dependents(&condensed, &forward);
        for (at, count) in dependents.iter().enumerate() {
            prop_assert_eq!(*count as usize, reach(nodes, &edges, at as u32));
        }

        let simple: BTreeSet<(u32, u32)> = edges.iter().map(|(a, b)| (*a.min(b), *a.max(b))).collect();
        let mut undirected = UnGraph::<(), u8>::default();
        let at: Vec<_> = (0..nodes).map(|_| undirected.add_node(())).collect();
        for (a, b) in &simple {
            undirected.add_edge(at[*a as usize], at[*b as usize], 0);
        }
        let weak = articulation_points(needs);
        let expected: BTreeSet<usize> =
            algo::articulation_points::articulation_points(&undirected).into_iter().map(|node| node.index()).collect();
        let found: BTreeSet<usize> = (0..nodes).filter(|at| weak.is_articulation[*at]).collect();
        prop_assert_eq!(found, expected);
        prop_assert_eq!(weak.components as usize, algo::connected_components(&undirected));
        let without = |edge: &(u32, u32)| {
            let mut cut = undirected.clone();
            let edge = cut.find_edge(at[edge.0 as usize], at[edge.1 as usize]).unwrap();
            cut.remove_edge(edge);
            algo::connected_components(&cut) > weak.components as usize
        };
        let bridges: Vec<(u32, u32)> = simple.iter().filter(|edge| without(edge)).copied().collect();
        prop_assert_eq!(weak.bridges, bridges);
    }
}

#[test]
fn long_chains_do_not_overflow_the_stack() {
    let nodes = 200_000;
    let edges: Vec<(u32, u32)> = (1..nodes as u32).map(|at| (at - 1, at)).collect();
    let forward = Csr::from_pairs(nodes, &edges);
    let backward = forward.transposed();
    let needs = DependencyGraph { forward: &forward, backward: &backward };
    assert_eq!(condensation(needs).longest_chain(&forward), 199_999);
    assert_eq!(articulation_points(needs).bridges.len(), 199_999);
}
