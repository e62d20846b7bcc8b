//! Gates and objectives in words: for pages, messages of rules and the command line alike.

use headroom_model::{
    Metric, Objective, ObjectiveId, Plan,
    wording::{count_of, date},
};

use super::{
    gate::{Gate, GateState},
    objective::{NothingToRead, ObjectiveReading, ObjectiveState, PeriodReading, PeriodVerdict},
};
use crate::metrics::{SeriesScope, exact, period_name, reason_words, value_words};

/// How a gate stands: `not met · 6 Mar 2027 at the earliest · 6 May 2027 at this trend`.
pub fn gate_words(gate: &Gate) -> String {
    let state = match (gate.state, gate.since) {
        (GateState::Met, Some(since)) => format!("met since {}", date(since)),
        (GateState::Met, None) => "met".to_owned(),
        (GateState::NotMet, _) => "not met".to_owned(),
        (GateState::Unknown, _) => "not known whether it is met".to_owned(),
        (GateState::Lapsed, _) => "lapsed: not met by its last day".to_owned(),
        (GateState::Invalid, _) => "cannot be told".to_owned(),
    };
    if gate.state == GateState::Met {
        return state;
    }
    let earliest = gate.earliest.map(|day| format!("{} at the earliest", date(day)));
    let trend = gate.trend.map(|day| format!("{} at this trend", date(day)));
    std::iter::once(state).chain(earliest).chain(trend).collect::<Vec<_>>().join(" · ")
}

/// A gate in a cell: `Payback < 12 months · 1 of 2 · earliest 6 Mar 2027`. Counted are the periods that pass, or of
/// several objectives those that are met.
pub fn gate_in_short(plan: &Plan, gate: &Gate) -> String {
    let (what, met, all) = match gate.objectives.as_slice() {
        [(id, reading)] => {
            let passed =
                reading.periods.iter().filter(|period| period.verdict == PeriodVerdict::Pass).count();
            let row = plan.get::<Objective>(*id);
            (
                row.map(|row| asked(plan, row)).unwrap_or_default(),
                passed,
                row.map_or(1, |row| row.periods as usize),
            )
        }
        several => {
            let met = several.iter().filter(|(_, reading)| reading.state == ObjectiveState::Met).count();
            (count_of(several.len(), "objective"), met, several.len())
        }
    };
    let stands = match (gate.state, gate.since, gate.earliest) {
        (GateState::Met, Some(since), _) => format!("met since {}", date(since)),
        (GateState::Lapsed, ..) => "lapsed".to_owned(),
        (GateState::NotMet | GateState::Unknown, _, Some(earliest)) => {
            format!("{met} of {all} · earliest {}", date(earliest))
        }
        _ => "cannot be told".to_owned(),
    };
    format!("{what} · {stands}")
}

/// An objective with its periods: `Payback < 12 months, 2 months running: not met · Jan 2027 14 months · …`.
pub fn objective_words(plan: &Plan, id: ObjectiveId, reading: &ObjectiveReading) -> String {
    plan.get::<Objective>(id).map(|row| words_of(plan, row, reading)).unwrap_or_default()
}

/// The same of an objective that need not be in the plan.
pub(crate) fn words_of(plan: &Plan, row: &Objective, reading: &ObjectiveReading) -> String {
    let mark = |period: &PeriodReading| {
        let mark = match period.verdict {
            PeriodVerdict::Pass => "✓",
            PeriodVerdict::Fail => "✗",
            PeriodVerdict::Unknown => "?",
        };
        format!("{mark} {} {}", period_name(period.period), period_words_of(plan, row, period))
    };
    let told = std::iter::once(format!("{}: {}", condition_of(plan, row), reading_words(reading)));
    told.chain(reading.periods.iter().rev().map(mark)).collect::<Vec<_>>().join(" · ")
}

/// Whether an objective is met: `not met`.
pub fn reading_words(reading: &ObjectiveReading) -> &'static str {
    match (reading.nothing, reading.state) {
        (Some(NothingToRead::NoFigures), _) => "not known: there are no figures",
        (Some(NothingToRead::NotInForce), _) => "not known: it does not hold on this date",
        (Some(NothingToRead::Invalid), _) => {
            "cannot be told: its metric is measured in longer periods, or is part of itself"
        }
        (None, ObjectiveState::Met) => "met",
        (None, ObjectiveState::NotMet) => "not met",
        (None, ObjectiveState::Unknown | ObjectiveState::Invalid) => "not known",
    }
}

/// What an objective asks for: `Payback < 12 months, 2 months running`.
pub fn condition(plan: &Plan, id: ObjectiveId) -> String {
    plan.get::<Objective>(id).map(|row| condition_of(plan, row)).unwrap_or_default()
}

/// What an objective asks for that need not be in the plan.
pub fn condition_of(plan: &Plan, row: &Objective) -> String {
    let length =
        row.period.or(plan.get::<Metric>(row.metric).map(|metric| metric.period)).unwrap_or_default();
    let running = match row.periods {
        1 => String::new(),
        periods => format!(", {} running", count_of(periods as usize, length.word())),
    };
    let over = match row.over {
        1 => String::new(),
        over => format!(", over {}", count_of(over as usize, length.word())),
    };
    asked(plan, row) + &running + &over
}

/// What each figure is to be: `Payback < 12 months`.
fn asked(plan: &Plan, row: &Objective) -> String {
    let metric = plan.get::<Metric>(row.metric);
    let name = metric.map(Metric::name).unwrap_or_default();
    let value = value_words(metric, row.value.currency, &exact(row.value.number));
    let tier = row.tier.filter(|_| row.service.is_none()).map(|tier| format!("each service of tier {tier}"));
    let scope = tier.unwrap_or_else(|| SeriesScope::of_objective(row).words(plan));
    let scope = if scope.is_empty() { scope } else { format!(" ({scope})") };
    format!("{name}{scope} {} {value}", row.op.sign())
}

/// The value of a period, or why it has none.
pub fn period_words(plan: &Plan, id: ObjectiveId, reading: &PeriodReading) -> String {
    plan.get::<Objective>(id).map(|row| period_words_of(plan, row, reading)).unwrap_or_default()
}

fn period_words_of(plan: &Plan, row: &Objective, reading: &PeriodReading) -> String {
    match &reading.value {
        Ok(value) => value_words(plan.get::<Metric>(row.metric), row.value.currency, value),
        Err(reason) => reason_words(*reason).to_owned(),
    }
}
