//! Services owned only by individuals.

use headroom_model::{Draft, EntityRef, Owner, Ownership, ServiceIx, Snapshot, TeamId, TeamIx, role};

use crate::{
    check::{RuleCheck, RuleContext},
    context::Context,
    finding::{Evidence, Finding, Remedy, Rule, Severity, Source},
};

pub static RULE: Rule = Rule {
    id: "owned-by-person",
    title: "Owned by an individual",
    severity: Severity::Medium,
    why: "People go on holiday, change teams and leave. A team outlasts its members.",
    fix: "Assign the person’s team as owner.",
    source: Source {
        text: "Backstage: an entity’s owner bears ultimate responsibility for it",
        url: "https://backstage.io/docs/features/software-catalog/descriptor-format/#specowner-required",
    },
    depends_on_date: false,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(remedies) };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    for at in 0..snapshot.service_count() {
        let owners = snapshot.owners(at);
        if owners.is_empty() || owners.iter().any(|owner| matches!(owner, Owner::Team(_))) {
            continue;
        }
        let names: Vec<String> =
            owners.iter().map(|owner| snapshot.plan().name_of((*owner).into())).collect();
        let whom = if names.len() == 1 { "an individual" } else { "individuals" };
        let message = format!("{} is owned by {whom} ({})", snapshot.service(at).name, names.join(" and "));
        let evidence = Evidence::entities("Owner", owners.iter().copied().map(EntityRef::from));
        let mut finding = Finding::of_service(check, at, message).with(evidence);
        finding.team =
            teams_of_owners(snapshot, at, |team| !check.responders.on(team).is_empty()).first().copied();
        found.push(finding);
    }
}

/// Without a team that has no known members: it could not take the service over.
fn teams_of_owners(snapshot: &Snapshot, at: ServiceIx, is_staffed: impl Fn(TeamIx) -> bool) -> Vec<TeamId> {
    let mut teams = Vec::new();
    for owner in snapshot.owners(at) {
        let Owner::Person(person) = owner else { continue };
        let Some(person) = snapshot.person_ix(*person) else { continue };
        teams.extend(snapshot.memberships(person).map(|membership| membership.team));
    }
    teams.retain(|team| snapshot.team_ix(*team).is_some_and(&is_staffed));
    teams.sort_unstable_by_key(|team| snapshot.team_ix(*team));
    teams.dedup();
    teams
}

/// Remedies that transfer the service to a team of the owner, who becomes its backup.
fn remedies(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let snapshot = context.snapshot;
    let Some(at) = snapshot.service_ix(finding.subject.id.into()) else { return Vec::new() };
    let day = snapshot.day();
    let remedy = |team: TeamId| {
        let mut draft = Draft::new(snapshot.plan());
        for row in snapshot.ownerships(at).filter(|row| row.is_accountable()) {
            draft.put(Ownership { role: role::BACKUP.to_owned(), ..row.clone() });
        }
        let id = draft.new_id::<Ownership>();
        let (service, owner) = (snapshot.service(at).id, Owner::Team(team));
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
        let team = snapshot.plan().name_of(team.into());
        Remedy::new(format!("Assign to {team}"), draft.finish())
            .because(vec!["the current owner becomes backup".to_owned()])
    };
    let is_staffed = |team| !snapshot.people_on(team).is_empty();
    teams_of_owners(snapshot, at, is_staffed).into_iter().take(3).map(remedy).collect()
}
