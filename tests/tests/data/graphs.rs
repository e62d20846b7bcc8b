//! Feedback arc sets and dominators of real dependency graphs, against independent implementations.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use headroom_analysis::{
    Facts,
    graph::{DependencyGraph, feedback_arc_sets, only_ways},
};
use headroom_model::Snapshot;
use headroom_store::Store;
use headroom_tests::{Desk, real_data};

fn snapshot(name: &str) -> Option<Snapshot> {
    let data = real_data(name)?;
    let desk = Desk::new();
    desk.import(&[&data], &[]);
    let store = Store::open(&desk.plan, headroom_tests::now()).unwrap();
    Some(store.plan().as_of("2026-11-24".parse().unwrap()))
}

type Edges = BTreeSet<(u32, u32)>;

/// Repeatedly removes nodes without incoming edges (A. Kahn, 1962); what is left is on a cycle or reached from one.
fn is_acyclic(edges: &Edges) -> bool {
    let mut waiting: BTreeMap<u32, usize> = BTreeMap::new();
    for (from, to) in edges {
        waiting.entry(*from).or_default();
        *waiting.entry(*to).or_default() += 1;
    }
    let mut free: VecDeque<u32> =
        waiting.iter().filter(|(_, count)| **count == 0).map(|(node, _)| *node).collect();
    let mut gone = 0;
    while let Some(node) = free.pop_front() {
        gone += 1;
        for (_, to) in edges.range((node, 0)..=(node, u32::MAX)) {
            let count = waiting.get_mut(to).unwrap();
            *count -= 1;
            if *count == 0 {
                free.push_back(*to);
            }
        }
    }
    gone == waiting.len()
}

fn reach(snapshot: &Snapshot, start: u32, without: Option<u32>) -> usize {
    let mut seen = BTreeSet::from([start]);
    let mut open = vec![start];
    while let Some(at) = open.pop() {
        for next in snapshot.needs(at as usize) {
            if Some(*next) != without && seen.insert(*next) {
                open.push(*next);
            }
        }
    }
    seen.len()
}

#[test]
fn feedback_arc_sets_are_minimal_on_real_cycles() {
    let Some(snapshot) = snapshot("debian-science") else { return };
    let facts = Facts::new(&snapshot);
    let mut cycles = 0;
    for members in facts.condensation.cycles() {
        cycles += 1;
        let inner = |(from, to): &(u32, u32)| members.contains(from) && members.contains(to);
        let edges: Edges = snapshot.needs_graph().pairs().filter(inner).collect();
        assert!(!is_acyclic(&edges));
        let cuts = feedback_arc_sets(snapshot.needs_graph(), members, |_, _| 1);
        let left: Edges = edges.iter().filter(|edge| !cuts.contains(edge)).copied().collect();
        assert!(is_acyclic(&left), "{} cuts of {} members", cuts.len(), members.len());
        for cut in &cuts {
            let mut with = left.clone();
            with.insert(*cut);
            assert!(!is_acyclic(&with), "{cut:?} could have stayed");
        }
    }
    assert!(cycles > 0);
}

#[test]
fn dominators_match_reachability_without_the_node() {
    let Some(snapshot) = snapshot("debian-science") else { return };
    let needs = DependencyGraph { forward: snapshot.needs_graph(), backward: snapshot.needed_by_graph() };
    // The services with most direct dependencies, whose graphs are the largest.
    let mut roots: Vec<u32> = (0..snapshot.service_count() as u32).collect();
    roots.sort_by_key(|root| (std::cmp::Reverse(snapshot.needs(*root as usize).len()), *root));
    let mut compared = 0;
    for root in roots.into_iter().take(5) {
        let all = reach(&snapshot, root, None);
        for way in only_ways(needs, root) {
            let lost = all - reach(&snapshot, root, Some(way.node)) - 1;
            assert_eq!(way.brings as usize, lost);
            compared += 1;
        }
    }
    assert!(compared > 5, "{compared}");
}
