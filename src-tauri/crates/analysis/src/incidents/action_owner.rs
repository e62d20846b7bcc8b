//! Whose an action is on a day: the owner of its service then, or else its team.

use chrono::NaiveDate;
use headroom_model::{Action, Incident, Owner, Ownership, Plan, ServiceId};
use rustc_hash::FxHashMap;

/// Why the owner of an open action does not know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LostOwner {
    /// The service was handed over since the action was opened.
    HandedOver { before: Vec<Owner>, on: Option<NaiveDate> },
    /// The service has no owner, and no team has taken it.
    Nobody,
    /// The team or person does not exist any more, or is not there yet.
    Gone(Owner),
    /// The team has nobody.
    Empty(Owner),
}

/// Owners of services on any day.
#[derive(Debug)]
pub struct ActionOwners<'p> {
    plan: &'p Plan,
    /// The accountable ownerships of each service.
    rows: FxHashMap<ServiceId, Vec<&'p Ownership>>,
}

impl<'p> ActionOwners<'p> {
    pub fn new(plan: &'p Plan) -> Self {
        let mut rows: FxHashMap<ServiceId, Vec<&Ownership>> = FxHashMap::default();
        for row in plan.ownerships.iter().filter(|row| row.is_accountable()) {
            rows.entry(row.service).or_default().push(row);
        }
        Self { plan, rows }
    }

    /// The service that an action is about: its own, or the only one of its incident.
    pub fn service(&self, action: &Action) -> Option<ServiceId> {
        let of_incident = || {
            let incident = self.plan.get::<Incident>(action.incident?)?;
            if let [only] = incident.services.as_slice() { Some(*only) } else { None }
        };
        action.service.or_else(of_incident)
    }

    /// Whose an action is on a day: the owners of its service, or its team where there are none.
    pub fn owners(&self, action: &Action, day: NaiveDate) -> Vec<Owner> {
        let of_service =
            self.service(action).map(|service| self.of_service(service, day)).unwrap_or_default();
        if of_service.is_empty() { action.team.map(Owner::Team).into_iter().collect() } else { of_service }
    }

    /// The accountable owners of a service on a day, by name.
    pub fn of_service(&self, service: ServiceId, day: NaiveDate) -> Vec<Owner> {
        let rows = self.rows.get(&service).into_iter().flatten().filter(|row| holds(row, day));
        let mut owners: Vec<Owner> = rows.map(|row| row.owner).collect();
        owners.sort_by_cached_key(|owner| self.plan.place_of(*owner));
        owners.dedup();
        owners
    }

    /// The owners that knew of an action: the team that has taken it, or those on the day on which it was opened.
    pub fn known_to(&self, action: &Action) -> Vec<Owner> {
        if let Some(team) = action.team {
            return vec![Owner::Team(team)];
        }
        action.opened.map(|day| self.owners(action, day)).unwrap_or_default()
    }

    /// The first day of today's ownership, which the action came along with.
    fn handed_over_on(&self, action: &Action, owners: &[Owner], day: NaiveDate) -> Option<NaiveDate> {
        let rows = self.rows.get(&self.service(action)?)?;
        let current = rows.iter().filter(|row| holds(row, day) && owners.contains(&row.owner));
        current.filter_map(|row| row.from).min()
    }

    /// Whether the service of an open action changed hands since it was opened, without the new owner having taken it.
    pub fn handed_over(&self, action: &Action, day: NaiveDate) -> Option<LostOwner> {
        let owners = self.owners(action, day);
        let before = self.known_to(action);
        let is_known = before.is_empty() || owners.iter().any(|owner| before.contains(owner));
        (!owners.is_empty() && !is_known)
            .then(|| LostOwner::HandedOver { on: self.handed_over_on(action, &owners, day), before })
    }
}

fn holds(row: &Ownership, day: NaiveDate) -> bool {
    headroom_model::Entity::date_range(row).contains(day)
}
