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
        return FILES.iter().any(|file| path.join(file).is_file());
    }
    file_name(path).is_some()
}

/// Which of the files this is, by its name.
fn file_name(path: &Path) -> Option<&'static str> {
    let name = path.file_name()?.to_str()?.to_lowercase();
    FILES.into_iter().find(|file| *file == name)
}
