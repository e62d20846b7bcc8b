//! Reads the tables of a file as they are.

mod delimited;
mod disguise;
mod workbook;
mod xlsx_hidden;

use std::{fs::File, io::Read, path::Path};

use headroom_files::{Place, ReadError, encoding, find::ends_in, read_text};

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

/// The first rows of the tables of a file, to tell what they are about: of a text its beginning, of a workbook all of
/// it. None if it is no table or can't be read, which its reader reports.
pub fn read_table_heads(path: &Path) -> Vec<RawTable> {
    /// Bytes of a text that are looked at.
    const HEAD: u64 = 64 << 10;
    if !is_table(path) {
        return Vec::new();
    }
    if ends_in(path, &BOOKS) {
        return read_tables(path).unwrap_or_default();
    }
    let mut bytes = Vec::new();
    if File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut bytes)).is_err() {
        return Vec::new();
    }
    // A letter that is cut in two would make another encoding of it.
    if let Some(end) = bytes.iter().rposition(|byte| *byte == b'\n').filter(|_| bytes.len() as u64 == HEAD) {
        bytes.truncate(end);
    }
    let (encoding, mark) = encoding(&bytes);
    let text = encoding.decode_without_bom_handling(&bytes[mark..]).0;
    let mut grid = RawTable::new(&path.display().to_string(), None);
    delimited::read(&text, &mut grid);
    vec![grid]
}

fn text(path: &Path) -> Result<RawTable, ReadError> {
    let mut problems = Vec::new();
    let (text, name) = read_text(path, &mut problems)?;
    let mut grid = RawTable::new(&name, None);
    grid.problems = problems;
    delimited::read(&text, &mut grid);
    Ok(grid)
}
