use super::*;

pub static RULE: Rule = Rule {
    id: "team-without-lead",
    title: "Team without a lead",
    severity: Severity::Medium,
    why: "Nobody speaks for the team, and nobody notices when it is in trouble.",
    fix: "Name a lead among the members, or have the lead of the parent take it on for a while.",
    source: Source {
        text: "W. Larson: Sizing engineering teams",
        url: "https://lethain.com/sizing-engineering-teams/",
    },
    thresholds: &[],
    check,
    remedies: None,
};

fn check(check: &Check<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    for at in 0..snapshot.team_count() {
        let people = check.knowing.on(at);
        // A team without anybody has a greater trouble, with a rule of its own.
        if people.is_empty() || snapshot.members(at).any(|membership| crate::is_lead(&membership.role)) {
            continue;
        }
        let message =
            format!("{} has {} and no lead", snapshot.team(at).name, count_of(people.len(), "member"));
        let people = people.iter().map(|person| EntityRef::from(*person));
        found.push(Finding::of_team(check, at, message).with(Evidence::entities("People", people)));
    }
}
