//! What somebody sees who matches columns: headers, samples, what each became, questions and doubts.

use std::path::PathBuf;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    cell::amount,
    column,
    doubt::{Doubt, Question},
    grid::letters,
    make,
    profile::{Profile, Target},
    table::{self, Choices},
    told,
};
use crate::{error::ReadError, problem::Problem};

const SAMPLES: usize = 3;
/// How many rows of a table are shown.
const ROWS: usize = 12;

/// Files as a profile has them.
#[derive(Debug)]
pub struct Look {
    pub profile: Profile,
    /// The id of a built-in profile that the headers showed.
    pub recognised: Option<&'static str>,
    /// Made of the words in the headers: nobody has looked at it.
    pub is_guess: bool,
    pub tables: Vec<LookTable>,
    pub questions: Vec<Question>,
    pub doubts: Vec<Doubt>,
    pub notes: Vec<Problem>,
}

#[derive(Debug)]
pub struct LookTable {
    pub file: String,
    /// By which places mean it.
    pub name: String,
    /// Which table of the profile it is.
    pub table: usize,
    pub sheet: Option<String>,
    /// The sheets of its file, where there are several.
    pub sheets: Vec<String>,
    pub header_line: u64,
    pub rows: usize,
    pub columns: Vec<LookColumn>,
    /// Rows with doubtful cells first, then others, each in the order of the file.
    pub preview: Vec<LookRow>,
}

#[derive(Debug)]
pub struct LookRow {
    pub line: u64,
    pub cells: Vec<LookCell>,
}

#[derive(Debug)]
pub struct LookCell {
    pub text: String,
    /// Which of the doubts is about it.
    pub doubt: Option<usize>,
}

#[derive(Debug)]
pub struct LookColumn {
    /// What a spreadsheet calls it.
    pub letters: String,
    pub header: String,
    pub samples: Vec<String>,
    pub target: Option<Target>,
    /// Its cells are amounts of pay.
    pub is_pay: bool,
}

/// Reads the files with a profile, or one found or guessed, and says what became of each column.
///
/// # Errors
/// When a file cannot be read at all.
pub fn look(sources: &[PathBuf], given: Option<&Profile>) -> Result<Look, ReadError> {
    let said = Choices { profile: given, is_seen: true, ..Choices::default() };
    let matched = table::matched(sources, said)?;
    let made = make::make(&matched, None);
    let one = |(table, own): &(table::Table, usize)| {
        let columns = column::columns(table, &matched.profile.tables[*own]);
        let sampled = |column: column::Column| {
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
            LookColumn {
                letters: letters(column.at),
                header: column.header.clone(),
                is_pay: column.is_pay()
                    || (column.target.is_none() && samples.iter().any(|text| is_money(text))),
                samples,
                target: column.target,
            }
        };
        LookTable {
            file: table.path.display().to_string(),
            name: table.grid.name.to_string(),
            table: *own,
            sheet: table.grid.sheet.clone(),
            sheets: table.sheets.clone(),
            header_line: table.header.line,
            rows: table.rows.len(),
            preview: preview(table, columns.len(), &made.doubts),
            columns: columns.into_iter().map(sampled).collect(),
        }
    };
    let tables = matched.tables.iter().map(one).collect();
    let mut notes = told(&matched);
    notes.extend(made.notes);
    Ok(Look {
        recognised: matched.built_in(),
        is_guess: matched.is_guess(),
        profile: matched.profile,
        tables,
        questions: made.questions,
        doubts: made.doubts,
        notes,
    })
}

/// A figure with a currency, in a column that nobody has matched.
fn is_money(text: &str) -> bool {
    text.contains(|letter: char| letter.is_ascii_digit())
        && (text.contains(['$', '¥']) || amount::named_in(text).is_some())
}

/// The rows with the first doubts, and the first rows besides.
fn preview(table: &table::Table, width: usize, doubts: &[Doubt]) -> Vec<LookRow> {
    let own: FxHashMap<(u64, u64), usize> = doubts
        .iter()
        .enumerate()
        .filter(|(_, doubt)| doubt.place.file == table.grid.name)
        .map(|(at, doubt)| ((doubt.place.line, doubt.place.column), at))
        .collect();
    let doubtful: FxHashSet<u64> = own.keys().map(|(line, _)| *line).collect();
    let (first, rest): (Vec<_>, Vec<_>) = table.rows.iter().partition(|row| doubtful.contains(&row.line));
    let one = |row: &&super::grid::GridRow| LookRow {
        line: row.line,
        cells: (0..width)
            .map(|column| LookCell {
                text: row.cell(column).text().chars().take(60).collect(),
                doubt: own.get(&(row.line, column as u64 + 1)).copied(),
            })
            .collect(),
    };
    let mut rows: Vec<LookRow> =
        first.iter().take(ROWS).chain(rest.iter().take(ROWS.saturating_sub(first.len()))).map(one).collect();
    rows.sort_by_key(|row| row.line);
    rows
}
