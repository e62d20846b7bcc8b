use super::*;
use crate::load::load;

pub static RULE: Rule = Rule {
    id: "team-over-load",
    title: "Team that carries too much",
    severity: Severity::Medium,
    why: "A team can know only so much. Above its load it reacts, and improves nothing.",
    fix: "Hand services to teams with room, retire some, or add people.",
    source: Source {
        text: "M. Skelton, M. Pais: Team Topologies, cognitive load; the weights are Headroom's",
        url: "https://teamtopologies.com/key-concepts",
    },
    thresholds: &[LIMIT],
    check,
    remedies: None,
};

const LIMIT: Threshold = Threshold {
    name: "tenths",
    default: 30,
    meaning: "most that is fine, in tenths of a point a person; services weigh 4, 3, 2, 1 for tiers 1 to 4",
    source: "Headroom's own, for want of a published figure; measure your teams and set it",
};

/// The most that is fine, in tenths of a point a person.
pub fn limit(policy: &Policy) -> u32 {
    policy.threshold(&RULE, LIMIT.name)
}

fn check(check: &Check<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let limit = limit(check.context.policy);
    for at in 0..snapshot.team_count() {
        let load = load(snapshot, check.knowing, at);
        let Some(per_person) = load.per_person().filter(|_| load.is_over(limit)) else { continue };
        let message = format!(
            "{} carries {per_person:.1} points a person; up to {:.1} is fine",
            snapshot.team(at).name,
            f64::from(limit) / 10.0
        );
        let words = format!(
            "{} points of {} for {} people",
            load.points,
            count_of(load.services as usize, "service"),
            load.people
        );
        let owned =
            snapshot.held_by_team(at).filter(|row| row.is_accountable()).map(|row| row.service.into());
        found.push(
            Finding::of_team(check, at, message)
                .with(Evidence::words("Load", words))
                .with(Evidence::entities("Owns", owned)),
        );
    }
}
