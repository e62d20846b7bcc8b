//! From tables with one row for each event to figures, whatever the events are.

use std::path::PathBuf;

use chrono::NaiveDate;
use headroom_files::{Diagnostic, Place, ReadError, records::Records};
use headroom_tabular::{raw_table::RawTable, read_tables};

use crate::{EventTableOptions, ImportedFigures};
use headroom_tabular::known_columns::{nothing_in, table_files};

/// The tables of one kind of event.
pub(crate) trait EventTables: Default {
    /// What is missing if no table is of this kind.
    const EXPECTED: &'static str;

    /// Reads a table, if it is of this kind.
    fn read(&mut self, table: &RawTable, options: &EventTableOptions, problems: &mut Vec<Diagnostic>);

    /// The first table of this kind.
    fn place(&self) -> Option<&Place>;

    fn add_figures(&self, place: &Place, today: Option<NaiveDate>, imported: &mut ImportedFigures);
}

/// Reads the tables of a kind; of folders those at their top.
///
/// # Errors
/// [`ReadError::Nothing`] if none of the sources has one; [`ReadError::Io`] or [`ReadError::Structure`] if a file can't be
/// read.
pub(crate) fn read_events<T: EventTables>(
    sources: &[PathBuf],
    options: &EventTableOptions,
) -> Result<Records, ReadError> {
    let mut imported = ImportedFigures::default();
    let mut source = T::default();
    for path in table_files(sources) {
        for table in read_tables(&path)? {
            source.read(&table, options, &mut imported.problems);
        }
    }
    let place = source.place().ok_or_else(|| nothing_in(sources, T::EXPECTED))?;
    source.add_figures(place, options.today, &mut imported);
    imported.derive();
    Ok(imported.into_records())
}
