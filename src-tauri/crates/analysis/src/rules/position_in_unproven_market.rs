//! Hires for a market of which nobody knows whether it pays.

use std::collections::BTreeSet;

use headroom_model::{Bet, Position, Status, Team};

use super::support::{
    positions,
    unit_economics::{MONTHS, SAAS_METRICS},
};
use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity},
    gates::{ObjectiveState, words_of},
    markets::payback_of,
    metrics::{Figures, SeriesScope},
};

pub static RULE: Rule = Rule {
    id: "position-in-unproven-market",
    title: "Hire for a market that is not proven",
    severity: Severity::Medium,
    why: "The team bets on a market whose payback is not known or too long. A hire outlasts the bet: if the market does \
          not work, the person is there.",
    fix: "Let the position wait for payback in the market, or put it on hold until the bet is decided.",
    source: SAAS_METRICS,
    depends_on_date: true,
    thresholds: &[MONTHS],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(positions::close_or_hold) };

/// Of teams with an undecided bet on a market, and of those whose customers are named like such a market. A hire that
/// waits for figures is left to its gate.
fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let (plan, day) = (check.context.snapshot.plan(), check.context.asked_on);
    let open: Vec<&Bet> =
        plan.bets.iter().filter(|bet| !bet.market.is_empty() && bet.is_running(day)).collect();
    if open.is_empty() {
        return;
    }
    let figures = Figures::new(plan);
    for coming in positions::coming_hires(check) {
        let position = coming.position;
        let is_decided = !matches!(position.status, Status::Planned | Status::Approved);
        if is_decided || !position.waits_for.is_empty() {
            continue;
        }
        let bets: Vec<&Bet> = open.iter().copied().filter(|bet| is_for(check, position, bet)).collect();
        let markets: BTreeSet<&str> = bets.iter().map(|bet| bet.market.as_str()).collect();
        for market in markets {
            let Some(stands) = unproven(check, &figures, market) else { continue };
            let message = format!("{} is planned while {market} is not proven", position.name());
            let bets = bets.iter().filter(|bet| bet.market == market).map(|bet| bet.id.into());
            let finding = Finding::of_position(check, position, message).about(market);
            found.push(
                finding.with(Evidence::words("Payback", stands)).with(Evidence::entities("Bets", bets)),
            );
        }
    }
}

fn is_for(check: &RuleContext<'_>, position: &Position, bet: &Bet) -> bool {
    let Some(team) = position.team else { return false };
    let serves = check.context.snapshot.plan().get::<Team>(team).is_some_and(|team| team.serves(&bet.market));
    bet.team == Some(team) || serves
}

/// How payback of a market stands, if it is not known to be short enough.
fn unproven(check: &RuleContext<'_>, figures: &Figures<'_>, market: &str) -> Option<String> {
    let scope = SeriesScope { market: market.to_owned(), ..SeriesScope::default() };
    let stands = payback_of(figures, &scope, check.threshold(MONTHS.name), check.context.asked_on);
    let Some((objective, reading)) = stands else {
        return Some("nobody measures payback".to_owned());
    };
    let plan = check.context.snapshot.plan();
    (reading.state != ObjectiveState::Met).then(|| words_of(plan, &objective, &reading))
}
