//! Candidate owners of one service, scored by reasons.

use headroom_model::{
    GroupingId, Owner, Ownership, PersonId, ServiceId, ServiceIx, Snapshot, TeamId, TeamIx, role,
};
use rustc_hash::FxHashMap;

use crate::{
    context::Context,
    policy::load_limit,
    responders::Responders,
    team_load::{TeamLoad, team_load, weight},
};

/// A reason for a team, with its points of the score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// It owns `owned` of the `of` direct dependencies and dependents: up to 50 points.
    Neighbours { owned: u32, of: u32 },
    /// It owns `owned` of the `of` services of the same system: up to 25 points.
    System { owned: u32, of: u32, system: String },
    /// It owned the service before: 20 points.
    OwnedBefore,
    /// It is the backup owner: 15 points.
    Backup,
    /// A member of the team owned the service: 20 points.
    Knows { person: String },
    /// With the service its load is `tenths` of a point per person, within the `limit`: up to 10 points.
    Room { tenths: u32, limit: u32 },
    /// With the service it exceeds the `limit`: no points.
    NoRoom { tenths: u32, limit: u32 },
}

impl Reason {
    pub fn points(&self) -> u32 {
        match self {
            Reason::Neighbours { owned, of } => 50 * owned / of.max(&1),
            Reason::System { owned, of, .. } => 25 * owned / of.max(&1),
            Reason::OwnedBefore | Reason::Knows { .. } => 20,
            Reason::Backup => 15,
            Reason::Room { tenths, limit } => 10 * limit.saturating_sub(*tenths) / limit.max(&1),
            Reason::NoRoom { .. } => 0,
        }
    }

    pub fn in_words(&self) -> String {
        let points = |tenths: &u32| format!("{}.{}", tenths / 10, tenths % 10);
        match self {
            Reason::Neighbours { owned: 1, of: 1 } => "owns its only related service".to_owned(),
            Reason::Neighbours { owned: 2, of: 2 } => "owns both related services".to_owned(),
            Reason::Neighbours { owned, of } => format!("owns {owned} of {of} related services"),
            Reason::System { owned, of, system } => format!("owns {owned} of {of} services in {system}"),
            Reason::OwnedBefore => "previous owner".to_owned(),
            Reason::Backup => "current backup".to_owned(),
            Reason::Knows { person } => format!("includes {person}, who knows it"),
            Reason::Room { tenths, limit } => {
                format!("load would be {} of {} per person", points(tenths), points(limit))
            }
            Reason::NoRoom { tenths, limit } => {
                format!("would exceed its load limit ({} of {} per person)", points(tenths), points(limit))
            }
        }
    }
}

/// A team that could own a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub team: TeamId,
    /// Sum of the points of its reasons.
    pub score: u32,
    pub reasons: Vec<Reason>,
}

impl Candidate {
    fn new(team: TeamId, reasons: Vec<Reason>) -> Self {
        Self { team, score: reasons.iter().map(Reason::points).sum(), reasons }
    }

    /// All reasons in one line, joined by ` · `.
    pub fn in_words(&self) -> String {
        self.reasons_in_words().join(" · ")
    }

    /// The reasons as text, strongest first.
    pub fn reasons_in_words(&self) -> Vec<String> {
        if self.reasons.is_empty() {
            return vec!["no strong match; lightest load".to_owned()];
        }
        let mut reasons: Vec<&Reason> = self.reasons.iter().collect();
        reasons.sort_by_key(|reason| std::cmp::Reverse(reason.points()));
        reasons.into_iter().map(Reason::in_words).collect()
    }
}

/// Scores the teams of a date as owners of services.
pub struct Candidates<'a> {
    snapshot: &'a Snapshot,
    /// Load limit in tenths of a point per person.
    limit: u32,
    teams: Vec<TeamId>,
    loads: FxHashMap<TeamId, TeamLoad>,
    places: FxHashMap<TeamId, usize>,
    /// The teams that are accountable for each service.
    owning: Vec<Vec<TeamId>>,
    teams_of: FxHashMap<PersonId, Vec<TeamId>>,
    systems: FxHashMap<GroupingId, System>,
    former: FxHashMap<ServiceId, Vec<&'a Ownership>>,
}

#[derive(Default)]
struct System {
    services: u32,
    by_team: FxHashMap<TeamId, u32>,
}

impl<'a> Candidates<'a> {
    pub fn new(context: &Context<'a>) -> Self {
        let snapshot = context.snapshot;
        let responders = Responders::new(snapshot);
        let loads: Vec<TeamLoad> =
            (0..snapshot.team_count()).map(|at| team_load(snapshot, &responders, at)).collect();
        let can_own = |at: &TeamIx| can_own(snapshot, *at, loads[*at]);
        let of: Vec<TeamIx> = (0..snapshot.team_count()).filter(can_own).collect();
        let teams: Vec<TeamId> = of.iter().map(|at| snapshot.team(*at).id).collect();
        let places: FxHashMap<TeamId, usize> = teams.iter().copied().zip(0..).collect();
        let teams_of_service = |at: ServiceIx| {
            let teams = snapshot.owners(at).iter().copied().filter_map(|owner| match owner {
                Owner::Team(team) => Some(team),
                Owner::Person(_) => None,
            });
            teams.collect()
        };
        let owning: Vec<Vec<TeamId>> = (0..snapshot.service_count()).map(teams_of_service).collect();
        let mut teams_of: FxHashMap<PersonId, Vec<TeamId>> = FxHashMap::default();
        for at in &of {
            for person in responders.on(*at) {
                teams_of.entry(*person).or_default().push(snapshot.team(*at).id);
            }
        }
        Self {
            limit: load_limit(context.policy),
            loads: of.iter().map(|at| (snapshot.team(*at).id, loads[*at])).collect(),
            systems: systems(snapshot, &owning),
            former: former(snapshot),
            snapshot,
            teams,
            places,
            owning,
            teams_of,
        }
    }

    /// The teams that can own services, by name.
    pub fn teams(&self) -> &[TeamId] {
        &self.teams
    }

    /// Why no team can own anything, and what to do about it; none if one can.
    pub fn missing(&self) -> Option<String> {
        if !self.teams.is_empty() {
            return None;
        }
        let snapshot = self.snapshot;
        let is_known = |at: &TeamIx| !snapshot.team(*at).unconfirmed;
        let known: Vec<TeamIx> = (0..snapshot.team_count()).filter(is_known).collect();
        let mentioned = (0..snapshot.person_count()).filter(|at| snapshot.person(*at).unconfirmed);
        let mentioned = mentioned.filter(|at| snapshot.memberships(*at).next().is_some()).count();
        Some(match () {
            () if snapshot.team_count() == 0 => {
                "there are no teams yet; add a team with members first".to_owned()
            }
            () if known.is_empty() => "all teams are unconfirmed; confirm or import a team first".to_owned(),
            () if known.iter().any(|at| !snapshot.people_on(*at).is_empty()) => {
                "only parent teams have members; add members to their sub-teams first".to_owned()
            }
            () if mentioned > 0 => {
                format!(
                    "no team has confirmed members ({mentioned} unconfirmed); confirm or import people first"
                )
            }
            () => "no team has members; add members to a team first".to_owned(),
        })
    }

    pub(super) fn place(&self, team: TeamId) -> Option<usize> {
        self.places.get(&team).copied()
    }

    pub(super) fn weight(&self, at: ServiceIx) -> u32 {
        weight(self.snapshot.service(at))
    }

    /// Room of each team in tenths of a point.
    pub(super) fn room(&self) -> Vec<i64> {
        let room = |team: &TeamId| {
            let load = self.loads.get(team).copied().unwrap_or_default();
            i64::from(self.limit) * i64::from(load.people) - i64::from(load.points) * 10
        };
        self.teams.iter().map(room).collect()
    }

    /// A candidate with no reason but its room.
    pub(super) fn stranger(&self, team: TeamId, weight: u32) -> Candidate {
        Candidate::new(team, self.room_for(team, weight).into_iter().collect())
    }

    /// Candidates with a reason, best first; without any, the three teams with most room.
    pub fn of(&self, at: ServiceIx) -> Vec<Candidate> {
        let found = self.with_reasons(at);
        if !found.is_empty() {
            return found;
        }
        let roomiest = self.roomiest(3, &self.owning[at]);
        self.ranked(at, roomiest.into_iter().map(|team| (team, Vec::new())).collect())
    }

    /// Candidates with a reason other than room, best first.
    pub(super) fn with_reasons(&self, at: ServiceIx) -> Vec<Candidate> {
        let mut found = self.known(at);
        found.retain(|team, _| !self.owning[at].contains(team) && self.places.contains_key(team));
        self.ranked(at, found)
    }

    /// Candidates for backup, best first; without teams that have any role for the service.
    pub fn backups_of(&self, at: ServiceIx) -> Vec<Candidate> {
        let mut found = self.known(at);
        let holds = |team: &TeamId| self.snapshot.ownerships(at).any(|row| row.owner == Owner::Team(*team));
        found.retain(|team, _| !holds(team) && self.places.contains_key(team));
        self.ranked(at, found)
    }

    fn ranked(&self, at: ServiceIx, found: FxHashMap<TeamId, Vec<Reason>>) -> Vec<Candidate> {
        let candidate = |(team, mut reasons): (TeamId, Vec<Reason>)| {
            reasons.extend(self.room_for(team, self.weight(at)));
            Candidate::new(team, reasons)
        };
        let mut candidates: Vec<Candidate> = found.into_iter().map(candidate).collect();
        candidates.sort_by_key(|found| (std::cmp::Reverse(found.score), self.place(found.team)));
        candidates
    }

    /// Reasons other than room, by team.
    fn known(&self, at: ServiceIx) -> FxHashMap<TeamId, Vec<Reason>> {
        let mut found: FxHashMap<TeamId, Vec<Reason>> = FxHashMap::default();
        let neighbours = self.snapshot.needs(at).iter().chain(self.snapshot.needed_by(at));
        let mut counts: FxHashMap<TeamId, u32> = FxHashMap::default();
        neighbours.flat_map(|other| &self.owning[*other as usize]).for_each(|team| {
            *counts.entry(*team).or_default() += 1;
        });
        let of = (self.snapshot.needs(at).len() + self.snapshot.needed_by(at).len()) as u32;
        for (team, owned) in counts {
            found.entry(team).or_default().push(Reason::Neighbours { owned, of });
        }
        if let Some((id, system)) =
            self.snapshot.service(at).system.and_then(|id| Some((id, self.systems.get(&id)?)))
        {
            let name = self.snapshot.plan().name_of(id.into());
            for (team, owned) in &system.by_team {
                let (owned, of, system) = (*owned, system.services, name.clone());
                found.entry(*team).or_default().push(Reason::System { owned, of, system });
            }
        }
        self.history(at, &mut found);
        found
    }

    fn history(&self, at: ServiceIx, found: &mut FxHashMap<TeamId, Vec<Reason>>) {
        let id = self.snapshot.service(at).id;
        let before = self.former.get(&id).into_iter().flatten().map(|row| (row.owner, Reason::OwnedBefore));
        let present = self.snapshot.ownerships(at).map(|row| match row.role.as_str() {
            role::BACKUP => (row.owner, Reason::Backup),
            _ => (row.owner, Reason::OwnedBefore),
        });
        for (owner, reason) in before.chain(present) {
            let teams = match owner {
                Owner::Team(team) => vec![(team, reason)],
                Owner::Person(person) => {
                    let name = self.snapshot.plan().name_of(person.into());
                    let knows = |team: &TeamId| (*team, Reason::Knows { person: name.clone() });
                    self.teams_of.get(&person).into_iter().flatten().map(knows).collect()
                }
            };
            for (team, reason) in teams {
                let reasons = found.entry(team).or_default();
                if !reasons.contains(&reason) {
                    reasons.push(reason);
                }
            }
        }
    }

    fn room_for(&self, team: TeamId, weight: u32) -> Option<Reason> {
        let (limit, load) = (self.limit, self.loads.get(&team)?);
        let tenths = (load.points + weight) * 10 / load.people.max(1);
        Some(if tenths <= limit { Reason::Room { tenths, limit } } else { Reason::NoRoom { tenths, limit } })
    }

    fn roomiest(&self, count: usize, except: &[TeamId]) -> Vec<TeamId> {
        let room = self.room();
        let mut teams: Vec<usize> =
            (0..self.teams.len()).filter(|at| !except.contains(&self.teams[*at])).collect();
        teams.sort_by_key(|at| (std::cmp::Reverse(room[*at]), *at));
        teams.into_iter().take(count).map(|at| self.teams[at]).collect()
    }
}

/// Whether a team can own services: confirmed, with people, and not one that only groups other teams.
fn can_own(snapshot: &Snapshot, at: TeamIx, load: TeamLoad) -> bool {
    let is_grouping = !snapshot.children_of(at).is_empty() && load.services == 0;
    !snapshot.team(at).unconfirmed && !is_grouping && load.people > 0
}

fn systems(snapshot: &Snapshot, owning: &[Vec<TeamId>]) -> FxHashMap<GroupingId, System> {
    let mut systems: FxHashMap<GroupingId, System> = FxHashMap::default();
    for (at, teams) in owning.iter().enumerate() {
        let Some(id) = snapshot.service(at).system else { continue };
        let system = systems.entry(id).or_default();
        system.services += 1;
        for team in teams {
            *system.by_team.entry(*team).or_default() += 1;
        }
    }
    systems
}

/// Ownerships that ended before the date.
fn former(snapshot: &Snapshot) -> FxHashMap<ServiceId, Vec<&Ownership>> {
    let mut former: FxHashMap<ServiceId, Vec<&Ownership>> = FxHashMap::default();
    let is_over =
        |row: &&Ownership| row.is_accountable() && row.until.is_some_and(|until| until < snapshot.day());
    for row in snapshot.plan().ownerships.iter().filter(is_over) {
        former.entry(row.service).or_default().push(row);
    }
    former.values_mut().for_each(|rows| rows.sort_by_key(|row| snapshot.plan().place_of(row.owner)));
    former
}
