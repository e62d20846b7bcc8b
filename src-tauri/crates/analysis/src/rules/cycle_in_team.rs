use super::*;

pub static RULE: Rule = Rule {
    id: "cycle-in-team",
    title: "Dependency cycle inside a team",
    severity: Severity::Low,
    why: "None of these services can be changed, released or restarted without the others.",
    fix: "Turn one dependency round, or move what both need into a service of its own.",
    source: Source {
        text: "R. C. Martin: the acyclic dependencies principle",
        url: "https://en.wikipedia.org/wiki/Acyclic_dependencies_principle",
    },
    thresholds: &[],
    check,
    remedies: Some(cycles::remedies),
};

fn check(check: &Check<'_>, found: &mut Vec<Finding>) {
    cycles::find(check, found, |is_across| !is_across);
}
