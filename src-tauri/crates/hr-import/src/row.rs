//! Reads the cells of a row as values, and collects warnings and ambiguities.

use chrono::NaiveDate;
use headroom_files::{Level, Place, records::Stated};
use headroom_tabular::{
    cell::{Read, date, words},
    raw_table::{RawCell, RawRow},
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    ambiguity::{Ambiguity, AmbiguityKind, CellWarning},
    column::{SheetColumn, of_field},
    field::Field,
    profile::{TableProfile, Target},
    table::SourceTable,
};

const EXAMPLES: usize = 3;

pub struct Reader<'a> {
    pub table: &'a SourceTable,
    pub profile: &'a TableProfile,
    pub columns: &'a [SheetColumn],
    /// Index of the table, for ambiguities.
    pub number: usize,
    pub doubts: Vec<CellWarning>,
    questions: FxHashMap<(usize, AmbiguityKind), Ambiguity>,
    /// Cells already counted for an ambiguity, by column and line.
    asked: FxHashSet<(usize, AmbiguityKind, u64)>,
    /// Words of a column that were already reported.
    told: FxHashSet<(usize, String)>,
}

impl<'a> Reader<'a> {
    pub fn new(
        table: &'a SourceTable,
        profile: &'a TableProfile,
        columns: &'a [SheetColumn],
        number: usize,
    ) -> Self {
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

    pub fn questions(self) -> (Vec<Ambiguity>, Vec<CellWarning>) {
        let mut questions: Vec<Ambiguity> = self.questions.into_values().collect();
        questions.sort_by_key(|question| (question.place.line, question.place.column, question.ask as u8));
        (questions, self.doubts)
    }

    pub fn has(&self, field: Field) -> bool {
        of_field(self.columns, field).next().is_some() || self.profile.constants.contains_key(&field)
    }

    pub fn place(&self, row: &RawRow) -> Place {
        Place::new(&self.table.grid.name, row.line, 0)
    }

    /// The first cell of the field that is not empty.
    pub fn cell(&self, row: &'a RawRow, field: Field) -> Option<(&'a SheetColumn, &'a RawCell)> {
        let mut cells = of_field(self.columns, field).map(|column| (column, row.cell(column.at)));
        cells.find(|(_, cell)| !self.is_nothing(cell))
    }

    /// Whether the cell is an error value, which is reported.
    pub fn is_fault(&mut self, row: &RawRow, column: &SheetColumn, cell: &RawCell) -> bool {
        let Some((why, advice)) = cell.fault() else { return false };
        self.doubt(row, column, Level::Error, None, why, advice);
        true
    }

    /// Whether a cell that identifies the person or position is an error value.
    pub fn hides_who_it_is(&mut self, row: &'a RawRow) -> bool {
        const NAMES: [Field; 6] = [
            Field::PersonId,
            Field::PositionId,
            Field::Email,
            Field::Name,
            Field::FirstName,
            Field::LastName,
        ];
        let columns: &'a [SheetColumn] = self.columns;
        let own = columns
            .iter()
            .filter(|column| NAMES.iter().any(|field| column.target == Some(Target::Field(*field))));
        own.filter(|column| self.is_fault(row, column, row.cell(column.at))).count() > 0
    }

    /// Reports the first cell of a column with this word.
    fn tell_once(&mut self, row: &RawRow, column: &SheetColumn, taken: &str, why: String, advice: &str) {
        if self.told.insert((column.at, words::folded(&row.cell(column.at).text()))) {
            self.doubt(row, column, Level::Note, Some(taken.to_owned()), why, advice);
        }
    }

    /// Reports a word for no value that may be a value, such as `NA` for North America.
    fn tell_if_a_word(&mut self, row: &'a RawRow, field: Field) {
        // In place of a name such a word means that the position is vacant.
        if field == Field::Name {
            return;
        }
        let columns: &'a [SheetColumn] = self.columns;
        for column in of_field(columns, field) {
            let text = row.cell(column.at).text();
            if words::could_be_a_value(&text, &self.profile.nothing) {
                let why = "often means “no value”".to_owned();
                let advice = "write it in full if it is a value; repeats in this column are not listed";
                self.tell_once(row, column, "no value", why, advice);
            }
        }
    }

    fn is_nothing(&self, cell: &RawCell) -> bool {
        match cell {
            RawCell::Empty => true,
            RawCell::Text(text) => words::is_nothing(text, &self.profile.nothing),
            _ => false,
        }
    }

    /// The text of a field; empty if the file has a column and the cell is empty.
    pub fn text(&mut self, row: &'a RawRow, field: Field) -> Stated<String> {
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

    /// The text of a field, if it is not empty.
    pub fn filled(&mut self, row: &'a RawRow, field: Field) -> Option<String> {
        self.text(row, field).filter(|text| !text.is_empty())
    }

    /// A first or last name: words for no value may be names.
    pub fn part_of_name(&mut self, row: &'a RawRow, field: Field) -> Option<String> {
        let (column, cell) = of_field(self.columns, field)
            .map(|column| (column, row.cell(column.at)))
            .find(|(_, cell)| words::is_part_of_a_name(&cell.text()))?;
        if self.is_fault(row, column, cell) {
            return None;
        }
        Some(tidy(&cell.text()))
    }

    /// The text as it is, words for no value included.
    pub fn raw(&self, row: &RawRow, field: Field) -> Option<String> {
        of_field(self.columns, field).next().map(|column| row.cell(column.at).text().into_owned())
    }

    pub fn date(&mut self, row: &'a RawRow, field: Field) -> Stated<Option<NaiveDate>> {
        let Some((column, cell)) = self.cell(row, field) else {
            let constant = self.profile.constants.get(&field).and_then(|text| text.parse().ok());
            return if constant.is_some() { Some(constant) } else { self.has(field).then_some(None) };
        };
        if self.is_fault(row, column, cell) {
            return None;
        }
        match date::read(cell, column.dates) {
            Read::Sure(day) if date::is_never(day) => {
                let why = "a placeholder date".to_owned();
                self.tell_once(row, column, "no date", why, "leave the cell empty");
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
                    "write it as 2026-03-12 if this is wrong",
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
                    self.ask::<()>(row, column, AmbiguityKind::ShortYears);
                }
                self.ask(
                    row,
                    column,
                    if needs_order { AmbiguityKind::DateOrder } else { AmbiguityKind::ShortYears },
                )
            }
        }
    }

    pub fn whole(&mut self, row: &'a RawRow, field: Field) -> Stated<Option<u8>> {
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
                    "not a number from 0 to 255".to_owned(),
                    "use 1, 2 or 3",
                );
                None
            }
        }
    }

    pub fn doubt(
        &mut self,
        row: &RawRow,
        column: &SheetColumn,
        level: Level,
        taken: Option<String>,
        why: String,
        advice: &str,
    ) {
        self.doubts.push(CellWarning {
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

    /// As [`Reader::doubt`], for the first column of a field.
    pub fn doubt_of(
        &mut self,
        row: &RawRow,
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
                self.doubts.push(CellWarning {
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

    pub fn ask<T>(&mut self, row: &RawRow, column: &SheetColumn, ask: AmbiguityKind) -> Option<T> {
        let (place, said) =
            (self.table.grid.place(row.line, column.at), row.cell(column.at).text().into_owned());
        let question = self.questions.entry((column.at, ask)).or_insert_with(|| {
            let header = &column.header;
            let (text, advice) = match ask {
                AmbiguityKind::DateOrder => (
                    format!("does the day or the month come first in “{header}”?"),
                    "choose the order (--dates day-first or month-first)",
                ),
                AmbiguityKind::ShortYears => (
                    format!("which century do the two-digit years in “{header}” belong to?"),
                    "choose the first year that two digits can mean (--short-years 1970)",
                ),
                AmbiguityKind::Currency => (
                    format!("which currency are the amounts in “{header}” in?"),
                    "choose the currency (--currency EUR)",
                ),
                AmbiguityKind::Dollar => (
                    format!("which currency does the sign in “{header}” stand for?"),
                    "choose the currency (--dollar USD)",
                ),
                AmbiguityKind::FullTimeHours => (
                    format!("how many hours per week are full time in “{header}”?"),
                    "enter the hours (--full-time-hours 40), or write FTE as 0.8 or 80%",
                ),
                AmbiguityKind::PartTime => (
                    format!("which FTE does “part time” mean in “{header}”?"),
                    "enter the FTE (--part-time 0.5), or write it as 0.8 or 80%",
                ),
                AmbiguityKind::Hidden => (
                    format!("“{header}” is hidden; import it?"),
                    "choose whether to import it (--hidden include or skip)",
                ),
            };
            Ambiguity {
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

    /// The columns that refer to rows of other tables, with their cells.
    pub fn references(&self, row: &'a RawRow) -> Vec<(&'a SheetColumn, &'a str, String)> {
        let columns: &'a [SheetColumn] = self.columns;
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

/// Collapses spaces within a text.
fn tidy(text: &str) -> String {
    if text.contains("  ") || text.contains(['\u{A0}', '\u{200B}', '\n', '\t', '\r', '\0']) {
        let plain: String = text.chars().filter(|letter| !matches!(letter, '\u{200B}' | '\0')).collect();
        plain.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        text.to_owned()
    }
}
