//! A table of the page as CSV: the columns and rows that are shown.

use std::path::Path;

use chrono::NaiveDate;
use headroom_tabular::xlsx::{NumberFormat, Sheet, XlsxCell, XlsxColumn, write_csv};
use serde::Deserialize;

use crate::error::Answer;

/// A cell of a table that is written to a file.
#[derive(Debug, Clone, PartialEq, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum TableCell {
    Nothing,
    Text(String),
    Number(f64),
    Day(NaiveDate),
}

/// Writes a table as CSV: numbers without separators, days as ISO 8601, and no text that a spreadsheet runs as a formula.
///
/// # Errors
/// If the file cannot be written.
#[specta::specta]
pub fn export_table(titles: Vec<String>, rows: Vec<Vec<TableCell>>, path: String) -> Answer<()> {
    let columns = titles.into_iter().map(|title| XlsxColumn::new(title, 20)).collect();
    let rows = rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect();
    Ok(write_csv(&Sheet { columns, rows, ..Sheet::default() }, Path::new(&path))?)
}

fn cell(cell: TableCell) -> XlsxCell {
    match cell {
        TableCell::Nothing => XlsxCell::Empty,
        TableCell::Text(text) => XlsxCell::text(text),
        TableCell::Number(number) => XlsxCell::Number(number, NumberFormat::Plain),
        TableCell::Day(day) => XlsxCell::Date(day),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_back_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("people.csv");
        let row = vec![
            TableCell::Text("=1+1, \"quoted\"\nsecond".into()),
            TableCell::Number(4197.0),
            TableCell::Day("2027-03-01".parse().unwrap()),
            TableCell::Nothing,
        ];
        let titles = ["Name", "Services", "Start date", "Until"].map(str::to_owned).to_vec();
        export_table(titles, vec![row], path.display().to_string()).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(
            text,
            "Name,Services,Start date,Until\n\"'=1+1, \"\"quoted\"\"\nsecond\",4197,2027-03-01,\n"
        );
    }
}
