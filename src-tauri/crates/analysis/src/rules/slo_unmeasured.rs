//! SLOs of which nothing has been measured for a long time.

use chrono::Days;
use headroom_model::MINUTES_A_DAY;

use super::support::error_budgets;
use crate::{
    check::{RuleCheck, RuleContext},
    error_budget::NoBudgetReading,
    finding::{Finding, Rule, Severity, Source, Threshold},
};

pub static RULE: Rule = Rule {
    id: "slo-unmeasured",
    title: "SLO is not measured",
    severity: Severity::Medium,
    why: "Nobody can say whether it is kept: no figure of downtime has come for two windows.",
    fix: "Import the figures, or remove the objective.",
    source: Source {
        text: "Site Reliability Workbook, Implementing SLOs: an SLO needs an indicator that is measured",
        url: "https://sre.google/workbook/implementing-slos/",
    },
    depends_on_date: true,
    thresholds: &[Threshold {
        name: "windows",
        default: 2,
        meaning: "Windows without a figure",
        source: "Headroom default: one may be late",
    }],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

/// Only of objectives: an SLO that is a field of a service is a wish until someone measures it.
fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let (snapshot, day) = (check.context.snapshot, check.context.asked_on);
    let windows = u64::from(check.threshold("windows"));
    let downtime = check.shared.downtime(snapshot.plan(), day);
    for budget in check.shared.budgets(snapshot.plan(), day) {
        let (Some(objective), Some(at)) = (budget.slo.id, snapshot.service_ix(budget.slo.service)) else {
            continue;
        };
        if budget.reading != Err(NoBudgetReading::NoFigures) {
            continue;
        }
        let days = windows * budget.slo.window.minutes() / MINUTES_A_DAY;
        let first = day.checked_sub_days(Days::new(days.saturating_sub(1))).unwrap_or(day);
        let measured = downtime.of(budget.slo.service).map_or(0, |minutes| minutes.within(first, day).days);
        if measured > 0 {
            continue;
        }
        let service = &snapshot.service(at).name;
        let message =
            format!("{service} has an SLO of {}, and nothing measures it", error_budgets::asked(budget));
        found.push(Finding::of_service(check, at, message).about(snapshot.plan().key_of(objective.into())));
    }
}
