//! What has become of findings since a step of the history: those that are new, and those that are resolved.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_analysis::{DayView, Finding, Outside};
use headroom_model::Plan;
use headroom_store::{Store, StoreError};
use rustc_hash::FxHashSet;
use serde::Serialize;

use crate::{
    at::At,
    entities::finding::FindingRow,
    error::Answer,
    state::{AppState, today},
};

/// Findings that came and went, most severe first.
#[derive(Debug, Default, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FindingsSince {
    /// Open now, and not found then.
    pub new: Vec<FindingRow>,
    pub new_count: u32,
    /// Found then, and not now.
    pub resolved: Vec<FindingRow>,
    pub resolved_count: u32,
}

/// What has become of findings since step `seq`, which was seen on `seen_on`; at most `limit` of each are listed. On a day that
/// is chosen, both are of that day. None if the plan of then cannot be told any more, after a restore for example.
#[specta::specta]
pub fn findings_since(
    app: &AppState,
    seq: u32,
    seen_on: NaiveDate,
    limit: u32,
    at: At,
) -> Answer<Option<FindingsSince>> {
    let view = app.day(at)?;
    let Some(then) = app.with_store(|store, _| plan_at(store, seq.into()))?? else { return Ok(None) };
    let day = if at.day.is_some() { view.snapshot.day() } else { seen_on.min(view.snapshot.day()) };
    if day == view.snapshot.day() && Arc::ptr_eq(&then, view.snapshot.plan()) {
        return Ok(Some(FindingsSince::default()));
    }
    // How scenarios stood then is not known: as now, so that none of it is taken for new.
    let outside = Outside { today: Some(today().min(day)), ..view.outside().clone() };
    let then = DayView::with(&then, day, outside, Some(&view.facts));
    let ids =
        |view: &DayView| -> FxHashSet<String> { view.findings().iter().map(|it| it.id.clone()).collect() };
    let (before, now) = (ids(&then), ids(&view));
    let new: Vec<&Finding> = view.open_findings().filter(|finding| !before.contains(&finding.id)).collect();
    let resolved: Vec<&Finding> =
        then.findings().iter().filter(|finding| !now.contains(&finding.id)).collect();
    let rows = |view: &DayView, found: &[&Finding]| {
        found.iter().take(limit as usize).map(|finding| FindingRow::new(view, finding)).collect()
    };
    Ok(Some(FindingsSince {
        new_count: new.len() as u32,
        new: rows(&view, &new),
        resolved_count: resolved.len() as u32,
        resolved: rows(&then, &resolved),
    }))
}

/// The plan as it was after a step; none if there is no such step, after a restore for example.
fn plan_at(store: &Store, seq: i64) -> Result<Option<Arc<Plan>>, StoreError> {
    let changes = match store.rewinding(seq) {
        Ok((_, _, changes)) => changes,
        Err(StoreError::NothingToUndo | StoreError::Refused(_)) => return Ok(None),
        Err(error) => return Err(error),
    };
    if changes.is_empty() {
        return Ok(Some(store.plan().clone()));
    }
    Ok(store.plan().after(&changes).ok().map(Arc::new))
}
