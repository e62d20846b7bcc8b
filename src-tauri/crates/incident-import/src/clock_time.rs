//! Times of incidents in the cells of a table and in texts.

use chrono::DateTime;
use headroom_files::Diagnostic;
use headroom_model::IncidentTime;
use headroom_tabular::{
    cell::date::DateOrder,
    known_columns::text_of,
    raw_table::{RawRow, RawTable},
    time_column::{CellTime, TimeColumn, time_of_text},
};

/// A column of times that a table may not have.
#[derive(Debug, Clone, Copy)]
pub(crate) struct IncidentTimeColumn(Option<TimeColumn>);

impl IncidentTimeColumn {
    /// # Errors
    /// The words for a column of which nothing shows whether day or month comes first.
    pub fn of(
        table: &RawTable,
        header_row: usize,
        at: Option<usize>,
        chosen: Option<DateOrder>,
    ) -> Result<Self, Box<Diagnostic>> {
        let column = at.map(|at| TimeColumn::of(table, header_row, at, chosen)).transpose();
        column.map(Self).map_err(Box::new)
    }

    /// The time of a row; none if there is none.
    ///
    /// # Errors
    /// The text of a cell that is no time.
    pub fn read(&self, row: &RawRow) -> Result<Option<IncidentTime>, String> {
        let Some(column) = &self.0 else { return Ok(None) };
        let text = || text_of(row, self.index());
        match column.read(row) {
            Ok(None) => Ok(None),
            Ok(Some(time)) => incident_time(time).map(Some).ok_or_else(text),
            Err(_) => Err(text()),
        }
    }

    pub fn index(&self) -> Option<usize> {
        self.0.map(|column| column.at())
    }
}

/// A time as a text by itself says it.
pub(crate) fn time_of(text: &str) -> Option<IncidentTime> {
    text.parse().ok().or_else(|| incident_time(time_of_text(text)?))
}

fn incident_time(time: CellTime) -> Option<IncidentTime> {
    match time {
        CellTime::Day(day) => IncidentTime::on(day),
        CellTime::Moment(seconds) => IncidentTime::at(DateTime::from_timestamp(seconds, 0)?.naive_utc()),
    }
}
