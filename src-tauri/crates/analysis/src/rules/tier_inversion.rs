//! Critical services that depend, directly or not, on less critical, deprecated or experimental ones.

use headroom_model::{EntityRef, Service, ServiceIx};

use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Source, Threshold},
    graph::nearest,
};

pub static RULE: Rule = Rule {
    id: "tier-inversion",
    title: "Depends on a less critical service",
    severity: Severity::High,
    why: "It must stay up, but depends on something that no one has committed to keeping up.",
    fix: "Raise the dependency to its tier, make the service tolerate its loss, or replace it.",
    source: Source {
        text: "B. Treynor et al.: The calculus of service availability: a service cannot be more available than its dependencies",
        url: "https://queue.acm.org/detail.cfm?id=3096459",
    },
    depends_on_date: false,
    thresholds: &[Threshold {
        name: "tier",
        default: 1,
        meaning: "Lowest tier checked (1–4)",
        source: "Headroom default: tier 1 must not fail",
    }],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

/// Why a service of `tier` should not depend on this one; none if it may.
fn weakness(service: &Service, tier: u8) -> Option<String> {
    match service.lifecycle.to_lowercase().as_str() {
        lifecycle @ ("deprecated" | "experimental") => Some(lifecycle.to_owned()),
        _ => service.tier.filter(|own| *own > tier).map(|own| format!("tier {own}")),
    }
}

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let limit = u8::try_from(check.threshold("tier")).unwrap_or(u8::MAX).min(4);
    for tier in 1..=limit {
        of_tier(check, tier, found);
    }
}

fn of_tier(check: &RuleContext<'_>, tier: u8, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let looked_at: Vec<ServiceIx> =
        (0..snapshot.service_count()).filter(|at| snapshot.service(*at).tier == Some(tier)).collect();
    if looked_at.is_empty() {
        return;
    }
    let forward = snapshot.needs_graph();
    let soft = check.shared.soft(snapshot);
    let may_take = |from: u32, to: u32| !soft.contains(&(from, to));
    let is_weak: Vec<bool> =
        (0..snapshot.service_count()).map(|at| weakness(snapshot.service(at), tier).is_some()).collect();
    let reaches = reaches_weak(check, &is_weak, &may_take);
    for at in looked_at.into_iter().filter(|at| reaches[*at]) {
        let Some(path) = nearest(forward, at as u32, may_take, |node| is_weak[node as usize]) else {
            continue;
        };
        let service = |at: u32| snapshot.service(at as usize);
        let weak = service(path.last().copied().unwrap_or_default());
        let names: Vec<&str> = path.iter().map(|at| service(*at).name.as_str()).collect();
        let message = format!(
            "{} (tier {tier}) depends on {} ({}): {}",
            snapshot.service(at).name,
            weak.name,
            weakness(weak, tier).unwrap_or_default(),
            names.join(" → ")
        );
        let path = path.iter().map(|at| EntityRef::from(service(*at).id));
        found.push(Finding::of_service(check, at, message).with(Evidence::entities("Path", path)));
    }
}

/// Whether each service depends on a weak one, directly or not.
fn reaches_weak(
    check: &RuleContext<'_>,
    is_weak: &[bool],
    may_take: &impl Fn(u32, u32) -> bool,
) -> Vec<bool> {
    let forward = check.context.snapshot.needs_graph();
    let condensation = &check.context.facts.condensation;
    // Dependencies come first. A cycle is treated as one node, which may give false positives; the search below drops
    // them.
    let mut weak = vec![false; condensation.components.len()];
    for (at, members) in condensation.components.iter().enumerate() {
        let needs_weak = |member: &u32| {
            forward.of(*member as usize).iter().any(|needed| {
                let target = condensation.component_of[*needed as usize] as usize;
                may_take(*member, *needed) && (is_weak[*needed as usize] || (target != at && weak[target]))
            })
        };
        weak[at] = members.iter().any(needs_weak);
    }
    condensation.component_of.iter().map(|component| weak[*component as usize]).collect()
}
