//! Gates that cannot open before it is too late for the hire.

use super::support::{gates, positions};
use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Source},
    gates::{GateState, Opening},
    schedule::Scheduler,
};

pub static RULE: Rule = Rule {
    id: "gate-opens-too-late",
    title: "Gate opens too late for the hire",
    severity: Severity::High,
    why: "Even if every figure still to come passes, the position can be opened only after the last day on which somebody \
          would be productive in time. Waiting for the figures has decided it already.",
    fix: "Move the needed-by date, lower the bar, waive the gate, or meet the need in another way.",
    source: Source {
        text: "Open by: needed-by date minus ramp-up, notice and time to fill, as assumed in the plan",
        url: "https://www.talent-101.com/blog/todays-average-lead-time-to-hire-an-engineer",
    },
    depends_on_date: true,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let waiting = gates::waiting(check);
    if waiting.is_empty() {
        return;
    }
    let scheduler = Scheduler::new(check.context.snapshot.plan(), check.context.asked_on);
    for (position, gate) in waiting {
        let Some(earliest) = gate.earliest.filter(|_| gate.state != GateState::Met) else { continue };
        let schedule = scheduler.of(position);
        let last = schedule.reckoned.map(|latest| latest.open).into_iter().chain(position.waits_by).min();
        let Some(last) = last.filter(|last| *last < earliest) else { continue };
        let message = format!(
            "{} must be opened by {}, and its gate opens on {} at the earliest",
            position.name(),
            positions::date(last),
            positions::date(earliest)
        );
        let mut finding = Finding::of_position(check, position, message);
        for (label, day) in
            [("Productive at the earliest", Some(earliest)), ("Productive at this trend", gate.trend)]
        {
            let productive = day.map(|day| Opening::on(position, &schedule, day).productive);
            if let Some(day) = productive {
                finding = finding.with(Evidence::words(label, positions::date(day).to_string()));
            }
        }
        found.push(gates::evidence(check, &gate).into_iter().fold(finding, Finding::with));
    }
}
