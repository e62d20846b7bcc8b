//! Scenarios as bets: what is believed, by when it is decided, and what came of it.

use chrono::NaiveDate;
use headroom_analysis::{RULES, expected_figures::subject, playbook::is_open_on};
use headroom_model::{ExpectedFigure, Plan, PlanFigure, Scenario, ScenarioId, wording::date};
use serde::Serialize;

use crate::{
    entities::entity::NamedEntity,
    error::Answer,
    scenarios::{expected::standing, list::ScenarioStanding},
    state::AppState,
};

/// A scenario.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct BetRow {
    pub scenario: NamedEntity,
    pub standing: ScenarioStanding,
    pub hypothesis: String,
    /// What would show that it worked.
    pub success_criteria: String,
    pub owner: Option<NamedEntity>,
    pub decide_by: Option<NaiveDate>,
    /// It is open, and the day has passed.
    pub is_overdue: bool,
    pub decided: Option<NaiveDate>,
    /// What was learnt.
    pub outcome: String,
    /// What was expected, by day.
    pub expected: Vec<BetFigure>,
}

/// A figure that is expected of a scenario.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct BetFigure {
    /// `Gaps of Customs at most 0 by 1 Jun 2027: 2`.
    pub words: String,
    /// On its day in the plan; none before it, and where it is unknown.
    pub is_kept: Option<bool>,
}

/// The most that are listed of those decided.
const DECIDED: usize = 6;

pub(super) fn bet_rows(
    app: &AppState,
    plan: &Plan,
    bets: &[ScenarioId],
    day: NaiveDate,
) -> Answer<Vec<BetRow>> {
    let rows = bets.iter().filter_map(|id| plan.get::<Scenario>(*id));
    let (open, decided): (Vec<&Scenario>, Vec<&Scenario>) = rows.partition(|row| is_open_on(row, day));
    open.into_iter()
        .map(|row| bet(app, plan, row, day))
        .chain(decided.into_iter().take(DECIDED).map(|row| bet(app, plan, row, day)))
        .collect()
}

fn bet(app: &AppState, plan: &Plan, row: &Scenario, day: NaiveDate) -> Answer<BetRow> {
    let is_open = is_open_on(row, day);
    let mut expected: Vec<&ExpectedFigure> = row.expected.iter().collect();
    expected.sort_by_key(|figure| (figure.by, figure.to_string()));
    Ok(BetRow {
        scenario: NamedEntity::new(plan, row.id),
        standing: if is_open { ScenarioStanding::Open } else { row.state.into() },
        hypothesis: row.hypothesis.clone(),
        success_criteria: row.success_criteria.clone(),
        owner: row.owner.map(|owner| NamedEntity::new(plan, owner)),
        decide_by: row.decide_by,
        is_overdue: is_open && row.decide_by.is_some_and(|by| by < day),
        decided: row.decided.filter(|_| !is_open),
        outcome: if is_open { String::new() } else { row.outcome.clone() },
        expected: expected
            .into_iter()
            .map(|figure| expected_figure(app, plan, figure, day))
            .collect::<Answer<_>>()?,
    })
}

/// A cost is not told, nor whether it keeps its bound: the page holds no pay.
fn expected_figure(
    app: &AppState,
    plan: &Plan,
    figure: &ExpectedFigure,
    day: NaiveDate,
) -> Answer<BetFigure> {
    let words = format!("{} {} by {}", subject(plan, figure, RULES), figure.bound_words(), date(figure.by));
    if figure.by > day {
        return Ok(BetFigure { words, is_kept: None });
    }
    if figure.figure == PlanFigure::AnnualCost {
        let words = format!("{words}: not told, since it tells what people earn");
        return Ok(BetFigure { words, is_kept: None });
    }
    let found = standing(&app.in_plan(), figure)?;
    let reading = match found.number {
        Some(number) => format!("{}", (number * 10.0).round() / 10.0),
        None => found.unknown,
    };
    Ok(BetFigure { words: format!("{words}: {reading}"), is_kept: found.is_kept })
}
