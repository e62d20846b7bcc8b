use super::*;

pub static RULE: Rule = Rule {
    id: "empty-team-owns",
    title: "Empty team that owns something",
    severity: Severity::High,
    why: "The team's name stands behind services that nobody looks after.",
    fix: "Hand its services over, or staff it.",
    source: Source {
        text: "Kubernetes: the OWNERS guide, “OWNERS maintenance”",
        url: "https://www.kubernetes.dev/docs/guide/owners/",
    },
    thresholds: &[],
    check,
    remedies: None,
};

fn check(check: &Check<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    for at in (0..snapshot.team_count())
        .filter(|at| check.knowing.on(*at).is_empty() && !snapshot.team(*at).unconfirmed)
    {
        let owned = snapshot.held_by_team(at).filter(|row| row.is_accountable());
        let mut owned: Vec<EntityRef> = owned.map(|row| row.service.into()).collect();
        owned.dedup();
        if !owned.is_empty() {
            let message = format!(
                "{} has no people and owns {}",
                snapshot.team(at).name,
                count_of(owned.len(), "service")
            );
            found.push(Finding::of_team(check, at, message).with(Evidence::entities("Owns", owned)));
        }
    }
}
