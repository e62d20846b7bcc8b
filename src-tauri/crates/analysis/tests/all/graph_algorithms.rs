//! Feedback arc sets, dominators and similarity compared with brute force, on random graphs.

use std::collections::BTreeSet;

use headroom_analysis::graph::{DependencyGraph, condensation, feedback_arc_sets, only_ways, similar_pairs};
use headroom_model::csr::Csr;
use proptest::prelude::*;

type Edges = Vec<(u32, u32)>;

fn graph(most_nodes: usize, most_edges: usize) -> impl Strategy<Value = (usize, Edges)> {
    (2usize..most_nodes).prop_flat_map(move |nodes| {
        let edge = (0..nodes as u32, 0..nodes as u32).prop_filter("no loops", |(a, b)| a != b);
        let edges = prop::collection::btree_set(edge, 0..most_edges.min(nodes * (nodes - 1)));
        (Just(nodes), edges.prop_map(|edges| edges.into_iter().collect()))
    })
}

/// A cost from 1 to 3, determined by the ends of the edge.
fn cost(from: u32, to: u32) -> u32 {
    1 + (from * 7 + to * 3) % 3
}

fn has_cycle(nodes: usize, edges: &[(u32, u32)]) -> bool {
    petgraph::algo::is_cyclic_directed(&{
        let mut graph = petgraph::graph::DiGraph::<(), ()>::new();
        let at: Vec<_> = (0..nodes).map(|_| graph.add_node(())).collect();
        for (from, to) in edges {
            graph.add_edge(at[*from as usize], at[*to as usize], ());
        }
        graph
    })
}

/// The minimum over every order of the members.
fn least_cost(members: &[u32], edges: &[(u32, u32)]) -> u32 {
    fn permute(rest: &[u32], order: &mut Vec<u32>, edges: &[(u32, u32)], best: &mut u32) {
        if rest.is_empty() {
            let place = |node: &u32| order.iter().position(|other| other == node);
            let back = edges.iter().filter(|(from, to)| match (place(from), place(to)) {
                (Some(from), Some(to)) => to < from,
                _ => false,
            });
            *best = (*best).min(back.map(|(from, to)| cost(*from, *to)).sum());
            return;
        }
        for (at, next) in rest.iter().enumerate() {
            let others: Vec<u32> =
                rest.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, node)| *node).collect();
            order.push(*next);
            permute(&others, order, edges, best);
            order.pop();
        }
    }
    let mut best = u32::MAX;
    permute(members, &mut Vec::new(), edges, &mut best);
    best
}

fn reachable(edges: &[(u32, u32)], start: u32, without: Option<u32>) -> BTreeSet<u32> {
    let mut seen = BTreeSet::from([start]);
    loop {
        let next: Vec<u32> = edges
            .iter()
            .filter(|(from, to)| seen.contains(from) && !seen.contains(to) && Some(*to) != without)
            .map(|(_, to)| *to)
            .collect();
        if next.is_empty() {
            return seen;
        }
        seen.extend(next);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn small_feedback_arc_sets_are_minimum((nodes, edges) in graph(7, 20)) {
        let forward = Csr::from_pairs(nodes, &edges);
        let backward = forward.transposed();
        let condensed = condensation(DependencyGraph { forward: &forward, backward: &backward });
        for members in condensed.cycles() {
            let inner: Edges = edges
                .iter()
                .filter(|(from, to)| members.contains(from) && members.contains(to))
                .copied()
                .collect();
            let cuts = feedback_arc_sets(&forward, members, cost);
            prop_assert!(cuts.iter().all(|cut| inner.contains(cut)));
            let spent: u32 = cuts.iter().map(|(from, to)| cost(*from, *to)).sum();
            prop_assert_eq!(spent, least_cost(members, &inner));
            let left: Edges = inner.iter().filter(|edge| !cuts.contains(edge)).copied().collect();
            prop_assert!(!has_cycle(nodes, &left));
        }
    }

    #[test]
    fn large_feedback_arc_sets_are_acyclic_and_minimal((nodes, edges) in graph(60, 400)) {
        let forward = Csr::from_pairs(nodes, &edges);
        let backward = forward.transposed();
        let condensed = condensation(DependencyGraph { forward: &forward, backward: &backward });
        for members in condensed.cycles() {
            let cuts = feedback_arc_sets(&forward, members, cost);
            let left: Edges = edges.iter().filter(|edge| !cuts.contains(edge)).copied().collect();
            let inner = |edges: &[(u32, u32)]| -> Edges {
                edges.iter().filter(|(a, b)| members.contains(a) && members.contains(b)).copied().collect()
            };
            prop_assert!(!has_cycle(nodes, &inner(&left)));
            for cut in &cuts {
                let mut with = inner(&left);
                with.push(*cut);
                prop_assert!(has_cycle(nodes, &with), "{cut:?} could have stayed");
            }
        }
    }

    #[test]
    fn dominators_agree_with_removing_each_node((nodes, edges) in graph(14, 40)) {
        let forward = Csr::from_pairs(nodes, &edges);
        let backward = forward.transposed();
        let needs = DependencyGraph { forward: &forward, backward: &backward };
        let root = 0;
        let all = reachable(&edges, root, None);
        let found = only_ways(needs, root);
        for node in all.iter().copied().filter(|node| *node != root) {
            let lost = all.len() - reachable(&edges, root, Some(node)).len() - 1;
            let brings = found.iter().find(|way| way.node == node).map_or(0, |way| way.brings as usize);
            prop_assert_eq!(brings, lost, "without {}", node);
        }
    }

    #[test]
    fn similar_pairs_agree_with_comparing_every_pair(
        (nodes, edges) in graph(20, 90), percent in 1u32..=100, common in 1u32..4,
    ) {
        let forward = Csr::from_pairs(nodes, &edges);
        let needs = |node: u32| forward.of(node as usize).iter().copied().collect::<BTreeSet<u32>>();
        let mut expected = Vec::new();
        for a in 0..nodes as u32 {
            for b in a + 1..nodes as u32 {
                let (one, other) = (needs(a), needs(b));
                let (both, either) = (one.intersection(&other).count(), one.union(&other).count());
                if both >= common as usize && both * 100 >= either * percent as usize {
                    expected.push((a, b, both as u32, either as u32));
                }
            }
        }
        let found: Vec<_> =
            similar_pairs(&forward, percent, common).iter().map(|pair| (pair.a, pair.b, pair.common, pair.either)).collect();
        prop_assert_eq!(found, expected);
    }
}
