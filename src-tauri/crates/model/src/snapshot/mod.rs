//! The organisation as of a day, with the indexes that queries need. Entities are addressed by their index in the
//! snapshot (`ServiceIx`, `TeamIx`, …), which is also their rank in sort order; positions are in `positions.rs`.

mod positions;

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
    dependency_rows: Csr,
    needs: Csr,
    needed_by: Csr,
    dangling: Vec<u32>,
    self_dependencies: Vec<u32>,
    ownership_rows: Csr,
    owners: Csr<Owner>,
    held_by_team: Csr,
    held_by_person: Csr,
    members: Csr,
    memberships: Csr,
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
            dependency_rows: Csr::default(),
            needs: Csr::default(),
            needed_by: Csr::default(),
            dangling: Vec::new(),
            self_dependencies: Vec::new(),
            ownership_rows: Csr::default(),
            owners: Csr::default(),
            held_by_team: Csr::default(),
            held_by_person: Csr::default(),
            members: Csr::default(),
            memberships: Csr::default(),
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
        snapshot.index_dependencies();
        snapshot.index_ownership();
        snapshot.index_memberships();
        snapshot.index_children();
        snapshot.index_interactions();
        snapshot.index_positions();
        snapshot
    }

    /// The same snapshot for another day between the same two event dates.
    pub fn on(&self, day: NaiveDate) -> Self {
        Self { day, ..self.clone() }
    }

    fn index_dependencies(&mut self) {
        let (mut rows, mut edges) = (Vec::new(), Vec::new());
        for (row, dependency) in self.plan.dependencies.rows().iter().enumerate() {
            let Some(service) = self.service_ix(dependency.service) else { continue };
            if !dependency.date_range().contains(self.day) {
                continue;
            }
            rows.push((service as u32, row as u32));
            match self.service_ix(dependency.depends_on) {
                None => self.dangling.push(row as u32),
                Some(target) if target == service => self.self_dependencies.push(row as u32),
                Some(target) => edges.push((service as u32, target as u32)),
            }
        }
        let plan = self.plan.clone();
        let targets = places(&plan, &plan.dependencies, |row| row.depends_on.into());
        let detail = |at: u32| {
            let row = &plan.dependencies.rows()[at as usize];
            (&row.kind, row.from)
        };
        let by_target = |one: u32, other: u32| {
            let targets = targets[one as usize].cmp(&targets[other as usize]);
            targets.then_with(|| detail(one).cmp(&detail(other)))
        };
        let service = |row: u32| plan.place_of(plan.dependencies.rows()[row as usize].service);
        self.dangling
            .sort_by(|one, other| service(*one).cmp(&service(*other)).then_with(|| by_target(*one, *other)));
        self.dependency_rows = Csr::from_pairs(self.services.len(), &rows).sorted_by(by_target);
        self.needs = Csr::from_pairs(self.services.len(), &edges).deduplicated();
        self.needed_by = self.needs.transposed();
    }

    fn index_ownership(&mut self) {
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
        let plan = self.plan.clone();
        let row = |at: u32| &plan.ownerships.rows()[at as usize];
        let detail = |at: u32| (&row(at).role, row(at).from, &row(at).named, &row(at).source);
        let owners = places(&plan, &plan.ownerships, |row| row.owner.into());
        let services = places(&plan, &plan.ownerships, |row| row.service.into());
        let by = |places: &[(Kind, u32)], one: u32, other: u32| {
            let places = places[one as usize].cmp(&places[other as usize]);
            places.then_with(|| detail(one).cmp(&detail(other)))
        };
        let by_owner = |one, other| by(&owners, one, other);
        let by_service = |one, other| by(&services, one, other);
        self.ownership_rows = Csr::from_pairs(self.services.len(), &rows).sorted_by(by_owner);
        self.owners = Csr::from_groups((0..self.services.len()).map(|at| self.accountable(at)));
        self.held_by_team = Csr::from_pairs(self.teams.len(), &by_team).sorted_by(by_service);
        self.held_by_person = Csr::from_pairs(self.people.len(), &by_person).sorted_by(by_service);
    }

    /// The accountable owners of a service, each once: rows of the same owner stand side by side.
    fn accountable(&self, at: ServiceIx) -> impl Iterator<Item = Owner> {
        let mut last = None;
        let owners = self.ownerships(at).filter(|row| row.is_accountable()).map(|row| row.owner);
        owners.filter(move |owner| last.replace(*owner) != Some(*owner))
    }

    fn index_memberships(&mut self) {
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
        let plan = self.plan.clone();
        let row = |at: u32| &plan.memberships.rows()[at as usize];
        let detail = |at: u32| (&row(at).role, row(at).share, row(at).from);
        let by_member = |at: u32| (plan.place_of(row(at).person), detail(at));
        let by_team_of = |at: u32| (plan.place_of(row(at).team), detail(at));
        self.members = Csr::from_pairs(self.teams.len(), &by_team).sorted_by_key(by_member);
        self.memberships = Csr::from_pairs(self.people.len(), &by_person).sorted_by_key(by_team_of);
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
        self.needs.of(at)
    }

    /// The direct dependents of a service.
    pub fn needed_by(&self, at: ServiceIx) -> &[u32] {
        self.needed_by.of(at)
    }

    /// The whole dependency graph, from services to what they depend on.
    pub fn needs_graph(&self) -> &Csr {
        &self.needs
    }

    /// The same graph reversed.
    pub fn needed_by_graph(&self) -> &Csr {
        &self.needed_by
    }

    /// Every dependency of a service on the day, including broken ones and ones on itself.
    pub fn dependencies(&self, at: ServiceIx) -> impl Iterator<Item = &Dependency> {
        self.dependency_rows.of(at).iter().map(|row| &self.plan.dependencies.rows()[*row as usize])
    }

    /// Broken dependencies: on something that no source defines, or that does not exist on the day.
    pub fn dangling(&self) -> impl Iterator<Item = &Dependency> {
        self.dangling.iter().map(|row| &self.plan.dependencies.rows()[*row as usize])
    }

    pub fn self_dependencies(&self) -> impl Iterator<Item = &Dependency> {
        self.self_dependencies.iter().map(|row| &self.plan.dependencies.rows()[*row as usize])
    }

    /// Ownerships of every role on the day. The owner itself may not exist: see [`Snapshot::team_ix`].
    pub fn ownerships(&self, at: ServiceIx) -> impl Iterator<Item = &Ownership> {
        self.ownership_rows.of(at).iter().map(|row| &self.plan.ownerships.rows()[*row as usize])
    }

    /// The accountable owners of a service, each once: teams before people, by name.
    pub fn owners(&self, at: ServiceIx) -> &[Owner] {
        self.owners.of(at)
    }

    pub fn held_by_team(&self, at: TeamIx) -> impl Iterator<Item = &Ownership> {
        self.held_by_team.of(at).iter().map(|row| &self.plan.ownerships.rows()[*row as usize])
    }

    pub fn held_by_person(&self, at: PersonIx) -> impl Iterator<Item = &Ownership> {
        self.held_by_person.of(at).iter().map(|row| &self.plan.ownerships.rows()[*row as usize])
    }

    /// Memberships of the team on the day, of people employed then. Those of unconfirmed people are only in
    /// [`Snapshot::memberships`].
    pub fn members(&self, at: TeamIx) -> impl Iterator<Item = &Membership> {
        self.members.of(at).iter().map(|row| &self.plan.memberships.rows()[*row as usize])
    }

    pub fn memberships(&self, at: PersonIx) -> impl Iterator<Item = &Membership> {
        self.memberships.of(at).iter().map(|row| &self.plan.memberships.rows()[*row as usize])
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
