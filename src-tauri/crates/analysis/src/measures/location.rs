//! A location is closed: the people there work elsewhere, or leave.
//!
//! A location is a word of people and of positions; locations are compared folded. That of a person has no dates, and
//! changes at once. A position that somebody was in goes on under another key from the day after the last one, so that what
//! it cost at the old location stays as it was.

use chrono::NaiveDate;
use headroom_model::{
    Assignment, Draft, Entity, Person, PersonId, Plan, Position, PositionId, Status, folded,
    team_move::{continue_position, has_past},
    vacancy::{VacancyDecision, resolve_vacancy},
};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::what_if::{HypotheticalDeparture, depart};

/// Who and what is at a location after its last day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LocationStaff {
    /// People who work there then, also those who join later: by name.
    pub people: Vec<PersonId>,
    /// Positions that nobody is in then: by title and key.
    pub positions: Vec<PositionId>,
}

impl LocationStaff {
    pub fn new(plan: &Plan, location: &str, last_day: NaiveDate) -> Self {
        let Some(day) = last_day.succ_opt() else { return Self::default() };
        let is_there = |place: &str| folded(place) == folded(location);
        let works = |person: &&Person| {
            !person.unconfirmed && is_there(&person.location) && person.date_range().reaches(day)
        };
        let mut people: Vec<PersonId> = plan.people.iter().filter(works).map(|person| person.id).collect();
        people.sort_by_cached_key(|person| plan.place_of(*person));
        let occupants = occupants(plan, day);
        let is_empty = |position: &&Position| {
            is_there(&position.location)
                && position.status != Status::Closed
                && position.date_range().reaches(day)
                && !occupants.contains_key(&position.id)
        };
        let mut positions: Vec<PositionId> =
            plan.positions.iter().filter(is_empty).map(|position| position.id).collect();
        positions.sort_by_cached_key(|position| plan.place_of(*position));
        Self { people, positions }
    }

    pub fn is_empty(&self) -> bool {
        self.people.is_empty() && self.positions.is_empty()
    }
}

/// Who is in each position on the day or later. Those who are counted in a pooled position are not told apart.
fn occupants(plan: &Plan, day: NaiveDate) -> FxHashMap<PositionId, Vec<PersonId>> {
    let mut found: FxHashMap<PositionId, Vec<PersonId>> = FxHashMap::default();
    for row in plan.assignments.iter().filter(|row: &&Assignment| row.date_range().reaches(day)) {
        let is_pooled = plan.positions.get(row.position).is_none_or(|position| position.pooled);
        let is_employed = plan.people.get(row.person).is_some_and(|person| person.date_range().reaches(day));
        if !is_pooled && is_employed {
            found.entry(row.position).or_default().push(row.person);
        }
    }
    found
}

/// What becomes of those at a location that is closed.
#[derive(Debug, Clone, Default)]
pub struct LocationClosure {
    pub location: String,
    pub last_day: NaiveDate,
    /// Where each person works then; none: they leave, and their position is closed.
    pub people: FxHashMap<PersonId, Option<String>>,
    /// Where each empty position is then; none: it is closed.
    pub positions: FxHashMap<PositionId, Option<String>>,
}

/// Closes a location with its last day. A position goes where the person in it works then.
pub fn close_location(draft: &mut Draft<'_>, closure: &LocationClosure) {
    let Some(day) = closure.last_day.succ_opt() else { return };
    let plan = draft.base();
    let leaving: FxHashSet<PersonId> =
        closure.people.iter().filter(|(_, to)| to.is_none()).map(|(person, _)| *person).collect();
    let departures = plan.people.iter().filter(|person| leaving.contains(&person.id));
    let departures: Vec<HypotheticalDeparture> = departures
        .map(|person| HypotheticalDeparture { person: person.id, last_day: closure.last_day })
        .collect();
    if !departures.is_empty() {
        depart(draft, &departures);
    }
    draft.alter(|row: &Person| {
        let to = closure.people.get(&row.id)?.clone()?;
        Some(Person { location: to, ..row.clone() })
    });
    let occupants = occupants(plan, day);
    for position in plan.in_order::<Position>() {
        let there = occupants.get(&position.id).map_or(&[][..], Vec::as_slice);
        let stays = there.iter().find(|person| !leaving.contains(*person));
        match (there.is_empty(), stays) {
            (true, _) => match closure.positions.get(&position.id) {
                Some(Some(to)) => relocate(draft, position, to, day),
                Some(None) => close(draft, position, closure.last_day),
                None => {}
            },
            (false, None) => close(draft, position, closure.last_day),
            (false, Some(person)) => {
                let to = match closure.people.get(person) {
                    Some(to) => to.clone(),
                    None => plan.people.get(*person).map(|row| row.location.clone()),
                };
                let is_there = folded(&position.location) == folded(&closure.location);
                if let Some(to) = to.filter(|to| is_there && !to.trim().is_empty()) {
                    relocate(draft, position, &to, day);
                }
            }
        }
    }
}

fn relocate(draft: &mut Draft<'_>, position: &Position, to: &str, day: NaiveDate) {
    let Some(row) = draft.get::<Position>(position.id).cloned() else { return };
    continue_position(draft, &row, day, |next| to.clone_into(&mut next.location));
}

/// Closes a position; one that somebody was in ends with the last day.
fn close(draft: &mut Draft<'_>, position: &Position, last_day: NaiveDate) {
    let Some(row) = draft.get::<Position>(position.id).cloned() else { return };
    let has_past = last_day.succ_opt().is_some_and(|day| has_past(draft.base(), &row, day));
    if has_past {
        resolve_vacancy(draft, &row, last_day, VacancyDecision::Close);
    } else {
        draft.put(Position { status: Status::Closed, ..row });
    }
}
