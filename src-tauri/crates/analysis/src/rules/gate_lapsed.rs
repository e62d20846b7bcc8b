//! Gates that were not met by their last day.

use super::support::{gates, positions};
use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Finding, Rule, Severity},
    gates::GateState,
};

pub static RULE: Rule = Rule {
    id: "gate-lapsed",
    title: "Gate lapsed",
    severity: Severity::High,
    why: "What the position waits for was not met by the day that was set for it. Somebody has to decide what becomes of \
          the position: nothing does so by itself.",
    fix: "Put the position on hold, close it, or waive the gate and say why.",
    source: gates::KILL_CRITERIA,
    depends_on_date: true,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(positions::close_or_hold) };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    for (position, gate) in
        gates::waiting(check).into_iter().filter(|(_, gate)| gate.state == GateState::Lapsed)
    {
        let Some(by) = position.waits_by else { continue };
        let message =
            format!("{} was to be justified by {}, and is not", position.name(), positions::date(by));
        let finding = Finding::of_position(check, position, message);
        found.push(gates::evidence(check, &gate).into_iter().fold(finding, Finding::with));
    }
}
