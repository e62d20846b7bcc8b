//! Services without dependencies or dependents that are not marked as standalone.

use headroom_model::{Draft, Service};

use crate::{
    check::{RuleCheck, RuleContext},
    context::Context,
    finding::{Finding, Remedy, Rule, Severity, Source},
};

pub static RULE: Rule = Rule {
    id: "not-in-graph",
    title: "Isolated service",
    severity: Severity::Low,
    why: "Either it has no dependencies or dependents, or no one has recorded them. In an incident no one can tell which.",
    fix: "Record its dependencies and dependents, or mark it as standalone.",
    source: Source {
        text: "GitLab service maturity model, level 1: exists in the dependency graph",
        url: "https://handbook.gitlab.com/handbook/engineering/infrastructure/service-maturity-model/",
    },
    depends_on_date: false,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(remedies) };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    for at in 0..snapshot.service_count() {
        let service = snapshot.service(at);
        let is_alone = snapshot.needed_by(at).is_empty() && snapshot.dependencies(at).next().is_none();
        if is_alone && !service.standalone {
            let message = format!("{} has no dependencies or dependents", service.name);
            found.push(Finding::of_service(check, at, message));
        }
    }
}

fn remedies(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let snapshot = context.snapshot;
    let Some(at) = snapshot.service_ix(finding.subject.id.into()) else { return Vec::new() };
    let service = snapshot.service(at);
    let mut draft = Draft::new(snapshot.plan());
    draft.put(Service { standalone: true, ..service.clone() });
    vec![Remedy::new("Mark as standalone", draft.finish())]
}
