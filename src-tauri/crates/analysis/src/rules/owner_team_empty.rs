use super::*;

pub static RULE: Rule = Rule {
    id: "owner-team-empty",
    title: "Owned by a team without people",
    severity: Severity::High,
    why: "The service has an owner on paper; there is nobody behind the name to answer. Critical where the service is \
          important: of a tier that must be answered at night, a weak point of the system, or needed by many.",
    fix: "Put people on the team, or give the service to a team that has some.",
    source: Source {
        text: "Kubernetes: the OWNERS guide, “OWNERS maintenance”",
        url: "https://www.kubernetes.dev/docs/guide/owners/",
    },
    thresholds: &[Threshold {
        name: "dependents",
        default: 10,
        meaning: "from how many dependents on a service is important, whatever its tier",
        source: "Headroom's own: so much fails with it that somebody has to answer",
    }],
    check,
    remedies: Some(to_a_team),
};

/// From how many dependents on a service is important.
pub fn many_dependents(policy: &Policy) -> u32 {
    policy.threshold(&RULE, "dependents")
}

fn check(check: &Check<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    for at in 0..snapshot.service_count() {
        let owners = snapshot.owners(at);
        let is_team =
            owners.iter().any(|owner| matches!(owner, Owner::Team(team) if is_here(snapshot, *team)));
        if is_team && check.knowing.behind(&owners).is_empty() {
            let names: Vec<String> =
                owners.iter().map(|owner| snapshot.plan().name_of((*owner).into())).collect();
            let message =
                format!("{} is owned by {}, where nobody is", snapshot.service(at).name, names.join(" and "));
            let owners = owners.into_iter().map(EntityRef::from);
            let mut finding =
                Finding::of_service(check, at, message).with(Evidence::entities("Owner", owners));
            finding.severity = check.of_coverage(snapshot.service(at), CoverageState::Nobody);
            found.push(finding);
        }
    }
}

fn is_here(snapshot: &Snapshot, team: TeamId) -> bool {
    snapshot.team_ix(team).is_some_and(|at| !snapshot.team(at).unconfirmed)
}
