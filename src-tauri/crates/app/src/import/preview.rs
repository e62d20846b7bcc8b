//! Import: read and preview, then apply as one step.

use std::path::PathBuf;

use headroom_analysis::with_consequences;
use headroom_diagram_export::DIAGRAM_FORMATS;
use headroom_exchange::{
    CodeownersReading, DetectedFormat, FORMATS, ImportOptions, NameMatch, Part, Preview, ReadOptions,
    Unresolved, compare, read_parts,
};
use headroom_files::{Diagnostic, Place};
use headroom_hr_import::{TableAnswers, TableOptions};
use headroom_model::{ApplyError, EntityRef, FieldError, Kind, Person, Plan, Service, Team};
use headroom_store::OperationMeta;
use headroom_tabular::cell::{date::DateOrder, number::DecimalMark};
use serde::{Deserialize, Serialize};

use crate::{
    change_presenter::{ChangePresenter, HistoryChanges},
    entities::{
        entity::{EntityKind, NamedEntity},
        id::Id,
    },
    error::{Answer, AppError, ErrorKind},
    import::{
        diagnostics::{DiagnosticCounts, LISTED, worst_first},
        sheet,
    },
    sessions::import::{ImportStage, Pending},
    state::{AppState, Notice, now, today},
};

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
#[specta::specta]
pub fn formats() -> Vec<FormatRow> {
    let row = |format: &headroom_exchange::Format| FormatRow {
        id: format.id.to_owned(),
        title: format.title.to_owned(),
        hint: format.hint.to_owned(),
        is_read: format.read.is_some(),
        is_written: format.write.is_some(),
        is_updated: format.update.is_some(),
        file: format.file.map(str::to_owned),
    };
    let diagram = |format: &headroom_diagram_export::DiagramFormat| FormatRow {
        id: format.id.to_owned(),
        title: format.title.to_owned(),
        hint: format.hint.to_owned(),
        is_read: false,
        is_written: true,
        is_updated: false,
        file: Some(format.file.to_owned()),
    };
    FORMATS.iter().map(row).chain(DIAGRAM_FORMATS.iter().map(diagram)).collect()
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
    #[serde(default)]
    pub notation: TableNotation,
}

/// What tables of figures don't say themselves; empty: as they show it.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TableNotation {
    /// `point` or `comma`.
    pub decimal: String,
    /// `day-first` or `month-first`.
    pub dates: String,
    /// Of amounts without one: `EUR`.
    pub currency: String,
}

impl TableNotation {
    /// # Errors
    /// If the currency is none.
    fn answers(&self) -> Answer<TableAnswers> {
        let currency = match self.currency.trim() {
            "" => None,
            code => Some(code.parse().map_err(|fault: &str| FieldError::new("currency", fault.to_owned()))?),
        };
        Ok(TableAnswers {
            decimal: match self.decimal.as_str() {
                "point" => Some(DecimalMark::Point),
                "comma" => Some(DecimalMark::Comma),
                _ => None,
            },
            dates: match self.dates.as_str() {
                "day-first" => Some(DateOrder::DayFirst),
                "month-first" => Some(DateOrder::MonthFirst),
                _ => None,
            },
            currency,
            ..TableAnswers::default()
        })
    }
}

/// A name in the sources, and the entity it stands for.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct NameIs {
    pub name: String,
    pub kind: EntityKind,
    pub id: Id,
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
#[specta::specta]
pub fn import_preview(app: &AppState, request: ImportRequest) -> Answer<ImportPreview> {
    let turn = app.import.begin();
    let (plan, revision) = app.with_store(|store, revision| (store.plan().clone(), revision))?;
    let sources: Vec<PathBuf> = request.sources.iter().map(PathBuf::from).collect();
    app.tell(Notice::Import(ImportStage::Reading));
    let profile = request.profile.as_deref().map(sheet::read_profile).transpose()?;
    let named = request.format.as_deref().or(profile.as_ref().map(|_| "sheet"));
    let hides_pay = !app.pay.is_shown();
    let codeowners = CodeownersReading { depth: request.depth as usize, ..CodeownersReading::default() };
    let answers = request.notation.answers()?;
    let tables = TableOptions { profile, answers, hides_pay, today: Some(today()) };
    let options = ReadOptions { codeowners, tables, ..ReadOptions::default() };
    let parts = read_parts(&sources, named, &options)?;
    app.import.check(turn)?;
    app.tell(Notice::Import(ImportStage::Comparing));
    let found: Vec<DetectedFormat> = parts.iter().map(Part::detected_formats).collect();
    let names = request.names.iter().filter_map(|name| match_of(&plan, name)).collect();
    let options = ImportOptions { today: today(), complete: request.is_complete, names };
    let preview = changes_of(&plan, parts, &options)?;
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
    let label = label(&found, &request.sources);
    let scenario = app.scenario();
    app.import.put(Some(Pending { preview, problems, label, revision, scenario }));
    Ok(answer)
}

/// What the sources change in the plan, with what follows from it.
///
/// # Errors
/// [`ApplyError`] if the changes do not fit the plan.
pub fn changes_of(plan: &Plan, parts: Vec<Part>, options: &ImportOptions) -> Result<Preview, ApplyError> {
    let mut preview = compare(plan, parts, options);
    preview.changes = with_consequences(plan, preview.changes, options.today)?;
    Ok(preview)
}

/// The label of an import in the history.
pub fn label(found: &[DetectedFormat], sources: &[String]) -> String {
    let titles: Vec<&str> = found.iter().map(|found| found.title).collect();
    format!("Imported {} from {}", titles.join(", "), sources.join(", "))
}

/// None if the entity was deleted meanwhile; the name stays unresolved then.
fn match_of(plan: &Plan, name: &NameIs) -> Option<NameMatch> {
    let to = plan.key_of(EntityRef { kind: Kind::from(name.kind), id: name.id.0 });
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
#[specta::specta]
pub fn import_changes(app: &AppState, offset: u32, limit: u32) -> Answer<HistoryChanges> {
    let (plan, shows_pay) = (app.plan()?, app.pay.is_shown());
    app.import.with(|pending| {
        ChangePresenter::new(&plan, &pending.preview.changes, shows_pay).stretch(offset, limit)
    })
}

/// Applies the previewed changes as one undoable step, after a backup; answers with their number.
#[specta::specta]
pub fn import_apply(app: &AppState) -> Answer<u32> {
    let pending = app.import.take()?;
    let is_same =
        app.with_store(|_, revision| revision)? == pending.revision && app.scenario() == pending.scenario;
    if !is_same {
        return Err(AppError::new(
            ErrorKind::Stale,
            "the plan has changed since this preview; review the import again",
        ));
    }
    app.tell(Notice::Import(ImportStage::Writing));
    let count = pending.preview.changes.len() as u32;
    let note = OperationMeta::import(pending.label.clone(), app.author.clone(), now());
    app.alter_or_wait(&pending.label, |store| store.apply(&note, pending.preview.changes))?;
    Ok(count)
}

/// Cancels the import that is being read or previewed.
#[specta::specta]
pub fn import_cancel(app: &AppState) {
    app.import.begin();
}
