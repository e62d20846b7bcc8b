//! Open scenarios that set the same fields to different values.

use headroom_model::{EntityRef, Plan, Scenario, field_label, wording};

use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Source},
    scenario_standings::ScenarioOverlap,
};

pub static RULE: Rule = Rule {
    id: "scenarios-overlap",
    title: "Two scenarios change the same",
    severity: Severity::Low,
    why: "Two open scenarios set the same fields to different values. Once one of them is merged, the other contradicts \
          the plan, and what was compared was never possible together.",
    fix: "Compare the two, and decide for one; or take the change out of the one that does not need it.",
    source: Source {
        text: "J. Humble, D. Farley, Continuous Delivery (2010), chapter 14: conflicts grow with lines of work that \
               do not know of each other",
        url: "https://continuousdelivery.com/",
    },
    depends_on_date: false,
    thresholds: &[],
};

/// The most fields that are named.
const NAMED: usize = 8;

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let plan = check.context.snapshot.plan();
    for overlap in &check.context.scenarios.overlaps {
        // One that is younger than the scenario that is looked at is unknown there.
        let [Some(one), Some(other)] = overlap.scenarios.map(|id| plan.get::<Scenario>(id)) else { continue };
        found.push(finding(check, plan, overlap, [one, other]));
    }
}

fn finding(
    check: &RuleContext<'_>,
    plan: &Plan,
    overlap: &ScenarioOverlap,
    [one, other]: [&Scenario; 2],
) -> Finding {
    let mut fields: Vec<String> = overlap.fields.iter().take(NAMED).map(|field| words(plan, field)).collect();
    let rest = overlap.fields.len() - fields.len();
    if rest > 0 {
        fields.push(format!("{rest} more"));
    }
    let count = match overlap.fields.as_slice() {
        [field] => words(plan, field),
        fields => wording::count_of(fields.len(), "field"),
    };
    let message = format!("Scenarios “{}” and “{}” change {count} differently", one.name, other.name);
    Finding::of_scenario(check, one, message)
        .about(&other.key)
        .with(Evidence::words("Fields", wording::listed(&fields)))
        .with(Evidence::entities("Scenarios", [one.id.into(), other.id.into()]))
}

/// `the start date of HC-7`.
fn words(plan: &Plan, (subject, field): &(EntityRef, String)) -> String {
    match field.as_str() {
        "" => format!("all of {}", plan.name_of(*subject)),
        field => format!("the {} of {}", field_label(subject.kind, field), plan.name_of(*subject)),
    }
}
