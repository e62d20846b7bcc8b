//! `headroom bets`: which bets are to be decided, which run, and what came of those decided.

use std::{path::Path, process::ExitCode};

use chrono::NaiveDate;
use headroom_analysis::{
    bets::{BetReading, BetStanding, bets, scope_words},
    gates::{ObjectiveReading, condition, objective_words},
};
use headroom_model::{Bet, ObjectiveId, Plan, wording::date};
use serde_json::{Value, json};

use super::{Outcome, open, print_json};
use crate::{
    arguments::Day,
    screen::{CAUTION, FAULT, QUIET, STRONG, println},
};

/// The groups in which bets are printed.
const GROUPS: [(&str, &[BetStanding]); 5] = [
    ("Past their day", &[BetStanding::Overdue]),
    ("To decide this month", &[BetStanding::ThisMonth]),
    ("Running", &[BetStanding::Running, BetStanding::NotBegun]),
    ("Decided", &[BetStanding::Decided]),
    ("Reviewed", &[BetStanding::Reviewed]),
];

pub fn run(plan: &Path, day: &Day, is_json: bool) -> Outcome {
    let store = open(plan)?;
    let (plan, day) = (store.plan(), day.or_today());
    let all = bets(plan, day);
    if is_json {
        print_json(&as_value(plan, day, &all))?;
        return Ok(ExitCode::SUCCESS);
    }
    if all.is_empty() {
        println!("no bets");
    }
    for (title, standings) in GROUPS {
        let of_group: Vec<&BetReading> = all.iter().filter(|bet| standings.contains(&bet.standing)).collect();
        if !of_group.is_empty() {
            println!("{STRONG}{title}{STRONG:#}");
            of_group.into_iter().for_each(|bet| print_text(plan, bet));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn as_value(plan: &Plan, day: NaiveDate, all: &[BetReading]) -> Value {
    let keys = |is_wanted: &dyn Fn(&BetReading) -> bool| -> Vec<&str> {
        let mut keys: Vec<&str> =
            all.iter().filter(|bet| is_wanted(bet)).map(|bet| plan.key_of(bet.bet.into())).collect();
        keys.sort_unstable();
        keys
    };
    let is_decided = |bet: &&BetReading| matches!(bet.standing, BetStanding::Decided | BetStanding::Reviewed);
    json!({
        "as_of": day,
        "count": all.len(),
        "decided": all.iter().filter(is_decided).count(),
        "overdue": keys(&|bet| bet.standing == BetStanding::Overdue),
        "decided_late": keys(&BetReading::is_decided_late),
        "bets": all.iter().filter_map(|bet| bet_value(plan, bet)).collect::<Vec<_>>(),
    })
}

fn bet_value(plan: &Plan, reading: &BetReading) -> Option<Value> {
    let row = plan.get::<Bet>(reading.bet)?;
    let is_decided = matches!(reading.standing, BetStanding::Decided | BetStanding::Reviewed);
    let decided = row.decided.filter(|_| is_decided);
    let of_decision = |text: &str| is_decided.then(|| text.to_owned()).filter(|text| !text.is_empty());
    let objectives = |all: &[(ObjectiveId, ObjectiveReading)]| {
        all.iter().map(|one| objective_value(plan, one)).collect::<Vec<_>>()
    };
    Some(json!({
        "id": row.key,
        "name": row.name,
        "hypothesis": row.hypothesis,
        "team": row.team.map(|team| plan.key_of(team.into())),
        "segment": row.segment,
        "channel": row.channel,
        "market": row.market,
        "standing": reading.standing.word(),
        "words": reading.words(row),
        "from": row.from,
        "decide_by": row.decide_by,
        "days_over": reading.days_over,
        "judged_on": reading.judged_on,
        "state": reading.state.map(|state| state.word()),
        "objectives": objectives(&reading.objectives),
        "since": objectives(&reading.since),
        "decided": decided,
        "decided_late": reading.is_decided_late(),
        "decision": row.decision.filter(|_| is_decided).map(|decision| decision.word()),
        "reason": of_decision(&row.reason),
        "outcome": of_decision(&row.outcome),
        "reviewed": row.reviewed.filter(|_| reading.standing == BetStanding::Reviewed),
        "first_terms": Some(&row.first_terms).filter(|terms| !terms.is_empty()),
    }))
}

fn objective_value(plan: &Plan, (id, reading): &(ObjectiveId, ObjectiveReading)) -> Value {
    json!({
        "objective": plan.key_of((*id).into()),
        "condition": condition(plan, *id),
        "state": reading.state.word(),
        "words": objective_words(plan, *id, reading),
    })
}

fn print_text(plan: &Plan, reading: &BetReading) {
    let Some(row) = plan.get::<Bet>(reading.bet) else { return };
    let colour = match reading.standing {
        BetStanding::Overdue => FAULT,
        BetStanding::ThisMonth => CAUTION,
        _ => QUIET,
    };
    let team = row.team.map(|team| plan.name_of(team.into()));
    let about = team.into_iter().chain(Some(scope_words(row)).filter(|words| !words.is_empty()));
    let about = about.collect::<Vec<_>>().join(" · ");
    println!("  {} {QUIET}{about}{QUIET:#}  {colour}{}{colour:#}", row.name, reading.words(row));
    for (id, objective) in &reading.objectives {
        let on = date(reading.judged_on);
        println!("    {QUIET}· on {on}: {}{QUIET:#}", objective_words(plan, *id, objective));
    }
    if reading.objectives.is_empty() {
        println!("    {QUIET}· no criterion{QUIET:#}");
    }
    let is_decided = matches!(reading.standing, BetStanding::Decided | BetStanding::Reviewed);
    let texts = [&row.reason, &row.outcome].into_iter().filter(|text| is_decided && !text.is_empty());
    texts.for_each(|text| println!("    {text}"));
}
