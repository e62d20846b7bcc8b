//! What the rows have said so far, and how a row and those that it refers to are asked for a field.

use chrono::NaiveDate;
use headroom_files::{
    Diagnostic, Level, Place,
    records::{Records, Stated},
};
use headroom_tabular::{cell::words, raw_table::RawRow};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    ambiguity::{Ambiguity, CellWarning, ROW_SKIPPED},
    employment_row::{EmploymentRow, Sources},
    field::Field,
    manager_candidate::ManagerCandidate,
    pay::Pay,
    row::Reader,
    team_register::Teams,
};

/// The records, with the warnings and ambiguities found on the way.
#[derive(Debug, Default)]
pub struct BuiltRecords {
    pub records: Records,
    pub doubts: Vec<CellWarning>,
    pub questions: Vec<Ambiguity>,
    pub notes: Vec<Diagnostic>,
}

#[derive(Default)]
pub struct RecordBuilder<'a> {
    pub readers: Vec<Reader<'a>>,
    pub made: BuiltRecords,
    /// Rows of people and positions, until all of them are read.
    pub rows: Vec<EmploymentRow<'a>>,
    pub seats: Vec<ManagerCandidate<'a>>,
    /// Today: an end before it has passed.
    pub today: Option<NaiveDate>,
    /// Rows of look-up tables, each with its reader, by the name of the table and the ID.
    pub look_ups: FxHashMap<(&'a str, String), (usize, &'a RawRow)>,
    pub teams: Teams<'a>,
    /// Where each position was first found, by key.
    pub first: FxHashMap<String, Place>,
    pub names_taken: FxHashSet<String>,
    /// Whose each email is, and where it was found.
    pub emails: FxHashMap<String, (String, Place)>,
}

impl<'a> RecordBuilder<'a> {
    /// A row with the rows that it refers to.
    pub fn sources(&mut self, reader: usize, row: &'a RawRow) -> Sources<'a> {
        let mut sources = vec![(reader, row)];
        for (column, table, id) in self.readers[reader].references(row) {
            match self.look_ups.get(&(table, id.clone())) {
                Some(found) => sources.push(*found),
                None if words::is_nothing(&id, &self.readers[reader].profile.nothing) => {}
                None => {
                    let why = format!("no such row in “{table}”");
                    let advice = "add the row, or choose its file too";
                    self.readers[reader].doubt(row, column, Level::Warning, None, why, advice);
                }
            }
        }
        sources
    }

    /// Asks the sources for a field; the first that has it counts.
    pub fn ask<T>(
        &mut self,
        sources: &Sources<'a>,
        field: Field,
        read: impl Fn(&mut Reader<'a>, &'a RawRow) -> T,
    ) -> Option<T> {
        let (at, row) = sources.iter().find(|(at, _)| self.readers[*at].has(field))?;
        Some(read(&mut self.readers[*at], row))
    }

    /// As [`RecordBuilder::ask`], for a field without which the row means something else. None, with a report, if its
    /// cell can't be read.
    pub fn ask_surely<T>(
        &mut self,
        sources: &Sources<'a>,
        field: Field,
        read: impl Fn(&mut Reader<'a>, &'a RawRow) -> Stated<T>,
    ) -> Option<Stated<T>> {
        let Some((at, row)) = sources.iter().copied().find(|(at, _)| self.readers[*at].has(field)) else {
            return Some(None);
        };
        let reader = &mut self.readers[at];
        let told = reader.doubts.len();
        let said = read(reader, row);
        let is_lost = |doubt: &&mut CellWarning| doubt.level == Level::Error && doubt.taken.is_none();
        let mut lost = reader.doubts[told..].iter_mut().filter(is_lost).peekable();
        let is_read = lost.peek().is_none();
        lost.for_each(|doubt| doubt.why += ROW_SKIPPED);
        is_read.then_some(said)
    }

    pub fn text(&mut self, sources: &Sources<'a>, field: Field) -> Stated<String> {
        self.ask(sources, field, |reader, row| reader.text(row, field)).flatten()
    }

    pub fn filled(&mut self, sources: &Sources<'a>, field: Field) -> Option<String> {
        self.text(sources, field).filter(|text| !text.is_empty())
    }

    pub fn pay_of(&mut self, sources: &Sources<'a>, field: Field) -> Stated<Pay> {
        self.ask(sources, field, |reader, row| reader.pay(row, field)).flatten()
    }

    /// The pay range of a position, if a source has one.
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
}
