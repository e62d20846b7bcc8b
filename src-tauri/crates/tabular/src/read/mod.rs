//! Reads the tables of a file as they are.

mod delimited;
mod disguise;
mod workbook;
mod xlsx_hidden;

use std::path::Path;

use headroom_files::{Place, ReadError, find::ends_in, read_text};

use crate::raw_table::{FILE_LIMIT, RawTable};

const TEXTS: [&str; 3] = ["csv", "tsv", "tab"];
const BOOKS: [&str; 5] = ["xlsx", "xlsm", "xlsb", "xls", "ods"];

/// Whether a file is a table, by its name.
pub fn is_table(path: &Path) -> bool {
    path.is_file() && (ends_in(path, &TEXTS) || ends_in(path, &BOOKS))
}

/// Every table of a file: one of a text, and the sheets of a workbook that are not empty.
///
/// # Errors
/// [`ReadError::Io`] if the file can't be read, [`ReadError::Structure`] if it is too large or no table.
pub fn read_tables(path: &Path) -> Result<Vec<RawTable>, ReadError> {
    let length =
        std::fs::metadata(path).map_err(|source| ReadError::Io { path: path.to_owned(), source })?.len();
    if length > FILE_LIMIT {
        let place = Place::new(&path.display().to_string().into(), 0, 0);
        let message = format!("file is larger than {} MB; split it", FILE_LIMIT >> 20);
        return Err(ReadError::Structure { place, message });
    }
    let is_book = ends_in(path, &BOOKS);
    disguise::is_what_its_name_says(path, is_book)?;
    if is_book { workbook::read(path) } else { Ok(vec![text(path)?]) }
}

fn text(path: &Path) -> Result<RawTable, ReadError> {
    let mut problems = Vec::new();
    let (text, name) = read_text(path, &mut problems)?;
    let mut grid = RawTable::new(&name, None);
    grid.problems = problems;
    delimited::read(&text, &mut grid);
    Ok(grid)
}
