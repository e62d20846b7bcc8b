//! The plan CSV folder: one file a table. Its columns are listed in ARCHITECTURE.md.

mod approvals;
mod hiring;
mod read;
#[cfg(test)]
mod round_trip;
#[cfg(test)]
mod spoiled;
mod table;
mod write;

use std::path::Path;

use crate::{hr_import, text::read_text};

pub use read::read;
pub(crate) use table::{CsvTable, guarded};
pub use write::write;

/// The files, in the order in which they are read and written.
const FILES: [&str; 15] = [
    "teams.csv",
    "people.csv",
    "memberships.csv",
    "groupings.csv",
    "services.csv",
    "ownership.csv",
    "dependencies.csv",
    "interactions.csv",
    "positions.csv",
    "assignments.csv",
    "assumptions.csv",
    "budgets.csv",
    "exchange_rates.csv",
    "holidays.csv",
    "approvals.csv",
];

pub fn recognise(path: &Path) -> bool {
    if path.is_dir() {
        return FILES.iter().any(|file| recognise(&path.join(file)));
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
    FILES.into_iter().find(|file| *file == name)
}
