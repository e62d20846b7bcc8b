//! Dependency cycles in which one owner owns every service.

use super::support::cycles;
use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Finding, Rule, Severity, Source},
};

pub static RULE: Rule = Rule {
    id: "cycle-in-team",
    title: "Dependency cycle within a team",
    severity: Severity::Low,
    why: "None of these services can be changed, released or restarted without the others.",
    fix: "Reverse one dependency, or move the shared part into a service of its own.",
    source: Source {
        text: "R. C. Martin: the acyclic dependencies principle",
        url: "https://en.wikipedia.org/wiki/Acyclic_dependencies_principle",
    },
    depends_on_date: false,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(cycles::remedies) };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    cycles::find(check, found, |is_across| !is_across);
}
