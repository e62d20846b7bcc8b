//! Conflicts of merges: kept in the file until somebody decides.

use headroom_model::{
    EntityRef,
    merge::{Choice, Conflict, Decided, Fields, Merge},
};
use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;

use crate::{
    Store,
    commit::{Beside, NewOperation},
    error::StoreError,
    operation::{self, OperationAction, OperationMeta},
    undo_stack::UndoStack,
};

/// A conflict that was found in a merge, until it is decided.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenConflict {
    /// The merge.
    pub operation: i64,
    /// Its number within the merge.
    pub place: i64,
    /// Its number among all that there have ever been, from 1: the same whatever is decided.
    pub number: usize,
    /// With what the plan has by now.
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
        let mut number = 0;
        while let Some(row) = rows.next()? {
            number += 1;
            let (operation, decided): (i64, Option<i64>) = (row.get(0)?, row.get(3)?);
            if !self.is_open(operation, decided) {
                continue;
            }
            let text: String = row.get(2)?;
            let found: Conflict =
                serde_json::from_str(&text).map_err(|error| StoreError::Inconsistent(error.to_string()))?;
            let place = row.get(1)?;
            open.extend(found.current(self.plan()).map(|conflict| OpenConflict {
                operation,
                place,
                number,
                conflict,
            }));
        }
        Ok(open)
    }

    /// How many conflicts nobody has decided yet.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn open_conflict_count(&self) -> Result<u32, StoreError> {
        // Hardly ever is there one, and this is asked with every day of the slider.
        let is_any = self.db.prepare_cached("SELECT 1 FROM conflict LIMIT 1")?.exists([])?;
        if is_any { Ok(self.open_conflicts()?.len() as u32) } else { Ok(0) }
    }

    fn is_open(&self, merge: i64, decided: Option<i64>) -> bool {
        !self.stack().is_undone(merge) && decided.is_none_or(|by| self.stack().is_undone(by))
    }

    /// What a merge comes to with a choice about each of its conflicts. Where there is none, the plan keeps what it has.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn deciding(&self, merge: &Merge, choices: &[Option<Choice>]) -> Result<Decided, StoreError> {
        let scope = self.lines.shown().scope();
        let subjects = merge.conflicts.iter().map(|conflict| conflict.subject);
        let last = subjects
            .map(|subject| Ok((subject, operation::last_fields(&self.db, scope, subject)?)))
            .collect::<Result<FxHashMap<EntityRef, Option<Fields>>, StoreError>>()?;
        Ok(merge.deciding(self.plan(), choices, |subject| last.get(&subject).cloned().flatten()))
    }

    /// Decides conflicts, in one operation that can be undone like any other. Gives those that stay open, since what was
    /// chosen is impossible as the plan is.
    ///
    /// # Errors
    /// [`StoreError::ChangedElsewhere`] if one of them is not open any more, and as [`Store::apply`].
    pub fn decide(
        &mut self,
        note: &OperationMeta,
        decisions: &[(OpenConflict, Choice)],
    ) -> Result<Vec<OpenConflict>, StoreError> {
        Decisions(decisions).check(self)?;
        let (conflicts, choices): (Vec<Conflict>, Vec<Option<Choice>>) =
            decisions.iter().map(|(open, choice)| (open.conflict.clone(), Some(*choice))).unzip();
        let Decided { changes, refused } =
            self.deciding(&Merge { conflicts, ..Merge::default() }, &choices)?;
        let is_refused = |(place, _): &(usize, &(OpenConflict, Choice))| refused.contains(place);
        let (left, taken): (Vec<_>, Vec<_>) = decisions.iter().enumerate().partition(is_refused);
        let taken: Vec<(OpenConflict, Choice)> = taken.into_iter().map(|(_, taken)| taken.clone()).collect();
        if !taken.is_empty() {
            let beside = Decisions(&taken);
            let operation =
                NewOperation { beside: Some(&beside), ..NewOperation::new(note, OperationAction::Edit) };
            self.commit_or_merge(operation, &changes)?;
        }
        Ok(left.into_iter().map(|(_, (open, _))| open.clone()).collect())
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

/// The conflicts that an operation has found and nobody has decided: place and text. None if it was undone.
pub(crate) fn open_of(
    db: &Connection,
    operation: i64,
    stack: &UndoStack,
) -> Result<Vec<(i64, String)>, StoreError> {
    if stack.is_undone(operation) {
        return Ok(Vec::new());
    }
    let mut statement = db.prepare_cached(
        "SELECT place, conflict, decided FROM conflict WHERE operation = ?1 ORDER BY place",
    )?;
    let rows = statement.query_map([operation], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let mut open = Vec::new();
    for row in rows {
        let (place, text, decided): (i64, String, Option<i64>) = row?;
        if decided.is_none_or(|by| stack.is_undone(by)) {
            open.push((place, text));
        }
    }
    Ok(open)
}

/// The conflicts that were decided: the ID of the operation that found them, and their place.
pub(crate) fn decided(db: &Connection, stack: &UndoStack) -> Result<Vec<(String, i64)>, StoreError> {
    let mut statement = db.prepare(
        "SELECT o.id, c.place, c.decided FROM conflict AS c JOIN operation AS o ON o.seq = c.operation
         WHERE c.decided IS NOT NULL",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let mut decided = Vec::new();
    for row in rows {
        let (id, place, by): (String, i64, i64) = row?;
        if !stack.is_undone(by) {
            decided.push((id, place));
        }
    }
    Ok(decided)
}

/// Marks conflicts that were decided in a copy as decided by its merge.
pub(crate) fn mark(db: &Connection, merge: i64, decided: &[(String, i64)]) -> Result<(), StoreError> {
    let mut mark = db.prepare(
        "UPDATE conflict SET decided = ?1
         WHERE operation = (SELECT seq FROM operation WHERE id = ?2) AND place = ?3 AND decided IS NULL",
    )?;
    for (id, place) in decided {
        mark.execute(params![merge, id, place])?;
    }
    Ok(())
}

/// Decisions, each marked at its conflict with the operation by which it was made.
struct Decisions<'a>(&'a [(OpenConflict, Choice)]);

impl Beside for Decisions<'_> {
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
        assert!(store.decide(&note("Decide"), &decisions).unwrap().is_empty());
        assert_eq!(store.plan().people.rows()[0].title, "Lead");
        assert_eq!(store.open_conflicts().unwrap(), []);
    }
}
