use std::collections::BTreeMap;

use super::*;
use crate::graph::alike;

pub static RULE: Rule = Rule {
    id: "duplicated-work",
    title: "Two teams seem to build the same",
    severity: Severity::Low,
    why: "Two services of different teams say that they can do the same, or need nearly the same. One of them may be enough.",
    fix: "Let the two teams look at each other's service before either builds on.",
    source: Source {
        text: "P. Jaccard's index of likeness (1901) over what services need; the thresholds are Headroom's",
        url: "https://en.wikipedia.org/wiki/Jaccard_index",
    },
    thresholds: &[
        Threshold {
            name: "percent",
            default: 80,
            meaning: "how much of what either needs both must need, in percent",
            source: "Headroom's own",
        },
        Threshold {
            name: "common",
            default: 3,
            meaning: "fewest things that both need",
            source: "Headroom's own: two libraries in common say nothing",
        },
    ],
    check,
    remedies: None,
};

/// A tag that names what a service can do: `capability:payments`.
const CAPABILITY: &str = "capability:";

fn check(check: &Check<'_>, found: &mut Vec<Finding>) {
    by_capability(check, found);
    by_needs(check, found);
}

fn by_capability(check: &Check<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let mut services: BTreeMap<&str, Vec<ServiceIx>> = BTreeMap::new();
    for at in 0..snapshot.service_count() {
        for tag in snapshot.service(at).tags.iter().filter(|tag| tag.starts_with(CAPABILITY)) {
            services.entry(tag).or_default().push(at);
        }
    }
    for (tag, mut services) in services {
        services.sort_by_key(|at| std::cmp::Reverse(check.context.facts.dependents(*at)));
        let owners = owners_of(snapshot, &services);
        if owners.len() < 2 {
            continue;
        }
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

fn owners_of(snapshot: &Snapshot, services: &[ServiceIx]) -> Vec<Owner> {
    let mut owners: Vec<Owner> =
        services.iter().filter_map(|at| snapshot.owners(*at).first().copied()).collect();
    owners.sort_unstable();
    owners.dedup();
    owners
}

fn by_needs(check: &Check<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let (percent, common) = (check.threshold("percent"), check.threshold("common"));
    for pair in alike(snapshot.needs_graph(), percent, common) {
        let (a, b) = (pair.a as usize, pair.b as usize);
        let (one, other) = (snapshot.owners(a), snapshot.owners(b));
        if one.is_empty() || other.is_empty() || one.iter().any(|owner| other.contains(owner)) {
            continue;
        }
        let (first, second) = (snapshot.service(a), snapshot.service(b));
        let message = format!(
            "{} and {} of different teams need nearly the same: {} of {}",
            first.name, second.name, pair.common, pair.either
        );
        let shared = snapshot.needs(a).iter().filter(|needed| snapshot.needs(b).contains(needed));
        let shared = shared.map(|needed| EntityRef::from(snapshot.service(*needed as usize).id));
        found.push(
            Finding::of_service(check, a, message)
                .about(&second.key)
                .with(Evidence::entities("The other", [second.id.into()]))
                .with(Evidence::entities("Owners", one.into_iter().chain(other).map(EntityRef::from)))
                .with(Evidence::entities("Both need", shared)),
        );
    }
}
