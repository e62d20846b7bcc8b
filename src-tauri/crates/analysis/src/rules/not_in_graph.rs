use super::*;

pub static RULE: Rule = Rule {
    id: "not-in-graph",
    title: "Service without any dependency",
    severity: Severity::Low,
    why: "Nothing needs it and it needs nothing, or nobody has written down what. In an incident nobody can tell.",
    fix: "Write down what it needs and who needs it, or mark it as standing alone.",
    source: Source {
        text: "GitLab service maturity model, level 1: exists in the dependency graph",
        url: "https://handbook.gitlab.com/handbook/engineering/infrastructure/service-maturity-model/",
    },
    thresholds: &[],
    check,
    remedies: Some(remedies),
};

fn check(check: &Check<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    for at in 0..snapshot.service_count() {
        let service = snapshot.service(at);
        let is_alone = snapshot.needed_by(at).is_empty() && snapshot.dependencies(at).next().is_none();
        if is_alone && !service.standalone {
            let message = format!("{} needs nothing, and nothing needs it", service.name);
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
    vec![Remedy::new(format!("Mark {} as standing alone", service.name), draft.finish())]
}
