//! `headroom forecast`: gaps ahead, and what-if departures.

use std::process::ExitCode;

use chrono::NaiveDate;
use headroom_analysis::{
    Facts,
    coverage::hires,
    forecast::{Added, ForecastParams, Gap, forecast},
    gates::{GateView, gated_plan},
    what_if::{Comparison, DepartureComparison, HypotheticalDeparture, WhatIf, departures, horizon},
};
use headroom_model::{EntityRef, Kind, Person, PersonId, Plan, Snapshot, same_word};
use serde_json::{Value, json};

use super::{Outcome, count_of, entity_value, open, print_json, waiting_hires};
use crate::{
    arguments::{Forecast, LeaverArgument},
    error::CliError,
    screen::{CAUTION, QUIET, eprintln, println, while_waiting},
};

pub fn run(arguments: &Forecast) -> Outcome {
    let store = open(&arguments.plan)?;
    let (planned, from) = (store.plan(), arguments.day.or_today());
    let view = GateView::from(arguments.gates);
    let gated = gated_plan(planned, from, view);
    let plan = &gated.plan;
    let named = |leaver: &LeaverArgument| Ok((person(plan, &leaver.person)?, leaver.last_day));
    let asked: Vec<_> = arguments.leaver.iter().map(named).collect::<Result<_, CliError>>()?;
    let departures = departures(plan, from, asked);
    let until = arguments.to.unwrap_or_else(|| horizon(from, &departures));
    if until < from {
        return Err(CliError::BackwardDays { from, until });
    }
    let question = ForecastParams::new(plan, from, until).asked_on(from);
    let snapshot = plan.as_of(from);
    let (gaps, what_if, facts) = while_waiting("forecasting", || {
        let facts = Facts::new(&snapshot);
        if departures.is_empty() {
            let hires = if arguments.no_planned_hires { Vec::new() } else { hires(plan, &question) };
            return Ok((forecast(plan, &question.clone().with(&hires)), None, facts));
        }
        let what_if = WhatIf::new(plan, &question, &departures, !arguments.no_planned_hires)
            .map_err(headroom_store::StoreError::from)?;
        Ok::<_, CliError>((what_if.departed.gaps.clone(), Some(what_if), facts))
    })?;
    let comparison =
        what_if.as_ref().map(|what_if| DepartureComparison::new(&question, &departures, what_if));
    let row = |gap| Row {
        gap,
        dependents: dependents(&snapshot, &facts, gap.subject),
        against_plan: comparison.as_ref().and_then(|it| it.against_plan.of(gap)),
        against_staying: comparison.as_ref().and_then(|it| it.against_staying.of(gap)),
        mark: comparison.as_ref().and_then(|it| it.mark(gap)),
    };
    let rows: Vec<Row<'_>> = gaps.iter().map(row).collect();
    if arguments.json {
        let mut answer = json!({
            "from": from,
            "until": until,
            "leavers": departures.iter().map(|it| departure_value(plan, it)).collect::<Vec<_>>(),
            "count": rows.len(),
            "gaps": rows.iter().map(|row| as_value(plan, row)).collect::<Vec<_>>(),
        });
        if !arguments.no_planned_hires {
            answer["gates"] = waiting_hires::as_value(plan, &gated, view, None);
        }
        if let Some(comparison) = &comparison {
            answer["planned_losses"] = sums(&comparison.planned);
            answer["against_staying"] = sums(&comparison.against_staying);
            answer["against_plan"] = sums(&comparison.against_plan);
            answer["spared"] = sums(&comparison.spared);
        }
        print_json(&answer)?;
    } else {
        comparison
            .iter()
            .flat_map(DepartureComparison::sentences)
            .for_each(|sentence| println!("{sentence}"));
        print_text(plan, &rows, from);
        if !arguments.no_planned_hires {
            waiting_hires::print(plan, &gated, view, None);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn departure_value(plan: &Plan, departure: &HypotheticalDeparture) -> Value {
    let planned = plan.people.get(departure.person).and_then(|person| person.until);
    json!({
        "person": plan.key_of(departure.person.into()),
        "last_day": departure.last_day,
        "planned_last_day": planned,
    })
}

fn sums(comparison: &Comparison<'_>) -> Value {
    json!({"gaps": comparison.count(), "new": comparison.new_gaps(), "days": comparison.days()})
}

fn added_value(added: Option<&Added>) -> Value {
    let value = |it: &Added| {
        json!({
            "days": it.days,
            "new": it.is_new,
            "opens_days_earlier": it.opens_earlier,
            "more_people": it.more_people,
            "more_severe": it.is_more_severe,
        })
    };
    added.map_or(Value::Null, value)
}

struct Row<'a> {
    gap: &'a Gap,
    /// Number of services that depend on the subject, directly or not.
    dependents: u32,
    /// What the departures add to the gap, compared with the plan and with everyone remaining.
    against_plan: Option<&'a Added>,
    against_staying: Option<&'a Added>,
    /// The same in words.
    mark: Option<String>,
}

/// For a team: dependents of its services.
fn dependents(snapshot: &Snapshot, facts: &Facts, subject: EntityRef) -> u32 {
    let of = |service| snapshot.service_ix(service).map_or(0, |at| facts.dependents(at));
    match subject.kind {
        Kind::Team => {
            let held =
                snapshot.team_ix(subject.id.into()).into_iter().flat_map(|at| snapshot.held_by_team(at));
            held.filter(|row| row.is_accountable()).map(|row| of(row.service)).max().unwrap_or(0)
        }
        _ => of(subject.id.into()),
    }
}

/// A person by ID, name or former name.
fn person(plan: &Plan, named: &str) -> Result<PersonId, CliError> {
    let by_name = || {
        let is_meant = |person: &&Person| {
            same_word(&person.name, named) || person.aliases.iter().any(|alias| alias == named)
        };
        let mut found = plan.people.iter().filter(is_meant).map(|person| person.id);
        match (found.next(), found.next()) {
            (Some(one), None) => Some(one),
            _ => None,
        }
    };
    plan.find::<Person>(named).or_else(by_name).ok_or_else(|| CliError::UnknownPerson(named.to_owned()))
}

fn as_value(plan: &Plan, row: &Row<'_>) -> Value {
    let entity = |subject: EntityRef| entity_value(plan, subject);
    let gap = row.gap;
    json!({
        "kind": gap.kind,
        "subject": entity(gap.subject),
        "opens": gap.opens,
        "closes": gap.closes,
        "because": gap.because.iter().map(|cause| entity(*cause)).collect::<Vec<_>>(),
        "people": gap.people.iter().map(|person| entity(*person)).collect::<Vec<_>>(),
        "dependents": row.dependents,
        "severity": gap.severity,
        "new": row.against_plan.is_some_and(|added| added.is_new),
        "against_plan": added_value(row.against_plan),
        "against_staying": added_value(row.against_staying),
    })
}

/// Gaps that open later, by day; of those already open, the ones caused by the departures, and their number.
fn print_text(plan: &Plan, rows: &[Row<'_>], from: NaiveDate) {
    let mut last = None;
    let is_shown = |row: &&Row<'_>| row.gap.opens.is_some() || row.mark.is_some();
    for row in rows.iter().filter(is_shown) {
        if last != Some(row.gap.opens) {
            last = Some(row.gap.opens);
            match row.gap.opens {
                Some(day) => println!("{}", headroom_model::wording::weekday_and_date(day)),
                None => println!("open on {}", headroom_model::wording::weekday_and_date(from)),
            }
        }
        print_row(plan, row);
    }
    if !rows.iter().any(|row| is_shown(&row)) {
        println!("no gaps open in this period");
    }
    let open = rows.iter().filter(|row| row.gap.opens.is_none()).count();
    if open > 0 {
        eprintln!("{} already open on {from} (--json lists all)", count_of(open, "gap"));
    }
}

fn print_row(plan: &Plan, row: &Row<'_>) {
    let gap = row.gap;
    let sign = if row.against_plan.is_some() { "+" } else { " " };
    let because: Vec<String> = gap.because.iter().map(|cause| plan.name_of(*cause)).collect();
    let because = if because.is_empty() { String::new() } else { format!(" ({})", because.join(", ")) };
    let until = gap.closes.and_then(|day| day.pred_opt());
    let until = until.map(|day| format!(", until {day}")).unwrap_or_default();
    let mark = row.mark.as_ref().map(|mark| format!(" [{mark}]")).unwrap_or_default();
    let dependents = match row.dependents {
        0 => String::new(),
        count => format!(" · {}", count_of(count as usize, "dependent")),
    };
    println!(
        " {sign} {CAUTION}{}{} {}{because}{until}{mark}{QUIET} · {}{dependents}{}",
        plan.name_of(gap.subject),
        CAUTION.render_reset(),
        gap.kind.words(),
        gap.severity.label(),
        QUIET.render_reset(),
    );
}
