use super::*;

pub static RULE: Rule = Rule {
    id: "person-on-many-teams",
    title: "Person on too many teams",
    severity: Severity::Medium,
    why: "Whoever is on four teams is absent from three.",
    fix: "Keep the one or two teams where the person's work is; end the other memberships.",
    source: Source {
        text: "J. Humble et al. and others on fractional assignment; the number is a default of ours",
        url: "https://teamtopologies.com/key-concepts",
    },
    thresholds: &[Threshold {
        name: "teams",
        default: 4,
        meaning: "number of teams from which on it is too many",
        source: "a default of ours: above three, context switches eat the time",
    }],
    check,
    remedies: None,
};

fn check(check: &Check<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let limit = check.threshold("teams") as usize;
    for at in (0..snapshot.person_count()).filter(|at| !snapshot.person(*at).unconfirmed) {
        let teams = teams_of(snapshot, at);
        if teams.len() >= limit {
            let person = snapshot.person(at);
            let message = format!("{} is on {} teams", person.name, teams.len());
            let evidence = Evidence::entities("Teams", teams.iter().map(|team| EntityRef::from(*team)));
            found.push(Finding::of_person(check, at, message).with(evidence));
        }
    }
}
