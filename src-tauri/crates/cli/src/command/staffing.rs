//! `headroom staffing`: how many people calls need by Erlang C, or tickets by their hours of work.

mod support;

use std::process::ExitCode;

use headroom_analysis::{
    metrics::approximate,
    staffing::{AnswerTarget, CallLoad, CallStaffing, TicketLoad, TicketStaffing, exact_number},
};
use headroom_model::Decimal6;
use serde_json::{Value, json};

use super::{Outcome, print_json};
use crate::{
    arguments::StaffingArguments,
    screen::{QUIET, STRONG, println},
};

pub fn run(arguments: &StaffingArguments) -> Outcome {
    if let Some(plan) = &arguments.plan {
        return support::run(plan, arguments);
    }
    let (calls, tickets) = (calls(arguments), tickets(arguments));
    if let Some((load, target)) = calls {
        let found = load.least_agents(target, arguments.shrinkage)?;
        if arguments.json {
            print_json(&calls_value(&found))?;
        } else {
            print_calls(arguments, &found);
        }
    }
    if let Some(load) = tickets {
        let found = load.staffing()?;
        if arguments.json {
            print_json(&tickets_value(&found))?;
        } else {
            print_tickets(&load, &found);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn calls(arguments: &StaffingArguments) -> Option<(CallLoad, AnswerTarget)> {
    let load = CallLoad {
        calls: arguments.calls?.as_f64(),
        in_minutes: arguments.in_minutes.as_f64(),
        handle_seconds: arguments.handle_seconds?.as_f64(),
    };
    let within_seconds = arguments.answer_within.as_f64();
    Some((load, AnswerTarget { share: arguments.target, within_seconds }))
}

fn tickets(arguments: &StaffingArguments) -> Option<TicketLoad> {
    Some(TicketLoad {
        tickets: exact_number(arguments.tickets?),
        handle_minutes: exact_number(arguments.handle_minutes?),
        hours: exact_number(arguments.hours?),
        occupancy: arguments.occupancy,
        shrinkage: arguments.shrinkage,
    })
}

fn calls_value(found: &CallStaffing) -> Value {
    json!({
        "erlangs": found.erlangs,
        "agents": found.agents,
        "scheduled": found.scheduled,
        "service_level": found.service_level,
        "service_level_with_one_less": found.service_level_with_one_less,
        "waiting_probability": found.waiting_probability,
        "mean_wait_seconds": found.mean_wait_seconds,
        "occupancy": found.occupancy,
    })
}

fn tickets_value(found: &TicketStaffing) -> Value {
    json!({
        "work_hours": approximate(&found.work_hours),
        "agents": approximate(&found.agents),
        "people": found.people,
    })
}

/// A share of one, as `84.6 %`.
fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

fn shown(share: Decimal6) -> String {
    share.percent().replace('%', " %")
}

fn print_row(name: &str, value: &str) {
    println!("  {QUIET}{name:<24}{QUIET:#}{value}");
}

fn print_calls(arguments: &StaffingArguments, found: &CallStaffing) {
    let within = format!("within {} s", arguments.answer_within);
    println!(
        "{STRONG}{} agents{STRONG:#} answer {} of calls {within}; {} are asked for",
        found.agents,
        percent(found.service_level),
        shown(arguments.target)
    );
    print_row("load", &format!("{:.2} agents busy without a pause", found.erlangs));
    print_row(
        "on the schedule",
        &format!("{} with {} shrinkage", found.scheduled, shown(arguments.shrinkage)),
    );
    print_row("occupancy", &percent(found.occupancy));
    print_row("calls that wait", &percent(found.waiting_probability));
    print_row("average wait", &format!("{:.1} s", found.mean_wait_seconds));
    match found.service_level_with_one_less {
        Some(level) => print_row("with one agent less", &format!("{} {within}", percent(level))),
        None => print_row("with one agent less", "the queue would grow without end"),
    }
}

fn print_tickets(load: &TicketLoad, found: &TicketStaffing) {
    println!(
        "{STRONG}{} people{STRONG:#}, or {:.2} full-time, do {:.1} hours of tickets in the month",
        found.people,
        approximate(&found.agents),
        approximate(&found.work_hours)
    );
    print_row("occupancy", &shown(load.occupancy));
    print_row("shrinkage", &shown(load.shrinkage));
}
