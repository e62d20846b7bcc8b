//! Teams with members and without a lead.

use headroom_model::{EntityRef, is_lead, wording::count_of};

use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Source},
};

pub static RULE: Rule = Rule {
    id: "team-without-lead",
    title: "Team without a lead",
    severity: Severity::Medium,
    why: "No one speaks for the team, and no one notices when it is in trouble.",
    fix: "Appoint one of the members, or have the parent team’s lead take it on for now.",
    source: Source {
        text: "W. Larson: Sizing engineering teams",
        url: "https://lethain.com/sizing-engineering-teams/",
    },
    depends_on_date: false,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    for at in 0..snapshot.team_count() {
        let people = check.responders.on(at);
        // A team without members has a rule of its own.
        if people.is_empty() || snapshot.members(at).any(|membership| is_lead(&membership.role)) {
            continue;
        }
        let message =
            format!("{} has {} and no lead", snapshot.team(at).name, count_of(people.len(), "member"));
        let people = people.iter().map(|person| EntityRef::from(*person));
        found.push(Finding::of_team(check, at, message).with(Evidence::entities("People", people)));
    }
}
