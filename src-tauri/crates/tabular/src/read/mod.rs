//! Reads the tables of a file as they are.

mod delimited;
mod disguise;
mod workbook;
mod xlsx_hidden;

use std::{io::Read, path::Path};

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

/// How much of a text file is enough to see what it is, in bytes, and how many lines of a sheet.
const HEAD: u64 = 64 << 10;
const HEAD_LINES: u32 = 300;

/// The beginnings of the tables of a file: of a text as far as lines are whole, of a workbook values alone.
///
/// # Errors
/// Those of [`read_tables`].
pub fn read_head(path: &Path) -> Result<Vec<RawTable>, ReadError> {
    let length = std::fs::metadata(path).map_or(0, |about| about.len());
    if ends_in(path, &["xlsx", "xlsm"]) && length <= FILE_LIMIT {
        disguise::is_what_its_name_says(path, true)?;
        return workbook::read_head(path, HEAD_LINES);
    }
    if length <= HEAD || ends_in(path, &BOOKS) {
        return read_tables(path);
    }
    let fault = |source| ReadError::Io { path: path.to_owned(), source };
    let mut head = Vec::new();
    std::fs::File::open(path).map_err(fault)?.take(HEAD).read_to_end(&mut head).map_err(fault)?;
    let end = head.iter().rposition(|byte| *byte == b'\n').map_or(head.len(), |at| at + 1);
    let mut grid = RawTable::new(&path.display().to_string(), None);
    delimited::read(&String::from_utf8_lossy(&head[..end]), &mut grid);
    Ok(vec![grid])
}
