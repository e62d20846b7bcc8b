//! Tables with one row for each incident: PagerDuty, FireHydrant, Rootly, incident.io, Datadog, Jira and the like.

mod columns;
mod rows;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use headroom_files::{Diagnostic, ReadError, records::Records};
use headroom_tabular::{
    cell::date::DateOrder,
    known_columns::{heads_of, nothing_in, table_files, tables_in},
    raw_table::RawTable,
    read_tables,
};

use columns::incident_columns;
use rows::IncidentRows;
pub(crate) use rows::{services_of, severity_of};

/// Whether a file is a table of incidents, or a folder has one at its top.
pub fn recognise_incidents(path: &Path) -> bool {
    let has_incidents = |path: &Path| {
        let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
        heads_of(path).iter().any(|table| incident_columns(table, &name).is_some())
    };
    if path.is_dir() { tables_in(path).iter().any(|path| has_incidents(path)) } else { has_incidents(path) }
}

/// Reads tables of incidents; of folders those at their top.
///
/// # Errors
/// [`ReadError::Nothing`] if there is no table of incidents among the sources; [`ReadError::Io`] or
/// [`ReadError::Structure`] if a file can't be read.
pub fn read_incidents(sources: &[PathBuf], dates: Option<DateOrder>) -> Result<Records, ReadError> {
    const EXPECTED: &str =
        "no table with the columns ID or title, created or started, and resolved or severity";
    let mut records = Records::default();
    let mut rows = IncidentRows::default();
    let mut is_found = false;
    for path in table_files(sources) {
        for table in read_tables(&path)? {
            is_found |= read_table(&table, dates, &mut rows, &mut records.problems);
        }
    }
    records.rows = rows.finish();
    if is_found { Ok(records) } else { Err(nothing_in(sources, EXPECTED)) }
}

/// Whether the table is one of incidents.
fn read_table(
    table: &RawTable,
    dates: Option<DateOrder>,
    rows: &mut IncidentRows,
    problems: &mut Vec<Diagnostic>,
) -> bool {
    let Some(columns) = incident_columns(table, &table.name.to_lowercase()) else { return false };
    problems.extend(table.problems.iter().cloned());
    columns.tell_ignored(table, problems);
    rows.read(table, &columns, dates, problems);
    true
}
