//! Articulation points of the dependency graph with at most one responder.

use headroom_model::EntityRef;

use super::support::remedies::to_a_team;
use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Source},
};

pub static RULE: Rule = Rule {
    id: "fragile-articulation",
    title: "Key service with at most one expert",
    severity: Severity::Critical,
    why: "Parts of the system are connected only through this service, and at most one person can support it.",
    fix: "Train a second person first, then reduce dependencies on it.",
    source: Source {
        text: "J. Hopcroft, R. Tarjan: articulation points (1973); G. Avelino et al.: truck factors",
        url: "https://en.wikipedia.org/wiki/Biconnected_component",
    },
    depends_on_date: false,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(to_a_team) };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let is_articulation = &check.context.facts.weak_spots.is_articulation;
    for at in (0..snapshot.service_count()).filter(|at| is_articulation[*at]) {
        let people = check.responders.of(at);
        let name = &snapshot.service(at).name;
        let message = match people.as_slice() {
            [] => format!("{name} connects key parts of the system, and no one can support it"),
            [one] => {
                let one = snapshot.plan().name_of((*one).into());
                format!("{name} connects key parts of the system, and only {one} can support it")
            }
            _ => continue,
        };
        let neighbours = snapshot.needs(at).iter().chain(snapshot.needed_by(at));
        let neighbours = neighbours.map(|other| EntityRef::from(snapshot.service(*other as usize).id));
        let mut finding = Finding::of_service(check, at, message);
        if !people.is_empty() {
            finding = finding.with(Evidence::entities("Person", people.into_iter().map(EntityRef::from)));
        }
        found.push(finding.with(Evidence::entities("Connects", neighbours)));
    }
}
