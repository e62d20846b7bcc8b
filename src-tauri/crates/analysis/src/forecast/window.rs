//! The days of a forecast as numbers, and an index of who is available on which of them.

use chrono::{Days, NaiveDate};
use headroom_model::{
    DateRange, Entity, EntityRef, Kind, Membership, Owner, PersonId, Plan, ServiceId, TeamId,
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::params::{ForecastParams, Hire};
use crate::{
    coverage_severity::{Importance, SeverityScale},
    lasting_responders::LastingResponders,
};

/// The days of a forecast, numbered from 0.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    first: NaiveDate,
    /// The number of days.
    pub length: u32,
}

/// A half-open range of numbered days: first day, day after the last.
pub type Range = (u32, u32);

impl Window {
    pub fn new(first: NaiveDate, last: NaiveDate) -> Self {
        let days = (last - first).num_days().max(0) + 1;
        Self { first, length: u32::try_from(days).unwrap_or(u32::MAX) }
    }

    pub fn day(&self, at: u32) -> NaiveDate {
        self.first.checked_add_days(Days::new(at.into())).unwrap_or(NaiveDate::MAX)
    }

    pub fn whole(&self) -> Range {
        (0, self.length)
    }

    /// The part of a date range that is in the window; none if there is no such day.
    pub fn range(&self, span: DateRange) -> Option<Range> {
        let start = span.from.map_or(0, |from| (from - self.first).num_days().max(0));
        let end = span.until.map_or(i64::from(self.length), |until| (until - self.first).num_days() + 1);
        let (start, end) = (start.min(i64::from(self.length)), end.min(i64::from(self.length)));
        (start < end).then_some((start as u32, end as u32))
    }
}

/// The intersection of two ranges.
pub fn both(a: Range, b: Range) -> Option<Range> {
    let range = (a.0.max(b.0), a.1.min(b.1));
    (range.0 < range.1).then_some(range)
}

/// Adds the days after the first of the window on which a range begins or has ended.
pub fn bounds(range: Range, window: &Window, days: &mut Vec<u32>) {
    if range.0 > 0 {
        days.push(range.0);
    }
    if range.1 < window.length {
        days.push(range.1);
    }
}

/// Availability index: who is on which team on which days of the window. Unconfirmed people are not in it.
pub struct AvailabilityIndex<'a> {
    pub plan: &'a Plan,
    pub window: Window,
    pub scale: SeverityScale,
    pub importance: Importance<'a>,
    people: FxHashMap<PersonId, Range>,
    teams: FxHashMap<TeamId, Range>,
    members: FxHashMap<TeamId, Vec<(EntityRef, Range)>>,
    /// Hires who are responders for these services only, though they count as members of their team.
    apart: FxHashMap<EntityRef, &'a [ServiceId]>,
    for_service: FxHashMap<ServiceId, Vec<(EntityRef, Range)>>,
    /// The persons of the hires, where known.
    named: FxHashMap<EntityRef, EntityRef>,
    /// Whether a team, or one of its members, is there on only a part of the window.
    moving: FxHashMap<TeamId, bool>,
    lasting: LastingResponders,
}

impl<'a> AvailabilityIndex<'a> {
    pub fn new(plan: &'a Plan, params: &ForecastParams<'a>) -> Self {
        let importance = Importance::of_day(plan, params.from, &params.scale);
        Self::with(plan, params, importance)
    }

    /// Like [`AvailabilityIndex::new`], with the importance of services calculated elsewhere.
    pub fn with(plan: &'a Plan, params: &ForecastParams<'a>, importance: Importance<'a>) -> Self {
        let window = Window::new(params.from, params.until);
        let employed =
            |person: &headroom_model::Person| Some((person.id, window.range(person.date_range())?));
        // An unconfirmed person counts as nobody.
        let known = plan.people.iter().filter(|person| !person.unconfirmed);
        let people: FxHashMap<PersonId, Range> = known.filter_map(employed).collect();
        let teams: FxHashMap<TeamId, Range> =
            plan.teams.iter().filter_map(|team| Some((team.id, window.range(team.date_range())?))).collect();
        let mut members: FxHashMap<TeamId, Vec<(EntityRef, Range)>> = FxHashMap::default();
        for row in &plan.memberships {
            if let Some(range) = membership(&window, &people, &teams, row) {
                members.entry(row.team).or_default().push((row.person.into(), range));
            }
        }
        let (mut apart, mut for_service) = (FxHashMap::default(), FxHashMap::default());
        for hire in params.hires {
            hire_into(hire, &window, &teams, &mut members, &mut apart, &mut for_service);
        }
        let named = |hire: &Hire| Some((hire.position.into(), hire.person?.into()));
        let named = params.hires.iter().filter_map(named).collect();
        let is_moving = |(team, range): (&TeamId, &Range)| {
            let is_partial = |range: &Range| *range != window.whole();
            let members = members.get(team).map_or(&[][..], Vec::as_slice);
            (*team, is_partial(range) || members.iter().any(|(_, range)| is_partial(range)))
        };
        let moving = teams.iter().map(is_moving).collect();
        let scale = params.scale.clone();
        Self {
            plan,
            window,
            scale,
            importance,
            people,
            teams,
            members,
            moving,
            apart,
            for_service,
            named,
            lasting: LastingResponders::default(),
        }
    }

    /// Whether a responder of an owner has no last day. Planned hires have none.
    pub fn is_lasting(&self, owner: Owner, who: EntityRef) -> bool {
        who.kind != Kind::Person || self.lasting.is_lasting(self.plan, owner, PersonId(who.id))
    }

    pub fn team(&self, team: TeamId) -> Option<Range> {
        self.teams.get(&team).copied()
    }

    pub fn members(&self, team: TeamId) -> &[(EntityRef, Range)] {
        self.members.get(&team).map_or(&[], Vec::as_slice)
    }

    /// Whether an owner, or one of its people, is there on only a part of the window.
    pub fn is_moving(&self, owner: Owner) -> bool {
        match owner {
            Owner::Team(team) => self.moving.get(&team).copied().unwrap_or(false),
            Owner::Person(person) => {
                self.people.get(&person).is_some_and(|range| *range != self.window.whole())
            }
        }
    }

    /// Adds the days on which the people of an owner change.
    pub fn owner_bounds(&self, owner: Owner, days: &mut Vec<u32>) {
        match owner {
            Owner::Person(person) => {
                self.people.get(&person).into_iter().for_each(|range| bounds(*range, &self.window, days));
            }
            Owner::Team(team) => {
                for (_, range) in self.members(team) {
                    bounds(*range, &self.window, days);
                }
            }
        }
    }

    /// Hires for positions that are for this service, whether or not their team owns it.
    pub fn hires_for(&self, service: ServiceId) -> impl Iterator<Item = (EntityRef, Range)> {
        self.for_service.get(&service).into_iter().flatten().copied()
    }

    /// Adds the responders that an owner provides for this service on this day.
    pub fn add_responders(&self, service: ServiceId, owner: Owner, day: u32, people: &mut Vec<EntityRef>) {
        let first = people.len();
        self.add_people(owner, day, people);
        if !self.apart.is_empty() {
            let knows = |person: &EntityRef| self.apart.get(person).is_none_or(|own| own.contains(&service));
            let mut at = 0;
            people.retain(|person| {
                at += 1;
                at <= first || knows(person)
            });
        }
    }

    /// Sorts by [`Plan::place_of`] and removes duplicates. A hire is a duplicate if they are in the list as a person or
    /// with another position.
    pub fn deduplicate(&self, people: &mut Vec<EntityRef>) {
        people.sort_unstable_by_key(|who| self.plan.place_of(*who));
        people.dedup();
        if self.named.is_empty() {
            return;
        }
        // People come before positions.
        let mut seen = FxHashSet::default();
        people.retain(|who| seen.insert(self.named.get(who).copied().unwrap_or(*who)));
    }

    /// Adds the people of an owner on this day: the person, or the members of the team.
    pub fn add_people(&self, owner: Owner, day: u32, people: &mut Vec<EntityRef>) {
        let is_there = |range: &Range| (range.0..range.1).contains(&day);
        match owner {
            Owner::Person(person) => {
                let there = self.people.get(&person).filter(|range| is_there(range));
                people.extend(there.map(|_| EntityRef::from(person)));
            }
            Owner::Team(team) => {
                let there = self.members(team).iter().filter(|(_, range)| is_there(range));
                people.extend(there.map(|(person, _)| *person));
            }
        }
    }
}

/// Adds a hire to the members of their team and to the responders of the services they are for.
fn hire_into<'a>(
    hire: &'a Hire,
    window: &Window,
    teams: &FxHashMap<TeamId, Range>,
    members: &mut FxHashMap<TeamId, Vec<(EntityRef, Range)>>,
    apart: &mut FxHashMap<EntityRef, &'a [ServiceId]>,
    for_service: &mut FxHashMap<ServiceId, Vec<(EntityRef, Range)>>,
) {
    let Some(there) = window.range(DateRange::new(Some(hire.from), hire.until)) else { return };
    let who = EntityRef::from(hire.position);
    if let Some(team) = hire.team
        && let Some(range) = teams.get(&team).and_then(|team| both(*team, there))
    {
        members.entry(team).or_default().push((who, range));
    }
    if let Some(services) = &hire.of_team {
        apart.insert(who, services);
    }
    if let Some(service) = hire.service {
        for_service.entry(service).or_default().push((who, there));
    }
}

fn membership(
    window: &Window,
    people: &FxHashMap<PersonId, Range>,
    teams: &FxHashMap<TeamId, Range>,
    row: &Membership,
) -> Option<Range> {
    both(both(window.range(row.date_range())?, *people.get(&row.person)?)?, *teams.get(&row.team)?)
}

/// The first day of a range and the days in it on which something changes, sorted, without duplicates.
pub fn change_days(mut days: Vec<u32>, within: Range) -> Vec<u32> {
    days.push(within.0);
    days.retain(|day| (within.0..within.1).contains(day));
    days.sort_unstable();
    days.dedup();
    days
}
