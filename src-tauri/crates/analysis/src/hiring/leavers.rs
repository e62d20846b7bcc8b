use chrono::NaiveDate;
use headroom_model::{Assignment, PersonId, Plan, Position, PositionId, Status};
use rustc_hash::{FxHashMap, FxHashSet};

use super::stays::{planned_hire, taken};
use crate::assumptions::Assumptions;

/// What is planned for a seat once the person in it is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
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
pub struct Leaver {
    pub position: PositionId,
    pub person: PersonId,
    pub last: NaiveDate,
    pub fate: Fate,
}

/// Everybody who leaves a seat from `day` to `until`, by last day: because the assignment ends, or the employment. Whose
/// next assignment to the seat follows without a break remains in it.
pub fn leavers(plan: &Plan, day: NaiveDate, until: NaiveDate) -> Vec<Leaver> {
    let mut assigned: FxHashMap<PositionId, Vec<&Assignment>> = FxHashMap::default();
    for row in plan.assignments.iter() {
        assigned.entry(row.position).or_default().push(row);
    }
    let mut backfills: FxHashMap<PositionId, PositionId> = FxHashMap::default();
    for row in plan.positions.iter().filter(|row| row.status != Status::Closed) {
        if let Some(before) = row.backfill_of {
            backfills.entry(before).or_insert(row.id);
        }
    }
    let assumptions = Assumptions::new(plan);
    let mut found: Vec<Leaver> = Vec::new();
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
            if !held.iter().any(goes_on) {
                let after = After { assumptions: &assumptions, position, held: &held };
                let fate = after.fate(backfills.get(&position.id).copied(), last);
                found.push(Leaver { position: position.id, person: one.person, last, fate });
            }
        }
    }
    found.sort_by_key(|leaver| (leaver.last, leaver.position, leaver.person));
    let mut seen = FxHashSet::default();
    found.retain(|leaver| seen.insert((leaver.position, leaver.person, leaver.last)));
    found
}

/// What is planned for a seat once somebody has gone whose last day in it may stand nowhere in the plan.
pub fn fate_after(plan: &Plan, position: &Position, person: PersonId, last: NaiveDate) -> Fate {
    let is_other = |row: &&Assignment| row.position == position.id && row.person != person;
    let others = plan.assignments.iter().filter(is_other);
    let held: Vec<Held> = others.filter_map(|row| held(plan, position, row)).collect();
    let is_next = |row: &&Position| row.backfill_of == Some(position.id) && row.status != Status::Closed;
    let assumptions = Assumptions::new(plan);
    let after = After { assumptions: &assumptions, position, held: &held };
    after.fate(plan.positions.iter().find(is_next).map(|row| row.id), last)
}

/// The days of somebody in a seat, as far as they are known.
struct Held {
    person: PersonId,
    from: Option<NaiveDate>,
    last: Option<NaiveDate>,
}

/// None for somebody who is in it on no day.
fn held(plan: &Plan, position: &Position, row: &Assignment) -> Option<Held> {
    let stay = taken(plan, position, row)?;
    Some(Held { person: row.person, from: stay.from, last: last_day(plan, row) })
}

/// A seat with those who were in it, are, or will be.
struct After<'a> {
    assumptions: &'a Assumptions<'a>,
    position: &'a Position,
    held: &'a [Held],
}

impl After<'_> {
    fn fate(&self, backfill: Option<PositionId>, last: NaiveDate) -> Fate {
        let position = self.position;
        let is_next = |other: &&Held| other.last.is_none_or(|other| other > last);
        if let Some(next) = self.held.iter().find(is_next) {
            Fate::Followed(next.person)
        } else if let Some(hire) = planned_hire(self.assumptions, position, Some(last)) {
            Fate::Refilled(hire.from.unwrap_or(last))
        } else if let Some(next) = backfill {
            Fate::Backfilled(next)
        } else if position.status == Status::Closed || position.until.is_some_and(|until| until <= last) {
            Fate::Closes
        } else if position.status == Status::Frozen {
            Fate::Held
        } else {
            Fate::Undecided
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
    use headroom_model::{Draft, Person, seat};

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Ada, who is employed until the end of March, in a seat; and what `alter` makes of it.
    fn fate(alter: impl FnOnce(&mut Draft<'_>, Position, PersonId)) -> Vec<Fate> {
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
        let found = leavers(&plan, day("2026-11-24"), day("2027-11-24"));
        found.iter().map(|leaver| leaver.fate).collect()
    }

    #[test]
    fn a_leaver_is_undecided_until_somebody_decides() {
        use seat::{Decision, decide};
        let last = day("2027-03-31");
        assert_eq!(fate(|_, _, _| ()), [Fate::Undecided]);
        let mut next = None;
        let backfilled = fate(|draft, seat, _| next = decide(draft, &seat, last, Decision::Backfill));
        assert_eq!(backfilled, [Fate::Backfilled(next.unwrap())]);
        let closed = fate(|draft, seat, _| {
            decide(draft, &seat, last, Decision::Close);
        });
        assert_eq!(closed, [Fate::Closes]);
        let held = fate(|draft, seat, _| {
            decide(draft, &seat, last, Decision::Hold);
        });
        assert_eq!(held, [Fate::Held]);
        let start = Some(day("2027-05-01"));
        let refilled = fate(|draft, seat, _| draft.put(Position { start, ..seat }));
        assert_eq!(refilled, [Fate::Refilled(day("2027-05-01"))]);
    }

    #[test]
    fn who_stays_or_is_gone_already_is_no_leaver() {
        let from_then_on = fate(|draft, seat, person| {
            let id = draft.new_id::<Assignment>();
            draft.put(Assignment {
                id,
                position: seat.id,
                person,
                until: Some(day("2026-01-01")),
                ..Assignment::default()
            });
            let ada = draft.plan().people.get(person).unwrap();
            draft.put(Person { until: None, ..ada.clone() });
        });
        assert_eq!(from_then_on, []);
    }
}
