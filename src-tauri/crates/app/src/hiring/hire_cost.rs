//! Cost of a few positions by year, and the salary of planned hires.

use chrono::{Datelike, NaiveDate};
use headroom_analysis::{
    assumptions::{Assumptions, Subject},
    cost::{Costs, Line, MissingCost, currency_of, months_between},
    coverage::{HireRequest, pay_benchmark},
    hiring::occupancies,
};
use headroom_hiring_export::words;
use headroom_model::{Plan, Position, PositionId};
use serde::Serialize;

use crate::{
    at::At, entities::id::Id, error::Answer, hidden_pay::ShownAmount, hiring::budgets::amount,
    state::AppState,
};

/// Years beyond the first one with a cost, so that a whole year is among them.
const YEARS: i32 = 4;

/// Cost of positions in a calendar year.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct YearCost {
    pub year: i32,
    /// None while salaries are hidden: with few positions it would reveal one of them.
    pub amount: Option<ShownAmount>,
    pub is_nothing: bool,
}

/// Cost of positions, fully loaded.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PositionsCost {
    /// From the year shown to the first whole one; empty if the cost is unknown.
    pub years: Vec<YearCost>,
    /// Why the cost is unknown, in words.
    pub lacking: Vec<String>,
}

/// Total cost of these positions, from the year of the day on.
#[specta::specta]
pub fn positions_cost(app: &AppState, seats: Vec<Id>, at: At) -> Answer<PositionsCost> {
    let plan = app.plan()?;
    let seats: Vec<PositionId> = seats.into_iter().map(PositionId::from).collect();
    Ok(cost_of(app, &plan, &seats, at.shown_day()))
}

pub(super) fn cost_of(app: &AppState, plan: &Plan, seats: &[PositionId], day: NaiveDate) -> PositionsCost {
    let assumptions = Assumptions::new(plan);
    let occupancies: Vec<_> = occupancies(plan, &assumptions)
        .into_iter()
        .filter(|occupancy| seats.contains(&occupancy.position))
        .collect();
    let (first, mut years) = (day.year(), Vec::new());
    let mut was_paid = false;
    for year in first..first + YEARS {
        let days = (NaiveDate::from_ymd_opt(year, 1, 1), NaiveDate::from_ymd_opt(year, 12, 31));
        let (Some(from), Some(until)) = days else { break };
        let costs = Costs::of(plan, &assumptions, occupancies.clone(), from, until);
        let lacking = costs.missing.iter().filter(|row| !matches!(row, MissingCost::UndatedRaise(_)));
        let lacking: Vec<String> = lacking.map(|row| words(plan, row)).collect();
        if !lacking.is_empty() {
            return PositionsCost { years: Vec::new(), lacking };
        }
        let months = months_between(from, until);
        let of_line =
            |line: &Line| months.iter().map(|month| line.cost_in(*month)).fold(0, i64::saturating_add);
        let sum = costs.lines.iter().map(of_line).fold(0, i64::saturating_add);
        years.push(YearCost { year, amount: app.pay.shown(Some(costs.money(sum))), is_nothing: sum == 0 });
        if was_paid {
            break;
        }
        was_paid = sum != 0;
    }
    if !was_paid {
        years.clear();
    }
    PositionsCost { years, lacking: Vec::new() }
}

/// Salary of planned hires, and where it comes from.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HirePay {
    /// Annual full-time salary of each; none while salaries are hidden.
    pub amount: Option<ShownAmount>,
    /// Taken as the median of this many comparable positions.
    pub alike: Option<u32>,
    /// What these have in common; empty if they are all positions.
    pub by: String,
}

/// Sets the salary of requested hires: as typed, else none where an assumption applies, else that of comparable
/// positions.
pub(super) fn set_pay(
    app: &AppState,
    plan: &Plan,
    wanted: &mut HireRequest,
    typed: &str,
) -> Answer<Option<HirePay>> {
    if let Some(pay) = amount("pay", typed, currency_of(plan))? {
        wanted.pay = Some(pay);
        return Ok(Some(HirePay { amount: Some(pay.into()), alike: None, by: String::new() }));
    }
    let seat = Position {
        team: wanted.team,
        discipline: wanted.discipline.clone(),
        level: wanted.level.clone(),
        location: wanted.location.clone(),
        ..Position::default()
    };
    let subject = Subject { position: None, ..Subject::position(&seat, None) };
    if Assumptions::new(plan).amount("base", subject, wanted.need_by).is_some() {
        return Ok(None);
    }
    let found = pay_benchmark(plan, wanted, wanted.need_by);
    wanted.pay = found.as_ref().map(|found| found.pay);
    Ok(found.map(|found| HirePay {
        amount: app.pay.shown(Some(found.pay)),
        alike: Some(found.seats),
        by: found.by,
    }))
}
