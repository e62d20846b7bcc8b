//! The occupancies of a whole plan: everybody assigned, and the hires that are planned.

use headroom_model::{Assignment, DateRange, Entity, Plan, Position, PositionId};
use rustc_hash::FxHashMap;

use super::{
    occupancy::{Occupancy, occupancy, planned_hire, within},
    overlapping_assignments::distinct_incumbents,
};
use crate::assumptions::Assumptions;

/// Every stay of a plan, by position in the order of [`Plan::place_of`]. Each lies within the days of its seat and, where it has a name, of the person's
/// employment. A planned hire follows whoever is in the seat before; frozen and closed seats get none. A pooled seat is
/// one stay that counts all of it: those who are named in it are among them.
pub fn occupancies(plan: &Plan, assumptions: &Assumptions<'_>) -> Vec<Occupancy> {
    let mut assigned: FxHashMap<PositionId, Vec<&Assignment>> = FxHashMap::default();
    for row in plan.assignments.iter() {
        assigned.entry(row.position).or_default().push(row);
    }
    let mut occupancies = Vec::with_capacity(plan.assignments.len() + plan.positions.len());
    for position in plan.in_order::<Position>() {
        let first = occupancies.len();
        let rows = assigned.get(&position.id).filter(|_| !position.pooled).map_or(&[][..], Vec::as_slice);
        occupancies
            .extend(distinct_incumbents(plan, position, rows).into_iter().map(|(occupancy, _)| occupancy));
        occupancies.extend(next(assumptions, position, &occupancies[first..]));
    }
    occupancies
}

fn next(assumptions: &Assumptions<'_>, position: &Position, before: &[Occupancy]) -> Option<Occupancy> {
    if position.pooled && position.status.is_wanted() {
        return occupancy(
            position,
            None,
            within(DateRange::new(position.start, None), position.date_range()),
        );
    }
    // Somebody without a last day stays.
    let ends = before.iter().map(|occupancy| occupancy.until).collect::<Option<Vec<_>>>()?;
    planned_hire(assumptions, position, ends.into_iter().max())
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use headroom_model::{Draft, Person, Status};

    use super::*;

    fn day(text: &str) -> Option<NaiveDate> {
        Some(text.parse().unwrap())
    }

    /// The stays of one seat, in which somebody sits who was assigned for these days.
    fn of(
        position: Position,
        assigned: Option<DateRange>,
    ) -> Vec<(bool, Option<NaiveDate>, Option<NaiveDate>)> {
        let mut plan = Plan::default();
        let mut draft = Draft::new(&plan);
        let (id, person) = (draft.new_id::<Position>(), draft.new_id::<Person>());
        draft.put(Position { id, key: "HC-1".into(), ..position });
        draft.put(Person {
            id: person,
            key: "ada".into(),
            name: "Ada".into(),
            until: day("2027-06-30"),
            ..Person::default()
        });
        if let Some(span) = assigned {
            let row = draft.new_id::<Assignment>();
            draft.put(Assignment {
                id: row,
                position: id,
                person,
                from: span.from,
                until: span.until,
                ..Assignment::default()
            });
        }
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        let found = occupancies(&plan, &Assumptions::new(&plan));
        found.iter().map(|occupancy| (occupancy.is_planned(&plan), occupancy.from, occupancy.until)).collect()
    }

    #[test]
    fn a_planned_hire_starts_as_planned_or_in_time_to_be_productive() {
        let start = Position { start: day("2027-02-01"), need_by: day("2027-06-01"), ..Position::default() };
        assert_eq!(of(start.clone(), None), [(true, day("2027-02-01"), None)]);
        let need = Position { start: None, ..start.clone() };
        assert_eq!(of(need, None), [(true, day("2027-02-01"), None)]);
        assert_eq!(of(Position { status: Status::Frozen, ..start }, None), []);
        assert_eq!(of(Position::default(), None), []);
    }

    #[test]
    fn a_successor_starts_when_the_position_is_free() {
        let seat = Position { start: day("2027-04-01"), until: day("2027-12-31"), ..Position::default() };
        let occupancy = |until: &str| Some(DateRange::new(day("2026-01-01"), day(until)));
        let expected =
            [(false, day("2026-01-01"), day("2027-03-31")), (true, day("2027-04-01"), day("2027-12-31"))];
        assert_eq!(of(seat.clone(), occupancy("2027-03-31")), expected);
        // Productive by June takes until April.
        let need = Position { start: None, need_by: day("2027-06-01"), ..seat.clone() };
        assert_eq!(of(need, occupancy("2027-03-31")), expected);
        // The person leaves before the assignment ends.
        let later = Position { start: day("2027-08-01"), ..seat };
        assert_eq!(of(later.clone(), occupancy("2027-10-31"))[0].2, day("2027-06-30"));
        let no_end = Some(DateRange::new(day("2026-01-01"), None));
        assert_eq!(of(later, no_end).len(), 2, "employment ends, so that the seat is free");
    }

    #[test]
    fn days_of_whoever_was_in_a_position_plan_no_successor() {
        let occupancy = Some(DateRange::new(day("2026-01-01"), day("2027-03-31")));
        for past in ["2024-01-01", "2026-01-01", "2027-03-31"] {
            for status in Status::ALL {
                let start = Position { start: day(past), status, ..Position::default() };
                let need = Position { start: None, need_by: day(past), ..start.clone() };
                assert_eq!(of(start, occupancy).len(), 1, "{past} {status:?}");
                assert_eq!(of(need, occupancy).len(), 1, "{past} {status:?}");
            }
        }
        // The start is history, and the need-by day is not.
        let both = Position { start: day("2026-01-01"), need_by: day("2027-04-15"), ..Position::default() };
        assert_eq!(of(both, occupancy)[1], (true, day("2027-04-01"), None));
    }

    #[test]
    fn a_pooled_position_is_there_as_long_as_it_exists() {
        let seat = Position { pooled: true, from: day("2026-01-01"), ..Position::default() };
        assert_eq!(of(seat.clone(), None), [(false, day("2026-01-01"), None)]);
        // Ada is one of those who are counted.
        let ada = Some(DateRange::new(day("2026-06-01"), None));
        assert_eq!(of(seat, ada), [(false, day("2026-01-01"), None)]);
    }
}
