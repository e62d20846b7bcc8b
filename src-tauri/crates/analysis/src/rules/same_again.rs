//! Services that fail again and again.

use chrono::Days;
use headroom_model::{ActionState, EntityRef, Incident};

use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Source, Threshold},
    incidents::incidents_until,
};

pub static RULE: Rule = Rule {
    id: "same-again",
    title: "The same service again",
    severity: Severity::High,
    why: "Several incidents within weeks have one cause, or one that is not known. What was to be done after the first has \
          not helped, or was not done.",
    fix: "Look at what the incidents have in common before the next change, and finish the actions of the earlier ones.",
    source: Source {
        text: "Site Reliability Engineering, “Postmortem Culture”: recurring incidents",
        url: "https://sre.google/sre-book/postmortem-culture/",
    },
    depends_on_date: true,
    thresholds: &[
        Threshold {
            name: "incidents",
            default: 3,
            meaning: "Incidents of one service",
            source: "Headroom default, as no figure is published",
        },
        Threshold {
            name: "days",
            default: 30,
            meaning: "Within how many days",
            source: "Headroom default, as no figure is published",
        },
    ],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let (snapshot, day) = (check.context.snapshot, check.context.asked_on);
    let plan = snapshot.plan();
    let Some(first) = day.checked_sub_days(Days::new(check.threshold("days").into())) else { return };
    let mut recent: Vec<&Incident> = incidents_until(plan, day);
    recent.retain(|incident| incident.day().is_some_and(|began| began > first));
    for at in 0..snapshot.service_count() {
        let service = snapshot.service(at);
        let own: Vec<&Incident> =
            recent.iter().copied().filter(|incident| incident.services.contains(&service.id)).collect();
        if own.len() < check.threshold("incidents") as usize {
            continue;
        }
        let message =
            format!("{} had {} incidents in {} days", service.name, own.len(), check.threshold("days"));
        let open = plan.actions.iter().filter(|action| {
            action.state_on(day) == Some(ActionState::Open)
                && action.incident.is_some_and(|of| own.iter().any(|incident| incident.id == of))
        });
        let mut actions: Vec<EntityRef> = open.map(|action| action.id.into()).collect();
        actions.sort_by_cached_key(|action| plan.place_of(*action));
        let mut finding = Finding::of_service(check, at, message)
            .with(Evidence::entities("Incidents", own.iter().map(|incident| incident.id.into())));
        if !actions.is_empty() {
            finding = finding.with(Evidence::entities("Actions still open", actions));
        }
        found.push(finding);
    }
}
