//! Flows of cost against worked examples, and against another way to work them out on random graphs.

use num_traits::{Signed, ToPrimitive, Zero};
use proptest::prelude::*;

use super::{FlowEdge, flow, largest_remainder};
use crate::metrics::ExactValue;

fn whole(number: i64) -> ExactValue {
    ExactValue::from_integer(number.into())
}

/// Costs of services, and `(user, provider, weight)`.
fn cents(own: &[i64], edges: &[(usize, usize, i64)]) -> Vec<Option<i64>> {
    let own: Vec<ExactValue> = own.iter().copied().map(whole).collect();
    let flow = flow(&own, &edges_of(edges));
    let ends: Vec<usize> = (0..own.len()).filter(|at| flow.kept[*at].is_some()).collect();
    let exact: Vec<ExactValue> = ends.iter().filter_map(|at| flow.kept[*at].clone()).collect();
    let mut cents = vec![None; own.len()];
    for (at, amount) in ends.iter().zip(largest_remainder(&exact)) {
        cents[*at] = Some(amount);
    }
    cents
}

fn edges_of(edges: &[(usize, usize, i64)]) -> Vec<FlowEdge> {
    let edge =
        |&(user, provider, weight): &(usize, usize, i64)| FlowEdge { provider, user, weight: whole(weight) };
    edges.iter().map(edge).collect()
}

#[test]
fn what_a_provider_costs_is_shared_by_weight() {
    let kept = cents(&[3000, 2000, 1000, 2400], &[(0, 3, 3), (1, 3, 2), (2, 3, 1)]);
    assert_eq!(kept, [Some(4200), Some(2800), Some(1400), None]);
}

#[test]
fn cents_are_kept_by_those_with_the_largest_remainder() {
    assert_eq!(
        cents(&[0, 0, 0, 100], &[(0, 3, 1), (1, 3, 1), (2, 3, 1)]),
        [Some(34), Some(33), Some(33), None]
    );
    assert_eq!(
        cents(&[0, 0, 10, 101], &[(0, 2, 1), (1, 2, 1), (2, 3, 1), (0, 3, 2)]),
        [Some(89), Some(22), None, None]
    );
}

#[test]
fn a_cycle_passes_all_of_it_on_if_it_can() {
    assert_eq!(cents(&[600, 300, 0], &[(0, 1, 1), (1, 0, 1), (2, 0, 1)]), [None, None, Some(900)]);
}

#[test]
fn a_group_that_nothing_can_leave_keeps_what_it_costs() {
    let kept = cents(&[600, 300, 90], &[(0, 1, 1), (1, 0, 1), (0, 2, 1)]);
    assert_eq!(kept, [Some(600), Some(300), Some(90)]);
    let shared = cents(&[600, 300, 90, 0], &[(0, 1, 1), (1, 0, 1), (0, 2, 1), (3, 2, 1)]);
    assert_eq!(shared, [Some(630), Some(315), None, Some(45)], "half of what feeds both goes to each");
}

#[test]
fn a_service_that_depends_on_itself_keeps_its_cost() {
    assert_eq!(cents(&[5], &[(0, 0, 1)]), [Some(5)]);
}

#[test]
fn credits_are_negative_costs() {
    assert_eq!(cents(&[0, 0, -5], &[(0, 2, 1), (1, 2, 1)]), [Some(-2), Some(-3), None]);
}

type Graph = (Vec<i64>, Vec<(usize, usize, i64)>);

fn graph() -> impl Strategy<Value = Graph> {
    (1_usize..24).prop_flat_map(|count| {
        let edges = prop::collection::vec((0..count, 0..count, 1_i64..6), 0..count * 3);
        (prop::collection::vec(0_i64..1000, count), edges)
    })
}

/// Solves the equations of all services from which an end can be reached at once, in floating point. Gives what ends keep.
fn by_equations((own, edges): &Graph) -> Vec<f64> {
    let count = own.len();
    let mut weights = vec![vec![0.0; count]; count];
    for (user, provider, weight) in edges.iter().filter(|(user, provider, _)| user != provider) {
        weights[*provider][*user] += *weight as f64;
    }
    let is_end: Vec<bool> = weights.iter().map(|users| users.iter().all(|weight| *weight == 0.0)).collect();
    let mut is_open = is_end.clone();
    for _ in 0..count {
        for at in 0..count {
            is_open[at] |= (0..count).any(|user| weights[at][user] > 0.0 && is_open[user]);
        }
    }
    let mut rows: Vec<Vec<f64>> = (0..count)
        .map(|user| {
            let taken = |provider: usize| {
                let all: f64 = weights[provider].iter().sum();
                if is_open[provider] && all > 0.0 { weights[provider][user] / all } else { 0.0 }
            };
            let same = |provider: usize| f64::from(u8::from(provider == user));
            (0..count).map(|provider| same(provider) - taken(provider)).chain([own[user] as f64]).collect()
        })
        .collect();
    for column in 0..count {
        let best =
            (column..count).max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs())).unwrap();
        rows.swap(column, best);
        let pivot = rows[column].clone();
        for row in (0..count).filter(|row| *row != column) {
            let factor = rows[row][column] / pivot[column];
            (column..=count).for_each(|at| rows[row][at] -= factor * pivot[at]);
        }
    }
    (0..count).map(|at| if is_end[at] { rows[at][count] / rows[at][at] } else { 0.0 }).collect()
}

proptest! {
    #[test]
    fn every_cent_is_kept((own, edges) in graph()) {
        let kept = cents(&own, &edges);
        prop_assert_eq!(kept.iter().flatten().sum::<i64>(), own.iter().sum::<i64>());
    }

    #[test]
    fn equations_solved_at_once_say_the_same((own, edges) in graph()) {
        let exact: Vec<ExactValue> = own.iter().copied().map(whole).collect();
        let flow = flow(&exact, &edges_of(&edges));
        let kept = by_equations(&(own.clone(), edges.clone()));
        for (at, kept) in kept.iter().enumerate().filter(|(at, _)| !flow.is_closed[*at]) {
            let found = flow.kept[at].as_ref().and_then(ExactValue::to_f64).unwrap_or(0.0);
            prop_assert!((found - kept).abs() < 1e-4, "{at}: {found} and {kept}");
        }
    }

    #[test]
    fn what_a_service_costs_is_its_own_and_what_it_takes_over((own, edges) in graph()) {
        let exact: Vec<ExactValue> = own.iter().copied().map(whole).collect();
        let edges = edges_of(&edges);
        let flow = flow(&exact, &edges);
        for at in (0..own.len()).filter(|at| !flow.is_closed[*at]) {
            let mut sum = exact[at].clone();
            for provider in (0..own.len()).filter(|provider| *provider != at) {
                let of = |user: Option<usize>| -> ExactValue {
                    edges.iter().filter(|edge| edge.provider == provider && edge.user != provider && user.is_none_or(|user| edge.user == user)).map(|edge| edge.weight.clone()).sum()
                };
                if of(Some(at)).is_positive() {
                    sum += &flow.loaded[provider] * of(Some(at)) / of(None);
                }
            }
            prop_assert_eq!(&flow.loaded[at], &sum);
        }
    }

    #[test]
    fn rounding_loses_nothing(values in prop::collection::vec((-10_000_i64..10_000, 1_i64..300), 0..20)) {
        let values: Vec<ExactValue> = values.into_iter().map(|(number, by)| ExactValue::new(number.into(), by.into())).collect();
        let sum: ExactValue = values.iter().sum();
        let whole = largest_remainder(&values);
        prop_assert_eq!(whole.iter().sum::<i64>(), super::rounded(&sum).to_i64().unwrap());
        for (value, whole) in values.iter().zip(whole) {
            let distance = value - ExactValue::from_integer(whole.into());
            prop_assert!(distance.abs() <= ExactValue::from_integer(1.into()) || distance.is_zero());
        }
    }
}

/// A ring with shortcuts and exits, once as small and once as large as it is solved in another way.
#[test]
fn a_cycle_of_hundreds_loses_no_cent_and_is_nearly_exact() {
    let ring = |count: usize| -> Vec<(usize, usize, i64)> {
        let around = (0..count).map(|at| ((at + 1) % count, at, 3));
        let across = (0..count).step_by(3).map(|at| ((at * 7 + 5) % count, at, 2));
        let exits = (0..count).step_by(5).map(|at| (count + at % 4, at, 1));
        around.chain(across).chain(exits).collect()
    };
    for count in [180, 240] {
        let mut own: Vec<i64> = (0..count as i64).map(|at| at * 37 % 1009).collect();
        own.extend([0, 0, 0, 5]);
        let edges = ring(count);
        let kept = cents(&own, &edges);
        assert_eq!(kept.iter().flatten().sum::<i64>(), own.iter().sum::<i64>());
        for (at, expected) in by_equations(&(own.clone(), edges)).iter().enumerate().skip(count) {
            let found = kept[at].unwrap() as f64;
            assert!((found - expected).abs() <= 1.0, "{at} of {count}: {found} and {expected}");
        }
    }
}
