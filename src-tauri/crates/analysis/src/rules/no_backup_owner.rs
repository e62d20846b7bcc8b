//! Services of a critical tier without a backup owner.

use headroom_model::{Draft, EntityRef, Owner, role, transfer_ownership};

use crate::{
    assign::{Candidate, Candidates},
    check::{RuleCheck, RuleContext},
    context::Context,
    finding::{Evidence, Finding, Remedy, Rule, Severity, Source, Threshold},
};

pub static RULE: Rule = Rule {
    id: "no-backup-owner",
    title: "No backup owner",
    severity: Severity::Medium,
    why: "When the owner is overloaded, away or reorganised, no one is assigned to step in for a business-critical service.",
    fix: "Name a second team that knows it well enough to step in.",
    source: Source {
        text: "Kubernetes OWNERS guide: no single approver or reviewer",
        url: "https://www.kubernetes.dev/docs/guide/owners/",
    },
    depends_on_date: false,
    thresholds: &[Threshold {
        name: "tier",
        default: 2,
        meaning: "Lowest tier that needs a backup owner (1–4)",
        source: "Headroom default: tiers 1 and 2 hurt customers when they fail",
    }],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(remedies) };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let limit = check.threshold("tier");
    for at in 0..snapshot.service_count() {
        let service = snapshot.service(at);
        let Some(tier) = service.tier.filter(|tier| u32::from(*tier) <= limit) else { continue };
        let is_somebody = |owner: Owner| match owner {
            Owner::Person(person) => check.responders.is_somebody(person),
            Owner::Team(team) => snapshot.team_ix(team).is_some_and(|at| !snapshot.team(at).unconfirmed),
        };
        if snapshot.ownerships(at).any(|row| row.role == role::BACKUP && is_somebody(row.owner)) {
            continue;
        }
        let message = format!("{} (tier {tier}) has no backup owner", service.name);
        let owners = snapshot.owners(at);
        let mut finding = Finding::of_service(check, at, message);
        if !owners.is_empty() {
            finding = finding.with(Evidence::entities("Owner", owners.iter().copied().map(EntityRef::from)));
        }
        found.push(finding);
    }
}

/// Remedies that name each of the best candidate teams, other than the owners, as backup.
fn remedies(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let snapshot = context.snapshot;
    let Some(at) = snapshot.service_ix(finding.subject.id.into()) else { return Vec::new() };
    let service = snapshot.service(at);
    let candidates = Candidates::new(context);
    let remedy = |candidate: Candidate| {
        let mut draft = Draft::new(snapshot.plan());
        let owner = Owner::Team(candidate.team);
        transfer_ownership(&mut draft, service.id, Some(owner), role::BACKUP, snapshot.day());
        let team = snapshot.plan().name_of(candidate.team.into());
        Remedy::new(format!("Make {team} backup owner"), draft.finish()).because(candidate.reasons_in_words())
    };
    candidates.backups_of(at).into_iter().take(3).map(remedy).collect()
}
