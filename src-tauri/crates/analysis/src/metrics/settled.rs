//! Periods whose figures are all there and nobody has restated: their value is the same on every day from which it is
//! known on. So it is put together once, however often objectives ask for it.

use chrono::NaiveDate;
use headroom_model::{Currency, ExactDecimal, PeriodLength};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    figure_index::{Figure, Series, due_after},
    period::Period,
};

/// Over how many periods a figure may go: more of them are looked at one by one.
const MOST_PERIODS: i32 = 1000;

/// The value of a period that figures cover once, without a gap.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SettledValue {
    /// Their sum, times ten to the power of `decimals`.
    pub digits: i128,
    pub decimals: u32,
    /// That of all of them; none if they are no amounts.
    pub currency: Option<Currency>,
    /// It is one figure for the whole period.
    pub is_one_figure: bool,
    /// The last of the days on which figures are said to be known.
    from: Option<NaiveDate>,
    /// The last day of those that are known when they are due.
    last: Option<NaiveDate>,
}

impl SettledValue {
    /// The day from which all of it is known.
    pub fn known(&self, lag: u32) -> NaiveDate {
        let due = self.last.map(|last| due_after(last, lag));
        self.from.max(due).unwrap_or(NaiveDate::MIN)
    }
}

/// The settled periods of a series, by number, and the figures in all others.
#[derive(Debug, Default)]
pub(crate) struct SettledPeriods {
    periods: FxHashMap<i32, SettledValue>,
    pub others: Vec<Figure>,
}

impl SettledPeriods {
    pub fn new(series: &Series, length: PeriodLength) -> Self {
        let mut settled = Self::default();
        let mut unsettled = FxHashSet::default();
        for figure in &series.figures {
            let (begin, end) = (Period::of(length, figure.first), Period::of(length, figure.last));
            if begin != end || figure.until != NaiveDate::MAX {
                if end.number - begin.number > MOST_PERIODS {
                    return Self { periods: FxHashMap::default(), others: series.figures.clone() };
                }
                unsettled.extend(begin.number..=end.number);
            }
        }
        let in_period = |figure: &Figure| Period::of(length, figure.last);
        for figures in series.figures.chunk_by(|one, next| in_period(one) == in_period(next)) {
            let period = in_period(&figures[0]);
            let sum = if unsettled.contains(&period.number) { None } else { sum_of(figures, period) };
            match sum {
                Some(sum) => drop(settled.periods.insert(period.number, sum)),
                None => settled.others.extend(figures),
            }
        }
        settled
    }

    pub fn get(&self, period: Period) -> Option<&SettledValue> {
        self.periods.get(&period.number)
    }

    pub fn all(&self) -> impl Iterator<Item = &SettledValue> {
        self.periods.values()
    }
}

/// The sum of figures within a period, in the order of their days; none if they do not cover each day of it once, or are
/// amounts in several currencies.
fn sum_of(figures: &[Figure], period: Period) -> Option<SettledValue> {
    let first = figures.first()?;
    let (mut next, mut sum) = (
        period.first(),
        SettledValue {
            digits: 0,
            decimals: 0,
            currency: first.value.currency,
            is_one_figure: figures.len() == 1,
            from: None,
            last: None,
        },
    );
    for figure in figures {
        if figure.first != next || figure.value.currency != sum.currency {
            return None;
        }
        (sum.digits, sum.decimals) = added((sum.digits, sum.decimals), figure.value.number)?;
        match figure.from {
            Some(from) => sum.from = sum.from.max(Some(from)),
            None => sum.last = Some(figure.last),
        }
        next = figure.last.succ_opt()?;
    }
    (next == period.last().succ_opt()?).then_some(sum)
}

/// None if it has more digits than fit.
fn added((digits, decimals): (i128, u32), number: ExactDecimal) -> Option<(i128, u32)> {
    let (own, own_decimals) = number.parts();
    let common = decimals.max(own_decimals);
    let scaled = |digits: i128, decimals: u32| digits.checked_mul(10_i128.checked_pow(common - decimals)?);
    Some((scaled(digits, decimals)?.checked_add(scaled(own.into(), own_decimals)?)?, common))
}
