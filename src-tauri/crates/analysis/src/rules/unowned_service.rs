use super::*;

pub static RULE: Rule = Rule {
    id: "unowned-service",
    title: "Service without an owner",
    severity: Severity::High,
    why: "When it fails at night, nobody is called; when it must change, nobody decides.",
    fix: "Assign a team. The owner of most of its neighbours is a good first candidate.",
    source: Source {
        text: "Backstage: an entity's owner is the one that bears ultimate responsibility",
        url: "https://backstage.io/docs/features/software-catalog/descriptor-format/#specowner-required",
    },
    thresholds: &[],
    check,
    remedies: Some(to_a_team),
};

fn check(check: &Check<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    for at in (0..snapshot.service_count()).filter(|at| snapshot.owners(*at).is_empty()) {
        let message = format!("{} has no owner", snapshot.service(at).name);
        let dependents =
            snapshot.needed_by(at).iter().map(|other| snapshot.service(*other as usize).id.into());
        let mut finding = Finding::of_service(check, at, message);
        finding.severity = check.of_coverage(snapshot.service(at), CoverageState::Unowned);
        if !snapshot.needed_by(at).is_empty() {
            finding = finding.with(Evidence::entities("Needed by", dependents));
        }
        let backups: Vec<EntityRef> = snapshot.ownerships(at).map(|row| row.owner.into()).collect();
        if !backups.is_empty() {
            finding = finding.with(Evidence::entities("Other roles", backups));
        }
        found.push(finding);
    }
}
