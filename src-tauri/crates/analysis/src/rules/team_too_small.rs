use super::*;

pub static RULE: Rule = Rule {
    id: "team-too-small",
    title: "Team too small",
    severity: Severity::Low,
    why: "One or two people cannot share holidays, reviews and nights.",
    fix: "Merge it with its neighbour, or plan the next hire here.",
    source: Source {
        text: "W. Larson: Sizing engineering teams",
        url: "https://lethain.com/sizing-engineering-teams/",
    },
    thresholds: &[Threshold {
        name: "people",
        default: 3,
        meaning: "smallest team that is fine, in people",
        source: "W. Larson: Sizing engineering teams; two-pizza teams",
    }],
    check,
    remedies: None,
};

/// The smallest team that is fine, in people.
pub fn limit(policy: &Policy) -> u32 {
    policy.threshold(&RULE, "people")
}

fn check(check: &Check<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let limit = limit(check.context.policy) as usize;
    for at in 0..snapshot.team_count() {
        let people = check.knowing.on(at);
        // A lead alone above other teams is a level, not a team.
        let is_level = !snapshot.children_of(at).is_empty();
        if !is_level && !people.is_empty() && people.len() < limit {
            let message = format!(
                "{} has {}; a team starts at {limit}",
                snapshot.team(at).name,
                if people.len() == 1 { "one person".to_owned() } else { format!("{} people", people.len()) }
            );
            let people = people.iter().map(|person| EntityRef::from(*person));
            found.push(Finding::of_team(check, at, message).with(Evidence::entities("People", people)));
        }
    }
}
