//! What is paid for and does nothing for anybody, as far as the plan knows.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_model::{Plan, Service, ServiceId};
use num_traits::{Signed, Zero};

use super::{CloudCosts, CostBasis, last_of_month};
use crate::metrics::ExactValue;

/// Why a service is waste.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WasteReason {
    /// It was retired before the month.
    Retired,
    /// Nothing depends on it, and it depends on something: it may be a front end, or forgotten.
    NoDependents,
}

impl WasteReason {
    pub const fn word(self) -> &'static str {
        match self {
            WasteReason::Retired => "retired",
            WasteReason::NoDependents => "no-dependents",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waste {
    pub service: ServiceId,
    pub reason: WasteReason,
    /// Its last day, if it is retired.
    pub ended: Option<NaiveDate>,
    pub amount: ExactValue,
}

/// Services that cost something in a month and are retired, or that nothing depends on and nobody sells: those without
/// dependents that have a cost share are there for customers. The most expensive first.
pub fn waste(costs: &CloudCosts, plan: &Arc<Plan>, month: NaiveDate, basis: CostBasis) -> Vec<Waste> {
    let last = last_of_month(month);
    let snapshot = plan.as_of(last);
    let is_sold = |service: ServiceId| plan.cost_shares.iter().any(|share| share.service == service);
    let mut found: Vec<Waste> = Vec::new();
    for (service, amount) in costs.by_service(month, basis) {
        let Some(row) = plan.get::<Service>(service).filter(|_| !amount.is_zero() && !amount.is_negative())
        else {
            continue;
        };
        let ended = row.until.filter(|until| *until < month);
        let has_dependents = snapshot.service_ix(service).is_none_or(|at| !snapshot.needed_by(at).is_empty());
        let reason = match ended {
            Some(_) => WasteReason::Retired,
            None if has_dependents || row.standalone || is_sold(service) => continue,
            None => WasteReason::NoDependents,
        };
        found.push(Waste { service, reason, ended, amount });
    }
    found.sort_by_cached_key(|waste| {
        (waste.reason, std::cmp::Reverse(waste.amount.clone()), plan.name_of(waste.service.into()))
    });
    found
}
