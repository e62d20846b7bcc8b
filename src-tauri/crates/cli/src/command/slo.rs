//! `headroom slo`: the SLOs of services, what is left of their error budgets, and how available they were.

use std::{path::Path, process::ExitCode};

use headroom_app::ownership::error_budget::{
    DowntimeDay, DowntimeMonth, ErrorBudgetFigures, ErrorBudgetRow, ErrorBudgets, MeasuredService,
    all_budgets,
};
use serde_json::{Value, json};

use super::{Outcome, open_app, print_json};
use crate::{
    arguments::Day,
    screen::{CAUTION, FAULT, GOOD, QUIET, STRONG, println},
};

/// Months of a service that are printed; JSON has all.
const MONTHS_SHOWN: usize = 6;

pub fn run(plan: &Path, day: &Day, is_json: bool) -> Outcome {
    let app = open_app(plan)?;
    let all = all_budgets(&app, day.at())?;
    if is_json {
        print_json(&as_value(&all))?;
    } else {
        print_text(&all);
    }
    Ok(ExitCode::SUCCESS)
}

fn as_value(all: &ErrorBudgets) -> Value {
    json!({
        "as_of": all.day,
        "objectives": all.budgets.iter().map(budget_value).collect::<Vec<_>>(),
        "services": all.measured.iter().map(service_value).collect::<Vec<_>>(),
    })
}

fn budget_value(row: &ErrorBudgetRow) -> Value {
    json!({
        "service": row.service.key,
        "objective": row.objective.as_ref().map(|objective| &objective.key),
        "name": row.objective.as_ref().map(|objective| &objective.name),
        "target_millionths": row.target_millionths,
        "window_days": row.window_days,
        "window_assumed": row.is_window_assumed,
        "rolling": row.is_rolling,
        "method": row.method,
        "budget_minutes": row.budget_minutes,
        "state": row.state,
        "window": row.figures.as_ref().map(figures_value),
    })
}

fn figures_value(figures: &ErrorBudgetFigures) -> Value {
    json!({
        "from": figures.from,
        "elapsed_days": figures.elapsed_days,
        "measured_days": figures.measured_days,
        "down_minutes": figures.down_minutes,
        "budget_minutes": figures.measured_budget_minutes,
        "left_minutes": figures.left_minutes,
        "spent_share": figures.spent_share,
        "exhausted": figures.is_exhausted,
        "burn": figures.burn,
        "burn_days": figures.burn_days,
        "ends_on": figures.ends_on,
    })
}

fn service_value(row: &MeasuredService) -> Value {
    let month = |month: &DowntimeMonth| {
        json!({
            "month": month.month.format("%Y-%m").to_string(),
            "measured_days": month.measured_days,
            "down_minutes": month.down_minutes,
            "availability": month.availability,
            "complete": month.is_complete,
        })
    };
    let day = |day: &DowntimeDay| json!({"day": day.day, "minutes": day.minutes});
    json!({
        "service": row.service.key,
        "months": row.months.iter().map(month).collect::<Vec<_>>(),
        "days": row.days.iter().map(day).collect::<Vec<_>>(),
    })
}

fn print_text(all: &ErrorBudgets) {
    let mut last = None;
    for row in &all.budgets {
        if last != Some(&row.service.key) {
            println!("{STRONG}{}{STRONG:#}", row.service.name);
            last = Some(&row.service.key);
            let measured = all.measured.iter().find(|measured| measured.service.key == row.service.key);
            measured.into_iter().for_each(print_months);
        }
        let colour = match row.state.as_str() {
            "spent" => FAULT,
            "left" if row.figures.as_ref().is_some_and(|figures| figures.ends_on.is_some()) => CAUTION,
            "left" => GOOD,
            _ => QUIET,
        };
        let name = row.objective.as_ref().map_or("SLO", |objective| &objective.name);
        println!(
            "  {QUIET}·{QUIET:#} {name}: {} over {}  {colour}{}{colour:#}",
            row.target, row.window, row.words
        );
    }
    if all.budgets.is_empty() {
        println!("no service has an SLO");
    }
    let has_slo =
        |row: &&MeasuredService| all.budgets.iter().any(|budget| budget.service.key == row.service.key);
    let others: Vec<&MeasuredService> = all.measured.iter().filter(|row| !has_slo(row)).collect();
    for row in others {
        println!("{STRONG}{}{STRONG:#}  {QUIET}no SLO{QUIET:#}", row.service.name);
        print_months(row);
    }
}

fn print_months(row: &MeasuredService) {
    let shown = &row.months[row.months.len().saturating_sub(MONTHS_SHOWN)..];
    let month = |month: &DowntimeMonth| {
        let part = if month.is_complete { String::new() } else { format!(" ({} days)", month.measured_days) };
        format!("{} {}{part}", month.name, month.words)
    };
    let months: Vec<String> = shown.iter().map(month).collect();
    println!("  {QUIET}available: {}{QUIET:#}", months.join(", "));
}
