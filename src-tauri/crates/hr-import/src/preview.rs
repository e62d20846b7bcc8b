//! The preview for mapping columns: headers, samples, what each cell became, ambiguities and warnings.

use std::path::PathBuf;

use headroom_files::{Diagnostic, ReadError};
use headroom_tabular::{cell::amount, raw_table::letters};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    ambiguity::{Ambiguity, CellWarning},
    build, column,
    profile::{Profile, Target},
    profile_notes::told,
    table::{self, ReadChoices},
};

const SAMPLES: usize = 3;
/// How many rows of a table are shown.
const ROWS: usize = 12;

/// Files as read with a profile.
#[derive(Debug)]
pub struct SheetPreview {
    pub profile: Profile,
    /// ID of the built-in profile that the headers showed.
    pub recognised: Option<&'static str>,
    /// The profile was made of the words in the headers; no one has checked it.
    pub is_guess: bool,
    pub tables: Vec<PreviewTable>,
    pub questions: Vec<Ambiguity>,
    pub doubts: Vec<CellWarning>,
    pub notes: Vec<Diagnostic>,
}

#[derive(Debug)]
pub struct PreviewTable {
    pub file: String,
    /// The name used in places.
    pub name: String,
    /// Index of the table in the profile.
    pub table: usize,
    pub sheet: Option<String>,
    /// The sheets of its file, if there are several.
    pub sheets: Vec<String>,
    pub header_line: u64,
    pub rows: usize,
    pub columns: Vec<PreviewColumn>,
    /// Rows with warnings first, then others, each in the order of the file.
    pub preview: Vec<PreviewRow>,
}

#[derive(Debug)]
pub struct PreviewRow {
    pub line: u64,
    pub cells: Vec<PreviewCell>,
}

#[derive(Debug)]
pub struct PreviewCell {
    pub text: String,
    /// Index of the warning about it.
    pub doubt: Option<usize>,
}

#[derive(Debug)]
pub struct PreviewColumn {
    /// Letters of the column in a spreadsheet.
    pub letters: String,
    pub header: String,
    pub samples: Vec<String>,
    pub target: Option<Target>,
    /// Its cells are amounts of pay.
    pub is_pay: bool,
}

/// Reads the files with the given profile, or one that is recognised or guessed, and says what became of each column.
///
/// # Errors
/// [`ReadError::Io`] or [`ReadError::Structure`] if a file can't be read.
pub fn preview(sources: &[PathBuf], given: Option<&Profile>) -> Result<SheetPreview, ReadError> {
    let said = ReadChoices { profile: given, is_seen: true, ..ReadChoices::default() };
    let matched = table::matched(sources, said)?;
    let made = build::build(&matched, None);
    let one = |(table, own): &(table::SourceTable, usize)| {
        let columns = column::columns(table, &matched.profile.tables[*own]);
        let sampled = |column: column::SheetColumn| {
            let cells = table.rows.iter().map(|row| row.cell(column.at)).filter(|cell| !cell.is_empty());
            let mut samples: Vec<String> = Vec::new();
            for cell in cells {
                let text: String = cell.text().chars().take(60).collect();
                if !samples.contains(&text) {
                    samples.push(text);
                }
                if samples.len() == SAMPLES {
                    break;
                }
            }
            PreviewColumn {
                letters: letters(column.at),
                header: column.header.clone(),
                is_pay: column.is_pay()
                    || (column.target.is_none() && samples.iter().any(|text| is_money(text))),
                samples,
                target: column.target,
            }
        };
        PreviewTable {
            file: table.path.display().to_string(),
            name: table.grid.name.to_string(),
            table: *own,
            sheet: table.grid.sheet.clone(),
            sheets: table.sheets.clone(),
            header_line: table.header.line,
            rows: table.rows.len(),
            preview: preview_rows(table, columns.len(), &made.doubts),
            columns: columns.into_iter().map(sampled).collect(),
        }
    };
    let tables = matched.tables.iter().map(one).collect();
    let mut notes = told(&matched);
    notes.extend(made.notes);
    Ok(SheetPreview {
        recognised: matched.built_in(),
        is_guess: matched.is_guess(),
        profile: matched.profile,
        tables,
        questions: made.questions,
        doubts: made.doubts,
        notes,
    })
}

/// A number with a currency, in a column that is not mapped.
fn is_money(text: &str) -> bool {
    text.contains(|letter: char| letter.is_ascii_digit())
        && (text.contains(['$', '¥']) || amount::named_in(text).is_some())
}

/// The rows with the first warnings, and the first rows.
fn preview_rows(table: &table::SourceTable, width: usize, doubts: &[CellWarning]) -> Vec<PreviewRow> {
    let own: FxHashMap<(u64, u64), usize> = doubts
        .iter()
        .enumerate()
        .filter(|(_, doubt)| doubt.place.file == table.grid.name)
        .map(|(at, doubt)| ((doubt.place.line, doubt.place.column), at))
        .collect();
    let doubtful: FxHashSet<u64> = own.keys().map(|(line, _)| *line).collect();
    let (first, rest): (Vec<_>, Vec<_>) = table.rows.iter().partition(|row| doubtful.contains(&row.line));
    let one = |row: &&headroom_tabular::raw_table::RawRow| PreviewRow {
        line: row.line,
        cells: (0..width)
            .map(|column| PreviewCell {
                text: row.cell(column).text().chars().take(60).collect(),
                doubt: own.get(&(row.line, column as u64 + 1)).copied(),
            })
            .collect(),
    };
    let mut rows: Vec<PreviewRow> =
        first.iter().take(ROWS).chain(rest.iter().take(ROWS.saturating_sub(first.len()))).map(one).collect();
    rows.sort_by_key(|row| row.line);
    rows
}
