//! New plan files: empty, with content, or together with a change of another plan that refers to them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};
use headroom_model::{Change, Plan};
use rusqlite::Connection;

use crate::{
    Store,
    apply_and_write::apply_and_write,
    backup,
    error::StoreError,
    migration,
    operation::{self, Links, OperationAction, OperationMeta},
    rows,
};

impl Store {
    /// Creates an empty plan file. Nothing is left behind on failure.
    ///
    /// # Errors
    /// [`StoreError::Exists`], [`StoreError::Io`], [`StoreError::DiskFull`], [`StoreError::Database`].
    pub fn create(path: &Path, now: DateTime<Utc>) -> Result<Self, StoreError> {
        make(path, migration::CURRENT, |db| first_rows(db, now))?;
        Self::open(path, now)
    }

    /// Creates a plan file from these changes, with one operation in its journal. It gets its name only when it is
    /// complete; nothing is left behind on failure.
    ///
    /// # Errors
    /// As [`Store::create`], and [`StoreError::FormerBackups`], [`StoreError::Refused`] if the changes do not make a
    /// valid plan.
    pub fn create_with(path: &Path, note: &OperationMeta, changes: &[Change]) -> Result<Self, StoreError> {
        // The file is meant to be shared; backups of a former plan would be taken for its own.
        if !path.exists() {
            backup::none_left(path)?;
        }
        apply_and_write(&mut Plan::default(), changes, |texts| {
            make(path, migration::CURRENT, |db| {
                first_rows(db, note.at)?;
                let transaction = db.transaction()?;
                rows::write(&transaction, changes)?;
                let links = Links::default();
                operation::append_told(&transaction, note, OperationAction::Import, links, (changes, texts))?;
                Ok(transaction.commit()?)
            })
        })??;
        Self::open(path, note.at)
    }

    /// Creates another plan file like [`Store::create_with`], and applies changes that refer to it to this plan: both
    /// or neither. Gives the path of the new file.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`], and as [`Store::create_with`] and [`Store::apply`].
    pub fn create_beside(
        &mut self,
        path: &Path,
        (note, changes): (&OperationMeta, &[Change]),
        (remember, remembered): (&OperationMeta, Vec<Change>),
    ) -> Result<PathBuf, StoreError> {
        if self.is_read_only() {
            return Err(StoreError::ReadOnly);
        }
        let other = Self::create_with(path, note, changes)?.path().to_owned();
        if let Err(error) = self.apply(remember, remembered) {
            fs::remove_file(&other)
                .map_err(StoreError::io(format!("could not remove {}", other.display())))?;
            return Err(error);
        }
        Ok(other)
    }
}

/// The rows of the table `plan` that every file has.
fn first_rows(db: &Connection, now: DateTime<Utc>) -> Result<(), StoreError> {
    db.execute(
        "INSERT INTO plan (name, value) VALUES ('created_at', ?1), ('identity', lower(hex(randomblob(16))))",
        [now.to_rfc3339()],
    )?;
    Ok(())
}

/// Creates a file with the schema of this format, fills it, and only then gives it its name.
pub(crate) fn make(
    path: &Path,
    format: i64,
    fill: impl FnOnce(&mut Connection) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    if path.exists() {
        return Err(StoreError::Exists(path.to_owned()));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)
        .map_err(StoreError::io(format!("could not create the folder {}", folder.display())))?;
    // A half-made plan must never be found under its own name.
    let draft = tempfile::Builder::new()
        .prefix(".new-plan-")
        .tempfile_in(folder)
        .map_err(StoreError::io(format!("could not create a plan in {}", folder.display())))?;
    let mut db = Connection::open(draft.path())?;
    // Worthless until it is named, so no step needs SQLite's journal or has to reach the disk.
    db.pragma_update(None, "journal_mode", "MEMORY")?;
    db.pragma_update(None, "synchronous", "OFF")?;
    db.pragma_update(None, "foreign_keys", false)?;
    migration::take_steps(&db, 0, format)?;
    fill(&mut db)?;
    drop(db);
    draft.as_file().sync_all().map_err(StoreError::io(format!("could not write {}", path.display())))?;
    draft.persist_noclobber(path).map_err(|error| match error.error.kind() {
        std::io::ErrorKind::AlreadyExists => StoreError::Exists(path.to_owned()),
        _ => StoreError::io(format!("could not save {}", path.display()))(error.error),
    })?;
    Ok(())
}
