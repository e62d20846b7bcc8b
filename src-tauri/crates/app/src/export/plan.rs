//! Export: the plan in another format, or the owners in the user's own files.

use std::path::Path;

use headroom_analysis::map::{By, HiddenNodes, MapScope};
use headroom_diagram_export::{DiagramOptions, diagram_format, drawing};
use headroom_exchange::{ExportOptions, FileUpdate, OwnerChange, update, write};
use headroom_files::write_file;
use serde::{Deserialize, Serialize};

use crate::{
    at::At,
    error::Answer,
    import::diagnostics::{DiagnosticRow, LISTED, problem_row, worst_first},
    state::AppState,
};

/// Maximum number of files sent with their difference; counts are complete.
const FILES_SHOWN: usize = 200;

/// Writes the plan in a format, to a file or folder; answers with what the format could not hold.
#[specta::specta]
pub fn export_plan(app: &AppState, format: String, path: String, at: At) -> Answer<Vec<DiagnosticRow>> {
    let view = app.day(at)?;
    if let Some(diagram) = diagram_format(&format) {
        let choice = DiagramOptions {
            shown: MapScope::Everything,
            hidden: HiddenNodes::default(),
            by: Some(By::Owner),
            is_folded: false,
        };
        let text = (diagram.draw)(&drawing(&view.snapshot, &choice));
        write_file(Path::new(&path), text)?;
        return Ok(Vec::new());
    }
    let problems = write(&view.snapshot, &format, Path::new(&path), &ExportOptions::default())?;
    Ok(worst_first(&problems).take(LISTED).map(problem_row).collect())
}

#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct UpdateRequest {
    pub format: String,
    /// The imported file or folder.
    pub source: String,
    pub at: At,
    /// Replace former names of owners by current ones.
    pub with_current_names: bool,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct UpdatePreview {
    pub files: Vec<UpdatedFile>,
    pub file_count: u32,
    pub owner_count: u32,
    /// Number of entities that the files describe.
    pub compared_count: u32,
    pub problems: Vec<DiagnosticRow>,
    pub problem_count: u32,
    /// Services of the plan that are in none of the files.
    pub absent_count: u32,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct UpdatedFile {
    pub path: String,
    pub owners: Vec<UpdatedOwner>,
    /// Unified diff without headers.
    pub diff: String,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct UpdatedOwner {
    pub line: u32,
    pub subject: String,
    pub was: String,
    pub becomes: String,
}

/// Previews the update of the user's files. Nothing is written until [`update_write`] or [`update_patch`].
#[specta::specta]
pub fn update_preview(app: &AppState, request: UpdateRequest) -> Answer<UpdatePreview> {
    app.export.put(None);
    let view = app.day(request.at)?;
    let options = ExportOptions { current_names: request.with_current_names, ..ExportOptions::default() };
    let update = update(&view.snapshot, &request.format, Path::new(&request.source), &options)?;
    let preview = UpdatePreview {
        files: update.files.iter().take(FILES_SHOWN).map(updated_file).collect(),
        file_count: update.files.len() as u32,
        owner_count: update.owner_count() as u32,
        compared_count: update.compared as u32,
        problems: worst_first(&update.problems).take(LISTED).map(problem_row).collect(),
        problem_count: update.problems.len() as u32,
        absent_count: update.absent.len() as u32,
    };
    app.export.put(Some(update));
    Ok(preview)
}

fn updated_file(file: &FileUpdate) -> UpdatedFile {
    let patch = String::from_utf8_lossy(&file.patch()).into_owned();
    let diff = patch.split_inclusive('\n').skip_while(|line| !line.starts_with("@@")).collect();
    UpdatedFile {
        path: file.path.display().to_string(),
        owners: file.owners.iter().map(updated_owner).collect(),
        diff,
    }
}

fn updated_owner(owner: &OwnerChange) -> UpdatedOwner {
    UpdatedOwner {
        line: u32::try_from(owner.line).unwrap_or(u32::MAX),
        subject: owner.subject.clone(),
        was: owner.was.clone(),
        becomes: owner.becomes.clone(),
    }
}

/// Writes the previewed update to the files; refused if one of them has changed since.
#[specta::specta]
pub fn update_write(app: &AppState) -> Answer<()> {
    app.export.with(|update| Ok(update.write_over()?))?;
    app.export.put(None);
    Ok(())
}

/// Saves the previewed update as a patch.
#[specta::specta]
pub fn update_patch(app: &AppState, path: String) -> Answer<()> {
    app.export.with(|update| Ok(write_file(Path::new(&path), update.patch())?))
}
