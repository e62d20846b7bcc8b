//! Positions whose cost waits for a decision.

use chrono::NaiveDate;
use headroom_analysis::{
    capacity::teams_below,
    cost::{Costs, Waiting, WaitingFor, waiting_positions},
};
use headroom_model::{Decimal6, TeamId};
use serde::Serialize;

use crate::{
    entities::{entity::NamedEntity, id::Id},
    error::Answer,
    hidden_pay::ShownAmount,
    state::AppState,
};

/// How many positions of a group are listed.
const LISTED: usize = 50;

/// The positions that wait for the same.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct WaitingGroup {
    pub id: String,
    pub title: String,
    pub meaning: String,
    /// Whether their cost is in the plan: then it would go, else it would come.
    pub is_in_plan: bool,
    pub positions: u32,
    /// Cost of them all; none if it would reveal a salary.
    pub cost: Option<ShownAmount>,
    /// Positions without a known cost.
    pub unknown: u32,
    /// The first of them, by day.
    pub rows: Vec<WaitingRow>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct WaitingRow {
    pub position: NamedEntity,
    pub team: Option<NamedEntity>,
    /// The first day of the planned hire, or the one on which it would start.
    pub from: NaiveDate,
    /// None while salaries are hidden, or if it is unknown.
    pub cost: Option<ShownAmount>,
}

/// What waits between two days, of a team with those below it or of all.
#[specta::specta]
pub fn waiting_cost(
    app: &AppState,
    from: NaiveDate,
    until: NaiveDate,
    team: Option<Id>,
) -> Answer<Vec<WaitingGroup>> {
    let plan = app.plan()?;
    let costs = Costs::new(&plan, from, until);
    let teams = team.map(|team| teams_below(&plan, TeamId::from(team)));
    let found = waiting_positions(&plan, &costs, teams.as_ref());
    let row = |row: &&Waiting| {
        let position = plan.positions.get(row.position);
        WaitingRow {
            position: NamedEntity::new(&plan, row.position),
            team: position.and_then(|position| position.team).map(|team| NamedEntity::new(&plan, team)),
            from: row.from,
            cost: app.pay.shown(row.cost.map(|minor| costs.money(minor))),
        }
    };
    let group = |waiting_for: WaitingFor| {
        let rows: Vec<&Waiting> = found.iter().filter(|row| row.waiting_for == waiting_for).collect();
        let known: Vec<i64> = rows.iter().filter_map(|row| row.cost).collect();
        let cost = known.iter().copied().fold(0, i64::saturating_add);
        let heads = Decimal6::from_millionths(known.len() as i64 * 1_000_000);
        WaitingGroup {
            id: waiting_for.title().to_lowercase().replace(' ', "-"),
            title: waiting_for.title().to_owned(),
            meaning: waiting_for.meaning().to_owned(),
            is_in_plan: waiting_for.is_in_plan(),
            positions: rows.len() as u32,
            cost: app.pay.total(costs.money(cost), heads),
            unknown: (rows.len() - known.len()) as u32,
            rows: rows.iter().take(LISTED).map(row).collect(),
        }
    };
    Ok(WaitingFor::ALL.into_iter().map(group).filter(|group| group.positions > 0).collect())
}
