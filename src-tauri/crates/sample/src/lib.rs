//! Tidewater, a fictional company that moves freight: what a newcomer sees first.
//!
//! Its files lie in `organisation/` in the plan CSV format, with a few steps of history on top. The story: Harbor,
//! the old monolith, still belongs to a team that no longer exists; one engineer, who leaves in ten weeks, holds the
//! labels of every terminal; Payments has outgrown itself; Data Platform lost its people and keeps its services;
//! quotes, rates and contracts wait for each other across two teams, which have been collaborating on that for longer
//! than they meant to; Web Portal promises more than what it stands on can keep. Grace Nair starts in seven weeks and
//! nobody has ordered her laptop; Jun Demir takes over the label hub and waits for a key that nobody has.
//!
//! The story is the same on whatever day the sample is made: see [`shift`] for how its days move there.

mod onboarding;
mod shift;
#[cfg(test)]
mod tests;

use std::{fs, path::Path};

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use headroom_exchange::{ImportOptions, ReadOptions, compare, read_parts};
use headroom_model::{Change, Draft, EntityRef, FieldError, Kind, Plan, Service, Team, fields};
use headroom_store::{OperationMeta, Store};
use serde::{Deserialize, de::DeserializeOwned};

use shift::Shift;

const FILES: [(&str, &str); 14] = [
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
];
const HISTORY: &str = include_str!("../organisation/history.json");

/// Why the sample could not be made.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    #[error(transparent)]
    Store(#[from] headroom_store::StoreError),
    #[error(transparent)]
    Read(#[from] headroom_exchange::ReadError),
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

/// A step in the history of the sample.
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

/// Makes a plan file with the sample organisation and its history, as it is today.
///
/// # Errors
/// When there is such a file already, or it cannot be written; nothing is left behind then.
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

/// Whether the sample was made in another week and nobody has changed it since: its story has gone by then, and another
/// one can take its place.
///
/// # Errors
/// Whatever the database says.
pub fn is_over(store: &Store, today: NaiveDate) -> Result<bool, SampleError> {
    let steps = Chronicle::of(Plan::default(), today)?.steps;
    let entries = store.history(None, steps.len() as u32 + 1)?;
    let last = steps.iter().map(|(note, _)| note.at).max();
    Ok(entries.len() == steps.len() && entries.first().map(|entry| entry.at) != last)
}

/// The sample as it came about: the plan, and the steps that led to it.
struct Chronicle {
    plan: Plan,
    steps: Vec<(OperationMeta, Vec<Change>)>,
}

impl Chronicle {
    /// From an empty plan.
    fn of(plan: Plan, today: NaiveDate) -> Result<Self, SampleError> {
        let mut chronicle = Self { plan, steps: Vec::new() };
        fill(&mut chronicle, today)?;
        Ok(chronicle)
    }

    fn add(&mut self, note: OperationMeta, changes: Vec<Change>) -> Result<(), SampleError> {
        self.plan.apply(&changes).map_err(headroom_store::StoreError::from)?;
        self.steps.push((note, changes));
        Ok(())
    }

    /// In order of time; none of the steps needs one that comes after it.
    fn write_to(mut self, store: &mut Store) -> Result<(), SampleError> {
        self.steps.sort_by_key(|(note, _)| note.at);
        self.steps.into_iter().try_for_each(|(note, changes)| Ok(store.apply(&note, changes)?))
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
    onboarding::add(chronicle, &shift)
}

/// What a text in JSON says, on the days to which it is moved.
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
