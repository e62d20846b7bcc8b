//! Lookup of new hires on many days at once.

#[cfg(test)]
mod tests;

use std::{cmp::Reverse, hash::Hash};

use chrono::NaiveDate;
use headroom_model::{
    Assignment, Checklist, Entity, LifecycleEvent, Membership, PersonId, Plan, Position, PositionId, Status,
    Table, Team, TeamId, position_above,
};
use rustc_hash::FxHashMap;

use super::NewHire;

/// Looks up new hires on any day. The results equal those of a [`Snapshot`](headroom_model::Snapshot) of each day,
/// but without making one: many lists start on as many days, and the few rows about a person are quickly found in the
/// plan.
pub struct NewHires<'a> {
    plan: &'a Plan,
    memberships: FxHashMap<PersonId, Vec<&'a Membership>>,
    members: FxHashMap<TeamId, Vec<&'a Membership>>,
    seats: FxHashMap<PersonId, Vec<&'a Assignment>>,
    occupants: FxHashMap<PositionId, Vec<&'a Assignment>>,
    followers: FxHashMap<PositionId, Vec<&'a Position>>,
}

impl<'a> NewHires<'a> {
    pub fn new(plan: &'a Plan) -> Self {
        Self {
            plan,
            memberships: grouped(
                &plan.memberships,
                |row| Some(row.person),
                |row| (plan.place_of(row.team), row.role.as_str(), row.share, row.from),
            ),
            members: grouped(
                &plan.memberships,
                |row| Some(row.team),
                |row| (plan.place_of(row.person), row.role.as_str(), row.share, row.from),
            ),
            seats: grouped(&plan.assignments, |row| Some(row.person), |row| plan.place_of(row.position)),
            occupants: grouped(
                &plan.assignments,
                |row| Some(row.position),
                |row| (plan.place_of(row.person), row.from),
            ),
            followers: grouped(&plan.positions, |row| row.backfill_of, |row| plan.place_of(row.id)),
        }
    }

    /// The new hire of a checklist on the day of its start. A manager named in the checklist takes precedence.
    pub fn with(&self, checklist: &Checklist) -> NewHire {
        let day = NewHire::day_of(self.plan, checklist.person, checklist.start);
        let new_hire = self.of(checklist.person, checklist.occasion, day);
        let manager = checklist.manager.or(new_hire.manager);
        NewHire { manager, service: checklist.service, ..new_hire }
    }

    /// Whom a position reports to on a day: the occupant of the one above, else the lead of its team.
    pub fn manager_of(&self, position: &Position, day: NaiveDate) -> Option<PersonId> {
        let on = OnDay { new_hires: self, day };
        on.manager(position).or_else(|| on.lead(position.team?, None))
    }

    /// The new hire on a day.
    pub fn of(&self, person: PersonId, occasion: LifecycleEvent, day: NaiveDate) -> NewHire {
        let row = self.plan.people.get(person);
        let mut new_hire = NewHire {
            person,
            occasion,
            team: None,
            discipline: String::new(),
            level: String::new(),
            location: row.map(|row| row.location.clone()).unwrap_or_default(),
            manager: None,
            service: None,
        };
        let on = OnDay { new_hires: self, day };
        if !on.is_employed(person) {
            return new_hire;
        }
        let most = on.memberships(person).min_by_key(|row| Reverse(row.share.unwrap_or(100)));
        new_hire.team = most.map(|row| row.team);
        if let Some(position) = on.position_of(person) {
            new_hire.team = new_hire.team.or(position.team);
            new_hire.discipline.clone_from(&position.discipline);
            new_hire.level.clone_from(&position.level);
            if new_hire.location.is_empty() {
                new_hire.location.clone_from(&position.location);
            }
            new_hire.manager = on.manager(position);
        }
        new_hire.manager = new_hire.manager.filter(|manager| *manager != person);
        new_hire.manager = new_hire.manager.or_else(|| on.lead(new_hire.team?, Some(person)));
        new_hire
    }
}

/// The plan on one day, as far as new hires need it.
struct OnDay<'a> {
    new_hires: &'a NewHires<'a>,
    day: NaiveDate,
}

impl<'a> OnDay<'a> {
    fn is_employed(&self, person: PersonId) -> bool {
        self.new_hires.plan.people.get(person).is_some_and(|row| row.date_range().contains(self.day))
    }

    /// Whether they are employed and confirmed.
    fn is_somebody(&self, person: PersonId) -> bool {
        let row = self.new_hires.plan.people.get(person);
        row.is_some_and(|row| row.date_range().contains(self.day) && !row.unconfirmed)
    }

    fn team(&self, id: TeamId) -> Option<&'a Team> {
        self.new_hires.plan.teams.get(id).filter(|row| row.date_range().contains(self.day))
    }

    fn position(&self, id: PositionId) -> Option<&'a Position> {
        let is_there = |row: &&Position| row.date_range().contains(self.day) && row.status != Status::Closed;
        self.new_hires.plan.positions.get(id).filter(is_there)
    }

    /// The memberships of an employed person.
    fn memberships(&self, person: PersonId) -> impl Iterator<Item = &'a Membership> {
        let is_on_team = |row: &&Membership| self.team(row.team).is_some();
        self.hold(&self.new_hires.memberships, person).filter(is_on_team)
    }

    /// The first position of an employed person.
    fn position_of(&self, person: PersonId) -> Option<&'a Position> {
        self.hold(&self.new_hires.seats, person).find_map(|row| self.position(row.position))
    }

    /// The occupant of the position above.
    fn manager(&self, position: &Position) -> Option<PersonId> {
        let follower = |ended: PositionId| {
            let followers = self.new_hires.followers.get(&ended)?;
            followers.iter().map(|row| row.id).find(|id| self.position(*id).is_some())
        };
        let is_there = |id: PositionId| self.position(id).is_some();
        let above = position_above(self.new_hires.plan, position, is_there, follower)?;
        let occupants = self.hold(&self.new_hires.occupants, above);
        occupants.map(|row| row.person).find(|person| self.is_somebody(*person))
    }

    /// The lead of the team, or of the nearest team above it, who is not the person.
    fn lead(&self, team: TeamId, except: Option<PersonId>) -> Option<PersonId> {
        let around = |team: &&'a Team| self.team(team.parent?);
        std::iter::successors(self.team(team), around).find_map(|team| {
            let others = self.hold(&self.new_hires.members, team.id).filter(|row| Some(row.person) != except);
            let lead = |row: &&Membership| headroom_model::is_lead(&row.role) && self.is_somebody(row.person);
            others.into_iter().find(lead).map(|row| row.person)
        })
    }

    /// The rows of a group that hold on the day, in the order of a snapshot.
    fn hold<K: Hash + Eq, T: Entity>(
        &self,
        groups: &'a FxHashMap<K, Vec<&'a T>>,
        group: K,
    ) -> impl Iterator<Item = &'a T> {
        let (day, rows) = (self.day, groups.get(&group));
        rows.into_iter().flatten().copied().filter(move |row| row.date_range().contains(day))
    }
}

/// The rows of a table by key, each group in order.
fn grouped<'a, T: Entity, K: Hash + Eq, O: Ord>(
    rows: &'a Table<T>,
    key: impl Fn(&T) -> Option<K>,
    order: impl Fn(&'a T) -> O,
) -> FxHashMap<K, Vec<&'a T>> {
    let mut groups: FxHashMap<K, Vec<&'a T>> = FxHashMap::default();
    for row in rows {
        if let Some(key) = key(row) {
            groups.entry(key).or_default().push(row);
        }
    }
    groups.values_mut().filter(|rows| rows.len() > 1).for_each(|rows| rows.sort_by_key(|row| order(row)));
    groups
}
