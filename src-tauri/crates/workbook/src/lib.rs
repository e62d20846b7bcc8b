//! A hiring plan as a workbook that reckons for itself: what seats are paid and what is assumed stands in cells, the cost
//! of every month and team in formulas upon them. The same figures as [`headroom_analysis::cost`], with the same
//! rounding, so that both agree to the cent. And the same as plain tables.

mod budgets;
mod capacity;
mod figures;
mod months;
mod seats;
mod tables;
mod teams;
mod yearly;

use chrono::NaiveDate;
use headroom_analysis::cost::{Costs, Missing, MonthTable};
use headroom_exchange::xlsx::{Book, Cell, Column, Look, Sheet};
use headroom_model::{Budget, Plan, TeamId};

pub use capacity::{TeamCapacity, hundredths};
pub use tables::{months_table, seats_table};

/// What every sheet is made from.
pub(crate) struct Source<'a> {
    pub plan: &'a Plan,
    pub costs: &'a Costs,
    pub table: &'a MonthTable,
    /// Those of the teams in the table.
    pub budgets: Vec<&'a Budget>,
    /// Decimals of the plan's currency.
    pub decimals: u8,
}

impl<'a> Source<'a> {
    pub fn new(plan: &'a Plan, costs: &'a Costs, table: &'a MonthTable) -> Self {
        let budgets = plan.budgets.iter().filter(|budget| table.has(budget.team)).collect();
        Self { plan, costs, table, budgets, decimals: costs.currency.decimals() as u8 }
    }

    /// What all rows of the table come to is called.
    pub fn whole_name(&self) -> &'static str {
        if self.table.team.is_some() { "Together" } else { "Organisation" }
    }

    /// An amount of the plan's currency, as a cell has it.
    pub fn amount(&self, minor: i64) -> f64 {
        minor as f64 / self.costs.currency.scale() as f64
    }

    pub fn look(&self) -> Look {
        Look::Decimals(self.decimals)
    }

    pub fn team_name(&self, team: Option<TeamId>) -> String {
        team.map_or_else(|| "No team".to_owned(), |team| self.plan.name_of(team.into()))
    }
}

/// The number by which sheets refer to a team: names may be alike, or look like a condition.
pub(crate) fn team_number(team: Option<TeamId>) -> f64 {
    team.map_or(0.0, |team| f64::from(team.0))
}

/// The hiring plan between two days, month by month. `title` is what the plan is called.
pub fn hiring_book(plan: &Plan, title: &str, from: NaiveDate, until: NaiveDate) -> Book {
    let costs = Costs::new(plan, from, until);
    book_of(plan, title, &costs, &MonthTable::new(plan, &costs))
}

/// The hiring plan of a table and the costs behind it, which may be those of one team.
pub fn book_of(plan: &Plan, title: &str, costs: &Costs, table: &MonthTable) -> Book {
    let source = Source::new(plan, costs, table);
    let figures = figures::Figures::new(&source);
    let mut sheets = vec![about(&source, title), teams::sheet(&source), months::sheet(&source)];
    sheets.extend([seats::sheet(&source, &figures), yearly::sheet(&source, &figures)]);
    sheets.extend([months::days(&source), months::before_days(&source)]);
    sheets.extend(figures.sheets(&source));
    sheets.push(budgets::sheet(&source, &figures));
    Book { sheets }
}

fn about(source: &Source<'_>, title: &str) -> Sheet {
    let costs = source.costs;
    let (from, until) = (costs.from.format("%-d %b %Y"), costs.until.format("%-d %b %Y"));
    let team = source.table.team;
    let of = team.map_or_else(String::new, |team| format!(" of {}", source.team_name(Some(team))));
    let mut rows = vec![
        vec![Cell::Heading(title.to_owned())],
        vec![Cell::text(format!("Hiring plan{of} from {from} to {until}, in {}", costs.currency))],
        vec![],
    ];
    for (name, meaning) in [
        (
            "Teams",
            "Cost, seats, capacity and budget of each team by month: sums of the sheet Months, but for capacity, which is as reckoned when this was written",
        ),
        (
            "Months",
            "What each seat costs in each month: of every component ROUND(a year's amount × (Before + Days) ÷ (12 × days of the month)) less the same of Before alone, so that the months of a year add up to it",
        ),
        (
            "Positions",
            "Who is in which seat from when until when, and what is paid: change dates and pay here",
        ),
        ("Yearly", "What each seat costs a year, by component, on the days on which nothing changes"),
        ("Days", "The days of each row of Yearly in each month"),
        (
            "Before",
            "How far the year has come before those days, in days of their month: twelve months of them are the year",
        ),
        ("Assumptions", "Rates, amounts and caps: change them here"),
        ("Currencies", "What currencies are worth in the plan's own: change them here"),
        ("Budgets", "What teams may spend, by month, every month as long as any other"),
    ] {
        rows.push(vec![Cell::Heading(name.to_owned()), Cell::text(meaning)]);
    }
    if !costs.missing.is_empty() {
        rows.push(vec![]);
        rows.push(vec![Cell::Heading("Not in the cost".to_owned())]);
        rows.extend(costs.missing.iter().map(|missing| vec![Cell::text(words(source.plan, missing))]));
    }
    Sheet {
        name: "About".to_owned(),
        columns: vec![Column::new("", 24), Column::new("", 100)],
        rows,
        ..Sheet::default()
    }
}

/// What is missing, in words.
pub fn words(plan: &Plan, missing: &Missing) -> String {
    match missing {
        Missing::Pay(position) => format!("{}: no pay is known", plan.name_of((*position).into())),
        Missing::Rate(currency, position, day) => {
            let name = plan.name_of((*position).into());
            format!("{name}: there is no exchange rate for {currency} on {day}")
        }
        Missing::UndatedRaise(row) => {
            let value = plan.assumptions.get(*row).map(|row| row.value.to_string()).unwrap_or_default();
            format!("The yearly raise of {value} has no first day, so that no raise is counted")
        }
    }
}

/// `DATE(2027,1,31)`.
pub(crate) fn date(day: NaiveDate) -> String {
    day.format("DATE(%Y,%-m,%-d)").to_string()
}
