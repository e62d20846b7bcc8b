use super::*;

pub static RULE: Rule = Rule {
    id: "cycle-across-teams",
    title: "Dependency cycle across teams",
    severity: Severity::High,
    why: "Each of these teams waits for another, and in the end for itself.",
    fix: "Cut the dependency that costs least to cut, or give the services to one team.",
    source: Source {
        text: "R. C. Martin: the acyclic dependencies principle",
        url: "https://en.wikipedia.org/wiki/Acyclic_dependencies_principle",
    },
    thresholds: &[],
    check,
    remedies: Some(cycles::remedies),
};

fn check(check: &Check<'_>, found: &mut Vec<Finding>) {
    cycles::find(check, found, |is_across| is_across);
}
