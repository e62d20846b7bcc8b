//! Making scenarios, and deciding about them.

use chrono::NaiveDate;
use headroom_model::{Draft, Kind, Scenario, ScenarioId, ScenarioState, fields, wording::date};
use headroom_store::{OperationMeta, Selection, Store, StoreError};
use serde::Serialize;

use super::list::{ScenarioStanding, not_found};
use crate::{
    edit::{FieldEdit, values},
    entities::id::Id,
    error::{Answer, AppError, ErrorKind},
    state::{AppState, now, today},
};

/// Makes a scenario with these fields, from the plan as it is or with the changes of another one; answers with its key.
#[specta::specta]
pub fn add_scenario(app: &AppState, edits: Vec<FieldEdit>, from: Option<Id>) -> Answer<String> {
    let app = app.in_plan();
    let plan = app.plan()?;
    let mut draft = Draft::new(&plan);
    let made = fields::create(&mut draft, Kind::Scenario, &values(edits))?;
    let row = draft.get::<Scenario>(ScenarioId(made.id)).cloned().ok_or_else(not_found)?;
    drop(plan);
    let key = row.key.clone();
    let note = OperationMeta::edit(format!("Added scenario {}", row.name), &app.author, now());
    app.alter(|store| store.add_scenario(&note, row, from.map(|id| ScenarioId(id.0))))?;
    Ok(key)
}

/// Drops a scenario, which is kept, or opens one again; `outcome` says why.
#[specta::specta]
pub fn decide_scenario(app: &AppState, id: Id, standing: ScenarioStanding, outcome: String) -> Answer<()> {
    let (state, verb) = match standing {
        ScenarioStanding::Open => (ScenarioState::Open, "Opened again"),
        ScenarioStanding::Dropped => (ScenarioState::Dropped, "Dropped"),
        ScenarioStanding::Merged => {
            return Err(AppError::new(ErrorKind::Invalid, "a scenario is merged by merging its changes"));
        }
    };
    app.in_plan().edit(
        |plan| format!("{verb} scenario {}", plan.name_of(ScenarioId(id.0).into())),
        |draft| {
            let row = draft.get::<Scenario>(ScenarioId(id.0)).cloned().ok_or_else(not_found)?;
            let decided = (state != ScenarioState::Open).then(today);
            let outcome = outcome.trim().to_owned();
            draft.put(Scenario {
                state,
                decided,
                outcome,
                signed_off_by: String::new(),
                signed_off: None,
                ..row
            });
            Ok(())
        },
    )
}

/// What a scenario has taken in of the plan.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Rebased {
    /// How many things the plan had changed.
    pub change_count: u32,
    /// What both had changed: it waits in the scenario to be decided.
    pub conflict_count: u32,
}

/// Takes what the plan has done since into a scenario, as one undoable step of the scenario.
#[specta::specta]
pub fn rebase_scenario(app: &AppState, id: Id) -> Answer<Rebased> {
    let scenario = ScenarioId(id.0);
    let app = app.in_scenario(scenario);
    let note = OperationMeta::edit("Took in the changes of the plan", &app.author, now());
    let found = app.alter(|store| {
        let found = store.rebase(scenario, &note)?;
        Ok::<_, StoreError>(found)
    })?;
    Ok(Rebased { change_count: found.changes.len() as u32, conflict_count: found.conflicts.len() as u32 })
}

/// What is said about a merge.
#[derive(Debug, Clone, Default)]
pub struct MergeDecision {
    /// How it is explained.
    pub outcome: String,
    /// Who has signed it off, and on which day.
    pub signed_off_by: String,
    pub signed_off: Option<NaiveDate>,
}

impl MergeDecision {
    /// The label of the merge, with its sign-off.
    pub fn signed(&self, label: &str) -> String {
        match (self.signed_off_by.trim(), self.signed_off) {
            ("", _) | (_, None) => label.to_owned(),
            (by, Some(on)) => format!("{label}, signed off by {by} on {}", date(on)),
        }
    }
}

/// What the plan says about a scenario that is merged whole; none if it stays open for the rest of its changes.
///
/// # Errors
/// [`StoreError::NoScenario`] if it is not open, so that there is nothing to merge.
pub fn merged_row(
    store: &Store,
    selection: Selection<'_>,
    decision: &MergeDecision,
) -> Result<Option<Scenario>, StoreError> {
    let row = store.plan_itself().get::<Scenario>(selection.scenario).filter(|row| row.is_open());
    let row = row.ok_or(StoreError::NoScenario)?.clone();
    let merged = Scenario {
        state: ScenarioState::Merged,
        decided: Some(today()),
        outcome: decision.outcome.trim().to_owned(),
        signed_off_by: decision.signed_off_by.trim().to_owned(),
        signed_off: decision.signed_off.filter(|_| !decision.signed_off_by.trim().is_empty()),
        ..row
    };
    Ok(selection.only.is_none().then_some(merged))
}
