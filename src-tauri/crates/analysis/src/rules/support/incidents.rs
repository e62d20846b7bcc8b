//! What the rules about incidents and actions share.

use chrono::NaiveDate;
use headroom_model::{Incident, MINUTES_A_DAY, Service, ServiceId};

use crate::{
    check::RuleContext,
    finding::Threshold,
    incidents::{ActionStatus, IncidentTimes},
};

pub const SHARE_PERCENT: Threshold = Threshold {
    name: "percent",
    default: 20,
    meaning: "Share of a 28-day error budget that one incident may spend without a review (%)",
    source: "Site Reliability Workbook, example error budget policy",
};

/// Days over which an error budget is counted to see how much of it an incident spent.
const BUDGET_DAYS: u64 = 28;

/// The actions of the day.
pub fn statuses<'c>(check: &'c RuleContext<'_>) -> &'c [ActionStatus] {
    check.shared.actions(check.context)
}

pub fn is_important(check: &RuleContext<'_>, service: Option<ServiceId>) -> bool {
    let service = service.and_then(|service| check.context.snapshot.plan().get::<Service>(service));
    service.is_some_and(|service| service.tier.is_some_and(|tier| tier <= 2))
}

/// The day on which it was repaired, or else resolved.
pub fn day_of_end(incident: &Incident) -> Option<NaiveDate> {
    incident.repaired.or(incident.resolved).map(headroom_model::IncidentTime::day)
}

/// How much of the error budget of 28 days it spent, of the strictest SLO of its services, in percent.
pub fn share_of_budget(check: &RuleContext<'_>, incident: &Incident) -> Option<u32> {
    let minutes =
        incident.minutes_down.or_else(|| IncidentTimes::of(incident).repair.by_clock.map(u64::from))?;
    let plan = check.context.snapshot.plan();
    let slos = incident.services.iter().filter_map(|service| plan.get::<Service>(*service)?.objective);
    let shares = slos.filter_map(|slo| {
        let budget = u64::from(1_000_000_u32.checked_sub(slo.millionths())?) * BUDGET_DAYS * MINUTES_A_DAY;
        let percent = minutes.checked_mul(100_000_000)?.checked_div(budget)?;
        Some(u32::try_from(percent).unwrap_or(u32::MAX))
    });
    shares.max()
}
