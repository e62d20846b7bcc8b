//! Gates that are met since an exchange rate moved.

use headroom_model::{Objective, Position};

use super::support::gates;
use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Source},
    gates::{AtFormerRates, Gate, GateState, ObjectiveState, at_former_rates, condition_of},
    metrics::{Figures, period_name, value_words},
};

pub static RULE: Rule = Rule {
    id: "opened-by-exchange-rate",
    title: "Gate opened by an exchange rate",
    severity: Severity::Low,
    why: "What the position waits for is met in its own currency, and would not be at the rate of the period before it was. \
          The business did not get better: the rate moved, and may move back.",
    fix: "Look at the figures in their own currency, and ask for them in that.",
    source: Source {
        text: "Constant currency: results without the effect of exchange rates, Kantox glossary",
        url: "https://www.kantox.com/en/glossary/constant-currency-measuresreporting/",
    },
    depends_on_date: true,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let (plan, day) = (check.context.snapshot.plan(), check.context.asked_on);
    if plan.exchange_rates.is_empty() {
        return;
    }
    // A gate that was opened by hand is not opened by figures.
    let is_met = |(position, gate): &(&Position, Gate)| {
        gate.state == GateState::Met && position.waived_on.is_none_or(|waived| waived > day)
    };
    let figures = Figures::new(plan);
    for (position, gate) in gates::waiting(check).into_iter().filter(is_met) {
        let met = gate.objectives.iter().filter(|(_, reading)| reading.state == ObjectiveState::Met);
        let met: Vec<&Objective> = met.filter_map(|(id, _)| plan.get::<Objective>(*id)).collect();
        let former = met.iter().map(|row| Some((*row, at_former_rates(&figures, row, day)?)));
        let former: Vec<_> = former.flatten().collect();
        // Where one is enough, one that is met anyway opens the gate.
        let is_opened = if position.waits_any { former.len() == met.len() } else { !former.is_empty() };
        if former.is_empty() || !is_opened {
            continue;
        }
        let message =
            format!("{} may be hired for, and might not at the exchange rates of before", position.name());
        let finding = Finding::of_position(check, position, message);
        let evidence = former.iter().map(|(row, at)| Evidence::words("Exchange rate", words(check, row, at)));
        let finding = evidence.fold(finding, Finding::with);
        found.push(gates::evidence(check, &gate).into_iter().fold(finding, Finding::with));
    }
}

/// `MRR ≥ 100 000 EUR: Mar 2026 104 500 EUR, at the rates of 28 Feb 2026 88 000 EUR`.
fn words(check: &RuleContext<'_>, row: &Objective, at: &AtFormerRates) -> String {
    let plan = check.context.snapshot.plan();
    let value = |value| value_words(plan.get(row.metric), row.value.currency, value);
    format!(
        "{}: {} {}, at the rates of {} {}",
        condition_of(plan, row),
        period_name(at.period),
        value(&at.value),
        super::support::positions::date(at.rates_of),
        value(&at.former)
    )
}
