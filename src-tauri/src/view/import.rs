//! Bringing another tool's files in: read, look at what would change, apply as one step.

use std::{
    path::PathBuf,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
};

use headroom_exchange::{DiffOptions, FORMATS, Level, Preview, Problem, ReadOptions, Unresolved, diff, read};
use headroom_store::Note;
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, State};
use tauri_specta::Event;

use super::{
    EntityKind,
    history::{HistoryChanges, describe},
};
use crate::{
    error::{Answer, AppError, ErrorKind},
    state::{App, now, today},
};

/// How many problems, and how many names that nothing defines, go to the window; the counts are whole.
pub(super) const LISTED: usize = 500;

/// The import that is being looked at.
#[derive(Default)]
pub struct ImportDesk {
    pending: Mutex<Option<Pending>>,
    /// Goes up with every import begun or called off, so that one called off meanwhile is known by its number.
    turn: AtomicU32,
}

struct Pending {
    preview: Preview,
    label: String,
    /// Of the plan it was compared with.
    revision: u32,
}

impl ImportDesk {
    fn begin(&self) -> u32 {
        self.put(None);
        self.turn.fetch_add(1, Ordering::SeqCst) + 1
    }

    fn check(&self, turn: u32) -> Answer<()> {
        if self.turn.load(Ordering::SeqCst) == turn { Ok(()) } else { Err(AppError::cancelled()) }
    }

    fn put(&self, pending: Option<Pending>) {
        *self.pending.lock().unwrap_or_else(PoisonError::into_inner) = pending;
    }

    fn with<T>(&self, ask: impl FnOnce(&Pending) -> T) -> Answer<T> {
        let pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
        pending.as_ref().map(ask).ok_or_else(nothing_pending)
    }

    fn take(&self) -> Answer<Pending> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner).take().ok_or_else(nothing_pending)
    }
}

fn nothing_pending() -> AppError {
    AppError::new(ErrorKind::NotFound, "there is no import to look at; choose its files again")
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FormatRow {
    pub id: String,
    pub title: String,
    pub hint: String,
    pub is_read: bool,
    /// Written anew, as a whole or as a picture.
    pub is_written: bool,
    /// Files of it that are there already can be brought up to the plan's owners.
    pub is_updated: bool,
    /// What a file of it is called; none when it is a folder.
    pub file: Option<String>,
}

/// Every format that can be read or written.
#[tauri::command]
#[specta::specta]
pub fn formats() -> Vec<FormatRow> {
    let row = |format: &headroom_exchange::Format| FormatRow {
        id: format.id.to_owned(),
        title: format.title.to_owned(),
        hint: format.hint.to_owned(),
        is_read: format.read.is_some(),
        is_written: format.write.is_some() || format.draw.is_some(),
        is_updated: format.update.is_some(),
        file: format.file.map(str::to_owned),
    };
    FORMATS.iter().map(row).collect()
}

#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportRequest {
    pub sources: Vec<String>,
    /// None: the one that the sources look like.
    pub format: Option<String>,
    /// How many folders deep a service of a CODEOWNERS file is.
    pub depth: u32,
    /// What the sources no longer mention has ended.
    pub is_complete: bool,
}

/// How far the import has come: shown once it takes longer than a moment.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, tauri_specta::Event)]
#[serde(rename_all = "camelCase")]
pub struct ImportProgress {
    pub stage: ImportStage,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum ImportStage {
    Reading,
    Comparing,
    Writing,
}

fn tell(handle: &AppHandle, stage: ImportStage) {
    // Progress that nobody hears is no reason to stop.
    let _ = ImportProgress { stage }.emit(handle);
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportPreview {
    pub format: String,
    pub format_title: String,
    pub changes: u32,
    pub counts: Vec<ImportCount>,
    pub unresolved: Vec<UnresolvedRow>,
    pub unresolved_count: u32,
    pub problems: Vec<ProblemRow>,
    pub problem_count: u32,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportCount {
    pub kind: EntityKind,
    pub noun: String,
    pub added: u32,
    pub changed: u32,
    pub ended: u32,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct UnresolvedRow {
    pub noun: String,
    pub key: String,
    pub mentions: u32,
    pub place: String,
    pub suggestions: Vec<String>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ProblemRow {
    pub level: ProblemLevel,
    pub place: String,
    pub message: String,
    pub advice: String,
}

#[derive(Debug, Clone, Copy, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum ProblemLevel {
    Note,
    Warning,
    Error,
}

/// Reads the sources and says what they would change. Nothing is altered until [`import_apply`].
#[tauri::command(async)]
#[specta::specta]
pub fn import_preview(
    handle: AppHandle,
    app: State<'_, App>,
    request: ImportRequest,
) -> Answer<ImportPreview> {
    let turn = app.import.begin();
    let (plan, revision) = app.with_store(|store, revision| (store.plan().clone(), revision))?;
    let sources: Vec<PathBuf> = request.sources.iter().map(PathBuf::from).collect();
    tell(&handle, ImportStage::Reading);
    let options = ReadOptions { depth: request.depth as usize };
    let (format, records) = read(&sources, request.format.as_deref(), &options)?;
    app.import.check(turn)?;
    tell(&handle, ImportStage::Comparing);
    let options = DiffOptions { today: today(), complete: request.is_complete, source: format.id };
    let preview = diff(&plan, &records, &options);
    app.import.check(turn)?;
    let answer = ImportPreview {
        format: format.id.to_owned(),
        format_title: format.title.to_owned(),
        changes: preview.changes.len() as u32,
        counts: preview.counts.iter().map(count_row).collect(),
        unresolved: preview.unresolved.iter().take(LISTED).map(unresolved_row).collect(),
        unresolved_count: preview.unresolved.len() as u32,
        problems: worst_first(&preview.problems).take(LISTED).map(problem_row).collect(),
        problem_count: preview.problems.len() as u32,
    };
    let label = format!("Import {} from {}", format.title, request.sources.join(", "));
    app.import.put(Some(Pending { preview, label, revision }));
    Ok(answer)
}

pub(super) fn worst_first(problems: &[Problem]) -> impl Iterator<Item = &Problem> {
    let mut sorted: Vec<&Problem> = problems.iter().collect();
    sorted.sort_by_key(|problem| std::cmp::Reverse(problem.level));
    sorted.into_iter()
}

fn count_row(count: &headroom_exchange::Count) -> ImportCount {
    ImportCount {
        kind: count.kind.into(),
        noun: count.kind.noun().to_owned(),
        added: count.added as u32,
        changed: count.changed as u32,
        ended: count.ended as u32,
    }
}

fn unresolved_row(name: &Unresolved) -> UnresolvedRow {
    UnresolvedRow {
        noun: name.kind.noun().to_owned(),
        key: name.key.clone(),
        mentions: name.mentions as u32,
        place: name.place.to_string(),
        suggestions: name.suggestions.clone(),
    }
}

pub(super) fn problem_row(problem: &Problem) -> ProblemRow {
    ProblemRow {
        level: match problem.level {
            Level::Note => ProblemLevel::Note,
            Level::Warning => ProblemLevel::Warning,
            Level::Error => ProblemLevel::Error,
        },
        place: problem.place.to_string(),
        message: problem.message.clone(),
        advice: problem.advice.clone(),
    }
}

/// A stretch of the changes that the import would make.
#[tauri::command(async)]
#[specta::specta]
pub fn import_changes(app: State<'_, App>, offset: u32, limit: u32) -> Answer<HistoryChanges> {
    let plan = app.plan()?;
    app.import.with(|pending| {
        let changes = &pending.preview.changes;
        let stretch = changes.iter().skip(offset as usize).take(limit as usize);
        HistoryChanges {
            total: changes.len() as u32,
            changes: stretch.map(|change| describe(&plan, changes, change)).collect(),
        }
    })
}

/// Makes the changes that were looked at, as one undoable step after a backup; answers with their number.
#[tauri::command(async)]
#[specta::specta]
pub fn import_apply(handle: AppHandle, app: State<'_, App>) -> Answer<u32> {
    let pending = app.import.take()?;
    if app.with_store(|_, revision| revision)? != pending.revision {
        return Err(AppError::new(ErrorKind::Stale, "the plan has changed since; look at the import again"));
    }
    tell(&handle, ImportStage::Writing);
    let count = pending.preview.changes.len() as u32;
    let note = Note::import(pending.label, app.author.clone(), now());
    app.alter(|store| store.apply(&note, pending.preview.changes))?;
    Ok(count)
}

/// Lets go of the import that is being read or looked at.
#[tauri::command(async)]
#[specta::specta]
pub fn import_cancel(app: State<'_, App>) {
    app.import.begin();
}
