//! Builds records from rows: what several files state together.
//!
//! Rows are read one by one and kept until all are known; then [`teams`](super::teams), [`people`](super::people),
//! [`positions`](super::positions), [`employment`](super::employment), [`jobs`](super::jobs) and
//! [`managers`](super::managers) make records of them.

use chrono::NaiveDate;
use headroom_files::{Diagnostic, Level, Place, quoted};
use headroom_tabular::raw_table::RawRow;
use rustc_hash::FxHashSet;

use super::{
    builder::{BuiltRecords, RecordBuilder},
    column::{self, SheetColumn},
    profile::RowMeaning,
    row::Reader,
    table::Matched,
};

pub fn build(matched: &Matched, today: Option<NaiveDate>) -> BuiltRecords {
    let profiles = &matched.profile.tables;
    let columns: Vec<Vec<SheetColumn>> =
        matched.tables.iter().map(|(table, own)| column::columns(table, &profiles[*own])).collect();
    let mut maker = RecordBuilder {
        readers: matched
            .tables
            .iter()
            .zip(&columns)
            .enumerate()
            .map(|(at, ((table, own), columns))| Reader::new(table, &profiles[*own], columns, at))
            .collect(),
        today,
        ..RecordBuilder::default()
    };
    for (at, (table, own)) in matched.tables.iter().enumerate() {
        maker.made.notes.extend(table.grid.problems.iter().cloned());
        maker.made.notes.extend(column::decisions(table, &profiles[*own], &columns[at]));
        maker.made.notes.extend(column::misfits(table, &profiles[*own]));
        maker.made.questions.extend(table.asked.clone());
    }
    maker.index_look_ups();
    let tables = |wanted: &[RowMeaning]| -> Vec<usize> {
        (0..matched.tables.len())
            .filter(|at| wanted.contains(&profiles[matched.tables[*at].1].rows))
            .collect()
    };
    for at in tables(&[RowMeaning::Teams]) {
        maker.each_row(at, RecordBuilder::team);
    }
    for at in tables(&[RowMeaning::People, RowMeaning::Positions]) {
        maker.each_row(at, RecordBuilder::read_position);
    }
    maker.settle_rows();
    for at in tables(&[RowMeaning::Counted]) {
        maker.each_row(at, RecordBuilder::counted);
    }
    maker.finish()
}

/// How many lines a cell with an unclosed quote has swallowed. Some of them look like rows: delimiters between most
/// of the columns, without the spaces that prose has after them.
fn drowned(cell: &str, width: usize) -> usize {
    let is_row = |line: &str| {
        let between =
            |mark: char| line.matches(mark).count().saturating_sub(line.matches(&format!("{mark} ")).count());
        [',', ';', '\t', '|'].into_iter().any(|mark| between(mark) + 2 >= width.max(4))
    };
    let lines = cell.lines().skip(1);
    if lines.clone().any(is_row) { lines.count() } else { 0 }
}

impl<'a> RecordBuilder<'a> {
    fn each_row(&mut self, reader: usize, visit: fn(&mut Self, usize, &'a RawRow)) {
        let table = self.readers[reader].table;
        let width = table.header.names.len();
        if self.readers[reader].columns.iter().all(|column| column.target.is_none()) {
            let place = Place::new(&table.grid.name, table.header.line, 0);
            let message = "no column is mapped to a field; nothing imported";
            return self.made.notes.push(Diagnostic::new(Level::Error, place, message, "map the columns"));
        }
        for row in &table.rows {
            if table.grid.has_ragged_rows && !self.is_whole(reader, row, width) {
                continue;
            }
            visit(self, reader, row);
        }
    }

    /// Whether a row has a cell for each header, and none that has swallowed further rows.
    fn is_whole(&mut self, reader: usize, row: &RawRow, width: usize) -> bool {
        let lost = row.cells.iter().map(|cell| drowned(&cell.text(), width)).max().unwrap_or(0);
        let has_more = row.cells.iter().skip(width).any(|cell| !cell.is_empty());
        if row.cells.len() >= width && !has_more && lost == 0 {
            return true;
        }
        let place = self.readers[reader].place(row);
        let mut message = format!("row has {} cells, the header has {width}; row skipped", row.cells.len());
        let mut advice = "cells may be shifted: add or remove a comma, or quote the cell";
        if lost > 0 {
            let noun = if lost == 1 { "line" } else { "lines" };
            message = format!("unclosed quote; this row and the {lost} {noun} below skipped");
            advice = "close the quote";
        }
        self.made.notes.push(Diagnostic::new(Level::Error, place, message, advice));
        false
    }

    fn index_look_ups(&mut self) {
        for at in 0..self.readers.len() {
            let (table, profile) = (self.readers[at].table, self.readers[at].profile);
            let Some(key) = &profile.key else { continue };
            let folded = super::field::fold(key);
            let names = &table.header.names;
            let exact = names.iter().position(|name| name == key);
            let Some(column) =
                exact.or_else(|| names.iter().position(|name| super::field::fold(name) == folded))
            else {
                continue;
            };
            for row in &table.rows {
                let id = row.cell(column).text().into_owned();
                if id.is_empty() {
                    continue;
                }
                let place = table.grid.place(row.line, column);
                if self.look_ups.contains_key(&(profile.name.as_str(), id.clone())) {
                    let message = format!("duplicate ID {}; the first row was used", quoted(&id));
                    self.made.notes.push(Diagnostic::new(Level::Warning, place, message, "keep one of them"));
                    continue;
                }
                self.look_ups.insert((&profile.name, id), (at, row));
            }
        }
    }

    fn finish(mut self) -> BuiltRecords {
        self.resolve_managers();
        let (teams, keys) = self.teams.settle();
        for record in &mut self.made.records.memberships {
            record.team = keys.get(&record.team).cloned().unwrap_or_default();
        }
        for position in &mut self.seats {
            if let Some(Some(team)) = &mut position.position.team {
                *team = keys.get(team).cloned().unwrap_or_default();
            }
        }
        self.made.records.memberships.retain(|record| !record.team.is_empty());
        // In a table of people a row says everything about a person, unless people may be in several positions.
        self.made.records.has_all_memberships =
            self.readers.iter().all(|reader| reader.profile.rows != RowMeaning::Positions);
        self.made.records.teams = teams;
        self.lead_teams(&keys);
        self.made.records.positions = self.seats.drain(..).map(|position| position.position).collect();
        for reader in self.readers.drain(..) {
            let (questions, doubts) = reader.questions();
            self.made.questions.extend(questions);
            self.made.doubts.extend(doubts);
        }
        let mut seen = FxHashSet::default();
        self.made.doubts.retain(|doubt| {
            seen.insert((doubt.place.file.clone(), doubt.place.line, doubt.place.column, doubt.why.clone()))
        });
        self.made
    }
}
