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
use headroom_model::{Draft, EntityRef, FieldError, Kind, Plan, Service, Team, fields};
use headroom_store::{Note, Store};
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
pub enum Error {
    #[error(transparent)]
    Store(#[from] headroom_store::Error),
    #[error(transparent)]
    Read(#[from] headroom_exchange::ReadError),
    #[error("{0}")]
    Io(#[from] std::io::Error),
    #[error("a step of its history: {0}")]
    History(String),
    #[error("a table of it: {0}")]
    Table(#[from] csv::Error),
    #[error("its days lie beyond those that there are")]
    NoSuchDay,
}

impl From<FieldError> for Error {
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
pub fn create(path: &Path, now: DateTime<Utc>, today: NaiveDate) -> Result<Store, Error> {
    let mut store = Store::create(path, now)?;
    let filled = fill(&mut store, today);
    if let Err(error) = filled {
        drop(store);
        let _ = fs::remove_file(path);
        return Err(error);
    }
    Ok(store)
}

fn fill(store: &mut Store, today: NaiveDate) -> Result<(), Error> {
    let shift = Shift::to(today)?;
    let folder = tempfile::tempdir()?;
    for (name, text) in FILES {
        fs::write(folder.path().join(name), shift.table(name, text)?)?;
    }
    let parts = read_parts(&[folder.path().to_owned()], Some("csv"), &ReadOptions::default())?;
    let options = ImportOptions { today, complete: false, names: Vec::new() };
    let preview = compare(store.plan(), parts, &options);
    let founded = shift.moment(Utc.with_ymd_and_hms(2026, 1, 5, 8, 0, 0).single().unwrap_or_default())?;
    store.apply(&Note::edit("Write down Tidewater as it is", "amara.okafor", founded), preview.changes)?;
    for step in shifted::<Vec<Step>>(HISTORY, &shift)? {
        let mut draft = Draft::new(store.plan());
        for edit in &step.edits {
            let values: Vec<_> = edit.fields.clone().into_iter().collect();
            fields::set(&mut draft, subject(store.plan(), edit)?, &values)?;
        }
        let changes = draft.finish();
        store.apply(&Note::edit(step.label, step.author, step.at), changes)?;
    }
    onboarding::add(store, &shift)
}

/// What a text in JSON says, on the days to which it is moved.
fn shifted<T: DeserializeOwned>(text: &str, shift: &Shift) -> Result<T, Error> {
    let failed = |error: serde_json::Error| Error::History(error.to_string());
    let mut value = serde_json::from_str(text).map_err(failed)?;
    shift.json(&mut value)?;
    serde_json::from_value(value).map_err(failed)
}

fn subject(plan: &Plan, edit: &StepEdit) -> Result<EntityRef, Error> {
    let found = match edit.kind {
        Kind::Team => plan.find::<Team>(&edit.key).map(EntityRef::from),
        _ => plan.find::<Service>(&edit.key).map(EntityRef::from),
    };
    found.ok_or_else(|| Error::History(format!("there is no {}", edit.key)))
}
