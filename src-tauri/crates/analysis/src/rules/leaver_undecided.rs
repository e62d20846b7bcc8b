use chrono::Days;
use headroom_model::{
    PositionId,
    seat::{Decision, decide},
};

use super::*;
use crate::hiring::{Fate, Leaver, leavers};

pub static RULE: Rule = Rule {
    id: "leaver-undecided",
    title: "Nobody has said what becomes of a leaver's seat",
    severity: Severity::High,
    why: "The day on which somebody leaves is known, and whether they are replaced is not: neither the plan nor the \
          budget says what is meant, and each day of waiting is a day without anybody in the seat.",
    fix: "Plan a backfill, let the seat end with the leaver, or put it on hold.",
    source: Source {
        text: "ChartHop: terminate a job with or without backfill",
        url: "https://docs.charthop.com/scenarios",
    },
    thresholds: &[leaving::DAYS],
    check,
    remedies: Some(remedies),
};

fn check(check: &Check<'_>, found: &mut Vec<Finding>) {
    let (snapshot, plan) = (check.context.snapshot, check.context.snapshot.plan());
    for leaver in undecided(check.context) {
        let Some(position) = plan.positions.get(leaver.position) else { continue };
        let person = plan.name_of(leaver.person.into());
        let when = leaver.last.format("%-d %b %Y");
        let is_gone = leaver.last < snapshot.day();
        let verb = if is_gone { "left" } else { "leaves" };
        let message = format!("{person} {verb} {} on {when}, and nothing follows", position.name());
        let mut finding = Finding::of_position(check, position, message)
            .about(plan.key_of(leaver.person.into()))
            .with(Evidence::entities("Leaves", [leaver.person.into()]));
        finding.day = Some(leaver.last).filter(|_| !is_gone);
        found.push(finding);
    }
}

/// Those who leave within the days of the policy, or left so many days ago, with nothing decided about their seats: that
/// they are gone decides nothing.
fn undecided(context: &Context<'_>) -> Vec<Leaver> {
    let (plan, day) = (context.snapshot.plan(), context.snapshot.day());
    let days = Days::new(context.policy.threshold(&RULE, leaving::DAYS.name).into());
    let (first, last) = (day.checked_sub_days(days), day.checked_add_days(days));
    let mut found = leavers(plan, first.unwrap_or(day), last.unwrap_or(day));
    let is_there = |position: PositionId| {
        plan.positions.get(position).is_some_and(|seat| seat.until.is_none_or(|until| until >= day))
    };
    found.retain(|leaver| leaver.fate == Fate::Undecided && is_there(leaver.position));
    found
}

fn remedies(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let plan = context.snapshot.plan();
    let id = PositionId(finding.subject.id);
    let leaver = undecided(context).into_iter().find(|leaver| leaver.position == id);
    let (Some(Leaver { last, .. }), Some(seat)) = (leaver, plan.positions.get(id)) else { return Vec::new() };
    let remedy = |label: String, decision: Decision| {
        let mut draft = Draft::new(plan);
        decide(&mut draft, seat, last, decision);
        Remedy::new(label, draft.finish())
    };
    let when = last.format("%-d %b %Y");
    vec![
        remedy(format!("Plan a backfill of {} from the day after {when} on", seat.key), Decision::Backfill),
        remedy(format!("Let {} end on {when}", seat.key), Decision::Close),
        remedy(format!("Put {} on hold", seat.key), Decision::Hold),
    ]
}
