//! Services for which two sources name different owners.

use std::collections::BTreeMap;

use headroom_model::{Draft, Entity, EntityRef, Owner, Ownership, ServiceIx, Snapshot};

use crate::{
    check::{RuleCheck, RuleContext},
    context::Context,
    finding::{Evidence, Finding, Remedy, Rule, Severity, Source},
};

pub static RULE: Rule = Rule {
    id: "sources-disagree",
    title: "Conflicting owners",
    severity: Severity::High,
    why: "Each tool names someone else. In an incident, that costs the first fifteen minutes.",
    fix: "Decide which source is right and correct the other.",
    source: Source {
        text: "Backstage: two locations that claim one entity are a conflict",
        url: "https://backstage.io/docs/features/software-catalog/life-of-an-entity/",
    },
    depends_on_date: false,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(remedies) };

/// Stands for ownership that was entered by hand.
const BY_HAND: &str = "entered here";

type Claims<'a> = BTreeMap<&'a str, Vec<Owner>>;

fn claims<'a>(snapshot: &'a Snapshot, at: ServiceIx) -> Claims<'a> {
    let mut claims = Claims::new();
    for row in snapshot.ownerships(at).filter(|row| row.is_accountable()) {
        claims.entry(row.source.as_deref().unwrap_or(BY_HAND)).or_default().push(row.owner);
    }
    // Sorted, since rows come in order of owners.
    claims.values_mut().for_each(Vec::dedup);
    claims
}

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    for at in 0..snapshot.service_count() {
        let claims = claims(snapshot, at);
        let mut values = claims.values();
        let first = values.next();
        if values.all(|owners| Some(owners) == first) {
            continue;
        }
        let message = format!("{} has different owners in {}", snapshot.service(at).name, {
            let sources: Vec<&str> = claims.keys().map(|source| named(source)).collect();
            sources.join(" and ")
        });
        let mut finding = Finding::of_service(check, at, message);
        for (source, owners) in claims {
            let entities = owners.into_iter().map(EntityRef::from).collect();
            let label = format!("In {}", named(source));
            finding.evidence.push(Evidence { label: label.into(), text: String::new(), entities });
        }
        found.push(finding);
    }
}

/// The display name of a source.
fn named(source: &str) -> &str {
    if source == BY_HAND { "this plan" } else { source }
}

/// Remedies that keep the owners of one source and end those of the others.
fn remedies(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let snapshot = context.snapshot;
    let Some(at) = snapshot.service_ix(finding.subject.id.into()) else { return Vec::new() };
    let claims = claims(snapshot, at);
    let remedy = |(source, owners): (&&str, &Vec<Owner>)| {
        let mut draft = Draft::new(snapshot.plan());
        let others =
            snapshot.ownerships(at).filter(|row| row.is_accountable() && !owners.contains(&row.owner));
        for row in others {
            let until = row.date_range().ended_before(snapshot.day()).until;
            draft.put(Ownership { until, ..row.clone() });
        }
        let names: Vec<String> =
            owners.iter().map(|owner| snapshot.plan().name_of((*owner).into())).collect();
        let label = format!("Keep {} (from {})", names.join(" and "), named(source));
        Remedy::new(label, draft.finish())
    };
    claims.iter().map(remedy).take(5).collect()
}
