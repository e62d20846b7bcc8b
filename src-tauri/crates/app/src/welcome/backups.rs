//! Backups of the open plan, and of one that is too damaged to be opened.

use std::{fs, path::Path};

use chrono::{DateTime, Utc};
use headroom_store::{Backup, Store, backups_of};
use serde::Serialize;

use super::plans::remember;
use crate::{
    error::Answer,
    state::{AppState, now},
};

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct BackupRow {
    pub path: String,
    pub at: DateTime<Utc>,
    /// The operation it was made before.
    pub reason: String,
    pub bytes: u32,
}

/// Backups of the open plan, newest first.
#[specta::specta]
pub fn backups(app: &AppState) -> Answer<Vec<BackupRow>> {
    let path = app.with_store(|store, _| store.path().to_owned())?;
    rows_of(&path)
}

fn rows_of(plan: &Path) -> Answer<Vec<BackupRow>> {
    let row = |backup: Backup| BackupRow {
        path: backup.path.display().to_string(),
        at: backup.at,
        reason: backup.reason,
        bytes: u32::try_from(backup.bytes).unwrap_or(u32::MAX),
    };
    Ok(backups_of(plan)?.into_iter().map(row).collect())
}

/// Replaces the plan by a backup, after a backup of its current state.
#[specta::specta]
pub fn restore_backup(app: &AppState, path: String) -> Answer<()> {
    app.alter(|store| store.restore(Path::new(&path), now()))
}

/// The backups of a plan that is too damaged to be opened, newest first; none of any other.
#[specta::specta]
pub fn rescue(path: String) -> Answer<Vec<BackupRow>> {
    match Store::open(Path::new(&path), now()) {
        Err(error) if error.is_damage() => rows_of(&fs::canonicalize(&path).unwrap_or_else(|_| path.into())),
        _ => Ok(Vec::new()),
    }
}

/// Replaces a plan that is too damaged to be opened by a backup, keeps the damaged file among the backups, and opens
/// the plan.
#[specta::specta]
pub fn recover_plan(app: &AppState, path: String, backup: String) -> Answer<()> {
    app.put(Store::recover(Path::new(&path), Path::new(&backup), now())?);
    remember(app);
    Ok(())
}
