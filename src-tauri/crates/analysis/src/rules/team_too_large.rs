//! Teams above the recommended size.

use headroom_model::EntityRef;

use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Source, Threshold},
};

pub static RULE: Rule = Rule {
    id: "team-too-large",
    title: "Team too large",
    severity: Severity::Medium,
    why: "Above about nine people, n(n−1)/2 pairs have to talk: decisions slow down, and no one knows everything the team owns.",
    fix: "Split it by what it owns, one service or system at a time.",
    source: Source {
        text: "W. Larson: Sizing engineering teams",
        url: "https://lethain.com/sizing-engineering-teams/",
    },
    depends_on_date: false,
    thresholds: &[Threshold {
        name: "people",
        default: 9,
        meaning: "Recommended maximum (people)",
        source: "W. Larson: Sizing engineering teams; two-pizza teams",
    }],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let limit = check.threshold("people") as usize;
    for at in 0..snapshot.team_count() {
        let people = check.responders.on(at);
        if people.len() > limit {
            let message = format!(
                "{} has {} people (recommended maximum {limit})",
                snapshot.team(at).name,
                people.len()
            );
            let people = people.iter().map(|person| EntityRef::from(*person));
            found.push(Finding::of_team(check, at, message).with(Evidence::entities("People", people)));
        }
    }
}
