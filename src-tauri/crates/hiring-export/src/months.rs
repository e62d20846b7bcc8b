//! The sheets of days and cost: a row for each of the sheet `Yearly`, a column for each month.

use chrono::{Datelike, NaiveDate};
use headroom_analysis::cost::{Component, days_of, last_day};
use headroom_tabular::xlsx::{NumberFormat, Sheet, XlsxCell, XlsxColumn, column_name, serial};

use crate::{
    ExportSource, date, team_number,
    yearly::{self, AMOUNTS, ONCE, ONCE_DAY, bounds, has, line_row},
};

/// Rows above the first line: first day, last day, twelve times the days of the month.
const HEAD: usize = 3;
/// Columns before the first month.
const BEFORE: usize = 5;

/// The row of a cost line, counted from one.
pub(crate) fn row_of(line: usize) -> usize {
    line + HEAD + 1
}

/// The letters of a month's column.
pub(crate) fn column_of(month: usize) -> String {
    column_name(month + BEFORE)
}

pub(crate) const TEAM: &str = "C";

/// The three rows above the lines, with `before` columns before the first month.
pub(crate) fn head(months: &[NaiveDate], before: usize) -> Vec<Vec<XlsxCell>> {
    let row = |title: &str, cell: &dyn Fn(NaiveDate) -> XlsxCell| {
        let mut cells = vec![XlsxCell::Heading(title.to_owned())];
        cells.resize(before, XlsxCell::Empty);
        cells.extend(months.iter().map(|month| cell(*month)));
        cells
    };
    vec![
        row("First day", &|month| XlsxCell::formula(date(month), NumberFormat::Month, serial(month))),
        row("Last day", &|month| {
            XlsxCell::formula(date(last_day(month)), NumberFormat::Date, serial(last_day(month)))
        }),
        row("12 × days", &|month| XlsxCell::Number((12 * days_of(month)) as f64, NumberFormat::Plain)),
    ]
}

fn columns(source: &ExportSource<'_>) -> Vec<XlsxColumn> {
    let before = [7, 18, 8, 28, 13].map(|width| XlsxColumn::new("", width));
    before.into_iter().chain(source.table.months.iter().map(|_| XlsxColumn::new("", 13))).collect()
}

fn sheet_of(source: &ExportSource<'_>, name: &str, cells: impl Fn(usize) -> Vec<XlsxCell>) -> Sheet {
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

fn before(source: &ExportSource<'_>, at: usize) -> Vec<XlsxCell> {
    let line = &source.costs.lines[at];
    let position = source.plan.positions.get(source.costs.occupancies[line.occupancy].position);
    let (key, title) = position.map_or(("", ""), |row| (&row.key, &row.title));
    let own = line_row(at);
    vec![
        XlsxCell::Number((line.occupancy + 1) as f64, NumberFormat::Plain),
        XlsxCell::text(key),
        XlsxCell::formula(
            format!("Yearly!$C{own}"),
            NumberFormat::Plain,
            team_number(source.plan, position.and_then(|position| position.team)),
        ),
        XlsxCell::text(title),
    ]
}

/// Whether a row can have days in a month, whatever dates a reader enters in the sheet of positions.
fn can_be_in(source: &ExportSource<'_>, at: usize, month: NaiveDate) -> bool {
    let (first, last) = bounds(source, at);
    first <= last_day(month) && month <= last
}

/// The days of each row in each month.
pub(crate) fn days(source: &ExportSource<'_>) -> Sheet {
    by_month(source, "Days", |at, nth, month| {
        let (column, own) = (column_of(nth), line_row(at));
        let (first, last) = (yearly::FIRST_DAY, yearly::LAST_DAY);
        let formula =
            format!("MAX(0,MIN(Yearly!${last}{own},{column}$2)-MAX(Yearly!${first}{own},{column}$1)+1)");
        XlsxCell::formula(formula, NumberFormat::Plain, source.costs.lines[at].days_in(month) as f64)
    })
}

/// The part of the calendar year before those days, in days of their month.
pub(crate) fn before_days(source: &ExportSource<'_>) -> Sheet {
    by_month(source, "Before", |at, nth, month| {
        let (column, own, first) = (column_of(nth), line_row(at), yearly::FIRST_DAY);
        let formula = format!("(MONTH({column}$1)-1)*{column}$3/12+MAX(0,Yearly!${first}{own}-{column}$1)");
        let begin = (source.costs.lines[at].from - month).num_days().max(0);
        let before = i64::from(month.month0()) * days_of(month) + begin;
        XlsxCell::formula(formula, NumberFormat::Plain, before as f64)
    })
}

/// A cell for each row in each month in which the row can have days.
fn by_month(
    source: &ExportSource<'_>,
    name: &str,
    cell: impl Fn(usize, usize, NaiveDate) -> XlsxCell,
) -> Sheet {
    sheet_of(source, name, |at| {
        let mut cells = before(source, at);
        cells.push(XlsxCell::Empty);
        let months = source.table.months.iter().enumerate();
        cells.extend(months.map(|(nth, month)| match can_be_in(source, at, *month) {
            true => cell(at, nth, *month),
            false => XlsxCell::Empty,
        }));
        cells
    })
}

/// What each row costs in each month.
pub(crate) fn sheet(source: &ExportSource<'_>) -> Sheet {
    let last = source.table.months.len().saturating_sub(1);
    let mut sheet = by_month(source, "Months", |at, nth, month| {
        let amount = source.amount(source.costs.lines[at].cost_in(month));
        XlsxCell::formula(cost(source, at, nth), source.look(), amount)
    });
    for (at, cells) in sheet.rows.iter_mut().skip(HEAD).enumerate() {
        let (line, own) = (&source.costs.lines[at], row_of(at));
        let sum =
            source.table.months.iter().fold(0, |sum: i64, month| sum.saturating_add(line.cost_in(*month)));
        let formula = format!("SUM({}{own}:{}{own})", column_of(0), column_of(last));
        cells[BEFORE - 1] = XlsxCell::formula(formula, source.look(), source.amount(sum));
    }
    sheet
}

fn cost(source: &ExportSource<'_>, at: usize, nth: usize) -> String {
    let line = &source.costs.lines[at];
    let terms = &source.costs.courses[line.course].terms[line.terms];
    let (column, own, yearly) = (column_of(nth), row_of(at), line_row(at));
    let (days, before) = (format!("Days!{column}{own}"), format!("Before!{column}{own}"));
    let part = |amount: &str| {
        let up_to =
            |days: &str| format!("ROUND(Yearly!${amount}{yearly}*{days}/{column}$3,{})", source.decimals);
        format!("{}-{}", up_to(&format!("({before}+{days})")), up_to(&before))
    };
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
