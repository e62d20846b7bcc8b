//! Services of different owners with the same capability tag or nearly the same dependencies.

use std::collections::BTreeMap;

use headroom_model::{EntityRef, Owner, ServiceIx, Snapshot};

use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Source, Threshold},
};

pub static RULE: Rule = Rule {
    id: "duplicated-work",
    title: "Possible duplicate work",
    severity: Severity::Low,
    why: "Two services of different teams list the same capability or have nearly the same dependencies. One may be enough.",
    fix: "Have the two teams review each other’s service before building further.",
    source: Source {
        text: "P. Jaccard: similarity index (1901), applied to dependencies; the thresholds are Headroom defaults",
        url: "https://en.wikipedia.org/wiki/Jaccard_index",
    },
    depends_on_date: false,
    thresholds: &[
        Threshold {
            name: "percent",
            default: 80,
            meaning: "Shared dependencies (% of both services’ dependencies)",
            source: "Headroom default",
        },
        Threshold {
            name: "common",
            default: 3,
            meaning: "Shared dependencies (minimum)",
            source: "Headroom default: two shared libraries prove nothing",
        },
    ],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

/// The prefix of tags that name a capability: `capability:payments`.
const CAPABILITY: &str = "capability:";

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    by_capability(check, found);
    by_needs(check, found);
}

fn by_capability(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let mut services: BTreeMap<&str, Vec<ServiceIx>> = BTreeMap::new();
    for at in 0..snapshot.service_count() {
        for tag in snapshot.service(at).tags.iter().filter(|tag| tag.starts_with(CAPABILITY)) {
            services.entry(tag).or_default().push(at);
        }
    }
    for (tag, mut services) in services {
        services.sort_by_key(|at| {
            (std::cmp::Reverse(check.context.facts.dependents(*at)), &snapshot.service(*at).key)
        });
        let Some(owners) = owners_apart(snapshot, &services) else { continue };
        let names: Vec<&str> =
            services.iter().take(4).map(|at| snapshot.service(*at).name.as_str()).collect();
        let capability = tag.trim_start_matches(CAPABILITY);
        let message =
            format!("{} teams have a service for “{capability}”: {}", owners.len(), names.join(", "));
        let references = services.iter().map(|at| EntityRef::from(snapshot.service(*at).id));
        found.push(
            Finding::of_service(check, services[0], message)
                .about(tag)
                .with(Evidence::entities("Services", references))
                .with(Evidence::entities("Owners", owners.into_iter().map(EntityRef::from))),
        );
    }
}

/// The owners of all these services; none unless two of the services have no owner in common.
fn owners_apart(snapshot: &Snapshot, services: &[ServiceIx]) -> Option<Vec<Owner>> {
    let of_each: Vec<&[Owner]> =
        services.iter().map(|at| snapshot.owners(*at)).filter(|owners| !owners.is_empty()).collect();
    let is_apart = |a: &[Owner], b: &[Owner]| !a.iter().any(|owner| b.contains(owner));
    let mut owners: Vec<Owner> = of_each.concat();
    owners.sort_unstable_by_key(|owner| snapshot.plan().place_of(*owner));
    owners.dedup();
    let are_apart =
        (1..of_each.len()).any(|at| of_each[..at].iter().any(|other| is_apart(other, of_each[at])));
    are_apart.then_some(owners)
}

fn by_needs(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let (percent, common) = (check.threshold("percent"), check.threshold("common"));
    for pair in check.context.facts.similar_pairs(percent, common) {
        let (a, b) = (pair.a as usize, pair.b as usize);
        // The subject is the service with the smaller key, as in the id.
        let (a, b) = if snapshot.service(a).key <= snapshot.service(b).key { (a, b) } else { (b, a) };
        let (one, other) = (snapshot.owners(a), snapshot.owners(b));
        if one.is_empty() || other.is_empty() || one.iter().any(|owner| other.contains(owner)) {
            continue;
        }
        let (first, second) = (snapshot.service(a), snapshot.service(b));
        let message = format!(
            "{} and {} of different teams share {} of {} dependencies",
            first.name, second.name, pair.common, pair.either
        );
        let shared = snapshot.needs(a).iter().filter(|needed| snapshot.needs(b).contains(needed));
        let shared = shared.map(|needed| EntityRef::from(snapshot.service(*needed as usize).id));
        found.push(
            Finding::of_service(check, a, message)
                .about(&second.key)
                .with(Evidence::entities("Other service", [second.id.into()]))
                .with(Evidence::entities("Owners", one.iter().chain(other).copied().map(EntityRef::from)))
                .with(Evidence::entities("Shared dependencies", shared)),
        );
    }
}
