//! Teams below the minimum size.

use headroom_model::{EntityRef, wording::count_of};

use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Source},
    gap::GapKind,
    policy::{SMALLEST_TEAM, smallest_team},
};

pub static RULE: Rule = Rule {
    id: "team-too-small",
    title: "Team too small",
    severity: GapKind::TooSmall.severity(),
    why: "One or two people can’t cover holidays, reviews and nights.",
    fix: "Merge it with a neighbouring team, or plan the next hire here.",
    source: Source {
        text: "W. Larson: Sizing engineering teams",
        url: "https://lethain.com/sizing-engineering-teams/",
    },
    depends_on_date: false,
    thresholds: &[SMALLEST_TEAM],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let limit = smallest_team(check.context.policy) as usize;
    for at in 0..snapshot.team_count() {
        let people = check.responders.on(at);
        // A lead alone above other teams is a level of the hierarchy, not a small team.
        let is_level = !snapshot.children_of(at).is_empty();
        if !is_level && !people.is_empty() && people.len() < limit {
            let message = format!(
                "{} has {} (minimum {limit})",
                snapshot.team(at).name,
                count_of(people.len(), "person")
            );
            let people = people.iter().map(|person| EntityRef::from(*person));
            found.push(Finding::of_team(check, at, message).with(Evidence::entities("People", people)));
        }
    }
}
