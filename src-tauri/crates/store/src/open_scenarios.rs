//! What open scenarios change and since when they are behind the plan, read from the journal without working any of
//! them out.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use headroom_model::{
    ScenarioId,
    merge::{Patch, squashed},
};
use rusqlite::{Connection, params};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    Store,
    error::StoreError,
    line::{OperationLine, bases, beginning, newest_base},
    operation::{self, OperationAction},
    operation_change::patches_of_row,
    undo_stack::UndoStack,
};

/// An open scenario beside the plan.
#[derive(Debug, Clone)]
pub struct OpenScenario {
    pub scenario: ScenarioId,
    /// What it changes: one patch for each entity. What the plan has removed and the scenario keeps, since it refers to
    /// it, is not among it.
    pub changes: Arc<Vec<Patch>>,
    /// When the plan went on without it; none if it did not.
    pub behind_since: Option<DateTime<Utc>>,
}

/// What a scenario changes, as of one of its operations.
#[derive(Debug)]
pub(crate) struct KnownChanges {
    newest: Option<String>,
    base: i64,
    changes: Arc<Vec<Patch>>,
}

impl Store {
    /// The open scenarios, by ID. What is known of one is kept until something is done in it.
    ///
    /// # Errors
    /// [`StoreError::Database`]; a scenario whose operations cannot be read is left out, and says so where it is shown.
    pub fn open_scenarios(&mut self) -> Result<Vec<OpenScenario>, StoreError> {
        let open: Vec<ScenarioId> =
            self.plan_itself().scenarios.iter().filter(|row| row.is_open()).map(|row| row.id).collect();
        self.known_changes.retain(|id, _| open.contains(id));
        let mut since: FxHashMap<i64, Option<DateTime<Utc>>> = FxHashMap::default();
        let mut found = Vec::with_capacity(open.len());
        for scenario in open {
            let (base, changes) = match self.own_changes(scenario) {
                Err(StoreError::Inconsistent(_)) => continue,
                known => known?,
            };
            let behind_since = match since.get(&base) {
                Some(known) => *known,
                None => *since.entry(base).or_insert(gone_on_since(&self.db, &self.lines.plan, base)?),
            };
            found.push(OpenScenario { scenario, changes, behind_since });
        }
        Ok(found)
    }

    /// The base of a scenario, and what it changes.
    fn own_changes(&mut self, scenario: ScenarioId) -> Result<(i64, Arc<Vec<Patch>>), StoreError> {
        let newest = operation::newest_id(&self.db, Some(scenario))?;
        if let Some(known) = self.known_changes.get(&scenario).filter(|known| known.newest == newest) {
            return Ok((known.base, known.changes.clone()));
        }
        let stack = UndoStack::load(&self.db, Some(scenario), i64::MAX)?;
        let base = match newest_base(&bases(&self.db, scenario)?, &stack) {
            Some(base) => base,
            None => beginning(&self.db, &self.lines.plan, scenario)?,
        };
        let changes = Arc::new(squashed(done_in(&self.db, scenario, &stack)?));
        let known = KnownChanges { newest, base, changes: changes.clone() };
        self.known_changes.insert(scenario, known);
        Ok((base, changes))
    }
}

/// What was done in a scenario and is in effect, without what it took in of the plan. What it began with is its own.
fn done_in(db: &Connection, scenario: ScenarioId, stack: &UndoStack) -> Result<Vec<Patch>, StoreError> {
    let in_effect: FxHashSet<i64> = stack.in_effect().collect();
    let sql = "SELECT o.seq, o.action, c.kind, c.entity, c.before, c.\"after\", c.\"last\"
               FROM operation AS o JOIN operation_change AS c ON c.operation = o.seq
               WHERE o.scenario = ?1 ORDER BY o.seq, c.place";
    let beginning: Option<i64> = db.query_row(
        "SELECT min(seq) FROM operation WHERE scenario = ?1",
        [scenario.0.cast_signed()],
        |row| row.get(0),
    )?;
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([scenario.0.cast_signed()])?;
    let mut patches = Vec::new();
    while let Some(row) = rows.next()? {
        let seq: i64 = row.get(0)?;
        let action = OperationAction::from_name(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?);
        let is_own = Some(seq) == beginning || in_effect.contains(&seq) && action != OperationAction::Merge;
        if !is_own {
            continue;
        }
        patches.extend(patches_of_row(row, 2)?);
    }
    Ok(patches)
}

/// When the first operation after the base was made that is in effect, or that has undone one before it.
fn gone_on_since(
    db: &Connection,
    plan: &OperationLine,
    base: i64,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    let sql = "SELECT o.seq, o.at, o.target FROM operation AS o
               WHERE o.seq > ?1 AND o.scenario IS NULL AND o.branch = ''
               AND EXISTS (SELECT 1 FROM operation_change WHERE operation = o.seq AND kind <> 'scenario')
               ORDER BY o.seq";
    let in_effect: FxHashSet<i64> = plan.stack.in_effect().collect();
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(params![base])?;
    while let Some(row) = rows.next()? {
        let (seq, target): (i64, Option<i64>) = (row.get(0)?, row.get(2)?);
        // An undo or a redo is none of the steps itself.
        let has_undone = target.is_some_and(|target| target <= base && !in_effect.contains(&target));
        if in_effect.contains(&seq) || has_undone {
            return Ok(Some(operation::time(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?)));
        }
    }
    Ok(None)
}
