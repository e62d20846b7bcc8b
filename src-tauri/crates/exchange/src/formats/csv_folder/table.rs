//! Parses one CSV file: header, rows, cells, lists and links.

use std::sync::Arc;

use chrono::NaiveDate;
use csv::StringRecord;
use headroom_files::{
    Diagnostic, Level, Place, ReadError,
    records::{Dates, Stated},
};
use headroom_model::{Link, Slo};
use headroom_tabular::{line_of, unguarded};
use rustc_hash::FxHashMap;

/// The diagnostics of a file.
pub type Problems = Vec<Diagnostic>;

/// A CSV file whose header has been read.
pub struct CsvTable<'a> {
    text: &'a str,
    delimiter: u8,
    reader: csv::Reader<&'a [u8]>,
    file: Arc<str>,
    width: usize,
    columns: FxHashMap<&'static str, usize>,
}

/// A row, read cell by cell by the names of the columns.
pub struct CsvRow<'a> {
    columns: &'a FxHashMap<&'static str, usize>,
    record: &'a StringRecord,
    file: &'a Arc<str>,
    pub line: u64,
    pub problems: &'a mut Vec<Diagnostic>,
    /// Something in it that counts can't be read: the row is left out.
    is_spoiled: bool,
}

impl<'a> CsvTable<'a> {
    /// Opens a file. `known` are all its columns, the first `required` of which it must have.
    ///
    /// # Errors
    /// [`ReadError::Structure`] if a required column is missing or a column is there twice.
    pub fn open(
        text: &'a str,
        file: &Arc<str>,
        known: &[&'static str],
        required: usize,
        problems: &mut Vec<Diagnostic>,
    ) -> Result<Self, ReadError> {
        let delimiter = delimiter(text);
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
        let structure = |column: u64, message: String| ReadError::Structure {
            place: Place::new(file, 1, column),
            message,
        };
        let headers = reader.headers().map_err(|error| structure(0, error.to_string()))?.clone();
        let mut columns = FxHashMap::default();
        for (at, header) in headers.iter().enumerate() {
            let place = at as u64 + 1;
            let header = header.trim().to_lowercase();
            let Some(name) = known.iter().copied().find(|name| *name == header) else {
                if !header.is_empty() {
                    problems.push(Diagnostic::new(
                        Level::Warning,
                        Place::new(file, 1, place),
                        format!("unknown column “{}”; ignored", shortened(&header)),
                        format!("known columns: {}", known.join(", ")),
                    ));
                }
                continue;
            };
            if columns.insert(name, at).is_some() {
                return Err(structure(place, format!("duplicate column “{name}”; keep one of them")));
            }
        }
        if let Some(missing) = known[..required].iter().find(|name| !columns.contains_key(*name)) {
            let found: Vec<String> =
                headers.iter().filter(|header| !header.trim().is_empty()).map(shortened).collect();
            let found = found.join(", ");
            let found =
                if found.is_empty() { "the file is empty".to_owned() } else { format!("found: {found}") };
            return Err(structure(0, format!("column “{missing}” is missing; {found}")));
        }
        Ok(Self { text, delimiter, reader, file: file.clone(), width: headers.len(), columns })
    }

    /// The records that `read` makes of the rows, without the rows that were [spoiled](CsvRow::spoil): what is left
    /// of such a row would mean something else.
    pub fn records<T>(
        mut self,
        problems: &mut Vec<Diagnostic>,
        mut read: impl FnMut(&mut CsvRow<'_>) -> Option<T>,
    ) -> Vec<T> {
        let mut found = Vec::with_capacity(self.text.bytes().filter(|byte| *byte == b'\n').count());
        self.each(problems, |row| {
            let made = read(row);
            if !row.is_spoiled {
                found.extend(made);
            }
        });
        found
    }

    fn each(&mut self, problems: &mut Vec<Diagnostic>, mut visit: impl FnMut(&mut CsvRow<'_>)) {
        let mut record = StringRecord::new();
        loop {
            match self.reader.read_record(&mut record) {
                Ok(false) => return,
                Ok(true) => {}
                Err(error) => {
                    let line = error.position().map_or(0, csv::Position::line);
                    let place = Place::new(&self.file, line, 0);
                    problems.push(Diagnostic::new(Level::Error, place, error.to_string(), "correct the row"));
                    continue;
                }
            }
            let line = record.position().map_or(0, |position| line_of(self.text, position));
            let is_last = self.reader.position().byte() as usize >= self.text.len();
            if is_last && self.is_left_open(&record) {
                let message = "unclosed quote; the rest of the file was skipped";
                let place = Place::new(&self.file, line, 0);
                let advice = "close the quote, or double it";
                problems.push(Diagnostic::new(Level::Error, place, message.to_owned(), advice));
                return;
            }
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let is_padded = record.iter().skip(self.width).all(str::is_empty);
            if record.len() < self.width || !is_padded {
                let message =
                    format!("row has {} cells, the header has {}; row skipped", record.len(), self.width);
                let place = Place::new(&self.file, line, 0);
                let advice = "cells may be shifted: add or remove a comma, or quote the cell";
                problems.push(Diagnostic::new(Level::Error, place, message, advice));
                continue;
            }
            visit(&mut CsvRow {
                columns: &self.columns,
                record: &record,
                file: &self.file,
                line,
                problems,
                is_spoiled: false,
            });
        }
    }
}

impl CsvTable<'_> {
    /// Whether the last record of the file ends within a quote.
    fn is_left_open(&self, record: &StringRecord) -> bool {
        let start = record.position().map_or(0, |position| position.byte() as usize);
        let (mut is_open, mut is_start, mut is_quoted) = (false, true, false);
        for byte in self.text.bytes().skip(start) {
            match byte {
                b'"' if is_start => (is_open, is_quoted) = (true, true),
                b'"' if is_quoted => is_open = !is_open,
                _ => {}
            }
            is_start = !is_open && (byte == self.delimiter || byte == b'\n' || byte == b'\r');
            is_quoted &= is_open || byte == b'"';
        }
        is_open
    }
}

/// Comma, semicolon or tab, whichever the header has most of.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or("");
    let count = |delimiter: u8| header.bytes().filter(|byte| *byte == delimiter).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}

impl<'a> CsvRow<'a> {
    /// How many of its columns are known.
    pub fn column_count(&self) -> usize {
        self.columns.len()
    }

    pub fn place(&self) -> Place {
        Place::new(self.file, self.line, 0)
    }

    /// None if the file has no such column.
    pub fn cell(&self, column: &str) -> Option<&'a str> {
        let cell = self.record.get(*self.columns.get(column)?)?.trim();
        Some(unguarded(cell))
    }

    pub fn text(&self, column: &str) -> Stated<String> {
        self.cell(column).map(str::to_owned)
    }

    /// A value that must not be empty; a row without it is left out and reported.
    pub fn required(&mut self, column: &'static str) -> Option<String> {
        self.needed(column).map(str::to_owned)
    }

    /// As [`CsvRow::required`], as it stands in the file.
    pub fn needed(&mut self, column: &'static str) -> Option<&'a str> {
        let cell = self.cell(column).unwrap_or_default();
        if cell.is_empty() {
            self.spoil(column, format!("“{column}” is empty"), "fill it in");
            return None;
        }
        Some(cell)
    }

    /// What a value that must not be empty says; a row in which it says nothing is left out and reported.
    pub fn parsed_or_spoiled<T>(
        &mut self,
        column: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
        advice: &str,
    ) -> Option<T> {
        let cell = self.needed(column)?;
        let value = parse(cell);
        if value.is_none() {
            self.spoil(column, format!("“{cell}” is not a valid value"), advice);
        }
        value
    }

    pub fn optional(&self, column: &str) -> Stated<Option<String>> {
        self.cell(column).map(|cell| (!cell.is_empty()).then(|| cell.to_owned()))
    }

    pub fn list(&self, column: &str) -> Stated<Vec<String>> {
        self.cell(column).map(split_list)
    }

    pub fn links(&self, column: &str) -> Stated<Vec<Link>> {
        self.list(column).map(|items| items.iter().map(|item| link(item)).collect())
    }

    pub fn dates(&mut self) -> Dates {
        Dates { from: self.date("from"), until: self.date("until") }
    }

    pub fn date(&mut self, column: &'static str) -> Stated<Option<NaiveDate>> {
        self.counted(column, |cell| cell.parse().ok(), "is not a date", "write it as 2027-03-12")
    }

    pub fn tier(&mut self) -> Stated<Option<u8>> {
        let tier = |cell: &str| cell.parse().ok().filter(|tier| (1..=4).contains(tier));
        self.described("tier", tier, "is not a tier", "use 1, 2, 3 or 4")
    }

    /// A percentage of time, such as an SLO.
    pub fn availability(&mut self, column: &'static str) -> Stated<Option<Slo>> {
        let advice = "write it as a percentage, e.g. 99.95";
        self.described(column, |cell| cell.parse().ok(), "is not a percentage", advice)
    }

    /// `yes` or `no`; an empty cell is no.
    pub fn flag(&mut self, column: &'static str) -> Stated<bool> {
        let flag = |cell: &str| match cell.to_lowercase().as_str() {
            "yes" | "true" | "1" => Some(true),
            "no" | "false" | "0" => Some(false),
            _ => None,
        };
        let said = self.counted(column, flag, "is neither yes nor no", "use yes or no")?;
        Some(said.unwrap_or(false))
    }

    /// `0.5`, `50%` or `50 %`, in percent.
    pub fn share(&mut self) -> Stated<Option<u8>> {
        let share = |cell: &str| {
            let percent = match cell.strip_suffix('%') {
                Some(percent) => percent.trim().parse::<f64>().ok()?,
                None => cell.parse::<f64>().ok()? * 100.0,
            };
            (0.0..=100.0).contains(&percent).then(|| percent.round() as u8)
        };
        self.counted("share", share, "is not a percentage", "write 0.5 or 50%")
    }

    /// A value that counts: if it can't be read, the row is left out.
    pub fn counted<T>(
        &mut self,
        column: &'static str,
        parse: impl Fn(&str) -> Option<T>,
        fault: &str,
        advice: &str,
    ) -> Stated<Option<T>> {
        let value = self.parsed(column, parse)?;
        value.map_err(|cell| self.spoil(column, format!("{cell} {fault}"), advice)).ok()
    }

    /// A value that only describes: if it can't be read, it is left out alone and reported.
    pub fn described<T>(
        &mut self,
        column: &'static str,
        parse: impl Fn(&str) -> Option<T>,
        fault: &str,
        advice: &str,
    ) -> Stated<Option<T>> {
        let value = self.parsed(column, parse)?;
        let message = |cell: String| format!("{cell} {fault}; ignored");
        value.map_err(|cell| self.complain(column, Level::Error, message(cell), advice)).ok()
    }

    /// None if there is no such column. The error is the cell in quotes.
    fn parsed<T>(
        &self,
        column: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<Result<Option<T>, String>> {
        let cell = self.cell(column)?;
        if cell.is_empty() {
            return Some(Ok(None));
        }
        Some(parse(cell).map(Some).ok_or_else(|| format!("“{}”", shortened(cell))))
    }

    /// Leaves the row out and reports why.
    pub fn spoil(&mut self, column: &'static str, fault: String, advice: &str) {
        self.is_spoiled = true;
        self.complain(column, Level::Error, format!("{fault}; row skipped"), advice);
    }

    pub fn is_spoiled(&self) -> bool {
        self.is_spoiled
    }

    pub fn complain(&mut self, column: &str, level: Level, message: String, advice: &str) {
        let column = self.columns.get(column).map_or(0, |at| *at as u64 + 1);
        self.problems.push(Diagnostic::new(level, Place::new(self.file, self.line, column), message, advice));
    }
}

fn shortened(cell: &str) -> String {
    const SHOWN: usize = 60;
    if cell.chars().count() <= SHOWN {
        cell.to_owned()
    } else {
        cell.chars().take(SHOWN).chain(['…']).collect()
    }
}

/// Splits a list at `;`; `\;` is a semicolon within an item.
fn split_list(cell: &str) -> Vec<String> {
    let (mut items, mut item, mut slashes) = (Vec::new(), String::new(), 0_usize);
    for letter in cell.chars() {
        if letter == '\\' {
            slashes += 1;
            item.push(letter);
            continue;
        }
        if letter == ';' {
            // Of the backslashes before a semicolon each two are one; an odd one escapes the semicolon.
            item.truncate(item.len() - slashes.div_ceil(2));
            if slashes % 2 == 0 {
                items.push(std::mem::take(&mut item));
            } else {
                item.push(letter);
            }
        } else {
            item.push(letter);
        }
        slashes = 0;
    }
    items.push(item);
    items.iter().map(|item| item.trim()).filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

/// Joins a list so that [`split_list`] gives the items back.
pub fn joined_list(items: &[String]) -> String {
    let mut cell = String::new();
    for item in items {
        if !cell.is_empty() {
            let slashes = cell.len() - cell.trim_end_matches('\\').len();
            cell.extend(std::iter::repeat_n('\\', slashes));
            cell.push_str("; ");
        }
        let mut slashes = 0;
        for letter in item.chars() {
            if letter == ';' {
                cell.extend(std::iter::repeat_n('\\', slashes + 1));
            }
            slashes = if letter == '\\' { slashes + 1 } else { 0 };
            cell.push(letter);
        }
    }
    cell
}

/// Parses `title <url>` or `url`; `\<` is a `<` within the URL.
fn link(text: &str) -> Link {
    let parts = text.strip_suffix('>').and_then(|text| {
        let at = text.rmatch_indices('<').map(|(at, _)| at).find(|at| !text[..*at].ends_with('\\'))?;
        Some((&text[..at], &text[at + 1..]))
    });
    match parts {
        Some((title, url)) => {
            Link { url: url.trim().replace("\\<", "<"), title: title.trim().into(), ..Link::default() }
        }
        None => Link { url: text.into(), ..Link::default() },
    }
}

/// Formats a link so that [`link`] parses it again.
pub fn link_text(link: &Link) -> String {
    let is_plain = link.title.is_empty() && !link.url.ends_with('>');
    if is_plain {
        return link.url.clone();
    }
    format!("{} <{}>", link.title, link.url.replace('<', "\\<")).trim_start().to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn list_round_trips(items in prop::collection::vec("[a;\\\\<> é]{0,6}[a;\\\\<>é]", 0..5)) {
            let items: Vec<String> = items.iter().map(|item| item.trim().to_owned()).collect();
            prop_assert_eq!(split_list(&joined_list(&items)), items);
        }

        #[test]
        fn link_round_trips(title in "[a;<> ]{0,6}", url in "[a;<>]{1,6}") {
            let link = Link { url, title: title.trim().to_owned(), ..Link::default() };
            prop_assert_eq!(super::link(&link_text(&link)), link);
        }
    }

    fn names(text: &str) -> (Vec<String>, Vec<Diagnostic>) {
        let mut problems = Vec::new();
        let table = CsvTable::open(text, &"teams.csv".into(), &["id", "name"], 2, &mut problems).unwrap();
        (table.records(&mut problems, |row| row.text("name")), problems)
    }

    #[test]
    fn unclosed_quote_is_reported() {
        let (rows, problems) = names("id,name\na,A\nb,\"open\nc,C\nd,D\n");
        assert_eq!(rows, ["A"]);
        assert!(
            problems[0].place.line == 3 && problems[0].message.contains("unclosed quote"),
            "{problems:?}"
        );
        for (row, name) in
            [("a,\"x \"\"y\"\"\"", "x \"y\""), ("a,5\" pipe", "5\" pipe"), ("a,\"x\ny\"\n", "x\ny")]
        {
            let (rows, problems) = names(&format!("id,name\n{row}"));
            assert!(rows == [name] && problems.is_empty(), "{rows:?} {problems:?}");
        }
    }

    #[test]
    fn parses_lists_and_links() {
        assert_eq!(split_list("a; b;;c ;"), ["a", "b", "c"]);
        assert_eq!(split_list(r"C:\x; \\host\y"), [r"C:\x", r"\\host\y"]);
        assert_eq!(split_list(r"a\;b; c"), ["a;b", "c"]);
        assert_eq!(link("Wiki <https://x/a?b;c>").url, "https://x/a?b;c");
        assert_eq!(link("<https://x>").url, "https://x");
    }
}
