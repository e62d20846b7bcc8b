//! Positions that are being recruited for although their gates are closed.

use headroom_model::Status;

use super::support::{gates, positions};
use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Finding, Rule, Severity},
    gates::GateState,
};

pub static RULE: Rule = Rule {
    id: "gate-closed-again",
    title: "Recruiting while the gate is closed",
    severity: Severity::High,
    why: "The position is open, and what it waits for is not met, or not any more. The hire goes ahead of the figures that \
          justify it.",
    fix: "Put it on hold while nothing is offered, or waive the gate and say why.",
    source: gates::KILL_CRITERIA,
    depends_on_date: true,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(positions::close_or_hold) };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let is_open = |state| state != GateState::Met;
    for (position, gate) in gates::waiting(check) {
        // An offer that is out is not taken back.
        if position.status != Status::Open || !is_open(gate.state) {
            continue;
        }
        let message = format!("{} is being recruited for, and what it waits for is not met", position.name());
        let finding = Finding::of_position(check, position, message);
        found.push(gates::evidence(check, &gate).into_iter().fold(finding, Finding::with));
    }
}
