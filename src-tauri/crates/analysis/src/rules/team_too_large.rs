use super::*;

pub static RULE: Rule = Rule {
    id: "team-too-large",
    title: "Team too large",
    severity: Severity::Medium,
    why: "Above about nine people a team talks in pairs n(n−1)/2 times; decisions slow down and no one knows everything it owns.",
    fix: "Split it along what it owns, one service or system at a time.",
    source: Source {
        text: "W. Larson: Sizing engineering teams",
        url: "https://lethain.com/sizing-engineering-teams/",
    },
    thresholds: &[Threshold {
        name: "people",
        default: 9,
        meaning: "largest team that is fine, in people",
        source: "W. Larson: Sizing engineering teams; two-pizza teams",
    }],
    check,
    remedies: None,
};

fn check(check: &Check<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let limit = check.threshold("people") as usize;
    for at in 0..snapshot.team_count() {
        let people = check.knowing.on(at);
        if people.len() > limit {
            let message =
                format!("{} has {} people; up to {limit} work well", snapshot.team(at).name, people.len());
            let people = people.iter().map(|person| EntityRef::from(*person));
            found.push(Finding::of_team(check, at, message).with(Evidence::entities("People", people)));
        }
    }
}
