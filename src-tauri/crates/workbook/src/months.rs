//! The sheets of days and of cost: a row for each of `Yearly`, a column a month.

use chrono::NaiveDate;
use headroom_analysis::cost::{Component, days_of, last_day};
use headroom_exchange::xlsx::{Cell, Column, Look, Sheet, column_name};

use crate::{
    Source, date,
    yearly::{self, AMOUNTS, ONCE, ONCE_DAY, bounds, has, line_row},
};

/// Rows above the first line: first day, last day, twelve times the days of each month.
const HEAD: usize = 3;
/// Columns before the first month.
const BEFORE: usize = 5;

/// The row of a line, counted from one.
pub(crate) fn row_of(line: usize) -> usize {
    line + HEAD + 1
}

/// The letters of a month's column.
pub(crate) fn column_of(month: usize) -> String {
    column_name(month + BEFORE)
}

pub(crate) const TEAM: &str = "C";

/// The three rows above the months, with these words before them.
pub(crate) fn head(months: &[NaiveDate], before: usize) -> Vec<Vec<Cell>> {
    let row = |title: &str, cell: &dyn Fn(NaiveDate) -> Cell| {
        let mut cells = vec![Cell::Heading(title.to_owned())];
        cells.resize(before, Cell::Empty);
        cells.extend(months.iter().map(|month| cell(*month)));
        cells
    };
    vec![
        row("First day", &|month| Cell::Formula(date(month), Look::Month)),
        row("Last day", &|month| Cell::Formula(date(last_day(month)), Look::Date)),
        row("12 × days", &|month| Cell::Number((12 * days_of(month)) as f64, Look::Plain)),
    ]
}

fn columns(source: &Source<'_>) -> Vec<Column> {
    let before = [7, 18, 8, 28, 13].map(|width| Column::new("", width));
    before.into_iter().chain(source.table.months.iter().map(|_| Column::new("", 13))).collect()
}

fn sheet_of(source: &Source<'_>, name: &str, cells: impl Fn(usize) -> Vec<Cell>) -> Sheet {
    let mut rows = head(&source.table.months, BEFORE);
    rows.extend((0..source.costs.lines.len()).map(cells));
    Sheet {
        name: name.to_owned(),
        columns: columns(source),
        has_titles: false,
        fixed_rows: HEAD as u32,
        fixed_columns: 2,
        rows,
    }
}

fn before(source: &Source<'_>, at: usize) -> Vec<Cell> {
    let line = &source.costs.lines[at];
    let position = source.plan.positions.get(source.costs.stays[line.stay].position);
    let (key, title) = position.map_or(("", ""), |row| (&row.key, &row.title));
    let own = line_row(at);
    vec![
        Cell::Number((line.stay + 1) as f64, Look::Plain),
        Cell::text(key),
        Cell::Formula(format!("Yearly!$C{own}"), Look::Plain),
        Cell::text(title),
    ]
}

/// Whether a row can have days in a month, whatever dates the sheet of positions says.
fn can_be_in(source: &Source<'_>, at: usize, month: NaiveDate) -> bool {
    let (first, last) = bounds(source, at);
    first <= last_day(month) && month <= last
}

/// The days of each row in each month.
pub(crate) fn days(source: &Source<'_>) -> Sheet {
    sheet_of(source, "Days", |at| {
        let own = line_row(at);
        let mut cells = before(source, at);
        cells.push(Cell::Empty);
        for (nth, month) in source.table.months.iter().enumerate() {
            let column = column_of(nth);
            cells.push(if can_be_in(source, at, *month) {
                let (first, last) = (yearly::FIRST_DAY, yearly::LAST_DAY);
                let formula = format!(
                    "MAX(0,MIN(Yearly!${last}{own},{column}$2)-MAX(Yearly!${first}{own},{column}$1)+1)"
                );
                Cell::Formula(formula, Look::Plain)
            } else {
                Cell::Empty
            });
        }
        cells
    })
}

/// What each row costs in each month.
pub(crate) fn sheet(source: &Source<'_>) -> Sheet {
    let last = source.table.months.len().saturating_sub(1);
    sheet_of(source, "Months", |at| {
        let own = row_of(at);
        let mut cells = before(source, at);
        cells.push(Cell::Formula(
            format!("SUM({}{own}:{}{own})", column_of(0), column_of(last)),
            source.look(),
        ));
        for (nth, month) in source.table.months.iter().enumerate() {
            cells.push(if can_be_in(source, at, *month) {
                Cell::Formula(cost(source, at, nth), source.look())
            } else {
                Cell::Empty
            });
        }
        cells
    })
}

fn cost(source: &Source<'_>, at: usize, nth: usize) -> String {
    let line = &source.costs.lines[at];
    let terms = &source.costs.courses[line.course].terms[line.terms];
    let (column, own, yearly) = (column_of(nth), row_of(at), line_row(at));
    let days = format!("Days!{column}{own}");
    let part =
        |amount: &str| format!("ROUND(Yearly!${amount}{yearly}*{days}/{column}$3,{})", source.decimals);
    let parts: Vec<String> = Component::ALL
        .into_iter()
        .filter(|component| has(terms, *component))
        .map(|component| part(AMOUNTS[component as usize]))
        .collect();
    let monthly = format!("IF({days}=0,0,{})", parts.join("+"));
    if line.once.is_none() {
        return monthly;
    }
    let day = format!("Yearly!${ONCE_DAY}{yearly}");
    let [equipment, recruiting] = ONCE.map(|column| format!("Yearly!${column}{yearly}"));
    format!("{monthly}+IF(AND({day}>={column}$1,{day}<={column}$2),{equipment}+{recruiting},0)")
}
