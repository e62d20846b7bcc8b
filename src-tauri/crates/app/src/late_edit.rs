//! An edit that was begun before somebody else changed the same, and ended after this window had heard of it. What the
//! form was opened with says so: the edit then waits for a decision, as one does of which the window had not heard.

use headroom_model::{
    Change,
    merge::{Patch, merge},
};
use headroom_store::StoreError;

use crate::{commit::commit_edit, error::Answer, state::AppState};

/// Applies changes that were made to what somebody saw; `seen` leads from the plan to that, and is empty where they saw
/// the plan as it is.
///
/// # Errors
/// As [`AppState::apply`].
pub(crate) fn apply_as_seen(
    app: &AppState,
    label: String,
    changes: Vec<Change>,
    seen: &[Change],
) -> Answer<()> {
    if seen.is_empty() {
        return app.apply(label, changes);
    }
    let seen: Vec<Patch> = seen.iter().map(Patch::of).collect();
    let meant = |change: &Change| {
        let patch = Patch::of(change);
        match seen.iter().find(|seen| seen.subject() == patch.subject()) {
            Some(seen) => patch.as_seen(seen),
            None => patch,
        }
    };
    let patches: Vec<Patch> = changes.iter().map(meant).collect();
    app.alter_or_wait(&label, |store| {
        let merged = merge(store.plan(), &patches, &Default::default());
        if !merged.conflicts.is_empty() {
            return Err(StoreError::Conflicts(merged.into()));
        }
        if merged.changes.is_empty() {
            return Ok(());
        }
        commit_edit(store, &label, &app.author, merged.changes)
    })
}
