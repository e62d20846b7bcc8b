//! Serious incidents that nobody has looked back at.

use chrono::NaiveDate;
use headroom_model::{Incident, wording};

use super::support::incidents::{SHARE_PERCENT, day_of_end, share_of_budget};
use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Source, Threshold},
    schedule::Calendar,
};

pub static RULE: Rule = Rule {
    id: "incident-without-review",
    title: "Incident without a review",
    severity: Severity::Medium,
    why: "What nobody looks back at happens again: the team that repaired it knows what it would take, and forgets.",
    fix: "Write the review from the template on the page of the incident, without blame, and say what is to be done.",
    source: Source {
        text: "Site Reliability Workbook, example error budget policy; Atlassian incident handbook, “Postmortems”",
        url: "https://sre.google/workbook/error-budget-policy/",
    },
    depends_on_date: true,
    thresholds: &[
        Threshold {
            name: "severity",
            default: 2,
            meaning: "Least severe incident that needs a review (1–4)",
            source: "Atlassian incident handbook: severity 1 and 2",
        },
        Threshold {
            name: "working-days",
            default: 10,
            meaning: "Working days after the repair by which it is written",
            source: "Headroom default: two weeks, while people remember",
        },
        SHARE_PERCENT,
    ],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let (snapshot, day) = (check.context.snapshot, check.context.asked_on);
    let plan = snapshot.plan();
    if plan.incidents.is_empty() {
        return;
    }
    let calendar = Calendar::new(plan);
    for incident in plan.in_order::<Incident>() {
        let Some(ended) = day_of_end(incident).filter(|ended| *ended < day) else { continue };
        if incident.is_reviewed(day) {
            continue;
        }
        let share = share_of_budget(check, incident);
        let is_severe = incident.severity.is_some_and(|own| u32::from(own) <= check.threshold("severity"));
        let is_costly = share.is_some_and(|share| share >= check.threshold("percent"));
        if !(is_severe || is_costly) {
            continue;
        }
        let due = working_days_after(&calendar, ended, check.threshold("working-days"));
        if due >= day {
            continue;
        }
        let message = format!("“{}” of {} has no review", incident.title, wording::date(ended));
        let mut finding = Finding::of_incident(check, incident, message);
        if let Some(share) = share {
            finding = finding.with(Evidence::words("Of a 28-day error budget", format!("{share}%")));
        }
        found.push(finding.with(Evidence::words("Review due", wording::date(due).to_string())));
    }
}

fn working_days_after(calendar: &Calendar, day: NaiveDate, count: u32) -> NaiveDate {
    let mut due = day;
    for _ in 0..count {
        let Some(next) = due.succ_opt() else { break };
        due = calendar.on_or_after(next, "");
    }
    due
}
