//! What can be undone and redone. Follows from the order of the operations alone.

use headroom_model::ScenarioId;
use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;

use crate::{error::StoreError, operation::OperationAction};

/// An operation that can be undone or redone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndoStep {
    pub seq: i64,
    /// The same in every copy of the plan, and of no other operation: after a restore, a number may be used again.
    pub id: String,
    pub label: String,
    /// The author of the original operation.
    pub author: String,
}

/// Which operations are in effect and which can be redone. Follows from the order of actions alone.
#[derive(Debug, Clone, Default)]
pub(crate) struct UndoStack {
    done: Vec<UndoStep>,
    /// What was undone, each with the operation that undid it.
    undone: Vec<(UndoStep, i64)>,
    /// Operations of copies, each with the merge through which it is in effect.
    adopted: FxHashMap<i64, i64>,
    /// Those of the merge that comes next.
    incoming: Vec<i64>,
    head: i64,
}

impl UndoStack {
    /// The operations of the plan, or of a scenario, up to a number.
    pub fn load(db: &Connection, scenario: Option<ScenarioId>, until: i64) -> Result<Self, StoreError> {
        let mut stack = UndoStack::default();
        let mut statement = db.prepare_cached(
            "SELECT seq, action, label, author, target, branch, id FROM operation
             WHERE scenario IS ?1 AND seq <= ?2 ORDER BY seq",
        )?;
        let mut rows = statement.query(params![scenario.map(|id| id.0.cast_signed()), until])?;
        while let Some(row) = rows.next()? {
            let step =
                UndoStep { seq: row.get(0)?, id: row.get(6)?, label: row.get(2)?, author: row.get(3)? };
            let action = OperationAction::from_name(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?);
            if scenario.is_some() && stack.head == 0 && action == OperationAction::Merge {
                stack.begin(step.seq);
                continue;
            }
            match row.get_ref(5)?.as_str().map_err(rusqlite::Error::from)? {
                "" => stack.push(action, step, row.get(4)?),
                _ => stack.adopt(step.seq),
            }
        }
        Ok(stack)
    }

    /// The operation that made the scenario, which is not undone within it.
    pub fn begin(&mut self, seq: i64) {
        self.head = seq;
    }

    /// An operation of a copy, which a merge is about to bring.
    pub fn adopt(&mut self, seq: i64) {
        self.head = seq;
        self.incoming.push(seq);
    }

    /// `target` is the operation that an undo or redo refers to.
    pub fn push(&mut self, action: OperationAction, step: UndoStep, target: Option<i64>) {
        self.head = step.seq;
        self.adopted.extend(self.incoming.drain(..).map(|seq| (seq, step.seq)));
        match action {
            OperationAction::Edit | OperationAction::Import | OperationAction::Merge => {
                self.done.push(step);
                self.undone.clear();
            }
            OperationAction::Undo => {
                let at = self.done.iter().rposition(|done| Some(done.seq) == target);
                self.undone.extend(at.map(|at| (self.done.remove(at), step.seq)));
            }
            OperationAction::Redo => {
                let at = self.undone.iter().rposition(|(undone, _)| Some(undone.seq) == target);
                self.done.extend(at.map(|at| self.undone.remove(at).0));
            }
        }
    }

    /// The sequence number of the newest operation; 0 if there is none.
    pub fn head(&self) -> i64 {
        self.head
    }

    pub fn next_undo(&self) -> Option<&UndoStep> {
        self.done.last()
    }

    pub fn next_redo(&self) -> Option<&UndoStep> {
        self.undone.last().map(|(step, _)| step)
    }

    /// The operations that are in effect.
    pub fn in_effect(&self) -> impl Iterator<Item = i64> {
        self.done.iter().map(|step| step.seq)
    }

    pub fn step(&self, seq: i64) -> Option<&UndoStep> {
        self.done.iter().find(|step| step.seq == seq)
    }

    /// The operation that an undo or redo of this step turns round; none if the step is not, or no longer, to be undone or
    /// redone.
    pub fn turned(&self, action: OperationAction, step: &UndoStep) -> Option<i64> {
        match action {
            OperationAction::Redo => {
                self.undone.iter().find(|(undone, _)| undone.id == step.id).map(|(_, undo)| *undo)
            }
            _ => self.step(step.seq).filter(|done| done.id == step.id).map(|done| done.seq),
        }
    }

    /// What a merge has brought is undone with it.
    pub fn is_undone(&self, seq: i64) -> bool {
        self.step(self.adopted.get(&seq).copied().unwrap_or(seq)).is_none()
    }
}
