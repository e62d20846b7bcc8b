//! The history: who changed what, and when.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::{
    change_presenter::{ChangePresenter, HistoryChanges},
    error::Answer,
    state::AppState,
    use_case::{UseCase, use_cases},
};

pub(crate) const USE_CASES: &[UseCase] = use_cases! { history, history_changes };

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HistoryEntry {
    pub seq: u32,
    pub at: DateTime<Utc>,
    pub author: String,
    /// `edit`, `import`, `undo`, `redo`.
    pub action: String,
    pub label: String,
    pub change_count: u32,
    /// Undone since.
    pub is_undone: bool,
    /// Done in a copy of the plan, and brought by the merge above it.
    pub from_copy: bool,
    /// In effect, so that it can be undone, also after others.
    pub can_undo: bool,
}

/// Operations before number `before`, newest first.
#[specta::specta]
pub fn history(app: &AppState, before: Option<u32>, limit: u32) -> Answer<Vec<HistoryEntry>> {
    app.with_store(|store, _| {
        let entries = store.history(before.map(i64::from), limit)?;
        let is_edit = |target: Option<i64>| target.is_none();
        Ok(entries
            .into_iter()
            .map(|entry| HistoryEntry {
                seq: u32::try_from(entry.seq).unwrap_or(u32::MAX),
                at: entry.at,
                is_undone: is_edit(entry.target) && store.is_undone(entry.seq),
                from_copy: entry.merge.is_some(),
                can_undo: store.can_undo(entry.seq),
                author: entry.author,
                action: entry.action.name().to_owned(),
                label: entry.label,
                change_count: entry.change_count,
            })
            .collect())
    })?
}

/// A page of the changes of an operation, field by field.
#[specta::specta]
pub fn history_changes(app: &AppState, seq: u32, offset: u32, limit: u32) -> Answer<HistoryChanges> {
    let (changes, plan) = app.with_store(|store, _| {
        store.changes_of(seq.into()).map(|changes| (changes, store.plan().clone()))
    })??;
    Ok(ChangePresenter::new(&plan, &changes, app.pay.is_shown()).stretch(offset, limit))
}
