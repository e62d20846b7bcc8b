//! Scenarios: begun from the plan or from each other, brought up to the plan, and merged into it.

use std::sync::Arc;

use headroom_model::{
    Change, Edit, EntityRef, Kind, Plan, Scenario, ScenarioId,
    merge::{Choice, Conflict, Decided, Merge, Patch, changes_between, merge},
};
use rusqlite::Connection;
use rustc_hash::FxHashSet;

use crate::{
    Store,
    commit::{Beside, NewOperation},
    conflicts,
    error::StoreError,
    line::{OperationLine, plan_after},
    operation::{self, LineScope, Links, OperationAction, OperationMeta},
};

/// A scenario beside the plan.
#[derive(Debug, Clone)]
pub struct Branch {
    /// The newest operation of the plan that it has.
    pub base: i64,
    /// The plan as it was then.
    pub plan_at_base: Arc<Plan>,
    /// What the scenario makes of it.
    pub plan: Arc<Plan>,
    /// How many operations of the plan it does not have: made since, or undone; but for those on scenarios alone.
    pub behind: u32,
}

impl Branch {
    /// What the scenario changes.
    pub fn changes(&self) -> Vec<Change> {
        let mut changes = changes_between(&self.plan_at_base, &self.plan);
        changes.retain(|change| change.subject().kind != Kind::Scenario);
        changes
    }
}

/// What is merged of a scenario.
#[derive(Debug, Clone, Copy)]
pub struct Selection<'a> {
    pub scenario: ScenarioId,
    /// The entities whose changes are taken; none: all of them.
    pub only: Option<&'a FxHashSet<EntityRef>>,
}

impl Store {
    /// The scenario that is read and written; none: the plan itself.
    pub fn scenario(&self) -> Option<ScenarioId> {
        self.lines.shown().scenario
    }

    /// Reads and writes a scenario from now on, or the plan itself.
    ///
    /// # Errors
    /// [`StoreError::NoScenario`], [`StoreError::Inconsistent`] if its operations cannot be done again,
    /// [`StoreError::Database`]; what is shown stays the same.
    pub fn switch(&mut self, scenario: Option<ScenarioId>) -> Result<(), StoreError> {
        self.late_reading().check()?;
        if self.scenario() == scenario {
            return Ok(());
        }
        self.lines.show(&self.db, scenario)
    }

    /// The plan itself, whichever scenario is shown.
    pub fn plan_itself(&self) -> &Arc<Plan> {
        &self.lines.plan.plan
    }

    /// Works a scenario out, if that was not done yet, so that asking for it is cheap from now on.
    ///
    /// # Errors
    /// As [`Store::switch`].
    pub fn load_scenario(&mut self, scenario: ScenarioId) -> Result<(), StoreError> {
        self.lines.load(&self.db, scenario).map(drop)
    }

    /// A scenario beside the plan.
    ///
    /// # Errors
    /// As [`Store::switch`].
    pub fn branch(&self, scenario: ScenarioId) -> Result<Branch, StoreError> {
        let loaded;
        let line = match self.lines.scenarios.get(&scenario) {
            Some(line) => line,
            None => {
                loaded = OperationLine::of_scenario(&self.db, &self.lines.plan, scenario)?;
                &loaded
            }
        };
        let base = line.base();
        Ok(Branch {
            base,
            plan_at_base: self.plan_at_base(line, base)?,
            plan: line.plan.clone(),
            behind: self.behind(line, base)?,
        })
    }

    /// How many operations of the plan were made or undone since the base.
    fn behind(&self, line: &OperationLine, base: i64) -> Result<u32, StoreError> {
        let later = operation::steps_after(&self.db, base)?;
        let plan = &self.lines.plan.stack;
        let made = plan.in_effect().filter(|seq| later.contains(seq)).count();
        let undone = line.inherited.in_effect().filter(|seq| plan.step(*seq).is_none()).count();
        Ok((made + undone) as u32)
    }

    fn plan_at_base(&self, line: &OperationLine, base: i64) -> Result<Arc<Plan>, StoreError> {
        if let Some((_, plan)) = line.plan_at_base.get().filter(|(known, _)| *known == base) {
            return Ok(plan.clone());
        }
        let plan = Arc::new(plan_after(&self.db, &self.lines.plan, base)?);
        // For another base it is worked out again.
        let _ = line.plan_at_base.set((base, plan.clone()));
        Ok(plan)
    }

    /// Adds a scenario: from the plan as it is, or with what another one has changed. One undoable operation of the plan.
    ///
    /// # Errors
    /// As [`Store::switch`] and [`Store::apply`].
    pub fn add_scenario(
        &mut self,
        note: &OperationMeta,
        row: Scenario,
        from: Option<ScenarioId>,
    ) -> Result<(), StoreError> {
        self.switch(None)?;
        let beginning = Beginning {
            scenario: row.id,
            note: OperationMeta { label: self.label_of_beginning(from), ..note.clone() },
            of: from.map(|from| self.beginning_of(from)).transpose()?,
        };
        let operation =
            NewOperation { beside: Some(&beginning), ..NewOperation::new(note, OperationAction::Edit) };
        let change = Edit::new(row.id.into(), None, Some(row));
        self.commit_or_merge(operation, &[change.into()])
    }

    fn label_of_beginning(&self, from: Option<ScenarioId>) -> String {
        let name = from.map(|from| self.plan_itself().name_of(from.into()));
        name.map_or_else(|| "Begun from the plan".to_owned(), |name| format!("Begun from “{name}”"))
    }

    /// The base and the changes of a scenario that another one takes over.
    fn beginning_of(&self, from: ScenarioId) -> Result<(String, Vec<Change>), StoreError> {
        let branch = self.branch(from)?;
        let base = operation::id_of(&self.db, branch.base)?.ok_or(StoreError::NoScenario)?;
        Ok((base, branch.changes()))
    }

    /// What taking what the plan has done since into a scenario comes to. Nothing is changed.
    ///
    /// # Errors
    /// As [`Store::switch`].
    pub fn rebasing(&self, scenario: ScenarioId) -> Result<Merge, StoreError> {
        let branch = self.branch(scenario)?;
        let changes = changes_between(&branch.plan_at_base, self.plan_itself());
        let incoming: Vec<Patch> = changes.iter().map(Patch::of).collect();
        let own: FxHashSet<EntityRef> = branch.changes().iter().map(Change::subject).collect();
        Ok(merge(&branch.plan, &incoming, &own))
    }

    /// Takes what the plan has done since into a scenario, as one undoable operation of the scenario. Where both have changed
    /// the same, the scenario keeps what it has, and the conflict waits to be decided in it. The scenario is shown then.
    ///
    /// # Errors
    /// As [`Store::switch`] and [`Store::apply`].
    pub fn rebase(&mut self, scenario: ScenarioId, note: &OperationMeta) -> Result<Merge, StoreError> {
        self.refresh()?;
        self.switch(Some(scenario))?;
        self.retrying(
            |store| store.rebasing(scenario),
            |store, found| {
                let head = store.lines.plan.head_id.clone();
                if store.lines.shown().base() == store.lines.plan.stack.head() {
                    return Ok(found);
                }
                let kept = KeptConflicts(&found.conflicts);
                let operation = NewOperation {
                    links: Links { merged: head.as_deref(), ..Links::default() },
                    beside: Some(&kept),
                    ..NewOperation::new(note, OperationAction::Merge)
                };
                store.commit(operation, &found.changes)?;
                Ok(found)
            },
        )
    }

    /// What merging a scenario into the plan comes to. Nothing is changed.
    ///
    /// # Errors
    /// As [`Store::switch`].
    pub fn merging(&self, selection: Selection<'_>) -> Result<Merge, StoreError> {
        let branch = self.branch(selection.scenario)?;
        let is_chosen = |change: &&Change| selection.only.is_none_or(|only| only.contains(&change.subject()));
        let incoming: Vec<Patch> = branch.changes().iter().filter(is_chosen).map(Patch::of).collect();
        let others = operation::changed_after(&self.db, LineScope::PLAN, branch.base)?;
        Ok(merge(self.plan_itself(), &incoming, &others))
    }

    /// Merges a scenario into the plan, as one undoable operation of the plan, with decisions about what both have
    /// changed. `row` is what the plan says about the scenario from then on; what is not taken stays in the scenario.
    ///
    /// # Errors
    /// [`StoreError::Conflicts`] if there is one about which nothing is decided, and as [`Store::switch`] and
    /// [`Store::apply`].
    pub fn merge_scenario(
        &mut self,
        selection: Selection<'_>,
        note: &OperationMeta,
        decided: &[(Conflict, Choice)],
        row: Option<Scenario>,
    ) -> Result<(), StoreError> {
        self.refresh()?;
        self.switch(None)?;
        self.retrying(
            |store| {
                let merge = store.merging(selection)?;
                let mut changes = store.decided(merge, decided)?;
                let before = store.plan().get::<Scenario>(selection.scenario).cloned();
                if let Some(row) = row.clone().filter(|row| before.as_ref() != Some(row)) {
                    changes.push(Edit::new(row.id.into(), before, Some(row)).into());
                }
                Ok((changes, operation::newest_id(&store.db, Some(selection.scenario))?))
            },
            |store, (changes, head)| {
                if changes.is_empty() {
                    return Ok(());
                }
                let links = Links { merged: head.as_deref(), ..Links::default() };
                store.commit(
                    NewOperation { links, ..NewOperation::new(note, OperationAction::Merge) },
                    &changes,
                )
            },
        )
    }

    /// The changes of a merge with all its conflicts decided.
    ///
    /// # Errors
    /// [`StoreError::Conflicts`] if one is not decided, or what was chosen is impossible.
    pub(crate) fn decided(
        &self,
        merge: Merge,
        decided: &[(Conflict, Choice)],
    ) -> Result<Vec<Change>, StoreError> {
        let choice = |conflict: &Conflict| {
            decided.iter().find(|(known, _)| known == conflict).map(|(_, choice)| Some(*choice))
        };
        let choices: Option<Vec<Option<Choice>>> = merge.conflicts.iter().map(choice).collect();
        let Some(choices) = choices else { return Err(StoreError::Conflicts(merge.into())) };
        let Decided { changes, refused } = self.deciding(&merge, &choices)?;
        if refused.is_empty() { Ok(changes) } else { Err(StoreError::Conflicts(merge.into())) }
    }
}

/// The first operation of a scenario, written with its row.
struct Beginning {
    scenario: ScenarioId,
    note: OperationMeta,
    /// The ID of the base, and what was changed, if it begins as another one; else the plan as it is.
    of: Option<(String, Vec<Change>)>,
}

impl Beside for Beginning {
    fn write_after(&self, db: &Connection, seq: i64) -> Result<(), StoreError> {
        let (base, changes) = match &self.of {
            Some((base, changes)) => (Some(base.clone()), changes.as_slice()),
            None => (operation::id_of(db, seq)?, [].as_slice()),
        };
        let links = Links { merged: base.as_deref(), scenario: Some(self.scenario), ..Links::default() };
        operation::append(db, &self.note, OperationAction::Merge, links, changes).map(drop)
    }
}

/// Conflicts that are kept until they are decided.
struct KeptConflicts<'a>(&'a [Conflict]);

impl Beside for KeptConflicts<'_> {
    fn write_after(&self, db: &Connection, seq: i64) -> Result<(), StoreError> {
        conflicts::keep(db, seq, self.0)
    }
}
