//! The sheet of annual cost: a row for each cost line, that is for a range of days on which nothing changes.

use headroom_analysis::cost::{
    self, COMPONENTS, CompensationFigure, CompensationTerms, Component, Line, PaySaidBy, Value,
};
use headroom_model::Money;
use headroom_tabular::xlsx::{NumberFormat, Sheet, XlsxCell, XlsxColumn, serial};

use crate::{
    ExportSource, date,
    figures::AssumptionCells,
    seats::{self, row_of},
    team_number,
};

/// The row of a cost line, counted from one.
pub(crate) fn line_row(line: usize) -> usize {
    line + 2
}

pub(crate) const TEAM: &str = "C";
pub(crate) const FIRST_DAY: &str = "D";
pub(crate) const LAST_DAY: &str = "E";
pub(crate) const FTE: &str = "H";
pub(crate) const PEOPLE: &str = "T";
/// The columns of the cost components, in their order.
pub(crate) const AMOUNTS: [&str; COMPONENTS] = ["I", "J", "K", "L", "M", "N", "O"];
pub(crate) const ONCE: [&str; 2] = ["R", "S"];
pub(crate) const ONCE_DAY: &str = "Q";

pub(crate) fn sheet(source: &ExportSource<'_>, figures: &AssumptionCells<'_>) -> Sheet {
    let mut columns = vec![
        XlsxColumn::new("No.", 7),
        XlsxColumn::new("Position", 18),
        XlsxColumn::new("Team no.", 8),
        XlsxColumn::new("First day", 13),
        XlsxColumn::new("Last day", 13),
        XlsxColumn::new("Annual full-time salary with raises", 14),
        XlsxColumn::new("Exchange rate", 12),
        XlsxColumn::new("FTE", 9),
    ];
    columns.extend(Component::ALL.map(|component| XlsxColumn::new(component.title(), 14)));
    columns.extend([
        XlsxColumn::new("Annual cost", 15),
        XlsxColumn::new("One-off costs on", 13),
        XlsxColumn::new("Starting equipment", 14),
        XlsxColumn::new("Recruiting", 14),
        XlsxColumn::new("People", 8),
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

/// The range in which the days of a row can be: for the first row of an occupancy from the first day of the export, for
/// the last one to the last day.
pub(crate) fn bounds(source: &ExportSource<'_>, at: usize) -> (chrono::NaiveDate, chrono::NaiveDate) {
    let lines = &source.costs.lines;
    let line = &lines[at];
    let is_first = at == 0 || lines[at - 1].occupancy != line.occupancy;
    let is_last = lines.get(at + 1).is_none_or(|next| next.occupancy != line.occupancy);
    (
        if is_first { source.costs.from } else { line.from },
        if is_last { source.costs.until } else { line.until },
    )
}

fn row(source: &ExportSource<'_>, figures: &AssumptionCells<'_>, at: usize) -> Vec<XlsxCell> {
    let line = &source.costs.lines[at];
    let (look, decimals) = (source.look(), source.decimals);
    let (seat, own) = (row_of(line.occupancy), line_row(at));
    let of_position = |column: &str| format!("Positions!${column}${seat}");
    let (first, last) = bounds(source, at);
    let terms = &source.costs.courses[line.course].terms[line.terms];
    let (base, fte, people) = (format!("$I{own}"), format!("$H{own}"), format!("$T{own}"));
    let amount = |said: &CompensationFigure, basis: &str| {
        figures.amount(said, basis, &fte, &people, line.from, decimals)
    };
    let (pay, rate) = pay(figures, line, &of_position(seats::PAY));
    let position = source.plan.positions.get(source.costs.occupancies[line.occupancy].position);
    let amount_of = |component: Component| source.amount(line.yearly[component as usize]);
    let formula = |text: String, result: f64| match text.is_empty() {
        true => XlsxCell::Empty,
        false => XlsxCell::formula(text, look, result),
    };
    let first_day = XlsxCell::formula(
        format!("MAX({},{})", of_position(seats::FIRST_DAY), date(first)),
        NumberFormat::Date,
        serial(line.from),
    );
    let last_day = XlsxCell::formula(
        format!("MIN({},{})", of_position(seats::LAST_DAY), date(last)),
        NumberFormat::Date,
        serial(line.until),
    );
    let base_formula = format!("ROUND($F{own}*$G{own}*$H{own},{decimals})");
    let mut cells = vec![
        XlsxCell::Number((line.occupancy + 1) as f64, NumberFormat::Plain),
        XlsxCell::text(position.map_or("", |row| row.key.as_str())),
        XlsxCell::formula(
            of_position(seats::TEAM),
            NumberFormat::Plain,
            team_number(source.plan, position.and_then(|row| row.team)),
        ),
        first_day,
        last_day,
        pay,
        rate,
        XlsxCell::formula(of_position(seats::FTE), NumberFormat::Plain, line.fte.as_f64()),
        XlsxCell::formula(base_formula, look, amount_of(Component::Base)),
    ];
    let one = |said: &Option<CompensationFigure>| {
        said.as_ref().map_or_else(String::new, |said| amount(said, &base))
    };
    cells.push(formula(one(&terms.variable), amount_of(Component::Variable)));
    for component in Component::ON_TOP {
        let basis =
            if component == Component::EmployerTax { format!("$I{own}+$J{own}") } else { base.clone() };
        cells.push(formula(sum(terms, component, |said| amount(said, &basis)), amount_of(component)));
    }
    cells.push(formula(one(&terms.burden), amount_of(Component::Burden)));
    cells.push(XlsxCell::formula(format!("SUM(I{own}:O{own})"), look, source.amount(line.yearly_cost())));
    if let Some(once) = line.once {
        let equipment: Vec<String> = terms.equipment_once.iter().map(|said| amount(said, &base)).collect();
        cells.push(XlsxCell::formula(format!("$D{own}"), NumberFormat::Date, serial(line.from)));
        cells.push(formula(equipment.join("+"), source.amount(once.equipment)));
        cells.push(formula(one(&terms.recruiting), source.amount(once.recruiting)));
    } else {
        cells.extend([XlsxCell::Empty, XlsxCell::Empty, XlsxCell::Empty]);
    }
    cells.push(XlsxCell::formula(of_position(seats::PEOPLE), NumberFormat::Plain, line.people.as_f64()));
    cells
}

fn sum(
    terms: &CompensationTerms,
    component: Component,
    amount: impl Fn(&CompensationFigure) -> String,
) -> String {
    let said = terms.on_top.iter().filter(|(of, _)| *of == component);
    said.map(|(_, figure)| amount(figure)).collect::<Vec<_>>().join("+")
}

/// The salary of a cost line: that of the position, or of the assumption that applies, with each raise.
fn pay(figures: &AssumptionCells<'_>, line: &Line, of_position: &str) -> (XlsxCell, XlsxCell) {
    let Some((Money { currency, minor }, by)) = line.pay else { return (XlsxCell::Empty, XlsxCell::Empty) };
    let start = match by {
        PaySaidBy::Assumption(row) => figures.value(Some(row)),
        PaySaidBy::Person | PaySaidBy::Position => of_position.to_owned(),
    };
    let decimals = currency.decimals() as u8;
    let raised = line
        .raises
        .iter()
        .fold(start, |pay, raise| format!("ROUND({pay}*(1+{}),{decimals})", figures.value(Some(raise.row))));
    let rate = figures.rate_cell(currency, line.from);
    let minor = line.raises.iter().fold(minor, |pay, raise| cost::raised(pay, raise.share));
    let result = minor as f64 / currency.scale() as f64;
    (XlsxCell::formula(raised, NumberFormat::Decimals(decimals), result), rate)
}

/// Whether a cost line has a component, so that a month needs a term for it.
pub(crate) fn has(terms: &CompensationTerms, component: Component) -> bool {
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
