use chrono::NaiveDate;
use headroom_model::{Assignment, PersonId, Plan, Position, PositionId, Status};
use rustc_hash::{FxHashMap, FxHashSet};

use super::occupancy::{assigned_occupancy, planned_hire};
use crate::assumptions::Assumptions;

/// What is planned for a seat once the person in it is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BackfillDecision {
    /// Nobody has said.
    Undecided,
    /// Another seat follows it.
    Backfilled(PositionId),
    /// It ends by then.
    Closes,
    /// It is on hold.
    Held,
    /// The next person is known.
    Followed(PersonId),
    /// Somebody is to be hired for the same seat, from this day on.
    Refilled(NaiveDate),
}

/// Somebody whose last day in a seat is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Departure {
    pub position: PositionId,
    pub person: PersonId,
    pub last: NaiveDate,
    pub decision: BackfillDecision,
}

/// Everybody who leaves a position from `day` to `until`, by last day: because the assignment ends, or the employment.
/// Whose next assignment to the position, or to the one that follows it on another team, begins without a break remains
/// in it.
pub fn departures(plan: &Plan, day: NaiveDate, until: NaiveDate) -> Vec<Departure> {
    let mut assigned: FxHashMap<PositionId, Vec<&Assignment>> = FxHashMap::default();
    for row in plan.assignments.iter() {
        assigned.entry(row.position).or_default().push(row);
    }
    let mut backfills: FxHashMap<PositionId, PositionId> = FxHashMap::default();
    for row in plan.positions.iter().filter(|row| row.status != Status::Closed) {
        if let Some(before) = row.backfill_of {
            let known = backfills.entry(before).or_insert(row.id);
            if plan.place_of(row.id) < plan.place_of(*known) {
                *known = row.id;
            }
        }
    }
    let assumptions = Assumptions::new(plan);
    let mut found: Vec<Departure> = Vec::new();
    for position in plan.positions.iter() {
        let Some(rows) = assigned.get(&position.id) else { continue };
        let held: Vec<Held> = rows.iter().filter_map(|row| held(plan, position, row)).collect();
        for one in &held {
            let Some(last) = one.last.filter(|last| (day..=until).contains(last)) else { continue };
            let next = last.succ_opt();
            let goes_on = |other: &Held| {
                other.person == one.person
                    && other.from <= next
                    && other.last.is_none_or(|other| other > last)
            };
            // Who moves to another team with the position goes on in the one that follows it.
            let follows = backfills
                .get(&position.id)
                .and_then(|next| Some((plan.positions.get(*next)?, assigned.get(next)?)));
            let moves = follows.is_some_and(|(next, rows)| {
                rows.iter().filter_map(|row| self::held(plan, next, row)).any(|row| goes_on(&row))
            });
            if !moves && !held.iter().any(goes_on) {
                let after = After { plan, assumptions: &assumptions, position, held: &held };
                let decision = after.decision(backfills.get(&position.id).copied(), last);
                found.push(Departure { position: position.id, person: one.person, last, decision });
            }
        }
    }
    found.sort_by_key(|departure| {
        (departure.last, plan.place_of(departure.position), plan.place_of(departure.person))
    });
    let mut seen = FxHashSet::default();
    found.retain(|departure| seen.insert((departure.position, departure.person, departure.last)));
    found
}

/// What is planned for a seat once somebody has gone whose last day in it may stand nowhere in the plan.
pub fn decision_after(
    plan: &Plan,
    position: &Position,
    person: PersonId,
    last: NaiveDate,
) -> BackfillDecision {
    let is_other = |row: &&Assignment| row.position == position.id && row.person != person;
    let others = plan.assignments.iter().filter(is_other);
    let held: Vec<Held> = others.filter_map(|row| held(plan, position, row)).collect();
    let is_next = |row: &&Position| row.backfill_of == Some(position.id) && row.status != Status::Closed;
    let assumptions = Assumptions::new(plan);
    let after = After { plan, assumptions: &assumptions, position, held: &held };
    let backfill =
        plan.positions.iter().filter(is_next).map(|row| row.id).min_by_key(|id| plan.place_of(*id));
    after.decision(backfill, last)
}

/// The days of somebody in a seat, as far as they are known.
struct Held {
    person: PersonId,
    from: Option<NaiveDate>,
    last: Option<NaiveDate>,
}

/// None for somebody who is in it on no day.
fn held(plan: &Plan, position: &Position, row: &Assignment) -> Option<Held> {
    let occupancy = assigned_occupancy(plan, position, row)?;
    Some(Held { person: row.person, from: occupancy.from, last: last_day(plan, row) })
}

/// A seat with those who were in it, are, or will be.
struct After<'a> {
    plan: &'a Plan,
    assumptions: &'a Assumptions<'a>,
    position: &'a Position,
    held: &'a [Held],
}

impl After<'_> {
    fn decision(&self, backfill: Option<PositionId>, last: NaiveDate) -> BackfillDecision {
        let position = self.position;
        let is_next = |other: &&Held| other.last.is_none_or(|other| other > last);
        let order = |other: &&Held| (other.from, self.plan.place_of(other.person));
        if let Some(next) = self.held.iter().filter(is_next).min_by_key(order) {
            BackfillDecision::Followed(next.person)
        } else if let Some(hire) = planned_hire(self.assumptions, position, Some(last)) {
            BackfillDecision::Refilled(hire.from.unwrap_or(last))
        } else if let Some(next) = backfill {
            BackfillDecision::Backfilled(next)
        } else if position.status == Status::Closed || position.until.is_some_and(|until| until <= last) {
            BackfillDecision::Closes
        } else if position.status == Status::Frozen {
            BackfillDecision::Held
        } else {
            BackfillDecision::Undecided
        }
    }
}

/// The last day of an assignment: its own, or that of the person's employment.
fn last_day(plan: &Plan, row: &Assignment) -> Option<NaiveDate> {
    let employed = plan.people.get(row.person).and_then(|person| person.until);
    match (row.until, employed) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

#[cfg(test)]
mod tests {
    use headroom_model::{Draft, Person, Team, team_move::move_position, vacancy};

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Ada, who is employed until the end of March, in a seat; and what `alter` makes of it.
    fn decision(alter: impl FnOnce(&mut Draft<'_>, Position, PersonId)) -> Vec<BackfillDecision> {
        let mut plan = Plan::default();
        let mut draft = Draft::new(&plan);
        let (id, person, row) =
            (draft.new_id::<Position>(), draft.new_id::<Person>(), draft.new_id::<Assignment>());
        draft.put(Position { id, key: "HC-1".into(), ..Position::default() });
        let until = Some(day("2027-03-31"));
        draft.put(Person { id: person, key: "ada".into(), name: "Ada".into(), until, ..Person::default() });
        draft.put(Assignment { id: row, position: id, person, ..Assignment::default() });
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        let mut draft = Draft::new(&plan);
        alter(&mut draft, plan.positions.get(id).unwrap().clone(), person);
        let changes = draft.finish();
        let mut plan = plan.clone();
        plan.apply(&changes).unwrap();
        let found = departures(&plan, day("2026-11-24"), day("2027-11-24"));
        found.iter().map(|departure| departure.decision).collect()
    }

    #[test]
    fn a_departure_is_undecided_until_somebody_decides() {
        use vacancy::{VacancyDecision, resolve_vacancy};
        let last = day("2027-03-31");
        assert_eq!(decision(|_, _, _| ()), [BackfillDecision::Undecided]);
        let mut next = None;
        let backfilled =
            decision(|draft, seat, _| next = resolve_vacancy(draft, &seat, last, VacancyDecision::Backfill));
        assert_eq!(backfilled, [BackfillDecision::Backfilled(next.unwrap())]);
        let closed = decision(|draft, seat, _| {
            resolve_vacancy(draft, &seat, last, VacancyDecision::Close);
        });
        assert_eq!(closed, [BackfillDecision::Closes]);
        let held = decision(|draft, seat, _| {
            resolve_vacancy(draft, &seat, last, VacancyDecision::Hold);
        });
        assert_eq!(held, [BackfillDecision::Held]);
        let start = Some(day("2027-05-01"));
        let refilled = decision(|draft, seat, _| draft.put(Position { start, ..seat }));
        assert_eq!(refilled, [BackfillDecision::Refilled(day("2027-05-01"))]);
    }

    #[test]
    fn who_moves_with_the_position_leaves_none() {
        let moved = decision(|draft, seat, person| {
            let (team, ada) = (draft.new_id::<Team>(), draft.base().people.get(person).unwrap());
            draft.put(Team { id: team, key: "pay".into(), name: "Payments".into(), ..Team::default() });
            draft.put(Person { until: None, ..ada.clone() });
            move_position(draft, &seat, team, day("2027-01-01"));
        });
        assert_eq!(moved, []);
    }

    #[test]
    fn who_stays_or_is_gone_already_is_no_leaver() {
        let from_then_on = decision(|draft, seat, person| {
            let id = draft.new_id::<Assignment>();
            draft.put(Assignment {
                id,
                position: seat.id,
                person,
                until: Some(day("2026-01-01")),
                ..Assignment::default()
            });
            let ada = draft.base().people.get(person).unwrap();
            draft.put(Person { until: None, ..ada.clone() });
        });
        assert_eq!(from_then_on, []);
    }
}
