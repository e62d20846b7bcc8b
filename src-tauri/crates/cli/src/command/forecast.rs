use std::{collections::BTreeSet, process::ExitCode};

use chrono::{Months, NaiveDate};
use headroom_analysis::{
    Facts,
    forecast::{Gap, HypotheticalDeparture, Question, WhatIf, forecast},
    seats::hires,
};
use headroom_model::{EntityRef, Kind, Person, Plan, Snapshot, same_word};
use serde_json::{Value, json};

use super::{Outcome, count_of, depend, entity_value, open, print_json, today};
use crate::{
    arguments::{Forecast, LeaverArgument},
    error::Error,
    screen::{CAUTION, QUIET, eprintln, println, while_waiting},
};

pub fn run(arguments: &Forecast) -> Outcome {
    let store = open(&arguments.plan)?;
    let plan = store.plan();
    let from = arguments.day.or_today();
    let until = arguments.until.unwrap_or_else(|| from.checked_add_months(Months::new(12)).unwrap_or(from));
    if until < from {
        return Err(Error::BackwardDays { from, until });
    }
    let leavers: Vec<HypotheticalDeparture> =
        arguments.leaver.iter().map(|named| leaver(plan, named)).collect::<Result<_, _>>()?;
    let (gaps, snapshot, facts) = while_waiting("looking ahead", || {
        let question = Question::new(plan, from, until).asked_on(today());
        let gaps = match leavers.as_slice() {
            [] => {
                let hires = if arguments.without_seats { Vec::new() } else { hires(plan, &question) };
                (forecast(plan, &question.with(&hires)), Vec::new())
            }
            _ => {
                let what_if = WhatIf::new(plan, &question, &leavers, !arguments.without_seats)
                    .map_err(headroom_store::Error::from)?;
                (what_if.departed.gaps, what_if.added)
            }
        };
        let snapshot = plan.as_of(from);
        let facts = Facts::new(&snapshot);
        Ok::<_, Error>((gaps, snapshot, facts))
    })?;
    let (gaps, added) = gaps;
    let new: BTreeSet<_> = added.iter().filter(|added| added.is_new).map(|added| added.gap.key()).collect();
    let rows: Vec<Row<'_>> = gaps
        .iter()
        .map(|gap| Row {
            dependents: dependents(&snapshot, &facts, gap.subject),
            is_new: new.contains(&gap.key()),
            gap,
        })
        .collect();
    if arguments.json {
        let leaving = leavers
            .iter()
            .map(|leaver| json!({"person": plan.key_of(leaver.person.into()), "last_day": leaver.last_day}));
        print_json(&json!({
            "from": from,
            "until": until,
            "leavers": leaving.collect::<Vec<_>>(),
            "count": rows.len(),
            "gaps": rows.iter().map(|row| as_value(plan, row)).collect::<Vec<_>>(),
        }))?;
    } else {
        print_text(plan, &rows, from, !leavers.is_empty());
    }
    Ok(ExitCode::SUCCESS)
}

struct Row<'a> {
    gap: &'a Gap,
    /// How many services depend on the subject, directly or not.
    dependents: u32,
    /// Open only because of those who are asked about.
    is_new: bool,
}

/// Of a team: of what it owns.
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

/// Who is meant: by id, by name or by a former name.
fn leaver(plan: &Plan, named: &LeaverArgument) -> Result<HypotheticalDeparture, Error> {
    let by_name = || {
        let is_meant = |person: &&Person| {
            same_word(&person.name, &named.person) || person.aliases.contains(&named.person)
        };
        let mut found = plan.people.iter().filter(is_meant).map(|person| person.id);
        match (found.next(), found.next()) {
            (Some(one), None) => Some(one),
            _ => None,
        }
    };
    let person = plan.find::<Person>(&named.person).or_else(by_name);
    let person = person.ok_or_else(|| Error::UnknownPerson(named.person.clone()))?;
    Ok(HypotheticalDeparture { person, last_day: named.last_day })
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
        "new": row.is_new,
    })
}

/// Gaps that open later, day by day; those that are open already are counted.
fn print_text(plan: &Plan, rows: &[Row<'_>], from: NaiveDate, asks: bool) {
    let mut last = None;
    let (ahead, open): (Vec<&Row<'_>>, Vec<&Row<'_>>) = rows.iter().partition(|row| row.gap.opens.is_some());
    for row in &ahead {
        let gap = row.gap;
        if gap.opens != last {
            last = gap.opens;
            println!("{}", gap.opens.unwrap_or(from).format("%a %-d %b %Y"));
        }
        let mark = if row.is_new { "+" } else { " " };
        let because: Vec<String> = gap.because.iter().map(|cause| plan.name_of(*cause)).collect();
        let because = if because.is_empty() { String::new() } else { format!(" ({})", because.join(", ")) };
        let until =
            gap.closes.map(|day| format!(", until {}", day.pred_opt().unwrap_or(day))).unwrap_or_default();
        let dependents = match row.dependents {
            0 => String::new(),
            count => format!(" — {} on it", depend(count)),
        };
        println!(
            " {mark} {CAUTION}{}{} {}{because}{until}{QUIET}{dependents}{}",
            plan.name_of(gap.subject),
            CAUTION.render_reset(),
            gap.kind.words(),
            QUIET.render_reset(),
        );
    }
    if ahead.is_empty() {
        println!("no gap opens in these days");
    }
    if !open.is_empty() {
        eprintln!("{} open on {from} already (--json lists all)", count_of(open.len(), "gap"));
    }
    if asks {
        eprintln!("+ opens only because of those who leave");
    }
}
