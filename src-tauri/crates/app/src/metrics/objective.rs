//! Objectives made and removed in the window.

use headroom_analysis::{
    gates::{condition, condition_of, put_objective_called, same_objective},
    metrics::metric_series,
};
use headroom_model::{
    ComparisonOperator, FieldError, Metric, MetricId, MetricValue, Objective, ObjectiveId, Plan, Position,
};
use serde::{Deserialize, Serialize};

use super::scope::MetricScope;
use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id},
    error::{Answer, AppError},
    paging::by_text,
    state::AppState,
};

/// A metric with a scope of which there are figures.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MetricChoice {
    pub metric: NamedEntity,
    pub scope: MetricScope,
    /// The unit of what is to be typed: `months`, `%`, `EUR`; empty for a plain number.
    pub unit: String,
    /// `month`.
    pub period: String,
    /// Lower is better.
    pub is_down: bool,
    /// The plan says it itself: of any team as well.
    pub is_of_plan: bool,
}

/// What an objective can be about.
#[specta::specta]
pub fn metric_choices(app: &AppState, at: At) -> Answer<Vec<MetricChoice>> {
    let plan = app.plan()?.with_plan_metrics();
    let mut choices: Vec<MetricChoice> = metric_series(&plan, at.shown_day(), 1)
        .iter()
        .filter_map(|series| {
            let metric = plan.get::<Metric>(series.metric)?;
            let is_of_plan = metric.plan_metric().is_some();
            if is_of_plan && !series.scope.is_organisation() {
                return None;
            }
            let unit = match metric.unit.as_str() {
                "share" => "%".to_owned(),
                "money" => series.currency.map(|currency| currency.to_string()).unwrap_or_default(),
                "count" => String::new(),
                other => other.to_owned(),
            };
            Some(MetricChoice {
                metric: NamedEntity::new(&plan, metric.id),
                scope: MetricScope::new(&plan, &series.scope),
                unit,
                period: metric.period.word().to_owned(),
                is_down: metric.better == headroom_model::BetterDirection::Down,
                is_of_plan,
            })
        })
        .collect();
    // What is measured goes first.
    choices.sort_by(|a, b| {
        let by_name = by_text(&a.metric.name, &b.metric.name);
        let by_source = a.is_of_plan.cmp(&b.is_of_plan);
        by_source.then(by_name).then_with(|| a.scope.words.cmp(&b.scope.words))
    });
    Ok(choices)
}

/// An objective, from a form.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ObjectiveEdit {
    pub metric: Id,
    pub scope: MetricScope,
    /// `<`, `<=`, `>`, `>=`.
    pub op: String,
    /// `12`, `100%`, `48000 EUR`.
    pub value: String,
    /// In how many periods running.
    pub periods: u32,
    /// Over how many periods each figure is taken.
    pub over: u32,
}

/// Adds an objective; gives the one that the plan has already, if it says the same. A metric that the plan says itself is
/// added with the first that is asked of it.
///
/// # Errors
/// If the metric is not in the plan, or the value is none.
#[specta::specta]
pub fn add_objective(app: &AppState, objective: ObjectiveEdit) -> Answer<Id> {
    app.edit_as(|plan, draft| {
        let with_all = plan.with_plan_metrics();
        let row = row_of(&with_all, &objective)?;
        if let Some(known) = same_objective(plan, &row) {
            return Ok((String::new(), known.into()));
        }
        let condition = condition_of(&with_all, &row);
        if let (None, Some(metric)) = (plan.get::<Metric>(row.metric), with_all.get::<Metric>(row.metric)) {
            draft.put(metric.clone());
        }
        let added = put_objective_called(draft, row, &condition);
        Ok((format!("Add objective {condition}"), added.into()))
    })
}

fn row_of(plan: &Plan, edit: &ObjectiveEdit) -> Answer<Objective> {
    let metric =
        plan.get::<Metric>(MetricId::from(edit.metric)).ok_or_else(|| AppError::not_found("this metric"))?;
    let op = ComparisonOperator::from_word(&edit.op)
        .ok_or_else(|| FieldError::new("op", "must be <, <=, > or >="))?;
    let value: MetricValue = value_of(metric, &edit.value)?;
    let scope = edit.scope.series_scope();
    Ok(Objective {
        metric: metric.id,
        op,
        value,
        periods: edit.periods,
        over: edit.over,
        service: scope.service,
        team: scope.team,
        segment: scope.segment,
        channel: scope.channel,
        market: scope.market,
        ..Objective::default()
    })
}

/// A share is asked for in percent: 12 is 12 %.
fn value_of(metric: &Metric, text: &str) -> Answer<MetricValue> {
    let text = text.trim();
    let is_plain = !text.contains('%') && metric.unit == "share";
    let text = if is_plain { format!("{text}%") } else { text.to_owned() };
    text.parse().map_err(|fault: &str| FieldError::new("value", fault.to_owned()).into())
}

/// Removes an objective; positions that wait for it wait no longer.
///
/// # Errors
/// If it is not in the plan.
#[specta::specta]
pub fn remove_objective(app: &AppState, id: Id) -> Answer<()> {
    let id = ObjectiveId::from(id);
    app.edit_as(|plan, draft| {
        plan.get::<Objective>(id).ok_or_else(|| AppError::not_found("this objective"))?;
        draft.remove::<Objective>(id);
        draft.alter::<Position>(|row| {
            if !row.waits_for.contains(&id) {
                return None;
            }
            let mut row = row.clone();
            row.waits_for.retain(|objective| *objective != id);
            Some(if row.waits_for.is_empty() { row.without_gate() } else { row })
        });
        Ok((format!("Remove objective {}", condition(plan, id)), ()))
    })
}
