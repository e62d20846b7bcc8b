//! What a copy of the plan has that the plan has not.

use std::path::Path;

use chrono::{DateTime, Utc};
use headroom_store::CopyMerge;
use serde::Serialize;

use crate::{error::Answer, state::AppState};

/// A copy beside the plan.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CopyComparison {
    pub file_name: String,
    pub operation_count: u32,
    /// The newest ones, newest first.
    pub operations: Vec<CopyOperation>,
    pub change_count: u32,
    pub conflict_count: u32,
    /// Two things had one ID; one of each was given another.
    pub renamed: Vec<RenamedId>,
    /// Scenarios of the copy that are not merged with it.
    pub scenarios_left: u32,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CopyOperation {
    pub at: DateTime<Utc>,
    pub author: String,
    pub label: String,
    pub change_count: u32,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RenamedId {
    pub noun: String,
    pub from: String,
    pub to: String,
}

/// Number of operations listed.
const LISTED: usize = 100;

/// What merging the copy at this path would bring. Nothing is changed.
#[specta::specta]
pub fn compare_copy(app: &AppState, path: String) -> Answer<CopyComparison> {
    let found = app.with_store(|store, _| store.compare_copy(Path::new(&path)))??;
    Ok(comparison(&path, &found))
}

fn comparison(path: &str, found: &CopyMerge) -> CopyComparison {
    let listed = found.steps().rev().take(LISTED).map(|step| CopyOperation {
        at: step.at,
        author: step.author.to_owned(),
        label: step.label.to_owned(),
        change_count: step.change_count,
    });
    let renamed = found.renamed.iter().map(|renamed| RenamedId {
        noun: renamed.subject.kind.noun().to_owned(),
        from: renamed.from.clone(),
        to: renamed.to.clone(),
    });
    CopyComparison {
        file_name: file_name(path),
        operation_count: found.operations as u32,
        operations: listed.collect(),
        change_count: found.changes.len() as u32,
        conflict_count: found.conflicts.len() as u32,
        renamed: renamed.collect(),
        scenarios_left: found.scenarios_left as u32,
    }
}

/// The name of a file without its folders.
pub(super) fn file_name(path: &str) -> String {
    let name = Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned());
    // A file may be called anything; a label is one line.
    name.unwrap_or_else(|| path.to_owned()).replace(char::is_control, " ")
}
