//! Figures of metrics: what was believed on a day, and the value of a period made from it.

use chrono::NaiveDate;
use headroom_model::{
    Currency, ExactDecimal, Metric, MetricId, MetricValue, Objective, ObservationId, Plan, currency_of,
};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};
use rustc_hash::FxHashMap;

use super::{SeriesScope, parts::MetricParts};
use crate::schedule::days_after;

/// An exact value: a quotient of whole numbers.
pub type ExactValue = BigRational;

/// Why a period has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MissingReason {
    /// No figure.
    Gap,
    /// Two figures are believed.
    Twice,
    /// Figures of shorter periods do not cover it.
    Partial,
    /// The newest figure of a stock is too old for the end of the period.
    Stale,
    /// Weeks make no months.
    Straddles,
    /// Rates, medians and scores of several periods do not add up.
    CannotAggregate,
    /// The denominator of a quotient is zero.
    Zero,
    /// No exchange rate on the last day of the period.
    NoRate,
}

impl MissingReason {
    /// As files and the command line have it.
    pub const fn word(self) -> &'static str {
        match self {
            MissingReason::Gap => "gap",
            MissingReason::Twice => "twice",
            MissingReason::Partial => "partial",
            MissingReason::Stale => "stale",
            MissingReason::Straddles => "straddles",
            MissingReason::CannotAggregate => "cannot-aggregate",
            MissingReason::Zero => "zero",
            MissingReason::NoRate => "no-rate",
        }
    }
}

/// A figure, with the days on which it is believed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Figure {
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub known: NaiveDate,
    pub until: NaiveDate,
    pub value: MetricValue,
    pub row: ObservationId,
}

impl Figure {
    pub fn is_believed(&self, day: NaiveDate) -> bool {
        self.known <= day && day <= self.until
    }
}

/// The figures of a metric in a scope.
#[derive(Debug, Default)]
pub(crate) struct Series {
    /// In the order of their last days.
    pub figures: Vec<Figure>,
    /// Days of the longest of them.
    pub longest_days: i64,
    /// The first day of all.
    pub beginning: Option<NaiveDate>,
    /// Those of its amounts, each once.
    pub currencies: Vec<Currency>,
}

impl Series {
    fn push(&mut self, figure: Figure) {
        self.longest_days = self.longest_days.max((figure.last - figure.first).num_days() + 1);
        self.beginning = Some(self.beginning.map_or(figure.first, |first| first.min(figure.first)));
        if let Some(currency) = figure.value.currency.filter(|currency| !self.currencies.contains(currency)) {
            self.currencies.push(currency);
        }
        self.figures.push(figure);
    }
}

/// The figures of a plan, by metric and scope.
#[derive(Debug)]
pub struct Figures<'p> {
    pub(crate) plan: &'p Plan,
    pub(crate) parts: MetricParts<'p>,
    series: FxHashMap<MetricId, FxHashMap<SeriesScope, Series>>,
    /// Units of the plan's currency for one of another, from a day on; the newest at the end.
    rates: FxHashMap<Currency, Vec<(NaiveDate, ExactValue)>>,
    /// That of the plan.
    pub(crate) currency: Currency,
}

impl<'p> Figures<'p> {
    /// The figures of the metrics of these objectives.
    pub fn new<'o>(plan: &'p Plan, objectives: impl Iterator<Item = &'o Objective>) -> Self {
        Self::of_metrics(plan, objectives.map(|objective| objective.metric))
    }

    /// The figures of these metrics, and of what they are made of.
    pub fn of_metrics(plan: &'p Plan, metrics: impl Iterator<Item = MetricId>) -> Self {
        let mut series: FxHashMap<MetricId, FxHashMap<SeriesScope, Series>> = FxHashMap::default();
        let parts = MetricParts::new(plan);
        for metric in metrics {
            for part in parts.of(metric).metrics {
                series.entry(part).or_default();
            }
        }
        for row in &plan.observations {
            let Some(of_metric) = series.get_mut(&row.metric) else { continue };
            let lag = plan.get::<Metric>(row.metric).map_or(0, |metric| metric.lag);
            let figure = Figure {
                first: row.first,
                last: row.last,
                known: row.from.unwrap_or_else(|| due_after(row.last, lag)),
                until: row.until.unwrap_or(NaiveDate::MAX),
                value: row.value,
                row: row.id,
            };
            of_metric.entry(SeriesScope::of_observation(row)).or_default().push(figure);
        }
        for series in series.values_mut().flat_map(FxHashMap::values_mut) {
            series.figures.sort_unstable_by_key(|figure| (figure.last, figure.first));
        }
        Self { plan, parts, series, rates: rates(plan), currency: currency_of(plan) }
    }

    /// Whose figures of a metric there are, in no order.
    pub(crate) fn scopes(&self, metric: MetricId) -> impl Iterator<Item = &SeriesScope> {
        self.series.get(&metric).into_iter().flat_map(FxHashMap::keys)
    }

    /// The figures of a metric in a scope, if there are any.
    pub(crate) fn of_scope(&self, metric: MetricId, scope: &SeriesScope) -> Option<(MetricId, &Series)> {
        Some((metric, self.series.get(&metric)?.get(scope)?))
    }

    /// Units of the plan's currency for one of this, on a day.
    fn rate(&self, currency: Currency, day: NaiveDate) -> Option<ExactValue> {
        if currency == self.currency {
            return Some(ExactValue::one());
        }
        let rates = self.rates.get(&currency)?;
        let known = rates.partition_point(|(from, _)| *from <= day);
        Some(rates[known.checked_sub(1)?].1.clone())
    }

    /// An amount in another currency, at the rate of a day.
    pub(crate) fn converted(
        &self,
        value: MetricValue,
        to: Currency,
        day: NaiveDate,
    ) -> Result<ExactValue, MissingReason> {
        let number = exact(value.number);
        let Some(currency) = value.currency.filter(|currency| *currency != to) else { return Ok(number) };
        let (from, to) = (self.rate(currency, day), self.rate(to, day));
        let (from, to) = from.zip(to).ok_or(MissingReason::NoRate)?;
        if to.is_zero() { Err(MissingReason::NoRate) } else { Ok(number * from / to) }
    }
}

/// The day on which a figure is due, if it is that many days after the end of its period.
pub(crate) fn due_after(last: NaiveDate, lag: u32) -> NaiveDate {
    days_after(last, i64::from(lag) + 1)
}

/// The value of a number.
pub fn exact(number: ExactDecimal) -> ExactValue {
    let (digits, decimals) = number.parts();
    ExactValue::new(digits.into(), BigInt::from(10).pow(decimals))
}

fn rates(plan: &Plan) -> FxHashMap<Currency, Vec<(NaiveDate, ExactValue)>> {
    let mut rates: FxHashMap<Currency, Vec<(NaiveDate, ExactValue)>> = FxHashMap::default();
    for row in &plan.exchange_rates {
        let rate =
            ExactValue::new(row.rate.billionths().into(), headroom_model::Rate::ONE.billionths().into());
        rates.entry(row.currency).or_default().push((row.from.unwrap_or(NaiveDate::MIN), rate));
    }
    rates.values_mut().for_each(|rates| rates.sort_by_key(|(from, _)| *from));
    rates
}
