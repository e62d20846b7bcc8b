//! The line through the last values of an objective. One wild value does not turn it.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, ToPrimitive};

use crate::metrics::ExactValue;

/// How many values it goes through at most, and at least.
const MOST: usize = 6;
const LEAST: usize = 3;

/// A line by number of the period: (`rise` × number + `at_zero`) / `scale`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TrendLine {
    rise: BigInt,
    at_zero: BigInt,
    scale: BigInt,
}

impl TrendLine {
    fn new(slope: &ExactValue, at_zero: &ExactValue) -> Self {
        Self {
            rise: slope.numer() * at_zero.denom(),
            at_zero: at_zero.numer() * slope.denom(),
            scale: slope.denom() * at_zero.denom(),
        }
    }

    pub fn at(&self, number: i32) -> ExactValue {
        ExactValue::new(self.scaled_at(number), self.scale.clone())
    }

    /// What it is in a period, compared with a value.
    pub fn compared(&self, number: i32, value: &ExactValue) -> Ordering {
        (self.scaled_at(number) * value.denom()).cmp(&(value.numer() * &self.scale))
    }

    fn scaled_at(&self, number: i32) -> BigInt {
        &self.rise * number + &self.at_zero
    }
}

/// The line of Theil and Sen: its slope is the median of the slopes between all pairs, and as many values are above it as
/// below. None through fewer than three values; `values` are the newest first.
///
/// Source: P. K. Sen, Estimates of the regression coefficient based on Kendall's tau, 1968.
pub(crate) fn line(values: impl Iterator<Item = (i32, ExactValue)>) -> Option<TrendLine> {
    let values: Vec<(i32, ExactValue)> = values.take(MOST).collect();
    if values.len() < LEAST {
        return None;
    }
    // Almost all values are short; numbers of any length take many times as long.
    let short = |value: &ExactValue| Some(Ratio::new_raw(value.numer().to_i128()?, value.denom().to_i128()?));
    let shorts = values.iter().map(|(number, value)| Some((*number, short(value)?)));
    let shorts: Option<Vec<(i32, Ratio<i128>)>> = shorts.collect();
    let long = |value: Ratio<i128>| ExactValue::new_raw((*value.numer()).into(), (*value.denom()).into());
    let fitted = shorts.and_then(|values| fit(&values)).map(|(slope, at_zero)| (long(slope), long(at_zero)));
    let (slope, at_zero) = fitted.or_else(|| fit(&values))?;
    Some(TrendLine::new(&slope, &at_zero))
}

/// The slope, and the value of period 0; none if a number does not fit.
fn fit<T>(values: &[(i32, Ratio<T>)]) -> Option<(Ratio<T>, Ratio<T>)>
where
    T: Clone + Integer + From<i32> + CheckedAdd + CheckedSub + CheckedMul,
{
    let whole = |number: i32| Ratio::from_integer(T::from(number));
    let slopes = values.iter().enumerate().flat_map(|(at, (number, value))| {
        let before = values[at + 1..].iter();
        before.map(move |(before, earlier)| value.checked_sub(earlier)?.checked_div(&whole(number - before)))
    });
    let slope = median(slopes.collect::<Option<Vec<_>>>()?)?;
    let at_zero = |(number, value): &(i32, Ratio<T>)| value.checked_sub(&slope.checked_mul(&whole(*number))?);
    let at_zero = median(values.iter().map(at_zero).collect::<Option<Vec<_>>>()?)?;
    Some((slope, at_zero))
}

/// The middle value; of an even number the mean of the two in the middle. None if that does not fit.
fn median<T>(mut values: Vec<Ratio<T>>) -> Option<Ratio<T>>
where
    T: Clone + Integer + From<i32> + CheckedAdd + CheckedMul,
{
    values.sort_unstable();
    let middle = values.len() / 2;
    let upper = values.get(middle)?.clone();
    match values.len() % 2 {
        0 => {
            let sum = upper.checked_add(values.get(middle.checked_sub(1)?)?)?;
            sum.checked_div(&Ratio::from_integer(T::from(2)))
        }
        _ => Some(upper),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn short_numbers_and_those_of_any_length_give_the_same_line(
            values in prop::collection::vec((-1_000_000_i128..1_000_000, 1_i128..1000), 3..7),
        ) {
            let numbered = values.iter().zip(0..).map(|((above, below), number)| (-number, above, below));
            let short: Vec<(i32, Ratio<i128>)> =
                numbered.clone().map(|(number, above, below)| (number, Ratio::new(*above, *below))).collect();
            let long: Vec<(i32, ExactValue)> = numbered
                .map(|(number, above, below)| (number, ExactValue::new((*above).into(), (*below).into())))
                .collect();
            let (slope, at_zero) = fit(&long).unwrap();
            let told = |value: &Ratio<i128>| value.to_string();
            let (short_slope, short_zero) = fit(&short).unwrap();
            prop_assert_eq!((told(&short_slope), told(&short_zero)), (slope.to_string(), at_zero.to_string()));
            let line = line(long.into_iter()).unwrap();
            for number in [-7, 0, 1, 40] {
                let value = &at_zero + &slope * ExactValue::from_integer(number.into());
                prop_assert_eq!(line.at(number), value.clone());
                prop_assert_eq!(line.compared(number, &value), Ordering::Equal);
                prop_assert_eq!(line.compared(number, &(value + ExactValue::from_integer(1.into()))), Ordering::Less);
            }
        }
    }
}
