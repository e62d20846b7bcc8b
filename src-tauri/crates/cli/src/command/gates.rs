//! `headroom gates`: which positions wait for objectives, whether these are met, since when, and when at the earliest.

use std::{path::Path, process::ExitCode};

use headroom_analysis::gates::{Gate, ObjectiveReading, PeriodReading, gate_words, gates, objective_words};
use headroom_model::{ObjectiveId, Plan};
use serde_json::{Value, json};

use super::{Outcome, open, print_json};
use crate::{
    arguments::Day,
    screen::{QUIET, STRONG, println},
};

pub fn run(plan: &Path, day: &Day, is_json: bool) -> Outcome {
    let store = open(plan)?;
    let (plan, day) = (store.plan(), day.or_today());
    let gates = gates(plan, day);
    if is_json {
        print_json(&gates.iter().map(|gate| as_value(plan, gate)).collect::<Vec<_>>())?;
        return Ok(ExitCode::SUCCESS);
    }
    for gate in &gates {
        print_text(plan, gate);
    }
    if gates.is_empty() {
        println!("no position waits for anything");
    }
    Ok(ExitCode::SUCCESS)
}

fn as_value(plan: &Plan, gate: &Gate) -> Value {
    let objective = |(id, reading): &(ObjectiveId, ObjectiveReading)| {
        let mut value = json!({
            "objective": plan.key_of((*id).into()),
            "state": reading.state.word(),
            "earliest": reading.earliest,
            "trend": reading.trend,
            "periods": reading.periods.iter().map(period_value).collect::<Vec<_>>(),
        });
        if let Some(nothing) = reading.nothing {
            value["why"] = nothing.word().into();
        }
        value
    };
    json!({
        "position": plan.key_of(gate.position.into()),
        "state": gate.state.word(),
        "since": gate.since,
        "earliest": gate.earliest,
        "trend": gate.trend,
        "objectives": gate.objectives.iter().map(objective).collect::<Vec<_>>(),
    })
}

/// The value is exact: a quotient of whole numbers.
fn period_value(reading: &PeriodReading) -> Value {
    let value = reading.value.as_ref();
    json!({
        "first": reading.period.first(),
        "value": value.ok().map(|value| format!("{}/{}", value.numer(), value.denom())),
        "verdict": reading.verdict.word(),
        "why": value.err().map(|reason| reason.word()),
    })
}

fn print_text(plan: &Plan, gate: &Gate) {
    println!("{STRONG}{}{STRONG:#}  {}", plan.name_of(gate.position.into()), gate_words(gate));
    for (objective, reading) in &gate.objectives {
        println!("  {QUIET}·{QUIET:#} {}", objective_words(plan, *objective, reading));
    }
}
