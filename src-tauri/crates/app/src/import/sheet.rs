//! Column matching for tables: what each column contains, what it becomes, and open ambiguities.

use std::path::PathBuf;

use headroom_exchange::are_tables;
use headroom_hr_import::{
    self as hr_import, Ambiguity, AmbiguityKind, BUILT_IN, CellReading, CellWarning, Field, HIDDEN,
    PreviewCell, PreviewRow, PreviewTable, Profile, SheetPreview, Target,
};
use serde::Serialize;

use crate::{
    error::{Answer, AppError, ErrorKind},
    import::diagnostics::DiagnosticLevel,
    state::AppState,
};

/// A field that a column can become.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FieldRow {
    pub id: String,
    pub title: String,
    pub is_date: bool,
    pub is_amount: bool,
}

/// Every field, in the order of the picker.
#[specta::specta]
pub fn sheet_fields() -> Vec<FieldRow> {
    let row = |field: &Field| FieldRow {
        id: field.id().to_owned(),
        title: field.title().to_owned(),
        is_date: field.reading() == CellReading::Date,
        is_amount: field.reading() == CellReading::Amount,
    };
    Field::ALL.iter().map(row).collect()
}

/// Tables as read with a profile.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SheetPreviewView {
    /// The profile in use, as JSON.
    pub profile: String,
    /// The built-in profile detected by the headers.
    pub recognised: Option<String>,
    /// Inferred from the words in the headers.
    pub is_guess: bool,
    pub tables: Vec<SheetTable>,
    pub questions: Vec<SheetAmbiguity>,
    pub profiles: Vec<ProfileRow>,
}

/// A profile to choose.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ProfileRow {
    pub name: String,
    pub title: String,
    pub is_built_in: bool,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SheetTable {
    pub file: String,
    /// The name by which places refer to it.
    pub name: String,
    /// Index of its table in the profile.
    pub table: u32,
    pub sheet: Option<String>,
    /// The sheets of its file, if there are several.
    pub sheets: Vec<String>,
    pub header_line: u32,
    pub rows: u32,
    pub columns: Vec<SheetColumnView>,
    pub preview: Vec<SheetRow>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SheetColumnView {
    pub letters: String,
    pub header: String,
    pub samples: Vec<String>,
    /// Its cells are salaries, and salaries are hidden.
    pub is_hidden: bool,
    pub field: Option<String>,
    /// The table that its IDs refer to.
    pub look_up: Option<String>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SheetRow {
    pub line: u32,
    pub cells: Vec<SheetCell>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SheetCell {
    pub text: String,
    pub doubt: Option<SheetWarning>,
}

#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SheetWarning {
    pub level: DiagnosticLevel,
    pub taken: Option<String>,
    pub why: String,
    pub advice: String,
}

#[derive(Debug, Clone, Copy, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum SheetAmbiguityKind {
    DateOrder,
    ShortYears,
    Currency,
    Dollar,
    FullTimeHours,
    PartTime,
    Hidden,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SheetAmbiguity {
    /// Index of the table in the profile that the answer is for.
    pub table: u32,
    pub ask: SheetAmbiguityKind,
    pub text: String,
    pub examples: Vec<String>,
    pub cells: u32,
    pub file: String,
    /// Line of the first affected cell.
    pub line: u32,
}

/// Previews tables with a profile, or with the one detected by their headers. None if the sources are not tables,
/// unless `is_sheet` forces it.
#[specta::specta]
pub fn sheet_preview(
    app: &AppState,
    sources: Vec<String>,
    profile: Option<String>,
    is_sheet: bool,
) -> Answer<Option<SheetPreviewView>> {
    let sources: Vec<PathBuf> = sources.iter().map(PathBuf::from).collect();
    if !is_sheet && !are_tables(&sources) {
        return Ok(None);
    }
    let profile = profile.as_deref().map(read_profile).transpose()?;
    let look = hr_import::preview(&sources, profile.as_ref())?;
    let plan = app.plan()?;
    let saved = hr_import::saved(&plan).into_iter().map(|name| {
        let title = hr_import::named(&plan, &name).map(|profile| profile.title).unwrap_or_default();
        ProfileRow { name, title, is_built_in: false }
    });
    let built_in = BUILT_IN.iter().map(|known| ProfileRow {
        name: known.id.to_owned(),
        title: (known.make)().title,
        is_built_in: true,
    });
    Ok(Some(look_row(look, saved.chain(built_in).collect(), app.pay.is_shown())))
}

fn look_row(look: SheetPreview, profiles: Vec<ProfileRow>, shows_pay: bool) -> SheetPreviewView {
    let doubts: Vec<SheetWarning> = look
        .doubts
        .into_iter()
        .map(|doubt| if shows_pay { doubt } else { doubt.without_pay() })
        .map(doubt_row)
        .collect();
    let own: Vec<usize> = look.tables.iter().map(|table| table.table).collect();
    let questions = look
        .questions
        .into_iter()
        .map(|question| if shows_pay { question } else { question.without_pay() })
        .map(|question| question_row(question, &own))
        .collect();
    let tables = look.tables.into_iter().map(|table| table_row(table, &doubts, shows_pay)).collect();
    SheetPreviewView {
        profile: look.profile.to_json(),
        recognised: look.recognised.map(str::to_owned),
        is_guess: look.is_guess,
        tables,
        questions,
        profiles,
    }
}

fn doubt_row(doubt: CellWarning) -> SheetWarning {
    SheetWarning { level: doubt.level.into(), taken: doubt.taken, why: doubt.why, advice: doubt.advice }
}

fn question_row(question: Ambiguity, tables: &[usize]) -> SheetAmbiguity {
    SheetAmbiguity {
        table: tables.get(question.table).copied().unwrap_or_default() as u32,
        ask: match question.ask {
            AmbiguityKind::DateOrder => SheetAmbiguityKind::DateOrder,
            AmbiguityKind::ShortYears => SheetAmbiguityKind::ShortYears,
            AmbiguityKind::Currency => SheetAmbiguityKind::Currency,
            AmbiguityKind::Dollar => SheetAmbiguityKind::Dollar,
            AmbiguityKind::FullTimeHours => SheetAmbiguityKind::FullTimeHours,
            AmbiguityKind::PartTime => SheetAmbiguityKind::PartTime,
            AmbiguityKind::Hidden => SheetAmbiguityKind::Hidden,
        },
        text: question.text,
        examples: question.examples,
        cells: question.cells as u32,
        file: question.place.file.to_string(),
        line: question.place.line as u32,
    }
}

fn table_row(table: PreviewTable, doubts: &[SheetWarning], shows_pay: bool) -> SheetTable {
    let is_hidden: Vec<bool> = table.columns.iter().map(|column| column.is_pay && !shows_pay).collect();
    let cell = |(at, cell): (usize, PreviewCell)| SheetCell {
        text: if is_hidden.get(at) == Some(&true) && !cell.text.is_empty() {
            HIDDEN.to_owned()
        } else {
            cell.text
        },
        doubt: cell.doubt.and_then(|doubt| doubts.get(doubt).cloned()),
    };
    let row = |row: PreviewRow| SheetRow {
        line: row.line as u32,
        cells: row.cells.into_iter().enumerate().map(cell).collect(),
    };
    let preview = table.preview.into_iter().map(row).collect();
    let columns = table.columns.into_iter().zip(&is_hidden).map(|(column, is_hidden)| SheetColumnView {
        letters: column.letters,
        header: column.header,
        samples: if *is_hidden && !column.samples.is_empty() {
            vec![HIDDEN.to_owned()]
        } else {
            column.samples
        },
        is_hidden: *is_hidden,
        field: match &column.target {
            Some(Target::Field(field)) => Some(field.id().to_owned()),
            _ => None,
        },
        look_up: match column.target {
            Some(Target::Table { table }) => Some(table),
            _ => None,
        },
    });
    SheetTable {
        file: table.file,
        name: table.name,
        table: table.table as u32,
        sheet: table.sheet,
        sheets: table.sheets,
        header_line: table.header_line as u32,
        rows: table.rows as u32,
        columns: columns.collect(),
        preview,
    }
}

pub(super) fn read_profile(text: &str) -> Answer<Profile> {
    Profile::from_json(text).map_err(|error| AppError::new(ErrorKind::Invalid, error.to_string()))
}

/// A profile of the plan or a built-in one, as JSON.
#[specta::specta]
pub fn sheet_profile(app: &AppState, name: String) -> Answer<String> {
    let plan = app.plan()?;
    let profile = hr_import::named(&plan, &name)
        .map_err(|error| AppError::new(ErrorKind::NotFound, error.to_string()))?;
    Ok(profile.to_json())
}

/// Saves a profile in the plan under a name.
#[specta::specta]
pub fn sheet_save_profile(app: &AppState, name: String, profile: String) -> Answer<()> {
    let name = name.trim();
    if name.is_empty() {
        return Err(AppError::new(ErrorKind::Invalid, "enter a profile name"));
    }
    let mut profile = read_profile(&profile)?;
    name.clone_into(&mut profile.title);
    let plan = app.plan()?;
    app.apply(format!("Saved the import profile {name}"), hr_import::keep(&plan, name, Some(&profile)))
}
