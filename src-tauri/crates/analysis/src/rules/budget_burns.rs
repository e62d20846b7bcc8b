//! Error budgets that are nearly spent, or end at this rate.

use headroom_model::wording::date;
use num_bigint::BigInt;

use super::support::error_budgets::{self, BUDGET_POLICY, MeasuredBudget, TIER};
use crate::{
    check::{RuleCheck, RuleContext},
    error_budget::percent_words,
    finding::{Finding, Rule, Severity, Threshold},
    metrics::ExactValue,
};

pub static RULE: Rule = Rule {
    id: "budget-burns",
    title: "Error budget burns",
    severity: Severity::Medium,
    why: "Little of its error budget is left, or none will be if it goes on like the last seven days.",
    fix: "Make it more reliable before something else is changed in it, or lower its SLO.",
    source: BUDGET_POLICY,
    depends_on_date: true,
    thresholds: &[Threshold {
        name: "spent",
        default: 75,
        meaning: "Spent share of the budget from which it is told (%)",
        source: "Headroom default: a quarter is left",
    }],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let spent = ExactValue::new(check.threshold("spent").into(), BigInt::from(100));
    // What the rule about important services tells is told once.
    let tier = check.context.policy.threshold(&super::budget_spent_nobody_comes::RULE, TIER.name);
    let is_told = check.context.policy.severity(&super::budget_spent_nobody_comes::RULE).is_some();
    for measured in error_budgets::strictest(check) {
        let is_low = measured.reading.spent.as_ref().is_some_and(|share| *share >= spent);
        let burns = is_low || measured.reading.ends_on.is_some();
        if burns && !(is_told && error_budgets::is_left_alone(check, &measured, tier)) {
            let finding = Finding::of_service(check, measured.at, message(check, &measured));
            found.push(finding.with(error_budgets::evidence(measured.budget)));
        }
    }
}

fn message(check: &RuleContext<'_>, measured: &MeasuredBudget<'_>) -> String {
    let name = &check.context.snapshot.service(measured.at).name;
    let asked = error_budgets::asked(measured.budget);
    let share = measured.reading.spent.as_ref().map(percent_words).unwrap_or_default();
    match measured.reading.ends_on {
        Some(day) => format!("The error budget of {name} ({asked}) ends on {} at this rate", date(day)),
        None if measured.reading.is_exhausted == Some(true) => {
            format!("{name} has spent its error budget ({asked})")
        }
        None => format!("{name} has spent {share} of its error budget ({asked})"),
    }
}
