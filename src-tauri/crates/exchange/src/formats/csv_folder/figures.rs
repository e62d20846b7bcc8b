//! The table of figures of metrics: read by columns that are found once, since it may have millions of rows. It is written
//! by the descriptions of the fields, as others.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_files::{
    ReadError,
    records::{FigureRecord, ImportedScope, Records, Shared},
};
use headroom_model::{Kind, MetricValue};

use super::{
    schema::TABLES,
    table::{CsvRow, Problems},
};

/// What rows of one table share.
#[derive(Default)]
struct SharedTexts {
    texts: Shared<str>,
    scopes: Shared<ImportedScope>,
    /// That of almost all figures.
    organisation: Arc<ImportedScope>,
    /// The day that was read last: tables are in the order of days, or have each twice.
    day: (String, NaiveDate),
}

impl SharedTexts {
    fn day(&mut self, row: &mut CsvRow<'_>, column: &'static str) -> Option<NaiveDate> {
        let (text, known) = &self.day;
        if row.cell(column).is_some_and(|cell| cell == text) && !text.is_empty() {
            return Some(*known);
        }
        let day = row.parsed_or_spoiled(column, |cell| cell.parse().ok(), "write it as 2027-12-25")?;
        self.day = (row.text(column).unwrap_or_default(), day);
        Some(day)
    }
}

pub fn read(
    text: &str,
    file: &Arc<str>,
    records: &mut Records,
    problems: &mut Problems,
) -> Result<(), ReadError> {
    let Some((_, schema)) = TABLES.iter().find(|(kind, _)| *kind == Kind::Observation) else { return Ok(()) };
    let table = schema.open(text, file, problems)?;
    let mut shared = SharedTexts::default();
    records.figures = table.records(problems, |row| figure(row, &mut shared));
    Ok(())
}

fn figure(row: &mut CsvRow<'_>, shared: &mut SharedTexts) -> Option<FigureRecord> {
    let metric = row.needed("metric")?;
    let metric = shared.texts.one(metric);
    let first = shared.day(row, "first")?;
    let last = shared.day(row, "last")?;
    let value = "write it as 11.5, 12% or 48000 EUR";
    let value = row.parsed_or_spoiled("value", |cell| cell.parse::<MetricValue>().ok(), value)?;
    let scope = scope(row, shared);
    let origin = row.cell("origin").map(|origin| shared.texts.one(origin));
    Some(FigureRecord { place: row.place(), metric, first, last, value, scope, origin, dates: row.dates() })
}

fn scope(row: &CsvRow<'_>, shared: &mut SharedTexts) -> Arc<ImportedScope> {
    let is_empty = |column| row.cell(column).is_none_or(str::is_empty);
    if ["service", "team", "segment", "channel", "market"].into_iter().all(is_empty) {
        return shared.organisation.clone();
    }
    let cell = |column| row.cell(column).filter(|cell| !cell.is_empty()).map(str::to_owned);
    let text = |column| cell(column).unwrap_or_default();
    shared.scopes.one(ImportedScope {
        service: cell("service"),
        team: cell("team"),
        segment: text("segment"),
        channel: text("channel"),
        market: text("market"),
    })
}
