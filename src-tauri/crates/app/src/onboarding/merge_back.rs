//! Merging a shared checklist back, with a preview of what changes.

use std::path::Path;

use headroom_analysis::onboarding::{
    checkout::{CheckoutContent, MergeBack, MergeBackError, merge_back},
    labels,
};
use headroom_model::{ChecklistItemId, ItemState, merge::Choice};
use headroom_store::{Store, StoreError};
use serde::Serialize;

use crate::{
    entities::id::Id,
    error::{Answer, AppError, ErrorKind},
    state::{AppState, now},
};

/// An item that changes.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MergedRow {
    pub title: String,
    /// Its new value, in words.
    pub becomes: String,
}

/// An item that both sides changed.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ConflictRow {
    pub item: Id,
    pub title: String,
    /// `state`, `note`, `feedback`.
    pub what: Vec<String>,
    pub ours: String,
    pub theirs: String,
    pub is_theirs: bool,
}

#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct IgnoredRow {
    pub title: String,
    pub why: String,
}

#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MergeBackView {
    pub recipient: String,
    pub taken: Vec<MergedRow>,
    pub conflicts: Vec<ConflictRow>,
    pub ignored: Vec<IgnoredRow>,
    /// Number of rows of the plan that change.
    pub changes: u32,
}

/// What a shared file brings back to the plan. `choose` says which side wins a conflict.
///
/// # Errors
/// [`ErrorKind::Invalid`] if it is not a file shared from this plan, [`ErrorKind::File`] if it cannot be read.
pub fn compare(
    app: &AppState,
    path: &Path,
    choose: &dyn Fn(ChecklistItemId) -> Option<Choice>,
) -> Answer<MergeBack> {
    let (plan, identity, former) =
        app.with_store(|store, _| (store.plan().clone(), store.identity(), store.all_amounts_in_history()))?;
    let invalid = |problem: MergeBackError| AppError::new(ErrorKind::Invalid, problem.message());
    // Advice for a damaged plan would be wrong for someone else's file.
    let copy = Store::open(path, now()).map_err(|error| match error {
        StoreError::Damaged(why) | StoreError::Inconsistent(why) => invalid(MergeBackError::Broken(why)),
        other => other.into(),
    })?;
    merge_back(&plan, &identity?, copy.plan(), former?, choose).map_err(invalid)
}

/// Makes the changes of a comparison, as one undoable step.
///
/// # Errors
/// [`ErrorKind::Stale`] if the plan has changed since, [`ErrorKind::File`] if it cannot be written.
pub fn apply(app: &AppState, back: &MergeBack) -> Answer<()> {
    if back.changes.is_empty() {
        return Ok(());
    }
    app.apply(labels::merge(&back.recipient), back.changes.clone())
}

fn merged(app: &AppState, path: &str, theirs: &[Id]) -> Answer<MergeBack> {
    compare(app, Path::new(path), &|item| theirs.contains(&item.into()).then_some(Choice::Theirs))
}

/// Previews a merge: what the file brings back, and conflicts. `theirs` are the items in conflict for which the
/// file's version counts.
#[specta::specta]
pub fn merge_back_view(app: &AppState, path: String, theirs: Vec<Id>) -> Answer<MergeBackView> {
    let back = merged(app, &path, &theirs)?;
    let conflicts = back.conflicts.iter().map(|conflict| ConflictRow {
        item: conflict.item.into(),
        title: conflict.title.clone(),
        what: conflict.what.iter().map(|what| what.word().to_owned()).collect(),
        ours: words(&conflict.ours),
        theirs: words(&conflict.theirs),
        is_theirs: conflict.chosen == Some(Choice::Theirs),
    });
    let taken =
        back.taken.iter().map(|taken| MergedRow { title: taken.title.clone(), becomes: words(&taken.now) });
    let ignored = back
        .ignored
        .iter()
        .map(|ignored| IgnoredRow { title: ignored.title.clone(), why: ignored.why.clone() });
    Ok(MergeBackView {
        recipient: back.recipient.clone(),
        taken: taken.collect(),
        conflicts: conflicts.collect(),
        ignored: ignored.collect(),
        changes: back.changes.len() as u32,
    })
}

/// Merges it back, as one undoable step.
#[specta::specta]
pub fn merge_back_apply(app: &AppState, path: String, theirs: Vec<Id>) -> Answer<u32> {
    let back = merged(app, &path, &theirs)?;
    apply(app, &back)?;
    Ok(back.taken.len() as u32)
}

fn words(content: &CheckoutContent) -> String {
    let day = |on: &chrono::NaiveDate| headroom_model::wording::date(on).to_string();
    let state = match &content.state {
        ItemState::Open => "open".to_owned(),
        ItemState::Done { on, by } if by.is_empty() => format!("done {}", day(on)),
        ItemState::Done { on, by } => format!("done {} by {by}", day(on)),
        ItemState::Skipped { on, why } => format!("skipped {}: {why}", day(on)),
        ItemState::Blocked { by } => format!("blocked by {by}"),
    };
    let note = (!content.note.is_empty()).then(|| format!("note: {}", content.note));
    let said = content.feedback.as_ref().map(|said| {
        let words = if said.words.is_empty() { String::new() } else { format!(" – {}", said.words) };
        format!("feedback: {}{words}", said.fault.word())
    });
    [Some(state), note, said].into_iter().flatten().collect::<Vec<_>>().join("; ")
}
