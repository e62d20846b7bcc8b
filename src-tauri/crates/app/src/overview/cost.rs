//! Cost against the budget: the figures of the Cost view, which decides what may be shown while salaries are hidden.

use chrono::{Datelike, NaiveDate};
use headroom_analysis::{
    capacity::Months,
    cost::{CostByDay, Costs},
};
use headroom_model::{DateRange, Entity, Money};
use serde::Serialize;

use super::scope::Scope;
use crate::{
    error::Answer,
    hidden_pay::ShownAmount,
    hiring::money::{CostStep, MoneyAnswer, MoneyCell, MoneyQuery, hiring_money},
    state::AppState,
};

/// The cost of a year against its budget.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CostFigures {
    /// The first day of the year, and the last one: the year of the day; the next one if only that has
    /// budgets.
    pub from: NaiveDate,
    pub until: NaiveDate,
    /// None if it would reveal a salary.
    pub cost: Option<ShownAmount>,
    pub budget: Option<ShownAmount>,
    /// The budget less the cost.
    pub left: Option<ShownAmount>,
    pub is_over: bool,
    /// Annual cost at the rate of the day; none while salaries are hidden.
    pub run_rate: Option<ShownAmount>,
    /// What the cost leaves out because the plan says too little.
    pub missing: u32,
}

pub(super) fn figures(app: &AppState, scope: &Scope<'_>) -> Answer<Option<CostFigures>> {
    if !scope.has_money() {
        return Ok(None);
    }
    let year = |year| Some((NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?));
    let Some((this, next)) = year(scope.day.year()).zip(year(scope.day.year() + 1)) else { return Ok(None) };
    let answer = ask(app, scope, (this.0, next.1), CostStep::Year)?;
    let [first, second] = answer.whole.as_slice() else { return Ok(None) };
    let is_next = !has_budget(scope, this) && has_budget(scope, next);
    let ((from, until), cell) = if is_next { (next, second) } else { (this, first) };
    if answer.is_empty && cell.budget.is_none() {
        return Ok(None);
    }
    Ok(Some(CostFigures {
        from,
        until,
        cost: cell.cost.clone(),
        budget: cell.budget.clone(),
        left: left(cell),
        is_over: cell.is_over,
        run_rate: run_rate(app, scope)?,
        missing: answer.missing_count,
    }))
}

/// Whether anybody has a budget in these days, so that a team is shown in the same year as the organisation.
fn has_budget(scope: &Scope<'_>, (from, until): (NaiveDate, NaiveDate)) -> bool {
    let days = DateRange::new(Some(from), Some(until));
    let mut budgets = scope.plan.budgets.iter().filter(|budget| budget.amount.is_some());
    budgets.any(|budget| budget.date_range().overlaps(&days))
}

/// What is left of the budget, from the amounts as they are shown. None where rounding has turned it round.
fn left(cell: &MoneyCell) -> Option<ShownAmount> {
    let parse = |amount: &Option<ShownAmount>| amount.as_ref()?.text.parse::<Money>().ok();
    let (budget, cost) = (parse(&cell.budget)?, parse(&cell.cost)?);
    let left = Money::new(budget.minor.saturating_sub(cost.minor), budget.currency);
    ((left.minor < 0) == cell.is_over).then(|| left.into())
}

fn ask(
    app: &AppState,
    scope: &Scope<'_>,
    days: (NaiveDate, NaiveDate),
    step: CostStep,
) -> Answer<MoneyAnswer> {
    let team = scope.team.map(Into::into);
    hiring_money(app, MoneyQuery { from: days.0, until: days.1, step, team, approval: None })
}

fn run_rate(app: &AppState, scope: &Scope<'_>) -> Answer<Option<ShownAmount>> {
    let cost = match scope.team {
        _ if !app.pay.is_shown() => None,
        None => app.cost_on(scope.day)?,
        Some(team) => {
            let costs = Costs::new(scope.plan, scope.day, scope.day).of_team(scope.plan, team);
            CostByDay::new(&costs).on(scope.day)
        }
    };
    Ok(app.pay.shown(cost))
}

/// The cost of each month, while salaries are shown.
pub(super) fn by_month(
    app: &AppState,
    scope: &Scope<'_>,
    months: &Months,
) -> Answer<Vec<Option<ShownAmount>>> {
    if !app.pay.is_shown() || !scope.has_money() {
        return Ok(Vec::new());
    }
    let days = (months.first_day(0), months.last_day(months.len() - 1));
    let answer = ask(app, scope, days, CostStep::Month)?;
    Ok(answer.whole.into_iter().map(|cell| cell.cost).collect())
}
