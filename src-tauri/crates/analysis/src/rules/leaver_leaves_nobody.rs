//! Services that will have no owner or no responder from a known date.

use super::support::{leaving, remedies::to_a_team};
use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Finding, Rule, Severity, Source},
    gap::GapKind,
};

pub static RULE: Rule = Rule {
    id: "leaver-leaves-nobody",
    title: "Service about to lose its last expert",
    severity: Severity::High,
    why: "The plan contains the date from which no one can support this service: its last expert leaves, or it is left \
          without an owner or with an owner that has no people. It is as severe as the gap will be on that date.",
    fix: "Train a second person before that date, hand it over, or hire in time.",
    source: Source {
        text: "G. Avelino et al.: truck factors; the dates come from your plan",
        url: "https://arxiv.org/abs/1604.06766",
    },
    depends_on_date: true,
    thresholds: &[leaving::DAYS],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(to_a_team) };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    leaving::find(check, found, &[GapKind::Nobody, GapKind::Unowned]);
}
