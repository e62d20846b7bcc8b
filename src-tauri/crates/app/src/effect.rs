//! What changes would do, with all that follows from them: the findings that they close and open, people and cost, and
//! the teams whose service load they alter. Every preview of a remedy, an assignment or a start compares with this.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_analysis::{
    DayView, EditOutcome, Finding, Responders,
    assumptions::Assumptions,
    cost::{CostByDay, Costs},
    edges_without_shared_owner, hiring,
    team_load::team_load,
};
use headroom_model::{Change, Money, Plan};
use rustc_hash::FxHashSet;
use serde::Serialize;

use crate::{
    change_presenter::{ChangePresenter, HistoryChange},
    entities::{finding::FindingRow, team_load::TeamLoad},
    error::Answer,
    hidden_pay::ShownAmount,
    state::{AppState, today},
};

/// Effect of changes on the findings of the day.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Effect {
    pub label: String,
    pub changes: Vec<HistoryChange>,
    pub change_count: u32,
    pub closed: Vec<FindingRow>,
    pub opened: Vec<FindingRow>,
    pub closed_count: u32,
    pub opened_count: u32,
    /// Teams whose load changes.
    pub loads: Vec<LoadChange>,
    /// Dependencies across owners, before and after.
    pub crossings_before: u32,
    pub crossings_after: u32,
    pub people_before: u32,
    pub people_after: u32,
    /// Annual cost of everyone in a position at the rate of the day; none while salaries are hidden.
    pub cost_before: Option<ShownAmount>,
    pub cost_after: Option<ShownAmount>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct LoadChange {
    pub before: TeamLoad,
    pub after: TeamLoad,
}

/// Maximum number of changes and findings listed; counts are complete.
const EFFECT_SHOWN: usize = 50;

/// Compares the findings of the day with those after the changes.
pub fn effect(app: &AppState, view: &DayView, label: String, changes: Vec<Change>) -> Answer<Effect> {
    let plan = view.snapshot.plan();
    let EditOutcome { changes, plan: then } = EditOutcome::of(plan, changes, today())?;
    let then = view.of_plan(&Arc::new(then));
    let ids =
        |view: &DayView| view.findings().iter().map(|finding| finding.id.clone()).collect::<FxHashSet<_>>();
    let (before, after) = (ids(view), ids(&then));
    let gone: Vec<&Finding> = view.findings().iter().filter(|finding| !after.contains(&finding.id)).collect();
    let new: Vec<&Finding> = then.findings().iter().filter(|finding| !before.contains(&finding.id)).collect();
    let rows = |view: &DayView, found: &[&Finding]| {
        found.iter().take(EFFECT_SHOWN).map(|finding| FindingRow::new(view, finding)).collect()
    };
    // Remedies never contain salaries.
    let told = ChangePresenter::new(plan, &changes, false).stretch(0, EFFECT_SHOWN as u32);
    Ok(Effect {
        label,
        changes: told.changes,
        change_count: changes.len() as u32,
        closed: rows(view, &gone),
        opened: rows(&then, &new),
        closed_count: gone.len() as u32,
        opened_count: new.len() as u32,
        loads: load_changes(view, &then),
        crossings_before: edges_without_shared_owner(&view.snapshot) as u32,
        crossings_after: edges_without_shared_owner(&then.snapshot) as u32,
        people_before: people(view),
        people_after: people(&then),
        cost_before: app.cost_on(view.snapshot.day())?.map(ShownAmount::from),
        cost_after: app.pay.shown(cost_on(then.snapshot.plan(), then.snapshot.day())),
    })
}

fn people(view: &DayView) -> u32 {
    let snapshot = &view.snapshot;
    (0..snapshot.person_count()).filter(|at| !snapshot.person(*at).unconfirmed).count() as u32
}

/// Annual cost at the rate of this day.
fn cost_on(plan: &Plan, day: NaiveDate) -> Option<Money> {
    let assumptions = Assumptions::new(plan);
    let occupancies = hiring::occupancies(plan, &assumptions);
    CostByDay::new(&Costs::of(plan, &assumptions, occupancies, day, day)).on(day)
}

/// Teams that exist before and after, with another load.
fn load_changes(before: &DayView, after: &DayView) -> Vec<LoadChange> {
    let (knew, knows) = (Responders::new(&before.snapshot), Responders::new(&after.snapshot));
    let mut changes: Vec<LoadChange> = (0..after.snapshot.team_count())
        .filter_map(|at| {
            let was = before.snapshot.team_ix(after.snapshot.team(at).id)?;
            let (a, b) = (team_load(&before.snapshot, &knew, was), team_load(&after.snapshot, &knows, at));
            (a != b).then(|| LoadChange {
                before: TeamLoad::new(before, &knew, was),
                after: TeamLoad::new(after, &knows, at),
            })
        })
        .collect();
    changes.sort_by_key(|change| std::cmp::Reverse(change.after.tenths));
    changes
}
