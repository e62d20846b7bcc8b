//! Conflicts of merges: kept in the file until somebody decides.

use headroom_model::{
    Change,
    merge::{Choice, Conflict, Merge, Patch},
};
use rusqlite::{Connection, params};
use rustc_hash::FxHashSet;

use crate::{
    Store,
    commit::{Beside, NewOperation},
    error::StoreError,
    operation::{self, Action, OperationMeta},
};

/// A conflict that was found in a merge, until it is decided.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenConflict {
    /// The merge.
    pub operation: i64,
    /// Its number within the merge.
    pub place: i64,
    pub conflict: Conflict,
}

impl Store {
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
            if !self.is_open(operation, decided) {
                continue;
            }
            let text: String = row.get(2)?;
            let conflict =
                serde_json::from_str(&text).map_err(|error| StoreError::Inconsistent(error.to_string()))?;
            open.push(OpenConflict { operation, place: row.get(1)?, conflict });
        }
        Ok(open)
    }

    /// How many conflicts nobody has decided yet.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn open_conflict_count(&self) -> Result<u32, StoreError> {
        let mut statement = self.db.prepare_cached("SELECT operation, decided FROM conflict")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut count = 0;
        for row in rows {
            let (operation, decided) = row?;
            count += u32::from(self.is_open(operation, decided));
        }
        Ok(count)
    }

    fn is_open(&self, merge: i64, decided: Option<i64>) -> bool {
        !self.stack.is_undone(merge) && decided.is_none_or(|by| self.stack.is_undone(by))
    }

    /// The changes to the plan that a merge comes to with a choice about each of its conflicts. Where there is none, the
    /// plan keeps what it has.
    ///
    /// # Errors
    /// [`StoreError::Conflicts`] if what is chosen does not go together, [`StoreError::Database`].
    pub fn deciding(&self, merge: &Merge, choices: &[Option<Choice>]) -> Result<Vec<Change>, StoreError> {
        let mut changes = merge.changes.clone();
        for (conflict, choice) in merge.conflicts.iter().zip(choices) {
            if *choice == Some(Choice::Theirs) {
                let last = operation::last_fields(&self.db, conflict.subject)?;
                changes.extend(conflict.taking(&self.plan, Choice::Theirs, last.as_ref()));
            }
        }
        let patches: Vec<Patch> = changes.iter().map(Patch::of).collect();
        let merge = headroom_model::merge::merge(&self.plan, &patches, &FxHashSet::default());
        if merge.conflicts.is_empty() { Ok(merge.changes) } else { Err(StoreError::Conflicts(merge.into())) }
    }

    /// Decides conflicts, in one operation that can be undone like any other.
    ///
    /// # Errors
    /// [`StoreError::ChangedElsewhere`] if one of them is not open any more, and as [`Store::apply`].
    pub fn decide(
        &mut self,
        note: &OperationMeta,
        decisions: &[(OpenConflict, Choice)],
    ) -> Result<(), StoreError> {
        let decided = Decided(decisions);
        decided.check(self)?;
        let (conflicts, choices): (Vec<Conflict>, Vec<Option<Choice>>) =
            decisions.iter().map(|(open, choice)| (open.conflict.clone(), Some(*choice))).unzip();
        let changes = self.deciding(&Merge { conflicts, ..Merge::default() }, &choices)?;
        let operation = NewOperation { beside: Some(&decided), ..NewOperation::new(note, Action::Edit) };
        self.commit_or_merge(operation, &changes)
    }
}

/// Keeps the conflicts that a merge has found.
pub(crate) fn keep(db: &Connection, merge: i64, conflicts: &[Conflict]) -> Result<(), StoreError> {
    let mut insert = db.prepare("INSERT INTO conflict VALUES (?1, ?2, ?3, NULL)")?;
    for (place, conflict) in conflicts.iter().enumerate() {
        let text =
            serde_json::to_string(conflict).map_err(|error| StoreError::Inconsistent(error.to_string()))?;
        insert.execute(params![merge, place as i64, text])?;
    }
    Ok(())
}

/// Decisions, each marked at its conflict with the operation by which it was made.
struct Decided<'a>(&'a [(OpenConflict, Choice)]);

impl Beside for Decided<'_> {
    fn check(&self, store: &Store) -> Result<(), StoreError> {
        let open = store.open_conflicts()?;
        let is_open = |(decided, _): &(OpenConflict, Choice)| open.contains(decided);
        if self.0.iter().all(is_open) { Ok(()) } else { Err(StoreError::ChangedElsewhere) }
    }

    fn write_after(&self, db: &Connection, seq: i64) -> Result<(), StoreError> {
        let mut mark = db.prepare("UPDATE conflict SET decided = ?1 WHERE operation = ?2 AND place = ?3")?;
        for (open, _) in self.0 {
            mark.execute(params![seq, open.operation, open.place])?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use headroom_model::{Draft, Person};
    use rusqlite::config::DbConfig;

    use super::*;

    fn note(label: &str) -> OperationMeta {
        OperationMeta::edit(label, "Ada", "2026-11-23T09:00:00Z".parse().unwrap())
    }

    fn retitle(store: &mut Store, title: &str) {
        let mut draft = Draft::new(store.plan());
        let row = store.plan().people.rows().first().cloned();
        let row = row.unwrap_or_else(|| Person {
            id: draft.new_id::<Person>(),
            key: "ada".into(),
            name: "Ada".into(),
            ..Person::default()
        });
        draft.put(Person { title: title.into(), ..row });
        let changes = draft.finish();
        store.apply(&note(title), changes).unwrap();
    }

    #[test]
    fn a_decision_that_cannot_be_marked_is_not_made() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let now = note("").at;
        let mut store = Store::create(&path("ours.headroom"), now).unwrap();
        retitle(&mut store, "Engineer");
        fs::copy(path("ours.headroom"), path("theirs.headroom")).unwrap();
        retitle(&mut store, "Manager");
        retitle(&mut Store::open(&path("theirs.headroom"), now).unwrap(), "Lead");
        store.merge_copy(&path("theirs.headroom"), &note("Merge")).unwrap();
        let decisions: Vec<_> =
            store.open_conflicts().unwrap().into_iter().map(|open| (open, Choice::Theirs)).collect();
        assert_eq!(decisions.len(), 1);

        store.db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, true).unwrap();
        let stop =
            "CREATE TEMP TRIGGER stop BEFORE UPDATE ON conflict BEGIN SELECT RAISE(ABORT, 'stop'); END";
        store.db.execute_batch(stop).unwrap();
        let before = store.plan().clone();
        assert!(matches!(store.decide(&note("Decide"), &decisions), Err(StoreError::Database(_))));
        for store in [&store, &Store::open(&path("ours.headroom"), now).unwrap()] {
            assert_eq!(*store.plan(), before);
            assert_eq!(store.next_undo().unwrap().label, "Merge");
            assert_eq!(store.open_conflicts().unwrap().len(), 1);
        }

        store.db.execute_batch("DROP TRIGGER stop").unwrap();
        store.decide(&note("Decide"), &decisions).unwrap();
        assert_eq!(store.plan().people.rows()[0].title, "Lead");
        assert_eq!(store.open_conflicts().unwrap(), []);
    }
}
