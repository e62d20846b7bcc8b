//! Backups: copies of a plan in `NAME.headroom.backups` beside it, made before every import, migration and restore.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use chrono::{DateTime, NaiveDateTime, Utc};
use rusqlite::{Connection, backup};

use crate::error::StoreError;

/// Number of backups kept of a plan; the oldest are deleted first.
const KEPT: usize = 20;
const STAMP: &str = "%Y-%m-%dT%H%M%S%3fZ";

/// A backup of a plan.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Backup {
    pub path: PathBuf,
    pub at: DateTime<Utc>,
    /// The operation it was made before: `import`, `migration`, `restore`.
    pub reason: String,
    pub bytes: u64,
}

fn folder_of(plan: &Path) -> PathBuf {
    let mut name = OsString::from(plan.file_name().unwrap_or_default());
    name.push(".backups");
    plan.with_file_name(name)
}

/// The backups of the plan at this path, newest first.
///
/// # Errors
/// [`StoreError::Io`] if the folder exists and cannot be read.
pub fn backups_of(plan: &Path) -> Result<Vec<Backup>, StoreError> {
    let folder = folder_of(plan);
    let mut found = Vec::new();
    if !folder.exists() {
        return Ok(found);
    }
    let doing = || format!("could not read {}", folder.display());
    for entry in fs::read_dir(&folder).map_err(StoreError::io(doing()))? {
        let entry = entry.map_err(StoreError::io(doing()))?;
        let bytes = entry.metadata().map_or(0, |info| info.len());
        found.extend(parse(entry.path(), bytes));
    }
    found.sort_by(|a, b| b.path.cmp(&a.path));
    Ok(found)
}

/// Checks that a plan still to be created has no backup folder, or an empty one.
///
/// # Errors
/// [`StoreError::FormerBackups`] if there is anything in it, [`StoreError::Io`] if it cannot be read.
pub(crate) fn none_left(plan: &Path) -> Result<(), StoreError> {
    let folder = folder_of(plan);
    if !folder.exists() {
        return Ok(());
    }
    let mut entries =
        fs::read_dir(&folder).map_err(StoreError::io(format!("could not read {}", folder.display())))?;
    if entries.next().is_some() { Err(StoreError::FormerBackups(folder)) } else { Ok(()) }
}

fn parse(path: PathBuf, bytes: u64) -> Option<Backup> {
    let name = path.file_name()?.to_str()?.strip_suffix(".headroom")?;
    let (stamp, reason) = name.split_once(" before ")?;
    let at = NaiveDateTime::parse_from_str(stamp, STAMP).ok()?.and_utc();
    let reason = reason.to_owned();
    Some(Backup { path, at, reason, bytes })
}

/// Makes a backup of the plan as it is now.
pub(crate) fn keep(
    db: &Connection,
    plan: &Path,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<PathBuf, StoreError> {
    let folder = folder_of(plan);
    fs::create_dir_all(&folder)
        .map_err(StoreError::io(format!("could not create the folder {}", folder.display())))?;
    let path = folder.join(format!("{} before {reason}.headroom", now.format(STAMP)));
    // Has another name until it is complete.
    let draft = tempfile::Builder::new()
        .prefix(".unfinished-")
        .tempfile_in(&folder)
        .map_err(StoreError::io(format!("could not create a backup in {}", folder.display())))?;
    let mut copied = Connection::open(draft.path())?;
    // Worthless until it is renamed, so no step needs to reach the disk on its own.
    copied.pragma_update(None, "synchronous", "OFF")?;
    copy(db, &mut copied)?;
    drop(copied);
    draft.as_file().sync_all().map_err(StoreError::io("could not write a backup"))?;
    draft.persist(&path).map_err(|error| StoreError::io("could not save a backup")(error.error))?;
    for old in backups_of(plan)?.into_iter().skip(KEPT) {
        // One backup too many does no harm.
        let _ = fs::remove_file(old.path);
    }
    Ok(path)
}

/// Replaces a damaged plan by a copy of a backup. The damaged file is moved to the backups, together with SQLite's
/// journal of an unfinished write.
pub(crate) fn put_in_place(backup: &Path, plan: &Path, now: DateTime<Utc>) -> Result<(), StoreError> {
    let doing = || format!("could not restore {}", plan.display());
    let folder = folder_of(plan);
    fs::create_dir_all(&folder)
        .map_err(StoreError::io(format!("could not create the folder {}", folder.display())))?;
    let beside = plan.parent().unwrap_or(Path::new("."));
    let draft =
        tempfile::Builder::new().prefix(".restored-").tempfile_in(beside).map_err(StoreError::io(doing()))?;
    fs::copy(backup, draft.path()).map_err(StoreError::io(doing()))?;
    draft.as_file().sync_all().map_err(StoreError::io(doing()))?;
    let damaged = folder.join(format!("{} damaged", now.format(STAMP)));
    fs::copy(plan, &damaged).map_err(StoreError::io(doing()))?;
    let mut unfinished = plan.as_os_str().to_owned();
    unfinished.push("-journal");
    if Path::new(&unfinished).exists() {
        // It belongs to the damaged file and would corrupt the one in its place.
        fs::rename(&unfinished, damaged.with_extension("damaged-journal"))
            .map_err(StoreError::io(doing()))?;
    }
    draft.persist(plan).map_err(|error| StoreError::io(doing())(error.error))?;
    Ok(())
}

pub(crate) fn copy(from: &Connection, to: &mut Connection) -> Result<(), StoreError> {
    let steps = backup::Backup::new(from, to)?;
    loop {
        match steps.step(-1)? {
            backup::StepResult::Done => return Ok(()),
            backup::StepResult::More => {}
            _ => return Err(StoreError::Busy),
        }
    }
}
