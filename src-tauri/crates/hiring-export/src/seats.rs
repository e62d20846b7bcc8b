//! The sheet of positions: occupants with first and last day, and salaries.

use headroom_analysis::cost::{Line, PaySaidBy};
use headroom_tabular::xlsx::{NumberFormat, Sheet, XlsxCell, XlsxColumn};

use crate::{ExportSource, figures::AssumptionCells, figures::money, team_number};

/// The row of an occupancy, counted from one.
pub(crate) fn row_of(occupancy: usize) -> usize {
    occupancy + 2
}

/// Columns that formulas of other sheets refer to.
pub(crate) const TEAM: &str = "E";
pub(crate) const FTE: &str = "L";
pub(crate) const PEOPLE: &str = "M";
pub(crate) const FIRST_DAY: &str = "N";
pub(crate) const LAST_DAY: &str = "O";
pub(crate) const PAY: &str = "P";

/// Titles in the workbook and in CSV. Those in CSV never change.
const FULL_TIME: (&str, &str) = ("FTE", "Full time");
const SALARY: (&str, &str) = ("Annual full-time salary", "Pay a year, full time");
const SALARY_SOURCE: (&str, &str) = ("Salary source", "Pay said by");

/// The sheet with the titles of CSV.
pub(crate) fn csv_sheet(source: &ExportSource<'_>, figures: &AssumptionCells<'_>) -> Sheet {
    let mut sheet = sheet(source, figures);
    for column in &mut sheet.columns {
        for (title, csv_title) in [FULL_TIME, SALARY, SALARY_SOURCE] {
            if column.title == title {
                column.title = csv_title.to_owned();
            }
        }
    }
    sheet
}

pub(crate) fn sheet(source: &ExportSource<'_>, figures: &AssumptionCells<'_>) -> Sheet {
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
        (FULL_TIME.0, 9),
        ("People", 8),
        ("First day", 13),
        ("Last day", 13),
        (SALARY.0, 14),
        ("Currency", 9),
        (SALARY_SOURCE.0, 14),
    ];
    let mut first: Vec<Option<&Line>> = vec![None; source.costs.occupancies.len()];
    for line in &source.costs.lines {
        first[line.occupancy].get_or_insert(line);
    }
    let rows = (0..source.costs.occupancies.len()).map(|at| row(source, figures, at, first[at])).collect();
    Sheet {
        name: "Positions".to_owned(),
        columns: columns.map(|(title, width)| XlsxColumn::new(title, width)).to_vec(),
        has_titles: true,
        fixed_rows: 1,
        fixed_columns: 2,
        rows,
    }
}

fn row(
    source: &ExportSource<'_>,
    figures: &AssumptionCells<'_>,
    at: usize,
    line: Option<&Line>,
) -> Vec<XlsxCell> {
    let (plan, occupancy) = (source.plan, &source.costs.occupancies[at]);
    let Some(position) = plan.positions.get(occupancy.position) else { return Vec::new() };
    let person = occupancy.person.map(|person| plan.name_of(person.into())).unwrap_or_default();
    let status = if occupancy.person.is_some() { "filled" } else { position.status.word() };
    let (pay, currency, by) = match line.and_then(|line| line.pay) {
        Some((pay, PaySaidBy::Assumption(row))) => {
            let look = NumberFormat::Decimals(pay.currency.decimals() as u8);
            let result = pay.minor as f64 / pay.currency.scale() as f64;
            (
                XlsxCell::formula(figures.value(Some(row)), look, result),
                XlsxCell::text(pay.currency.code()),
                "assumption",
            )
        }
        Some((pay, by)) => {
            let by = if by == PaySaidBy::Person { "person" } else { "position" };
            (money(pay), XlsxCell::text(pay.currency.code()), by)
        }
        None => (XlsxCell::Empty, XlsxCell::Empty, ""),
    };
    let people = if position.pooled { position.fte.as_f64() } else { 1.0 };
    vec![
        XlsxCell::Number((at + 1) as f64, NumberFormat::Plain),
        XlsxCell::text(&*position.key),
        XlsxCell::text(&*position.title),
        XlsxCell::text(person),
        XlsxCell::Number(team_number(source.plan, position.team), NumberFormat::Plain),
        XlsxCell::text(source.team_name(position.team)),
        XlsxCell::text(status),
        XlsxCell::text(&*position.discipline),
        XlsxCell::text(&*position.level),
        XlsxCell::text(&*position.location),
        XlsxCell::text(&*position.reason),
        XlsxCell::Number(position.fte.as_f64(), NumberFormat::Plain),
        XlsxCell::Number(people, NumberFormat::Plain),
        XlsxCell::date(occupancy.from),
        XlsxCell::date(occupancy.until),
        pay,
        currency,
        XlsxCell::text(by),
    ]
}
