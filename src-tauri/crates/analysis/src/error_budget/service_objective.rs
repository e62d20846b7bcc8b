//! SLOs: which objectives say what share of time or requests of a service is to be good.

use chrono::NaiveDate;
use headroom_model::{
    ComparisonOperator, Entity, Metric, Objective, ObjectiveId, ObjectiveWindow, Plan, Service, ServiceId,
    built_in_metric::AVAILABILITY,
};
use num_bigint::BigInt;
use num_traits::{One, Zero};
use rustc_hash::FxHashSet;

use crate::metrics::{ExactValue, exact};

/// A share that is to be good of a service over a window.
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceObjective {
    pub service: ServiceId,
    /// None: the SLO that is a field of the service.
    pub id: Option<ObjectiveId>,
    /// From 0 to 1.
    pub target: ExactValue,
    pub window: ObjectiveWindow,
    /// Nobody has said the window.
    pub is_window_assumed: bool,
    /// How the budget is counted, in the words of a file.
    pub method: String,
    /// Whether minutes of downtime spend its budget.
    pub is_availability: bool,
}

impl ServiceObjective {
    /// The share that may fail.
    pub fn allowed(&self) -> ExactValue {
        ExactValue::one() - &self.target
    }
}

/// The format of SLO files: what comes from them is an SLO, even if it says neither window nor method.
const SLO_FILES: &str = "slo";

/// The SLOs that hold on a day, by service and key.
pub fn service_objectives(plan: &Plan, day: NaiveDate, only: Option<ServiceId>) -> Vec<ServiceObjective> {
    let is_asked = |service: ServiceId| only.is_none_or(|only| only == service);
    let rows = plan.in_order::<Objective>().into_iter().filter(|row| row.date_range().contains(day));
    let mut found: Vec<ServiceObjective> = rows.filter_map(|row| slo_of(plan, row)).collect();
    let covered: FxHashSet<ServiceId> =
        found.iter().filter(|slo| slo.is_availability).map(|slo| slo.service).collect();
    let services = plan.services.iter().filter(|row| !covered.contains(&row.id));
    found.extend(services.filter_map(of_service));
    let exists = |service| plan.get::<Service>(service).is_some_and(|row| row.date_range().contains(day));
    found.retain(|slo| is_asked(slo.service) && exists(slo.service));
    found.sort_by_key(|slo| plan.place_of(slo.service));
    found
}

/// Whether it says what share of a service is to be good.
pub(crate) fn is_slo(plan: &Plan, row: &Objective) -> bool {
    slo_of(plan, row).is_some()
}

fn slo_of(plan: &Plan, row: &Objective) -> Option<ServiceObjective> {
    let (service, metric) = (row.service?, plan.get::<Metric>(row.metric)?);
    let is_availability = metric.key.eq_ignore_ascii_case(AVAILABILITY);
    let is_slo = row.window.is_some()
        || is_availability
        || !row.method.is_empty()
        || row.source.as_deref() == Some(SLO_FILES);
    let is_floor = matches!(row.op, ComparisonOperator::AtLeast | ComparisonOperator::More);
    let target = exact(row.value.number);
    let is_share =
        row.value.currency.is_none() && target >= ExactValue::zero() && target <= ExactValue::one();
    (is_slo && is_floor && is_share).then(|| ServiceObjective {
        service,
        id: Some(row.id),
        target,
        window: row.window.unwrap_or(ObjectiveWindow::DEFAULT),
        is_window_assumed: row.window.is_none(),
        method: row.method.clone(),
        is_availability,
    })
}

fn of_service(row: &Service) -> Option<ServiceObjective> {
    let slo = row.objective?;
    Some(ServiceObjective {
        service: row.id,
        id: None,
        target: ExactValue::new(slo.millionths().into(), BigInt::from(1_000_000)),
        window: ObjectiveWindow::DEFAULT,
        is_window_assumed: true,
        method: String::new(),
        is_availability: true,
    })
}
