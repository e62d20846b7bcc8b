//! Vacant positions without a date, a reason or a salary.

use headroom_model::Position;
use rustc_hash::FxHashSet;

use super::support::positions;
use crate::{
    assumptions::{Assumptions, Subject},
    check::{RuleCheck, RuleContext},
    finding::{Finding, Rule, Severity, Source},
    hiring::PositionCalendar,
};

pub static RULE: Rule = Rule {
    id: "seat-incomplete",
    title: "Incomplete position",
    severity: Severity::Medium,
    why: "Without a date, a reason and a salary, a position can’t be scheduled, justified or costed.",
    fix: "Add a start or needed-by date, a reason, and a salary: its own, or an assumption for its level or team.",
    source: Source {
        text: "Position management, as in TeamOhana and Workday: a position is budgeted and approved before it is opened",
        url: "https://kinnectx.com/blog-post/position-management-vs-job-management-in-workday-a-decision-guide",
    },
    depends_on_date: true,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let (snapshot, plan) = (check.context.snapshot, check.context.snapshot.plan());
    if plan.positions.is_empty() {
        return;
    }
    let assumptions = Assumptions::new(plan);
    let taken: FxHashSet<_> = plan
        .assignments
        .iter()
        .filter(|row| row.until.is_none_or(|until| until >= snapshot.day()))
        .map(|row| row.position)
        .collect();
    let is_vacant = |position: &&Position| {
        let is_over = position.until.is_some_and(|until| until < snapshot.day());
        position.status.is_wanted() && !position.pooled && !is_over && !taken.contains(&position.id)
    };
    let lasts = positions::last_days(check.shared.occupancies(plan));
    for position in plan.positions.iter().filter(is_vacant) {
        // Dates up to the last occupant's last day are history.
        let days = PositionCalendar::of(position, lasts.get(&position.id).copied().flatten());
        let planned_day = days.start.or(days.need_by);
        let day = planned_day.unwrap_or(snapshot.day());
        let has_pay = position.pay.is_some()
            || assumptions.amount("base", Subject::position(position, None), day).is_some();
        let missing: Vec<&str> = [
            ("a start or needed-by date", planned_day.is_some()),
            ("a reason", !position.reason.is_empty()),
            ("a salary", has_pay),
        ]
        .into_iter()
        .filter(|(_, is_given)| !is_given)
        .map(|(what, _)| what)
        .collect();
        let what = match missing.as_slice() {
            [] => continue,
            [one] => (*one).to_owned(),
            [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
        };
        found.push(Finding::of_position(check, position, format!("{} is missing {what}", position.name())));
    }
}
