//! Services with several accountable owners.

use headroom_model::{Draft, EntityRef, Owner, Ownership, role};

use crate::{
    check::{RuleCheck, RuleContext},
    context::Context,
    finding::{Evidence, Finding, Remedy, Rule, Severity, Source},
};

pub static RULE: Rule = Rule {
    id: "several-owners",
    title: "Multiple owners",
    severity: Severity::Medium,
    why: "Shared ownership often means that no one is responsible.",
    fix: "Choose one accountable owner; the others can be backups.",
    source: Source {
        text: "Apple’s “directly responsible individual”: one name per task",
        url: "https://handbook.gitlab.com/handbook/people-group/directly-responsible-individuals/",
    },
    depends_on_date: false,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(remedies) };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    for at in 0..snapshot.service_count() {
        let owners = snapshot.owners(at);
        if owners.len() < 2 {
            continue;
        }
        let message = format!("{} has {} accountable owners", snapshot.service(at).name, owners.len());
        let owners = owners.iter().copied().map(EntityRef::from);
        found.push(Finding::of_service(check, at, message).with(Evidence::entities("Owners", owners)));
    }
}

/// Remedies that keep one owner and make the others backups.
fn remedies(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let snapshot = context.snapshot;
    let Some(at) = snapshot.service_ix(finding.subject.id.into()) else { return Vec::new() };
    let keep = |owner: Owner| {
        let mut draft = Draft::new(snapshot.plan());
        for row in snapshot.ownerships(at).filter(|row| row.is_accountable() && row.owner != owner) {
            draft.put(Ownership { role: role::BACKUP.to_owned(), ..row.clone() });
        }
        let label = format!("Keep {} as owner", snapshot.plan().name_of(owner.into()));
        Remedy::new(label, draft.finish()).because(vec!["the others become backups".to_owned()])
    };
    snapshot.owners(at).iter().copied().take(5).map(keep).collect()
}
