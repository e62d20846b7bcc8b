//! Figures of metrics: what was believed on a day, and the value of a period made from it.

use chrono::NaiveDate;
use headroom_model::{
    Currency, ExactDecimal, Metric, MetricId, MetricValue, Objective, Observation, Plan, ServiceId, TeamId,
    currency_of,
};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};
use rustc_hash::FxHashMap;

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

/// Whose figures: any of these, or none for those of the organisation. No figure of another scope stands for it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct SeriesScope {
    service: Option<ServiceId>,
    team: Option<TeamId>,
    texts: [String; 3],
}

impl SeriesScope {
    fn of_observation(row: &Observation) -> Self {
        let texts = [row.segment.clone(), row.channel.clone(), row.market.clone()];
        Self { service: row.service, team: row.team, texts }
    }

    pub fn of_objective(row: &Objective) -> Self {
        let texts = [row.segment.clone(), row.channel.clone(), row.market.clone()];
        Self { service: row.service, team: row.team, texts }
    }
}

/// A figure, with the days on which it is believed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figure {
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub known: NaiveDate,
    pub until: NaiveDate,
    pub value: MetricValue,
}

impl Figure {
    pub fn is_believed(&self, day: NaiveDate) -> bool {
        self.known <= day && day <= self.until
    }
}

/// The figures of a metric in a scope.
#[derive(Debug, Default)]
pub(super) struct Series {
    /// In the order of their last days.
    pub figures: Vec<Figure>,
    /// Days of the longest of them.
    pub longest_days: i64,
    /// The first day of all.
    pub beginning: Option<NaiveDate>,
}

impl Series {
    fn push(&mut self, figure: Figure) {
        self.longest_days = self.longest_days.max((figure.last - figure.first).num_days() + 1);
        self.beginning = Some(self.beginning.map_or(figure.first, |first| first.min(figure.first)));
        self.figures.push(figure);
    }
}

/// What a metric is made of, with every part of a part.
#[derive(Debug, Default)]
pub(super) struct MetricParts {
    pub metrics: Vec<MetricId>,
    /// It is part of itself.
    pub is_circle: bool,
}

/// The figures of a plan, by metric and scope.
#[derive(Debug)]
pub struct Figures<'p> {
    pub(super) plan: &'p Plan,
    series: FxHashMap<MetricId, FxHashMap<SeriesScope, Series>>,
    /// Units of the plan's currency for one of another, from a day on; the newest at the end.
    rates: FxHashMap<Currency, Vec<(NaiveDate, ExactValue)>>,
    /// That of the plan.
    pub(super) currency: Currency,
}

impl<'p> Figures<'p> {
    /// The figures of the metrics of these objectives.
    pub fn new<'o>(plan: &'p Plan, objectives: impl Iterator<Item = &'o Objective>) -> Self {
        let mut series: FxHashMap<MetricId, FxHashMap<SeriesScope, Series>> = FxHashMap::default();
        for objective in objectives {
            for metric in parts_of(plan, objective.metric).metrics {
                series.entry(metric).or_default();
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
            };
            of_metric.entry(SeriesScope::of_observation(row)).or_default().push(figure);
        }
        for series in series.values_mut().flat_map(FxHashMap::values_mut) {
            series.figures.sort_unstable_by_key(|figure| (figure.last, figure.first));
        }
        Self { plan, series, rates: rates(plan), currency: currency_of(plan) }
    }

    /// The figures of a metric in a scope, if there are any.
    pub(super) fn of_scope(&self, metric: MetricId, scope: &SeriesScope) -> Option<(MetricId, &Series)> {
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
    pub(super) fn converted(
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
pub(super) fn due_after(last: NaiveDate, lag: u32) -> NaiveDate {
    days_after(last, i64::from(lag) + 1)
}

/// The value of a number.
pub(crate) fn exact(number: ExactDecimal) -> ExactValue {
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

/// The metrics with figures of their own that one is made of; itself, if it is no quotient.
pub(super) fn parts_of(plan: &Plan, metric: MetricId) -> MetricParts {
    let (mut parts, mut path) = (MetricParts::default(), Vec::new());
    collect_parts(plan, metric, &mut path, &mut parts);
    parts
}

fn collect_parts(plan: &Plan, metric: MetricId, path: &mut Vec<MetricId>, parts: &mut MetricParts) {
    let Some(row) = plan.get::<Metric>(metric) else { return };
    if path.contains(&metric) {
        parts.is_circle = true;
    } else if !row.is_quotient() {
        if !parts.metrics.contains(&metric) {
            parts.metrics.push(metric);
        }
    } else {
        path.push(metric);
        row.parts().for_each(|part| collect_parts(plan, *part, path, parts));
        path.pop();
    }
}
