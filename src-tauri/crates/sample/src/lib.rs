//! Tidewater, the sample organisation: a fictional freight company that a new user explores first.
//!
//! `organisation/` has its data in the plan CSV format, its templates and checklists (`onboarding.json`), and a few
//! operations of history (`history.json`). The files are correct for the week of one Monday and are shifted to the
//! date on which the sample is created (`shift.rs`), so that findings, gaps and forecast are the same on any day.
//!
//! The story: Harbor, the old monolith, still belongs to a team that no longer exists. One engineer, who leaves in
//! ten weeks, is the only responder for the label hub. Payments has outgrown itself; Data Platform lost its people
//! and keeps its services. Quotes, rates and contracts depend on each other across two teams, whose collaboration
//! should have ended long ago. Web Portal has a higher SLO than its dependencies allow. Grace Nair joins in seven
//! weeks and nobody has ordered her laptop; Jun Demir takes over the label hub and is blocked by a missing key.
//!
//! Twelve months of figures tell whether growth pays. Shippers are paid back within a year just in time for the hire that
//! waits for it; carriers never are, though more and more is spent on them, and the gate of the hire for them has lapsed.
//! Booking API has spent its error budget. The tickets of Payments outgrow its rota in spring, long before the engineer
//! who is to take them, and who waits for still more tickets, can be there.
//!
//! Two incidents have actions that were forgotten: Declarations was handed over since, and Harbor’s team is gone. A third one
//! of Booking API has no review yet.
//!
//! Tests beside the code check the story, compare it across dates, and compare the plan with itself with other IDs.

mod onboarding;
#[cfg(test)]
mod other_ids;
#[cfg(test)]
mod scenario_laws;
mod scenarios;
mod shift;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod two_copies;

use std::{fs, path::Path};

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use headroom_exchange::{ImportOptions, ReadOptions, compare, read_parts};
use headroom_model::{Change, Draft, EntityRef, FieldError, Kind, Plan, Service, Team, fields};
use headroom_store::{OperationMeta, Store};
use serde::{Deserialize, de::DeserializeOwned};

use scenarios::ScenarioText;
use shift::Shift;

const FILES: [(&str, &str); 20] = [
    ("teams.csv", include_str!("../organisation/teams.csv")),
    ("people.csv", include_str!("../organisation/people.csv")),
    ("memberships.csv", include_str!("../organisation/memberships.csv")),
    ("groupings.csv", include_str!("../organisation/groupings.csv")),
    ("services.csv", include_str!("../organisation/services.csv")),
    ("ownership.csv", include_str!("../organisation/ownership.csv")),
    ("dependencies.csv", include_str!("../organisation/dependencies.csv")),
    ("interactions.csv", include_str!("../organisation/interactions.csv")),
    ("positions.csv", include_str!("../organisation/positions.csv")),
    ("assignments.csv", include_str!("../organisation/assignments.csv")),
    ("assumptions.csv", include_str!("../organisation/assumptions.csv")),
    ("budgets.csv", include_str!("../organisation/budgets.csv")),
    ("exchange_rates.csv", include_str!("../organisation/exchange_rates.csv")),
    ("holidays.csv", include_str!("../organisation/holidays.csv")),
    ("metrics.csv", include_str!("../organisation/metrics.csv")),
    ("observations.csv", include_str!("../organisation/observations.csv")),
    ("objectives.csv", include_str!("../organisation/objectives.csv")),
    ("incidents.csv", include_str!("../organisation/incidents.csv")),
    ("actions.csv", include_str!("../organisation/actions.csv")),
    ("bets.csv", include_str!("../organisation/bets.csv")),
];
const HISTORY: &str = include_str!("../organisation/history.json");

/// Why the sample could not be created.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    #[error(transparent)]
    Store(#[from] headroom_store::StoreError),
    #[error(transparent)]
    Read(#[from] headroom_files::ReadError),
    #[error("{0}")]
    Io(#[from] std::io::Error),
    #[error("sample history: {0}")]
    History(String),
    #[error("sample table: {0}")]
    Table(#[from] csv::Error),
    #[error("the dates of the sample are out of range")]
    NoSuchDay,
}

impl From<FieldError> for SampleError {
    fn from(error: FieldError) -> Self {
        Self::History(error.to_string())
    }
}

/// An operation in the history of the sample.
#[derive(Deserialize)]
struct Step {
    at: DateTime<Utc>,
    author: String,
    label: String,
    edits: Vec<StepEdit>,
}

#[derive(Deserialize)]
struct StepEdit {
    kind: Kind,
    key: String,
    fields: serde_json::Map<String, serde_json::Value>,
}

/// Creates a plan file with the sample organisation and its history, as of today.
///
/// # Errors
/// [`SampleError::Store`] if the file exists or cannot be written, [`SampleError::NoSuchDay`] at the ends of the
/// calendar; the other variants mean that the files of the sample are wrong. Nothing is left behind.
pub fn create(path: &Path, now: DateTime<Utc>, today: NaiveDate) -> Result<Store, SampleError> {
    let mut store = Store::create(path, now)?;
    let filled =
        Chronicle::of(Plan::clone(store.plan()), today).and_then(|chronicle| chronicle.write_to(&mut store));
    if let Err(error) = filled {
        drop(store);
        let _ = fs::remove_file(path);
        return Err(error);
    }
    Ok(store)
}

/// Whether the sample was created in another week and is unchanged: its dates are in the past, and a new one can
/// replace it.
///
/// # Errors
/// [`SampleError::Store`] if the history cannot be read, and as [`create`].
pub fn is_over(store: &Store, today: NaiveDate) -> Result<bool, SampleError> {
    let chronicle = Chronicle::of(Plan::default(), today)?;
    let last = chronicle.steps.iter().map(|(note, _)| note.at).max();
    // Scenarios are added in the end, each as a step of the plan.
    let entries = store.history(None, u32::MAX)?;
    let newest = entries.iter().map(|entry| entry.at).max();
    Ok(store.operation_count()? as usize == chronicle.operations() && newest != last)
}

/// The plan and the operations that lead to it.
struct Chronicle {
    plan: Plan,
    steps: Vec<(OperationMeta, Vec<Change>)>,
    scenarios: Vec<ScenarioText>,
}

impl Chronicle {
    /// On top of an empty plan.
    fn of(plan: Plan, today: NaiveDate) -> Result<Self, SampleError> {
        let mut chronicle = Self { plan, steps: Vec::new(), scenarios: Vec::new() };
        fill(&mut chronicle, today)?;
        Ok(chronicle)
    }

    fn add(&mut self, note: OperationMeta, changes: Vec<Change>) -> Result<(), SampleError> {
        self.plan.apply(&changes).map_err(headroom_store::StoreError::from)?;
        self.steps.push((note, changes));
        Ok(())
    }

    /// How many operations are written.
    fn operations(&self) -> usize {
        self.steps.len() + self.scenarios.iter().map(ScenarioText::operations).sum::<usize>()
    }

    /// Sorted by time; no operation needs a later one. The scenarios begin from the plan as it is then.
    fn write_to(mut self, store: &mut Store) -> Result<(), SampleError> {
        self.steps.sort_by_key(|(note, _)| note.at);
        for (note, changes) in self.steps {
            store.apply(&note, changes)?;
        }
        self.scenarios.iter().try_for_each(|scenario| scenario.write_to(store))
    }
}

fn fill(chronicle: &mut Chronicle, today: NaiveDate) -> Result<(), SampleError> {
    let shift = Shift::to(today)?;
    let folder = tempfile::tempdir()?;
    for (name, text) in FILES {
        fs::write(folder.path().join(name), shift.table(name, text)?)?;
    }
    let parts = read_parts(&[folder.path().to_owned()], Some("csv"), &ReadOptions::default())?;
    let options = ImportOptions { today, complete: false, names: Vec::new() };
    let preview = compare(&chronicle.plan, parts, &options);
    let founded = shift.moment(Utc.with_ymd_and_hms(2026, 1, 5, 8, 0, 0).single().unwrap_or_default())?;
    chronicle.add(OperationMeta::edit("Imported Tidewater", "amara.okafor", founded), preview.changes)?;
    for step in shifted::<Vec<Step>>(HISTORY, &shift)? {
        let plan = &chronicle.plan;
        let mut draft = Draft::new(plan);
        for edit in &step.edits {
            let values: Vec<_> = edit.fields.clone().into_iter().collect();
            fields::set(&mut draft, subject(plan, edit)?, &values)?;
        }
        let changes = draft.finish();
        chronicle.add(OperationMeta::edit(step.label, step.author, step.at), changes)?;
    }
    onboarding::add(chronicle, &shift)?;
    chronicle.scenarios = scenarios::texts(&shift)?;
    Ok(())
}

/// Parses JSON with all dates shifted.
fn shifted<T: DeserializeOwned>(text: &str, shift: &Shift) -> Result<T, SampleError> {
    let failed = |error: serde_json::Error| SampleError::History(error.to_string());
    let mut value = serde_json::from_str(text).map_err(failed)?;
    shift.json(&mut value)?;
    serde_json::from_value(value).map_err(failed)
}

fn subject(plan: &Plan, edit: &StepEdit) -> Result<EntityRef, SampleError> {
    let found = match edit.kind {
        Kind::Team => plan.find::<Team>(&edit.key).map(EntityRef::from),
        _ => plan.find::<Service>(&edit.key).map(EntityRef::from),
    };
    found.ok_or_else(|| SampleError::History(format!("{} not found", edit.key)))
}
