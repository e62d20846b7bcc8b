//! Practices below the level that is required.

use super::support::practices::{self, PRODUCTION_READINESS};
use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity},
    practices::PracticeState,
};

pub static RULE: Rule = Rule {
    id: "practice-below-tier",
    title: "Practice below what is required",
    severity: Severity::Medium,
    why: "What is required of its tier, or of it alone, is not reached: it is not ready for what depends on it. The \
          requirements are objectives of the plan.",
    fix: "Give its owner an action with a day, plan a hire for it, or change the objective.",
    source: PRODUCTION_READINESS,
    depends_on_date: true,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(practices::action) };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    for (row, cell) in practices::cells(check).filter(|(_, cell)| cell.state == PracticeState::Below) {
        let (Some(metric), Some(value), Some(required)) =
            (practices::metric(check, cell), cell.reading.value(), &cell.required)
        else {
            continue;
        };
        let name = practices::name_of(check, row.subject);
        let whose = row.tier.map_or_else(String::new, |tier| format!(" of tier {tier}"));
        let message = format!("{name}{whose} has {} at {value}, and needs {}", metric.name(), required.value);
        let Some(finding) = practices::finding(check, row.subject, message) else { continue };
        let finding = finding
            .about(&metric.key)
            .with(Evidence::words("Has", practices::level_words(metric, value)))
            .with(Evidence::words("Needs", practices::level_words(metric, required.value)))
            .with(Evidence::entities("Required by", [required.objective.into()]));
        found.push(practices::looked_at(check, cell).into_iter().fold(finding, Finding::with));
    }
}
