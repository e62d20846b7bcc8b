//! Services whose owners, at least one of them a team, have no responder.

use headroom_model::{EntityRef, Owner, Snapshot, TeamId};

use super::support::remedies::to_a_team;
use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Source},
    gap::{CoverageState, GapKind},
    policy::MANY_DEPENDENTS,
};

pub static RULE: Rule = Rule {
    id: "owner-team-empty",
    title: "Owning team has no members",
    severity: GapKind::Nobody.severity(),
    why: "The service has an owner on paper, but no one to respond. Critical for important services: those in an on-call \
          tier, at a weak point of the system, or with many dependents.",
    fix: "Add people to the team, or assign the service to a team that has members.",
    source: Source {
        text: "Kubernetes OWNERS guide: “OWNERS maintenance”",
        url: "https://www.kubernetes.dev/docs/guide/owners/",
    },
    depends_on_date: false,
    thresholds: &[MANY_DEPENDENTS],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(to_a_team) };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    for at in 0..snapshot.service_count() {
        let owners = snapshot.owners(at);
        let is_team =
            owners.iter().any(|owner| matches!(owner, Owner::Team(team) if is_here(snapshot, *team)));
        if is_team && check.responders.behind(owners).is_empty() {
            let names: Vec<String> =
                owners.iter().map(|owner| snapshot.plan().name_of((*owner).into())).collect();
            let has = if names.len() == 1 { "has" } else { "have" };
            let message = format!(
                "{} is owned by {}, which {has} no members",
                snapshot.service(at).name,
                names.join(" and ")
            );
            let owners = owners.iter().copied().map(EntityRef::from);
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
