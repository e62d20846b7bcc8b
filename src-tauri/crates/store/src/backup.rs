//! Copies of the plan, kept beside it in `NAME.headroom.backups`, before whatever could go badly wrong.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use chrono::{DateTime, NaiveDateTime, Utc};
use rusqlite::{Connection, backup};

use crate::error::StoreError;

/// How many backups of one plan are kept; the oldest go first.
const KEPT: usize = 20;
const STAMP: &str = "%Y-%m-%dT%H%M%S%3fZ";

/// A copy of the plan as it was.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Backup {
    pub path: PathBuf,
    pub at: DateTime<Utc>,
    /// What it was made before: `import`, `migration`, `restore`.
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
/// When the folder is there and cannot be read.
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

/// Whether the folder for the backups of a plan that is still to be made is empty or not there.
///
/// # Errors
/// [`Error::FormerBackups`] when anything lies in it, damaged plans too.
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

/// Keeps a copy of the plan as it is now.
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
    // Under another name until it is whole.
    let draft = tempfile::Builder::new()
        .prefix(".unfinished-")
        .tempfile_in(&folder)
        .map_err(StoreError::io(format!("could not create a backup in {}", folder.display())))?;
    let mut copied = Connection::open(draft.path())?;
    // The copy is worth nothing until it is renamed, so no step of it needs to reach the disk on its own.
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

/// Puts a copy of a backup in place of a damaged plan, which is moved among the backups, with what SQLite left of an
/// unfinished write to it.
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
        // It belongs to the damaged file, and would spoil the one that takes its place.
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
