//! A team split in two: which services go, who goes with them, and what is cut.
//!
//! The services are divided so that, in this order, both parts are large enough, both can staff the on-call rota that
//! their services need, the fewest dependencies are cut, and the service load is even. The people are divided in
//! proportion to the load. Up to [`EXACT`] services every division is tried; above that the best one is sought by moving
//! single services (C. Fiduccia and R. Mattheyses 1982: A linear-time heuristic for improving network partitions).

mod division;
mod people;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use headroom_model::{
    Assignment, Draft, Entity, Membership, Owner, PersonId, Position, ServiceId, ServiceIx, Snapshot, TeamId,
    team_move::{TeamMove, move_ownership, move_person, move_position},
};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    on_call::{Rota, on_call_policy},
    policy::{Policy, smallest_team},
    team_load::weight,
};
use division::{Division, Problem};

pub use division::EXACT;

/// A part of a split team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitPart {
    /// In the order of the plan.
    pub services: Vec<ServiceId>,
    pub people: Vec<PersonId>,
    /// Service load in points: see [`crate::team_load`].
    pub points: u32,
    /// Whether one of its services needs an on-call rota.
    pub needs_on_call: bool,
    /// How many more people the rota takes, at the best locations; 0 if none is needed.
    pub lacks_on_call: u32,
    /// How many more people the smallest team has.
    pub lacks_size: u32,
}

/// A team in two parts: the first one keeps its name and its lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamSplit {
    pub parts: [SplitPart; 2],
    /// Dependencies from a service of one part on one of the other.
    pub cut: Vec<(ServiceId, ServiceId)>,
    /// Whether every division was looked at, so that there is no better one.
    pub is_exact: bool,
}

/// What a team has to be split: its services and people on a day.
struct Whole<'a> {
    snapshot: &'a Snapshot,
    team: TeamId,
    services: Vec<ServiceIx>,
    people: Vec<PersonId>,
    rota: Rota,
    tier: u8,
    smallest: u32,
}

/// The best split of a team; none for one with fewer than two services or two people.
pub fn suggest_split(snapshot: &Snapshot, policy: &Policy, team: TeamId) -> Option<TeamSplit> {
    let whole = Whole::new(snapshot, policy, team)?;
    if whole.services.len() < 2 || whole.people.len() < 2 {
        return None;
    }
    let Division { away, is_exact } = whole.problem().best();
    let away: FxHashSet<ServiceIx> =
        whole.services.iter().copied().zip(away).filter(|(_, goes)| *goes).map(|(at, _)| at).collect();
    let going = people::going(&whole, &away);
    Some(whole.split(&away, &going, is_exact))
}

/// What a split comes to in which these services and people go: for one that was adjusted by hand. Others of the team
/// stay.
pub fn judge_split(
    snapshot: &Snapshot,
    policy: &Policy,
    team: TeamId,
    (services, people): (&[ServiceId], &[PersonId]),
) -> Option<TeamSplit> {
    let whole = Whole::new(snapshot, policy, team)?;
    let away = services.iter().filter_map(|service| snapshot.service_ix(*service)).collect();
    Some(whole.split(&away, &people.iter().copied().collect(), false))
}

/// A team that is split: the parts that go to another team from a day on.
#[derive(Debug, Clone, Copy)]
pub struct Departing<'a> {
    pub from: TeamId,
    /// The team that they make; it may be new in the draft.
    pub to: TeamId,
    pub services: &'a [ServiceId],
    pub people: &'a [PersonId],
    pub day: NaiveDate,
}

/// Hands the services over and moves the people with the positions that they are in.
pub fn depart(draft: &mut Draft<'_>, departing: Departing<'_>) {
    let Departing { from, to, services, people, day } = departing;
    for service in services {
        move_ownership(draft, *service, Owner::Team(from), Owner::Team(to), day);
    }
    let positions: FxHashMap<PersonId, Vec<_>> = positions_of(draft, from, people, day);
    for person in people {
        let is_theirs =
            |row: &&Membership| row.person == *person && row.team == from && row.date_range().reaches(day);
        let share = draft.iter::<Membership>().find(is_theirs).and_then(|row| row.share);
        move_person(draft, *person, TeamMove { from: Some(from), to, day }, share);
        for position in positions.get(person).into_iter().flatten() {
            move_position(draft, position, to, day);
        }
    }
}

/// The positions of a team in which these people are from the day on.
fn positions_of(
    draft: &Draft<'_>,
    team: TeamId,
    people: &[PersonId],
    day: NaiveDate,
) -> FxHashMap<PersonId, Vec<Position>> {
    let mut found: FxHashMap<PersonId, Vec<Position>> = FxHashMap::default();
    let is_theirs = |row: &&Assignment| people.contains(&row.person) && row.date_range().reaches(day);
    for assignment in draft.iter::<Assignment>().filter(is_theirs) {
        let position = draft.get::<Position>(assignment.position);
        let position = position.filter(|position| position.team == Some(team));
        found.entry(assignment.person).or_default().extend(position.cloned());
    }
    found
}

impl<'a> Whole<'a> {
    fn new(snapshot: &'a Snapshot, policy: &Policy, team: TeamId) -> Option<Self> {
        let at = snapshot.team_ix(team)?;
        let mut services: Vec<ServiceIx> = snapshot
            .held_by_team(at)
            .filter(|row| row.is_accountable())
            .filter_map(|row| snapshot.service_ix(row.service))
            .collect();
        services.sort_by_key(|service| snapshot.plan().place_of(snapshot.service(*service).id));
        services.dedup();
        let people = snapshot.people_on(at).into_iter().map(|person| snapshot.person(person).id).collect();
        let (rota, tier) = on_call_policy(policy);
        Some(Self { snapshot, team, services, people, rota, tier, smallest: smallest_team(policy) })
    }

    fn needs_on_call(&self, service: ServiceIx) -> bool {
        self.snapshot.service(service).tier.is_some_and(|tier| tier <= self.tier)
    }

    fn problem(&self) -> Problem {
        let place: FxHashMap<u32, usize> =
            self.services.iter().enumerate().map(|(at, service)| (*service as u32, at)).collect();
        let pairs = self.snapshot.needs_graph().pairs();
        let edges = pairs.filter_map(|(from, to)| Some((*place.get(&from)?, *place.get(&to)?)));
        Problem {
            weights: self.services.iter().map(|at| weight(self.snapshot.service(*at))).collect(),
            on_call: self.services.iter().map(|at| self.needs_on_call(*at)).collect(),
            edges: edges.filter(|(from, to)| from != to).collect(),
            people: self.people.len() as u32,
            smallest: self.smallest,
            rota: self.rota.one_site,
        }
    }

    fn split(&self, away: &FxHashSet<ServiceIx>, going: &FxHashSet<PersonId>, is_exact: bool) -> TeamSplit {
        let id = |at: u32| self.snapshot.service(at as ServiceIx).id;
        let own: FxHashSet<ServiceIx> = self.services.iter().copied().collect();
        let is_cut = |(from, to): &(u32, u32)| {
            let (from, to) = (*from as ServiceIx, *to as ServiceIx);
            own.contains(&from) && own.contains(&to) && away.contains(&from) != away.contains(&to)
        };
        let mut cut: Vec<(ServiceId, ServiceId)> =
            self.snapshot.needs_graph().pairs().filter(is_cut).map(|(from, to)| (id(from), id(to))).collect();
        let plan = self.snapshot.plan();
        cut.sort_by_cached_key(|(from, to)| (plan.place_of(*from), plan.place_of(*to)));
        let part = |goes: bool| {
            self.part(
                self.services.iter().copied().filter(|at| away.contains(at) == goes).collect(),
                self.people.iter().copied().filter(|person| going.contains(person) == goes).collect(),
            )
        };
        TeamSplit { parts: [part(false), part(true)], cut, is_exact }
    }

    fn part(&self, services: Vec<ServiceIx>, people: Vec<PersonId>) -> SplitPart {
        let needs_on_call = services.iter().any(|at| self.needs_on_call(*at));
        let plan = self.snapshot.plan();
        let locations =
            people.iter().filter_map(|person| plan.people.get(*person)).map(|row| row.location.as_str());
        SplitPart {
            points: services.iter().map(|at| weight(self.snapshot.service(*at))).sum(),
            needs_on_call,
            lacks_on_call: if needs_on_call { self.rota.lacks(locations) } else { 0 },
            lacks_size: self.smallest.saturating_sub(people.len() as u32),
            services: services.into_iter().map(|at| self.snapshot.service(at).id).collect(),
            people,
        }
    }
}
