//! The values of a metric in one scope, period by period.

use chrono::NaiveDate;
use headroom_model::{Currency, Metric, MetricId, ObservationId, Plan};

use super::{ExactValue, Figures, MeasuredMetric, MissingReason, Period, SeriesScope};

/// The values of a metric in a scope.
#[derive(Debug, Clone, PartialEq)]
pub struct MetricSeries {
    pub metric: MetricId,
    pub scope: SeriesScope,
    /// That of its amounts: the one of all its figures, or else the plan's. None if its values are no amounts.
    pub currency: Option<Currency>,
    /// Those that are over and of which there is a value, or ought to be; the oldest first.
    pub periods: Vec<SeriesPeriod>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct SeriesPeriod {
    pub period: Period,
    pub value: Result<ExactValue, MissingReason>,
    /// The figure that is its value, if it is not made of others.
    pub observation: Option<ObservationId>,
}

impl MetricSeries {
    /// The newest value, with its period.
    pub fn newest(&self) -> Option<(Period, &ExactValue)> {
        self.periods.iter().rev().find_map(|period| Some((period.period, period.value.as_ref().ok()?)))
    }
}

/// The series of every metric on a day: by metric as the plan has them, then the organisation's before those of others.
/// Of each at most so many of the newest periods.
pub fn metric_series(plan: &Plan, day: NaiveDate, at_most: usize) -> Vec<MetricSeries> {
    let figures = Figures::new(plan);
    plan.metrics.iter().flat_map(|metric| series_of(&figures, metric, day, at_most)).collect()
}

/// The series of one metric.
pub fn series_of_metric(plan: &Plan, metric: MetricId, day: NaiveDate) -> Vec<MetricSeries> {
    let Some(row) = plan.get::<Metric>(metric) else { return Vec::new() };
    series_of(&Figures::new(plan), row, day, usize::MAX)
}

fn series_of(figures: &Figures<'_>, metric: &Metric, day: NaiveDate, at_most: usize) -> Vec<MetricSeries> {
    let parts = figures.parts.of(metric.id).metrics;
    let mut scopes: Vec<&SeriesScope> = Vec::new();
    for scope in parts.iter().flat_map(|part| figures.scopes(*part)) {
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    scopes.sort_by_cached_key(|scope| scope.words(figures.plan));
    let series = |scope: &SeriesScope| {
        let measured = MeasuredMetric::new(figures, metric, scope, metric.period);
        if !(measured.is_valid && measured.is_measured()) {
            return None;
        }
        let periods = measured.periods_until(day, at_most);
        let periods = periods.map(|period| SeriesPeriod {
            period,
            value: measured.value(period, day),
            observation: measured.observation(period, day),
        });
        let periods: Vec<SeriesPeriod> = periods.collect();
        Some(MetricSeries {
            metric: metric.id,
            scope: scope.clone(),
            currency: measured.amounts_in(),
            periods,
        })
    };
    scopes.into_iter().filter_map(series).collect()
}
