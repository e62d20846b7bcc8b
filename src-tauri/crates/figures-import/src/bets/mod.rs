//! Bets of other tools: one row for each, with the metric that it is to move, by how much, and the day of the decision.
//!
//! A criterion becomes an objective of its metric; one that repeats is one objective. Nobody's name is read.

mod columns;
mod criterion;
mod rows;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use headroom_files::{ReadError, records::Records};
use headroom_tabular::{
    known_columns::{heads_of, nothing_in, table_files, tables_in},
    read_tables,
};

use self::{columns::bet_columns, rows::BetRows};
use crate::EventTableOptions;

/// Whether a file is a table of bets with their criteria, or a folder has one at its top. The plan's own table of bets
/// is none: it names objectives.
pub fn recognise_bets(path: &Path) -> bool {
    let has_bets = |path: &Path| heads_of(path).iter().any(|table| bet_columns(table).is_some());
    if path.is_dir() { tables_in(path).iter().any(|path| has_bets(path)) } else { has_bets(path) }
}

/// Reads tables of bets; of folders those at their top.
///
/// # Errors
/// [`ReadError::Nothing`] if none of the sources has one; [`ReadError::Io`] or [`ReadError::Structure`] if a file can't be
/// read.
pub fn read_bets(sources: &[PathBuf], options: &EventTableOptions) -> Result<Records, ReadError> {
    let mut bets = BetRows::default();
    let mut is_any = false;
    for path in table_files(sources) {
        for mut table in read_tables(&path)? {
            let Some(columns) = bet_columns(&table) else { continue };
            is_any = true;
            bets.problems.append(&mut table.problems);
            columns.tell_ignored(&table, &mut bets.problems);
            bets.read(&table, &columns, options);
        }
    }
    if !is_any {
        return Err(nothing_in(
            sources,
            "no table with the columns title, metric and the day of the decision",
        ));
    }
    Ok(bets.into_records())
}
