//! Open scenarios whose decision day has passed.

use headroom_model::{Scenario, wording};

use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Source},
};

pub static RULE: Rule = Rule {
    id: "scenario-undecided",
    title: "Scenario past its decision day",
    severity: Severity::Low,
    why: "What nobody decides is decided by time: the people it is about neither go nor stay, and the plan that it was \
          compared with is no longer the plan.",
    fix: "Merge it, drop it, or say by which later day it is decided.",
    source: Source {
        text: "A. Duke, Quit (2022): kill criteria, a state and a date set in advance",
        url: "https://www.annieduke.com/books/",
    },
    depends_on_date: true,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    // On a future date, nobody can have decided it later than today.
    let (plan, day) = (check.context.snapshot.plan(), check.context.asked_on);
    for scenario in plan.scenarios.iter().filter(|scenario| scenario.is_open()) {
        let Some(due) = scenario.decide_by.filter(|due| *due < day) else { continue };
        found.push(finding(check, scenario, due));
    }
}

fn finding(check: &RuleContext<'_>, scenario: &Scenario, due: chrono::NaiveDate) -> Finding {
    let message = format!("Scenario “{}” was to be decided by {}", scenario.name, wording::date(due));
    let finding = Finding::of_scenario(check, scenario, message);
    match scenario.owner {
        Some(owner) => finding.with(Evidence::entities("Decided by", [owner.into()])),
        None => finding,
    }
}
