//! A table as it is in a file: cells with their places, before their meaning is known.

use std::{borrow::Cow, sync::Arc};

use chrono::NaiveDate;
use headroom_files::{Diagnostic, Level, Place};
use rustc_hash::FxHashSet;

/// Maximum rows of a table.
pub const ROW_LIMIT: usize = 200_000;
/// Maximum columns of a table.
pub const COLUMN_LIMIT: usize = 500;
/// Maximum size of a file, in bytes.
pub const FILE_LIMIT: u64 = 64 << 20;

#[derive(Debug, Clone, PartialEq)]
pub enum RawCell {
    Empty,
    Text(String),
    /// A number of a workbook, as the shortest decimal that stands for it.
    Number(String),
    Date(NaiveDate),
    /// An error value of a workbook (`#REF!`), or a formula without a value (`=A1*12`).
    Fault(String),
}

impl RawCell {
    /// The text without spaces around it.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            RawCell::Empty => Cow::Borrowed(""),
            RawCell::Text(text) | RawCell::Number(text) | RawCell::Fault(text) => {
                Cow::Borrowed(trimmed(text))
            }
            RawCell::Date(day) => Cow::Owned(day.to_string()),
        }
    }

    /// Why an error value can't be read, and what to do.
    pub fn fault(&self) -> Option<(String, &'static str)> {
        match self {
            RawCell::Fault(text) if text.starts_with('=') => Some((
                "formula without a stored value".to_owned(),
                "open and save it in a spreadsheet program to store the value",
            )),
            RawCell::Fault(text) => {
                Some((format!("cell has the workbook error {text}"), "correct the formula"))
            }
            _ => None,
        }
    }

    pub fn is_empty(&self) -> bool {
        match self {
            RawCell::Empty => true,
            RawCell::Text(text) => trimmed(text).is_empty(),
            _ => false,
        }
    }
}

/// Removes spaces and invisible characters around a text.
pub fn trimmed(text: &str) -> &str {
    text.trim_matches(|letter: char| {
        letter.is_whitespace() || matches!(letter, '\u{200B}'..='\u{200D}' | '\u{FEFF}' | '\u{2060}')
    })
}

#[derive(Debug, Clone)]
pub struct RawRow {
    /// Line in the file, from 1.
    pub line: u64,
    pub cells: Vec<RawCell>,
}

impl RawRow {
    pub fn cell(&self, column: usize) -> &RawCell {
        self.cells.get(column).unwrap_or(&RawCell::Empty)
    }

    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(RawCell::is_empty)
    }
}

#[derive(Debug, Clone)]
pub struct RawTable {
    /// The file, and the sheet if it has several.
    pub name: Arc<str>,
    pub sheet: Option<String>,
    /// Whether the sheet is hidden.
    pub is_hidden: bool,
    /// The workbook counts days from 1904, not 1900.
    pub counts_from_1904: bool,
    /// Hidden lines, sorted.
    pub hidden_rows: Vec<u64>,
    /// Hidden columns, sorted.
    pub hidden_columns: Vec<usize>,
    /// A filter hides rows.
    pub has_filter: bool,
    /// Lines and columns of numbers that the workbook shows as percentages: 0.12 as 12 %.
    pub percentages: FxHashSet<(u64, usize)>,
    pub rows: Vec<RawRow>,
    /// Whether rows may lack cells; those of a workbook can't.
    pub has_ragged_rows: bool,
    pub problems: Vec<Diagnostic>,
}

impl RawTable {
    pub fn new(file: &str, sheet: Option<&str>) -> Self {
        let name = match sheet {
            Some(sheet) => format!("{file} [{sheet}]"),
            None => file.to_owned(),
        };
        Self {
            name: name.into(),
            sheet: sheet.map(str::to_owned),
            is_hidden: false,
            counts_from_1904: false,
            hidden_rows: Vec::new(),
            hidden_columns: Vec::new(),
            has_filter: false,
            percentages: FxHashSet::default(),
            rows: Vec::new(),
            has_ragged_rows: false,
            problems: Vec::new(),
        }
    }

    pub fn place(&self, line: u64, column: usize) -> Place {
        Place::new(&self.name, line, column as u64 + 1)
    }

    pub fn tell(&mut self, level: Level, line: u64, message: String, advice: &str) {
        let place = Place::new(&self.name, line, 0);
        self.problems.push(Diagnostic::new(level, place, message, advice));
    }

    pub fn width(&self) -> usize {
        self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0)
    }
}

/// Letters of a column in a spreadsheet: A, B, … Z, AA.
pub fn letters(column: usize) -> String {
    let (mut left, mut name) = (column + 1, Vec::new());
    while left > 0 {
        name.push(b'A' + ((left - 1) % 26) as u8);
        left = (left - 1) / 26;
    }
    name.iter().rev().map(|letter| *letter as char).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn column_letters_are_as_in_spreadsheets() {
        assert_eq!([0, 25, 26, 51, 701, 702].map(letters), ["A", "Z", "AA", "AZ", "ZZ", "AAA"]);
    }

    #[test]
    fn trims_invisible_characters() {
        assert_eq!(RawCell::Text("\u{A0} Ada\u{200B} ".into()).text(), "Ada");
        assert!(RawCell::Text("\u{FEFF} \t".into()).is_empty());
    }
}
