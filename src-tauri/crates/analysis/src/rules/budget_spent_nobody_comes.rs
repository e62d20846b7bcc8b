//! Important services whose error budget is spent, and for which nobody is to be hired.

use super::support::error_budgets::{self, BUDGET_POLICY, TIER};
use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Threshold},
};

pub static RULE: Rule = Rule {
    id: "budget-spent-nobody-comes",
    title: "Error budget spent, and no one is coming",
    severity: Severity::High,
    why: "It was down longer than its SLO allows, and no planned hire would make it more reliable.",
    fix: "Plan a hire for it, lend part of the team to reliability, or put hires for growth on hold.",
    source: BUDGET_POLICY,
    depends_on_date: true,
    thresholds: &[
        TIER,
        Threshold {
            name: "percent",
            default: 25,
            meaning: "Share of the team to lend to reliability (%)",
            source: "google/slo-generator, samples/config.yaml: 25% of engineers to the reliability backlog",
        },
    ],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let (tier, percent) = (check.threshold("tier"), check.threshold("percent") as usize);
    for measured in error_budgets::strictest(check) {
        if !error_budgets::is_left_alone(check, &measured, tier) {
            continue;
        }
        let name = &check.context.snapshot.service(measured.at).name;
        let asked = error_budgets::asked(measured.budget);
        let message =
            format!("{name} has spent its error budget ({asked}), and no hire is planned that would help");
        let people = check.responders.of(measured.at).len();
        let mut finding =
            Finding::of_service(check, measured.at, message).with(error_budgets::evidence(measured.budget));
        if people > 0 {
            let lent = format!("{} of {people} people", (people * percent).div_ceil(100).min(people));
            finding = finding.with(Evidence::words("To lend to reliability", lent));
        }
        found.push(finding);
    }
}
