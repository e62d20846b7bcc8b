//! Bets whose criterion or day was changed after they had begun.

use crate::{
    bets::terms,
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Source},
};

pub static RULE: Rule = Rule {
    id: "bet-moved",
    title: "Bet moved",
    severity: Severity::Low,
    why: "The bar was moved while the bet was under way. There may be good reasons; without them it is decided by a bar \
          that it had passed already.",
    fix: "Set the first terms again, or decide the bet and begin another with the new ones.",
    source: Source {
        text: "Kill criteria are locked once a bet has begun. A. Duke, Quit (2022)",
        url: "https://www.annieduke.com/books/",
    },
    depends_on_date: true,
    thresholds: &[],
};

/// Without a remedy: the first terms are kept in words, since an objective may have been changed for others as well.
pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let (plan, day) = (check.context.snapshot.plan(), check.context.asked_on);
    for bet in plan.bets.iter().filter(|bet| bet.is_running(day) && !bet.first_terms.is_empty()) {
        let now = terms(plan, bet);
        if now == bet.first_terms {
            continue;
        }
        let message = format!("The terms of bet “{}” were changed after it had begun", bet.name);
        let finding = Finding::of_bet(check, bet, message);
        let first = Evidence::words("First", bet.first_terms.clone());
        found.push(finding.with(first).with(Evidence::words("Now", now)));
    }
}
