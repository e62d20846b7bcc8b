//! The plan CSV folder: one file a table. Its columns are listed in ARCHITECTURE.md.

mod approvals;
mod hiring;
mod read;
#[cfg(test)]
mod round_trip;
mod schema;
#[cfg(test)]
mod spoiled;
mod table;
mod write;

use std::path::Path;

use crate::{hr_import, text::read_text};

pub use read::read;
pub(crate) use schema::TABLES;
pub(crate) use table::{CsvTable, guarded};
pub use write::write;

pub fn recognise(path: &Path) -> bool {
    if path.is_dir() {
        return TABLES.iter().any(|table| recognise(&path.join(table.file)));
    }
    path.is_file() && file_name(path).is_some() && !is_of_hr_software(path)
}

/// Whether a file that is called like one of a plan is an export of HR software: it lacks the id and name of ours, and
/// its headers say by themselves who somebody is, in which job and since when.
fn is_of_hr_software(path: &Path) -> bool {
    if file_name(path) != Some("people.csv") {
        return false;
    }
    let mut problems = Vec::new();
    let Ok((text, _)) = read_text(path, &mut problems) else { return false };
    let first = text.lines().next().unwrap_or_default().to_lowercase();
    let has = |column: &str| {
        first.split([',', ';', '\t']).any(|cell| cell.trim_matches(['"', ' ', '\u{FEFF}']) == column)
    };
    !(has("id") && has("name")) && hr_import::says_enough(path)
}

/// Which of the files this is, by its name.
fn file_name(path: &Path) -> Option<&'static str> {
    let name = path.file_name()?.to_str()?.to_lowercase();
    TABLES.iter().map(|table| table.file).find(|file| *file == name)
}
