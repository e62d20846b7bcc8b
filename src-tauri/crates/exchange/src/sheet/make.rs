//! From rows to records: what several files say together. Teams, people, seats and managers each have a file of their own.

use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    cell::words,
    column::{self, Column},
    doubt::{Doubt, Question, quoted},
    employment::SeatRow,
    field::Field,
    grid::GridRow,
    managers::Seated,
    pay::Pay,
    profile::Rows,
    row::Reader,
    table::Matched,
    teams::Teams,
};
use crate::{
    problem::{Level, Place, Problem},
    records::{Records, Said},
};

/// What the tables say, and what about it somebody has to look at.
#[derive(Debug, Default)]
pub struct Made {
    pub records: Records,
    pub doubts: Vec<Doubt>,
    pub questions: Vec<Question>,
    pub notes: Vec<Problem>,
}

/// Rows that speak of one thing together: its own, and those of look-up tables that it refers to. Each with the number
/// of its reader.
pub type Sources<'a> = Vec<(usize, &'a GridRow)>;

pub fn make(matched: &Matched, today: Option<NaiveDate>) -> Made {
    let profiles = &matched.profile.tables;
    let columns: Vec<Vec<Column>> =
        matched.tables.iter().map(|(table, own)| column::columns(table, &profiles[*own])).collect();
    let mut maker = Maker {
        readers: matched
            .tables
            .iter()
            .zip(&columns)
            .enumerate()
            .map(|(at, ((table, own), columns))| Reader::new(table, &profiles[*own], columns, at))
            .collect(),
        today,
        ..Maker::default()
    };
    for (at, (table, own)) in matched.tables.iter().enumerate() {
        maker.made.notes.extend(table.grid.problems.iter().cloned());
        maker.made.notes.extend(column::decisions(table, &profiles[*own], &columns[at]));
        maker.made.notes.extend(column::misfits(table, &profiles[*own]));
        maker.made.questions.extend(table.asked.clone());
    }
    maker.index_look_ups();
    let tables = |wanted: &[Rows]| -> Vec<usize> {
        (0..matched.tables.len())
            .filter(|at| wanted.contains(&profiles[matched.tables[*at].1].rows))
            .collect()
    };
    for at in tables(&[Rows::Teams]) {
        maker.each_row(at, Maker::team);
    }
    for at in tables(&[Rows::People, Rows::Positions]) {
        maker.each_row(at, Maker::seat);
    }
    maker.settle_rows();
    for at in tables(&[Rows::Counted]) {
        maker.each_row(at, Maker::counted);
    }
    maker.finish()
}

/// How many lines went into a cell whose quote was never closed. Some of them look like rows: marks between most of the
/// columns, without the blanks that prose has behind them.
fn drowned(cell: &str, width: usize) -> usize {
    let is_row = |line: &str| {
        let between =
            |mark: char| line.matches(mark).count().saturating_sub(line.matches(&format!("{mark} ")).count());
        [',', ';', '\t', '|'].into_iter().any(|mark| between(mark) + 2 >= width.max(4))
    };
    let lines = cell.lines().skip(1);
    if lines.clone().any(is_row) { lines.count() } else { 0 }
}

#[derive(Default)]
pub struct Maker<'a> {
    pub readers: Vec<Reader<'a>>,
    pub made: Made,
    /// Rows of people and positions, until all of them are read.
    pub rows: Vec<SeatRow<'a>>,
    pub seats: Vec<Seated<'a>>,
    /// An end before it has passed.
    pub today: Option<NaiveDate>,
    look_ups: FxHashMap<(&'a str, String), (usize, &'a GridRow)>,
    pub teams: Teams<'a>,
    /// Where each seat stands first, by its key.
    pub first: FxHashMap<String, Place>,
    pub names_taken: FxHashSet<String>,
    /// Whose each e-mail is, and where that stands.
    pub emails: FxHashMap<String, (String, Place)>,
}

impl<'a> Maker<'a> {
    fn each_row(&mut self, reader: usize, visit: fn(&mut Self, usize, &'a GridRow)) {
        let table = self.readers[reader].table;
        let width = table.header.names.len();
        if self.readers[reader].columns.iter().all(|column| column.target.is_none()) {
            let place = Place::new(&table.grid.name, table.header.line, 0);
            let message = "no column is matched with a field, so that no row counts";
            return self.made.notes.push(Problem::new(
                Level::Error,
                place,
                message,
                "say what the columns are",
            ));
        }
        for row in &table.rows {
            if table.grid.has_ragged_rows && !self.is_whole(reader, row, width) {
                continue;
            }
            visit(self, reader, row);
        }
    }

    /// Whether a row has a cell for each header, and none in which further rows have drowned.
    fn is_whole(&mut self, reader: usize, row: &GridRow, width: usize) -> bool {
        let lost = row.cells.iter().map(|cell| drowned(&cell.text(), width)).max().unwrap_or(0);
        let has_more = row.cells.iter().skip(width).any(|cell| !cell.is_empty());
        if row.cells.len() >= width && !has_more && lost == 0 {
            return true;
        }
        let place = self.readers[reader].place(row);
        let mut message = format!("has {} cells where the header has {width}", row.cells.len());
        let mut advice =
            "the row was left out, since its cells may be shifted; add or remove a comma, or quote the cell";
        if lost > 0 {
            let (noun, were) = if lost == 1 { ("line", "was") } else { ("lines", "were") };
            message = format!(
                "has a quote that is opened and not closed; the {lost} {noun} below {were} lost in it"
            );
            advice = "the row and those below were left out; close the quote";
        }
        self.made.notes.push(Problem::new(Level::Error, place, message, advice));
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
                    let message = format!("the id {} stands here again; the first row counts", quoted(&id));
                    self.made.notes.push(Problem::new(Level::Warning, place, message, "keep one of the two"));
                    continue;
                }
                self.look_ups.insert((&profile.name, id), (at, row));
            }
        }
    }

    /// A row with those that it refers to.
    pub fn sources(&mut self, reader: usize, row: &'a GridRow) -> Sources<'a> {
        let mut sources = vec![(reader, row)];
        for (column, table, id) in self.readers[reader].references(row) {
            match self.look_ups.get(&(table, id.clone())) {
                Some(found) => sources.push(*found),
                None if words::is_nothing(&id, &self.readers[reader].profile.nothing) => {}
                None => {
                    let why = format!("“{table}” has no such row");
                    let advice = "add the row, or choose its file as well";
                    self.readers[reader].doubt(row, column, Level::Warning, None, why, advice);
                }
            }
        }
        sources
    }

    /// The first of the sources that has the field decides.
    pub fn ask<T>(
        &mut self,
        sources: &Sources<'a>,
        field: Field,
        read: impl Fn(&mut Reader<'a>, &'a GridRow) -> T,
    ) -> Option<T> {
        let (at, row) = sources.iter().find(|(at, _)| self.readers[*at].has(field))?;
        Some(read(&mut self.readers[*at], row))
    }

    /// As [`Maker::ask`], of a field without which the row means something else. None when its cell says what cannot be
    /// read, which is told.
    pub fn ask_surely<T>(
        &mut self,
        sources: &Sources<'a>,
        field: Field,
        read: impl Fn(&mut Reader<'a>, &'a GridRow) -> Said<T>,
    ) -> Option<Said<T>> {
        let Some((at, row)) = sources.iter().copied().find(|(at, _)| self.readers[*at].has(field)) else {
            return Some(None);
        };
        let reader = &mut self.readers[at];
        let told = reader.doubts.len();
        let said = read(reader, row);
        let is_lost = |doubt: &&mut Doubt| doubt.level == Level::Error && doubt.taken.is_none();
        let mut lost = reader.doubts[told..].iter_mut().filter(is_lost).peekable();
        let is_read = lost.peek().is_none();
        lost.for_each(|doubt| doubt.why += ", so that the whole row does not count");
        is_read.then_some(said)
    }

    pub fn text(&mut self, sources: &Sources<'a>, field: Field) -> Said<String> {
        self.ask(sources, field, |reader, row| reader.text(row, field)).flatten()
    }

    pub fn filled(&mut self, sources: &Sources<'a>, field: Field) -> Option<String> {
        self.text(sources, field).filter(|text| !text.is_empty())
    }

    pub fn pay_of(&mut self, sources: &Sources<'a>, field: Field) -> Said<Pay> {
        self.ask(sources, field, |reader, row| reader.pay(row, field)).flatten()
    }

    /// The range of a position's pay where the source has one.
    pub fn range(&mut self, sources: &Sources<'a>) -> Option<Pay> {
        if let Some(range) = self.pay_of(sources, Field::PayRange) {
            return Some(range);
        }
        let low = self.pay_of(sources, Field::PayFrom);
        let high = self.pay_of(sources, Field::PayTo);
        if low.is_none() && high.is_none() {
            return None;
        }
        let (low, high) = (low.unwrap_or_default().low, high.unwrap_or_default().low);
        Some(if low.is_none() { Pay { low: high, high: None } } else { Pay { low, high } })
    }

    fn finish(mut self) -> Made {
        self.resolve_managers();
        let (teams, keys) = self.teams.settle();
        for record in &mut self.made.records.memberships {
            record.team = keys.get(&record.team).cloned().unwrap_or_default();
        }
        for seat in &mut self.seats {
            if let Some(Some(team)) = &mut seat.position.team {
                *team = keys.get(team).cloned().unwrap_or_default();
            }
        }
        self.made.records.memberships.retain(|record| !record.team.is_empty());
        // A row is all about somebody, unless people may be in several seats.
        self.made.records.has_all_memberships =
            self.readers.iter().all(|reader| reader.profile.rows != Rows::Positions);
        self.made.records.teams = teams;
        self.lead_teams(&keys);
        self.made.records.positions = self.seats.drain(..).map(|seat| seat.position).collect();
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
