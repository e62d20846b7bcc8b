//! `headroom coverage`: which planned hires close which gaps.

use std::process::ExitCode;

use chrono::{Months, NaiveDate};
use headroom_analysis::{
    coverage::{CoverageReport, GapCoverage, HireCoverage, cover_gaps, gap_kind_spec},
    forecast::ForecastParams,
    gates::{GateView, gated_plan},
};
use headroom_model::{EntityRef, Owner, Plan, Team, TeamId};
use serde_json::{Value, json};

use super::{Outcome, count_of, entity_value, open, print_json, today, waiting_hires};
use crate::{
    arguments::Gaps,
    error::CliError,
    screen::{CAUTION, FAULT, GOOD, QUIET, STRONG, eprintln, println, while_waiting},
};

pub fn run(arguments: &Gaps) -> Outcome {
    let store = open(&arguments.plan)?;
    let plan = store.plan();
    let from = arguments.from.unwrap_or_else(|| arguments.day.or_today());
    let until = arguments.to.unwrap_or_else(|| from.checked_add_months(Months::new(12)).unwrap_or(from));
    if until < from {
        return Err(CliError::BackwardDays { from, until });
    }
    let team = match &arguments.team {
        Some(key) => Some(plan.find::<Team>(key).ok_or_else(|| CliError::UnknownTeam(key.clone()))?),
        None => None,
    };
    // For a period in the past: what was known then.
    let asked_on = arguments.day.as_of.unwrap_or_else(|| from.min(today()));
    let view = GateView::from(arguments.gates);
    let gated = gated_plan(plan, asked_on, view);
    let question = ForecastParams::new(&gated.plan, from, until).asked_on(asked_on);
    let mut meeting = while_waiting("matching hires to gaps", || cover_gaps(&gated.plan, &question));
    if let Some(team) = team {
        meeting.gaps.retain(|met| is_of(plan, met.gap.subject, team));
        meeting.idle.retain(|help| plan.positions.get(help.position).is_some_and(|it| it.team == Some(team)));
    }
    if arguments.json {
        let mut answer = as_value(plan, &meeting, from, until);
        answer["gates"] = waiting_hires::as_value(plan, &gated, view, None);
        print_json(&answer)?;
    } else {
        print_text(plan, &meeting, from);
        waiting_hires::print(plan, &gated, view, None);
    }
    Ok(ExitCode::SUCCESS)
}

fn is_of(plan: &Plan, subject: EntityRef, team: TeamId) -> bool {
    let owns = || {
        let mut rows = plan.ownerships.iter().filter(|row| row.is_accountable());
        rows.any(|row| EntityRef::from(row.service) == subject && row.owner == Owner::Team(team))
    };
    subject == team.into() || owns()
}

fn as_value(plan: &Plan, meeting: &CoverageReport, from: NaiveDate, until: NaiveDate) -> Value {
    let help = |help: &HireCoverage| {
        let position = EntityRef::from(help.position);
        let status = plan.positions.get(help.position).map(|position| position.status);
        json!({"seat": entity_value(plan, position), "status": status, "productive": help.from})
    };
    let gap = |met: &GapCoverage| {
        let uncovered: Vec<Value> =
            met.uncovered.iter().map(|(from, until)| json!({"from": from, "until": until})).collect();
        json!({
            "kind": met.gap.kind,
            "rule": gap_kind_spec(met.gap.kind).map(|need| need.kind.rule()),
            "severity": met.severity,
            "subject": entity_value(plan, met.gap.subject),
            "opens": met.gap.opens,
            "closes": met.gap.closes,
            "lack": met.gap.lack,
            "opened_by_seats": met.is_of_positions,
            "seats": met.seats.iter().map(help).collect::<Vec<_>>(),
            "closed_from": met.closed_from,
            "uncovered": uncovered,
            "uncovered_days": met.uncovered_days,
            "missing": met.missing,
        })
    };
    json!({
        "from": from,
        "until": until,
        "count": meeting.gaps.len(),
        "closed": meeting.gaps.iter().filter(|met| met.closed_from.is_some()).count(),
        "gaps": meeting.gaps.iter().map(gap).collect::<Vec<_>>(),
        "idle_seats": meeting.idle.iter().map(help).collect::<Vec<_>>(),
    })
}

fn print_text(plan: &Plan, meeting: &CoverageReport, from: NaiveDate) {
    let (closed, open): (Vec<&GapCoverage>, Vec<&GapCoverage>) =
        meeting.gaps.iter().partition(|met| met.closed_from.is_some());
    let title = |text: String| println!("{STRONG}{text}{}", STRONG.render_reset());
    if !open.is_empty() {
        title(format!("{} not covered by any hire", count_of(open.len(), "gap")));
        open.iter().for_each(|met| print_gap(plan, met, from));
    }
    if !closed.is_empty() {
        title(format!("{} covered by planned hires", count_of(closed.len(), "gap")));
        closed.iter().for_each(|met| print_gap(plan, met, from));
    }
    if meeting.gaps.is_empty() {
        println!("no gaps in this period that hiring can close");
    }
    if !meeting.idle.is_empty() {
        title(idle_title(meeting.idle.len()));
        for help in &meeting.idle {
            println!("  {}, productive {}", plan.name_of(help.position.into()), date(help.from));
        }
    }
    if meeting.hires.is_empty() {
        eprintln!("no planned hires; `headroom forecast` lists all gaps");
    }
}

fn print_gap(plan: &Plan, met: &GapCoverage, from: NaiveDate) {
    let is_over = met.closed_from.is_some_and(|day| day < from);
    let opens = match met.gap.opens {
        Some(day) => format!("from {}", date(day)),
        None if is_over => format!("closed before {}", date(from)),
        None => format!("open on {}", date(from)),
    };
    let closes = met.gap.closes.map(|day| format!(" to {}", date(day))).unwrap_or_default();
    println!(
        "  {CAUTION}{}{} {} {QUIET}{opens}{closes} ({}){}",
        plan.name_of(met.gap.subject),
        CAUTION.render_reset(),
        met.gap.kind.words(),
        met.severity.label(),
        QUIET.render_reset(),
    );
    for help in &met.seats {
        println!("    {} from {}", plan.name_of(help.position.into()), date(help.from));
    }
    match met.closed_from {
        Some(day) => println!(
            "    {GOOD}closes {}{} after {}",
            date(day),
            GOOD.render_reset(),
            count_of(met.uncovered_days as usize, "uncovered day")
        ),
        None => println!(
            "    {FAULT}needs {} more {}{} · {}",
            met.missing,
            if met.missing == 1 { "person" } else { "people" },
            FAULT.render_reset(),
            count_of(met.uncovered_days as usize, "uncovered day")
        ),
    }
}

fn idle_title(count: usize) -> String {
    let close = if count == 1 { "closes" } else { "close" };
    format!("{} that {close} no gap", count_of(count, "planned hire"))
}

fn date(day: NaiveDate) -> impl std::fmt::Display {
    headroom_model::wording::date(day)
}
