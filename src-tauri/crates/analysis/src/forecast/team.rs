use headroom_model::{Entity, EntityRef, Owner, PersonId, Plan, Team, TeamId};
use rustc_hash::FxHashMap;

use super::{
    Gap, GapKind, Question, State, Stretch, gaps_of, gone,
    window::{Presence, Range, both, bounds, turning_days},
};

/// The days on which each team is accountable for something, and for something that must be answered at night.
pub struct Owned {
    by_team: FxHashMap<TeamId, Vec<(Range, bool)>>,
}

impl Owned {
    pub fn new(plan: &Plan, presence: &Presence<'_>, on_call_tier: u8) -> Self {
        let mut by_team: FxHashMap<TeamId, Vec<(Range, bool)>> = FxHashMap::default();
        for row in plan.ownerships.iter().filter(|row| row.is_accountable()) {
            let Owner::Team(team) = row.owner else { continue };
            let Some(service) = plan.services.get(row.service).filter(|service| !service.unconfirmed) else {
                continue;
            };
            let window = &presence.window;
            let days = window.range(row.span()).zip(window.range(service.span()));
            if let Some(range) = days.and_then(|(row, service)| both(row, service)) {
                let is_critical = service.tier.is_some_and(|tier| tier <= on_call_tier);
                by_team.entry(team).or_default().push((range, is_critical));
            }
        }
        Self { by_team }
    }

    fn of(&self, team: TeamId) -> &[(Range, bool)] {
        self.by_team.get(&team).map_or(&[], Vec::as_slice)
    }
}

/// A team during a stretch of days.
struct TeamState {
    /// It exists, is no mere mention, and is accountable for something.
    owns: bool,
    people: Vec<PersonId>,
    /// It owns something critical and is too few to be on call.
    lacks_on_call: bool,
}

/// The gaps of one team.
pub fn gaps(presence: &Presence<'_>, owned: &Owned, team: &Team, question: &Question<'_>) -> Vec<Gap> {
    let window = &presence.window;
    let Some(there) = presence.team(team.id).filter(|_| !team.unconfirmed) else { return Vec::new() };
    let owned = owned.of(team.id);
    if owned.is_empty() {
        return Vec::new();
    }
    let mut days = Vec::new();
    owned.iter().for_each(|(range, _)| bounds(*range, window, &mut days));
    presence.owner_bounds(Owner::Team(team.id), &mut days);
    let at = |day: u32| state(presence, owned, team.id, question, day);
    let mut stretches: Vec<Stretch<TeamState>> =
        turning_days(days, there).into_iter().map(|start| Stretch { start, state: at(start) }).collect();
    if there.1 < window.length {
        let absent = TeamState { owns: false, people: Vec::new(), lacks_on_call: false };
        stretches.push(Stretch { start: there.1, state: absent });
    }
    gaps_of(window, team.id.into(), &stretches)
}

fn state(
    presence: &Presence<'_>,
    owned: &[(Range, bool)],
    team: TeamId,
    question: &Question<'_>,
    day: u32,
) -> TeamState {
    let now = || owned.iter().filter(|(range, _)| (range.0..range.1).contains(&day));
    let mut people = Vec::new();
    presence.behind(Owner::Team(team), day, &mut people);
    people.sort_unstable();
    people.dedup();
    let locations = || {
        let known = people.iter().filter_map(|person| presence.plan.people.get(*person));
        known.map(|person| person.location.as_str())
    };
    let lacks_on_call = now().any(|(_, is_critical)| *is_critical) && !question.rota.is_staffed(locations());
    TeamState { owns: now().next().is_some(), lacks_on_call, people }
}

impl State for TeamState {
    fn open(&self) -> u8 {
        let of_people = match (self.owns, self.people.len()) {
            (true, 0) => GapKind::TeamEmpty.bit(),
            (true, 1) => GapKind::TeamOnePerson.bit(),
            _ => 0,
        };
        of_people | if self.lacks_on_call { GapKind::OnCall.bit() } else { 0 }
    }

    fn because(&self, before: Option<&Self>, _kind: GapKind, subject: EntityRef) -> Vec<EntityRef> {
        let Some(before) = before else { return vec![subject] };
        let lost = gone(&before.people, &self.people);
        if !lost.is_empty() {
            return lost;
        }
        // Nobody went: somebody came to an empty team, or it took something over.
        let come = gone(&self.people, &before.people);
        if come.is_empty() { vec![subject] } else { come }
    }

    fn people(&self) -> &[PersonId] {
        &self.people
    }
}
