use super::*;

pub static RULE: Rule = Rule {
    id: "unknown-owner",
    title: "Owner that nobody knows",
    severity: Severity::High,
    why: "A name stands in the owner's place, but no source says who that is: a former team, a typing error, or a person who has left.",
    fix: "Confirm the owner if it exists, rename it to the one that is meant, or assign another.",
    source: Source {
        text: "GitHub ignores owners that it does not know; the file looks right and protects nothing",
        url: "https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners",
    },
    thresholds: &[],
    check,
    remedies: Some(to_a_team),
};

fn check(check: &Check<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let plan = snapshot.plan();
    for at in 0..snapshot.service_count() {
        let owners = snapshot.owners(at);
        let is_covered = !check.knowing.behind(&owners).is_empty();
        for owner in owners {
            let (key, problem) = match owner {
                Owner::Team(id) => (
                    plan.teams.get(id).map_or("", |team| team.key.as_str()),
                    problem(
                        snapshot.team_ix(id).map(|team| snapshot.team(team).unconfirmed),
                        "has been disbanded",
                    ),
                ),
                Owner::Person(id) => (
                    plan.people.get(id).map_or("", |person| person.key.as_str()),
                    problem(
                        snapshot.person_ix(id).map(|person| snapshot.person(person).unconfirmed),
                        "is not here on this day",
                    ),
                ),
            };
            let Some(problem) = problem else { continue };
            let name = plan.name_of(owner.into());
            let message = format!("{} is owned by {name}, who {problem}", snapshot.service(at).name);
            let message =
                if matches!(owner, Owner::Team(_)) { message.replace(", who ", ", which ") } else { message };
            let mut finding = Finding::of_service(check, at, message).about(key);
            if !is_covered {
                finding.severity = check.of_coverage(snapshot.service(at), CoverageState::Nobody);
            }
            finding.evidence.push(Evidence::entities("Owner", [owner.into()]));
            add_apart(found, finding);
        }
    }
}

fn problem(is_unconfirmed: Option<bool>, gone: &'static str) -> Option<&'static str> {
    match is_unconfirmed {
        None => Some(gone),
        Some(true) => Some("no source defines"),
        Some(false) => None,
    }
}
