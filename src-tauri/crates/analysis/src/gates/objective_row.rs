//! Objectives that a position is to wait for from now on: the one that the plan has, or a new one.

use headroom_model::{
    Draft, Objective, ObjectiveId, Plan,
    fields::{free_key, slug},
};

use super::words::condition_of;

/// The objective of the plan that says the same.
pub fn same_objective(plan: &Plan, row: &Objective) -> Option<ObjectiveId> {
    let is_same =
        |known: &&Objective| Objective { id: row.id, key: row.key.clone(), ..(*known).clone() } == *row;
    plan.objectives.iter().find(is_same).map(|known| known.id)
}

/// Adds an objective, under a key made of what it says.
pub fn put_objective(draft: &mut Draft<'_>, row: Objective) -> ObjectiveId {
    let words = condition_of(draft.base(), &row);
    put_objective_called(draft, row, &words)
}

/// Adds an objective, of a metric that may be new as well, under a key made of these words.
pub fn put_objective_called(draft: &mut Draft<'_>, row: Objective, words: &str) -> ObjectiveId {
    let key = free_key(draft, &row, slug(words));
    let id = draft.new_id::<Objective>();
    draft.put(Objective { id, key, ..row });
    id
}
