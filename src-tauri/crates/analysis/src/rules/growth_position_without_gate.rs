//! Hires for growth that wait for nothing, though the plan knows whether growth pays.

use super::support::{
    positions,
    unit_economics::{self, MONTHS, SAAS_METRICS, UnitEconomics},
};
use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity},
    gates::words_of,
    schedule::Scheduler,
};

pub static RULE: Rule = Rule {
    id: "growth-position-without-gate",
    title: "Hire for growth waits for nothing",
    severity: Severity::Medium,
    why: "Growth pays only as long as new customers do. The plan knows what they cost and bring, but the hire goes ahead \
          whatever the figures will be.",
    fix: "Let the position wait for payback of a segment that its team serves, or put it on hold.",
    source: SAAS_METRICS,
    depends_on_date: true,
    thresholds: &[MONTHS],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(unit_economics::gate_or_hold) };

/// Only where payback is measured for a segment of the team: a plan without such figures has nothing that a position could
/// wait for, and to say so of every hire would be noise.
fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let (plan, day) = (check.context.snapshot.plan(), check.context.asked_on);
    let hires = unit_economics::growth_hires(check);
    if hires.iter().all(|position| !position.waits_for.is_empty()) {
        return;
    }
    let Some(economics) = UnitEconomics::of(plan, day) else { return };
    let scheduler = Scheduler::new(plan, day);
    for position in hires.into_iter().filter(|position| position.waits_for.is_empty()) {
        let below = economics.payback(position, check.threshold(MONTHS.name));
        // What should not be hired for at all is told once.
        if below.is_empty() || super::growth_position_before_payback::speaks_of(check, &economics, position) {
            continue;
        }
        let message = format!("{} is planned for growth and waits for no figures", position.name());
        let open = positions::to_be_open_by(&scheduler, position);
        let finding = open.into_iter().fold(Finding::of_position(check, position, message), Finding::with);
        let stands = below.iter().map(|asked| words_of(plan, &asked.objective, &asked.reading));
        found.push(
            stands.fold(finding, |finding, words| finding.with(Evidence::words("Could wait for", words))),
        );
    }
}
