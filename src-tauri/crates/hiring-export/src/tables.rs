//! The same figures as plain tables of values.

use chrono::NaiveDate;
use headroom_analysis::{
    capacity::Month,
    cost::{
        BudgetLine, Costs, HeadcountBudgets, LineOf, MonthCell as Figures, MonthTable, TeamRow, budget_lines,
        headcount_day,
    },
};
use headroom_model::{Decimal6, Plan, TeamId};
use headroom_tabular::xlsx::{NumberFormat, Sheet, XlsxCell, XlsxColumn};

use crate::{
    ExportSource,
    capacity::{CapacityTable, hundredths},
    figures::AssumptionCells as Places,
    seats,
};

/// A row for each month and team: positions, FTE, capacity, cost and budget, of the team alone and with all teams
/// below. The organisation has no key; the table of one team has no rows for it.
pub fn months_table(plan: &Plan, costs: &Costs, table: &MonthTable) -> Sheet {
    let titles = [
        "month",
        "team",
        "name",
        "seats",
        "planned seats",
        "full time",
        "capacity",
        "cost",
        "seats with teams below",
        "capacity with teams below",
        "cost with teams below",
        "budget",
        "currency",
    ];
    let decimals = costs.currency.decimals() as u8;
    let money = |minor: i64| {
        XlsxCell::Number(minor as f64 / costs.currency.scale() as f64, NumberFormat::Decimals(decimals))
    };
    let number = |fraction: Decimal6| XlsxCell::Number(fraction.as_f64(), NumberFormat::Plain);
    let capacity = |month: &Month| XlsxCell::Number(hundredths(month.capacity()), NumberFormat::Plain);
    let row = |month: NaiveDate,
               key: &str,
               name: &str,
               own: TeamMonth<'_>,
               whole: TeamMonth<'_>,
               budget: Option<i64>| {
        vec![
            XlsxCell::text(month.format("%Y-%m").to_string()),
            XlsxCell::text(key),
            XlsxCell::text(name),
            number(own.0.heads),
            number(own.0.planned_heads),
            number(own.0.fte),
            capacity(own.1),
            money(own.0.cost),
            number(whole.0.heads),
            capacity(whole.1),
            money(whole.0.cost),
            budget.map_or(XlsxCell::Empty, money),
            XlsxCell::text(costs.currency.code()),
        ]
    };
    let capacities = CapacityTable::new(plan, table);
    let of_team = |team: &TeamRow| (capacities.own(team.team), capacities.whole(team.team));
    let of_teams: Vec<(Vec<Month>, Vec<Month>)> = table.teams.iter().map(of_team).collect();
    let of_all = capacities.of_all();
    let mut rows = Vec::new();
    for (at, month) in table.months.iter().enumerate() {
        for (team, (own, whole)) in table.teams.iter().zip(&of_teams) {
            let name = team.team.map_or_else(|| "No team".to_owned(), |team| plan.name_of(team.into()));
            let key = team.team.map_or("", |team| plan.key_of(team.into()));
            let is_said = team.whole[at] != Figures::default() || team.budget[at].is_some();
            if is_said {
                let (own, whole) = ((&team.own[at], &own[at]), (&team.whole[at], &whole[at]));
                rows.push(row(*month, key, &name, own, whole, team.budget[at]));
            }
        }
        if table.team.is_some() {
            continue;
        }
        let whole = (&table.whole[at], &of_all[at]);
        rows.push(row(*month, "", "Organisation", whole, whole, table.budget[at]));
    }
    Sheet {
        name: "Months".to_owned(),
        columns: titles.map(|title| XlsxColumn::new(title, 14)).to_vec(),
        has_titles: true,
        rows,
        ..Sheet::default()
    }
}

/// Budget against plan over all months: the lines of a team, or of the organisation, each the sum of those one level
/// deeper. The level is that of the first line, which has 0.
pub fn budget_table(plan: &Plan, costs: &Costs, table: &MonthTable, team: Option<TeamId>) -> Sheet {
    let titles = [
        "level",
        "team",
        "name",
        "plan",
        "budget",
        "plan with a budget",
        "difference",
        "positions",
        "budgeted positions",
        "positions with a budget",
        "note",
        "currency",
    ];
    let decimals = costs.currency.decimals() as u8;
    let money = |minor: i64| {
        XlsxCell::Number(minor as f64 / costs.currency.scale() as f64, NumberFormat::Decimals(decimals))
    };
    let number = |fraction: Decimal6| XlsxCell::Number(fraction.as_f64(), NumberFormat::Plain);
    let day = headcount_day(plan, table, team).unwrap_or(costs.until);
    let headcounts = HeadcountBudgets::new(plan, table, day);
    let row = |line: &BudgetLine| {
        let key = match line.of {
            LineOf::Team(team) => plan.key_of(team.into()),
            _ => "",
        };
        let headcount = match line.of {
            LineOf::Organisation => headcounts.of(None),
            LineOf::Team(team) => headcounts.of(Some(team)),
            LineOf::Own(_) | LineOf::Rest(_) => None,
        };
        let of_budget = |minor: i64| line.budget().map_or(XlsxCell::Empty, |_| money(minor));
        vec![
            XlsxCell::Number(line.depth as f64, NumberFormat::Plain),
            XlsxCell::text(key),
            XlsxCell::text(line.name(plan)),
            money(line.plan()),
            line.budget().map_or(XlsxCell::Empty, money),
            of_budget(line.budgeted()),
            line.left().map_or(XlsxCell::Empty, money),
            number(line.month_of(costs.from, day).heads),
            headcount.map_or(XlsxCell::Empty, |it| number(it.budget)),
            headcount.map_or(XlsxCell::Empty, |it| number(it.heads)),
            XlsxCell::text(line.note(plan, &table.months)),
            XlsxCell::text(costs.currency.code()),
        ]
    };
    Sheet {
        name: "Budget against plan".to_owned(),
        columns: titles.map(|title| XlsxColumn::new(title, 14)).to_vec(),
        has_titles: true,
        rows: budget_lines(plan, table, team).iter().map(row).collect(),
        ..Sheet::default()
    }
}

/// Headcount and cost of a team in a month, and its capacity.
type TeamMonth<'a> = (&'a Figures, &'a Month);

/// The rows of the planning grid: one for each occupancy of a position.
pub fn positions_table(plan: &Plan, costs: &Costs, table: &MonthTable) -> Sheet {
    let source = ExportSource::new(plan, costs, table);
    seats::csv_sheet(&source, &Places::new(&source))
}
