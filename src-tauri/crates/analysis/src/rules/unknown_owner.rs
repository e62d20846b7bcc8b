//! Owners that no source defines, or that do not exist on the day.

use chrono::NaiveDate;
use headroom_model::Owner;

use super::support::{apart::add_apart, remedies::to_a_team};
use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Source},
    gap::CoverageState,
};

pub static RULE: Rule = Rule {
    id: "unknown-owner",
    title: "Unknown owner",
    severity: Severity::High,
    why: "The owner’s name isn’t defined in any source: a former team, a typo, or a person who has left.",
    fix: "Confirm the owner if it exists, correct the name, or assign another owner.",
    source: Source {
        text: "GitHub ignores owners it doesn’t know; the file looks right but protects nothing",
        url: "https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners",
    },
    depends_on_date: false,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(to_a_team) };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let plan = snapshot.plan();
    let is_over = |until: Option<NaiveDate>| until.is_some_and(|until| until < snapshot.day());
    for at in 0..snapshot.service_count() {
        let owners = snapshot.owners(at);
        let is_covered = !check.responders.behind(owners).is_empty();
        for owner in owners.iter().copied() {
            let (key, problem) = match owner {
                Owner::Team(id) => {
                    let team = plan.teams.get(id);
                    let problem = match snapshot.team_ix(id).map(|team| snapshot.team(team).unconfirmed) {
                        Some(false) => None,
                        Some(true) => Some("an unknown team"),
                        None if is_over(team.and_then(|team| team.until)) => Some("which has been dissolved"),
                        None => Some("which doesn’t exist yet"),
                    };
                    (team.map_or("", |team| team.key.as_str()), problem)
                }
                Owner::Person(id) => {
                    let person = plan.people.get(id);
                    let problem =
                        match snapshot.person_ix(id).map(|person| snapshot.person(person).unconfirmed) {
                            Some(false) => None,
                            Some(true) => Some("an unknown person"),
                            None if is_over(person.and_then(|person| person.until)) => Some("who has left"),
                            None => Some("who hasn’t joined yet"),
                        };
                    (person.map_or("", |person| person.key.as_str()), problem)
                }
            };
            let Some(problem) = problem else { continue };
            let name = plan.name_of(owner.into());
            let message = format!("{} is owned by {name}, {problem}", snapshot.service(at).name);
            let mut finding = Finding::of_service(check, at, message).about(key);
            if !is_covered {
                finding.severity = check.of_coverage(snapshot.service(at), CoverageState::Nobody);
            }
            finding.evidence.push(Evidence::entities("Owner", [owner.into()]));
            add_apart(found, finding);
        }
    }
}
