//! The services of a team, person, system or domain.

use headroom_model::{GroupingId, GroupingKind, Owner, PersonId, ServiceIx, Snapshot, TeamId, TeamIx};
use rustc_hash::FxHashSet;

/// Whose services a map shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Inside {
    /// Services that the team is accountable for, alone or with others.
    Team(TeamId),
    /// Services that the team, or a team below it, is accountable for.
    Branch(TeamId),
    Person(PersonId),
    /// The services of a system, or of a domain with its systems and the domains in it.
    Grouping(GroupingId),
}

impl Inside {
    /// Its services on the day, sorted.
    pub fn services(self, snapshot: &Snapshot) -> Vec<ServiceIx> {
        let owned_by = |owners: FxHashSet<Owner>| {
            let is_owned = |at: &ServiceIx| snapshot.owners(*at).iter().any(|owner| owners.contains(owner));
            (0..snapshot.service_count()).filter(is_owned).collect()
        };
        match self {
            Inside::Team(team) => owned_by([Owner::Team(team)].into_iter().collect()),
            Inside::Branch(team) => owned_by(branch(snapshot, team)),
            Inside::Person(person) => owned_by([Owner::Person(person)].into_iter().collect()),
            Inside::Grouping(grouping) => {
                (0..snapshot.service_count()).filter(|at| is_in(snapshot, *at, grouping)).collect()
            }
        }
    }
}

fn branch(snapshot: &Snapshot, top: TeamId) -> FxHashSet<Owner> {
    let mut owners: FxHashSet<Owner> = [Owner::Team(top)].into_iter().collect();
    let mut open: Vec<TeamIx> = snapshot.team_ix(top).into_iter().collect();
    while let Some(at) = open.pop() {
        owners.insert(Owner::Team(snapshot.team(at).id));
        open.extend(snapshot.children_of(at).iter().map(|child| *child as usize));
    }
    owners
}

fn is_in(snapshot: &Snapshot, at: ServiceIx, grouping: GroupingId) -> bool {
    snapshot.service(at).system == Some(grouping) || domains_of(snapshot, at).contains(&grouping)
}

/// The domains that a service belongs to, by itself or through its system, the nearest first.
pub fn domains_of(snapshot: &Snapshot, at: ServiceIx) -> Vec<GroupingId> {
    let (plan, service) = (snapshot.plan(), snapshot.service(at));
    let of_system = |system: GroupingId| plan.groupings.get(system).and_then(|row| row.parent);
    let mut above = service.domain.or_else(|| service.system.and_then(of_system));
    let mut found = Vec::new();
    while let Some(row) = above.and_then(|id| plan.groupings.get(id)) {
        // A source may have given domains a cycle of parents.
        if found.contains(&row.id) {
            break;
        }
        found.push(row.id);
        above = row.parent;
    }
    found.retain(|id| plan.groupings.get(*id).is_some_and(|row| row.kind == GroupingKind::Domain));
    found
}
