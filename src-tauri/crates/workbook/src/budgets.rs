//! The sheet of budgets, spread over the months by days.

use headroom_exchange::xlsx::{Cell, Column, Look, Sheet, column_name};
use headroom_model::Budget;

use crate::{
    Source,
    figures::{Figures, money},
    months::head,
    team_number,
};

const HEAD: usize = 3;
const BEFORE: usize = 10;

/// Columns that formulas refer to.
pub(crate) const RATE: &str = "E";
pub(crate) const FIRST_DAY: &str = "G";
pub(crate) const LAST_DAY: &str = "H";

pub(crate) fn row_of(budget: usize) -> usize {
    budget + HEAD + 1
}

pub(crate) fn column_of(month: usize) -> String {
    column_name(month + BEFORE)
}

pub(crate) fn sheet(source: &Source<'_>, figures: &Figures<'_>) -> Sheet {
    let widths = [8, 24, 14, 9, 12, 14, 13, 13, 9, 24];
    let mut rows = head(&source.table.months, BEFORE);
    // Above the first column there are the words of the head; the others have their titles in its last row.
    let titles = [
        "",
        "Team",
        "Amount",
        "Currency",
        "Rate",
        "In the plan's currency",
        "First day",
        "Last day",
        "Seats",
    ];
    if let Some(row) = rows.first_mut() {
        for (cell, title) in row.iter_mut().zip(titles).skip(1) {
            *cell = Cell::Heading(title.to_owned());
        }
    }
    rows.extend(source.budgets.iter().enumerate().map(|(at, budget)| row(source, figures, at, budget)));
    let months = source.table.months.iter().map(|_| 13);
    Sheet {
        name: "Budgets".to_owned(),
        columns: widths.into_iter().chain(months).map(|width| Column::new("", width)).collect(),
        has_titles: false,
        fixed_rows: HEAD as u32,
        fixed_columns: 2,
        rows,
    }
}

fn row(source: &Source<'_>, figures: &Figures<'_>, at: usize, budget: &Budget) -> Vec<Cell> {
    let own = row_of(at);
    let (look, decimals) = (source.look(), source.decimals);
    let name = budget.team.map_or_else(|| "Organisation".to_owned(), |team| source.team_name(Some(team)));
    let mut cells = vec![Cell::Number(team_number(budget.team), Look::Plain), Cell::text(name)];
    let amount = budget.amount.zip(budget.from);
    match amount {
        Some((amount, from)) => cells.extend([
            money(amount),
            Cell::text(amount.currency.code()),
            figures.rate(amount.currency, from).map_or(Cell::Empty, |cell| Cell::Formula(cell, Look::Plain)),
            Cell::Formula(format!("ROUND($C{own}*$E{own},{decimals})"), look),
        ]),
        None => cells.extend([Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty]),
    }
    cells.extend([Cell::date(budget.from), Cell::date(budget.until)]);
    cells.push(budget.seats.map_or(Cell::Empty, |seats| Cell::Number(seats.as_f64(), Look::Plain)));
    cells.push(Cell::text(&*budget.note));
    if amount.is_none() {
        return cells;
    }
    for nth in 0..source.table.months.len() {
        let column = column_of(nth);
        let length = format!("($H{own}-$G{own}+1)");
        let up_to = |days: &str| format!("ROUND($F{own}*MAX(0,MIN({length},{days}))/{length},{decimals})");
        let formula =
            format!("{}-{}", up_to(&format!("{column}$2-$G{own}+1")), up_to(&format!("{column}$1-$G{own}")));
        cells.push(Cell::Formula(formula, look));
    }
    cells
}
