//! Gaps of teams: no members, one member, on-call, service load and size.

use headroom_model::{Entity, EntityRef, Kind, Owner, Plan, ServiceId, Team, TeamId};
use rustc_hash::FxHashMap;

use super::{
    params::ForecastParams,
    stretch::{Stretch, SubjectState, bit, gaps_of, set_difference},
    window::{AvailabilityIndex, Range, both, bounds, change_days},
};
use crate::{
    gap::{Gap, GapKind},
    team_load::{TeamLoad, weight},
};

/// The services that each team is accountable for, with their days.
pub struct Owned {
    by_team: FxHashMap<TeamId, Vec<Held>>,
    /// The days on which each team has teams below it: then it is a level of the hierarchy and may be small.
    levels: FxHashMap<TeamId, Vec<Range>>,
}

/// A service that a team is accountable for.
#[derive(Debug, Clone, Copy)]
struct Held {
    service: ServiceId,
    days: Range,
    is_critical: bool,
    weight: u32,
}

impl Owned {
    pub fn new(plan: &Plan, availability: &AvailabilityIndex<'_>, on_call_tier: u8) -> Self {
        let mut by_team: FxHashMap<TeamId, Vec<Held>> = FxHashMap::default();
        for row in plan.ownerships.iter().filter(|row| row.is_accountable()) {
            let Owner::Team(team) = row.owner else { continue };
            let Some(service) = plan.services.get(row.service).filter(|service| !service.unconfirmed) else {
                continue;
            };
            let window = &availability.window;
            let days = window.range(row.date_range()).zip(window.range(service.date_range()));
            if let Some(days) = days.and_then(|(row, service)| both(row, service)) {
                let is_critical = service.tier.is_some_and(|tier| tier <= on_call_tier);
                let held = Held { service: service.id, days, is_critical, weight: weight(service) };
                by_team.entry(team).or_default().push(held);
            }
        }
        let mut levels: FxHashMap<TeamId, Vec<Range>> = FxHashMap::default();
        for team in plan.teams.iter() {
            let days = availability.team(team.id);
            if let Some((parent, days)) = team.parent.zip(days) {
                levels.entry(parent).or_default().push(days);
            }
        }
        Self { by_team, levels }
    }

    fn of(&self, team: TeamId) -> &[Held] {
        self.by_team.get(&team).map_or(&[], Vec::as_slice)
    }

    fn levels(&self, team: TeamId) -> &[Range] {
        self.levels.get(&team).map_or(&[], Vec::as_slice)
    }
}

/// A team during a stretch of days.
struct TeamState {
    /// The team exists, is confirmed and is accountable for a service.
    owns: bool,
    people: Vec<EntityRef>,
    /// How many more people on-call, the service load and the minimum size take.
    lacks_on_call: u32,
    lacks_load: u32,
    lacks_size: u32,
}

/// The gaps of one team, in order of opening.
pub fn gaps(
    availability: &AvailabilityIndex<'_>,
    owned: &Owned,
    team: &Team,
    params: &ForecastParams<'_>,
) -> Vec<Gap> {
    let window = &availability.window;
    let Some(there) = availability.team(team.id).filter(|_| !team.unconfirmed) else { return Vec::new() };
    let (held, levels) = (owned.of(team.id), owned.levels(team.id));
    if held.is_empty() && availability.members(team.id).is_empty() {
        return Vec::new();
    }
    let mut days = Vec::new();
    held.iter().for_each(|held| bounds(held.days, window, &mut days));
    levels.iter().for_each(|range| bounds(*range, window, &mut days));
    availability.owner_bounds(Owner::Team(team.id), &mut days);
    let at = |day: u32| state(availability, held, levels, team.id, params, day);
    let mut stretches: Vec<Stretch<TeamState>> =
        change_days(days, there).into_iter().map(|start| Stretch { start, state: at(start) }).collect();
    if there.1 < window.length {
        let absent =
            TeamState { owns: false, people: Vec::new(), lacks_on_call: 0, lacks_load: 0, lacks_size: 0 };
        stretches.push(Stretch { start: there.1, state: absent });
    }
    gaps_of(availability, team.id.into(), &stretches)
}

fn state(
    availability: &AvailabilityIndex<'_>,
    held: &[Held],
    levels: &[Range],
    team: TeamId,
    params: &ForecastParams<'_>,
    day: u32,
) -> TeamState {
    let is_now = |range: Range| (range.0..range.1).contains(&day);
    let now = || held.iter().filter(|held| is_now(held.days));
    let mut people = Vec::new();
    availability.add_people(Owner::Team(team), day, &mut people);
    availability.deduplicate(&mut people);
    let count = people.len() as u32;
    let places = people.iter().map(|person| location(availability.plan, *person));
    let is_critical = now().any(|held| held.is_critical);
    let is_level = levels.iter().any(|range| is_now(*range));
    let load = TeamLoad { points: points(now()), services: 0, people: count };
    TeamState {
        owns: now().next().is_some(),
        lacks_on_call: if is_critical { params.rota.lacks(places) } else { 0 },
        lacks_load: load.lacks(params.load_limit),
        lacks_size: if is_level || count == 0 { 0 } else { params.smallest_team.saturating_sub(count) },
        people,
    }
}

/// The sum of weights, each service once even if several rows say that the team owns it.
fn points<'a>(held: impl Iterator<Item = &'a Held>) -> u32 {
    let services: FxHashMap<ServiceId, u32> = held.map(|held| (held.service, held.weight)).collect();
    services.values().sum()
}

/// The location of a person, or of the position of a planned hire.
fn location(plan: &Plan, who: EntityRef) -> &str {
    let place = match who.kind {
        Kind::Position => plan.positions.get(who.id.into()).map(|position| position.location.as_str()),
        _ => plan.people.get(who.id.into()).map(|person| person.location.as_str()),
    };
    place.unwrap_or_default()
}

impl SubjectState for TeamState {
    fn open(&self) -> u16 {
        let of_people = match (self.owns, self.people.len()) {
            (true, 0) => bit(GapKind::TeamEmpty),
            (true, 1) => bit(GapKind::TeamOnePerson),
            _ => 0,
        };
        let lacking = [GapKind::OnCall, GapKind::OverLoad, GapKind::TooSmall];
        let of_size = lacking.into_iter().filter(|kind| self.lack(*kind) > 0).map(bit);
        of_size.fold(of_people, |all, bit| all | bit)
    }

    fn lack(&self, kind: GapKind) -> u32 {
        match kind {
            GapKind::TeamEmpty | GapKind::TeamOnePerson => 1,
            GapKind::OnCall => self.lacks_on_call,
            GapKind::OverLoad => self.lacks_load,
            GapKind::TooSmall => self.lacks_size,
            _ => 0,
        }
    }

    fn because(&self, before: Option<&Self>, _kind: GapKind, subject: EntityRef) -> Vec<EntityRef> {
        let Some(before) = before else { return vec![subject] };
        let lost = set_difference(&before.people, &self.people);
        if !lost.is_empty() {
            return lost;
        }
        // Nobody left: someone joined an empty team, or the team took over a service.
        let come = set_difference(&self.people, &before.people);
        if come.is_empty() { vec![subject] } else { come }
    }

    fn people(&self) -> &[EntityRef] {
        &self.people
    }
}
