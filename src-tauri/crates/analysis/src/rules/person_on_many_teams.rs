//! People on too many teams.

use headroom_model::{EntityRef, PersonIx, Snapshot, TeamId};

use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Source, Threshold},
};

pub static RULE: Rule = Rule {
    id: "person-on-many-teams",
    title: "Person on too many teams",
    severity: Severity::Medium,
    why: "Switching between four teams leaves little time for any of them.",
    fix: "Keep the one or two teams where most of their work is, and end the other memberships.",
    source: Source {
        text: "J. Humble et al. on fractional assignment; the limit is a Headroom default",
        url: "https://teamtopologies.com/key-concepts",
    },
    depends_on_date: false,
    thresholds: &[Threshold {
        name: "teams",
        default: 4,
        meaning: "Report from (number of teams)",
        source: "Headroom default: above three, context switching eats the time",
    }],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let limit = check.threshold("teams") as usize;
    for at in (0..snapshot.person_count()).filter(|at| !snapshot.person(*at).unconfirmed) {
        let teams = teams_of(snapshot, at);
        if teams.len() >= limit {
            let person = snapshot.person(at);
            let message = format!("{} is on {} teams", person.name, teams.len());
            let evidence = Evidence::entities("Teams", teams.iter().map(|team| EntityRef::from(*team)));
            found.push(Finding::of_person(check, at, message).with(evidence));
        }
    }
}

/// The teams of a person, without duplicates.
fn teams_of(snapshot: &Snapshot, at: PersonIx) -> Vec<TeamId> {
    let mut teams: Vec<TeamId> = snapshot.memberships(at).map(|membership| membership.team).collect();
    teams.sort_unstable_by_key(|team| snapshot.team_ix(*team));
    teams.dedup();
    teams
}
