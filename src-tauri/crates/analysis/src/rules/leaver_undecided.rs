//! Departures without a backfill decision.

use chrono::Days;
use headroom_model::{
    Draft, PositionId,
    vacancy::{VacancyDecision, resolve_vacancy},
};

use super::support::leaving;
use crate::{
    check::{RuleCheck, RuleContext},
    context::Context,
    finding::{Evidence, Finding, Remedy, Rule, Severity, Source},
    hiring::{BackfillDecision, Departure, departures},
};

pub static RULE: Rule = Rule {
    id: "leaver-undecided",
    title: "Departure without a backfill decision",
    severity: Severity::High,
    why: "The last day is known, but not whether the person will be replaced: neither the plan nor the budget shows the \
          intention, and every day of delay is a day the position stays empty.",
    fix: "Plan a backfill, close the position when the person leaves, or put it on hold.",
    source: Source {
        text: "ChartHop: terminate a job with or without backfill",
        url: "https://docs.charthop.com/scenarios",
    },
    depends_on_date: true,
    thresholds: &[leaving::DAYS],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(remedies) };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let (snapshot, plan) = (check.context.snapshot, check.context.snapshot.plan());
    for departure in undecided(check.context) {
        let Some(position) = plan.positions.get(departure.position) else { continue };
        let person = plan.name_of(departure.person.into());
        let when = headroom_model::wording::date(departure.last);
        let is_gone = departure.last < snapshot.day();
        let verb = if is_gone { "left" } else { "leaves" };
        let message = format!("{person} {verb} {} on {when}; no backfill decision", position.name());
        let mut finding = Finding::of_position(check, position, message)
            .about(plan.key_of(departure.person.into()))
            .with(Evidence::entities("Person", [departure.person.into()]));
        finding.day = Some(departure.last).filter(|_| !is_gone);
        found.push(finding);
    }
}

/// The departures within the days of the policy, before and after today, without a decision. That the person has left
/// decides nothing.
fn undecided(context: &Context<'_>) -> Vec<Departure> {
    let (plan, day) = (context.snapshot.plan(), context.snapshot.day());
    let days = Days::new(context.policy.threshold(&RULE, leaving::DAYS.name).into());
    let (first, last) = (day.checked_sub_days(days), day.checked_add_days(days));
    let mut found = departures(plan, first.unwrap_or(day), last.unwrap_or(day));
    let is_there = |position: PositionId| {
        plan.positions.get(position).is_some_and(|row| row.until.is_none_or(|until| until >= day))
    };
    found.retain(|departure| {
        departure.decision == BackfillDecision::Undecided && is_there(departure.position)
    });
    found
}

fn remedies(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let plan = context.snapshot.plan();
    let id = PositionId(finding.subject.id);
    let departure = undecided(context).into_iter().find(|departure| departure.position == id);
    let (Some(Departure { last, .. }), Some(row)) = (departure, plan.positions.get(id)) else {
        return Vec::new();
    };
    let remedy = |label: String, decision: VacancyDecision| {
        let mut draft = Draft::new(plan);
        resolve_vacancy(&mut draft, row, last, decision);
        Remedy::new(label, draft.finish())
    };
    let when = headroom_model::wording::date(last);
    vec![
        remedy(format!("Backfill after {when}"), VacancyDecision::Backfill),
        remedy(format!("Close position on {when}"), VacancyDecision::Close),
        remedy("Put on hold".to_owned(), VacancyDecision::Hold),
    ]
}
