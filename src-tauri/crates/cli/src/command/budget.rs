//! `headroom budget`: headcount, capacity, cost and budget by month and team.

use std::{path::Path, process::ExitCode};

use chrono::{Months, NaiveDate};
use headroom_analysis::{
    capacity::Month,
    cost::{
        BudgetLine, Costs, LineOf, MissingCost, MonthCell, MonthTable, TeamRow, budget_lines, last_day,
        months_between,
    },
    gates::{GateView, gated_plan},
};
use headroom_files::write_file;
use headroom_hiring_export::{
    CapacityTable, book_of, budget_table, hundredths, months_table, positions_table, words,
};
use headroom_model::{Plan, Team, TeamId, money::divided, same_word};
use headroom_tabular::xlsx::{write_csv, write_xlsx};
use serde_json::{Value, json};

use super::{Outcome, open, print_json, today, waiting_hires};
use crate::{
    arguments::{HiringPlan, PlanFormat},
    error::CliError,
    screen::{CAUTION, QUIET, STRONG, eprintln, println, while_waiting},
};

/// How many missing values are listed.
const LISTED: usize = 10;

pub fn run(arguments: &HiringPlan) -> Outcome {
    let store = open(&arguments.plan)?;
    let (planned, view) = (store.plan(), GateView::from(arguments.gates));
    let gated = gated_plan(planned, today(), view);
    let plan = &*gated.plan;
    let from = arguments.from.unwrap_or_else(today);
    let until = arguments.to.unwrap_or_else(|| from.checked_add_months(Months::new(11)).unwrap_or(from));
    if until < from {
        return Err(CliError::BackwardDays { from, until });
    }
    if months_between(from, until).last().is_none_or(|last| last_day(*last) < until) {
        return Err(CliError::TooManyMonths { from, until });
    }
    let team = arguments.team.as_deref().map(|key| find(plan, key)).transpose()?;
    let costs = Costs::new(plan, from, until);
    let table = MonthTable::new(plan, &costs);
    if let (Some(PlanFormat::BudgetCsv), Some(out)) = (arguments.format, &arguments.out) {
        write_csv(&budget_table(plan, &costs, &table, team), out)?;
        print_missing(plan, &costs.missing);
        return Ok(ExitCode::SUCCESS);
    }
    if let (Some(format), Some(out)) = (arguments.format, &arguments.out) {
        let (costs, table) = match team {
            Some(team) => (costs.of_team(plan, team), table.of_team(team)),
            None => (costs, table),
        };
        write_sheet(arguments, plan, (&costs, &table), (format, out))?;
        return Ok(ExitCode::SUCCESS);
    }
    let answer = Answer { plan, capacity: CapacityTable::new(plan, &table), costs, table, team };
    let cost = waiting_hires::cost_waiting(planned, &gated, from, until);
    let value = || {
        let mut value = as_value(&answer);
        value["gates"] = waiting_hires::as_value(planned, &gated, view, cost.as_deref());
        value
    };
    match &arguments.out {
        Some(out) if out != Path::new("-") => {
            write_file(out, serde_json::to_string_pretty(&value())? + "\n")?;
            eprintln!("wrote {}", out.display());
        }
        _ if arguments.json => print_json(&value())?,
        _ => {
            print_text(&answer);
            waiting_hires::print(planned, &gated, view, cost.as_deref());
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn write_sheet(
    arguments: &HiringPlan,
    plan: &Plan,
    (costs, table): (&Costs, &MonthTable),
    (format, out): (PlanFormat, &Path),
) -> Result<(), CliError> {
    match format {
        PlanFormat::Csv | PlanFormat::BudgetCsv => write_csv(&months_table(plan, costs, table), out)?,
        PlanFormat::SeatsCsv => write_csv(&positions_table(plan, costs, table), out)?,
        PlanFormat::Xlsx if out == Path::new("-") => return Err(CliError::SheetToOutput),
        PlanFormat::Xlsx => {
            let name = arguments.plan.file_stem().map(|name| name.to_string_lossy()).unwrap_or_default();
            let title = plan.setting("plan.name").unwrap_or(&name);
            while_waiting("writing formulas", || write_xlsx(&book_of(plan, title, costs, table), out))?;
            eprintln!("wrote {}", out.display());
        }
    }
    print_missing(plan, &costs.missing);
    Ok(())
}

struct Answer<'a> {
    plan: &'a Plan,
    costs: Costs,
    table: MonthTable,
    capacity: CapacityTable<'a>,
    team: Option<TeamId>,
}

fn find(plan: &Plan, key: &str) -> Result<TeamId, CliError> {
    let by_name =
        || plan.in_order::<Team>().into_iter().find(|team| same_word(&team.name, key)).map(|team| team.id);
    plan.find::<Team>(key).or_else(by_name).ok_or_else(|| CliError::UnknownTeam(key.to_owned()))
}

/// The rows to show: the team with its sub-teams, or every team with a value.
fn shown(table: &MonthTable, team: Option<TeamId>) -> Vec<&TeamRow> {
    let start = team.and_then(|team| table.teams.iter().position(|row| row.team == Some(team)));
    let rows: Vec<&TeamRow> = match start {
        Some(at) => {
            let below = table.teams[at + 1..].iter().take_while(|row| row.depth > table.teams[at].depth);
            std::iter::once(&table.teams[at]).chain(below).collect()
        }
        None => table.teams.iter().collect(),
    };
    let says = |row: &&TeamRow| {
        row.whole.iter().any(|cell| *cell != MonthCell::default()) || row.budget.iter().any(Option::is_some)
    };
    rows.into_iter().filter(|row| team.is_some() || says(row)).collect()
}

fn as_value(answer: &Answer<'_>) -> Value {
    let Answer { plan, costs, table, .. } = answer;
    let cell = |cell: &MonthCell| {
        json!({
            "headcount": cell.heads, "planned_hires": cell.planned_heads, "fte": cell.fte,
            "cost": amount(costs, cell.cost),
        })
    };
    let months =
        |own: &[MonthCell], whole: &[MonthCell], budget: &[Option<i64>], capacity: &[Month]| -> Vec<Value> {
            let months = table.months.iter().enumerate();
            months
                .map(|(at, month)| {
                    json!({
                        "month": month.format("%Y-%m").to_string(),
                        "own": cell(&own[at]),
                        "whole": cell(&whole[at]),
                        "capacity": hundredths(capacity[at].capacity()),
                        "budget": budget[at].map(|minor| amount(costs, minor)),
                    })
                })
                .collect()
        };
    let teams: Vec<Value> = shown(table, answer.team)
        .into_iter()
        .map(|row| {
            json!({
                "team": row.team.map(|team| plan.key_of(team.into())),
                "name": name(plan, row.team),
                "months": months(&row.own, &row.whole, &row.budget, &answer.capacity.whole(row.team)),
            })
        })
        .collect();
    json!({
        "from": costs.from,
        "to": costs.until,
        "currency": costs.currency,
        "against_budget": budget_lines(plan, table, answer.team).iter().map(|line| json!({
            "level": line.depth,
            "of": match line.of {
                LineOf::Organisation => "organisation",
                LineOf::Team(_) => "team",
                LineOf::Own(_) => "own positions",
                LineOf::Rest(_) => "rest of the budget",
            },
            "team": match line.of {
                LineOf::Team(team) | LineOf::Own(Some(team)) | LineOf::Rest(Some(team)) => Some(plan.key_of(team.into())),
                _ => None,
            },
            "name": line.name(plan),
            "plan": amount(costs, line.plan()),
            "budget": line.budget().map(|minor| amount(costs, minor)),
            "plan_with_budget": line.budget().map(|_| amount(costs, line.budgeted())),
            "difference": line.left().map(|minor| amount(costs, minor)),
            "note": line.note(plan, &table.months),
        })).collect::<Vec<_>>(),
        "teams": teams,
        "organisation": months(&table.whole, &table.whole, &table.budget, &answer.capacity.of_all()),
        "not_counted": costs.missing.iter().map(|missing| words(plan, missing)).collect::<Vec<_>>(),
    })
}

/// `12345.67`, in the plan's currency.
fn amount(costs: &Costs, minor: i64) -> String {
    let text = costs.money(minor).to_string();
    text.split_once(' ').map_or_else(|| text.clone(), |(amount, _)| amount.to_owned())
}

fn name(plan: &Plan, team: Option<TeamId>) -> String {
    team.map_or_else(|| "No team".to_owned(), |team| plan.name_of(team.into()))
}

fn print_text(answer: &Answer<'_>) {
    let Answer { plan, costs, table, team, .. } = answer;
    let rows = shown(table, *team);
    let capacities: Vec<Vec<Month>> = rows.iter().map(|row| answer.capacity.whole(row.team)).collect();
    let whole = answer.capacity.of_all();
    println!("Amounts in {}, capacity in FTE; teams include their sub-teams", costs.currency);
    print_against_budget(answer);
    for (at, month) in table.months.iter().enumerate() {
        let (title, off) = (title(*month), STRONG.render_reset());
        println!(
            "{STRONG}{title:<35}{:>9}{:>10}{:>16}{:>16}{off}",
            "headcount", "capacity", "cost", "budget"
        );
        for (row, capacity) in rows.iter().zip(&capacities) {
            let name = "  ".repeat(row.depth) + &name(plan, row.team);
            line(costs, &name, (&row.whole[at], &row.budgeted[at]), &capacity[at], row.budget[at]);
        }
        if team.is_none() {
            let cells = (&table.whole[at], &table.budgeted[at]);
            line(costs, "Organisation", cells, &whole[at], table.budget[at]);
        }
    }
    print_missing(plan, &costs.missing);
}

/// Budget against plan over all months: each line is the sum of those one step further in.
fn print_against_budget(answer: &Answer<'_>) {
    let Answer { plan, costs, table, team, .. } = answer;
    let date = headroom_model::wording::date;
    let title = format!("{} – {}", date(costs.from), date(costs.until));
    println!("{STRONG}{title:<35}{:>16}{:>16}  difference{:#}", "plan", "budget", STRONG);
    for line in budget_lines(plan, table, *team) {
        let name = "  ".repeat(line.depth) + &line.name(plan);
        let cut: String = name.chars().take(34).collect();
        let amount = match line.of {
            LineOf::Rest(_) => String::new(),
            _ => in_units(costs, line.plan()),
        };
        let budget = line.budget().map(|budget| in_units(costs, budget)).unwrap_or_default();
        let said = difference(costs, &line);
        let said = [said, line.note(plan, &table.months)]
            .into_iter()
            .filter(|words| !words.is_empty())
            .collect::<Vec<_>>();
        let style = if line.left().is_some_and(|left| left < 0) { CAUTION } else { anstyle::Style::new() };
        println!("{style}{cut:<35}{amount:>16}{budget:>16}  {}{style:#}", said.join(", "));
    }
    println!();
}

/// `120 000 under budget (4 %)`; empty without a budget.
fn difference(costs: &Costs, line: &BudgetLine) -> String {
    let Some((budget, left)) = line.budget().zip(line.left()) else { return String::new() };
    if left == 0 {
        return "on budget".to_owned();
    }
    let share = if budget > 0 {
        let percent = rounded(left.unsigned_abs() as f64 * 100.0 / budget as f64, 1);
        format!(" ({} %)", percent.strip_suffix(".0").unwrap_or(&percent))
    } else {
        String::new()
    };
    let by = in_units(costs, left.saturating_abs());
    format!("{by} {} budget{share}", if left < 0 { "over" } else { "under" })
}

/// Lists what the cost leaves out.
pub(super) fn print_missing(plan: &Plan, missing: &[MissingCost]) {
    for missing in missing.iter().take(LISTED) {
        eprintln!("{CAUTION}not counted:{} {}", CAUTION.render_reset(), words(plan, missing));
    }
    if missing.len() > LISTED {
        eprintln!("{QUIET}and {} more (--json lists all){}", missing.len() - LISTED, QUIET.render_reset());
    }
}

fn title(month: NaiveDate) -> String {
    month.format("%B %Y").to_string()
}

fn line(
    costs: &Costs,
    name: &str,
    (cell, budgeted): (&MonthCell, &MonthCell),
    capacity: &Month,
    budget: Option<i64>,
) {
    let is_over = budget.is_some_and(|budget| budget < budgeted.cost);
    let style = if is_over { CAUTION } else { anstyle::Style::new() };
    let cut: String = name.chars().take(34).collect();
    let budget = budget.map(|budget| in_units(costs, budget)).unwrap_or_default();
    let (heads, capacity) = (cell.heads.to_string(), rounded(capacity.capacity(), 1));
    let cost = in_units(costs, cell.cost);
    println!("{style}{cut:<35}{heads:>9}{capacity:>10}{cost:>16}{budget:>16}{}", style.render_reset());
}

/// Rounded to whole units of the plan's currency.
fn in_units(costs: &Costs, minor: i64) -> String {
    grouped(divided(minor.into(), costs.currency.scale().into()))
}

/// With a fixed number of decimals; a negative number that rounds to zero has no sign.
pub(super) fn rounded(number: f64, digits: usize) -> String {
    let text = format!("{number:.digits$}");
    match text.strip_prefix('-') {
        Some(rest) if rest.chars().all(|letter| matches!(letter, '0' | '.')) => rest.to_owned(),
        _ => text,
    }
}

/// `1 234 567`.
fn grouped(number: i64) -> String {
    let text = headroom_model::wording::grouped(&number.unsigned_abs().to_string());
    if number < 0 { format!("-{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_has_no_sign() {
        assert_eq!([-0.04, 0.0, -0.06].map(|number| rounded(number, 1)), ["0.0", "0.0", "-0.1"]);
        assert_eq!([-0.4, -0.6, -10.4].map(|number| rounded(number, 0)), ["0", "-1", "-10"]);
    }

    #[test]
    fn amounts_are_rounded_to_whole_units() {
        let plan = Plan::default();
        let mut costs = Costs::new(&plan, NaiveDate::default(), NaiveDate::default());
        costs.currency = headroom_model::Currency::EUR;
        assert_eq!(
            [90_410_959, 90_410_950, 90_410_949, -150].map(|minor| in_units(&costs, minor)),
            ["904 110", "904 110", "904 109", "-2"]
        );
    }

    #[test]
    fn thousands_are_separated() {
        assert_eq!([0, 999, 1_000, -1_234_567].map(grouped), ["0", "999", "1 000", "-1 234 567"]);
    }
}
