//! Merging a copy of the plan that was edited apart: what it has done since both parted is adopted, and its changes are
//! merged into the plan.

use std::{
    collections::{HashMap, HashSet},
    path::Path,
};

use chrono::{DateTime, Utc};
use headroom_model::{
    Change, EntityRef, Kind, Scenario,
    merge::{Conflict, Merge, Patch, RenamedKey, merge},
};
use rusqlite::{Connection, params};
use rustc_hash::FxHashSet;

use crate::{
    Store, backup,
    changed::Changed,
    commit::{Beside, NewOperation},
    conflicts,
    error::StoreError,
    migration,
    operation::{self, Links, OperationAction, OperationMeta},
    operation_change::{patches, patches_of},
    shape, store,
    undo_stack::UndoStack,
};

/// What merging a copy comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct CopyMerge {
    /// How many operations of the copy the plan has not had.
    pub operations: usize,
    pub changes: Vec<Change>,
    pub conflicts: Vec<Conflict>,
    pub renamed: Vec<RenamedKey>,
    /// Scenarios in which the copy has done what the plan does not have: that stays in the copy.
    pub scenarios_left: usize,
    /// The newest operation of the copy; none if there is nothing to merge.
    head: Option<String>,
    adopted: Vec<Adopted>,
    /// The conflicts that were decided in the copy: the operation that found them, and their place.
    decided: Vec<(String, i64)>,
}

/// An operation of a copy that the plan has not had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CopyStep<'a> {
    pub at: DateTime<Utc>,
    pub author: &'a str,
    pub label: &'a str,
    pub change_count: u32,
}

impl CopyMerge {
    /// The ID of the newest operation of the copy; none if there is nothing to merge.
    pub fn head(&self) -> Option<&str> {
        self.head.as_deref()
    }

    /// What it comes to, as any merge.
    pub fn merge(&self) -> Merge {
        Merge {
            changes: self.changes.clone(),
            conflicts: self.conflicts.clone(),
            renamed: self.renamed.clone(),
        }
    }

    /// The operations of the copy that the plan has not had, in their order.
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = CopyStep<'_>> {
        self.own().map(|operation| CopyStep {
            at: operation.at.parse().unwrap_or_default(),
            author: &operation.author,
            label: &operation.label,
            change_count: u32::try_from(operation.change_count).unwrap_or_default(),
        })
    }

    /// Who changed an entity, or one of its fields, last in the copy.
    pub fn changed_last(&self, subject: EntityRef, field: Option<&str>) -> Option<Changed> {
        let touches = |patch: &Patch| {
            patch.subject() == subject && field.is_none_or(|field| patch.changed().contains(&field))
        };
        let is_it =
            |operation: &&Adopted| operation.patches().is_ok_and(|patches| patches.iter().any(touches));
        let newest = self.own().rev().find(is_it)?;
        Some(Changed { author: newest.author.clone(), at: newest.at.parse().unwrap_or_default() })
    }

    /// On the line of the copy itself.
    fn own(&self) -> impl DoubleEndedIterator<Item = &Adopted> {
        self.adopted.iter().filter(|operation| operation.branch.is_empty())
    }
}

/// A row of `operation_change`: place, kind, entity, before, after, last.
type ChangeCells = (i64, String, i64, Option<String>, Option<String>, Option<i64>);

/// An operation of a copy as its file has it, with fields and kinds that this version may not know.
#[derive(Debug, Clone, PartialEq)]
struct Adopted {
    seq: i64,
    id: String,
    parent: Option<String>,
    merged: Option<String>,
    at: String,
    author: String,
    action: String,
    label: String,
    target: Option<String>,
    change_count: i64,
    format: i64,
    changes: Vec<ChangeCells>,
    /// What it found and nobody has decided in the copy either: place, conflict.
    open: Vec<(i64, String)>,
    /// Empty: on the line of the copy itself.
    branch: String,
}

impl Store {
    /// What merging a copy of this plan would come to. Nothing is changed.
    ///
    /// # Errors
    /// As [`Store::open`] for the copy, [`StoreError::BrokenCopy`] if it cannot be read, and [`StoreError::OtherPlan`] if it
    /// is not one of this plan.
    pub fn compare_copy(&self, copy: &Path) -> Result<CopyMerge, StoreError> {
        self.compared(copy).map_err(|error| match error {
            StoreError::Damaged(why) | StoreError::Inconsistent(why) => {
                StoreError::BrokenCopy { copy: copy.to_owned(), why }
            }
            other => other,
        })
    }

    fn compared(&self, copy: &Path) -> Result<CopyMerge, StoreError> {
        if self.scenario().is_some() {
            return Err(StoreError::OnlyInPlan("copies are merged"));
        }
        let (db, _) = store::connect(copy)?;
        let format = store::identify(&db, copy)?;
        shape::check(&db, format, copy)?;
        let identity = self.identity()?;
        let known = self.had()?;
        let own_steps = scenario_steps(&self.db)?;
        let (theirs, theirs_known, decided, steps) = migration::in_current_format(&db, |db| {
            if store::identity(db)? != identity {
                return Err(StoreError::OtherPlan(copy.to_owned()));
            }
            let stack = UndoStack::load(db, None, i64::MAX)?;
            let decided = conflicts::decided(db, &stack)?;
            Ok((adopted(db, &known, &stack)?, ids(db)?, decided, scenario_steps(db)?))
        })?;
        let own: Vec<&Adopted> = theirs.iter().filter(|operation| operation.branch.is_empty()).collect();
        let mut incoming: Vec<Patch> =
            own.iter().map(|operation| operation.patches()).collect::<Result<Vec<_>, _>>()?.concat();
        let left: HashSet<i64> = steps.difference(&own_steps).map(|(scenario, _)| *scenario).collect();
        // Without what was changed in it, a scenario would say that it changes nothing.
        incoming.retain(|patch| {
            let is_left = patch.kind == Kind::Scenario && left.contains(&patch.id.cast_signed());
            !is_left || self.plan().get::<Scenario>(patch.id.into()).is_some()
        });
        let scenarios_left = left.len();
        let others = changed_apart(&self.db, &theirs_known)?;
        let head = own.last().map(|operation| operation.id.clone());
        let Merge { changes, conflicts, renamed } = merge(self.plan(), &incoming, &others);
        Ok(CopyMerge {
            operations: own.len(),
            changes,
            conflicts,
            renamed,
            scenarios_left,
            head,
            adopted: theirs,
            decided,
        })
    }

    /// Merges a copy of this plan, with its operations. Where both have changed the same the plan keeps what it has, and
    /// the conflict waits to be decided. Merging the same copy again changes nothing.
    ///
    /// # Errors
    /// As [`Store::compare_copy`] and [`Store::apply`].
    pub fn merge_copy(&mut self, copy: &Path, note: &OperationMeta) -> Result<CopyMerge, StoreError> {
        if self.is_read_only {
            return Err(StoreError::ReadOnly);
        }
        self.refresh()?;
        self.retrying(
            |store| store.compare_copy(copy),
            |store, found| {
                let Some(head) = &found.head else { return Ok(found) };
                backup::keep(&store.db, &store.path, "merge", note.at)?;
                let incoming = Incoming { head, found: &found };
                let operation = NewOperation {
                    links: Links { merged: Some(head), ..Links::default() },
                    beside: Some(&incoming),
                    ..NewOperation::new(note, OperationAction::Merge)
                };
                store.commit(operation, &found.changes)?;
                Ok(found)
            },
        )
    }
}

/// The operations of a copy and its conflicts, written with the merge.
struct Incoming<'a> {
    head: &'a str,
    found: &'a CopyMerge,
}

impl Beside for Incoming<'_> {
    fn write_before(&self, db: &Connection) -> Result<Vec<i64>, StoreError> {
        adopt(db, self.head, &self.found.adopted)
    }

    fn write_after(&self, db: &Connection, seq: i64) -> Result<(), StoreError> {
        conflicts::keep(db, seq, &self.found.conflicts)?;
        conflicts::mark(db, seq, &self.found.decided)
    }
}

impl Store {
    /// The operations that the plan has had: its own, and those of copies but for merges that were undone.
    fn had(&self) -> Result<HashSet<String>, StoreError> {
        let mut statement =
            self.db.prepare("SELECT id, seq, branch = '' FROM operation WHERE scenario IS NULL")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let mut had = HashSet::new();
        for row in rows {
            let (id, seq, is_own): (String, i64, bool) = row?;
            if is_own || !self.stack().is_undone(seq) {
                had.insert(id);
            }
        }
        Ok(had)
    }
}

/// What was done in scenarios: the scenario and the ID of the operation.
fn scenario_steps(db: &Connection) -> Result<HashSet<(i64, String)>, StoreError> {
    let mut statement = db.prepare("SELECT scenario, id FROM operation WHERE scenario IS NOT NULL")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn ids(db: &Connection) -> Result<HashSet<String>, StoreError> {
    let mut statement = db.prepare("SELECT id FROM operation WHERE scenario IS NULL")?;
    let ids = statement.query_map([], |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// The entities that operations have changed which the copy has not had.
fn changed_apart(db: &Connection, theirs: &HashSet<String>) -> Result<FxHashSet<EntityRef>, StoreError> {
    let mut statement = db.prepare("SELECT seq, id FROM operation WHERE branch = '' AND scenario IS NULL")?;
    let all = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let all: Vec<(i64, String)> = all.collect::<Result<_, _>>()?;
    let mut changed = FxHashSet::default();
    for (seq, _) in all.into_iter().filter(|(_, id)| !theirs.contains(id)) {
        changed.extend(patches(db, seq)?.iter().map(Patch::subject));
    }
    Ok(changed)
}

/// The operations of a copy that the plan has not had, in their order.
fn adopted(db: &Connection, known: &HashSet<String>, stack: &UndoStack) -> Result<Vec<Adopted>, StoreError> {
    let mut statement = db.prepare(
        "SELECT o.seq, o.id, o.parent, o.merged, o.branch, o.at, o.author, o.action, o.label, t.id, o.change_count,
                o.format
         FROM operation AS o LEFT JOIN operation AS t ON t.seq = o.target
         WHERE o.scenario IS NULL ORDER BY o.seq",
    )?;
    let found = statement.query_map([], |row| {
        Ok(Adopted {
            seq: row.get(0)?,
            id: row.get(1)?,
            parent: row.get(2)?,
            merged: row.get(3)?,
            branch: row.get(4)?,
            at: row.get(5)?,
            author: row.get(6)?,
            action: row.get(7)?,
            label: row.get(8)?,
            target: row.get(9)?,
            change_count: row.get(10)?,
            format: row.get(11)?,
            changes: Vec::new(),
            open: Vec::new(),
        })
    })?;
    let mut found: Vec<Adopted> = found.collect::<Result<_, _>>()?;
    // What the copy has had by a merge and undone it has not had.
    found.retain(|operation| {
        let is_had = operation.branch.is_empty() || !stack.is_undone(operation.seq);
        is_had && !known.contains(&operation.id)
    });
    let mut changes = db.prepare(
        "SELECT place, kind, entity, before, \"after\", \"last\" FROM operation_change
         WHERE operation = ?1 ORDER BY place",
    )?;
    for operation in &mut found {
        let rows = changes.query_map([operation.seq], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
        })?;
        operation.changes = rows.collect::<Result<_, _>>()?;
        operation.open = conflicts::open_of(db, operation.seq, stack)?;
    }
    Ok(found)
}

impl Adopted {
    fn patches(&self) -> Result<Vec<Patch>, StoreError> {
        let of_row = |(_, kind, entity, before, after, last): &ChangeCells| {
            patches_of(kind, (*entity, *last), [before.as_deref(), after.as_deref()])
        };
        let patches: Result<Vec<Vec<Patch>>, _> = self.changes.iter().map(of_row).collect();
        Ok(patches?.into_iter().flatten().collect())
    }
}

/// Takes operations of a copy as they are: what they say has happened. Gives their sequence numbers here.
fn adopt(db: &Connection, head: &str, operations: &[Adopted]) -> Result<Vec<i64>, StoreError> {
    let mut adopted = Vec::with_capacity(operations.len());
    let mut seqs: HashMap<String, i64> = HashMap::new();
    let mut insert = db.prepare(
        "INSERT INTO operation (id, parent, merged, branch, at, author, action, label, target, change_count, format)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?;
    let mut change = db.prepare("INSERT INTO operation_change VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
    let mut open = db.prepare("INSERT INTO conflict VALUES (?1, ?2, ?3, NULL)")?;
    for own in operations {
        let target = match &own.target {
            None => None,
            Some(id) => match seqs.get(id) {
                Some(seq) => Some(*seq),
                None => operation::seq_of(db, id)?,
            },
        };
        let branch = if own.branch.is_empty() { head } else { &own.branch };
        // Had already, by a merge that was undone: from now on by this one.
        operation::forget(db, &own.id)?;
        insert.execute(params![
            own.id,
            own.parent,
            own.merged,
            branch,
            own.at,
            own.author,
            own.action,
            own.label,
            target,
            own.change_count,
            own.format
        ])?;
        let seq = db.last_insert_rowid();
        adopted.push(seq);
        seqs.insert(own.id.clone(), seq);
        for (place, kind, entity, before, after, last) in &own.changes {
            change.execute(params![seq, place, kind, entity, before, after, last])?;
        }
        for (place, text) in &own.open {
            open.execute(params![seq, place, text])?;
        }
    }
    Ok(adopted)
}
