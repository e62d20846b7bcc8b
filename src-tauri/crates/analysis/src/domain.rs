//! What belongs to a domain: its systems and the domains in it, their services, and the teams that own those.

use headroom_model::{
    EntityRef, Grouping, GroupingId, GroupingKind, Kind, Owner, ServiceId, Snapshot, TeamId,
};
use rustc_hash::FxHashSet;

use crate::map::Inside;

/// A domain on a day.
#[derive(Debug, Clone, Default)]
pub struct Domain {
    pub services: FxHashSet<ServiceId>,
    /// The services that nobody is accountable for.
    pub unowned: FxHashSet<ServiceId>,
    /// The systems of the domain and of the domains in it.
    pub systems: FxHashSet<GroupingId>,
    /// The domain itself and those in it.
    pub domains: FxHashSet<GroupingId>,
    /// The teams that are accountable for a service of it, without those above and below them.
    pub teams: FxHashSet<TeamId>,
}

impl Domain {
    pub fn new(snapshot: &Snapshot, domain: GroupingId) -> Self {
        let mut found = Self::default();
        for at in Inside::Grouping(domain).services(snapshot) {
            let (service, owners) = (snapshot.service(at).id, snapshot.owners(at));
            found.services.insert(service);
            if owners.is_empty() {
                found.unowned.insert(service);
            }
            found.teams.extend(owners.iter().filter_map(|owner| match owner {
                Owner::Team(team) => Some(*team),
                Owner::Person(_) => None,
            }));
        }
        for row in snapshot.plan().groupings.iter().filter(|row| is_there(snapshot, row)) {
            if row.id != domain && !is_below(snapshot, row, domain) {
                continue;
            }
            match row.kind {
                GroupingKind::System => found.systems.insert(row.id),
                GroupingKind::Domain => found.domains.insert(row.id),
            };
        }
        found
    }

    /// Whether it is a service or system of the domain, a domain in it, or the domain itself.
    pub fn has(&self, subject: EntityRef) -> bool {
        match subject.kind {
            Kind::Service => self.services.contains(&subject.id.into()),
            Kind::Grouping => {
                let id = subject.id.into();
                self.systems.contains(&id) || self.domains.contains(&id)
            }
            _ => false,
        }
    }
}

fn is_there(snapshot: &Snapshot, row: &Grouping) -> bool {
    use headroom_model::Entity;
    row.date_range().contains(snapshot.day())
}

fn is_below(snapshot: &Snapshot, row: &Grouping, domain: GroupingId) -> bool {
    let groupings = &snapshot.plan().groupings;
    let mut above = row.parent;
    // Bounded, since a source may have given domains a cycle of parents.
    for _ in 0..=groupings.len() {
        match above {
            Some(id) if id == domain => return true,
            Some(id) => above = groupings.get(id).and_then(|row| row.parent),
            None => return false,
        }
    }
    false
}
