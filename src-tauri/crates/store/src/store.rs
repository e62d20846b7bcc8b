use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use chrono::{DateTime, Utc};
use headroom_model::{Change, Money, Plan, PositionId, change};
use rusqlite::{Connection, OpenFlags, TransactionBehavior, config::DbConfig};

use crate::{
    backup,
    error::StoreError,
    journal::{self, Action, Operation, OperationMeta, UndoStack, UndoStep},
    migration, shape, table,
};

/// How long to wait for another process that is writing just now.
const PATIENCE: Duration = Duration::from_secs(5);

/// An open plan file and what it holds.
#[derive(Debug)]
pub struct Store {
    db: Connection,
    path: PathBuf,
    plan: Arc<Plan>,
    stack: UndoStack,
    /// SQLite's count of what other connections have written, as of the last reading.
    writes_elsewhere: i64,
    is_read_only: bool,
}

impl Store {
    /// What tells the plan from any other, wherever its file is copied: the moment in which it was made.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn identity(&self) -> Result<String, StoreError> {
        let sql = "SELECT value FROM plan WHERE name = 'created_at'";
        Ok(self.db.query_row(sql, [], |row| row.get(0))?)
    }

    /// A word that nobody can guess, another one each time.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn token(&self) -> Result<String, StoreError> {
        Ok(self.db.query_row("SELECT lower(hex(randomblob(16)))", [], |row| row.get(0))?)
    }

    /// Every amount of money that the journal names: those that the plan once held.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn all_amounts_in_history(&self) -> Result<Vec<Money>, StoreError> {
        journal::amounts(&self.db)
    }

    /// Opens a plan file, bringing it to the present format first (with a backup, named after `now`).
    /// A file that may not be written opens read-only.
    ///
    /// # Errors
    /// Says what is wrong with the file, which stays as it was.
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
        let plan = Arc::new(table::load(&transaction)?);
        let stack = UndoStack::load(&transaction)?;
        let writes_elsewhere = writes_elsewhere(&transaction)?;
        transaction.finish()?;
        Ok(Self { db, path, plan, stack, writes_elsewhere, is_read_only })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    pub fn is_read_only(&self) -> bool {
        self.is_read_only
    }

    /// The one way to alter a plan: all the changes, in the file and in memory, with an entry in the journal, or
    /// none. An empty list writes nothing. An import keeps a backup first.
    ///
    /// # Errors
    /// [`Error::Refused`] when the plan would not hold together, [`Error::ChangedElsewhere`] after another process
    /// has written (the plan has been read anew then), and whatever the disk says.
    pub fn apply(&mut self, note: &OperationMeta, changes: Vec<Change>) -> Result<(), StoreError> {
        let action = if note.is_import { Action::Import } else { Action::Edit };
        if changes.is_empty() {
            return Ok(());
        }
        if note.is_import && !self.is_read_only {
            backup::keep(&self.db, &self.path, "import", note.at)?;
        }
        self.commit(note, action, None, changes)
    }

    /// Takes back the newest list that stands; gives its label.
    ///
    /// # Errors
    /// [`Error::NothingToUndo`], and as [`Store::apply`].
    pub fn undo(&mut self, author: &str, at: DateTime<Utc>) -> Result<String, StoreError> {
        let UndoStep { seq, label, .. } = self.stack.next_undo().cloned().ok_or(StoreError::NothingToUndo)?;
        let changes = change::inverted(journal::changes(&self.db, seq)?);
        self.commit(&OperationMeta::edit(label.as_str(), author, at), Action::Undo, Some(seq), changes)?;
        Ok(label)
    }

    /// Makes again what was taken back last; gives its label.
    ///
    /// # Errors
    /// [`Error::NothingToRedo`], and as [`Store::apply`].
    pub fn redo(&mut self, author: &str, at: DateTime<Utc>) -> Result<String, StoreError> {
        let UndoStep { seq, label, .. } = self.stack.next_redo().cloned().ok_or(StoreError::NothingToRedo)?;
        let changes = journal::changes(&self.db, seq)?;
        self.commit(&OperationMeta::edit(label.as_str(), author, at), Action::Redo, Some(seq), changes)?;
        Ok(label)
    }

    fn commit(
        &mut self,
        note: &OperationMeta,
        action: Action,
        target: Option<i64>,
        changes: Vec<Change>,
    ) -> Result<(), StoreError> {
        if self.is_read_only {
            return Err(StoreError::ReadOnly);
        }
        Arc::make_mut(&mut self.plan).apply(&changes)?;
        match self.write(note, action, target, &changes) {
            Ok(seq) => {
                let (label, author) = (note.label.clone(), note.author.clone());
                self.stack.push(action, UndoStep { seq, label, author });
                Ok(())
            }
            Err(error) => {
                // Memory follows the file: what was not written has not happened.
                let undone = Arc::make_mut(&mut self.plan).apply(&change::inverted(changes));
                if undone.is_err() || matches!(error, StoreError::ChangedElsewhere) {
                    self.reload()?;
                }
                Err(error)
            }
        }
    }

    fn write(
        &mut self,
        note: &OperationMeta,
        action: Action,
        target: Option<i64>,
        changes: &[Change],
    ) -> Result<i64, StoreError> {
        let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if is_outdated(&transaction, self.writes_elsewhere, self.stack.head())? {
            return Err(StoreError::ChangedElsewhere);
        }
        table::write(&transaction, changes)?;
        let seq = journal::append(&transaction, note, action, target, changes)?;
        transaction
            .prepare_cached("UPDATE plan SET value = ?1 WHERE name = 'next_id'")?
            .execute([self.plan.next_id().to_string()])?;
        transaction.commit()?;
        Ok(seq)
    }

    /// Reads the plan anew if another process has written to it; says whether it did.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn refresh(&mut self) -> Result<bool, StoreError> {
        let is_changed = is_outdated(&self.db, self.writes_elsewhere, self.stack.head())?;
        if is_changed {
            self.reload()?;
        }
        Ok(is_changed)
    }

    fn reload(&mut self) -> Result<(), StoreError> {
        let transaction = self.db.transaction()?;
        let plan = table::load(&transaction)?;
        let stack = UndoStack::load(&transaction)?;
        let writes_elsewhere = writes_elsewhere(&transaction)?;
        transaction.finish()?;
        self.plan = Arc::new(plan);
        self.stack = stack;
        self.writes_elsewhere = writes_elsewhere;
        Ok(())
    }

    /// What undo would take back.
    pub fn next_undo(&self) -> Option<&UndoStep> {
        self.stack.next_undo()
    }

    /// What redo would make again.
    pub fn next_redo(&self) -> Option<&UndoStep> {
        self.stack.next_redo()
    }

    /// The entries that were written last before the one numbered `before`, in order of time, newest first.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn history(&self, before: Option<i64>, limit: u32) -> Result<Vec<Operation>, StoreError> {
        journal::entries(&self.db, before, limit)
    }

    /// Entries that altered a position or who is in it, newest first.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn history_of_position(&self, id: PositionId, limit: u32) -> Result<Vec<Operation>, StoreError> {
        journal::entries_of_position(&self.db, id.0, limit)
    }

    /// The changes of one entry, as they were made (an undo's are its target's, inverted).
    ///
    /// # Errors
    /// When there is no such entry, or it cannot be read.
    pub fn changes_of(&self, seq: i64) -> Result<Vec<Change>, StoreError> {
        journal::changes(&self.db, seq)
    }

    /// True for an entry that has been taken back.
    pub fn is_undone(&self, seq: i64) -> bool {
        self.stack.is_undone(seq)
    }

    /// Puts the contents of a backup in place of the plan's, after a backup of those.
    ///
    /// # Errors
    /// When the backup is no sound plan; the plan is unchanged then.
    pub fn restore(&mut self, from: &Path, now: DateTime<Utc>) -> Result<(), StoreError> {
        if self.is_read_only {
            return Err(StoreError::ReadOnly);
        }
        let (source, _) = connect(from)?;
        shape::check(&source, identify(&source, from)?, from)?;
        table::load(&source)?;
        backup::keep(&self.db, &self.path, "restore", now)?;
        backup::copy(&source, &mut self.db)?;
        migration::migrate(&mut self.db)?;
        self.reload()
    }

    /// Puts a backup in place of a plan that cannot be opened any more. The damaged file is kept among the backups.
    ///
    /// # Errors
    /// When the backup is no sound plan, or the disk refuses; the damaged file is where it was then.
    pub fn recover(path: &Path, from: &Path, now: DateTime<Utc>) -> Result<Self, StoreError> {
        let (source, _) = connect(from)?;
        shape::check(&source, identify(&source, from)?, from)?;
        table::load(&source)?;
        drop(source);
        let path =
            fs::canonicalize(path).map_err(StoreError::io(format!("could not open {}", path.display())))?;
        backup::put_in_place(from, &path, now)?;
        Self::open(&path, now)
    }
}

/// Whether another process has written since the plan was read. The journal's head alone does not tell: it may have
/// the same number again after a backup was restored.
fn is_outdated(db: &Connection, known_writes: i64, known_head: i64) -> Result<bool, StoreError> {
    Ok(writes_elsewhere(db)? != known_writes || journal::head(db)? != known_head)
}

fn writes_elsewhere(db: &Connection) -> Result<i64, StoreError> {
    Ok(db.pragma_query_value(None, "data_version", |row| row.get(0))?)
}

/// Opens the database in a file that is one, for writing where that is allowed.
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
    // What somebody may have put into the file, or puts there while it is open, does not run.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    // The plan in memory has been checked whole; row by row, a child may come before its parent.
    db.pragma_update(None, "foreign_keys", false)?;
    db.set_prepared_statement_cache_capacity(64);
    Ok((db, is_read_only))
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

/// SQLite takes what is missing of the last page for zeros. By now it has made good a write that was broken off.
fn check_length(db: &Connection, path: &Path) -> Result<(), StoreError> {
    let page: u32 = db.pragma_query_value(None, "page_size", |row| row.get(0))?;
    let info = fs::metadata(path).map_err(StoreError::io(format!("could not open {}", path.display())))?;
    if page > 0 && info.len() % u64::from(page) != 0 {
        return Err(StoreError::Damaged("the end of the file is missing".to_owned()));
    }
    Ok(())
}
