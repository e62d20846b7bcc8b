//! Undo and redo. An operation of someone else is undone only if it is the one that the user agreed to.

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
    pub seq: u32,
    pub label: String,
    /// The author, if it is someone else.
    pub other: Option<String>,
}

impl UndoStepRow {
    pub fn new(step: &UndoStep, author: &str) -> Self {
        let other = (step.author != author).then(|| step.author.clone());
        Self { seq: u32::try_from(step.seq).unwrap_or(u32::MAX), label: step.label.clone(), other }
    }
}

/// Undoes the newest operation if it is the one of someone else that was agreed to, or one's own if none was; answers
/// with its label.
#[specta::specta]
pub fn undo(app: &AppState, seq: Option<u32>) -> Answer<String> {
    let author = app.author.clone();
    let is_meant = |step: &UndoStep| match seq {
        Some(seq) => step.seq == i64::from(seq),
        None => step.author == author,
    };
    app.alter(|store| {
        if !store.next_undo().is_none_or(is_meant) {
            return Err(StoreError::ChangedElsewhere);
        }
        store.undo(&author, now())
    })
}

/// Redoes the operation undone last; answers with its label.
#[specta::specta]
pub fn redo(app: &AppState) -> Answer<String> {
    let author = app.author.clone();
    app.alter(|store| store.redo(&author, now()))
}
