//! Merging a copy of the plan that was edited apart: what it has done since both parted is adopted, and its changes are
//! merged into the plan.

use std::{
    collections::{HashMap, HashSet},
    path::Path,
    sync::Arc,
};

use headroom_model::{
    Change, EntityRef, change,
    merge::{Choice, Conflict, Merge, Patch, RenamedKey, merge},
};
use rusqlite::{Connection, TransactionBehavior, params};

use crate::{
    Store,
    error::StoreError,
    migration,
    operation::{self, Action, Links, OperationMeta, UndoStack},
    rows, shape,
    store::{self, is_outdated},
};

/// What merging a copy comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct CopyMerge {
    /// How many operations of the copy the plan has not had.
    pub operations: usize,
    pub changes: Vec<Change>,
    pub conflicts: Vec<Conflict>,
    pub renamed: Vec<RenamedKey>,
    /// The newest operation of the copy; none if there is nothing to merge.
    head: Option<String>,
    adopted: Vec<Adopted>,
}

/// A conflict that was found in a merge, until it is decided.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenConflict {
    /// The merge.
    pub operation: i64,
    /// Its number within the merge.
    pub place: i64,
    pub conflict: Conflict,
}

/// A row of `operation_change`: place, kind, entity, before, after.
type ChangeCells = (i64, String, i64, Option<String>, Option<String>);

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
    /// Empty: on the line of the copy itself.
    branch: String,
}

impl Store {
    /// What merging a copy of this plan would come to. Nothing is changed.
    ///
    /// # Errors
    /// As [`Store::open`] for the copy, and [`StoreError::OtherPlan`] if it is not one of this plan.
    pub fn compare_copy(&self, copy: &Path) -> Result<CopyMerge, StoreError> {
        let (db, _) = store::connect(copy)?;
        let format = store::identify(&db, copy)?;
        shape::check(&db, format, copy)?;
        let identity = self.identity()?;
        let known = ids(&self.db)?;
        let (theirs, theirs_known) = migration::in_current_format(&db, |db| {
            if store::identity(db)? != identity {
                return Err(StoreError::OtherPlan(copy.to_owned()));
            }
            Ok((adopted(db, &known)?, ids(db)?))
        })?;
        let own: Vec<&Adopted> = theirs.iter().filter(|operation| operation.branch.is_empty()).collect();
        let incoming: Vec<Patch> =
            own.iter().map(|operation| operation.patches()).collect::<Result<Vec<_>, _>>()?.concat();
        let others = changed_apart(&self.db, &theirs_known)?;
        let head = own.last().map(|operation| operation.id.clone());
        let Merge { changes, conflicts, renamed } =
            merge(&self.plan, &incoming, &others.into_iter().collect());
        Ok(CopyMerge { operations: own.len(), changes, conflicts, renamed, head, adopted: theirs })
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
        let found = self.compare_copy(copy)?;
        let Some(head) = &found.head else { return Ok(found) };
        crate::backup::keep(&self.db, &self.path, "merge", note.at)?;
        Arc::make_mut(&mut self.plan).apply(&found.changes)?;
        match self.write_merge(note, head, &found) {
            Ok(seq) => {
                self.stack = UndoStack::load(&self.db)?;
                self.head_id = operation::id_of(&self.db, seq)?;
                Ok(found)
            }
            Err(error) => {
                if Arc::make_mut(&mut self.plan).apply(&change::inverted(found.changes)).is_err() {
                    self.reload()?;
                }
                Err(error)
            }
        }
    }

    fn write_merge(
        &mut self,
        note: &OperationMeta,
        head: &str,
        found: &CopyMerge,
    ) -> Result<i64, StoreError> {
        let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if is_outdated(&transaction, self.writes_elsewhere, self.stack.head())? {
            return Err(StoreError::ChangedElsewhere);
        }
        rows::write(&transaction, &found.changes)?;
        adopt(&transaction, head, &found.adopted)?;
        let links = Links { merged: Some(head), ..Links::default() };
        let seq = operation::append(&transaction, note, Action::Merge, links, &found.changes)?;
        let mut insert = transaction.prepare("INSERT INTO conflict VALUES (?1, ?2, ?3, NULL)")?;
        for (place, conflict) in found.conflicts.iter().enumerate() {
            let text = serde_json::to_string(conflict)
                .map_err(|error| StoreError::Inconsistent(error.to_string()))?;
            insert.execute(params![seq, place as i64, text])?;
        }
        drop(insert);
        transaction.commit()?;
        Ok(seq)
    }

    /// The conflicts of merges that nobody has decided yet. Those of a merge that was undone are not among them.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Inconsistent`].
    pub fn open_conflicts(&self) -> Result<Vec<OpenConflict>, StoreError> {
        let mut statement = self
            .db
            .prepare("SELECT operation, place, conflict, decided FROM conflict ORDER BY operation, place")?;
        let mut rows = statement.query([])?;
        let mut open = Vec::new();
        while let Some(row) = rows.next()? {
            let (operation, decided): (i64, Option<i64>) = (row.get(0)?, row.get(3)?);
            if self.stack.is_undone(operation) || decided.is_some_and(|by| !self.stack.is_undone(by)) {
                continue;
            }
            let text: String = row.get(2)?;
            let conflict =
                serde_json::from_str(&text).map_err(|error| StoreError::Inconsistent(error.to_string()))?;
            open.push(OpenConflict { operation, place: row.get(1)?, conflict });
        }
        Ok(open)
    }

    /// The changes by which a conflict is decided, against the plan as it is.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn deciding(&self, conflict: &Conflict, choice: Choice) -> Result<Vec<Change>, StoreError> {
        let last = operation::last_fields(&self.db, conflict.subject)?;
        Ok(conflict.taking(&self.plan, choice, last.as_ref()))
    }

    /// Decides conflicts, in one operation that can be undone like any other.
    ///
    /// # Errors
    /// As [`Store::apply`].
    pub fn decide(
        &mut self,
        note: &OperationMeta,
        decisions: &[(OpenConflict, Choice)],
    ) -> Result<(), StoreError> {
        let mut changes = Vec::new();
        for (open, choice) in decisions {
            changes.extend(self.deciding(&open.conflict, *choice)?);
        }
        let patches: Vec<Patch> = changes.iter().map(Patch::of).collect();
        let Merge { changes, conflicts, .. } = merge(&self.plan, &patches, &Default::default());
        if !conflicts.is_empty() {
            return Err(StoreError::Conflicts(conflicts));
        }
        self.commit(note, Action::Edit, Links::default(), &changes)?;
        let by = self.stack.head();
        for (open, _) in decisions {
            let sql = "UPDATE conflict SET decided = ?1 WHERE operation = ?2 AND place = ?3";
            self.db.execute(sql, params![by, open.operation, open.place])?;
        }
        Ok(())
    }
}

fn ids(db: &Connection) -> Result<HashSet<String>, StoreError> {
    let mut statement = db.prepare("SELECT id FROM operation")?;
    let ids = statement.query_map([], |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// The entities that operations have changed which the copy has not had.
fn changed_apart(db: &Connection, theirs: &HashSet<String>) -> Result<HashSet<EntityRef>, StoreError> {
    let mut statement = db.prepare("SELECT seq, id FROM operation WHERE branch = ''")?;
    let all = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let all: Vec<(i64, String)> = all.collect::<Result<_, _>>()?;
    let mut changed = HashSet::new();
    for (seq, _) in all.into_iter().filter(|(_, id)| !theirs.contains(id)) {
        changed.extend(operation::patches(db, seq)?.iter().map(Patch::subject));
    }
    Ok(changed)
}

/// The operations of a copy that the plan has not had, in their order.
fn adopted(db: &Connection, known: &HashSet<String>) -> Result<Vec<Adopted>, StoreError> {
    let mut statement = db.prepare(
        "SELECT o.seq, o.id, o.parent, o.merged, o.branch, o.at, o.author, o.action, o.label, t.id, o.change_count,
                o.format
         FROM operation AS o LEFT JOIN operation AS t ON t.seq = o.target ORDER BY o.seq",
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
        })
    })?;
    let mut found: Vec<Adopted> = found.collect::<Result<_, _>>()?;
    found.retain(|operation| !known.contains(&operation.id));
    let mut changes = db.prepare(
        "SELECT place, kind, entity, before, \"after\" FROM operation_change WHERE operation = ?1 ORDER BY place",
    )?;
    for operation in &mut found {
        let rows = changes.query_map([operation.seq], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })?;
        operation.changes = rows.collect::<Result<_, _>>()?;
    }
    Ok(found)
}

impl Adopted {
    fn patches(&self) -> Result<Vec<Patch>, StoreError> {
        let patch = |(_, kind, entity, before, after): &ChangeCells| {
            operation::patch_of(kind, *entity, [before.as_deref(), after.as_deref()])
        };
        let patches: Result<Vec<Option<Patch>>, _> = self.changes.iter().map(patch).collect();
        Ok(patches?.into_iter().flatten().collect())
    }
}

/// Takes operations of a copy as they are: what they say has happened.
fn adopt(db: &Connection, head: &str, operations: &[Adopted]) -> Result<(), StoreError> {
    let mut seqs: HashMap<String, i64> = HashMap::new();
    let mut insert = db.prepare(
        "INSERT INTO operation (id, parent, merged, branch, at, author, action, label, target, change_count, format)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?;
    let mut change = db.prepare("INSERT INTO operation_change VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for own in operations {
        let target = match &own.target {
            None => None,
            Some(id) => match seqs.get(id) {
                Some(seq) => Some(*seq),
                None => operation::seq_of(db, id)?,
            },
        };
        let branch = if own.branch.is_empty() { head } else { &own.branch };
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
        seqs.insert(own.id.clone(), seq);
        for (place, kind, entity, before, after) in &own.changes {
            change.execute(params![seq, place, kind, entity, before, after])?;
        }
    }
    Ok(())
}
