//! Tables with one row for each event, such as subscriptions and tickets: which column is what, by the words of its
//! header, and what its cells say.

use std::path::{Path, PathBuf};

use crate::{
    cell::{
        Read,
        amount::{self, CellAmount},
        date::{self, DateOrder, DateStyle},
        number::{self, Decimal, DecimalMark},
    },
    is_table,
    raw_table::{RawCell, RawRow, RawTable},
    read_head,
};
use chrono::NaiveDate;
use headroom_files::{Diagnostic, Level, Place, ReadError, quoted};

/// Titles and notes may stand above a header.
const ROWS_ABOVE_HEADER: usize = 20;

/// A column of one meaning, with what headers call it, the best name first: letters and digits in lower case.
pub type ColumnNames<C> = (C, &'static [&'static str]);

/// A header as it is compared: letters and digits in lower case.
pub fn bare(header: &str) -> String {
    header.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A header without the table that it is a column of: `subscriptions.id` is `id`, `customers.id` is `customer id`.
fn without_table(header: &str) -> String {
    let lower = header.to_lowercase();
    match lower.split_once('.') {
        Some(("subscriptions" | "subscription" | "tickets" | "ticket" | "deployments", column)) => {
            column.to_owned()
        }
        Some(("customers" | "customer", column)) => format!("customer {column}"),
        Some(("accounts" | "account", column)) => format!("account {column}"),
        _ => lower,
    }
}

/// The header of a table: which of the columns it has, and where.
#[derive(Debug, Clone)]
pub struct KnownColumns<C> {
    /// Index of its row in the table.
    pub row: usize,
    /// Line in the file.
    pub line: u64,
    found: Vec<(C, usize)>,
    pub headers: Vec<String>,
}

impl<C: Copy + PartialEq> KnownColumns<C> {
    /// The first row with all the columns that are needed.
    pub fn find(
        table: &RawTable,
        names: &[ColumnNames<C>],
        is_enough: impl Fn(&Self) -> bool,
    ) -> Option<Self> {
        let rows = table.rows.iter().enumerate().take(ROWS_ABOVE_HEADER);
        rows.map(|(at, row)| Self::of_row(at, row, names)).find(is_enough)
    }

    fn of_row(at: usize, row: &RawRow, names: &[ColumnNames<C>]) -> Self {
        let headers: Vec<String> = row.cells.iter().map(|cell| cell.text().into_owned()).collect();
        let bare_headers: Vec<String> = headers.iter().map(|header| bare(&without_table(header))).collect();
        let mut found: Vec<(C, usize)> = Vec::new();
        for (column, called) in names {
            let place = called.iter().find_map(|name| bare_headers.iter().position(|header| header == name));
            let is_free = |place: &usize| found.iter().all(|(_, taken)| taken != place);
            found.extend(place.filter(is_free).map(|place| (*column, place)));
        }
        Self { row: at, line: row.line, found, headers }
    }

    pub fn at(&self, column: C) -> Option<usize> {
        self.found.iter().find(|(known, _)| *known == column).map(|(_, at)| *at)
    }

    pub fn has(&self, column: C) -> bool {
        self.at(column).is_some()
    }

    /// The header of a column, as it is written.
    pub fn header(&self, column: C) -> &str {
        self.at(column).map_or("", |at| self.headers[at].as_str())
    }

    /// Tells once which columns are not read.
    pub fn tell_ignored(&self, table: &RawTable, problems: &mut Vec<Diagnostic>) {
        let is_read = |at: usize| self.found.iter().any(|(_, taken)| *taken == at);
        let ignored =
            self.headers.iter().enumerate().filter(|(at, header)| !is_read(*at) && !header.is_empty());
        let ignored: Vec<String> = ignored.map(|(_, header)| quoted(header)).collect();
        if !ignored.is_empty() {
            let message = format!("columns not read: {}", ignored.join(", "));
            let advice = "nothing to do if no figure should come from them";
            problems.push(Diagnostic::new(
                Level::Note,
                Place::new(&table.name, self.line, 0),
                message,
                advice,
            ));
        }
    }
}

/// Every table file among the sources; of folders those at their top.
pub fn table_files(sources: &[PathBuf]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for source in sources {
        if source.is_dir() {
            files.extend(tables_in(source));
        } else {
            files.push(source.clone());
        }
    }
    files
}

/// The first rows of the tables of a file, to tell what they are about; none if it is no table or can't be read, which
/// its reader reports.
pub fn heads_of(path: &Path) -> Vec<RawTable> {
    if is_table(path) { read_head(path).unwrap_or_default() } else { Vec::new() }
}

pub fn tables_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| is_table(path)).collect();
    files.sort();
    files
}

/// The name of the file that a place is in, as an origin of figures: `subscriptions.csv`.
pub fn file_name(place: &Place) -> String {
    place.file.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
}

/// The error of files of which none is what was asked for.
pub fn nothing_in(sources: &[PathBuf], expected: &'static str) -> ReadError {
    ReadError::Nothing { path: sources.first().cloned().unwrap_or_default(), expected }
}

/// A fault of a cell, by which its row is left out.
pub struct CellFault {
    pub column: usize,
    pub message: String,
    pub advice: &'static str,
}

impl CellFault {
    pub fn at(&self, table: &RawTable, row: &RawRow) -> Diagnostic {
        let place = table.place(row.line, self.column);
        Diagnostic::new(Level::Error, place, format!("{}; row left out", self.message), self.advice)
    }
}

/// A column of dates, read alike from top to bottom.
#[derive(Debug, Clone, Copy)]
pub struct DateColumn {
    pub at: usize,
    style: DateStyle,
}

impl DateColumn {
    /// What its cells show together.
    ///
    /// # Errors
    /// The words for a column of which nothing shows whether day or month comes first.
    pub fn of(
        table: &RawTable,
        header_row: usize,
        at: usize,
        chosen: Option<DateOrder>,
    ) -> Result<Self, Diagnostic> {
        let mut order = None;
        let mut doubtful = None;
        for row in table.rows.iter().skip(header_row + 1) {
            let seen = date::evidence(row.cell(at));
            order = order.or(seen.shows);
            doubtful = doubtful.or(seen.needs_order.then_some(row));
        }
        let order = order.or(chosen);
        if let Some(row) = doubtful.filter(|_| order.is_none()) {
            let message =
                format!("{} may have day or month first; table left out", quoted(&row.cell(at).text()));
            let advice = "write the dates as 2026-03-31, or say the order: --dates day-first with --format";
            return Err(Diagnostic::new(Level::Error, table.place(row.line, at), message, advice));
        }
        /// Two digits of a year are of this century or the end of the last.
        const SHORT_YEARS_FROM: i32 = 1970;
        let style = DateStyle {
            order,
            short_years: Some(SHORT_YEARS_FROM),
            counts_from_1904: table.counts_from_1904,
        };
        Ok(Self { at, style })
    }

    pub fn read(&self, row: &RawRow) -> Result<Option<NaiveDate>, CellFault> {
        let cell = row.cell(self.at);
        match date::read(cell, self.style) {
            Read::Nothing => Ok(None),
            Read::Sure(day) | Read::Doubt(day, _) if date::is_never(day) => Ok(None),
            Read::Sure(day) | Read::Doubt(day, _) => Ok(Some(day)),
            Read::Open | Read::Fault(_) if is_nothing(cell) => Ok(None),
            Read::Open => Err(self.fault(cell, "not a date")),
            Read::Fault(why) => Err(self.fault(cell, &why)),
        }
    }

    fn fault(&self, cell: &RawCell, why: &str) -> CellFault {
        let message = format!("{}: {why}", quoted(&cell.text()));
        CellFault { column: self.at, message, advice: "write the date as 2026-03-31" }
    }
}

/// A column of numbers or amounts, read alike from top to bottom.
#[derive(Debug, Clone, Copy)]
pub struct NumberColumn {
    pub at: usize,
    mark: Option<DecimalMark>,
}

impl NumberColumn {
    pub fn of(table: &RawTable, header_row: usize, at: usize) -> Self {
        let cells = table.rows.iter().skip(header_row + 1).map(|row| row.cell(at));
        let mark = cells.filter_map(|cell| number::shows(&cell.text())).next();
        Self { at, mark }
    }

    /// The same with a decimal mark for where the cells show none.
    pub fn or_mark(self, mark: DecimalMark) -> Self {
        Self { mark: self.mark.or(Some(mark)), ..self }
    }

    /// The number of a cell that is not negative.
    pub fn read(&self, row: &RawRow) -> Result<Option<Decimal>, CellFault> {
        let cell = row.cell(self.at);
        if is_nothing(cell) {
            return Ok(None);
        }
        match number::read(&cell.text(), self.mark_of(cell)) {
            Read::Nothing => Ok(None),
            Read::Sure(number) | Read::Doubt(number, _) if number.digits >= 0 => Ok(Some(number)),
            Read::Sure(_) | Read::Doubt(..) => Err(self.fault(cell, "is negative")),
            Read::Open | Read::Fault(_) => Err(self.fault(cell, "not a number")),
        }
    }

    /// The amount of a cell that is not negative.
    pub fn amount(&self, row: &RawRow) -> Result<Option<CellAmount>, CellFault> {
        match self.signed_amount(row)? {
            Some(found) if found.low.digits < 0 => Err(self.fault(row.cell(self.at), "is negative")),
            found => Ok(found),
        }
    }

    pub fn signed_amount(&self, row: &RawRow) -> Result<Option<CellAmount>, CellFault> {
        let cell = row.cell(self.at);
        if is_nothing(cell) {
            return Ok(None);
        }
        match amount::read(&cell.text(), self.mark_of(cell)) {
            Read::Nothing => Ok(None),
            Read::Sure(found) | Read::Doubt(found, _) if found.high.is_some() => {
                Err(self.fault(cell, "is a range"))
            }
            Read::Sure(found) | Read::Doubt(found, _) => Ok(Some(found)),
            Read::Open => Err(self.fault(cell, "not an amount")),
            Read::Fault(why) => Err(self.fault(cell, &why)),
        }
    }

    /// Numbers of a workbook have a point, whatever its texts have.
    fn mark_of(&self, cell: &RawCell) -> Option<DecimalMark> {
        if matches!(cell, RawCell::Number(_)) { Some(DecimalMark::Point) } else { self.mark }
    }

    pub fn fault(&self, cell: &RawCell, why: &str) -> CellFault {
        let message = format!("{}: {why}", quoted(&cell.text()));
        CellFault { column: self.at, message, advice: "correct the number" }
    }
}

/// Whether a cell is empty, or says so.
fn is_nothing(cell: &RawCell) -> bool {
    const WORDS: [&str; 7] = ["", "null", "none", "n/a", "na", "-", "—"];
    let text = cell.text();
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// What a cell says as text; empty if it says that there is nothing.
pub fn text_of(row: &RawRow, column: Option<usize>) -> String {
    let cell = column.map(|column| row.cell(column)).filter(|cell| !is_nothing(cell));
    cell.map(|cell| cell.text().into_owned()).unwrap_or_default()
}

/// Yes and its like.
pub fn is_yes(text: &str) -> bool {
    ["true", "yes", "y", "1", "t", "x"].iter().any(|word| text.eq_ignore_ascii_case(word))
}
