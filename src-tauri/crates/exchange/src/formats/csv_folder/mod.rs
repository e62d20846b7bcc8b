//! The plan's own tables as a folder of CSV files, described for users in `docs/formats/csv.md`.
//!
//! [`TABLES`] has the file, columns and required columns of each table; reading, writing and the test that compares
//! the document with the code go by it. Kinds without a table of their own have one that follows from the descriptions of
//! their fields (`columns`, `described`). A missing column leaves the plan's value alone, an empty cell clears it. A
//! cell *counts* (date, amount, number, status, flag) or *describes*: one that counts and can't be read takes the row
//! with it.
//!
//! Every table with all its dates is written, and the import gives the same plan back (`round_trip`). Templates,
//! checklists and settings are not in the folder. `spoiled` puts an unreadable cell into every column; the tests of
//! cells are in `table`.

mod approvals;
mod columns;
mod counted;
mod described;
mod figures;
mod hiring;
mod out;
mod read;
#[cfg(test)]
mod round_trip;
mod schema;
#[cfg(test)]
mod spoiled;
mod table;
mod write;

use std::path::Path;

use headroom_files::read_text;
use headroom_model::Kind;
use schema::CsvSchema;

pub(crate) use described::TIER;
pub use read::read;
pub(crate) use schema::TABLES;
pub(crate) use table::{CsvRow, CsvTable};
pub use write::write;

pub fn recognise(path: &Path) -> bool {
    if path.is_dir() {
        return TABLES.iter().any(|(_, table)| recognise(&path.join(&*table.file)));
    }
    path.is_file() && table_of(path).is_some() && !is_of_another_tool(path)
}

/// Whether a file that has the name of a table is an export of another tool: `people.csv` of HR software lacks our `id`
/// and `name`, `incidents.csv` and `actions.csv` have columns that are none of ours, `bets.csv` states criteria where ours names objectives.
fn is_of_another_tool(path: &Path) -> bool {
    let Some((kind, schema)) = table_of(path) else { return false };
    match kind {
        Kind::Person => {
            let has = |column: &str| headers(path).iter().any(|header| header == column);
            !(has("id") && has("name")) && headroom_hr_import::says_enough(path)
        }
        Kind::Incident => {
            lacks_columns(path, schema)
                || has_others(path, schema) && headroom_incident_import::recognise_incidents(path)
        }
        Kind::Action => {
            lacks_columns(path, schema)
                || has_others(path, schema) && headroom_incident_import::recognise_actions(path)
        }
        Kind::Bet => headroom_figures_import::recognise_bets(path),
        _ => false,
    }
}

/// Whether a file lacks columns without which it is none of the plan.
fn lacks_columns(path: &Path, schema: &CsvSchema) -> bool {
    let headers = headers(path);
    schema.columns.iter().take(schema.required).any(|column| headers.iter().all(|header| header != column))
}

/// Whether a file has columns that are none of the table.
fn has_others(path: &Path, schema: &CsvSchema) -> bool {
    headers(path).iter().any(|header| !schema.columns.contains(&header.as_str()))
}

/// The first line of a file, in lower case.
fn headers(path: &Path) -> Vec<String> {
    let Ok((text, _)) = read_text(path, &mut Vec::new()) else { return Vec::new() };
    let first = text.lines().next().unwrap_or_default().to_lowercase();
    let bare = |cell: &str| cell.trim_matches(['"', ' ', '\u{FEFF}']).to_owned();
    first.split([',', ';', '\t']).map(bare).collect()
}

/// The table that a file is, by its name in any case.
fn table_of(path: &Path) -> Option<&'static (Kind, CsvSchema)> {
    let name = path.file_name()?.to_str()?.to_lowercase();
    TABLES.iter().find(|(_, table)| table.file == name)
}
