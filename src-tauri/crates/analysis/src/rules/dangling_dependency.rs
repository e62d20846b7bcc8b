//! Dependencies on a service that is not defined or not live on the day.

use headroom_model::{Dependency, EntityRef};
use rustc_hash::FxHashSet;

use super::support::remedies::end_dependencies;
use crate::{
    check::{RuleCheck, RuleContext},
    context::Context,
    finding::{Evidence, Finding, Remedy, Rule, Source},
    gap::GapKind,
};

pub static RULE: Rule = Rule {
    id: "dangling-dependency",
    title: "Broken dependency",
    severity: GapKind::Dangling.severity(),
    why: "The service depends on something that no source defines or that is not live: a retired service, another organisation’s service, or a typo.",
    fix: "Add the missing service, correct the name, or remove the dependency.",
    source: Source {
        text: "Backstage: a relation to a missing entity is kept and left dangling",
        url: "https://backstage.io/docs/features/software-catalog/life-of-an-entity/",
    },
    depends_on_date: false,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(remedies) };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let plan = snapshot.plan();
    // Two sources may have the same dependency.
    let mut seen = FxHashSet::default();
    for dependency in snapshot.dangling() {
        let Some(at) = snapshot.service_ix(dependency.service) else { continue };
        let Some(target) = plan.services.get(dependency.depends_on) else { continue };
        if !seen.insert((dependency.service, dependency.depends_on, &dependency.kind)) {
            continue;
        }
        let reason = match target.until {
            _ if target.unconfirmed => "an unknown service",
            Some(until) if until < snapshot.day() => "which is retired",
            _ => "which is not live yet",
        };
        let message = format!("{} depends on {}, {reason}", snapshot.service(at).name, target.name);
        let evidence = Evidence::entities("Depends on", [target.id.into()]);
        let about = if dependency.kind.is_empty() {
            target.key.clone()
        } else {
            format!("{}/{}", target.key, dependency.kind)
        };
        found.push(Finding::of_service(check, at, message).about(&about).with(evidence));
    }
}

fn remedies(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let snapshot = context.snapshot;
    let targets: Vec<EntityRef> =
        finding.evidence.iter().flat_map(|evidence| evidence.entities.clone()).collect();
    let is_meant =
        |row: &&Dependency| finding.subject == row.service.into() && targets.contains(&row.depends_on.into());
    end_dependencies(snapshot, snapshot.dangling().filter(is_meant), "Remove this dependency")
}
