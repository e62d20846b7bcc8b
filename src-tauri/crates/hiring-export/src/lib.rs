//! Export of the hiring plan, as a workbook that calculates and as plain tables.
//!
//! [`hiring_book`] and [`book_of`] make an XLSX workbook ([`Book`]). Salaries and assumptions are cells, every cost
//! is a formula of them, so that a reader can change an assumption and see the effect. Each formula carries its
//! result as well, for programs that do not calculate. [`months_table`], [`budget_table`] and [`positions_table`]
//! give the same figures as values, for CSV.
//!
//! The figures are those of [`headroom_analysis::cost`], with the same rounding: the part of a month is the
//! difference of two sums since January, each rounded half away from zero. `ROUND` does the same, so that workbook
//! and program agree to the cent. Capacity is an area under curves and has no formula: its cells are values.
//!
//! The sheets build on each other: `seats` (positions and salaries) and `figures` (assumptions, exchange rates) have
//! the inputs, `yearly` the cost per year of each cost line, `months` its days and cost per month, `budgets` the
//! budgets, `teams` the sums. A workbook of one team contains only the pay and the assumptions that its cost depends
//! on.
//!
//! The XLSX format itself is in `headroom_tabular::xlsx`. The crate exists since cost (analysis) and workbooks
//! (tabular) do not know each other. Tests: `tests/tests/cli/hiring_sheet.rs` has LibreOffice recalculate workbooks
//! and compares the costs to the cent.

mod budgets;
mod capacity;
mod figures;
mod months;
mod seats;
mod tables;
mod teams;
mod yearly;

use chrono::NaiveDate;
use headroom_analysis::cost::{Costs, MissingCost, MonthTable};
use headroom_model::{Budget, Plan, TeamId};
use headroom_tabular::xlsx::{Book, NumberFormat, Sheet, XlsxCell, XlsxColumn};

pub use capacity::{CapacityTable, hundredths};
pub use tables::{budget_table, months_table, positions_table};

/// The input of every sheet.
pub(crate) struct ExportSource<'a> {
    pub plan: &'a Plan,
    pub costs: &'a Costs,
    pub table: &'a MonthTable,
    /// The budgets of the teams in the table.
    pub budgets: Vec<&'a Budget>,
    /// The decimals of the plan's currency.
    pub decimals: u8,
}

impl<'a> ExportSource<'a> {
    pub fn new(plan: &'a Plan, costs: &'a Costs, table: &'a MonthTable) -> Self {
        let budgets = plan.in_order::<Budget>().into_iter().filter(|budget| table.has(budget.team)).collect();
        Self { plan, costs, table, budgets, decimals: costs.currency.decimals() as u8 }
    }

    /// The name of the row with the sum of all rows.
    pub fn whole_name(&self) -> &'static str {
        if self.table.team.is_some() { "Total" } else { "Organisation" }
    }

    /// An amount in the plan's currency, as the value of a cell.
    pub fn amount(&self, minor: i64) -> f64 {
        minor as f64 / self.costs.currency.scale() as f64
    }

    pub fn look(&self) -> NumberFormat {
        NumberFormat::Decimals(self.decimals)
    }

    pub fn team_name(&self, team: Option<TeamId>) -> String {
        team.map_or_else(|| "No team".to_owned(), |team| self.plan.name_of(team.into()))
    }
}

/// The number by which sheets refer to a team: its place among all teams, from 1. A name may occur twice, or look like
/// a condition; of an ID a spreadsheet keeps 15 digits.
pub(crate) fn team_number(plan: &Plan, team: Option<TeamId>) -> f64 {
    team.map_or(0.0, |team| f64::from(plan.place_of(team).1) + 1.0)
}

/// The workbook of the whole plan, month by month. `title` is the name of the plan.
pub fn hiring_book(plan: &Plan, title: &str, from: NaiveDate, until: NaiveDate) -> Book {
    let costs = Costs::new(plan, from, until);
    book_of(plan, title, &costs, &MonthTable::new(plan, &costs))
}

/// The workbook of a table and its costs, which may be those of one team.
pub fn book_of(plan: &Plan, title: &str, costs: &Costs, table: &MonthTable) -> Book {
    let source = ExportSource::new(plan, costs, table);
    let figures = figures::AssumptionCells::new(&source);
    let mut sheets = vec![about(&source, title), teams::sheet(&source), months::sheet(&source)];
    sheets.extend([seats::sheet(&source, &figures), yearly::sheet(&source, &figures)]);
    sheets.extend([months::days(&source), months::before_days(&source)]);
    sheets.extend(figures.sheets(&source));
    sheets.push(budgets::sheet(&source, &figures));
    Book { sheets }
}

fn about(source: &ExportSource<'_>, title: &str) -> Sheet {
    let costs = source.costs;
    let (from, until) =
        (headroom_model::wording::date(costs.from), headroom_model::wording::date(costs.until));
    let team = source.table.team;
    let of = team.map_or_else(String::new, |team| format!(" for {}", source.team_name(Some(team))));
    let mut rows = vec![
        vec![XlsxCell::Heading(title.to_owned())],
        vec![XlsxCell::text(format!("Hiring plan{of} from {from} to {until}, in {}", costs.currency))],
        vec![],
    ];
    for (name, meaning) in [
        (
            "Teams",
            "Cost, positions, capacity and budget of each team by month: sums of the Months sheet, except capacity, which was calculated at export",
        ),
        (
            "Months",
            "Cost of each position by month: for each component, ROUND(annual amount × (Before + Days) ÷ (12 × days in the month)) minus the same for Before alone, so the months of a year add up to the annual amount",
        ),
        (
            "Positions",
            "Who holds which position, from when to when, at what salary: change dates and salaries here",
        ),
        ("Yearly", "Annual cost of each position by component, one row per period without changes"),
        ("Days", "Days of each Yearly row that fall in each month"),
        (
            "Before",
            "How much of the year has passed before those days, in days of that month: twelve such months make a year",
        ),
        ("Assumptions", "Rates, amounts and caps: change them here"),
        ("Currencies", "Exchange rates to the plan currency: change them here"),
        ("Budgets", "Team budgets by month, with all months counted as equally long"),
    ] {
        rows.push(vec![XlsxCell::Heading(name.to_owned()), XlsxCell::text(meaning)]);
    }
    if !costs.missing.is_empty() {
        rows.push(vec![]);
        rows.push(vec![XlsxCell::Heading("Not included in cost".to_owned())]);
        rows.extend(costs.missing.iter().map(|missing| vec![XlsxCell::text(words(source.plan, missing))]));
    }
    Sheet {
        name: "About".to_owned(),
        columns: vec![XlsxColumn::new("", 24), XlsxColumn::new("", 100)],
        rows,
        ..Sheet::default()
    }
}

/// A missing cost, in words.
pub fn words(plan: &Plan, missing: &MissingCost) -> String {
    match missing {
        MissingCost::Pay(position) => format!("{} has no salary", plan.name_of((*position).into())),
        MissingCost::Rate(currency, position, day) => {
            let name = plan.name_of((*position).into());
            format!("{name}: no exchange rate for {currency} on {day}")
        }
        MissingCost::UndatedRaise(row) => {
            let value = plan.assumptions.get(*row).map(|row| row.value.to_string()).unwrap_or_default();
            format!("Annual raise of {value} has no start date and is not counted")
        }
    }
}

/// `DATE(2027,1,31)`.
pub(crate) fn date(day: NaiveDate) -> String {
    day.format("DATE(%Y,%-m,%-d)").to_string()
}
