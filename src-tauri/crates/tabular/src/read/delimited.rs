//! Reads tables from text files: CSV, TSV and the like, with any delimiter.

use csv::{ReaderBuilder, StringRecord};
use headroom_files::Level;

use crate::line_of;
use crate::raw_table::{COLUMN_LIMIT, ROW_LIMIT, RawCell, RawRow, RawTable};

/// How many rows are looked at to find the delimiter.
const SEEN: usize = 50;

pub fn read(text: &str, grid: &mut RawTable) {
    grid.has_ragged_rows = true;
    let mut reader = reader(text, delimiter(text));
    let mut record = StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => return,
            Ok(true) => {}
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                grid.tell(Level::Error, line, error.to_string(), "correct the row");
                if error.is_io_error() {
                    return;
                }
                continue;
            }
        }
        let line = record.position().map_or(0, |position| line_of(text, position));
        if grid.rows.len() == ROW_LIMIT {
            let message = format!("table has more than {ROW_LIMIT} rows; the rest was skipped");
            grid.tell(Level::Error, line, message, "split the file");
            return;
        }
        if record.iter().any(|cell| cell.len() > (1 << 20)) {
            let message = "a cell is larger than 1 MB; row skipped".to_owned();
            grid.tell(Level::Error, line, message, "look for an unclosed quote");
            continue;
        }
        let cells =
            record.iter().take(COLUMN_LIMIT).map(|cell| RawCell::Text(unguarded(cell).to_owned())).collect();
        grid.rows.push(RawRow { line, cells });
    }
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes())
}

/// Comma, semicolon, tab or bar, whichever splits most rows into the same number of cells.
fn delimiter(text: &str) -> u8 {
    let score = |delimiter: u8| {
        let widths: Vec<usize> =
            reader(text, delimiter).records().take(SEEN).flatten().map(|record| record.len()).collect();
        let common = widths.iter().copied().max_by_key(|width| {
            let rows = widths.iter().filter(|other| *other == width).count();
            (if *width > 1 { rows } else { 0 }, *width)
        });
        let common = common.unwrap_or(1);
        let rows = widths.iter().filter(|width| **width == common).count();
        if common > 1 { (rows, common) } else { (0, 0) }
    };
    [b'|', b'\t', b';', b','].into_iter().max_by_key(|delimiter| score(*delimiter)).unwrap_or(b',')
}

/// Removes the `'` that keeps a spreadsheet from running a cell as a formula.
fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r']) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn widths(text: &str) -> Vec<usize> {
        let mut grid = RawTable::new("x.csv", None);
        read(text, &mut grid);
        grid.rows.iter().map(|row| row.cells.len()).collect()
    }

    #[test]
    fn detects_the_delimiter() {
        assert_eq!(widths("a;b;c\n1,5;2,5;3,5\n1,5;2;3\n"), [3, 3, 3]);
        assert_eq!(widths("a\tb\n1, 2\t3\n"), [2, 2]);
        assert_eq!(widths("People of Acme\n\na,b,c\n1,2,3\n\"1;1\",2,3\n"), [1, 3, 3, 3]);
        assert_eq!(widths("name\nAda\n"), [1, 1]);
        assert_eq!(widths(""), [0; 0]);
    }
}
