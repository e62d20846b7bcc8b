//! Services that will have a single responder from a known date.

use super::support::leaving;
use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Finding, Rule, Severity, Source},
    gap::GapKind,
};

pub static RULE: Rule = Rule {
    id: "leaver-leaves-one",
    title: "Service about to depend on one person",
    severity: Severity::High,
    why: "The plan contains the date from which only one person can support this service, because others leave or it is \
          handed over. It is as severe as the gap will be on that date.",
    fix: "Train a second person while both are still here.",
    source: Source {
        text: "G. Avelino et al.: truck factors; the dates come from your plan",
        url: "https://arxiv.org/abs/1604.06766",
    },
    depends_on_date: true,
    thresholds: &[leaving::DAYS],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    leaving::find(check, found, &[GapKind::OnePerson]);
}
