//! One row after another, cell by cell, with what was doubtful about each.

use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    cell::{Read, date, words},
    column::{Column, of_field},
    doubt::{Ask, Doubt, Question},
    field::Field,
    grid::{Cell, GridRow},
    profile::{TableProfile, Target},
    table::Table,
};
use crate::{
    problem::{Level, Place},
    records::Said,
};

const EXAMPLES: usize = 3;

pub struct Reader<'a> {
    pub table: &'a Table,
    pub profile: &'a TableProfile,
    pub columns: &'a [Column],
    /// The number of the table, for questions.
    pub number: usize,
    pub doubts: Vec<Doubt>,
    questions: FxHashMap<(usize, Ask), Question>,
    /// The cells that were counted, by column and line.
    asked: FxHashSet<(usize, Ask, u64)>,
    /// Words of a column that were told already.
    told: FxHashSet<(usize, String)>,
}

impl<'a> Reader<'a> {
    pub fn new(table: &'a Table, profile: &'a TableProfile, columns: &'a [Column], number: usize) -> Self {
        Self {
            table,
            profile,
            columns,
            number,
            doubts: Vec::new(),
            questions: FxHashMap::default(),
            asked: FxHashSet::default(),
            told: FxHashSet::default(),
        }
    }

    pub fn questions(self) -> (Vec<Question>, Vec<Doubt>) {
        let mut questions: Vec<Question> = self.questions.into_values().collect();
        questions.sort_by_key(|question| (question.place.line, question.place.column, question.ask as u8));
        (questions, self.doubts)
    }

    pub fn has(&self, field: Field) -> bool {
        of_field(self.columns, field).next().is_some() || self.profile.constants.contains_key(&field)
    }

    pub fn place(&self, row: &GridRow) -> Place {
        Place::new(&self.table.grid.name, row.line, 0)
    }

    /// The first cell of the field that says something.
    pub fn cell(&self, row: &'a GridRow, field: Field) -> Option<(&'a Column, &'a Cell)> {
        let mut cells = of_field(self.columns, field).map(|column| (column, row.cell(column.at)));
        cells.find(|(_, cell)| !self.is_nothing(cell))
    }

    /// Whether the cell has no value that can be read, which is told.
    pub fn is_fault(&mut self, row: &GridRow, column: &Column, cell: &Cell) -> bool {
        let Some((why, advice)) = cell.fault() else { return false };
        self.doubt(row, column, Level::Error, None, why, advice);
        true
    }

    /// Whether a cell by which somebody or a seat is known has no value that can be read.
    pub fn hides_who_it_is(&mut self, row: &'a GridRow) -> bool {
        const NAMES: [Field; 6] = [
            Field::PersonId,
            Field::PositionId,
            Field::Email,
            Field::Name,
            Field::FirstName,
            Field::LastName,
        ];
        let columns: &'a [Column] = self.columns;
        let own = columns
            .iter()
            .filter(|column| NAMES.iter().any(|field| column.target == Some(Target::Field(*field))));
        own.filter(|column| self.is_fault(row, column, row.cell(column.at))).count() > 0
    }

    /// Tells the first cell of a column with this word.
    fn tell_once(&mut self, row: &GridRow, column: &Column, taken: &str, why: String, advice: &str) {
        if self.told.insert((column.at, words::folded(&row.cell(column.at).text()))) {
            self.doubt(row, column, Level::Note, Some(taken.to_owned()), why, advice);
        }
    }

    /// A word that may well be a value of its own, as `NA` is for North America.
    fn tell_if_a_word(&mut self, row: &'a GridRow, field: Field) {
        // In the place of a name such a word says that the seat is empty.
        if field == Field::Name {
            return;
        }
        let columns: &'a [Column] = self.columns;
        for column in of_field(columns, field) {
            let text = row.cell(column.at).text();
            if words::could_be_a_value(&text, &self.profile.nothing) {
                let why = "stands for no value in many files".to_owned();
                let advice = "write it in full if it is a value; others like it in the column are not told";
                self.tell_once(row, column, "no value", why, advice);
            }
        }
    }

    fn is_nothing(&self, cell: &Cell) -> bool {
        match cell {
            Cell::Empty => true,
            Cell::Text(text) => words::is_nothing(text, &self.profile.nothing),
            _ => false,
        }
    }

    /// The text of a field, empty when the file has a column and the cell says nothing.
    pub fn text(&mut self, row: &'a GridRow, field: Field) -> Said<String> {
        match self.cell(row, field) {
            Some((column, cell)) if self.is_fault(row, column, cell) => None,
            Some((_, cell)) => Some(tidy(&cell.text())),
            None => {
                self.tell_if_a_word(row, field);
                match self.profile.constants.get(&field) {
                    Some(constant) => Some(constant.clone()),
                    None => self.has(field).then(String::new),
                }
            }
        }
    }

    /// The text of a field where it says something.
    pub fn filled(&mut self, row: &'a GridRow, field: Field) -> Option<String> {
        self.text(row, field).filter(|text| !text.is_empty())
    }

    /// A first or last name: what else says nothing may be one.
    pub fn part_of_name(&mut self, row: &'a GridRow, field: Field) -> Option<String> {
        let (column, cell) = of_field(self.columns, field)
            .map(|column| (column, row.cell(column.at)))
            .find(|(_, cell)| words::is_part_of_a_name(&cell.text()))?;
        if self.is_fault(row, column, cell) {
            return None;
        }
        Some(tidy(&cell.text()))
    }

    /// A text as it stands, words for nothing included.
    pub fn raw(&self, row: &GridRow, field: Field) -> Option<String> {
        of_field(self.columns, field).next().map(|column| row.cell(column.at).text().into_owned())
    }

    pub fn date(&mut self, row: &'a GridRow, field: Field) -> Said<Option<NaiveDate>> {
        let Some((column, cell)) = self.cell(row, field) else {
            let constant = self.profile.constants.get(&field).and_then(|text| text.parse().ok());
            return if constant.is_some() { Some(constant) } else { self.has(field).then_some(None) };
        };
        if self.is_fault(row, column, cell) {
            return None;
        }
        match date::read(cell, column.dates) {
            Read::Sure(day) if date::is_never(day) => {
                let why = "is a day that never comes".to_owned();
                self.tell_once(row, column, "no day", why, "leave the cell empty");
                Some(None)
            }
            Read::Sure(day) => Some(Some(day)),
            Read::Nothing => Some(None),
            Read::Doubt(day, why) => {
                let taken = day.format("%-d %B %Y").to_string();
                self.doubt(
                    row,
                    column,
                    Level::Note,
                    Some(taken),
                    why,
                    "write it as 2026-03-12 if that is wrong",
                );
                Some(Some(day))
            }
            Read::Fault(why) => {
                self.doubt(row, column, Level::Error, None, why, "write it as 2026-03-12");
                None
            }
            Read::Open => {
                let evidence = date::evidence(cell);
                let needs_order = evidence.needs_order && column.dates.order.is_none();
                if needs_order && evidence.has_short_year && column.dates.short_years.is_none() {
                    self.ask::<()>(row, column, Ask::ShortYears);
                }
                self.ask(row, column, if needs_order { Ask::DateOrder } else { Ask::ShortYears })
            }
        }
    }

    pub fn whole(&mut self, row: &'a GridRow, field: Field) -> Said<Option<u8>> {
        let Some((column, cell)) = self.cell(row, field) else { return self.has(field).then_some(None) };
        if self.is_fault(row, column, cell) {
            return None;
        }
        match cell.text().parse() {
            Ok(number) => Some(Some(number)),
            Err(_) => {
                self.doubt(
                    row,
                    column,
                    Level::Error,
                    None,
                    "is no number from 0 to 255".to_owned(),
                    "write 1, 2 or 3",
                );
                None
            }
        }
    }

    pub fn doubt(
        &mut self,
        row: &GridRow,
        column: &Column,
        level: Level,
        taken: Option<String>,
        why: String,
        advice: &str,
    ) {
        self.doubts.push(Doubt {
            level,
            place: self.table.grid.place(row.line, column.at),
            column: column.header.clone(),
            said: row.cell(column.at).text().into_owned(),
            taken,
            why,
            advice: advice.to_owned(),
            is_pay: column.is_pay(),
        });
    }

    /// As [`Reader::doubt`], of the first column of a field.
    pub fn doubt_of(
        &mut self,
        row: &GridRow,
        field: Field,
        level: Level,
        taken: Option<String>,
        why: String,
        advice: &str,
    ) {
        let column = of_field(self.columns, field).find(|column| !row.cell(column.at).is_empty());
        match column.or_else(|| of_field(self.columns, field).next()) {
            Some(column) => self.doubt(row, column, level, taken, why, advice),
            None => {
                let place = self.place(row);
                let (column, advice) = (field.title().to_owned(), advice.to_owned());
                self.doubts.push(Doubt {
                    level,
                    place,
                    column,
                    said: String::new(),
                    taken,
                    why,
                    advice,
                    is_pay: false,
                });
            }
        }
    }

    pub fn ask<T>(&mut self, row: &GridRow, column: &Column, ask: Ask) -> Option<T> {
        let (place, said) =
            (self.table.grid.place(row.line, column.at), row.cell(column.at).text().into_owned());
        let question = self.questions.entry((column.at, ask)).or_insert_with(|| {
            let header = &column.header;
            let (text, advice) = match ask {
                Ask::DateOrder => (
                    format!("which number of a date in “{header}” is the day?"),
                    "say that the day or the month comes first (--dates day-first or month-first)",
                ),
                Ask::ShortYears => (
                    format!("which century do the years in “{header}” belong to?"),
                    "say the first year that two digits can mean (--short-years 1970)",
                ),
                Ask::Currency => (
                    format!("which currency are the amounts in “{header}”?"),
                    "say the currency (--currency EUR)",
                ),
                Ask::Dollar => {
                    (format!("which currency is the sign in “{header}”?"), "say which it is (--dollar USD)")
                }
                Ask::FullTimeHours => (
                    format!("how many hours a week are full time in “{header}”?"),
                    "say how many (--full-time-hours 40), or write shares as 0.8 or 80%",
                ),
                Ask::PartTime => (
                    format!("which share of full time is “part time” in “{header}”?"),
                    "say which (--part-time 0.5), or write shares as 0.8 or 80%",
                ),
                Ask::Hidden => {
                    (format!("is “{header}” meant?"), "say whether it counts (--hidden take or leave-out)")
                }
            };
            Question {
                table: self.number,
                ask,
                column: header.clone(),
                text,
                examples: Vec::new(),
                cells: 0,
                place,
                advice: advice.to_owned(),
                is_pay: column.is_pay(),
            }
        });
        if !self.asked.insert((column.at, ask, row.line)) {
            return None;
        }
        question.cells += 1;
        if question.examples.len() < EXAMPLES && !question.examples.contains(&said) {
            question.examples.push(said);
        }
        None
    }

    /// The columns that refer to rows of other tables, with what the cell says.
    pub fn references(&self, row: &'a GridRow) -> Vec<(&'a Column, &'a str, String)> {
        let columns: &'a [Column] = self.columns;
        columns
            .iter()
            .filter_map(|column| match &column.target {
                Some(Target::Table { table }) => {
                    let text = row.cell(column.at).text().into_owned();
                    (!text.is_empty()).then_some((column, table.as_str(), text))
                }
                _ => None,
            })
            .collect()
    }
}

/// Blanks within a text count once.
fn tidy(text: &str) -> String {
    if text.contains("  ") || text.contains(['\u{A0}', '\u{200B}', '\n', '\t', '\r', '\0']) {
        let plain: String = text.chars().filter(|letter| !matches!(letter, '\u{200B}' | '\0')).collect();
        plain.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        text.to_owned()
    }
}
