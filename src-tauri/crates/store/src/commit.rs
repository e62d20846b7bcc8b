//! Writing: changes with their operation, undo and redo. A change that was made before another process wrote is merged
//! with what that has done.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use headroom_model::{
    Change, change,
    merge::{Merge, Patch, merge},
};
use rusqlite::TransactionBehavior;

use crate::{
    Store, backup,
    error::StoreError,
    operation::{self, Action, Links, OperationMeta, UndoStep},
    rows,
    store::is_outdated,
};

/// How often a change is merged anew when others keep writing.
const ATTEMPTS: usize = 20;

impl Store {
    /// The only way to alter a plan: applies all the changes, in the file and in memory, with an operation, or none. An
    /// empty list writes nothing. An import makes a backup first. If another process has written meanwhile, the
    /// changes are merged with what it did.
    ///
    /// # Errors
    /// [`StoreError::Conflicts`] if another process has changed the same, [`StoreError::Refused`] if the result is not a
    /// valid plan, [`StoreError::ChangedElsewhere`] if the plan was restored meanwhile (it is reloaded),
    /// [`StoreError::ReadOnly`], [`StoreError::Busy`], [`StoreError::DiskFull`], [`StoreError::Database`].
    pub fn apply(&mut self, note: &OperationMeta, changes: Vec<Change>) -> Result<(), StoreError> {
        let action = if note.is_import { Action::Import } else { Action::Edit };
        if changes.is_empty() {
            return Ok(());
        }
        if note.is_import && !self.is_read_only {
            backup::keep(&self.db, &self.path, "import", note.at)?;
        }
        let based_on = (self.stack.head(), self.head_id.clone());
        match self.commit(note, action, Links::default(), &changes) {
            Err(StoreError::ChangedElsewhere) => {
                let patches: Vec<Patch> = changes.iter().map(Patch::of).collect();
                self.merge_late(&based_on, &patches, |store, changes| {
                    store.commit(note, action, Links::default(), &changes)
                })
            }
            done => done,
        }
    }

    /// Undoes the newest operation that is in effect; gives its label.
    ///
    /// # Errors
    /// [`StoreError::NothingToUndo`], and as [`Store::apply`].
    pub fn undo(&mut self, author: &str, at: DateTime<Utc>) -> Result<String, StoreError> {
        let seq = self.stack.next_undo().ok_or(StoreError::NothingToUndo)?.seq;
        self.undo_operation(seq, author, at)
    }

    /// Undoes an operation that is in effect, also one that is not the newest; gives its label. What later operations
    /// have not touched becomes what it was.
    ///
    /// # Errors
    /// [`StoreError::NothingToUndo`] if it is not in effect, [`StoreError::Conflicts`] if later operations have changed
    /// the same, and as [`Store::apply`].
    pub fn undo_operation(
        &mut self,
        seq: i64,
        author: &str,
        at: DateTime<Utc>,
    ) -> Result<String, StoreError> {
        let label = self.stack.step(seq).ok_or(StoreError::NothingToUndo)?.label.clone();
        let back = inverted(operation::patches(&self.db, seq)?);
        self.turn(&label, Action::Undo, seq, (seq, &back), author, at)?;
        Ok(label)
    }

    /// Redoes the operation undone last; gives its label.
    ///
    /// # Errors
    /// [`StoreError::NothingToRedo`], and as [`Store::apply`].
    pub fn redo(&mut self, author: &str, at: DateTime<Utc>) -> Result<String, StoreError> {
        let (UndoStep { seq, label, .. }, undo) =
            self.stack.redo().cloned().ok_or(StoreError::NothingToRedo)?;
        // What was before the undo, whatever was undone by then.
        let forth = inverted(operation::patches(&self.db, undo)?);
        self.turn(&label, Action::Redo, seq, (undo, &forth), author, at)?;
        Ok(label)
    }

    /// Undoes or redoes: merges patches that are based on the state after an operation.
    fn turn(
        &mut self,
        label: &str,
        action: Action,
        target: i64,
        (based_on, patches): (i64, &[Patch]),
        author: &str,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let note = OperationMeta::edit(label, author, at);
        let links = Links { target: Some(target), ..Links::default() };
        for _ in 0..ATTEMPTS {
            let changes = self.merged(based_on, patches)?;
            match self.commit(&note, action, links, &changes) {
                Err(StoreError::ChangedElsewhere)
                    if self.stack.is_undone(target) == (action == Action::Redo) => {}
                done => return done,
            }
        }
        Err(StoreError::Busy)
    }

    /// The changes of patches based on the state after an operation, against the plan.
    fn merged(&self, based_on: i64, patches: &[Patch]) -> Result<Vec<Change>, StoreError> {
        let others = operation::changed_after(&self.db, based_on)?;
        let Merge { changes, conflicts, .. } = merge(&self.plan, patches, &others.into_iter().collect());
        if conflicts.is_empty() { Ok(changes) } else { Err(StoreError::Conflicts(conflicts)) }
    }

    /// Commits what was prepared before others have written, merged with what they have done.
    fn merge_late(
        &mut self,
        (seq, id): &(i64, Option<String>),
        patches: &[Patch],
        commit: impl Fn(&mut Self, Vec<Change>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        if operation::id_of(&self.db, *seq)? != *id {
            return Err(StoreError::ChangedElsewhere);
        }
        for _ in 0..ATTEMPTS {
            let changes = self.merged(*seq, patches)?;
            if changes.is_empty() {
                return Ok(());
            }
            match commit(self, changes) {
                Err(StoreError::ChangedElsewhere) => {}
                done => return done,
            }
        }
        Err(StoreError::Busy)
    }

    pub(crate) fn commit(
        &mut self,
        note: &OperationMeta,
        action: Action,
        links: Links<'_>,
        changes: &[Change],
    ) -> Result<(), StoreError> {
        if self.is_read_only {
            return Err(StoreError::ReadOnly);
        }
        Arc::make_mut(&mut self.plan).apply(changes)?;
        match self.write(note, action, links, changes) {
            Ok(seq) => {
                let (label, author) = (note.label.clone(), note.author.clone());
                self.stack.push(action, UndoStep { seq, label, author }, links.target);
                self.head_id = operation::id_of(&self.db, seq)?;
                Ok(())
            }
            Err(error) => {
                // Memory follows the file: what was not written did not happen.
                let undone = Arc::make_mut(&mut self.plan).apply(&change::inverted(changes.to_vec()));
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
        links: Links<'_>,
        changes: &[Change],
    ) -> Result<i64, StoreError> {
        let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if is_outdated(&transaction, self.writes_elsewhere, self.stack.head())? {
            return Err(StoreError::ChangedElsewhere);
        }
        rows::write(&transaction, changes)?;
        let seq = operation::append(&transaction, note, action, links, changes)?;
        transaction.commit()?;
        Ok(seq)
    }
}

/// Last first.
fn inverted(patches: Vec<Patch>) -> Vec<Patch> {
    patches.into_iter().rev().map(Patch::inverted).collect()
}
