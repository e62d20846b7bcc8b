//! Open scenarios that take people or positions off their teams and place them nowhere.

use headroom_model::{Scenario, wording};

use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Source},
};

pub static RULE: Rule = Rule {
    id: "scenario-holds",
    title: "Holding area not empty",
    severity: Severity::Low,
    why: "The scenario takes somebody off a team and puts them on no other. Merged like this, they are on no team: nobody \
          plans their work, and no service counts on them.",
    fix: "Place them on a team in the scenario, or end their time there. If they are to be on no team, say so when it is \
          merged.",
    source: Source {
        text: "M. Skelton, M. Pais, Team Topologies (2019), chapter 3: people work in long-lived teams",
        url: "https://teamtopologies.com/key-concepts",
    },
    depends_on_date: false,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let plan = check.context.snapshot.plan();
    for (scenario, held) in &check.context.scenarios.held {
        // One that is younger than the scenario that is looked at is unknown there.
        let Some(scenario) = plan.get::<Scenario>(*scenario) else { continue };
        let who = match held.as_slice() {
            [one] => plan.name_of(*one),
            several => format!("{} people and positions", several.len()),
        };
        let is = if held.len() == 1 { "is" } else { "are" };
        let message =
            format!("{} {is} on no team in scenario “{}”", wording::capitalized(&who), scenario.name);
        found.push(
            Finding::of_scenario(check, scenario, message)
                .with(Evidence::entities("Held", held.iter().copied())),
        );
    }
}
