use headroom_model::{Position, Status};

use super::{seats::Coming, *};
use crate::schedule::{Schedule, Scheduler, State};

pub static RULE: Rule = Rule {
    id: "seat-not-opened",
    title: "Seat that will be filled too late",
    severity: Severity::High,
    why: "Finding somebody, their notice and their first months take their time. What is not opened in time is not there when it is needed.",
    fix: "Open it now, or move the day by which it is needed.",
    source: Source {
        text: "Open by the need-by day less ramp, notice and time to fill; the days are assumptions of the plan. 58 days to fill: talent-101",
        url: "https://www.talent-101.com/blog/todays-average-lead-time-to-hire-an-engineer",
    },
    thresholds: &[],
    check,
    remedies: Some(remedies),
};

fn is_unopened(seat: &Position) -> bool {
    matches!(seat.status, Status::Planned | Status::Approved)
}

fn check(check: &Check<'_>, found: &mut Vec<Finding>) {
    let plan = check.context.snapshot.plan();
    // On a day ahead nobody could have opened it later than today.
    let today = check.context.asked_on;
    let coming = seats::coming(check);
    if !coming.iter().any(|one| is_unopened(one.seat) && one.need_by.is_some()) {
        return;
    }
    let scheduler = Scheduler::new(plan, today);
    for Coming { seat, need_by, .. } in coming.into_iter().filter(|one| is_unopened(one.seat)) {
        let schedule = scheduler.of(seat);
        let Some((step, last)) = schedule.next_step(seat.status) else { continue };
        let Some(need_by) = need_by else { continue };
        let verb = if step == "approve" { "approved" } else { "opened" };
        let name = seat.name();
        let mut finding = match schedule.state {
            // A planned first day that is too late is not mended by opening it.
            State::Late(days) if last < today => {
                let words = format!(
                    "{name} should have been {verb} by {}: somebody is productive {} after {}",
                    seats::date(last),
                    count_of(days as usize, "day"),
                    seats::date(need_by)
                );
                Finding::of_position(check, seat, words)
            }
            State::DueSoon => {
                let words = format!(
                    "{name} has to be {verb} by {} to be productive by {}",
                    seats::date(last),
                    seats::date(need_by)
                );
                let mut finding = Finding::of_position(check, seat, words);
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
        "{} to approve, {} to fill, {} notice, {} to productive",
        lead.approval, lead.time_to_fill, lead.notice, lead.ramp
    );
    let mut evidence = vec![Evidence::words("Days", days)];
    if let Some(latest) = schedule.latest {
        let words = format!("{}; open by {}", seats::date(latest.approve), seats::date(latest.open));
        evidence.push(Evidence::words("Approve by", words));
    }
    if let Some(productive) = schedule.productive {
        evidence.push(Evidence::words("Productive", seats::date(productive).to_string()));
    }
    evidence
}

fn remedies(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let plan = context.snapshot.plan();
    let Some(seat) = seats::seat(context, finding) else { return Vec::new() };
    let name = seat.name();
    let open = Position { status: Status::Open, ..seat.clone() };
    let mut remedies = vec![seats::remedy(plan, format!("Open {name} now"), open)];
    let schedule = Scheduler::new(plan, context.asked_on).of(seat);
    if let (State::Late(_), Some(day)) = (schedule.state, schedule.productive) {
        let label = format!("Need {name} by {} instead", seats::date(day));
        remedies.push(seats::remedy(plan, label, Position { need_by: Some(day), ..seat.clone() }));
    }
    remedies
}
