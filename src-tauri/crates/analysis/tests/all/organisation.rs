//! Organisations as plain rows, from which plans with another order of rows or other keys are made.

use headroom_model::{
    Assignment, Breadth, Dependency, Draft, Interaction, Membership, Owner, Ownership, Person, PersonId,
    Plan, Position, Service, ServiceId, Status, Team, TeamId, reason, role,
};
use proptest::prelude::*;

use crate::plans::{Ends, day, ends};

/// An entity with its number, by which other rows refer to it.
type Row<T> = (usize, T);

/// A position: team, service, start, last day after it, and its status.
type Wanted = (usize, Option<usize>, i64, Option<i64>, u8);

#[derive(Debug, Clone)]
pub struct Organisation {
    teams: Vec<Row<(Ends, bool, Option<usize>)>>,
    people: Vec<Row<(Ends, bool, u8)>>,
    services: Vec<Row<(Ends, Option<u8>)>>,
    members: Vec<(usize, usize, bool, Ends)>,
    owners: Vec<(usize, bool, usize, bool, Ends)>,
    needs: Vec<(usize, usize, Ends)>,
    positions: Vec<Row<Wanted>>,
    assignments: Vec<(usize, usize, i64)>,
    interactions: Vec<(usize, usize, u8, Ends)>,
    /// The seed of the keys.
    keys: u64,
}

const TEAMS: usize = 4;
const PEOPLE: usize = 7;
const SERVICES: usize = 6;
const POSITIONS: usize = 5;

pub fn organisation() -> impl Strategy<Value = Organisation> {
    let often = || prop_oneof![3 => Just((None, None)), 1 => ends()];
    let teams = prop::collection::vec(
        (often(), prop::bool::weighted(0.1), prop::option::weighted(0.2, 0..TEAMS)),
        TEAMS,
    );
    let people = prop::collection::vec((often(), prop::bool::weighted(0.2), 0u8..3), PEOPLE);
    let services = prop::collection::vec((often(), prop::option::of(1u8..5)), SERVICES);
    let members = prop::collection::vec((0..PEOPLE, 0..TEAMS, any::<bool>(), often()), 0..12);
    let owners = prop::collection::vec((0..SERVICES, any::<bool>(), 0..TEAMS, any::<bool>(), often()), 0..12);
    let needs = prop::collection::vec((0..SERVICES, 0..SERVICES, often()), 0..10);
    let positions = prop::collection::vec(
        (
            0..TEAMS,
            prop::option::weighted(0.3, 0..SERVICES),
            prop_oneof![Just(20i64), 0i64..60],
            prop::option::weighted(0.2, 1i64..50),
            any::<u8>(),
        ),
        POSITIONS,
    );
    let assignments = prop::collection::vec((0..POSITIONS, 0..PEOPLE, 0i64..40), 0..3);
    let interactions = prop::collection::vec((0..TEAMS, 0..TEAMS, 0u8..3, ends()), 0..4);
    (teams, people, services, members, owners, needs, positions, assignments, interactions).prop_map(
        |(teams, people, services, members, owners, needs, positions, assignments, interactions)| {
            Organisation {
                teams: numbered(teams),
                people: numbered(people),
                services: numbered(services),
                members,
                owners,
                needs,
                positions: numbered(positions),
                assignments,
                interactions,
                keys: 0,
            }
        },
    )
}

fn numbered<T>(rows: Vec<T>) -> Vec<Row<T>> {
    rows.into_iter().enumerate().collect()
}

/// A pseudo-random number, unique for each `at`.
fn scattered(seed: u64, at: u64) -> u64 {
    let mixed = (seed ^ at.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed ^ (mixed >> 31)
}

fn shuffle<T>(rows: &mut Vec<T>, seed: u64) {
    let mut with_place: Vec<(u64, T)> =
        rows.drain(..).zip(0..).map(|(row, at)| (scattered(seed, at), row)).collect();
    with_place.sort_by_key(|(place, _)| *place);
    rows.extend(with_place.into_iter().map(|(_, row)| row));
}

impl Organisation {
    /// The same rows in another order.
    pub fn shuffled(mut self, seed: u64) -> Self {
        shuffle(&mut self.teams, seed);
        shuffle(&mut self.people, seed ^ 1);
        shuffle(&mut self.services, seed ^ 2);
        shuffle(&mut self.members, seed ^ 3);
        shuffle(&mut self.owners, seed ^ 4);
        shuffle(&mut self.needs, seed ^ 5);
        shuffle(&mut self.positions, seed ^ 6);
        shuffle(&mut self.assignments, seed ^ 7);
        shuffle(&mut self.interactions, seed ^ 8);
        self
    }

    /// The same without one membership.
    pub fn without_member(mut self, at: usize) -> Self {
        if !self.members.is_empty() {
            self.members.remove(at % self.members.len());
        }
        self
    }

    /// The same with other keys.
    pub fn with_keys(self, keys: u64) -> Self {
        Self { keys, ..self }
    }

    fn key(&self, kind: &str, at: usize) -> String {
        format!("{:x}-{kind}{at}", scattered(self.keys, at as u64 + kind.len() as u64) % 0xffff)
    }

    pub fn plan(&self) -> Plan {
        let empty = Plan::default();
        let mut draft = Draft::new(&empty);
        let teams = self.put_teams(&mut draft);
        let mut people = [PersonId(0); PEOPLE];
        for (at, ((from, until), unconfirmed, place)) in &self.people {
            people[*at] = draft.new_id::<Person>();
            draft.put(Person {
                id: people[*at],
                key: self.key("person", *at),
                name: format!("Person {at}"),
                location: ["", "Gdańsk", "Lisbon"][*place as usize].into(),
                unconfirmed: *unconfirmed,
                from: *from,
                until: *until,
                ..Person::default()
            });
        }
        let mut services = [ServiceId(0); SERVICES];
        for (at, ((from, until), tier)) in &self.services {
            services[*at] = draft.new_id::<Service>();
            draft.put(Service {
                id: services[*at],
                key: self.key("service", *at),
                name: format!("Service {at}"),
                tier: *tier,
                from: *from,
                until: *until,
                ..Service::default()
            });
        }
        self.put_relations(&mut draft, &teams, &people, &services);
        self.put_positions(&mut draft, &teams, &people, &services);
        let changes = draft.finish();
        let mut plan = Plan::default();
        plan.apply(&changes).unwrap();
        plan
    }

    fn put_teams(&self, draft: &mut Draft<'_>) -> [TeamId; TEAMS] {
        let mut teams = [TeamId(0); TEAMS];
        self.teams.iter().for_each(|(at, _)| teams[*at] = draft.new_id::<Team>());
        for (at, ((from, until), unconfirmed, parent)) in &self.teams {
            draft.put(Team {
                id: teams[*at],
                key: self.key("team", *at),
                name: format!("Team {at}"),
                // Only earlier teams can be parents, so that there is no cycle.
                parent: parent.filter(|parent| parent < at).map(|parent| teams[parent]),
                unconfirmed: *unconfirmed,
                from: *from,
                until: *until,
                ..Team::default()
            });
        }
        teams
    }

    fn put_relations(
        &self,
        draft: &mut Draft<'_>,
        teams: &[TeamId],
        people: &[PersonId],
        services: &[ServiceId],
    ) {
        for (person, team, is_lead, (from, until)) in &self.members {
            let id = draft.new_id::<Membership>();
            let role = if *is_lead { "lead" } else { "member" }.to_owned();
            let (person, team, from, until) = (people[*person], teams[*team], *from, *until);
            draft.put(Membership { id, person, team, role, from, until, ..Membership::default() });
        }
        for (service, is_team, owner, is_owner, (from, until)) in &self.owners {
            let id = draft.new_id::<Ownership>();
            let owner = if *is_team { Owner::Team(teams[*owner]) } else { Owner::Person(people[*owner]) };
            let role = if *is_owner { role::OWNER } else { role::BACKUP }.to_owned();
            let (service, from, until) = (services[*service], *from, *until);
            draft.put(Ownership { id, service, owner, role, from, until, ..Ownership::default() });
        }
        for (service, depends_on, (from, until)) in &self.needs {
            let id = draft.new_id::<Dependency>();
            let (service, depends_on, from, until) =
                (services[*service], services[*depends_on], *from, *until);
            draft.put(Dependency { id, service, depends_on, from, until, ..Dependency::default() });
        }
        for (team, with, mode, (from, until)) in self.interactions.iter().filter(|row| row.0 != row.1) {
            let id = draft.new_id::<Interaction>();
            let mode = headroom_model::mode::ALL[*mode as usize].to_owned();
            let (team, with, from, until) = (teams[*team], teams[*with], *from, *until);
            let expected_end = from.map(|from| from + chrono::TimeDelta::days(5));
            draft.put(Interaction {
                id,
                team,
                with,
                mode,
                expected_end,
                from,
                until,
                ..Interaction::default()
            });
        }
    }

    fn put_positions(
        &self,
        draft: &mut Draft<'_>,
        teams: &[TeamId],
        people: &[PersonId],
        services: &[ServiceId],
    ) {
        let mut made = [None; POSITIONS];
        for (at, (team, service, start, lasts, like)) in &self.positions {
            let id = draft.new_id::<Position>();
            made[*at] = Some(id);
            let reasons = [reason::ON_CALL, reason::OWNERSHIP_GAP, reason::GROWTH, ""];
            draft.put(Position {
                id,
                key: self.key("position", *at),
                title: format!("Job {at}"),
                team: Some(teams[*team]),
                service: service.map(|service| services[service]),
                start: Some(day(*start)),
                until: lasts.map(|days| day(start + days)),
                breadth: [None, Some(Breadth::Generalist), Some(Breadth::Specialist)][*like as usize % 3],
                status: [Status::Planned, Status::Approved, Status::Open, Status::Frozen]
                    [*like as usize / 3 % 4],
                reason: reasons[*like as usize / 12 % 4].to_owned(),
                ..Position::default()
            });
        }
        for (position, person, from) in &self.assignments {
            let id = draft.new_id::<Assignment>();
            let (position, person) = (made[*position].unwrap(), people[*person]);
            draft.put(Assignment { id, position, person, from: Some(day(*from)), ..Assignment::default() });
        }
    }
}
