//! Services that depend on themselves.

use headroom_model::{Dependency, Draft, ServiceIx};

use crate::{
    check::{RuleCheck, RuleContext},
    context::Context,
    finding::{Finding, Remedy, Rule, Severity, Source},
};

pub static RULE: Rule = Rule {
    id: "self-dependency",
    title: "Service depends on itself",
    severity: Severity::Low,
    why: "It means nothing, and may hide the dependency that was intended.",
    fix: "Remove it, or replace it with the intended service.",
    source: Source {
        text: "R. C. Martin: the acyclic dependencies principle",
        url: "https://en.wikipedia.org/wiki/Acyclic_dependencies_principle",
    },
    depends_on_date: false,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(remedies) };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let mut services: Vec<ServiceIx> = snapshot
        .self_dependencies()
        .filter_map(|dependency| snapshot.service_ix(dependency.service))
        .collect();
    services.sort_unstable();
    services.dedup();
    for at in services {
        found.push(Finding::of_service(
            check,
            at,
            format!("{} depends on itself", snapshot.service(at).name),
        ));
    }
}

fn remedies(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let snapshot = context.snapshot;
    let mut draft = Draft::new(snapshot.plan());
    for row in snapshot.self_dependencies().filter(|row| finding.subject == row.service.into()) {
        draft.remove::<Dependency>(row.id);
    }
    vec![Remedy::new("Remove self-dependency", draft.finish())]
}
