//! Undo and redo. What is undone is the step that the user has seen, or nothing: meanwhile another program may have
//! written, or another window of the same user.

use headroom_store::{StoreError, UndoStep};
use serde::Serialize;

use crate::{
    error::Answer,
    state::{AppState, now},
};

/// A step that can be undone.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct UndoStepRow {
    /// No other step has it, also after a restore.
    pub id: String,
    pub label: String,
    /// The author, if it is someone else.
    pub other: Option<String>,
}

impl UndoStepRow {
    pub fn new(step: &UndoStep, author: &str) -> Self {
        let other = (step.author != author).then(|| step.author.clone());
        Self { id: step.id.clone(), label: step.label.clone(), other }
    }
}

/// Undoes the step that was shown; without one, what this window has done last. Answers with its label.
///
/// # Errors
/// [`ErrorKind::Stale`](crate::error::ErrorKind::Stale) if that is not the newest step in effect any more.
#[specta::specta]
pub fn undo(app: &AppState, step: Option<String>) -> Answer<String> {
    app.alter(|store| {
        let is_meant = |next: &UndoStep| match &step {
            Some(id) => next.id == *id,
            None => store.is_own_last(next),
        };
        if !store.next_undo().is_none_or(is_meant) {
            return Err(StoreError::ChangedElsewhere);
        }
        store.undo(&app.author, now())
    })
}

/// Redoes the operation undone last; answers with its label.
#[specta::specta]
pub fn redo(app: &AppState) -> Answer<String> {
    let author = app.author.clone();
    app.alter(|store| store.redo(&author, now()))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use headroom_model::Team;
    use headroom_store::Store;

    use super::*;
    use crate::error::ErrorKind;

    fn window(path: &Path) -> AppState {
        AppState::on(Store::open(path, now()).unwrap(), "Ada".to_owned())
    }

    fn add(app: &AppState, name: &str) {
        app.edit(
            |_| format!("Add {name}"),
            |draft| {
                let id = draft.new_id::<Team>();
                draft.put(Team { id, key: name.to_lowercase(), name: name.into(), ..Team::default() });
                Ok(())
            },
        )
        .unwrap();
    }

    fn shown(app: &AppState) -> UndoStepRow {
        app.with_store(|store, _| store.next_undo().map(|step| UndoStepRow::new(step, "Ada")))
            .unwrap()
            .unwrap()
    }

    /// Two windows of one user: who is the author does not tell their steps apart.
    #[test]
    fn only_the_step_that_was_shown_is_undone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("acme.headroom");
        drop(Store::create(&path, now()).unwrap());
        let (first, second) = (window(&path), window(&path));
        add(&first, "Payments");
        let step = shown(&first);
        add(&second, "Returns");
        // Not heard of yet: still the step that is shown here.
        assert_eq!(undo(&first, None).unwrap(), "Add Payments");
        redo(&first).unwrap();
        add(&second, "Search");
        assert!(first.refresh().unwrap());
        for meant in [Some(step.id), None] {
            assert_eq!(undo(&first, meant).unwrap_err().kind, ErrorKind::Stale);
        }
        assert_eq!(undo(&first, Some(shown(&first).id)).unwrap(), "Add Search");
        assert_eq!(first.plan().unwrap().teams.len(), 2);
    }
}
