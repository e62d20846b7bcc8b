//! Who joined, left and moved.

use chrono::NaiveDate;
use headroom_model::{Membership, PersonId, Snapshot, TeamId};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Between, place_of};

/// What became of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PersonChangeKind {
    /// Works for the organisation on the second day only.
    Joined,
    /// On the first day only.
    Left,
    /// On other teams than before, on more, or on fewer.
    Moved,
}

/// A person who is there on one day only, or on other teams.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonChange {
    pub person: PersonId,
    pub kind: PersonChangeKind,
    /// Teams of the first day that they are not on any more, in order.
    pub from: Vec<TeamId>,
    /// Teams of the second day that they were not on, in order.
    pub to: Vec<TeamId>,
    /// The first day of a person who joins or moves; the last one of a person who leaves, or only gives up a team.
    pub day: Option<NaiveDate>,
}

/// The people of a day, and their teams.
pub(crate) struct Staffing {
    pub people: FxHashSet<PersonId>,
    /// The people of each team itself.
    pub teams: FxHashMap<TeamId, FxHashSet<PersonId>>,
}

impl Staffing {
    /// Unconfirmed people count as nobody.
    pub fn new(snapshot: &Snapshot) -> Self {
        let people = (0..snapshot.person_count())
            .map(|at| snapshot.person(at))
            .filter(|person| !person.unconfirmed)
            .map(|person| person.id)
            .collect();
        let of = |at: usize| {
            let people = snapshot.people_on(at).into_iter().map(|person| snapshot.person(person).id);
            (snapshot.team(at).id, people.collect())
        };
        Self { people, teams: (0..snapshot.team_count()).map(of).collect() }
    }

    /// The teams of each person.
    pub fn by_person(&self) -> FxHashMap<PersonId, FxHashSet<TeamId>> {
        let mut teams: FxHashMap<PersonId, FxHashSet<TeamId>> = FxHashMap::default();
        for (team, people) in &self.teams {
            for person in people {
                teams.entry(*person).or_default().insert(*team);
            }
        }
        teams
    }
}

pub(super) fn changes(
    sides: (&Snapshot, &Snapshot),
    days: Between,
    was: &Staffing,
    is: &Staffing,
) -> Vec<PersonChange> {
    let plan = sides.1.plan();
    let (before, after) = (was.by_person(), is.by_person());
    let none = FxHashSet::default();
    let mut memberships: FxHashMap<(PersonId, TeamId), Vec<&Membership>> = FxHashMap::default();
    for row in plan.memberships.iter() {
        memberships.entry((row.person, row.team)).or_default().push(row);
    }
    let mut found = Vec::new();
    for id in was.people.union(&is.people) {
        let teams = |all: &FxHashMap<PersonId, FxHashSet<TeamId>>| all.get(id).unwrap_or(&none).clone();
        let (had, has) = (teams(&before), teams(&after));
        let in_order = |teams: &FxHashSet<TeamId>, other: &FxHashSet<TeamId>| {
            let mut teams: Vec<TeamId> = teams.difference(other).copied().collect();
            teams.sort_by_cached_key(|team| place_of(sides, *team));
            teams
        };
        let (from, to) = (in_order(&had, &has), in_order(&has, &had));
        let kind = match (was.people.contains(id), is.people.contains(id)) {
            (false, _) => PersonChangeKind::Joined,
            (_, false) => PersonChangeKind::Left,
            _ if from.is_empty() && to.is_empty() => continue,
            _ => PersonChangeKind::Moved,
        };
        let person = plan.people.get(*id);
        let day = match kind {
            PersonChangeKind::Joined => days.begun(person.and_then(|person| person.from)),
            PersonChangeKind::Left => days.ended(person.and_then(|person| person.until)),
            PersonChangeKind::Moved => {
                let rows = |team: &TeamId| memberships.get(&(*id, *team)).into_iter().flatten();
                let team = |team: &TeamId| plan.teams.get(*team);
                let gained = to.iter().filter_map(|of| {
                    days.related(rows(of).map(|row| row.from), team(of).and_then(|team| team.from))
                });
                let lost = from.iter().filter_map(|of| {
                    let membership = rows(of).filter_map(|row| days.ended(row.until)).max();
                    membership.or_else(|| days.ended(team(of)?.until))
                });
                gained.min().or_else(|| lost.max())
            }
        };
        found.push(PersonChange { person: *id, kind, from, to, day });
    }
    found.sort_by_cached_key(|row| (row.kind, row.day, place_of(sides, row.person)));
    found
}
