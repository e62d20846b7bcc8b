//! The sheet of budgets, spread over months.

use headroom_analysis::cost::{MONTH, budget_in_month, place as place_of};
use headroom_model::Budget;
use headroom_tabular::xlsx::{NumberFormat, Sheet, XlsxCell, XlsxColumn, column_name};

use crate::{
    ExportSource,
    figures::{AssumptionCells, money},
    months::head,
    team_number,
};

const HEAD: usize = 3;
const BEFORE: usize = 12;

/// Columns that formulas of other sheets refer to.
pub(crate) const RATE: &str = "E";
pub(crate) const FIRST_DAY: &str = "G";
pub(crate) const LAST_DAY: &str = "H";

pub(crate) fn row_of(budget: usize) -> usize {
    budget + HEAD + 1
}

pub(crate) fn column_of(month: usize) -> String {
    column_name(month + BEFORE)
}

pub(crate) fn sheet(source: &ExportSource<'_>, figures: &AssumptionCells<'_>) -> Sheet {
    let widths = [8, 24, 14, 9, 12, 14, 13, 13, 9, 24, 14, 12];
    let mut rows = head(&source.table.months, BEFORE);
    // Above the first column are the words of the head; the other columns have their titles in its last row.
    let titles = [
        "",
        "Team",
        "Amount",
        "Currency",
        "Rate",
        "In plan currency",
        "First day",
        "Last day",
        "FTE limit",
        "Note",
        "Start, in parts of months",
        "Length, in parts of months",
    ];
    if let Some(row) = rows.first_mut() {
        for (cell, title) in row.iter_mut().zip(titles).skip(1) {
            *cell = XlsxCell::Heading(title.to_owned());
        }
    }
    rows.extend(source.budgets.iter().enumerate().map(|(at, budget)| row(source, figures, at, budget)));
    let months = source.table.months.iter().map(|_| 13);
    Sheet {
        name: "Budgets".to_owned(),
        columns: widths.into_iter().chain(months).map(|width| XlsxColumn::new("", width)).collect(),
        has_titles: false,
        fixed_rows: HEAD as u32,
        fixed_columns: 2,
        rows,
    }
}

fn row(
    source: &ExportSource<'_>,
    figures: &AssumptionCells<'_>,
    at: usize,
    budget: &Budget,
) -> Vec<XlsxCell> {
    let own = row_of(at);
    let (look, decimals) = (source.look(), source.decimals);
    let name = budget.team.map_or_else(|| "Organisation".to_owned(), |team| source.team_name(Some(team)));
    let mut cells = vec![
        XlsxCell::Number(team_number(source.plan, budget.team), NumberFormat::Plain),
        XlsxCell::text(name),
    ];
    let amount = budget.amount.zip(budget.from);
    let minor = amount.map_or(0, |(amount, from)| figures.convert(amount, from));
    match amount {
        Some((amount, from)) => cells.extend([
            money(amount),
            XlsxCell::text(amount.currency.code()),
            figures.rate_cell(amount.currency, from),
            XlsxCell::formula(format!("ROUND($C{own}*$E{own},{decimals})"), look, source.amount(minor)),
        ]),
        None => cells.extend([XlsxCell::Empty, XlsxCell::Empty, XlsxCell::Empty, XlsxCell::Empty]),
    }
    cells.extend([XlsxCell::date(budget.from), XlsxCell::date(budget.until)]);
    cells.push(
        budget.seats.map_or(XlsxCell::Empty, |seats| XlsxCell::Number(seats.as_f64(), NumberFormat::Plain)),
    );
    cells.push(XlsxCell::text(&*budget.note));
    let Some((from, next)) = amount.and(budget.from).zip(budget.until.and_then(|until| until.succ_opt()))
    else {
        return cells;
    };
    let begins = place(&format!("$G{own}"));
    cells.push(XlsxCell::formula(begins, NumberFormat::Plain, place_of(from) as f64));
    let length = format!("{}-$K{own}", place(&format!("($H{own}+1)")));
    cells.push(XlsxCell::formula(length, NumberFormat::Plain, (place_of(next) - place_of(from)) as f64));
    for (nth, month) in source.table.months.iter().enumerate() {
        let column = column_of(nth);
        let up_to =
            |place: &str| format!("ROUND($F{own}*MAX(0,MIN($L{own},{place}-$K{own}))/$L{own},{decimals})");
        let begin = format!("(YEAR({column}$1)*12+MONTH({column}$1)-1)*{MONTH}");
        let formula = format!("{}-{}", up_to(&format!("{begin}+{MONTH}")), up_to(&begin));
        let part = budget_in_month(budget, minor, *month).unwrap_or(0);
        cells.push(XlsxCell::formula(formula, look, source.amount(part)));
    }
    cells
}

/// The position of a day in months, on a scale on which all months have the same length.
fn place(day: &str) -> String {
    format!("(YEAR({day})*12+MONTH({day})-1)*{MONTH}+(DAY({day})-1)*{MONTH}/DAY(EOMONTH({day},0))")
}
