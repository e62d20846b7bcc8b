//! An edit that waits for a decision.

use headroom_model::{
    Plan, ScenarioId,
    merge::{Merge, Patch, merge},
};
use rustc_hash::FxHashSet;

/// An edit that was refused since somebody else had changed the same meanwhile. It waits for a decision.
#[derive(Debug, Clone)]
pub struct RefusedEdit {
    pub label: String,
    pub merge: Merge,
    /// The scenario in which it was made; none: the plan itself.
    pub scenario: Option<ScenarioId>,
}

impl RefusedEdit {
    /// With what the plan has by now.
    pub(crate) fn now(&self, plan: &Plan) -> Merge {
        let rest: Vec<Patch> = self.merge.changes.iter().map(Patch::of).collect();
        let mut now = merge(plan, &rest, &FxHashSet::default());
        now.conflicts.extend(self.merge.conflicts.iter().filter_map(|conflict| conflict.current(plan)));
        now
    }
}
