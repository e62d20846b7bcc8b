//! The table of metrics: a row for each metric and scope, with its newest value and what is asked of it.

use chrono::NaiveDate;
use headroom_analysis::{
    gates::{ObjectiveReading, ObjectiveState, condition, objective_readings},
    metrics::{
        MetricSeries, MissingReason, SeriesPeriod, SeriesScope, approximate, metric_series, period_name,
        reason_words, value_words,
    },
};
use headroom_model::{
    BetterDirection, Metric, MetricId, Objective, ObjectiveId, Plan, Position, PositionId,
    WORKED_OUT_FROM_PLAN, wording::capitalized,
};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use super::scope::MetricScope;
use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id},
    error::Answer,
    paging::{RowQuery, by_text, matches},
    state::AppState,
    table::{CellThing, ColumnValue, TableLines, TableRows},
};

/// Periods of the small curve.
const CURVE: usize = 13;

/// A metric in a scope.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MetricRow {
    /// Among all rows of the plan on the day.
    pub number: u32,
    pub metric: NamedEntity,
    pub scope: MetricScope,
    /// What its values are made of: a formula, or the plan itself; empty if it has figures of its own.
    pub made_of: String,
    /// The newest value, or why there is none yet: `3.91 months`.
    pub value: String,
    /// `May 2026`; empty without a value.
    pub period: String,
    pub last: Option<NaiveDate>,
    /// What is due and has not come: `Jun 2026: no figure yet`; empty if nothing is.
    pub missing: String,
    /// The plan says it itself.
    pub is_of_plan: bool,
    /// It follows from salaries, which are hidden.
    pub is_hidden: bool,
    /// The newest values, the oldest first, and the names of their periods.
    pub values: Vec<Option<f64>>,
    pub periods: Vec<String>,
    /// The change from the period before, as a share of it; none without both, or from zero.
    pub change: Option<f64>,
    /// Whether it has got better since; none if it is the same.
    pub is_better: Option<bool>,
    pub objectives: Vec<MetricObjective>,
    /// The positions that wait for these and are not met yet.
    pub waiting: Vec<NamedEntity>,
}

/// What is asked of a metric, and how it stands.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MetricObjective {
    pub objective: NamedEntity,
    /// `Payback < 12 months, 2 months running`.
    pub condition: String,
    /// `met`, `not-met`, `unknown`, `invalid`.
    pub state: String,
}

/// Every metric and scope of which there is a figure, by name.
#[specta::specta]
pub fn metric_rows(app: &AppState, query: RowQuery, at: At) -> Answer<TableLines<MetricRow>> {
    let (plan, day) = (app.plan()?.with_plan_metrics(), at.shown_day());
    let words = query.words();
    let mut rows = rows(&plan, day);
    rows.retain(|row| matches(&words, [row.metric.name.as_str(), row.scope.words.as_str()]));
    MetricTable.lines(rows, &query)
}

fn rows(plan: &Plan, day: NaiveDate) -> Vec<MetricRow> {
    let asked = AskedOfMetrics::new(plan, day);
    let mut rows: Vec<MetricRow> =
        metric_series(plan, day, CURVE + 1).iter().map(|series| metric_row(plan, series, &asked)).collect();
    rows.sort_by(|a, b| {
        by_text(&a.metric.name, &b.metric.name).then_with(|| a.scope.words.cmp(&b.scope.words))
    });
    for (number, row) in rows.iter_mut().enumerate() {
        row.number = u32::try_from(number).unwrap_or(u32::MAX);
    }
    rows
}

/// The row of a series, without its number.
pub(crate) fn metric_row(plan: &Plan, series: &MetricSeries, asked: &AskedOfMetrics) -> MetricRow {
    let metric = plan.get::<Metric>(series.metric);
    let newest = series.newest();
    let is_missing =
        |period: &&SeriesPeriod| period.value.as_ref().is_err_and(|reason| *reason != MissingReason::Hidden);
    let missing = series.periods.last().filter(is_missing);
    let missing = missing.and_then(|period| {
        let reason = period.value.as_ref().err()?;
        Some(format!("{}: {}", period_name(period.period), reason_words(*reason)))
    });
    let values: Vec<Option<f64>> =
        series.periods.iter().map(|period| period.value.as_ref().ok().map(approximate)).collect();
    let change = change(&values);
    let better = metric.map_or(BetterDirection::Up, |metric| metric.better);
    let asked = asked.of(series.metric, &series.scope);
    MetricRow {
        number: 0,
        metric: NamedEntity::new(plan, series.metric),
        scope: MetricScope::new(plan, &series.scope),
        made_of: metric.map(|metric| made_of(plan, metric)).unwrap_or_default(),
        value: newest.map(|(_, value)| value_words(metric, series.currency, value)).unwrap_or_default(),
        period: newest.map(|(period, _)| period_name(period)).unwrap_or_default(),
        last: newest.map(|(period, _)| period.last()),
        missing: missing.unwrap_or_default(),
        is_of_plan: metric.is_some_and(|metric| metric.plan_metric().is_some()),
        is_hidden: series.periods.iter().any(|period| period.value == Err(MissingReason::Hidden)),
        periods: series.periods.iter().map(|period| period_name(period.period)).collect(),
        is_better: change
            .filter(|change| *change != 0.0)
            .map(|change| (change > 0.0) == (better == BetterDirection::Up)),
        change,
        values,
        objectives: asked.0,
        waiting: asked.1,
    }
}

/// `Worked out from the plan`, `mrr / customers`; empty if it has figures of its own.
fn made_of(plan: &Plan, metric: &Metric) -> String {
    if metric.plan_metric().is_some() {
        return capitalized(WORKED_OUT_FROM_PLAN);
    }
    if let Some(known) = metric.known_formula() {
        return known.formula.to_owned();
    }
    let product = |parts: &[MetricId]| {
        let names: Vec<&str> = parts.iter().map(|part| plan.key_of((*part).into())).collect();
        if names.is_empty() { "1".to_owned() } else { names.join(" * ") }
    };
    match (metric.is_quotient(), metric.denominator.is_empty()) {
        (false, _) => String::new(),
        (true, true) => product(&metric.numerator),
        (true, false) => format!("{} / {}", product(&metric.numerator), product(&metric.denominator)),
    }
}

/// From the value before the newest one.
fn change(values: &[Option<f64>]) -> Option<f64> {
    let newest = values.iter().rposition(Option::is_some)?;
    let (now, before) = (values[newest]?, values.get(newest.checked_sub(1)?).copied()??);
    (before != 0.0).then(|| (now - before) / before.abs())
}

/// Objectives by metric and scope, with how they stand and who waits for them.
#[derive(Default)]
pub(crate) struct AskedOfMetrics {
    objectives: FxHashMap<(MetricId, SeriesScope), Vec<AskedObjective>>,
}

/// An objective, and who waits for it.
struct AskedObjective {
    objective: MetricObjective,
    waiting: Vec<NamedEntity>,
}

impl AskedOfMetrics {
    pub fn new(plan: &Plan, day: NaiveDate) -> Self {
        let waiting = waiting(plan);
        // What tiers are to reach is shown beside what each service has.
        let of_scopes = plan.objectives.iter().filter(|row| row.tier.is_none());
        let ids: Vec<ObjectiveId> = of_scopes.map(|row| row.id).collect();
        let mut objectives: FxHashMap<_, Vec<AskedObjective>> = FxHashMap::default();
        for (id, reading) in objective_readings(plan, &ids, day) {
            let Some(row) = plan.get::<Objective>(id) else { continue };
            let waits = if reading.state == ObjectiveState::Met { None } else { waiting.get(&id).cloned() };
            objectives.entry((row.metric, SeriesScope::of_objective(row))).or_default().push(
                AskedObjective {
                    objective: metric_objective(plan, id, &reading),
                    waiting: waits.unwrap_or_default(),
                },
            );
        }
        for of_metric in objectives.values_mut() {
            of_metric.sort_by(|one, other| one.objective.condition.cmp(&other.objective.condition));
        }
        Self { objectives }
    }

    /// What is asked of a metric in a scope, and the positions that wait for it, each once.
    pub fn of(&self, metric: MetricId, scope: &SeriesScope) -> (Vec<MetricObjective>, Vec<NamedEntity>) {
        let Some(found) = self.objectives.get(&(metric, scope.clone())) else { return Default::default() };
        let mut positions: Vec<NamedEntity> = Vec::new();
        for position in found.iter().flat_map(|asked| &asked.waiting) {
            if positions.iter().all(|known| known.id != position.id) {
                positions.push(position.clone());
            }
        }
        positions.sort_by(|a, b| by_text(&a.name, &b.name));
        (found.iter().map(|asked| asked.objective.clone()).collect(), positions)
    }
}

/// An objective as it stands.
pub(crate) fn metric_objective(plan: &Plan, id: ObjectiveId, reading: &ObjectiveReading) -> MetricObjective {
    MetricObjective {
        objective: NamedEntity::new(plan, id),
        condition: condition(plan, id),
        state: reading.state.word().to_owned(),
    }
}

/// The positions that wait for an objective, are still wanted and have nobody yet.
fn waiting(plan: &Plan) -> FxHashMap<ObjectiveId, Vec<NamedEntity>> {
    let mut waiting: FxHashMap<ObjectiveId, Vec<NamedEntity>> = FxHashMap::default();
    let filled: FxHashSet<PositionId> = plan.assignments.iter().map(|row| row.position).collect();
    let is_unfilled = |row: &&Position| row.status.is_wanted() && !filled.contains(&row.id);
    for row in plan.positions.iter().filter(is_unfilled) {
        for objective in &row.waits_for {
            waiting.entry(*objective).or_default().push(NamedEntity::new(plan, row.id));
        }
    }
    waiting
}

struct MetricTable;

impl TableRows for MetricTable {
    type Row = MetricRow;
    type Shown = MetricRow;
    const COLUMNS: &'static [&'static str] =
        &["metric", "scope", "made-of", "value", "change", "period", "missing", "objectives", "waiting"];

    fn value(&self, row: &MetricRow, column: &str) -> ColumnValue {
        match column {
            "scope" => ColumnValue::word(&row.scope.words),
            "made-of" => ColumnValue::word(&row.made_of),
            "value" => ColumnValue::word(&row.value),
            "change" => ColumnValue::Number(row.change.unwrap_or(0.0)),
            "period" => ColumnValue::Day(row.last),
            "missing" => ColumnValue::word(&row.missing),
            "objectives" => ColumnValue::Things(row.objectives.iter().map(standing).collect()),
            "waiting" => ColumnValue::entities(row.waiting.iter().cloned()),
            _ => ColumnValue::word(&row.metric.name),
        }
    }

    fn show(&self, row: &MetricRow) -> MetricRow {
        row.clone()
    }

    fn key(&self, row: &MetricRow) -> Option<Id> {
        Some(Id(row.number.into()))
    }
}

/// The worst first.
pub(super) fn standing(objective: &MetricObjective) -> CellThing {
    let (rank, title) = match objective.state.as_str() {
        "not-met" => (0, "Not met"),
        "invalid" => (1, "Invalid"),
        "unknown" => (2, "Not known"),
        _ => (3, "Met"),
    };
    CellThing::ranked(rank, &objective.state, title)
}
