//! Planned hires whose position is not approved or opened in time.

use headroom_model::{Position, Status, wording::count_of};

use super::support::positions::{self, ComingHire};
use crate::{
    check::{RuleCheck, RuleContext},
    context::Context,
    finding::{Evidence, Finding, Remedy, Rule, Severity, Source},
    schedule::{Schedule, Scheduler, State},
};

pub static RULE: Rule = Rule {
    id: "seat-not-opened",
    title: "Hire behind schedule",
    severity: Severity::High,
    why: "Recruiting, notice and ramp-up take time. A position that isn’t opened in time isn’t productive when it is needed.",
    fix: "Open it now, or move the needed-by date.",
    source: Source {
        text: "Open by: needed-by date minus ramp-up, notice and time to fill, as assumed in the plan. 58 days to fill: talent-101",
        url: "https://www.talent-101.com/blog/todays-average-lead-time-to-hire-an-engineer",
    },
    depends_on_date: true,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(remedies) };

fn is_unopened(position: &Position) -> bool {
    matches!(position.status, Status::Planned | Status::Approved)
}

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let plan = check.context.snapshot.plan();
    // On a future date, nobody can have opened it later than today.
    let today = check.context.asked_on;
    let coming = positions::coming_hires(check);
    if !coming.iter().any(|one| is_unopened(one.position) && one.need_by.is_some()) {
        return;
    }
    let scheduler = Scheduler::new(plan, today);
    for ComingHire { position, need_by, .. } in coming.into_iter().filter(|one| is_unopened(one.position)) {
        let schedule = scheduler.of(position);
        let Some((step, last)) = schedule.next_step(position.status) else { continue };
        let Some(need_by) = need_by else { continue };
        let verb = if step == "approve" { "approved" } else { "opened" };
        let name = position.name();
        let mut finding = match schedule.state {
            // Opening it does not help if the planned start itself is too late.
            State::Late(days) if last < today => {
                let words = format!(
                    "{name} should have been {verb} by {}; now {} behind schedule for {}",
                    positions::date(last),
                    count_of(days as usize, "day"),
                    positions::date(need_by)
                );
                Finding::of_position(check, position, words)
            }
            State::DueSoon => {
                let words = format!(
                    "{name} must be {verb} by {} to be productive by {}",
                    positions::date(last),
                    positions::date(need_by)
                );
                let mut finding = Finding::of_position(check, position, words);
                finding.severity = finding.severity.min(Severity::Medium);
                finding.day = last.succ_opt();
                finding
            }
            _ => continue,
        };
        for evidence in evidence(&schedule) {
            finding = finding.with(evidence);
        }
        found.push(finding);
    }
}

fn evidence(schedule: &Schedule) -> Vec<Evidence> {
    let lead = schedule.lead;
    let days = format!(
        "{} approval, {} to fill, {} notice, {} ramp-up",
        lead.approval, lead.time_to_fill, lead.notice, lead.ramp
    );
    let mut evidence = vec![Evidence::words("Lead time (days)", days)];
    if let Some(latest) = schedule.latest {
        let words = format!("{} · open by {}", positions::date(latest.approve), positions::date(latest.open));
        evidence.push(Evidence::words("Approve by", words));
    }
    if let Some(productive) = schedule.productive {
        evidence.push(Evidence::words("Productive from", positions::date(productive).to_string()));
    }
    evidence
}

fn remedies(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let plan = context.snapshot.plan();
    let Some(position) = positions::position_of(context, finding) else { return Vec::new() };
    let open = Position { status: Status::Open, ..position.clone() };
    let mut remedies = vec![positions::remedy(plan, "Open now".to_owned(), open)];
    let schedule = Scheduler::new(plan, context.asked_on).of(position);
    if let (State::Late(_), Some(day)) = (schedule.state, schedule.productive) {
        let label = format!("Move needed-by date to {}", positions::date(day));
        remedies.push(positions::remedy(plan, label, Position { need_by: Some(day), ..position.clone() }));
    }
    remedies
}
