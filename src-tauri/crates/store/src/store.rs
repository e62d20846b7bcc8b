//! The open plan file: reading, writing, undo and redo, reloading, restoring.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use chrono::{DateTime, Utc};
use headroom_model::{Change, Kind, Money, Plan, PositionId, ScenarioId};
use rusqlite::{Connection, OpenFlags, config::DbConfig};
use rustc_hash::FxHashMap;

use crate::{
    backup,
    error::StoreError,
    late_reading::LateReading,
    line::{OperationLine, OperationLines},
    migration,
    open_scenarios::KnownChanges,
    operation::{self, Operation},
    rows, shape,
    undo_stack::{UndoStack, UndoStep},
};

/// How long to wait for another process that is writing.
const PATIENCE: Duration = Duration::from_secs(5);

/// How much of a file SQLite keeps in memory, in KiB: all that a large import writes, so that no page is written twice.
pub(crate) const CACHE_KIB: i64 = 128 << 10;

/// While rows are only added, each page is written once: more place would only have to be filled.
pub(crate) const ADDING_CACHE_KIB: i64 = 8 << 10;

/// An open plan file and the plan in it.
#[derive(Debug)]
pub struct Store {
    pub(crate) db: Connection,
    pub(crate) path: PathBuf,
    /// The plan and its scenarios, and which of them is read and written.
    pub(crate) lines: OperationLines,
    /// The number of the newest operation known, of whichever line.
    pub(crate) newest: i64,
    /// `PRAGMA data_version` when the plan was last read: it changes when another connection writes.
    pub(crate) writes_elsewhere: i64,
    pub(crate) is_read_only: bool,
    /// What others have written and nobody has been told of: from after one operation up to another.
    news: Vec<(i64, i64)>,
    /// What is known of open scenarios.
    pub(crate) known_changes: FxHashMap<ScenarioId, KnownChanges>,
}

impl Store {
    /// Identifies the plan, wherever its file is copied.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn identity(&self) -> Result<String, StoreError> {
        identity(&self.db)
    }

    /// A random token of 128 bits, as hexadecimal.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn token(&self) -> Result<String, StoreError> {
        Ok(self.db.query_row("SELECT lower(hex(randomblob(16)))", [], |row| row.get(0))?)
    }

    /// Every amount of money in the journal: all that the plan has ever had.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn all_amounts_in_history(&self) -> Result<Vec<Money>, StoreError> {
        operation::amounts(&self.db)
    }

    /// Opens a plan file. An older format is migrated first, after a backup; `now` is the time of that. A file that
    /// may not be written opens read-only.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::Folder`], [`StoreError::Foreign`], [`StoreError::Newer`],
    /// [`StoreError::Prepared`], [`StoreError::Damaged`], [`StoreError::Inconsistent`], [`StoreError::Refused`] if
    /// the rows are not a valid plan, [`StoreError::OldAndReadOnly`]; the file is unchanged.
    pub fn open(path: &Path, now: DateTime<Utc>) -> Result<Self, StoreError> {
        let path = fs::canonicalize(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => StoreError::Missing(path.to_owned()),
            _ => StoreError::io(format!("could not open {}", path.display()))(error),
        })?;
        let (mut db, is_read_only) = connect(&path)?;
        let found = identify(&db, &path)?;
        shape::check(&db, found, &path)?;
        if found < migration::CURRENT {
            if is_read_only {
                return Err(StoreError::OldAndReadOnly);
            }
            backup::keep(&db, &path, "migration", now)?;
            migration::migrate(&mut db)?;
        }
        let transaction = db.transaction()?;
        let lines = OperationLines::new(OperationLine::of_plan(&transaction)?);
        let newest = operation::head(&transaction)?;
        let writes_elsewhere = writes_elsewhere(&transaction)?;
        transaction.finish()?;
        // Only now: what is read once needs no place in memory.
        set_cache(&db, CACHE_KIB)?;
        Ok(Self {
            db,
            path,
            lines,
            newest,
            writes_elsewhere,
            is_read_only,
            news: Vec::new(),
            known_changes: FxHashMap::default(),
        })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The plan, or what the scenario that is shown makes of it.
    pub fn plan(&self) -> &Arc<Plan> {
        &self.lines.shown().plan
    }

    /// Keeps back what follows from salaries, in the plan and in scenarios, or shows it; gives whether it was otherwise.
    /// The file is as before.
    pub fn hide_pay(&mut self, is_hidden: bool) -> bool {
        self.lines.hide_pay(is_hidden)
    }

    /// How reading goes that is not finished when a plan is open.
    pub fn late_reading(&self) -> &LateReading {
        &self.lines.plan.late_reading
    }

    pub(crate) fn stack(&self) -> &UndoStack {
        &self.lines.shown().stack
    }

    pub fn is_read_only(&self) -> bool {
        self.is_read_only
    }

    /// Reloads the plan if another process has written to it; gives whether it did.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn refresh(&mut self) -> Result<bool, StoreError> {
        let is_changed = is_outdated(&self.db, self.writes_elsewhere, self.newest)?;
        if is_changed {
            self.reload()?;
        }
        Ok(is_changed)
    }

    /// Reads the plan anew, since another process has written to it, and the scenario that is shown.
    ///
    /// # Errors
    /// [`StoreError::NoScenario`] if that is there no more: then the plan itself is shown.
    pub(crate) fn reload(&mut self) -> Result<(), StoreError> {
        let scenario = self.scenario();
        let transaction = self.db.transaction()?;
        let mut lines = OperationLines::new(OperationLine::of_plan(&transaction)?);
        let shown = lines.show(&transaction, scenario);
        let newest = operation::head(&transaction)?;
        let writes_elsewhere = writes_elsewhere(&transaction)?;
        transaction.finish()?;
        self.lines = lines;
        self.news.push((self.newest, newest));
        self.newest = newest;
        self.writes_elsewhere = writes_elsewhere;
        shown
    }

    /// Whether other processes have written since that was asked last.
    pub fn has_news(&self) -> bool {
        !self.news.is_empty()
    }

    /// What other processes have done to the plan since this was asked last, in their order. What they have brought with
    /// a copy is told by their merge.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn take_news(&mut self) -> Result<Vec<Operation>, StoreError> {
        let mut found = Vec::new();
        for (after, until) in std::mem::take(&mut self.news) {
            found.extend(operation::between(&self.db, self.lines.shown().scope(), after, until)?);
        }
        Ok(found)
    }

    /// The operation that undo would undo.
    pub fn next_undo(&self) -> Option<&UndoStep> {
        self.stack().next_undo()
    }

    /// Whether a step is what was written here last, rather than by another process or before the file was opened.
    pub fn is_own_last(&self, step: &UndoStep) -> bool {
        self.lines.shown().own_id.as_ref() == Some(&step.id)
    }

    /// The operation that redo would redo.
    pub fn next_redo(&self) -> Option<&UndoStep> {
        self.stack().next_redo()
    }

    /// The operations written last before number `before` (or of all), sorted by time, newest first. Those of a copy
    /// follow the merge that brought them.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn history(&self, before: Option<i64>, limit: u32) -> Result<Vec<Operation>, StoreError> {
        operation::entries(&self.db, self.lines.shown().scope(), before, limit)
    }

    /// The operations on a position or its assignments, newest first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn history_of_position(&self, id: PositionId, limit: u32) -> Result<Vec<Operation>, StoreError> {
        operation::entries_of_position(&self.db, self.lines.shown().scope(), id.0, limit)
    }

    /// The changes of an operation, each with the fields that differ and no others.
    ///
    /// # Errors
    /// [`StoreError::Database`] if there is no such operation, [`StoreError::Inconsistent`] if it cannot be parsed.
    pub fn changes_of(&self, seq: i64) -> Result<Vec<Change>, StoreError> {
        operation::changes(&self.db, seq)
    }

    /// The sequence number of the newest operation; 0 if there is none.
    pub fn newest_operation(&self) -> i64 {
        self.stack().head()
    }

    /// How many operations are in the file: of the plan, of copies, of scenarios.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn operation_count(&self) -> Result<u32, StoreError> {
        Ok(self.db.query_row("SELECT count(*) FROM operation", [], |row| row.get(0))?)
    }

    /// The kinds of entity that each operation has changed.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn kinds_of_operations(&self) -> Result<FxHashMap<i64, Vec<Kind>>, StoreError> {
        operation::kinds(&self.db)
    }

    /// Whether an operation is in effect and can be undone by itself.
    pub fn can_undo(&self, seq: i64) -> bool {
        self.stack().step(seq).is_some()
    }

    /// Whether an operation has been undone, or the merge that brought it.
    pub fn is_undone(&self, seq: i64) -> bool {
        self.lines.shown().is_undone(seq)
    }

    /// Replaces the content of the plan by that of a backup, after making another backup.
    ///
    /// # Errors
    /// As [`Store::open`] if the backup is not a valid plan, and [`StoreError::ReadOnly`]; the plan is unchanged.
    pub fn restore(&mut self, from: &Path, now: DateTime<Utc>) -> Result<(), StoreError> {
        if self.is_read_only {
            return Err(StoreError::ReadOnly);
        }
        let (source, _) = connect(from)?;
        shape::check(&source, identify(&source, from)?, from)?;
        migration::in_current_format(&source, rows::load)?;
        backup::keep(&self.db, &self.path, "restore", now)?;
        backup::copy(&source, &mut self.db)?;
        migration::migrate(&mut self.db)?;
        self.reload()?;
        self.news.clear();
        Ok(())
    }

    /// Replaces a plan that can no longer be opened by a backup. The damaged file is kept among the backups.
    ///
    /// # Errors
    /// As [`Store::open`] if the backup is not a valid plan, and [`StoreError::Io`]; the damaged file stays in place.
    pub fn recover(path: &Path, from: &Path, now: DateTime<Utc>) -> Result<Self, StoreError> {
        let (source, _) = connect(from)?;
        shape::check(&source, identify(&source, from)?, from)?;
        migration::in_current_format(&source, rows::load)?;
        drop(source);
        let path =
            fs::canonicalize(path).map_err(StoreError::io(format!("could not open {}", path.display())))?;
        backup::put_in_place(from, &path, now)?;
        Self::open(&path, now)
    }
}

pub(crate) fn identity(db: &Connection) -> Result<String, StoreError> {
    Ok(db.query_row("SELECT value FROM plan WHERE name = 'identity'", [], |row| row.get(0))?)
}

/// Whether another process has written since the plan was read. The newest sequence number alone is not enough: after
/// a restore it may be the same again.
pub(crate) fn is_outdated(db: &Connection, known_writes: i64, known_head: i64) -> Result<bool, StoreError> {
    Ok(writes_elsewhere(db)? != known_writes || operation::head(db)? != known_head)
}

fn writes_elsewhere(db: &Connection) -> Result<i64, StoreError> {
    Ok(db.pragma_query_value(None, "data_version", |row| row.get(0))?)
}

/// Opens a database file, for writing where that is allowed.
pub(crate) fn connect(path: &Path) -> Result<(Connection, bool), StoreError> {
    let info = fs::metadata(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => StoreError::Missing(path.to_owned()),
        _ => StoreError::io(format!("could not open {}", path.display()))(error),
    })?;
    if info.is_dir() {
        return Err(StoreError::Folder(path.to_owned()));
    }
    check_header(path, info.len())?;
    // Root may write anywhere; a file marked read-only is meant to stay as it is all the same.
    let is_marked = info.permissions().readonly();
    let is_read_only = is_marked || fs::OpenOptions::new().write(true).open(path).is_err();
    let flags =
        if is_read_only { OpenFlags::SQLITE_OPEN_READ_ONLY } else { OpenFlags::SQLITE_OPEN_READ_WRITE };
    let db = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    db.busy_timeout(PATIENCE)?;
    forbid_code(&db)?;
    // The plan in memory is validated as a whole; row by row, a child may come before its parent.
    db.pragma_update(None, "foreign_keys", false)?;
    db.set_prepared_statement_cache_capacity(64);
    Ok((db, is_read_only))
}

pub(crate) fn set_cache(db: &Connection, kib: i64) -> rusqlite::Result<()> {
    // Negative: in KiB and not in pages.
    db.pragma_update(None, "cache_size", -kib)
}

/// Nothing that someone has put or puts into the file may run.
pub(crate) fn forbid_code(db: &Connection) -> Result<(), StoreError> {
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    Ok(())
}

fn check_header(path: &Path, length: u64) -> Result<(), StoreError> {
    use std::io::Read;
    let foreign = |found| StoreError::Foreign { path: path.to_owned(), found };
    if length == 0 {
        return Err(foreign(Some("empty")));
    }
    let mut start = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(16).read_to_end(&mut start))
        .map_err(StoreError::io(format!("could not read {}", path.display())))?;
    if start == b"SQLite format 3\0" { Ok(()) } else { Err(foreign(Some("some other kind of file"))) }
}

/// The format of the plan in this database.
pub(crate) fn identify(db: &Connection, path: &Path) -> Result<i64, StoreError> {
    let id: i64 = db.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let found = migration::version(db)?;
    if id != migration::APPLICATION_ID || found == 0 {
        return Err(StoreError::Foreign {
            path: path.to_owned(),
            found: Some("the database of another program"),
        });
    }
    if found > migration::CURRENT {
        return Err(StoreError::Newer { path: path.to_owned(), found, known: migration::CURRENT });
    }
    check_length(db, path)?;
    Ok(found)
}

/// SQLite reads the missing end of the last page as zeros. By now it has completed an interrupted write.
fn check_length(db: &Connection, path: &Path) -> Result<(), StoreError> {
    let page: u32 = db.pragma_query_value(None, "page_size", |row| row.get(0))?;
    let info = fs::metadata(path).map_err(StoreError::io(format!("could not open {}", path.display())))?;
    if page > 0 && info.len() % u64::from(page) != 0 {
        return Err(StoreError::Damaged("the end of the file is missing".to_owned()));
    }
    Ok(())
}
