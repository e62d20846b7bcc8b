//! The order of the dependency matrix, on random graphs.

use headroom_analysis::{
    graph::{DependencyGraph, condensation},
    matrix::order,
};
use headroom_model::csr::Csr;
use proptest::prelude::*;

fn graph() -> impl Strategy<Value = (Vec<u32>, Vec<(u32, u32)>)> {
    (2usize..40).prop_flat_map(|nodes| {
        let edge = (0..nodes as u32, 0..nodes as u32).prop_filter("no loops", |(a, b)| a != b);
        (
            prop::collection::vec(0u32..6, nodes),
            prop::collection::btree_set(edge, 0..80.min(nodes * (nodes - 1) / 2 + 1))
                .prop_map(|edges| edges.into_iter().collect()),
        )
    })
}

proptest! {
    #[test]
    fn matrix_order_keeps_cycles_and_groups_together((group_of, edges) in graph()) {
        let nodes = group_of.len();
        let forward = Csr::from_pairs(nodes, &edges);
        let backward = forward.transposed();
        let condensed = condensation(DependencyGraph { forward: &forward, backward: &backward });
        let order = order(&condensed, &group_of);

        let mut sorted = order.clone();
        sorted.sort_unstable();
        prop_assert_eq!(sorted, (0..nodes).collect::<Vec<_>>());

        let component = |at: &usize| condensed.component_of[*at];
        let stretches: Vec<u32> =
            order.chunk_by(|a, b| component(a) == component(b)).map(|same| component(&same[0])).collect();
        prop_assert_eq!(stretches.len(), condensed.components.len(), "a cycle is torn");

        // Without cycles, groups are in order, and within a group dependencies come before dependents.
        let alone: Vec<usize> =
            order.iter().copied().filter(|at| condensed.components[component(at) as usize].len() == 1).collect();
        prop_assert!(alone.iter().map(|at| group_of[*at]).is_sorted());
        let mut place = vec![0; nodes];
        for (at, node) in order.iter().enumerate() {
            place[*node] = at;
        }
        for (from, to) in &edges {
            let (from, to) = (*from as usize, *to as usize);
            if alone.contains(&from) && alone.contains(&to) && group_of[from] == group_of[to] {
                prop_assert!(place[from] < place[to], "{from} needs {to}");
            }
        }
        for members in condensed.components.iter().filter(|members| members.len() > 1) {
            let start = members.iter().map(|member| place[*member as usize]).min().unwrap();
            let groups = order[start..start + members.len()].iter().map(|at| group_of[*at]);
            prop_assert!(groups.is_sorted(), "a cycle keeps each group together");
        }
    }
}
