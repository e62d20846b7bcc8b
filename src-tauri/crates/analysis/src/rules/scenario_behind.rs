//! Open scenarios without which the plan has gone on for long.

use headroom_model::{Scenario, wording};

use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Source, Threshold},
};

pub static RULE: Rule = Rule {
    id: "scenario-behind",
    title: "Scenario behind the plan",
    severity: Severity::Low,
    why: "The plan has gone on, and the scenario is still compared as if it had not. The longer two lines stay apart, the \
          more of one contradicts the other when they are merged.",
    fix: "Take the changes of the plan into the scenario, or merge or drop it.",
    source: Source {
        text: "N. Forsgren, J. Humble, G. Kim, Accelerate (2018): short-lived branches, brought up to date daily",
        url: "https://dora.dev/capabilities/trunk-based-development/",
    },
    depends_on_date: true,
    thresholds: &[Threshold {
        name: "days",
        default: 14,
        meaning: "May be behind for (days)",
        source: "Headroom default: two weeks",
    }],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let plan = check.context.snapshot.plan();
    for (scenario, since) in &check.context.scenarios.behind {
        let days = (check.context.asked_on - *since).num_days();
        // One that is younger than the scenario that is looked at is unknown there.
        let Some(scenario) = plan.get::<Scenario>(*scenario) else { continue };
        if days <= i64::from(check.threshold("days")) {
            continue;
        }
        let days = wording::count_of(usize::try_from(days).unwrap_or_default(), "day");
        let message = format!("Scenario “{}” has been behind the plan for {days}", scenario.name);
        found.push(
            Finding::of_scenario(check, scenario, message)
                .with(Evidence::words("Behind since", wording::date(since).to_string())),
        );
    }
}
