//! Gates that are held because a figure is missing.

use headroom_model::wording;

use super::support::gates;
use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Finding, Rule, Severity, Source},
    gates::{
        GateState, NothingToRead, ObjectiveReading, PeriodReading, PeriodVerdict, condition, period_words,
    },
    metrics::{MissingReason, period_name},
};

pub static RULE: Rule = Rule {
    id: "signal-missing",
    title: "Figure missing for a gate",
    severity: Severity::Medium,
    why: "A position waits for figures that are due and have not come. Missing is neither zero nor a pass: the gate stays \
          closed until they are there.",
    fix: "Import or type the figure.",
    source: Source {
        text: "Alarms treat missing data as missing, not as good: Amazon CloudWatch, Configuring how alarms treat missing data",
        url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html",
    },
    depends_on_date: true,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

/// Whether there could be a figure. Nobody has to bring one of a rota that no team needs, or one that is kept back.
fn is_to_come(period: &PeriodReading) -> bool {
    let is_none = matches!(
        period.value,
        Err(MissingReason::NoRota | MissingReason::Hidden | MissingReason::NotApplicable)
    );
    period.verdict == PeriodVerdict::Unknown && !is_none
}

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let plan = check.context.snapshot.plan();
    for (position, gate) in
        gates::waiting(check).into_iter().filter(|(_, gate)| gate.state == GateState::Unknown)
    {
        let missing = |(id, reading): &(_, ObjectiveReading)| {
            let newest = reading.periods.iter().find(|period| is_to_come(period));
            match (reading.nothing, newest) {
                (Some(NothingToRead::NoFigures), _) => Some(format!("{}: no figures", condition(plan, *id))),
                (_, Some(period)) => {
                    let (name, words) = (period_name(period.period), period_words(plan, *id, period));
                    Some(format!("{}: {name}, {words}", condition(plan, *id)))
                }
                _ => None,
            }
        };
        let missing: Vec<String> = gate.objectives.iter().filter_map(missing).collect();
        if missing.is_empty() {
            continue;
        }
        let message = format!("{} waits for a figure: {}", position.name(), wording::listed(&missing));
        let finding = Finding::of_position(check, position, message);
        found.push(gates::evidence(check, &gate).into_iter().fold(finding, Finding::with));
    }
}
