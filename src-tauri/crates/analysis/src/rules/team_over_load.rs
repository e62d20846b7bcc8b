//! Teams whose service load per person is over the limit.

use headroom_model::wording::count_of;

use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Source},
    gap::GapKind,
    policy::{LOAD_LIMIT, load_limit},
    team_load::team_load,
};

pub static RULE: Rule = Rule {
    id: "team-over-load",
    title: "Overloaded team",
    severity: GapKind::OverLoad.severity(),
    why: "A team can only keep so much in mind. Above its limit it only reacts and improves nothing.",
    fix: "Hand services over to teams with capacity, retire some, or add people.",
    source: Source {
        text: "M. Skelton, M. Pais: Team Topologies, cognitive load; the weights are Headroom defaults",
        url: "https://teamtopologies.com/key-concepts",
    },
    depends_on_date: false,
    thresholds: &[LOAD_LIMIT],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let limit = load_limit(check.context.policy);
    for at in 0..snapshot.team_count() {
        let load = team_load(snapshot, check.responders, at);
        let Some(per_person) = load.per_person().filter(|_| load.is_over(limit)) else { continue };
        let message = format!(
            "{} has a service load of {per_person:.1} points per person (limit {:.1})",
            snapshot.team(at).name,
            f64::from(limit) / 10.0
        );
        let words = format!(
            "{} points from {} for {}",
            load.points,
            count_of(load.services as usize, "service"),
            count_of(load.people as usize, "person")
        );
        let owned =
            snapshot.held_by_team(at).filter(|row| row.is_accountable()).map(|row| row.service.into());
        found.push(
            Finding::of_team(check, at, message)
                .with(Evidence::words("Service load", words))
                .with(Evidence::entities("Owns", owned)),
        );
    }
}
