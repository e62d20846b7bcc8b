//! The organisation as of a day, with the indexes that queries need. Entities are addressed by their index in the
//! snapshot (`ServiceIx`, `TeamIx`, …), which is also their rank in sort order. The indexes of what relates them are in
//! `relations.rs`, positions in `positions.rs`.

mod positions;
mod relations;

use std::sync::Arc;

use chrono::NaiveDate;

use crate::{
    csr::Csr,
    entity::{Dependency, Entity, Interaction, Membership, Owner, Ownership, Person, Service, Status, Team},
    kind::{EntityRef, Kind, PersonId, ServiceId, TeamId},
    plan::Plan,
    table::Table,
};

pub use positions::position_above;

use relations::{DependencyIndex, MembershipIndex, OwnershipIndex};

/// Index of a service in a snapshot: 0, 1, 2 …
pub type ServiceIx = usize;
/// Index of a team in a snapshot.
pub type TeamIx = usize;
/// Index of a person in a snapshot.
pub type PersonIx = usize;
/// Index of a position in a snapshot.
pub type PositionIx = usize;

const ABSENT: u32 = u32::MAX;

/// The organisation as of a day: what exists on it, with indexes, built once.
///
/// Unconfirmed teams and people are included, since they can own things; but an unconfirmed person is on no team and
/// counts as no responder ([`Team::unconfirmed`]). Unconfirmed services are left out: all that is known of them is
/// that something depends on them.
///
/// Everything is in the order of [`Plan::place_of`], so that no result depends on the order of rows.
#[derive(Debug, Clone)]
pub struct Snapshot {
    plan: Arc<Plan>,
    day: NaiveDate,
    services: Vec<u32>,
    teams: Vec<u32>,
    people: Vec<u32>,
    service_at: Vec<u32>,
    team_at: Vec<u32>,
    person_at: Vec<u32>,
    dependencies: DependencyIndex,
    ownerships: OwnershipIndex,
    memberships: MembershipIndex,
    children: Csr,
    interactions: Vec<u32>,
    positions: Vec<u32>,
    position_at: Vec<u32>,
    positions_on_team: Csr,
    occupants: Csr,
    positions_of_person: Csr,
    managers: Vec<u32>,
    reports: Csr,
}

impl Snapshot {
    pub fn new(plan: Arc<Plan>, day: NaiveDate) -> Self {
        let order = plan.order();
        let (services, service_at) = alive(plan.services.rows(), &order.services, |row| {
            row.date_range().contains(day) && !row.unconfirmed
        });
        let (teams, team_at) = alive(plan.teams.rows(), &order.teams, |row| row.date_range().contains(day));
        let (people, person_at) =
            alive(plan.people.rows(), &order.people, |row| row.date_range().contains(day));
        let (positions, position_at) = alive(plan.positions.rows(), &order.positions, |row| {
            row.date_range().contains(day) && row.status != Status::Closed
        });
        let mut snapshot = Self {
            day,
            services,
            teams,
            people,
            service_at,
            team_at,
            person_at,
            plan,
            dependencies: DependencyIndex::default(),
            ownerships: OwnershipIndex::default(),
            memberships: MembershipIndex::default(),
            children: Csr::default(),
            interactions: Vec::new(),
            positions,
            position_at,
            positions_on_team: Csr::default(),
            occupants: Csr::default(),
            positions_of_person: Csr::default(),
            managers: Vec::new(),
            reports: Csr::default(),
        };
        snapshot.index_relations();
        snapshot.index_children();
        snapshot.index_interactions();
        snapshot.index_positions();
        snapshot
    }

    /// The same snapshot for another day between the same two event dates.
    pub fn on(&self, day: NaiveDate) -> Self {
        Self { day, ..self.clone() }
    }

    fn index_children(&mut self) {
        let pairs: Vec<(u32, u32)> = (0..self.teams.len())
            .filter_map(|child| Some((self.parent_of(child)? as u32, child as u32)))
            .collect();
        self.children = Csr::from_pairs(self.teams.len(), &pairs);
    }

    fn index_interactions(&mut self) {
        let is_there = |row: &Interaction| {
            row.date_range().contains(self.day)
                && self.team_ix(row.team).is_some()
                && self.team_ix(row.with).is_some()
        };
        let rows = self.plan.interactions.rows().iter().enumerate();
        let mut there: Vec<(u32, &Interaction)> =
            rows.filter(|(_, row)| is_there(row)).map(|(at, row)| (at as u32, row)).collect();
        there.sort_by_key(|(_, row)| {
            (self.team_ix(row.team), self.team_ix(row.with), &row.mode, row.from, row.until, &row.purpose)
        });
        self.interactions = there.into_iter().map(|(at, _)| at).collect();
    }

    pub fn day(&self) -> NaiveDate {
        self.day
    }

    pub fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    pub fn service_count(&self) -> usize {
        self.services.len()
    }

    pub fn team_count(&self) -> usize {
        self.teams.len()
    }

    pub fn person_count(&self) -> usize {
        self.people.len()
    }

    pub fn service(&self, at: ServiceIx) -> &Service {
        &self.plan.services.rows()[self.services[at] as usize]
    }

    pub fn team(&self, at: TeamIx) -> &Team {
        &self.plan.teams.rows()[self.teams[at] as usize]
    }

    pub fn person(&self, at: PersonIx) -> &Person {
        &self.plan.people.rows()[self.people[at] as usize]
    }

    /// The index of a service, if it is confirmed and exists on the day.
    pub fn service_ix(&self, id: ServiceId) -> Option<ServiceIx> {
        present(&self.service_at, self.plan.services.row_of(id)?)
    }

    pub fn team_ix(&self, id: TeamId) -> Option<TeamIx> {
        present(&self.team_at, self.plan.teams.row_of(id)?)
    }

    pub fn person_ix(&self, id: PersonId) -> Option<PersonIx> {
        present(&self.person_at, self.plan.people.row_of(id)?)
    }

    /// The services that this one depends on, in order: each once, without itself.
    pub fn needs(&self, at: ServiceIx) -> &[u32] {
        self.dependencies.needs.of(at)
    }

    /// The direct dependents of a service.
    pub fn needed_by(&self, at: ServiceIx) -> &[u32] {
        self.dependencies.needed_by.of(at)
    }

    /// The whole dependency graph, from services to what they depend on.
    pub fn needs_graph(&self) -> &Csr {
        &self.dependencies.needs
    }

    /// The same graph reversed.
    pub fn needed_by_graph(&self) -> &Csr {
        &self.dependencies.needed_by
    }

    /// Every dependency of a service on the day, including broken ones and ones on itself.
    pub fn dependencies(&self, at: ServiceIx) -> impl Iterator<Item = &Dependency> {
        self.dependencies.rows.of(at).iter().map(|row| &self.plan.dependencies.rows()[*row as usize])
    }

    /// Broken dependencies: on something that no source defines, or that does not exist on the day.
    pub fn dangling(&self) -> impl Iterator<Item = &Dependency> {
        self.dependencies.dangling.iter().map(|row| &self.plan.dependencies.rows()[*row as usize])
    }

    pub fn self_dependencies(&self) -> impl Iterator<Item = &Dependency> {
        self.dependencies.on_itself.iter().map(|row| &self.plan.dependencies.rows()[*row as usize])
    }

    /// Ownerships of every role on the day. The owner itself may not exist: see [`Snapshot::team_ix`].
    pub fn ownerships(&self, at: ServiceIx) -> impl Iterator<Item = &Ownership> {
        self.ownerships.rows.of(at).iter().map(|row| &self.plan.ownerships.rows()[*row as usize])
    }

    /// The accountable owners of a service, each once: teams before people, by name.
    pub fn owners(&self, at: ServiceIx) -> &[Owner] {
        self.ownerships.accountable.of(at)
    }

    pub fn held_by_team(&self, at: TeamIx) -> impl Iterator<Item = &Ownership> {
        self.ownerships.of_team.of(at).iter().map(|row| &self.plan.ownerships.rows()[*row as usize])
    }

    pub fn held_by_person(&self, at: PersonIx) -> impl Iterator<Item = &Ownership> {
        self.ownerships.of_person.of(at).iter().map(|row| &self.plan.ownerships.rows()[*row as usize])
    }

    /// Memberships of the team on the day, of people employed then. Those of unconfirmed people are only in
    /// [`Snapshot::memberships`].
    pub fn members(&self, at: TeamIx) -> impl Iterator<Item = &Membership> {
        self.memberships.of_team.of(at).iter().map(|row| &self.plan.memberships.rows()[*row as usize])
    }

    pub fn memberships(&self, at: PersonIx) -> impl Iterator<Item = &Membership> {
        self.memberships.of_person.of(at).iter().map(|row| &self.plan.memberships.rows()[*row as usize])
    }

    /// Team interactions on the day, between teams that exist.
    pub fn interactions(&self) -> impl Iterator<Item = &Interaction> {
        self.interactions.iter().map(|row| &self.plan.interactions.rows()[*row as usize])
    }

    /// The people on the team, each once, in order.
    pub fn people_on(&self, at: TeamIx) -> Vec<PersonIx> {
        let mut people: Vec<PersonIx> =
            self.members(at).filter_map(|row| self.person_ix(row.person)).collect();
        people.sort_unstable();
        people.dedup();
        people
    }

    pub fn parent_of(&self, at: TeamIx) -> Option<TeamIx> {
        self.team(at).parent.and_then(|parent| self.team_ix(parent))
    }

    pub fn children_of(&self, at: TeamIx) -> &[u32] {
        self.children.of(at)
    }
}

/// The place of what each row of a table refers to, by row.
fn places<T: Entity>(plan: &Plan, table: &Table<T>, target: impl Fn(&T) -> EntityRef) -> Vec<(Kind, u32)> {
    table.iter().map(|row| plan.place_of(target(row))).collect()
}

/// The rows that exist, sorted, and the index of each row among them.
fn alive<T: Entity>(rows: &[T], order: &[u32], is_alive: impl Fn(&T) -> bool) -> (Vec<u32>, Vec<u32>) {
    let mut at = vec![ABSENT; rows.len()];
    let mut positions = Vec::with_capacity(rows.len());
    for row in order.iter().copied() {
        let entity = &rows[row as usize];
        if is_alive(entity) {
            at[row as usize] = positions.len() as u32;
            positions.push(row);
        }
    }
    (positions, at)
}

fn present(at: &[u32], row: usize) -> Option<usize> {
    at.get(row).copied().filter(|ix| *ix != ABSENT).map(|ix| ix as usize)
}
