//! Bets past the day on which they were to be decided.

use headroom_model::{
    Bet, BetDecision, Draft, EntityRef, Objective,
    wording::{capitalized, count_of, date},
};

use super::support::gates::KILL_CRITERIA;
use crate::{
    Context,
    bets::{BetStanding, bet_on},
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Remedy, Rule, Severity},
    gates::{condition_of, objective_words},
};

pub static RULE: Rule = Rule {
    id: "bet-past-its-day",
    title: "Bet past its day",
    severity: Severity::High,
    why: "The day was set while nobody had anything to lose by it. A bet that is not decided goes on costing people and \
          money, whether it works or not.",
    fix: "Decide it: scale, stop or change, and say why.",
    source: KILL_CRITERIA,
    depends_on_date: true,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(remedies) };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    // On a future date, nobody can have decided it later than today.
    let (plan, day) = (check.context.snapshot.plan(), check.context.asked_on);
    for bet in plan.bets.iter().filter(|bet| bet.decide_by.is_some_and(|by| by < day)) {
        let (Some(by), Some(reading)) = (bet.decide_by, bet_on(plan, bet.id, day)) else { continue };
        if reading.standing != BetStanding::Overdue {
            continue;
        }
        let over = count_of(usize::try_from(reading.days_over).unwrap_or_default(), "day");
        let message = format!("Bet “{}” was to be decided by {}, {over} ago", bet.name, date(by));
        let mut finding = Finding::of_bet(check, bet, message);
        for (id, reading) in &reading.objectives {
            let Some(row) = plan.get::<Objective>(*id) else { continue };
            finding = finding
                .with(Evidence::words("Criterion", condition_of(plan, row)))
                .with(Evidence::words("On that day", objective_words(plan, *id, reading)));
        }
        found.push(finding);
    }
}

/// Each decision, as of the day asked.
fn remedies(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let (plan, day) = (context.snapshot.plan(), context.asked_on);
    let Some(bet) = plan.bets.iter().find(|bet| EntityRef::from(bet.id) == finding.subject) else {
        return Vec::new();
    };
    let decide = |decision: BetDecision| {
        let mut draft = Draft::new(plan);
        draft.put(Bet { decided: Some(day), decision: Some(decision), ..bet.clone() });
        Remedy::new(format!("{} it", capitalized(decision.word())), draft.finish())
    };
    BetDecision::ALL.into_iter().map(decide).collect()
}
