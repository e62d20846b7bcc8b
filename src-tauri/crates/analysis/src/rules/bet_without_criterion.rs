//! Bets that nothing can show to have worked, or that nobody has to decide.

use super::support::gates::KILL_CRITERIA;
use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Finding, Rule, Severity},
};

pub static RULE: Rule = Rule {
    id: "bet-without-criterion",
    title: "Bet without a criterion",
    severity: Severity::Medium,
    why: "Without a figure and a day, set before, every result can be read as a success and no day is the one to stop.",
    fix: "Give it an objective and a day by which it is decided.",
    source: KILL_CRITERIA,
    depends_on_date: true,
    thresholds: &[],
};

/// Without a remedy: what it is to bring is known only to those who make it.
pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let (plan, day) = (check.context.snapshot.plan(), check.context.asked_on);
    for bet in plan.bets.iter().filter(|bet| !bet.is_decided(day)) {
        let lacks = match (bet.objectives.is_empty(), bet.decide_by.is_none()) {
            (true, true) => "neither an objective nor a day to decide",
            (true, false) => "no objective",
            (false, true) => "no day to decide",
            (false, false) => continue,
        };
        found.push(Finding::of_bet(check, bet, format!("Bet “{}” has {lacks}", bet.name)));
    }
}
