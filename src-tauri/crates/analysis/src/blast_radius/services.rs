//! Services that have other owners.

use headroom_model::{Owner, Service, ServiceId, Snapshot};

use super::less;

/// A service that is there in both plans, with other accountable owners.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerShift {
    pub service: ServiceId,
    /// Owners that it loses.
    pub from: Vec<Owner>,
    /// Owners that it gains.
    pub to: Vec<Owner>,
}

pub(super) fn shifts(before: &Snapshot, after: &Snapshot) -> Vec<OwnerShift> {
    let plan = after.plan();
    let of = |service: &Service| {
        let (was, is) = (before.service_ix(service.id)?, after.service_ix(service.id)?);
        let (had, has) = (before.owners(was), after.owners(is));
        let (from, to) = (less(had, has), less(has, had));
        let is_shifted = !from.is_empty() || !to.is_empty();
        is_shifted.then_some(OwnerShift { service: service.id, from, to })
    };
    let mut found: Vec<OwnerShift> = plan.services.iter().filter_map(of).collect();
    found.sort_by_cached_key(|shift| plan.place_of(shift.service));
    found
}
