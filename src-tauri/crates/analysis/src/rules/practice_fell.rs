//! Practices whose level or score has fallen.

use headroom_model::{PracticeScale, wording::date};

use super::support::practices::{self, PRODUCTION_READINESS};
use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Threshold},
    metrics::ExactValue,
};

pub static RULE: Rule = Rule {
    id: "practice-fell",
    title: "Practice has fallen",
    severity: Severity::Medium,
    why: "It was better when somebody looked before: something was lost, or the tool that measures it has changed.",
    fix: "Look at what changed between the two days.",
    source: PRODUCTION_READINESS,
    depends_on_date: true,
    thresholds: &[
        Threshold { name: "levels", default: 1, meaning: "Levels lost", source: "Headroom default: any" },
        Threshold {
            name: "tenths",
            default: 5,
            meaning: "Tenths of a point of a score lost",
            source: "Headroom default: of 50 repositories of Node.js 11 lost that much",
        },
        Threshold {
            name: "days",
            default: 180,
            meaning: "Days after which it is not news any more",
            source: "Headroom default: as for levels that are stale",
        },
    ],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(practices::action) };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let days = i64::from(check.threshold("days"));
    for (row, cell) in practices::cells(check) {
        let is_news = practices::age_days(check, cell).is_some_and(|age| age <= days);
        let (Some(metric), Some(change), true) =
            (practices::metric(check, cell), cell.reading.change(), is_news)
        else {
            continue;
        };
        let lost = match metric.practice_scale() {
            Some(PracticeScale::Score) => ExactValue::new(check.threshold("tenths").into(), 10.into()),
            _ => ExactValue::from_integer(check.threshold("levels").into()),
        };
        let (Some(value), Some((before, on)), Some(now)) =
            (cell.reading.value(), cell.reading.before, cell.reading.on)
        else {
            continue;
        };
        if change > -lost {
            continue;
        }
        let name = practices::name_of(check, row.subject);
        let message = format!("{} of {name} fell from {before} to {value}", metric.name());
        let Some(finding) = practices::finding(check, row.subject, message) else { continue };
        let between = format!("{before} on {}, {value} on {}", date(on), date(now));
        let finding = finding.about(&metric.key).with(Evidence::words("Both values", between));
        found.push(practices::looked_at(check, cell).into_iter().fold(finding, Finding::with));
    }
}
