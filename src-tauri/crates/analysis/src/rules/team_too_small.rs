//! Teams below the minimum size.

use super::*;

pub static RULE: Rule = Rule {
    id: "team-too-small",
    title: "Team too small",
    severity: Severity::Low,
    why: "One or two people can’t cover holidays, reviews and nights.",
    fix: "Merge it with a neighbouring team, or plan the next hire here.",
    source: Source {
        text: "W. Larson: Sizing engineering teams",
        url: "https://lethain.com/sizing-engineering-teams/",
    },
    depends_on_date: false,
    thresholds: &[Threshold {
        name: "people",
        default: 3,
        meaning: "Minimum (people)",
        source: "W. Larson: Sizing engineering teams; two-pizza teams",
    }],
    check,
    remedies: None,
};

/// The minimum size of a team, in people.
pub fn limit(policy: &Policy) -> u32 {
    policy.threshold(&RULE, "people")
}

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let limit = limit(check.context.policy) as usize;
    for at in 0..snapshot.team_count() {
        let people = check.responders.on(at);
        // A lead alone above other teams is a level of the hierarchy, not a small team.
        let is_level = !snapshot.children_of(at).is_empty();
        if !is_level && !people.is_empty() && people.len() < limit {
            let message = format!(
                "{} has {} (minimum {limit})",
                snapshot.team(at).name,
                count_of(people.len(), "person")
            );
            let people = people.iter().map(|person| EntityRef::from(*person));
            found.push(Finding::of_team(check, at, message).with(Evidence::entities("People", people)));
        }
    }
}
