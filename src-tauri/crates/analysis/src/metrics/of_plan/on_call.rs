//! Who can be on call on a day, in teams that need a rota: as the rule `on-call-understaffed` has it, of all days at once.

use chrono::NaiveDate;
use headroom_model::{DateRange, Entity, Owner, PersonId, Plan, Service, Team, TeamId};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    hiring::within,
    on_call::{Rota, on_call_policy},
    policy::Policy,
};

/// When which team needs a rota, and who is on it.
#[derive(Debug)]
pub(super) struct RotaIndex {
    rota: Rota,
    needed: FxHashMap<TeamId, Vec<DateRange>>,
    members: FxHashMap<TeamId, Vec<(DateRange, PersonId)>>,
}

impl RotaIndex {
    pub fn new(plan: &Plan) -> Self {
        let (rota, tier) = on_call_policy(&Policy::from_plan(plan));
        let mut needed: FxHashMap<TeamId, Vec<DateRange>> = FxHashMap::default();
        for row in plan.ownerships.iter().filter(|row| row.is_accountable()) {
            let Owner::Team(team) = row.owner else { continue };
            let (Some(owner), Some(service)) = (plan.get::<Team>(team), plan.get::<Service>(row.service))
            else {
                continue;
            };
            let is_critical = service.tier.is_some_and(|own| own <= tier) && !service.unconfirmed;
            if is_critical && !owner.unconfirmed {
                let days = within(within(row.date_range(), service.date_range()), owner.date_range());
                needed.entry(team).or_default().push(days);
            }
        }
        let mut members: FxHashMap<TeamId, Vec<(DateRange, PersonId)>> = FxHashMap::default();
        for row in plan.memberships.iter().filter(|row| needed.contains_key(&row.team)) {
            let Some(person) = plan.people.get(row.person).filter(|person| !person.unconfirmed) else {
                continue;
            };
            let days = within(row.date_range(), person.date_range());
            members.entry(row.team).or_default().push((days, person.id));
        }
        Self { rota, needed, members }
    }

    /// The teams among these that need a rota on a day; without any, of all teams.
    fn teams(&self, teams: Option<&FxHashSet<TeamId>>, day: NaiveDate) -> impl Iterator<Item = TeamId> {
        let is_needed = move |(team, days): &(&TeamId, &Vec<DateRange>)| {
            teams.is_none_or(|teams| teams.contains(team)) && days.iter().any(|days| days.contains(day))
        };
        self.needed.iter().filter(is_needed).map(|(team, _)| *team)
    }

    fn on(&self, team: TeamId, day: NaiveDate) -> FxHashSet<PersonId> {
        let members = self.members.get(&team).into_iter().flatten();
        members.filter(|(days, _)| days.contains(day)).map(|(_, person)| *person).collect()
    }

    /// How many people are on all of the rotas, each once; none if no team needs one.
    pub fn people(&self, teams: Option<&FxHashSet<TeamId>>, day: NaiveDate) -> Option<usize> {
        self.teams(teams, day).next()?;
        let people: FxHashSet<PersonId> =
            self.teams(teams, day).flat_map(|team| self.on(team, day)).collect();
        Some(people.len())
    }

    /// The margin of the rota that has the least; none if no team needs one.
    pub fn margin(&self, plan: &Plan, teams: Option<&FxHashSet<TeamId>>, day: NaiveDate) -> Option<i64> {
        let of = |team: TeamId| {
            let people = self.on(team, day);
            let locations = people.iter().filter_map(|person| plan.people.get(*person));
            self.rota.margin(locations.map(|person| person.location.as_str()))
        };
        self.teams(teams, day).map(of).min()
    }
}
