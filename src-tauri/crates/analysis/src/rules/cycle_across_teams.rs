//! Dependency cycles in which no owner owns every service.

use super::support::cycles;
use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Finding, Rule, Severity, Source},
};

pub static RULE: Rule = Rule {
    id: "cycle-across-teams",
    title: "Dependency cycle across teams",
    severity: Severity::High,
    why: "Each of these teams depends on another, and ultimately on itself.",
    fix: "Remove the cheapest dependency to break the cycle, or assign the services to one team.",
    source: Source {
        text: "R. C. Martin: the acyclic dependencies principle",
        url: "https://en.wikipedia.org/wiki/Acyclic_dependencies_principle",
    },
    depends_on_date: false,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(cycles::remedies) };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    cycles::find(check, found, |is_across| is_across);
}
