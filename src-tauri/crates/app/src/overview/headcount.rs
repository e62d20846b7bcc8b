//! Headcount against the plan and the budget, month by month, and who joins and leaves.

use chrono::{Months as ChronoMonths, NaiveDate};
use headroom_analysis::{
    assumptions::Assumptions,
    capacity::{Months, Roster, RosterCount, headcount_lines},
    cost::budgeted_headcount,
};
use serde::Serialize;
use specta_typescript::Number;

use super::{
    ahead::{Moves, moves},
    cost::by_month,
    scope::Scope,
};
use crate::{at::At, error::Answer, hidden_pay::ShownAmount, state::AppState};

/// Months shown before and after that of the day.
pub(crate) const AROUND: u32 = 12;

/// Headcount on the day, and what is planned and budgeted in a year.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HeadcountFigures {
    /// People on the day.
    #[specta(type = Number)]
    pub people: f64,
    /// Planned hires that should have started by the day.
    #[specta(type = Number)]
    pub planned: f64,
    /// The last day of the month that is a year ahead.
    pub ahead_day: NaiveDate,
    /// People and planned hires on that day.
    #[specta(type = Number)]
    pub ahead: f64,
    /// The budgeted headcount on that day, if there is a budget.
    pub budget: Option<f64>,
    pub is_over: bool,
}

/// A month of the curves.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OverviewMonth {
    /// The first day of the month.
    pub month: NaiveDate,
    /// People on its last day.
    #[specta(type = Number)]
    pub people: f64,
    /// Planned hires on its last day.
    #[specta(type = Number)]
    pub planned: f64,
    /// Cost of the month; none while salaries are hidden.
    pub cost: Option<ShownAmount>,
}

pub(crate) fn figures(
    app: &AppState,
    scope: &Scope<'_>,
    at: At,
) -> Answer<(HeadcountFigures, Vec<OverviewMonth>, Moves)> {
    let (plan, day) = (scope.plan, scope.day);
    let heads = headcount_lines(plan, &Assumptions::new(plan));
    let roster = Roster::new(plan, &heads, scope.teams.as_ref());
    let on = |day: NaiveDate| {
        let count = roster.on(day);
        if at.planned_hires { count } else { RosterCount { planned: 0.0, ..count } }
    };
    let first = day.checked_sub_months(ChronoMonths::new(AROUND)).unwrap_or(day);
    let months = Months::new(first, 2 * AROUND as usize + 1);
    let mut costs = by_month(app, scope, &months)?.into_iter();
    let month = |at: usize| {
        let count = on(months.last_day(at));
        OverviewMonth {
            month: months.first_day(at),
            people: count.people,
            planned: count.planned,
            cost: costs.next().flatten(),
        }
    };
    let rows: Vec<OverviewMonth> = (0..months.len()).map(month).collect();
    let (now, ahead_day) = (on(day), months.last_day(months.len() - 1));
    let ahead = on(ahead_day).total();
    let budget = if scope.has_money() { budgeted_headcount(plan, scope.team, ahead_day) } else { None };
    let budget = budget.map(|headcount| headcount.as_f64());
    let figures = HeadcountFigures {
        people: now.people,
        planned: now.planned,
        ahead_day,
        ahead,
        budget,
        is_over: budget.is_some_and(|budget| ahead > budget),
    };
    Ok((figures, rows, moves(scope, &roster, at)))
}
