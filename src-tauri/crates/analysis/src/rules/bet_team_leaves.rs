//! Bets whose team ends, or has too few people left, before they are decided.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use headroom_model::{
    Bet, Entity as _, EntityRef, Membership, Person, PersonId, Plan, Team, TeamId, wording::date,
};

use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Source, Threshold},
};

pub static RULE: Rule = Rule {
    id: "bet-team-leaves",
    title: "Team leaves before the bet is decided",
    severity: Severity::Medium,
    why: "Who tries something is who can tell why it worked or did not. A bet whose team has gone is decided by those who \
          have not seen it.",
    fix: "Decide it before they leave, give it to another team, or keep the team until then.",
    source: Source {
        text: "A. Duke, Quit (2022): kill criteria, a state and a date set in advance",
        url: "https://www.annieduke.com/books/",
    },
    depends_on_date: true,
    thresholds: &[Threshold {
        name: "people",
        default: 2,
        meaning: "People that a bet’s team needs until it is decided",
        source: "Headroom default: one person alone has nobody to decide with",
    }],
};

/// Without a remedy: which of the three is right is for those to say who lead the team.
pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let (plan, day) = (check.context.snapshot.plan(), check.context.asked_on);
    let least = check.threshold("people") as usize;
    for bet in plan.bets.iter().filter(|bet| !bet.is_decided(day)) {
        let Some((team, by)) = bet.team.and_then(|id| plan.get::<Team>(id)).zip(bet.decide_by) else {
            continue;
        };
        if by >= day {
            found.extend(finding(check, bet, (team, day, by), least));
        }
    }
}

fn finding(
    check: &RuleContext<'_>,
    bet: &Bet,
    (team, day, by): (&Team, NaiveDate, NaiveDate),
    least: usize,
) -> Option<Finding> {
    let plan = check.context.snapshot.plan();
    if let Some(until) = team.date_range().until.filter(|until| *until < by) {
        let message = format!(
            "{} ends on {}, before bet “{}” is decided by {}",
            team.name,
            date(until),
            bet.name,
            date(by)
        );
        return Some(Finding::of_bet(check, bet, message).with(Evidence::entities("Team", [team.id.into()])));
    }
    let (now, then) = (people_on(plan, team.id, day), people_on(plan, team.id, by));
    let gone: Vec<EntityRef> = now.difference(&then).map(|id| EntityRef::from(PersonId::from(*id))).collect();
    if then.len() >= least || gone.is_empty() {
        return None;
    }
    let left = match then.len() {
        0 => "nobody".to_owned(),
        count => headroom_model::wording::count_of(count, "person"),
    };
    let message = format!("{} has {left} left when bet “{}” is decided by {}", team.name, bet.name, date(by));
    Some(Finding::of_bet(check, bet, message).with(Evidence::entities("Leave before", gone)))
}

/// Those who are on a team on a day and still there.
fn people_on(plan: &Plan, team: TeamId, day: NaiveDate) -> BTreeSet<u64> {
    let is_there = |row: &&Membership| {
        let person = plan.get::<Person>(row.person);
        row.team == team
            && row.date_range().contains(day)
            && person.is_some_and(|person| !person.unconfirmed && person.date_range().contains(day))
    };
    plan.memberships.iter().filter(is_there).map(|row| row.person.into()).collect()
}
