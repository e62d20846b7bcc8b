//! Which services began, ended and changed owner.

use chrono::NaiveDate;
use headroom_model::{Owner, Ownership, Service, ServiceId, Snapshot};
use rustc_hash::FxHashMap;

use super::{Between, place_of, rows_of};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ServiceChangeKind {
    /// It has other accountable owners, more, or fewer.
    OwnerChanged,
    New,
    Retired,
}

/// A service that exists on one of the days only, or has other owners.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceChange {
    pub service: ServiceId,
    pub kind: ServiceChangeKind,
    /// Owners of the first day that it has no more; all of them if it is retired.
    pub from: Vec<Owner>,
    /// Owners of the second day that it did not have; all of them if it is new.
    pub to: Vec<Owner>,
    /// The first day of the service or of an owner; the last one if it is retired, or only loses an owner.
    pub day: Option<NaiveDate>,
}

pub(super) fn changes((before, after): (&Snapshot, &Snapshot), days: Between) -> Vec<ServiceChange> {
    let plan = after.plan();
    let mut ownerships: FxHashMap<ServiceId, Vec<&Ownership>> = FxHashMap::default();
    for row in plan.ownerships.iter().filter(|row| row.is_accountable()) {
        ownerships.entry(row.service).or_default().push(row);
    }
    let owners = |snapshot: &Snapshot, service: ServiceId| {
        snapshot.service_ix(service).map(|at| snapshot.owners(at).to_vec())
    };
    let less = |owners: &[Owner], other: &[Owner]| -> Vec<Owner> {
        owners.iter().filter(|owner| !other.contains(owner)).copied().collect()
    };
    let of = |service: &Service| {
        let (had, has) = (owners(before, service.id), owners(after, service.id));
        let (kind, from, to, day) = match (had, has) {
            (None, None) => return None,
            (None, Some(has)) => (ServiceChangeKind::New, Vec::new(), has, days.begun(service.from)),
            (Some(had), None) => (ServiceChangeKind::Retired, had, Vec::new(), days.ended(service.until)),
            (Some(had), Some(has)) => {
                let (from, to) = (less(&had, &has), less(&has, &had));
                if from.is_empty() && to.is_empty() {
                    return None;
                }
                let rows = |of: &[Owner]| {
                    let rows = ownerships.get(&service.id).map_or(&[][..], Vec::as_slice);
                    rows.iter().filter(|row| of.contains(&row.owner)).copied().collect::<Vec<&Ownership>>()
                };
                let gained = days.related(rows(&to).into_iter().map(|row| row.from), None);
                let lost = rows(&from).into_iter().filter_map(|row| days.ended(row.until)).max();
                (ServiceChangeKind::OwnerChanged, from, to, gained.or(lost))
            }
        };
        Some(ServiceChange { service: service.id, kind, from, to, day })
    };
    let mut found: Vec<ServiceChange> = rows_of(before.plan(), plan).filter_map(of).collect();
    found.sort_by_cached_key(|row| (row.kind, row.day, place_of((before, after), row.service)));
    found
}
