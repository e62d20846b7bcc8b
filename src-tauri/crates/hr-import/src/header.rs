//! Finds the header of a table, and the rows that are not data.

use headroom_files::{Level, quoted};
use headroom_tabular::raw_table::{RawCell, RawRow, RawTable, letters};

use super::field::{Field, fold};

/// How many rows down a header may be, below titles and remarks.
const SEARCHED: usize = 40;
/// From this many columns on, a row with a single cell is a remark.
const REMARKABLE: usize = 4;

/// The headers, and where the data begins.
#[derive(Debug, Clone)]
pub struct Header {
    pub names: Vec<String>,
    /// Line of the last header row.
    pub line: u64,
    /// How many rows the header takes.
    pub rows: usize,
    /// Index of the first data row.
    pub body: usize,
}

/// Finds the headers. `known` says whether a profile has a header; `row` is the header's line if the user chose it.
pub fn find(grid: &RawTable, row: Option<u64>, known: &dyn Fn(&str) -> bool) -> Option<Header> {
    if let Some(line) = row {
        let at = grid.rows.iter().position(|row| row.line == line)?;
        return Some(header(grid, at, 1));
    }
    let mut best: Option<(usize, Header)> = None;
    for at in 0..grid.rows.len().min(SEARCHED) {
        if !looks_like_header(&grid.rows[at]) {
            continue;
        }
        for rows in [1, 2] {
            if rows == 2 && !grid.rows.get(at + 1).is_some_and(looks_like_header) {
                continue;
            }
            let found = header(grid, at, rows);
            let score = score(&found, known);
            if best.as_ref().is_none_or(|(most, _)| score > *most) {
                best = Some((score, found));
            }
        }
    }
    let first = || {
        grid.rows
            .iter()
            .position(|row| filled(row) > 1)
            .or_else(|| grid.rows.iter().position(|row| !row.is_blank()))
    };
    match best {
        Some((score, header)) if score > 0 => Some(header),
        _ => first().map(|at| header(grid, at, 1)),
    }
}

fn filled(row: &RawRow) -> usize {
    row.cells.iter().filter(|cell| !cell.is_empty()).count()
}

/// At least two words and no numbers. A sign such as `#` is not a word.
fn looks_like_header(row: &RawRow) -> bool {
    let is_figure = |cell: &RawCell| match cell {
        RawCell::Number(_) | RawCell::Date(_) | RawCell::Fault(_) => true,
        _ => {
            let text = cell.text();
            text.chars().any(char::is_numeric) && !text.chars().any(char::is_alphabetic)
        }
    };
    filled(row) > 1 && !row.cells.iter().any(is_figure)
}

/// Known headers count most; each counts once.
fn score(header: &Header, known: &dyn Fn(&str) -> bool) -> usize {
    let names: std::collections::BTreeSet<String> = header.names.iter().map(|name| fold(name)).collect();
    names
        .iter()
        .filter(|name| !name.is_empty())
        .map(|name| {
            if known(name) {
                12
            } else if Field::of_header(name).is_some() {
                10
            } else {
                0
            }
        })
        .sum()
}

fn header(grid: &RawTable, at: usize, rows: usize) -> Header {
    let (above, last) = (&grid.rows[at], &grid.rows[at + rows - 1]);
    let width = grid.width();
    let mut names = Vec::with_capacity(width);
    for column in 0..width {
        let (group, own) = (above.cell(column).text(), last.cell(column).text());
        let name = match (group.trim(), own.trim()) {
            (group, own) if rows == 1 || group.is_empty() || group == own => own.to_owned(),
            (group, "") => group.to_owned(),
            // A group over columns with clear headers adds nothing, unless it says whose they are.
            (group, own)
                if Field::of_header(own).is_some() && is_only(last, own) && !is_anothers(group, own) =>
            {
                own.to_owned()
            }
            (group, own) => format!("{group} {own}"),
        };
        names.push(name.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    while names.last().is_some_and(String::is_empty) {
        names.pop();
    }
    Header { names, line: last.line, rows, body: at + rows }
}

/// Whether the group makes a column about someone else: `Manager` over `Name`.
fn is_anothers(group: &str, own: &str) -> bool {
    Field::of_header(&format!("{group} {own}")).is_some()
        || Field::of_header(group).is_some_and(Field::is_of_manager)
}

fn is_only(row: &RawRow, text: &str) -> bool {
    row.cells.iter().filter(|cell| cell.text() == text).count() == 1
}

/// Unique headers: columns without one get their letters, repeated ones a number.
pub fn distinct(names: &[String]) -> Vec<String> {
    let mut seen: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
    let one = |(at, name): (usize, &String)| {
        if name.is_empty() {
            return format!("column {}", letters(at));
        }
        let count = seen.entry(name.to_lowercase()).or_insert(0);
        *count += 1;
        if *count == 1 { name.clone() } else { format!("{name} ({count})") }
    };
    names.iter().enumerate().map(one).collect()
}

/// The data rows, without blank ones and a total at the end. What was skipped is reported.
pub fn body(grid: &mut RawTable, header: &Header) -> Vec<RawRow> {
    let mut rows: Vec<RawRow> = grid.rows.split_off(header.body.min(grid.rows.len()));
    let width = header.names.iter().filter(|name| !name.is_empty()).count();
    let above = grid
        .rows
        .iter()
        .filter(|row| row.line < header.line && filled(row) > 1 && filled(row) * 2 >= width)
        .count();
    if above > header.rows - 1 {
        grid.tell(
            Level::Warning,
            header.line,
            format!("read as the header row; {} skipped above it", rows_were(above)),
            "set the header row if it is another one",
        );
    }
    let blank = rows.iter().rev().skip_while(|row| row.is_blank()).filter(|row| row.is_blank()).count();
    rows.retain(|row| !row.is_blank());
    if blank > 0 {
        let passed = rows_were(blank).replacen("row", "blank row", 1);
        grid.tell(Level::Note, 0, format!("{passed} skipped"), "no action needed");
    }
    // Repeated headers, as where pages were pasted below each other.
    let names: Vec<String> = header.names.iter().map(|name| fold(name)).collect();
    let repeats = |row: &RawRow| {
        filled(row) > 1 && names.iter().enumerate().all(|(at, name)| fold(&row.cell(at).text()) == *name)
    };
    for row in rows.extract_if(.., |row| repeats(row)) {
        grid.tell(Level::Note, row.line, "repeated header row; skipped".to_owned(), "no action needed");
    }
    for row in rows.extract_if(.., |row| is_total(row)) {
        let message = "looks like a total row; skipped".to_owned();
        grid.tell(Level::Note, row.line, message, "add an ID if it is a person or position");
    }
    for row in rows.extract_if(.., |row| is_remark(row, width)) {
        let text = row.cells.iter().find(|cell| !cell.is_empty()).map(|cell| cell.text()).unwrap_or_default();
        let message = format!("row contains only {}; skipped as a note", quoted(&text));
        grid.tell(Level::Warning, row.line, message, "fill in more cells if it is a person or position");
    }
    rows
}

fn rows_were(count: usize) -> String {
    if count == 1 { "1 row was".to_owned() } else { format!("{count} rows were") }
}

/// Begins with a word for a total, and less than half of its cells are filled.
fn is_total(row: &RawRow) -> bool {
    let first =
        row.cells.iter().find(|cell| !cell.is_empty()).map(|cell| fold(&cell.text())).unwrap_or_default();
    let words = ["total", "totals", "grand total", "sum", "summe", "gesamt", "subtotal", "total headcount"];
    words.contains(&first.as_str()) && filled(row) * 2 <= row.cells.len().max(2)
}

/// A single cell in a row of a table with several columns: a footer, or a note between the rows.
fn is_remark(row: &RawRow, width: usize) -> bool {
    width >= REMARKABLE && filled(row) == 1
}
