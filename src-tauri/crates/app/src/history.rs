//! The history: who changed what, and when.

use chrono::{DateTime, Utc};
use headroom_store::{Operation, Store};
use serde::Serialize;

use crate::{
    change_presenter::{ChangePresenter, HistoryChanges},
    error::Answer,
    state::AppState,
    use_case::{UseCase, use_cases},
};

pub(crate) const USE_CASES: &[UseCase] = use_cases! { history, history_changes, steps_since };

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

impl HistoryEntry {
    fn new(store: &Store, entry: Operation) -> Self {
        Self {
            seq: u32::try_from(entry.seq).unwrap_or(u32::MAX),
            at: entry.at,
            is_undone: entry.target.is_none() && store.is_undone(entry.seq),
            from_copy: entry.merge.is_some(),
            can_undo: store.can_undo(entry.seq),
            author: entry.author,
            action: entry.action.name().to_owned(),
            label: entry.label,
            change_count: entry.change_count,
        }
    }
}

/// Operations before number `before`, newest first.
#[specta::specta]
pub fn history(app: &AppState, before: Option<u32>, limit: u32) -> Answer<Vec<HistoryEntry>> {
    app.with_store(|store, _| {
        let entries = store.history(before.map(i64::from), limit)?;
        Ok(entries.into_iter().map(|entry| HistoryEntry::new(store, entry)).collect())
    })?
}

/// What was done after a step.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct StepsSince {
    /// The file of the plan.
    pub path: String,
    /// The newest step; 0 if nothing was ever done.
    pub newest: u32,
    /// Number of steps, at most [`COUNTED`]; a merged copy is one.
    pub count: u32,
    /// There are more than that.
    pub has_more: bool,
    /// The newest of them.
    pub steps: Vec<HistoryEntry>,
}

/// How many steps are counted.
const COUNTED: usize = 100;

/// What was done after step `seq`; the newest `limit` steps of it.
#[specta::specta]
pub fn steps_since(app: &AppState, seq: u32, limit: u32) -> Answer<StepsSince> {
    app.with_store(|store, _| {
        let newest = store.history(None, 1)?.first().map_or(0, |entry| entry.seq);
        let mut found = Vec::new();
        let mut before = None;
        // What a copy brought stands between the steps.
        while found.len() <= COUNTED {
            let page = store.history(before, COUNTED as u32)?;
            let Some(last) = page.last() else { break };
            before = Some(last.seq);
            let is_over = last.seq <= i64::from(seq);
            found.extend(page.into_iter().filter(|it| it.seq > i64::from(seq) && it.merge.is_none()));
            if is_over {
                break;
            }
        }
        Ok(StepsSince {
            path: store.path().display().to_string(),
            newest: u32::try_from(newest).unwrap_or(u32::MAX),
            count: found.len().min(COUNTED) as u32,
            has_more: found.len() > COUNTED,
            steps: found.into_iter().take(limit as usize).map(|it| HistoryEntry::new(store, it)).collect(),
        })
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
