//! The values of a metric in one scope, period by period.

use chrono::NaiveDate;
use headroom_model::{Currency, Metric, MetricId, Objective, ObservationId, Plan, TeamId};

use super::{ExactValue, Figures, MeasuredMetric, MissingReason, Period, SeriesScope};

/// The newest periods that are shown of what the plan says itself of each team.
const PERIODS_OF_TEAMS: usize = 36;

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
/// Of each at most so many of the newest periods. Of what the plan says itself those of which an objective asks something,
/// beside the organisation's: it says it of every team.
pub fn metric_series(plan: &Plan, day: NaiveDate, at_most: usize) -> Vec<MetricSeries> {
    let figures = Figures::new(plan);
    plan.metrics.iter().flat_map(|metric| series_of(&figures, metric, &[], day, at_most)).collect()
}

/// The series of one metric; of what the plan says itself those of all teams that have ever had anybody.
pub fn series_of_metric(plan: &Plan, metric: MetricId, day: NaiveDate) -> Vec<MetricSeries> {
    let Some(row) = plan.get::<Metric>(metric) else { return Vec::new() };
    let figures = Figures::new(plan);
    let is_of_plan = row.plan_metric().is_some();
    let teams: Vec<TeamId> = figures.teams_with_people().filter(|_| is_of_plan).collect();
    series_of(&figures, row, &teams, day, if is_of_plan { PERIODS_OF_TEAMS } else { usize::MAX })
}

/// The organisation, these teams, and whatever else an objective asks it of.
fn plan_scopes(plan: &Plan, metric: &Metric, teams: &[TeamId]) -> Vec<SeriesScope> {
    let is_asked = |row: &&Objective| row.metric == metric.id && row.tier.is_none();
    let asked = plan.objectives.iter().filter(is_asked).map(SeriesScope::of_objective);
    let teams = teams.iter().map(|team| SeriesScope::of_team(Some(*team)));
    std::iter::once(SeriesScope::default()).chain(teams).chain(asked).collect()
}

/// Whether there is something to show: of what the plan says itself it may never say anything.
fn is_shown(plan: &Plan, series: &MetricSeries) -> bool {
    let is_said =
        |period: &SeriesPeriod| !matches!(period.value, Err(reason) if reason != MissingReason::Hidden);
    plan.get::<Metric>(series.metric).is_none_or(|metric| metric.plan_metric().is_none())
        || series.periods.iter().any(is_said)
        || plan
            .objectives
            .iter()
            .any(|row| row.metric == series.metric && SeriesScope::of_objective(row) == series.scope)
}

fn series_of(
    figures: &Figures<'_>,
    metric: &Metric,
    teams: &[TeamId],
    day: NaiveDate,
    at_most: usize,
) -> Vec<MetricSeries> {
    let parts = figures.parts.of(metric.id).metrics;
    let is_of_plan =
        |part: &MetricId| figures.plan.get::<Metric>(*part).is_some_and(|part| part.plan_metric().is_some());
    let of_plan = match parts.iter().any(is_of_plan) {
        true => plan_scopes(figures.plan, metric, teams),
        false => Vec::new(),
    };
    let mut scopes: Vec<&SeriesScope> = Vec::new();
    for scope in parts.iter().flat_map(|part| figures.scopes(*part)).chain(&of_plan) {
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
    scopes.into_iter().filter_map(series).filter(|series| is_shown(figures.plan, series)).collect()
}
