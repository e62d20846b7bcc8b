//! The sheet of seats: who is in them from when until when, and what is paid.

use headroom_analysis::cost::{Line, PaySaidBy};
use headroom_exchange::xlsx::{Cell, Column, Look, Sheet};

use crate::{Source, figures::Figures, figures::money, team_number};

/// The row of a stay, counted from one.
pub(crate) fn row_of(stay: usize) -> usize {
    stay + 2
}

/// Columns that formulas refer to.
pub(crate) const TEAM: &str = "E";
pub(crate) const FTE: &str = "L";
pub(crate) const PEOPLE: &str = "M";
pub(crate) const FIRST_DAY: &str = "N";
pub(crate) const LAST_DAY: &str = "O";
pub(crate) const PAY: &str = "P";

pub(crate) fn sheet(source: &Source<'_>, figures: &Figures<'_>) -> Sheet {
    let columns = [
        ("No.", 7),
        ("Position", 18),
        ("Title", 28),
        ("Person", 22),
        ("Team no.", 8),
        ("Team", 24),
        ("Status", 10),
        ("Discipline", 14),
        ("Level", 10),
        ("Location", 14),
        ("Reason", 16),
        ("Full time", 9),
        ("People", 8),
        ("First day", 13),
        ("Last day", 13),
        ("Pay a year, full time", 14),
        ("Currency", 9),
        ("Pay said by", 14),
    ];
    let mut first: Vec<Option<&Line>> = vec![None; source.costs.stays.len()];
    for line in &source.costs.lines {
        first[line.stay].get_or_insert(line);
    }
    let rows = (0..source.costs.stays.len()).map(|at| row(source, figures, at, first[at])).collect();
    Sheet {
        name: "Positions".to_owned(),
        columns: columns.map(|(title, width)| Column::new(title, width)).to_vec(),
        has_titles: true,
        fixed_rows: 1,
        fixed_columns: 2,
        rows,
    }
}

fn row(source: &Source<'_>, figures: &Figures<'_>, at: usize, line: Option<&Line>) -> Vec<Cell> {
    let (plan, stay) = (source.plan, &source.costs.stays[at]);
    let Some(position) = plan.positions.get(stay.position) else { return Vec::new() };
    let person = stay.person.map(|person| plan.name_of(person.into())).unwrap_or_default();
    let status = if stay.person.is_some() { "filled" } else { position.status.word() };
    let (pay, currency, by) = match line.and_then(|line| line.pay) {
        Some((pay, PaySaidBy::Assumption(row))) => {
            let look = Look::Decimals(pay.currency.decimals() as u8);
            let result = pay.minor as f64 / pay.currency.scale() as f64;
            (
                Cell::formula(figures.value(Some(row)), look, result),
                Cell::text(pay.currency.code()),
                "assumption",
            )
        }
        Some((pay, by)) => {
            let by = if by == PaySaidBy::Person { "person" } else { "position" };
            (money(pay), Cell::text(pay.currency.code()), by)
        }
        None => (Cell::Empty, Cell::Empty, ""),
    };
    let people = if position.pooled { position.fte.as_f64() } else { 1.0 };
    vec![
        Cell::Number((at + 1) as f64, Look::Plain),
        Cell::text(&*position.key),
        Cell::text(&*position.title),
        Cell::text(person),
        Cell::Number(team_number(position.team), Look::Plain),
        Cell::text(source.team_name(position.team)),
        Cell::text(status),
        Cell::text(&*position.discipline),
        Cell::text(&*position.level),
        Cell::text(&*position.location),
        Cell::text(&*position.reason),
        Cell::Number(position.fte.as_f64(), Look::Plain),
        Cell::Number(people, Look::Plain),
        Cell::date(stay.from),
        Cell::date(stay.until),
        pay,
        currency,
        Cell::text(by),
    ]
}
