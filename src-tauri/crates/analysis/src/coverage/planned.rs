//! The hires of a plan as the forecast counts them: from the day on which each is productive.

use std::cmp::Reverse;

use chrono::NaiveDate;
use headroom_model::{DateRange, Entity, Owner, PersonId, Plan, Position, ServiceId, TeamId};
use rustc_hash::FxHashMap;

use crate::{
    assumptions::{Assumptions, Subject},
    forecast::{ForecastParams, Hire},
    hiring::{Occupancy, occupancies},
    schedule::{Scheduler, days_after, ramp},
};

/// Hires to come, each from the day on which they are productive: planned hires, and people assigned to a position
/// from a later day on.
///
/// They count for the team of the position and the service it names, unless they do so already by another team or
/// role. A hire whose planned first day can no longer be kept joins as soon as the remaining steps from
/// [`ForecastParams::today`] on take.
///
/// Sorted by that day; on one day those who remain longest come first, then the highest priority, then the attributes
/// of the position, its title and last its key.
pub fn planned(plan: &Plan, assumptions: &Assumptions<'_>, question: &ForecastParams<'_>) -> Vec<Hire> {
    let scheduler = question.today.map(|today| Scheduler::new(plan, today));
    let is_coming = |occupancy: &Occupancy| match occupancy.person {
        None => occupancy.is_planned(plan),
        Some(_) => occupancy.from.is_some_and(|from| from > question.from),
    };
    let coming: Vec<Occupancy> = occupancies(plan, assumptions).into_iter().filter(is_coming).collect();
    let counted = ExistingRoles::new(plan, &coming);
    let hire = |occupancy: Occupancy| {
        let position = plan.positions.get(occupancy.position)?;
        let soonest =
            scheduler.as_ref().filter(|_| occupancy.person.is_none()).and_then(|it| it.of(position).start);
        let from = occupancy.from?.max(soonest.unwrap_or(NaiveDate::MIN));
        let ramp = ramp(assumptions, Subject::position(position, occupancy.person), from);
        let (from, until) = (days_after(from, ramp), occupancy.until);
        let days = DateRange::new(Some(from), until);
        let is_new = |person, team: &TeamId| !counted.on(person, *team, days);
        let team = position.team.filter(|team| occupancy.person.is_none_or(|person| is_new(person, team)));
        let brings = |person, service: &ServiceId| !counted.behind(plan, person, *service, days);
        let service = position.service.filter(|it| occupancy.person.is_none_or(|person| brings(person, it)));
        let counts = occupancy.person.is_none() || team.is_some() || service.is_some();
        (!days.is_empty() && counts).then_some(Hire {
            position: position.id,
            person: occupancy.person,
            team,
            from,
            until,
            service,
            of_team: None,
        })
    };
    let mut hires: Vec<Hire> = coming.iter().copied().filter_map(hire).collect();
    let last = |hire: &Hire| Reverse(hire.until.unwrap_or(NaiveDate::MAX));
    let position = |hire: &Hire| plan.positions.get(hire.position).map(|position| order(plan, position));
    hires.sort_by(|a, b| (a.from, last(a), position(a)).cmp(&(b.from, last(b), position(b))));
    hires
}

/// Order of positions of the same day; the key decides last.
fn order<'a>(plan: &Plan, position: &'a Position) -> impl Ord + use<'a> {
    let of = (
        position.team.map(|team| plan.place_of(team)),
        position.service.map(|service| plan.place_of(service)),
    );
    let what = [&position.discipline, &position.level, &position.location, &position.reason];
    let wanted = (position.priority.unwrap_or(u8::MAX), Reverse(position.status), position.need_by);
    (wanted, of, what, plan.place_of(position.id))
}

/// Teams that people assigned from a later day on are members of anyway.
struct ExistingRoles(FxHashMap<PersonId, Vec<(TeamId, DateRange)>>);

impl ExistingRoles {
    fn new(plan: &Plan, coming: &[Occupancy]) -> Self {
        let known = |person: &PersonId| plan.people.get(*person).is_some_and(|row| !row.unconfirmed);
        let people = coming.iter().filter_map(|occupancy| occupancy.person).filter(known);
        let mut teams: FxHashMap<PersonId, Vec<(TeamId, DateRange)>> =
            people.map(|person| (person, Vec::new())).collect();
        if !teams.is_empty() {
            for row in &plan.memberships {
                if let Some(teams) = teams.get_mut(&row.person) {
                    teams.push((row.team, row.date_range()));
                }
            }
        }
        Self(teams)
    }

    /// Whether a person is on a team on all of these days.
    fn on(&self, person: PersonId, team: TeamId, days: DateRange) -> bool {
        let teams = self.0.get(&person).map_or(&[][..], Vec::as_slice);
        teams.iter().any(|(on, span)| *on == team && covers(*span, days))
    }

    /// Whether a person is among the owners of a service, or on a team that owns it, on all of these days.
    fn behind(&self, plan: &Plan, person: PersonId, service: ServiceId, days: DateRange) -> bool {
        let is_known = self.0.contains_key(&person);
        let mut rows = plan.ownerships.iter().filter(|row| row.service == service && row.is_accountable());
        is_known
            && rows.any(|row| {
                covers(row.date_range(), days)
                    && match row.owner {
                        Owner::Person(owner) => owner == person,
                        Owner::Team(team) => self.on(person, team, days),
                    }
            })
    }
}

fn covers(span: DateRange, days: DateRange) -> bool {
    span.from.is_none_or(|from| days.from.is_some_and(|first| from <= first))
        && span.until.is_none_or(|until| days.until.is_some_and(|last| last <= until))
}
