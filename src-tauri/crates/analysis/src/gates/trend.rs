//! The line through the last values of an objective. One wild value does not turn it.

use num_traits::FromPrimitive;

use crate::metrics::ExactValue;

/// How many values it goes through at most, and at least.
const MOST: usize = 6;
const LEAST: usize = 3;

/// A line by number of the period.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TrendLine {
    slope: ExactValue,
    at_zero: ExactValue,
}

impl TrendLine {
    pub fn at(&self, number: i32) -> ExactValue {
        &self.at_zero + &self.slope * whole(number)
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
    let slopes = values.iter().enumerate().flat_map(|(at, (number, value))| {
        values[at + 1..].iter().map(move |(before, earlier)| (value - earlier) / whole(number - before))
    });
    let slope = median(slopes.collect())?;
    let at_zero = median(values.iter().map(|(number, value)| value - &slope * whole(*number)).collect())?;
    Some(TrendLine { slope, at_zero })
}

fn whole(number: i32) -> ExactValue {
    ExactValue::from_integer(number.into())
}

/// The middle value; of an even number the mean of the two in the middle.
fn median(mut values: Vec<ExactValue>) -> Option<ExactValue> {
    values.sort_unstable();
    let middle = values.len() / 2;
    let upper = values.get(middle)?.clone();
    match values.len() % 2 {
        0 => Some((upper + values.get(middle.checked_sub(1)?)?) / ExactValue::from_u8(2)?),
        _ => Some(upper),
    }
}
