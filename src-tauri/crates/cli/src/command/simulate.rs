//! `headroom simulate`: percentiles of headcount, capacity and cost by month.

use std::{process::ExitCode, sync::Arc};

use chrono::NaiveDate;
use headroom_analysis::{
    assumptions::{Assumptions, Subject, kind},
    capacity::teams_below,
    simulation::{CHANCE, Inputs, Options, Outcome, PercentileBand, RunProgress, simulate},
};
use headroom_hiring_export::words;
use headroom_model::{Currency, Money, Plan, Team, TeamId, same_word};
use serde_json::{Value, json};

use super::{
    Outcome as Done,
    budget::{print_missing, rounded},
    open, print_json, today,
};
use crate::{
    arguments::Simulate,
    error::CliError,
    screen::{QUIET, STRONG, eprintln, println, with_progress},
};

pub fn run(arguments: &Simulate) -> Done {
    let store = open(&arguments.plan)?;
    let plan = store.plan();
    let day = arguments.from.unwrap_or_else(today);
    let wanted = match &arguments.team {
        Some(name) => Some(teams_below(plan, team(plan, name, day)?)),
        None => None,
    };
    let is_wanted = |team: Option<TeamId>| match &wanted {
        Some(wanted) => team.is_some_and(|team| wanted.contains(&team)),
        None => true,
    };
    let (inputs, currency) = Inputs::of_plan(plan, day, arguments.months as usize, is_wanted);
    if inputs.seats.is_empty() {
        return Err(CliError::NothingToSimulate);
    }
    let options =
        Options { runs: arguments.runs, seed: arguments.seed, replaces_leavers: arguments.backfill };
    let watch = Arc::new(RunProgress::default());
    let cancelled = watch.clone();
    ctrlc::set_handler(move || cancelled.cancel())?;
    let outcome = with_progress(
        "runs",
        arguments.runs.into(),
        || watch.done().into(),
        || simulate(&inputs, options, &watch),
    );
    let outcome = outcome.ok_or(CliError::Cancelled)?;
    if arguments.json {
        print_json(&as_value(plan, &inputs, options, day, currency, &outcome))?;
    } else {
        print_text(&inputs, options, currency, &outcome);
        print_missing(plan, &inputs.missing);
    }
    Ok(ExitCode::SUCCESS)
}

/// A team by key or name.
fn team(plan: &Plan, name: &str, day: NaiveDate) -> Result<TeamId, CliError> {
    let by_name =
        || plan.in_order::<Team>().into_iter().find(|team| same_word(&team.name, name)).map(|team| team.id);
    let found = plan.find::<Team>(name).or_else(by_name);
    found.ok_or_else(|| CliError::NotThere { kind: "team", name: name.to_owned(), day })
}

fn money(amount: f64, currency: Currency) -> Money {
    Money::new((amount * currency.scale() as f64).round() as i64, currency)
}

fn as_value(
    plan: &Plan,
    inputs: &Inputs,
    options: Options,
    day: NaiveDate,
    currency: Currency,
    outcome: &Outcome,
) -> Value {
    let months = (0..inputs.months.len()).map(|at| {
        let cost = outcome.cost[at];
        let amount = |value: f64| money(value, currency);
        json!({
            "month": inputs.months.first_day(at).format("%Y-%m").to_string(),
            "headcount": outcome.headcount[at],
            "capacity": outcome.capacity[at],
            "cost": {
                "p10": amount(cost.p10), "p50": amount(cost.p50), "p90": amount(cost.p90), "mean": amount(cost.mean),
            },
        })
    });
    let assumptions = Assumptions::new(plan);
    let assumed = CHANCE.iter().filter_map(|id| kind(id)).map(|kind| {
        let said = assumptions.most_specific(kind.id, Subject::default(), day);
        json!({
            "kind": kind.id,
            "value": assumptions.value(kind.id, Subject::default(), day),
            "origin": said.map_or(kind.origin, |row| &row.origin),
            "is_default": said.is_none(),
        })
    });
    json!({
        "from": day,
        "runs": options.runs,
        "seed": options.seed,
        "replaces_leavers": options.replaces_leavers,
        "seats": inputs.seats.len(),
        "currency": currency,
        "months": months.collect::<Vec<_>>(),
        "assumptions": assumed.collect::<Vec<_>>(),
        "not_counted": inputs.missing.iter().map(|missing| words(plan, missing)).collect::<Vec<_>>(),
    })
}

fn print_text(inputs: &Inputs, options: Options, currency: Currency, outcome: &Outcome) {
    let title = |what: &str| format!("{what:^26}");
    println!(
        "{STRONG}{:<9}{} {} {}{}",
        "",
        title("headcount"),
        title("capacity, person-months"),
        title(&format!("cost, {currency}")),
        STRONG.render_reset(),
    );
    let heads = format!("{:>8} {:>8} {:>8}", "P10", "P50", "P90");
    println!("{QUIET}{:<9}{heads} {heads} {heads}{}", "", QUIET.render_reset());
    let fan = |fan: &PercentileBand, digits: usize| {
        let one = |value: f64| format!("{:>8}", rounded(value, digits));
        format!("{} {} {}", one(fan.p10), one(fan.p50), one(fan.p90))
    };
    for at in 0..inputs.months.len() {
        println!(
            "{:<9}{} {} {}",
            inputs.months.first_day(at).format("%b %Y"),
            fan(&outcome.headcount[at], 1),
            fan(&outcome.capacity[at], 1),
            fan(&outcome.cost[at], 0),
        );
    }
    eprintln!(
        "{} runs · seed {} · positions and people: {} · 80% of runs lie between P10 and P90",
        options.runs,
        options.seed,
        inputs.seats.len()
    );
}
