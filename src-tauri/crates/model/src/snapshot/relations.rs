//! Indexes of what relates services, teams and people: dependencies, ownerships and memberships.

use super::{Snapshot, places};
use crate::{
    csr::Csr,
    entity::{Entity, Owner},
    kind::Kind,
};

/// From how many rows on two threads index them: starting one takes as long as indexing a few hundred.
const MANY: usize = 10_000;

/// Dependencies on the day, by service.
#[derive(Debug, Clone, Default)]
pub(super) struct DependencyIndex {
    pub rows: Csr,
    /// Without broken ones and those on the service itself.
    pub needs: Csr,
    pub needed_by: Csr,
    pub dangling: Vec<u32>,
    pub on_itself: Vec<u32>,
}

/// Ownerships on the day.
#[derive(Debug, Clone, Default)]
pub(super) struct OwnershipIndex {
    /// By service.
    pub rows: Csr,
    pub accountable: Csr<Owner>,
    pub of_team: Csr,
    pub of_person: Csr,
}

/// Memberships on the day.
#[derive(Debug, Clone, Default)]
pub(super) struct MembershipIndex {
    /// Without those of unconfirmed people.
    pub of_team: Csr,
    pub of_person: Csr,
}

impl Snapshot {
    pub(super) fn index_relations(&mut self) {
        let (dependencies, (ownerships, memberships)) =
            self.both(|| self.dependency_index(), || (self.ownership_index(), self.membership_index()));
        (self.dependencies, self.ownerships, self.memberships) = (dependencies, ownerships, memberships);
    }

    /// Both, at the same time if there is much to index. By a thread of its own and not one of a pool, which might take up
    /// other work in between that waits for this.
    fn both<A: Send, B: Send>(
        &self,
        one: impl FnOnce() -> A + Send,
        other: impl FnOnce() -> B + Send,
    ) -> (A, B) {
        if self.plan.dependencies.len() + self.plan.ownerships.len() < MANY {
            return (one(), other());
        }
        std::thread::scope(|scope| {
            let beside = scope.spawn(other);
            let one = one();
            (one, beside.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        })
    }

    fn dependency_index(&self) -> DependencyIndex {
        let (mut rows, mut edges) = (Vec::new(), Vec::new());
        let (mut dangling, mut on_itself) = (Vec::new(), Vec::new());
        for (row, dependency) in self.plan.dependencies.rows().iter().enumerate() {
            let Some(service) = self.service_ix(dependency.service) else { continue };
            if !dependency.date_range().contains(self.day) {
                continue;
            }
            rows.push((service as u32, row as u32));
            match self.service_ix(dependency.depends_on) {
                None => dangling.push(row as u32),
                Some(target) if target == service => on_itself.push(row as u32),
                Some(target) => edges.push((service as u32, target as u32)),
            }
        }
        let services = self.services.len();
        let graph = || {
            let needs = Csr::from_pairs(services, &edges).deduplicated();
            let needed_by = needs.transposed();
            (needs, needed_by)
        };
        let ((rows, dangling), (needs, needed_by)) =
            self.both(|| self.sorted_dependencies(&rows, dangling), graph);
        DependencyIndex { rows, needs, needed_by, dangling, on_itself }
    }

    /// The rows of each service in the order of what it depends on, and broken ones in that of the services.
    fn sorted_dependencies(&self, rows: &[(u32, u32)], mut dangling: Vec<u32>) -> (Csr, Vec<u32>) {
        let plan = &self.plan;
        let targets = places(plan, &plan.dependencies, |row| row.depends_on.into());
        let detail = |at: u32| {
            let row = &plan.dependencies.rows()[at as usize];
            (&row.kind, row.from)
        };
        let by_target = |one: u32, other: u32| {
            let targets = targets[one as usize].cmp(&targets[other as usize]);
            targets.then_with(|| detail(one).cmp(&detail(other)))
        };
        let service = |row: u32| plan.place_of(plan.dependencies.rows()[row as usize].service);
        dangling
            .sort_by(|one, other| service(*one).cmp(&service(*other)).then_with(|| by_target(*one, *other)));
        (Csr::from_pairs(self.services.len(), rows).sorted_by(by_target), dangling)
    }

    fn ownership_index(&self) -> OwnershipIndex {
        let (mut rows, mut by_team, mut by_person) = (Vec::new(), Vec::new(), Vec::new());
        for (row, ownership) in self.plan.ownerships.rows().iter().enumerate() {
            let Some(service) = self.service_ix(ownership.service) else { continue };
            if !ownership.date_range().contains(self.day) {
                continue;
            }
            rows.push((service as u32, row as u32));
            match ownership.owner {
                Owner::Team(team) => by_team.extend(self.team_ix(team).map(|team| (team as u32, row as u32))),
                Owner::Person(person) => {
                    by_person.extend(self.person_ix(person).map(|person| (person as u32, row as u32)));
                }
            }
        }
        let plan = &self.plan;
        let row = |at: u32| &plan.ownerships.rows()[at as usize];
        let detail = |at: u32| (&row(at).role, row(at).from, &row(at).named, &row(at).source);
        let owners = places(plan, &plan.ownerships, |row| row.owner.into());
        let services = places(plan, &plan.ownerships, |row| row.service.into());
        let by = |places: &[(Kind, u32)], one: u32, other: u32| {
            let places = places[one as usize].cmp(&places[other as usize]);
            places.then_with(|| detail(one).cmp(&detail(other)))
        };
        let by_owner = |one, other| by(&owners, one, other);
        let by_service = |one, other| by(&services, one, other);
        let rows = Csr::from_pairs(self.services.len(), &rows).sorted_by(by_owner);
        OwnershipIndex {
            accountable: Csr::from_groups((0..self.services.len()).map(|at| self.accountable(rows.of(at)))),
            rows,
            of_team: Csr::from_pairs(self.teams.len(), &by_team).sorted_by(by_service),
            of_person: Csr::from_pairs(self.people.len(), &by_person).sorted_by(by_service),
        }
    }

    /// The accountable owners among the sorted rows of a service, each once: rows of the same owner stand side by side.
    fn accountable(&self, rows: &[u32]) -> impl Iterator<Item = Owner> {
        let mut last = None;
        let rows = rows.iter().map(|row| &self.plan.ownerships.rows()[*row as usize]);
        let owners = rows.filter(|row| row.is_accountable()).map(|row| row.owner);
        owners.filter(move |owner| last.replace(*owner) != Some(*owner))
    }

    fn membership_index(&self) -> MembershipIndex {
        let (mut by_team, mut by_person) = (Vec::new(), Vec::new());
        for (row, membership) in self.plan.memberships.rows().iter().enumerate() {
            let (Some(team), Some(person)) =
                (self.team_ix(membership.team), self.person_ix(membership.person))
            else {
                continue;
            };
            if membership.date_range().contains(self.day) {
                by_person.push((person as u32, row as u32));
                if !self.person(person).unconfirmed {
                    by_team.push((team as u32, row as u32));
                }
            }
        }
        let plan = &self.plan;
        let row = |at: u32| &plan.memberships.rows()[at as usize];
        let detail = |at: u32| (&row(at).role, row(at).share, row(at).from);
        let by_member = |at: u32| (plan.place_of(row(at).person), detail(at));
        let by_team_of = |at: u32| (plan.place_of(row(at).team), detail(at));
        MembershipIndex {
            of_team: Csr::from_pairs(self.teams.len(), &by_team).sorted_by_key(by_member),
            of_person: Csr::from_pairs(self.people.len(), &by_person).sorted_by_key(by_team_of),
        }
    }
}
