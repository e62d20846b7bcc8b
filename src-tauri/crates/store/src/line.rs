//! The lines of operations in a plan file: that of the plan itself, and one for each scenario.
//!
//! A scenario is the plan as it was after one of its operations, its base, and what was done in the scenario since. The
//! rows of the file are those of the plan; what a scenario makes of them is worked out when it is first asked for.

use std::{cell::OnceCell, sync::Arc};

use headroom_model::{Plan, Scenario, ScenarioId, merge::Patch};
use rusqlite::{Connection, OptionalExtension, params};
use rustc_hash::FxHashMap;

use crate::{
    error::StoreError,
    late_reading::LateReading,
    operation::{self, LineScope},
    operation_change, rows,
    undo_stack::UndoStack,
};

/// What was done on one line, and the plan that it makes.
#[derive(Debug)]
pub(crate) struct OperationLine {
    /// None: of the plan itself.
    pub scenario: Option<ScenarioId>,
    pub plan: Arc<Plan>,
    /// Of the plan itself: how reading its rows has gone.
    pub late_reading: LateReading,
    pub stack: UndoStack,
    /// Of a scenario: which operations of the plan were in effect at its base.
    pub inherited: UndoStack,
    /// The ID of the newest operation known.
    pub head_id: Option<String>,
    /// The ID of the newest operation written here, by this process.
    pub own_id: Option<String>,
    /// Of a scenario, the operations that brought what the plan had done: each with the newest operation of the plan that
    /// it brought. The first made the scenario.
    pub bases: Vec<(i64, i64)>,
    /// Of a scenario: the plan as it was at this base, once it was asked for.
    pub plan_at_base: OnceCell<(i64, Arc<Plan>)>,
}

impl OperationLine {
    /// The line of the plan itself.
    pub fn of_plan(db: &Connection) -> Result<Self, StoreError> {
        let stack = UndoStack::load(db, None, i64::MAX)?;
        let (plan, late_reading) = rows::load_at_once(db)?;
        Ok(Self {
            scenario: None,
            plan: Arc::new(plan),
            late_reading,
            head_id: operation::id_of(db, stack.head())?,
            stack,
            inherited: UndoStack::default(),
            own_id: None,
            bases: Vec::new(),
            plan_at_base: OnceCell::new(),
        })
    }

    /// The line of a scenario.
    ///
    /// # Errors
    /// [`StoreError::NoScenario`] if the plan has none with this ID, [`StoreError::Inconsistent`] if its operations
    /// cannot be done again, [`StoreError::Database`].
    pub fn of_scenario(
        db: &Connection,
        plan: &OperationLine,
        scenario: ScenarioId,
    ) -> Result<Self, StoreError> {
        if plan.plan.get::<Scenario>(scenario).is_none() {
            return Err(StoreError::NoScenario);
        }
        let mut bases = bases(db, scenario)?;
        if bases.is_empty() {
            bases.push((0, beginning(db, plan, scenario)?));
        }
        let mut made = plan_after(db, plan, bases[0].1)?;
        for seq in operation::of_line(db, Some(scenario))? {
            replay(&mut made, &operation_change::patches(db, seq)?).map_err(|error| error.at(seq))?;
        }
        let stack = UndoStack::load(db, Some(scenario), i64::MAX)?;
        let mut line = Self {
            scenario: Some(scenario),
            plan: Arc::new(made),
            late_reading: plan.late_reading.clone(),
            head_id: operation::id_of(db, stack.head())?,
            stack,
            inherited: UndoStack::default(),
            own_id: None,
            bases,
            plan_at_base: OnceCell::new(),
        };
        line.inherited = UndoStack::load(db, None, line.base())?;
        Ok(line)
    }

    /// The newest operation of the plan that the scenario has; 0 for the plan itself.
    pub fn base(&self) -> i64 {
        newest_base(&self.bases, &self.stack).unwrap_or(0)
    }

    /// The operations that belong to this line.
    pub fn scope(&self) -> LineScope {
        LineScope { scenario: self.scenario, base: self.base() }
    }

    /// Whether an operation has been undone, or the merge that brought it.
    pub fn is_undone(&self, seq: i64) -> bool {
        self.stack.is_undone(seq) && self.inherited.is_undone(seq)
    }
}

/// The lines that are loaded, and the one that is read and written.
#[derive(Debug)]
pub(crate) struct OperationLines {
    pub plan: OperationLine,
    pub scenarios: FxHashMap<ScenarioId, OperationLine>,
    /// None: the plan itself.
    shown: Option<ScenarioId>,
}

impl OperationLines {
    pub fn new(plan: OperationLine) -> Self {
        Self { plan, scenarios: FxHashMap::default(), shown: None }
    }

    pub fn shown(&self) -> &OperationLine {
        self.shown.and_then(|scenario| self.scenarios.get(&scenario)).unwrap_or(&self.plan)
    }

    pub fn shown_mut(&mut self) -> &mut OperationLine {
        self.shown.and_then(|scenario| self.scenarios.get_mut(&scenario)).unwrap_or(&mut self.plan)
    }

    /// Keeps back in every line what follows from salaries, or shows it; gives whether it was otherwise.
    pub fn hide_pay(&mut self, is_hidden: bool) -> bool {
        let mut is_new = false;
        for line in std::iter::once(&mut self.plan).chain(self.scenarios.values_mut()) {
            if line.plan.hides_pay() != is_hidden {
                Arc::make_mut(&mut line.plan).hide_pay(is_hidden);
                line.plan_at_base = OnceCell::new();
                is_new = true;
            }
        }
        is_new
    }

    /// Goes over to another line.
    ///
    /// # Errors
    /// As [`OperationLine::of_scenario`]; the line stays the same.
    pub fn show(&mut self, db: &Connection, scenario: Option<ScenarioId>) -> Result<(), StoreError> {
        if let Some(scenario) = scenario {
            self.load(db, scenario)?;
        }
        self.shown = scenario;
        Ok(())
    }

    /// Loads a scenario, if it is not loaded yet.
    ///
    /// # Errors
    /// As [`OperationLine::of_scenario`].
    pub fn load(&mut self, db: &Connection, scenario: ScenarioId) -> Result<&OperationLine, StoreError> {
        // One that was deleted since is none any more.
        if self.plan.plan.get::<Scenario>(scenario).is_none() {
            self.scenarios.remove(&scenario);
            return Err(StoreError::NoScenario);
        }
        if !self.scenarios.contains_key(&scenario) {
            let line = OperationLine::of_scenario(db, &self.plan, scenario)?;
            self.scenarios.insert(scenario, line);
        }
        self.scenarios.get(&scenario).ok_or(StoreError::NoScenario)
    }
}

/// The newest operation of the plan that was brought and is in effect.
pub(crate) fn newest_base(bases: &[(i64, i64)], stack: &UndoStack) -> Option<i64> {
    let is_in_effect = |(seq, _): &&(i64, i64)| stack.step(*seq).is_some();
    let newest = bases.iter().rev().find(is_in_effect).or(bases.first());
    newest.map(|(_, base)| *base)
}

/// The operations of a scenario that brought what the plan had done, each with the newest that it brought.
pub(crate) fn bases(db: &Connection, scenario: ScenarioId) -> Result<Vec<(i64, i64)>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT o.seq, p.seq FROM operation AS o JOIN operation AS p ON p.id = o.merged
         WHERE o.scenario = ?1 AND o.action = 'merge' ORDER BY o.seq",
    )?;
    let rows = statement.query_map([scenario.0.cast_signed()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The operation of the plan that brought the row of a scenario in which nothing was ever done: an import, a merged copy.
pub(crate) fn beginning(
    db: &Connection,
    plan: &OperationLine,
    scenario: ScenarioId,
) -> Result<i64, StoreError> {
    let sql = "SELECT o.seq, o.branch FROM operation_change AS c JOIN operation AS o ON o.seq = c.operation
               WHERE c.kind = 'scenario' AND c.entity = ?1 AND c.before IS NULL AND o.scenario IS NULL
               ORDER BY o.seq LIMIT 1";
    let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get::<_, String>(1)?));
    let found: Option<(i64, String)> =
        db.query_row(sql, params![scenario.0.cast_signed()], row).optional()?;
    Ok(match found {
        Some((seq, branch)) if branch.is_empty() => seq,
        // What came with a copy is in effect from its merge on, which stands right behind.
        Some((seq, _)) => operation::next_of_plan(db, seq)?.unwrap_or(plan.stack.head()),
        None => plan.stack.head(),
    })
}

/// The plan as it was after one of its operations.
///
/// # Errors
/// [`StoreError::Inconsistent`] if the plan is not what its history says, [`StoreError::Database`].
pub(crate) fn plan_after(db: &Connection, plan: &OperationLine, seq: i64) -> Result<Plan, StoreError> {
    let mut made = (*plan.plan).clone();
    let later = operation::between(db, LineScope::PLAN, seq, plan.stack.head())?;
    for operation in later.iter().rev() {
        let patches = inverted(operation_change::patches(db, operation.seq)?);
        replay(&mut made, &patches).map_err(|error| error.at(operation.seq))?;
    }
    Ok(made)
}

/// Does the changes of an operation again.
pub(crate) fn replay(plan: &mut Plan, patches: &[Patch]) -> Result<(), StoreError> {
    let changes = patches.iter().map(|patch| patch.onto(plan)).collect::<Result<Vec<_>, _>>()?;
    Ok(plan.apply(&changes)?)
}

/// Last first.
pub(crate) fn inverted(patches: Vec<Patch>) -> Vec<Patch> {
    patches.into_iter().rev().map(Patch::inverted).collect()
}
