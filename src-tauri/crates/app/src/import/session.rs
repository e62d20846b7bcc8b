//! Import: read and preview, then apply as one step.

use std::{
    path::PathBuf,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
};

use headroom_analysis::onboarding::template::propagate;
use headroom_exchange::{
    DetectedFormat, Diagnostic, FORMATS, ImportOptions, NameMatch, Part, Place, Preview, ReadOptions,
    Unresolved, compare, read_parts,
};
use headroom_model::{EntityRef, Kind, Person, Plan, Service, Team};
use headroom_store::OperationMeta;
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, State};
use tauri_specta::Event;

use super::{
    EntityKind, NamedEntity,
    diagnostics::{DiagnosticCounts, LISTED, worst_first},
    history::{ChangePresenter, HistoryChanges},
    sheet,
};
use crate::{
    error::{Answer, AppError, ErrorKind},
    state::{AppState, now, today},
};

/// The import being previewed.
#[derive(Default)]
pub struct ImportSession {
    pending: Mutex<Option<Pending>>,
    /// Incremented when an import starts or is cancelled, so that a cancelled one is recognised.
    turn: AtomicU32,
}

struct Pending {
    preview: Preview,
    /// Diagnostics, most severe first. Ambiguities are asked separately.
    problems: Vec<Diagnostic>,
    label: String,
    /// The revision of the plan it was compared with.
    revision: u32,
}

impl ImportSession {
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

    pub(super) fn with_problems<T>(&self, ask: impl FnOnce(&[Diagnostic]) -> T) -> Answer<T> {
        self.with(|pending| ask(&pending.problems))
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
    AppError::new(ErrorKind::NotFound, "no import in progress; choose the files again")
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FormatRow {
    pub id: String,
    pub title: String,
    pub hint: String,
    pub is_read: bool,
    /// Written as a new file, whole or as a diagram.
    pub is_written: bool,
    /// Owners in existing files of this format can be updated.
    pub is_updated: bool,
    /// Default file name; none if it is a folder.
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
    /// By default the detected one.
    pub format: Option<String>,
    /// Folder depth of a service in CODEOWNERS files.
    pub depth: u32,
    /// Full sync: what the sources no longer contain has ended.
    pub is_complete: bool,
    /// What unresolved names stand for.
    pub names: Vec<NameIs>,
    /// How columns of tables become fields: a profile as JSON. By default the headers decide.
    pub profile: Option<String>,
}

/// A name in the sources, and the entity it stands for.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct NameIs {
    pub name: String,
    pub kind: EntityKind,
    pub id: u32,
}

/// Progress of the import, shown if it takes longer than a moment.
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
    // Nobody receiving progress is no reason to stop.
    let _ = ImportProgress { stage }.emit(handle);
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportPreview {
    /// The format, if there is only one.
    pub format: Option<String>,
    pub formats: Vec<FoundRow>,
    pub changes: u32,
    pub counts: Vec<ImportCount>,
    pub unresolved: Vec<UnresolvedRow>,
    pub unresolved_count: u32,
    pub problems: DiagnosticCounts,
}

/// A detected format, and where.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FoundRow {
    pub title: String,
    pub files: u32,
    /// The first of its files.
    pub example: String,
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
    pub kind: EntityKind,
    pub noun: String,
    pub key: String,
    pub mentions: u32,
    pub place: String,
    pub suggestions: Vec<NameSuggestion>,
}

/// A similar name, with the entity of the plan it belongs to, if any.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct NameSuggestion {
    pub key: String,
    pub entity: Option<NamedEntity>,
}

/// Reads the sources and previews the changes. Nothing is changed until [`import_apply`].
#[tauri::command(async)]
#[specta::specta]
pub fn import_preview(
    handle: AppHandle,
    app: State<'_, AppState>,
    request: ImportRequest,
) -> Answer<ImportPreview> {
    let turn = app.import.begin();
    let (plan, revision) = app.with_store(|store, revision| (store.plan().clone(), revision))?;
    let sources: Vec<PathBuf> = request.sources.iter().map(PathBuf::from).collect();
    tell(&handle, ImportStage::Reading);
    let profile = request.profile.as_deref().map(sheet::read_profile).transpose()?;
    let named = request.format.as_deref().or(profile.as_ref().map(|_| "sheet"));
    let hides_pay = !app.is_pay_shown();
    let depth = request.depth as usize;
    let options = ReadOptions { depth, profile, hides_pay, today: Some(today()), ..ReadOptions::default() };
    let parts = read_parts(&sources, named, &options)?;
    app.import.check(turn)?;
    tell(&handle, ImportStage::Comparing);
    let found: Vec<DetectedFormat> = parts.iter().map(Part::detected_formats).collect();
    let names = request.names.iter().filter_map(|name| match_of(&plan, name)).collect();
    let options = ImportOptions { today: today(), complete: request.is_complete, names };
    let mut preview = compare(&plan, parts, &options);
    // Checklists that have not started follow their templates.
    let further = propagate(&plan, &preview.changes, today())?;
    preview.changes.extend(further);
    app.import.check(turn)?;
    let problems: Vec<Diagnostic> =
        worst_first(preview.problems.iter().filter(|problem| !problem.is_question)).cloned().collect();
    let answer = ImportPreview {
        format: found.first().filter(|_| found.len() == 1).map(|found| found.format.to_owned()),
        formats: found.iter().map(found_row).collect(),
        changes: preview.changes.len() as u32,
        counts: preview.counts.iter().map(count_row).collect(),
        unresolved: preview.unresolved.iter().take(LISTED).map(|name| unresolved_row(&plan, name)).collect(),
        unresolved_count: preview.unresolved.len() as u32,
        problems: DiagnosticCounts::of(&problems),
    };
    let titles: Vec<&str> = found.iter().map(|found| found.title).collect();
    let label = format!("Imported {} from {}", titles.join(", "), request.sources.join(", "));
    app.import.put(Some(Pending { preview, problems, label, revision }));
    Ok(answer)
}

/// None if the entity was deleted meanwhile; the name stays unresolved then.
fn match_of(plan: &Plan, name: &NameIs) -> Option<NameMatch> {
    let to = plan.key_of(EntityRef { kind: Kind::from(name.kind), id: name.id });
    let (from, to) = (name.name.clone(), to.to_owned());
    (!to.is_empty()).then(|| NameMatch { from, to, place: Place::default() })
}

fn found_row(found: &DetectedFormat) -> FoundRow {
    FoundRow {
        title: found.title.to_owned(),
        files: found.files.len() as u32,
        example: found.files.first().cloned().unwrap_or_default(),
    }
}

fn count_row(count: &headroom_exchange::KindCount) -> ImportCount {
    ImportCount {
        kind: count.kind.into(),
        noun: count.kind.noun().to_owned(),
        added: count.added as u32,
        changed: count.changed as u32,
        ended: count.ended as u32,
    }
}

fn unresolved_row(plan: &Plan, name: &Unresolved) -> UnresolvedRow {
    let suggestion = |key: &String| {
        let found = match name.kind {
            Kind::Team => plan.find::<Team>(key).map(EntityRef::from),
            Kind::Person => plan.find::<Person>(key).map(EntityRef::from),
            Kind::Service => plan.find::<Service>(key).map(EntityRef::from),
            _ => None,
        };
        NameSuggestion { key: key.clone(), entity: found.map(|found| NamedEntity::new(plan, found)) }
    };
    UnresolvedRow {
        kind: name.kind.into(),
        noun: name.kind.noun().to_owned(),
        key: name.key.clone(),
        mentions: name.mentions as u32,
        place: name.place.to_string(),
        suggestions: name.suggestions.iter().map(suggestion).collect(),
    }
}

/// A page of the changes the import would make.
#[tauri::command(async)]
#[specta::specta]
pub fn import_changes(app: State<'_, AppState>, offset: u32, limit: u32) -> Answer<HistoryChanges> {
    let (plan, shows_pay) = (app.plan()?, app.is_pay_shown());
    app.import.with(|pending| {
        ChangePresenter::new(&plan, &pending.preview.changes, shows_pay).stretch(offset, limit)
    })
}

/// Applies the previewed changes as one undoable step, after a backup; answers with their number.
#[tauri::command(async)]
#[specta::specta]
pub fn import_apply(handle: AppHandle, app: State<'_, AppState>) -> Answer<u32> {
    let pending = app.import.take()?;
    if app.with_store(|_, revision| revision)? != pending.revision {
        return Err(AppError::new(
            ErrorKind::Stale,
            "the plan has changed since this preview; review the import again",
        ));
    }
    tell(&handle, ImportStage::Writing);
    let count = pending.preview.changes.len() as u32;
    let note = OperationMeta::import(pending.label, app.author.clone(), now());
    app.alter(|store| store.apply(&note, pending.preview.changes))?;
    Ok(count)
}

/// Cancels the import that is being read or previewed.
#[tauri::command(async)]
#[specta::specta]
pub fn import_cancel(app: State<'_, AppState>) {
    app.import.begin();
}
