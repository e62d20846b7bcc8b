//! A sheet as CSV.

use std::path::Path;

use headroom_files::WriteError;

use super::{NumberFormat, Sheet, XlsxCell};
use crate::guarded;

/// Writes one sheet of values as CSV with the titles of its columns. Text that a spreadsheet would run as a formula
/// gets a `'` before it; a formula is written as its result. The file is complete afterwards, or as it was before;
/// `-` is standard output.
///
/// # Errors
/// As [`headroom_files::write_file`].
pub fn write_csv(sheet: &Sheet, path: &Path) -> Result<(), WriteError> {
    let value = |error: csv::Error| WriteError::Value(error.to_string());
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(sheet.columns.iter().map(|column| guarded(&column.title).into_owned()))
        .map_err(value)?;
    for row in &sheet.rows {
        let mut cells: Vec<String> = row.iter().map(as_text).collect();
        cells.resize(sheet.columns.len(), String::new());
        out.write_record(&cells).map_err(value)?;
    }
    let bytes = out.into_inner().map_err(|error| WriteError::Value(error.to_string()))?;
    if path == Path::new("-") {
        return std::io::Write::write_all(&mut std::io::stdout().lock(), &bytes)
            .map_err(WriteError::io(Path::new("the output")));
    }
    headroom_files::write_whole(path, &bytes)
}

fn as_text(cell: &XlsxCell) -> String {
    match cell {
        XlsxCell::Empty => String::new(),
        XlsxCell::Text(text) | XlsxCell::Heading(text) => guarded(text).into_owned(),
        XlsxCell::Number(number, look) | XlsxCell::Formula(_, look, Some(number)) => match look {
            NumberFormat::Decimals(decimals) => format!("{number:.*}", usize::from(*decimals)),
            _ => number.to_string(),
        },
        XlsxCell::Formula(_, _, None) => String::new(),
        XlsxCell::Date(day) => day.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::XlsxColumn;
    use super::*;

    #[test]
    fn formula_like_text_is_guarded() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("seats.csv");
        let columns = vec![XlsxColumn::new("name", 10), XlsxColumn::new("amount", 10)];
        let rows = vec![
            vec![
                XlsxCell::text("=HYPERLINK(\"http://x\")"),
                XlsxCell::Number(-12.5, NumberFormat::Decimals(2)),
            ],
            vec![XlsxCell::text("@home, \"quoted\"")],
        ];
        let sheet = Sheet { columns, rows, ..Sheet::default() };
        write_csv(&sheet, &path).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(
            text,
            "name,amount\n\"'=HYPERLINK(\"\"http://x\"\")\",-12.50\n\"'@home, \"\"quoted\"\"\",\n"
        );
        let formulas = vec![
            XlsxCell::formula("1+1", NumberFormat::Decimals(2), 2.0),
            XlsxCell::formula("\"\"", NumberFormat::Plain, None),
        ];
        write_csv(&Sheet { rows: vec![formulas], ..sheet }, &path).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "name,amount\n2.00,\n");
    }
}
