//! The sheet of what each seat costs a year, one row for the days on which nothing changes.

use headroom_analysis::cost::{self, COMPONENTS, Component, Figure, Line, PaySaidBy, Terms, Value};
use headroom_exchange::xlsx::{Cell, Column, Look, Sheet, serial};
use headroom_model::Money;

use crate::{
    Source, date,
    figures::Figures,
    seats::{self, row_of},
    team_number,
};

/// The row of a line, counted from one.
pub(crate) fn line_row(line: usize) -> usize {
    line + 2
}

pub(crate) const TEAM: &str = "C";
pub(crate) const FIRST_DAY: &str = "D";
pub(crate) const LAST_DAY: &str = "E";
pub(crate) const FTE: &str = "H";
pub(crate) const PEOPLE: &str = "T";
/// Of the components in their order.
pub(crate) const AMOUNTS: [&str; COMPONENTS] = ["I", "J", "K", "L", "M", "N", "O"];
pub(crate) const ONCE: [&str; 2] = ["R", "S"];
pub(crate) const ONCE_DAY: &str = "Q";

pub(crate) fn sheet(source: &Source<'_>, figures: &Figures<'_>) -> Sheet {
    let mut columns = vec![
        Column::new("No.", 7),
        Column::new("Position", 18),
        Column::new("Team no.", 8),
        Column::new("First day", 13),
        Column::new("Last day", 13),
        Column::new("Pay a year with raises, full time", 14),
        Column::new("Exchange rate", 12),
        Column::new("Full time", 9),
    ];
    columns.extend(Component::ALL.map(|component| Column::new(component.title(), 14)));
    columns.extend([
        Column::new("A year", 15),
        Column::new("Starts anew", 13),
        Column::new("Equipment at the start", 14),
        Column::new("Recruiting", 14),
        Column::new("People", 8),
    ]);
    Sheet {
        name: "Yearly".to_owned(),
        columns,
        has_titles: true,
        fixed_rows: 1,
        fixed_columns: 2,
        rows: (0..source.costs.lines.len()).map(|at| row(source, figures, at)).collect(),
    }
}

/// The days between which a row of a seat can lie: of the first from the first day looked at on, of the last to its end.
pub(crate) fn bounds(source: &Source<'_>, at: usize) -> (chrono::NaiveDate, chrono::NaiveDate) {
    let lines = &source.costs.lines;
    let line = &lines[at];
    let is_first = at == 0 || lines[at - 1].stay != line.stay;
    let is_last = lines.get(at + 1).is_none_or(|next| next.stay != line.stay);
    (
        if is_first { source.costs.from } else { line.from },
        if is_last { source.costs.until } else { line.until },
    )
}

fn row(source: &Source<'_>, figures: &Figures<'_>, at: usize) -> Vec<Cell> {
    let line = &source.costs.lines[at];
    let (look, decimals) = (source.look(), source.decimals);
    let (seat, own) = (row_of(line.stay), line_row(at));
    let of_seat = |column: &str| format!("Positions!${column}${seat}");
    let (first, last) = bounds(source, at);
    let terms = &source.costs.courses[line.course].terms[line.terms];
    let (base, fte, people) = (format!("$I{own}"), format!("$H{own}"), format!("$T{own}"));
    let amount = |said: &Figure, basis: &str| figures.amount(said, basis, &fte, &people, line.from, decimals);
    let (pay, rate) = pay(figures, line, &of_seat(seats::PAY));
    let position = source.plan.positions.get(source.costs.stays[line.stay].position);
    let amount_of = |component: Component| source.amount(line.yearly[component as usize]);
    let formula = |text: String, result: f64| match text.is_empty() {
        true => Cell::Empty,
        false => Cell::formula(text, look, result),
    };
    let first_day = Cell::formula(
        format!("MAX({},{})", of_seat(seats::FIRST_DAY), date(first)),
        Look::Date,
        serial(line.from),
    );
    let last_day = Cell::formula(
        format!("MIN({},{})", of_seat(seats::LAST_DAY), date(last)),
        Look::Date,
        serial(line.until),
    );
    let base_formula = format!("ROUND($F{own}*$G{own}*$H{own},{decimals})");
    let mut cells = vec![
        Cell::Number((line.stay + 1) as f64, Look::Plain),
        Cell::text(position.map_or("", |row| row.key.as_str())),
        Cell::formula(of_seat(seats::TEAM), Look::Plain, team_number(position.and_then(|row| row.team))),
        first_day,
        last_day,
        pay,
        rate,
        Cell::formula(of_seat(seats::FTE), Look::Plain, line.fte.as_f64()),
        Cell::formula(base_formula, look, amount_of(Component::Base)),
    ];
    let one = |said: &Option<Figure>| said.as_ref().map_or_else(String::new, |said| amount(said, &base));
    cells.push(formula(one(&terms.variable), amount_of(Component::Variable)));
    for component in Component::ON_TOP {
        let basis =
            if component == Component::EmployerTax { format!("$I{own}+$J{own}") } else { base.clone() };
        cells.push(formula(sum(terms, component, |said| amount(said, &basis)), amount_of(component)));
    }
    cells.push(formula(one(&terms.burden), amount_of(Component::Burden)));
    cells.push(Cell::formula(format!("SUM(I{own}:O{own})"), look, source.amount(line.yearly_cost())));
    if let Some(once) = line.once {
        let equipment: Vec<String> = terms.equipment_once.iter().map(|said| amount(said, &base)).collect();
        cells.push(Cell::formula(format!("$D{own}"), Look::Date, serial(line.from)));
        cells.push(formula(equipment.join("+"), source.amount(once.equipment)));
        cells.push(formula(one(&terms.recruiting), source.amount(once.recruiting)));
    } else {
        cells.extend([Cell::Empty, Cell::Empty, Cell::Empty]);
    }
    cells.push(Cell::formula(of_seat(seats::PEOPLE), Look::Plain, line.people.as_f64()));
    cells
}

fn sum(terms: &Terms, component: Component, amount: impl Fn(&Figure) -> String) -> String {
    let said = terms.on_top.iter().filter(|(of, _)| *of == component);
    said.map(|(_, figure)| amount(figure)).collect::<Vec<_>>().join("+")
}

/// The pay of a line: that of the seat, or of the assumption that holds then, with each raise.
fn pay(figures: &Figures<'_>, line: &Line, of_seat: &str) -> (Cell, Cell) {
    let Some((Money { currency, minor }, by)) = line.pay else { return (Cell::Empty, Cell::Empty) };
    let start = match by {
        PaySaidBy::Assumption(row) => figures.value(Some(row)),
        PaySaidBy::Person | PaySaidBy::Position => of_seat.to_owned(),
    };
    let decimals = currency.decimals() as u8;
    let raised = line
        .raises
        .iter()
        .fold(start, |pay, raise| format!("ROUND({pay}*(1+{}),{decimals})", figures.value(Some(raise.row))));
    let rate = figures.rate_cell(currency, line.from);
    let minor = line.raises.iter().fold(minor, |pay, raise| cost::raised(pay, raise.share));
    let result = minor as f64 / currency.scale() as f64;
    (Cell::formula(raised, Look::Decimals(decimals), result), rate)
}

/// Whether a line has anything to say about a component, so that a month needs a term for it.
pub(crate) fn has(terms: &Terms, component: Component) -> bool {
    match component {
        Component::Base => true,
        Component::Variable => terms.variable.is_some(),
        Component::Burden => terms
            .burden
            .as_ref()
            .is_some_and(|said| !matches!(said.value, Value::Amount(_)) || said.row.is_some()),
        other => terms.on_top.iter().any(|(of, _)| *of == other),
    }
}
