//! One row after another, cell by cell, with what was doubtful about each.

use chrono::NaiveDate;
use headroom_model::{Currency, Fraction, Money};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    cell::{
        Read,
        amount::{self, Amount, Mark, has_sign},
        date, number, words,
    },
    column::{Column, of_field},
    doubt::{Ask, Doubt, Question},
    field::Field,
    grid::{Cell, GridRow},
    profile::{PayPeriod, TableProfile, Target},
    table::Table,
};
use crate::{
    problem::{Level, Place},
    records::Said,
};

const EXAMPLES: usize = 3;
/// How many months' pay is a year's.
const MONTHS: i128 = 12;

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
}

/// Pay a year, full time: from, and up to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pay {
    pub low: Option<Money>,
    pub high: Option<Money>,
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
            Some((column, Cell::Fault(fault))) => {
                let why = format!("the workbook has the error {fault} here");
                self.doubt(row, column, Level::Error, None, why, "correct the formula");
                None
            }
            Some((_, cell)) => Some(tidy(&cell.text())),
            None => match self.profile.constants.get(&field) {
                Some(constant) => Some(constant.clone()),
                None => self.has(field).then(String::new),
            },
        }
    }

    /// The text of a field where it says something.
    pub fn filled(&mut self, row: &'a GridRow, field: Field) -> Option<String> {
        self.text(row, field).filter(|text| !text.is_empty())
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
        match date::read(cell, column.dates) {
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

    pub fn share(&mut self, row: &'a GridRow, field: Field) -> Said<Fraction> {
        let Some((column, cell)) = self.cell(row, field) else {
            return self.profile.constants.get(&field).and_then(|text| text.parse().ok());
        };
        match number::fraction(&cell.text(), column.decimal) {
            Read::Sure(share) => {
                if let Some(why) = column.odd_mark(&cell.text()) {
                    let advice = "write it with the mark of the other cells if that is wrong";
                    self.doubt(row, column, Level::Note, Some(share.to_string()), why, advice);
                }
                Some(share)
            }
            Read::Doubt(share, why) => {
                self.doubt(
                    row,
                    column,
                    Level::Warning,
                    Some(share.to_string()),
                    why,
                    "write it as 0.6 or 60%",
                );
                Some(share)
            }
            Read::Fault(why) => {
                self.doubt(row, column, Level::Error, None, why, "write it as 0.6 or 60%");
                None
            }
            Read::Nothing | Read::Open => None,
        }
    }

    pub fn whole(&mut self, row: &'a GridRow, field: Field) -> Said<Option<u8>> {
        let Some((column, cell)) = self.cell(row, field) else { return self.has(field).then_some(None) };
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

    /// What a field says about pay: a year's, full time. None when it cannot be said.
    pub fn pay(&mut self, row: &'a GridRow, field: Field) -> Said<Pay> {
        let Some((column, cell)) = self.cell(row, field) else {
            return self.has(field).then(Pay::default);
        };
        if let Cell::Fault(fault) = cell {
            let why = format!("the workbook has the error {fault} here");
            self.doubt(row, column, Level::Error, None, why, "correct the formula");
            return None;
        }
        let text = match cell {
            Cell::Number(number) => number.clone(),
            cell => cell.text().into_owned(),
        };
        let (amount, why) = match amount::read(&text, column.decimal) {
            Read::Sure(amount) => (amount, column.odd_mark(&text)),
            Read::Doubt(amount, why) => (amount, Some(why)),
            Read::Nothing => return Some(Pay::default()),
            Read::Open => return None,
            Read::Fault(why) => {
                self.doubt(row, column, Level::Error, None, why, "write it as 120000 or 120000 EUR");
                return None;
            }
        };
        if amount.low.digits == 0 && amount.high.is_none() {
            if !self.profile.zero_is_undisclosed {
                let why = "no pay at all is hardly meant".to_owned();
                let taken = Some("not told".to_owned());
                self.doubt(row, column, Level::Note, taken, why, "leave the cell empty if it is not known");
            }
            return Some(Pay::default());
        }
        let pay = self.in_currency(row, column, amount)?;
        if let Some(why) = why {
            let taken = pay.low.map(|money| money.to_string());
            self.doubt(
                row,
                column,
                Level::Note,
                taken,
                why,
                "choose the decimal mark of the column if that is wrong",
            );
        }
        Some(pay)
    }

    fn in_currency(&mut self, row: &'a GridRow, column: &'a Column, amount: Amount) -> Option<Pay> {
        let own = match self.currency(row) {
            Ok(own) => own,
            Err(()) => return None,
        };
        let currency = match amount.mark {
            Mark::Named(currency) => match own.filter(|own| *own != currency) {
                Some(own) => {
                    let why = format!("is in {currency}, and the row says {own}");
                    self.doubt(row, column, Level::Error, None, why, "let both say the same");
                    return None;
                }
                None => currency,
            },
            Mark::None => match own.or(column.currency) {
                Some(currency) => currency,
                None => return self.ask(row, column, Ask::Currency),
            },
            Mark::Sign(sign) => match [own, self.profile.dollar, column.currency]
                .into_iter()
                .flatten()
                .find(|known| has_sign(*known, sign))
            {
                Some(currency) => currency,
                None if own.or(column.currency).is_none() => return self.ask(row, column, Ask::Currency),
                None => return self.ask(row, column, Ask::Dollar),
            },
        };
        let factor = if column.period == PayPeriod::Month { MONTHS } else { 1 };
        let money = |number: number::Decimal| {
            number.times(factor)?.with_scale(currency.decimals()).map(|minor| Money::new(minor, currency))
        };
        let (low, high) = (money(amount.low), amount.high.map(money));
        if low.is_none_or(|low| low.minor < 0) || high == Some(None) {
            let why = format!("is no amount of {currency}");
            self.doubt(
                row,
                column,
                Level::Error,
                None,
                why,
                "write it with two decimals at most, without a minus",
            );
            return None;
        }
        Some(Pay { low, high: high.flatten() })
    }

    /// What the row says about its currency. An error when nobody knows what it says.
    fn currency(&mut self, row: &'a GridRow) -> Result<Option<Currency>, ()> {
        let Some((column, cell)) = self.cell(row, Field::Currency) else {
            return Ok(self.profile.constants.get(&Field::Currency).and_then(|text| text.parse().ok()));
        };
        let text = cell.text();
        if let Some(currency) = amount::currency(&text) {
            return Ok(Some(currency));
        }
        if text.trim() == "$" {
            return Ok(self.profile.dollar.or(column.currency).filter(|known| has_sign(*known, '$')));
        }
        let why = "is no currency; the amounts of the row do not count".to_owned();
        self.doubt(row, column, Level::Error, None, why, "write its three letters, such as EUR");
        Err(())
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

    fn ask<T>(&mut self, row: &GridRow, column: &Column, ask: Ask) -> Option<T> {
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
