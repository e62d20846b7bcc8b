//! Writing: changes with their operation, undo and redo. A change that was made before another process wrote is merged
//! with what that has done.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use headroom_model::{
    Change, Kind, ScenarioId, change, free_aside,
    merge::{Choice, Conflict, Merge, Patch, PatchTexts, merge, squashed},
};
use rusqlite::{Connection, TransactionBehavior};

use crate::{
    Store,
    apply_and_write::apply_and_write,
    backup,
    error::StoreError,
    line::{OperationLine, inverted},
    operation::{self, Links, OperationAction, OperationMeta},
    operation_change, rows,
    store::{ADDING_CACHE_KIB, CACHE_KIB, is_outdated, set_cache},
    undo_stack::UndoStep,
};

/// How often a change is merged anew when others keep writing.
const ATTEMPTS: usize = 20;

/// From how many new rows on it matters how much of the file is kept in memory.
const MANY: usize = 100_000;

/// What is written with an operation besides its changes: in the same transaction, so both or neither.
pub(crate) trait Beside {
    /// Whether there is still something to write it for, after others have written.
    ///
    /// # Errors
    /// [`StoreError::ChangedElsewhere`] if there is not.
    fn check(&self, _store: &Store) -> Result<(), StoreError> {
        Ok(())
    }

    /// Writes what comes before the operation; gives the operations of a copy that were adopted.
    fn write_before(&self, _db: &Connection) -> Result<Vec<i64>, StoreError> {
        Ok(Vec::new())
    }

    /// Writes what refers to the operation.
    fn write_after(&self, db: &Connection, seq: i64) -> Result<(), StoreError>;
}

/// An operation to be committed.
#[derive(Clone, Copy)]
pub(crate) struct NewOperation<'a> {
    pub note: &'a OperationMeta,
    pub action: OperationAction,
    pub links: Links<'a>,
    pub beside: Option<&'a dyn Beside>,
}

impl<'a> NewOperation<'a> {
    pub fn new(note: &'a OperationMeta, action: OperationAction) -> Self {
        Self { note, action, links: Links::default(), beside: None }
    }
}

/// An operation that was written.
struct Written {
    seq: i64,
    id: String,
    /// The newest operation in the file: written beside it, if not itself.
    newest: i64,
    /// The operations of a copy before it.
    adopted: Vec<i64>,
}

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
        let action = if note.is_import { OperationAction::Import } else { OperationAction::Edit };
        if changes.is_empty() {
            return Ok(());
        }
        if note.is_import && !self.is_read_only {
            backup::keep(&self.db, &self.path, "import", note.at)?;
        }
        let done = self.commit_or_merge(NewOperation::new(note, action), &changes);
        if note.is_import {
            free_aside(changes);
        }
        done
    }

    /// Undoes the newest operation that is in effect; gives its label.
    ///
    /// # Errors
    /// [`StoreError::NothingToUndo`], and as [`Store::apply`].
    pub fn undo(&mut self, author: &str, at: DateTime<Utc>) -> Result<String, StoreError> {
        let seq = self.stack().next_undo().ok_or(StoreError::NothingToUndo)?.seq;
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
        self.undo_deciding(seq, author, at, &[])
    }

    /// [`Store::undo_operation`], with decisions about what later operations have changed of the same.
    ///
    /// # Errors
    /// [`StoreError::Conflicts`] if there is one about which nothing is decided, and as [`Store::undo_operation`].
    pub fn undo_deciding(
        &mut self,
        seq: i64,
        author: &str,
        at: DateTime<Utc>,
        decided: &[(Conflict, Choice)],
    ) -> Result<String, StoreError> {
        let step = self.stack().step(seq).ok_or(StoreError::NothingToUndo)?.clone();
        self.turn(OperationAction::Undo, &step, author, at, decided)?;
        Ok(step.label)
    }

    /// The label of an operation, and what undoing it comes to. Nothing is changed.
    ///
    /// # Errors
    /// [`StoreError::NothingToUndo`] if it is not in effect, [`StoreError::Database`], [`StoreError::Inconsistent`].
    pub fn undoing(&self, seq: i64) -> Result<(String, Merge), StoreError> {
        let label = self.stack().step(seq).ok_or(StoreError::NothingToUndo)?.label.clone();
        Ok((label, self.merged(seq, &inverted(operation_change::patches(&self.db, seq)?))?))
    }

    /// What leads back to the plan as it was after an operation, whatever has been done since: the label of that
    /// operation, how many have followed it, and the changes. Nothing is changed.
    ///
    /// # Errors
    /// [`StoreError::NothingToUndo`] if it is no operation of this plan itself, [`StoreError::Refused`] if the plan is not
    /// what its history says, [`StoreError::Database`], [`StoreError::Inconsistent`].
    pub fn rewinding(&self, seq: i64) -> Result<(String, u32, Vec<Change>), StoreError> {
        let operations =
            operation::between(&self.db, self.lines.shown().scope(), seq - 1, self.stack().head())?;
        let (first, later) = operations.split_first().ok_or(StoreError::NothingToUndo)?;
        if first.seq != seq {
            return Err(StoreError::NothingToUndo);
        }
        let mut patches = Vec::new();
        for operation in later.iter().rev() {
            patches.extend(inverted(operation_change::patches(&self.db, operation.seq)?));
        }
        let changes: Result<Vec<Change>, _> =
            squashed(patches).iter().map(|patch| patch.onto(self.plan())).collect();
        Ok((first.label.clone(), later.len() as u32, changes?))
    }

    /// Redoes the operation undone last; gives its label.
    ///
    /// # Errors
    /// [`StoreError::NothingToRedo`], [`StoreError::ChangedElsewhere`] if another process has changed the plan since, so
    /// that nothing can be redone, and as [`Store::apply`].
    pub fn redo(&mut self, author: &str, at: DateTime<Utc>) -> Result<String, StoreError> {
        let step = self.stack().next_redo().ok_or(StoreError::NothingToRedo)?.clone();
        self.turn(OperationAction::Redo, &step, author, at, &[])?;
        Ok(step.label)
    }

    /// Undoes or redoes a step: merges its changes, or those of its undo, turned round. Everything is read from the file
    /// anew when another process has written, which may have restored a backup with other operations.
    fn turn(
        &mut self,
        action: OperationAction,
        step: &UndoStep,
        author: &str,
        at: DateTime<Utc>,
        decided: &[(Conflict, Choice)],
    ) -> Result<(), StoreError> {
        let note = OperationMeta::edit(&step.label, author, at);
        let links = Links { target: Some(step.seq), ..Links::default() };
        let operation = NewOperation { links, ..NewOperation::new(&note, action) };
        self.retrying(
            |store| {
                let turned = store.stack().turned(action, step).ok_or(StoreError::ChangedElsewhere)?;
                let merge = store.merged(turned, &inverted(operation_change::patches(&store.db, turned)?))?;
                store.decided(merge, decided)
            },
            |store, changes| store.commit(operation, &changes),
        )
    }

    /// What patches based on the state after an operation come to, against the plan.
    fn merged(&self, based_on: i64, patches: &[Patch]) -> Result<Merge, StoreError> {
        let others = operation::changed_after(&self.db, self.lines.shown().scope(), based_on)?;
        Ok(merge(self.plan(), patches, &others))
    }

    /// Commits changes to the plan in memory. What other processes have written since that was read they are merged with.
    pub(crate) fn commit_or_merge(
        &mut self,
        operation: NewOperation<'_>,
        changes: &[Change],
    ) -> Result<(), StoreError> {
        let line = self.lines.shown();
        let based_on = (line.stack.head(), line.head_id.clone());
        match self.commit(operation, changes) {
            Err(StoreError::ChangedElsewhere) => self.merge_late(operation, &based_on, changes),
            done => done,
        }
    }

    /// Commits what was prepared before others have written, merged with what they have done.
    fn merge_late(
        &mut self,
        operation: NewOperation<'_>,
        (seq, id): &(i64, Option<String>),
        changes: &[Change],
    ) -> Result<(), StoreError> {
        if operation::id_of(&self.db, *seq)? != *id {
            return Err(StoreError::ChangedElsewhere);
        }
        let patches: Vec<Patch> = changes.iter().map(Patch::of).collect();
        self.retrying(
            |store| {
                operation.beside.map_or(Ok(()), |beside| beside.check(store))?;
                let merge = store.merged(*seq, &patches)?;
                if merge.conflicts.is_empty() {
                    Ok(merge.changes)
                } else {
                    Err(StoreError::Conflicts(merge.into()))
                }
            },
            |store, changes| match changes.is_empty() && operation.beside.is_none() {
                true => Ok(()),
                false => store.commit(operation, &changes),
            },
        )
    }

    /// Prepares something and commits it, and both again whenever others have written in between.
    ///
    /// # Errors
    /// [`StoreError::Busy`] if that goes on and on; otherwise those of both.
    pub(crate) fn retrying<P, T>(
        &mut self,
        prepare: impl Fn(&Self) -> Result<P, StoreError>,
        commit: impl Fn(&mut Self, P) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        for _ in 0..ATTEMPTS {
            let prepared = prepare(self)?;
            match commit(self, prepared) {
                Err(StoreError::ChangedElsewhere) => {}
                done => return done,
            }
        }
        Err(StoreError::Busy)
    }

    /// Applies changes to the plan in memory and writes them with their operation. If another process has written,
    /// nothing is, and the plan is reloaded.
    pub(crate) fn commit(
        &mut self,
        operation: NewOperation<'_>,
        changes: &[Change],
    ) -> Result<(), StoreError> {
        if self.is_read_only {
            return Err(StoreError::ReadOnly);
        }
        // Nobody can write while the file is still read, and nothing is written to a plan that lacks rows.
        let _ = self.plan_itself().observations.len();
        self.late_reading().check()?;
        let line = self.lines.shown_mut();
        let is_own = matches!(operation.action, OperationAction::Edit | OperationAction::Import);
        let is_scenario = |change: &Change| change.subject().kind == Kind::Scenario;
        if is_own && line.scenario.is_some() && changes.iter().any(is_scenario) {
            return Err(StoreError::OnlyInPlan("scenarios are changed"));
        }
        let known =
            Known { scenario: line.scenario, newest: self.newest, writes_elsewhere: self.writes_elsewhere };
        let plan = Arc::make_mut(&mut line.plan);
        match apply_and_write(plan, changes, |texts| write(&mut self.db, known, operation, (changes, texts)))?
        {
            Ok(Written { seq, id, newest, adopted }) => {
                self.newest = newest;
                let line = self.lines.shown_mut();
                adopted.into_iter().for_each(|seq| line.stack.adopt(seq));
                let OperationMeta { label, author, .. } = operation.note.clone();
                let step = UndoStep { seq, id: id.clone(), label, author };
                line.stack.push(operation.action, step, operation.links.target);
                line.head_id = Some(id.clone());
                line.own_id = Some(id);
                self.follow_base(operation.action, operation.links.target)
            }
            Err(error) => {
                // Memory follows the file: what was not written did not happen.
                let line = self.lines.shown_mut();
                let undone = Arc::make_mut(&mut line.plan).apply(&change::inverted(changes.to_vec()));
                if undone.is_err() || matches!(error, StoreError::ChangedElsewhere) {
                    self.reload()?;
                }
                Err(error)
            }
        }
    }

    /// Works the scenario that is shown out anew if it stands on another base now.
    fn follow_base(&mut self, action: OperationAction, target: Option<i64>) -> Result<(), StoreError> {
        let line = self.lines.shown();
        let is_moved =
            action == OperationAction::Merge || line.bases.iter().any(|(seq, _)| Some(*seq) == target);
        let Some(scenario) = line.scenario.filter(|_| is_moved) else { return Ok(()) };
        let own_id = line.own_id.clone();
        let line =
            OperationLine { own_id, ..OperationLine::of_scenario(&self.db, &self.lines.plan, scenario)? };
        self.lines.scenarios.insert(scenario, line);
        Ok(())
    }
}

/// What is known of a file, into which is written only if that is still so.
#[derive(Clone, Copy)]
struct Known {
    /// The scenario that is written; none: the plan itself.
    scenario: Option<ScenarioId>,
    newest: i64,
    writes_elsewhere: i64,
}

/// Writes changes with their operation, both or neither. `texts` is their JSON: if that of some does not come, nothing is
/// written.
fn write(
    db: &mut Connection,
    known: Known,
    operation: NewOperation<'_>,
    (changes, texts): (&[Change], &mut dyn Iterator<Item = PatchTexts>),
) -> Result<Written, StoreError> {
    let NewOperation { note, action, links, beside } = operation;
    let only_adds = changes.len() >= MANY && changes.iter().all(Change::creates);
    set_cache(db, if only_adds { ADDING_CACHE_KIB } else { CACHE_KIB })?;
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if is_outdated(&transaction, known.writes_elsewhere, known.newest)? {
        return Err(StoreError::ChangedElsewhere);
    }
    // The rows of the file are those of the plan itself.
    if known.scenario.is_none() {
        rows::write(&transaction, changes)?;
    }
    let adopted = beside.map_or(Ok(Vec::new()), |beside| beside.write_before(&transaction))?;
    let links = Links { scenario: known.scenario, ..links };
    let (seq, id) = operation::append_told(&transaction, note, action, links, (changes, texts))?;
    beside.map_or(Ok(()), |beside| beside.write_after(&transaction, seq))?;
    let newest = operation::head(&transaction)?;
    transaction.commit()?;
    Ok(Written { seq, id, newest, adopted })
}
