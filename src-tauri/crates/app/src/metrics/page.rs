//! The page of a metric: its values period by period in each scope, what they were restated from, what it is made of, and
//! what is asked of it.

use chrono::NaiveDate;
use headroom_analysis::{
    assumptions::Assumptions,
    capacity::{HeadcountLine, headcount_lines},
    metrics::{
        Figures, MetricParts, MetricSeries, MissingReason, SeriesPeriod, SeriesScope, approximate, exact,
        period_name, reason_words, series_of_metric, value_words,
    },
};
use headroom_model::{
    BetterDirection, Metric, MetricId, Objective, Observation, Plan, PlanMetric, WORKED_OUT_FROM_PLAN,
    wording::{capitalized, count_of, date},
};
use serde::Serialize;

use super::{
    hires::JoinedBy,
    list::{AskedOfMetrics, MetricObjective},
    scope::MetricScope,
};
use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id},
    error::{Answer, AppError},
    paging::by_text,
    state::AppState,
};

/// Everything that the plan says of a metric on a day.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MetricPage {
    pub metric: NamedEntity,
    /// `money`, `count`, `share`, `months` …
    pub unit: String,
    /// `Flow by month, due 5 days after it, better up`.
    pub meaning: String,
    /// As it is written; empty if it has figures of its own.
    pub formula: String,
    /// Where the formula or the metric is explained; an address, or words.
    pub explained_at: String,
    /// Its values are worked out from the plan.
    pub is_of_plan: bool,
    /// What it is made of, if it has no figures of its own.
    pub parts: Vec<NamedEntity>,
    /// Metrics that are made of it.
    pub used_by: Vec<NamedEntity>,
    /// One for each scope.
    pub series: Vec<MetricPageSeries>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MetricPageSeries {
    pub scope: MetricScope,
    /// The oldest first.
    pub periods: Vec<MetricPeriod>,
    /// They follow from salaries, which are hidden.
    pub is_hidden: bool,
    pub objectives: Vec<MetricObjective>,
    /// The limits of its objectives that are in its own periods, for the chart.
    pub limits: Vec<MetricLimit>,
    /// Positions that wait for objectives which are not met.
    pub waiting: Vec<NamedEntity>,
    /// The teams whose hires are shown, without those below them; none for those of the organisation.
    pub hires_of: Vec<String>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MetricPeriod {
    pub first: NaiveDate,
    /// `Jan 2027`.
    pub name: String,
    pub value: Option<f64>,
    /// The value, or why there is none.
    pub words: String,
    /// The file with its cell.
    pub source: String,
    /// What was believed before: `€ 50 until 19 Mar 2026`; empty if nothing else ever was.
    pub restated: String,
    /// Who joined in it.
    pub hires: Vec<MetricHire>,
}

/// Somebody who joined while a metric was measured.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MetricHire {
    pub who: NamedEntity,
    pub day: NaiveDate,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MetricLimit {
    pub name: String,
    pub value: f64,
}

/// The page of a metric.
///
/// # Errors
/// If it is not in the plan.
#[specta::specta]
pub fn metric_page(app: &AppState, id: Id, at: At) -> Answer<MetricPage> {
    let (plan, day) = (app.plan()?.with_plan_metrics(), at.shown_day());
    let metric = plan.get::<Metric>(MetricId::from(id)).ok_or_else(|| AppError::not_found("this metric"))?;
    let known = metric.known_formula();
    let all_parts = MetricParts::new(&plan);
    let is_of_plan = metric.plan_metric().is_some();
    let mut parts: Vec<NamedEntity> = match metric.is_derived() && !is_of_plan {
        true => all_parts.of(metric.id).metrics.iter().map(|part| NamedEntity::new(&plan, *part)).collect(),
        false => Vec::new(),
    };
    parts.sort_by(|a, b| by_text(&a.name, &b.name));
    let is_part = |other: &&Metric| {
        other.id != metric.id && other.is_derived() && all_parts.of(other.id).metrics.contains(&metric.id)
    };
    let mut used_by: Vec<NamedEntity> =
        plan.metrics.iter().filter(is_part).map(|row| NamedEntity::new(&plan, row.id)).collect();
    used_by.sort_by(|a, b| by_text(&a.name, &b.name));
    let desk = MetricDesk::new(&plan, metric, day);
    Ok(MetricPage {
        metric: NamedEntity::new(&plan, metric.id),
        unit: metric.unit.clone(),
        meaning: meaning(metric),
        formula: known.map(|known| known.formula.to_owned()).unwrap_or_default(),
        explained_at: match known {
            Some(known) if known.of_plan == Some(PlanMetric::CloudCost) => format!("{}.", known.definition),
            Some(known) if is_of_plan => format!("{}. Planned hires do not count.", known.definition),
            Some(known) => known.source.to_owned(),
            None => metric.origin.clone(),
        },
        is_of_plan,
        parts,
        used_by,
        series: series_of_metric(&plan, metric.id, day).iter().map(|series| desk.series(series)).collect(),
    })
}

fn meaning(metric: &Metric) -> String {
    let better = match metric.better {
        BetterDirection::Up => "higher is better",
        BetterDirection::Down => "lower is better",
    };
    if let Some(of_plan) = metric.plan_metric() {
        let when = match of_plan {
            of_plan if of_plan.is_cost() => "over each",
            _ => "as of the last day of each",
        };
        let from = capitalized(WORKED_OUT_FROM_PLAN);
        return format!("{from}, {when} {}; {better}", metric.period.word());
    }
    let kind = match (metric.is_derived(), metric.kind.word()) {
        (true, _) => "Calculated",
        (false, "stock") => "As of the last day of each period",
        (false, "flow") => "Over each period",
        (false, _) => "A rate",
    };
    let due = match metric.lag {
        _ if metric.is_derived() => String::new(),
        0 => ", due the day after".to_owned(),
        lag => format!(", due {} after", count_of(lag as usize, "day")),
    };
    format!("{kind} by {}{due}; {better}", metric.period.word())
}

/// What all series of a metric are told from.
struct MetricDesk<'p> {
    plan: &'p Plan,
    metric: &'p Metric,
    asked: AskedOfMetrics,
    /// Figures that were believed until before the day, by when they were.
    former: Vec<&'p Observation>,
    heads: Vec<HeadcountLine>,
}

impl<'p> MetricDesk<'p> {
    fn new(plan: &'p Plan, metric: &'p Metric, day: NaiveDate) -> Self {
        let former = Figures::new(plan).former(metric.id, day);
        let former = former.into_iter().filter_map(|row| plan.get(row)).collect();
        let heads = headcount_lines(plan, &Assumptions::new(plan));
        Self { plan, metric, asked: AskedOfMetrics::new(plan, day), former, heads }
    }

    fn series(&self, series: &MetricSeries) -> MetricPageSeries {
        let (objectives, waiting) = self.asked.of(series.metric, &series.scope);
        let limits = self.plan.objectives.iter().filter(|row| {
            row.metric == self.metric.id
                && row.tier.is_none()
                && SeriesScope::of_objective(row) == series.scope
                && row.period.is_none_or(|period| period == self.metric.period)
                && row.over == 1
                // An amount in another currency stands on another scale.
                && (row.value.currency.is_none() || row.value.currency == series.currency)
        });
        let joined = JoinedBy::new(self.plan, &self.heads, &series.scope);
        MetricPageSeries {
            scope: MetricScope::new(self.plan, &series.scope),
            periods: series.periods.iter().map(|period| self.period(series, period, &joined)).collect(),
            is_hidden: series.periods.iter().any(|period| period.value == Err(MissingReason::Hidden)),
            limits: limits.map(|row| self.limit(row, series)).collect(),
            objectives,
            waiting,
            hires_of: joined.teams.clone(),
        }
    }

    fn limit(&self, row: &Objective, series: &MetricSeries) -> MetricLimit {
        let value = exact(row.value.number);
        let words = value_words(Some(self.metric), series.currency, &value);
        MetricLimit { name: format!("{} {words}", row.op.sign()), value: approximate(&value) }
    }

    fn period(&self, series: &MetricSeries, period: &SeriesPeriod, joined: &JoinedBy<'_>) -> MetricPeriod {
        let row = period.observation.and_then(|row| self.plan.get::<Observation>(row));
        let words = match &period.value {
            Ok(value) => value_words(Some(self.metric), series.currency, value),
            Err(reason) => reason_words(*reason).to_owned(),
        };
        MetricPeriod {
            first: period.period.first(),
            name: period_name(period.period),
            value: period.value.as_ref().ok().map(approximate),
            words,
            source: row.map(|row| row.origin.to_string()).unwrap_or_default(),
            restated: row.map(|row| self.restated(row)).unwrap_or_default(),
            hires: joined.within(period.period),
        }
    }

    /// What was believed of the same days before.
    fn restated(&self, row: &Observation) -> String {
        let scope = SeriesScope::of_observation(row);
        let is_same = |other: &&&Observation| {
            (other.first, other.last) == (row.first, row.last) && SeriesScope::of_observation(other) == scope
        };
        let told = |other: &&Observation| {
            let until = other.until.map(|until| format!(" until {}", date(until))).unwrap_or_default();
            let words = match other.value.lacks {
                Some(lacks) => lacks.word().to_owned(),
                None => value_words(Some(self.metric), other.value.currency, &exact(other.value.number)),
            };
            format!("{words}{until}")
        };
        self.former.iter().filter(is_same).map(told).collect::<Vec<_>>().join(", ")
    }
}
