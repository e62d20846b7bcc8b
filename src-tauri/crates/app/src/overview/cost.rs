//! Cost against the budget: the figures of the Cost view, which decides what may be shown while salaries are hidden.

use chrono::NaiveDate;
use headroom_analysis::{
    capacity::Months,
    cost::{CostByDay, Costs},
};
use serde::Serialize;

use super::scope::Scope;
use crate::{
    at::At,
    error::Answer,
    hidden_pay::ShownAmount,
    hiring::money::{CostStep, MoneyAnswer, MoneyQuery, budget_year, money_as_planned},
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
    /// What of the cost the budget is not for, in words: `budget for Jan–Jun only`; empty if it is for all.
    pub note: String,
    /// Annual cost at the rate of the day; none while salaries are hidden.
    pub run_rate: Option<ShownAmount>,
    /// What the cost leaves out because the plan says too little.
    pub missing: u32,
}

/// None without positions and budgets. Salaries are shown or hidden in all of it.
pub(crate) fn figures(app: &AppState, scope: &Scope<'_>, is_pay_shown: bool) -> Answer<Option<CostFigures>> {
    if !scope.has_money() {
        return Ok(None);
    }
    let (from, until) = budget_year(scope.plan, scope.day);
    let answer = ask(app, scope, (from, until), CostStep::Year, is_pay_shown)?;
    let [cell] = answer.whole.as_slice() else { return Ok(None) };
    if answer.is_empty && cell.budget.is_none() {
        return Ok(None);
    }
    Ok(Some(CostFigures {
        from,
        until,
        cost: cell.cost.clone(),
        budget: cell.budget.clone(),
        left: cell.left.clone(),
        is_over: cell.is_over,
        note: cell.note.clone(),
        run_rate: if is_pay_shown { run_rate(app, scope)? } else { None },
        missing: answer.missing_count,
    }))
}

fn ask(
    app: &AppState,
    scope: &Scope<'_>,
    days: (NaiveDate, NaiveDate),
    step: CostStep,
    is_pay_shown: bool,
) -> Answer<MoneyAnswer> {
    let team = scope.team.map(Into::into);
    let query = MoneyQuery { from: Some(days.0), until: Some(days.1), step, team, ..MoneyQuery::default() };
    money_as_planned(app, &query, At::default().on(scope.day), is_pay_shown)
}

fn run_rate(app: &AppState, scope: &Scope<'_>) -> Answer<Option<ShownAmount>> {
    let cost = match scope.team {
        None => app.cost_on(scope.day)?,
        Some(team) => {
            let costs = Costs::new(scope.plan, scope.day, scope.day).of_team(scope.plan, team);
            CostByDay::new(&costs).on(scope.day)
        }
    };
    Ok(cost.map(ShownAmount::from))
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
    let answer = ask(app, scope, days, CostStep::Month, true)?;
    Ok(answer.whole.into_iter().map(|cell| cell.cost).collect())
}
