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
    remedies: Some(remedies),
};

fn check(check: &Check<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    for at in (0..snapshot.service_count()).filter(|at| snapshot.owners(*at).is_empty()) {
        let message = format!("{} has no owner", snapshot.service(at).name);
        let dependents =
            snapshot.needed_by(at).iter().map(|other| snapshot.service(*other as usize).id.into());
        let mut finding = Finding::of_service(check, at, message);
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

/// Offers the three teams that own most of what it needs and of what needs it.
fn remedies(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let snapshot = context.snapshot;
    let Some(at) = snapshot.service_ix(finding.subject.id.into()) else { return Vec::new() };
    let mut counts: std::collections::BTreeMap<Owner, u32> = std::collections::BTreeMap::new();
    for other in snapshot.needs(at).iter().chain(snapshot.needed_by(at)) {
        for owner in
            snapshot.owners(*other as usize).into_iter().filter(|owner| matches!(owner, Owner::Team(_)))
        {
            *counts.entry(owner).or_default() += 1;
        }
    }
    let mut candidates: Vec<(Owner, u32)> = counts.into_iter().collect();
    candidates.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let neighbours = snapshot.needs(at).len() + snapshot.needed_by(at).len();
    let remedy = |(owner, count): (Owner, u32)| {
        let mut draft = Draft::new(snapshot.plan());
        let id = draft.new_id::<Ownership>();
        let (service, day) = (snapshot.service(at).id, snapshot.day());
        let role = role::OWNER.to_owned();
        draft.put(Ownership {
            id,
            service,
            owner,
            role,
            from: Some(day),
            confirmed: Some(day),
            ..Ownership::default()
        });
        Remedy {
            label: format!(
                "Give {} to {}, which owns {count} of its {neighbours} neighbours",
                snapshot.service(at).name,
                snapshot.plan().name_of(owner.into()),
            ),
            changes: draft.finish(),
        }
    };
    candidates.into_iter().take(3).map(remedy).collect()
}
