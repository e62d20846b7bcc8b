//! The support of the teams of a plan by month: the people that their tickets and calls need, and who will be there.

use std::{path::Path, process::ExitCode};

use chrono::NaiveDate;
use headroom_analysis::staffing::{NoSupportOutlook, SupportForecast, SupportMonth, SupportOutlook, open_by};
use headroom_model::{Plan, Team, wording};
use serde_json::{Value, json};

use crate::{
    arguments::StaffingArguments,
    command::{Outcome, open, print_json},
    error::CliError,
    screen::{CAUTION, QUIET, STRONG, println},
};

pub fn run(plan: &Path, arguments: &StaffingArguments) -> Outcome {
    let store = open(plan)?;
    let (plan, day) = (store.plan(), arguments.day.or_today());
    let forecast = SupportForecast::new(plan, day);
    let outlooks = match (&arguments.team, &forecast) {
        (Some(key), forecast) => vec![of_team(plan, forecast.as_ref(), key)?],
        (None, Some(forecast)) => forecast.outlooks(),
        (None, None) => Vec::new(),
    };
    if arguments.json {
        print_json(&outlooks.iter().map(|outlook| as_value(plan, outlook)).collect::<Vec<_>>())?;
        return Ok(ExitCode::SUCCESS);
    }
    if outlooks.is_empty() {
        println!("no team has figures of its tickets or calls, with the time that they take");
    }
    for outlook in &outlooks {
        print_text(plan, outlook, day);
    }
    Ok(ExitCode::SUCCESS)
}

fn of_team(
    plan: &Plan,
    forecast: Option<&SupportForecast<'_>>,
    key: &str,
) -> Result<SupportOutlook, CliError> {
    let team = plan.find::<Team>(key).ok_or_else(|| CliError::UnknownTeam(key.to_owned()))?;
    let outlook = forecast.map_or(Err(NoSupportOutlook::NoFigures), |forecast| forecast.outlook(team));
    outlook.map_err(|why| CliError::SupportOutlook { team: plan.name_of(team.into()).to_owned(), why })
}

fn as_value(plan: &Plan, outlook: &SupportOutlook) -> Value {
    let month = |month: &SupportMonth| {
        json!({
            "month": month.first.format("%Y-%m").to_string(),
            "volume": month.volume,
            "projected": !month.is_measured,
            "work_hours": month.work_hours,
            "needed": month.needed,
            "available": month.available,
            "falls_short": month.falls_short(),
        })
    };
    let short = outlook.first_short(1, usize::MAX);
    json!({
        "team": plan.key_of(outlook.team.into()),
        "name": plan.name_of(outlook.team.into()),
        "figures_until": outlook.figures_until,
        "handle_minutes": outlook.handle_minutes,
        "months": outlook.months.iter().map(month).collect::<Vec<_>>(),
        "short_from": short.map(|month| month.first),
        "open_by": short.map(|month| open_by(plan, outlook.team, month.first)),
    })
}

fn print_text(plan: &Plan, outlook: &SupportOutlook, day: NaiveDate) {
    println!("{STRONG}{}{STRONG:#}", plan.name_of(outlook.team.into()));
    println!("  {}", in_a_sentence(plan, outlook, day));
    println!("  {QUIET}month          volume   work hours   people needed   people there{QUIET:#}");
    for month in &outlook.months {
        let name = month.first.format("%b %Y");
        let volume = format!("{:.0}{}", month.volume, if month.is_measured { " " } else { "~" });
        let row = format!(
            "  {name}  {volume:>12}  {:>11.1}  {:>14.2}  {:>13.2}",
            month.work_hours, month.needed, month.available
        );
        if month.falls_short() { println!("{CAUTION}{row}{CAUTION:#}") } else { println!("{row}") }
    }
    println!("  {QUIET}~ on the line through the last six figures{QUIET:#}");
}

/// Since when people are too few, and what can be done about it.
fn in_a_sentence(plan: &Plan, outlook: &SupportOutlook, day: NaiveDate) -> String {
    let Some(month) = outlook.first_short(1, usize::MAX) else {
        return format!("enough people in the next {} months", outlook.coming().len());
    };
    let (name, last) = (month.first.format("%B %Y"), open_by(plan, outlook.team, month.first));
    let last_day = wording::date(last);
    if last < day {
        return format!("too few people from {name}; a position for then had to be open by {last_day}");
    }
    format!("too few people from {name}; to be productive by then, open a position by {last_day}")
}
