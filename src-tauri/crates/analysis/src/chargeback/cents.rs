//! Exact amounts in the smallest unit of a currency, without losing one.

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};

use crate::metrics::ExactValue;

/// Rounded half away from zero.
pub fn rounded(value: &ExactValue) -> BigInt {
    let half = ExactValue::new(1.into(), 2.into());
    if value.is_negative() {
        -(-value + half).floor().to_integer()
    } else {
        (value + half).floor().to_integer()
    }
}

/// Amounts in whole units that add up to their rounded sum: those with the largest remainders are rounded up, of equal
/// ones those that come first.
pub fn largest_remainder(values: &[ExactValue]) -> Vec<i64> {
    let sum: ExactValue = values.iter().sum();
    let floors: Vec<BigInt> = values.iter().map(|value| value.floor().to_integer()).collect();
    let rest = rounded(&sum) - floors.iter().sum::<BigInt>();
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by_cached_key(|at| {
        (std::cmp::Reverse(&values[*at] - ExactValue::from_integer(floors[*at].clone())), *at)
    });
    let raised = rest.to_usize().unwrap_or(0);
    let mut whole: Vec<i64> = floors.iter().map(|floor| floor.to_i64().unwrap_or(i64::MAX)).collect();
    order.iter().take(raised).for_each(|at| whole[*at] = whole[*at].saturating_add(1));
    whole
}
