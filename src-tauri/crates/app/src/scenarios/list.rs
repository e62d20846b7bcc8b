//! The scenarios of a plan.

use chrono::NaiveDate;
use headroom_model::{Entity, Plan, Scenario, ScenarioId, ScenarioState, search_key};
use headroom_store::{Branch, Store, StoreError};
use serde::{Deserialize, Serialize};

use crate::{
    entities::{entity::NamedEntity, id::Id},
    error::{Answer, AppError, ErrorKind},
    state::{AppState, today},
};

/// What has become of a scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum ScenarioStanding {
    Open,
    Merged,
    Dropped,
}

impl From<ScenarioState> for ScenarioStanding {
    fn from(state: ScenarioState) -> Self {
        match state {
            ScenarioState::Open => Self::Open,
            ScenarioState::Merged => Self::Merged,
            ScenarioState::Dropped => Self::Dropped,
        }
    }
}

/// A scenario in the list.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ScenarioRow {
    pub id: Id,
    /// By which addresses and the command line name it.
    pub key: String,
    pub name: String,
    pub description: String,
    pub hypothesis: String,
    pub success_criteria: String,
    pub owner: Option<NamedEntity>,
    pub decide_by: Option<NaiveDate>,
    /// It is open, and the day has passed.
    pub is_overdue: bool,
    pub standing: ScenarioStanding,
    pub decided: Option<NaiveDate>,
    pub outcome: String,
    /// Who has signed its merge off; empty if nobody has.
    pub signed_off_by: String,
    pub signed_off: Option<NaiveDate>,
    /// Number of things that it adds, changes or removes.
    pub change_count: u32,
    /// How many steps of the plan it does not have.
    pub behind: u32,
    /// Why it cannot be worked out, if so.
    pub problem: Option<String>,
}

impl ScenarioRow {
    fn new(store: &Store, scenario: &Scenario) -> Self {
        let plan = store.plan_itself();
        let branch = store.branch(scenario.id);
        let count = |branch: &Branch| (branch.changes().len() as u32, branch.behind);
        let (change_count, behind) = branch.as_ref().map(count).unwrap_or_default();
        Self {
            id: Id(scenario.id.0),
            key: scenario.key.clone(),
            name: scenario.name.clone(),
            description: scenario.description.clone(),
            hypothesis: scenario.hypothesis.clone(),
            success_criteria: scenario.success_criteria.clone(),
            owner: scenario.owner.map(|owner| NamedEntity::new(plan, owner)),
            decide_by: scenario.decide_by,
            is_overdue: scenario.is_open() && scenario.decide_by.is_some_and(|day| day < today()),
            standing: scenario.state.into(),
            decided: scenario.decided,
            outcome: scenario.outcome.clone(),
            signed_off_by: scenario.signed_off_by.clone(),
            signed_off: scenario.signed_off,
            change_count,
            behind,
            problem: branch.err().map(|error| error.to_string()),
        }
    }
}

/// All scenarios: open ones first, those to be decided soonest before others; then the decided ones, the last first.
#[specta::specta]
pub fn scenarios(app: &AppState) -> Answer<Vec<ScenarioRow>> {
    app.in_plan().with_scenarios(|store| {
        let mut found: Vec<&Scenario> = store.plan_itself().scenarios.iter().collect();
        let place = |scenario: &&Scenario| {
            let decided = scenario.decided.map(std::cmp::Reverse);
            let due = scenario.decide_by.unwrap_or(NaiveDate::MAX);
            (!scenario.is_open(), decided, due, scenario.name.clone(), scenario.key.clone())
        };
        found.sort_by_cached_key(place);
        found.into_iter().map(|scenario| ScenarioRow::new(store, scenario)).collect()
    })
}

/// A scenario to go to.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ScenarioName {
    pub id: Id,
    pub key: String,
    pub name: String,
    pub standing: ScenarioStanding,
}

/// The names of all scenarios, the open ones first: for choosing one. Nothing of them is worked out.
#[specta::specta]
pub fn scenario_names(app: &AppState) -> Answer<Vec<ScenarioName>> {
    let plan = app.in_plan().plan()?;
    let mut found: Vec<&Scenario> = plan.scenarios.iter().collect();
    found.sort_by_key(|scenario| (!scenario.is_open(), scenario.called(), scenario.key()));
    let name = |scenario: &Scenario| ScenarioName {
        id: Id(scenario.id.0),
        key: scenario.key.clone(),
        name: scenario.name.clone(),
        standing: scenario.state.into(),
    };
    Ok(found.into_iter().map(name).collect())
}

/// A scenario, whole.
#[specta::specta]
pub fn scenario_page(app: &AppState, id: Id) -> Answer<ScenarioRow> {
    let row = app.in_plan().with_scenarios(|store| {
        let scenario = store.plan_itself().get::<Scenario>(ScenarioId(id.0))?;
        Some(ScenarioRow::new(store, scenario))
    })?;
    row.ok_or_else(not_found)
}

/// The scenario with this key, or else this name, whatever its case and accents.
///
/// # Errors
/// [`ErrorKind::NotFound`] if there is none, [`ErrorKind::Invalid`] if several have the name.
pub fn find_scenario(plan: &Plan, name: &str) -> Answer<ScenarioId> {
    if let Some(found) = plan.find::<Scenario>(name) {
        return Ok(found);
    }
    let sought = search_key(name);
    let mut named = plan.scenarios.iter().filter(|scenario| search_key(&scenario.name) == sought);
    match (named.next(), named.next()) {
        (Some(found), None) => Ok(found.id),
        (None, _) => Err(AppError::new(
            ErrorKind::NotFound,
            format!("no scenario “{name}”; `headroom scenario PLAN list` lists them"),
        )),
        _ => Err(AppError::new(
            ErrorKind::Invalid,
            format!("several scenarios are called “{name}”: use an ID"),
        )),
    }
}

pub(super) fn not_found() -> AppError {
    AppError::new(ErrorKind::NotFound, "the plan has this scenario no more")
}

impl AppState {
    /// Runs a query with all scenarios worked out. One that cannot be says so itself.
    pub(crate) fn with_scenarios<T>(&self, ask: impl FnOnce(&Store) -> T) -> Answer<T> {
        self.prepare(|store| {
            let ids: Vec<ScenarioId> = store.plan_itself().scenarios.iter().map(|row| row.id).collect();
            for id in ids {
                match store.load_scenario(id) {
                    Ok(()) | Err(StoreError::Inconsistent(_) | StoreError::NoScenario) => {}
                    Err(error) => return Err(error),
                }
            }
            Ok(())
        })?;
        self.with_store(|store, _| ask(store))
    }
}
