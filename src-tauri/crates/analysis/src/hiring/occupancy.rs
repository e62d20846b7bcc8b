use chrono::NaiveDate;
use headroom_model::{Assignment, DateRange, Entity, PersonId, Plan, Position, PositionId};
use rustc_hash::FxHashMap;

use super::overlapping_assignments::distinct_incumbents;
use crate::{
    assumptions::{Assumptions, Subject},
    schedule::latest_start,
};

/// Somebody in a seat: a person assigned, the hire that is planned, or the many of a pooled seat. What a plan costs,
/// how many it counts and what they can do is reckoned from these alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occupancy {
    pub position: PositionId,
    /// None: a planned hire, or a pooled seat.
    pub person: Option<PersonId>,
    /// First day; none: from the beginning.
    pub from: Option<NaiveDate>,
    /// Last day; none: until further notice.
    pub until: Option<NaiveDate>,
}

impl Occupancy {
    pub fn span(&self) -> DateRange {
        DateRange::new(self.from, self.until)
    }

    /// Somebody who is not there yet and has no name.
    pub fn is_planned(&self, plan: &Plan) -> bool {
        self.person.is_none() && !plan.positions.get(self.position).is_some_and(|position| position.pooled)
    }
}

/// The days that a position still gives for whoever is next in it: its `start` and its `need_by`. Days on or before the
/// last one of somebody who was in it are history: they were about that person, and plan no successor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PositionCalendar {
    pub start: Option<NaiveDate>,
    pub need_by: Option<NaiveDate>,
}

impl PositionCalendar {
    /// `last` is the last day of those who were in the position; none when nobody was.
    pub fn of(position: &Position, last: Option<NaiveDate>) -> Self {
        let ahead = |day: Option<NaiveDate>| day.filter(|day| last.is_none_or(|last| *day > last));
        Self { start: ahead(position.start), need_by: ahead(position.need_by) }
    }

    /// The first day of the next person, as planned: the `start`; without one, so long before the need-by day that they
    /// are productive by then. None where neither is said.
    pub fn planned_start(self, assumptions: &Assumptions<'_>, position: &Position) -> Option<NaiveDate> {
        let before_need = || {
            let need_by = self.need_by?;
            Some(latest_start(assumptions, Subject::position(position, None), need_by))
        };
        self.start.or_else(before_need)
    }
}

/// The stay of whoever is to be hired for a position once everybody who was in it has left, with the last of them on the
/// day; none where nobody is. The one answer to what follows a departure in the same position.
pub fn planned_hire(
    assumptions: &Assumptions<'_>,
    position: &Position,
    last: Option<NaiveDate>,
) -> Option<Occupancy> {
    if !position.status.is_wanted() || position.pooled {
        return None;
    }
    let start = PositionCalendar::of(position, last).planned_start(assumptions, position)?;
    let free = last.and_then(|last| last.succ_opt());
    let from = Some(free.map_or(start, |free| free.max(start)));
    occupancy(position, None, within(DateRange::new(from, None), position.date_range()))
}

/// Every stay of a plan, by position. Each lies within the days of its seat and, where it has a name, of the person's
/// employment. A planned hire follows whoever is in the seat before; frozen and closed seats get none. A pooled seat is
/// one stay that counts all of it: those who are named in it are among them.
pub fn occupancies(plan: &Plan, assumptions: &Assumptions<'_>) -> Vec<Occupancy> {
    let mut assigned: FxHashMap<PositionId, Vec<&Assignment>> = FxHashMap::default();
    for row in plan.assignments.iter() {
        assigned.entry(row.position).or_default().push(row);
    }
    let mut occupancies = Vec::with_capacity(plan.assignments.len() + plan.positions.len());
    for position in plan.positions.iter() {
        let first = occupancies.len();
        let rows = assigned.get(&position.id).filter(|_| !position.pooled).map_or(&[][..], Vec::as_slice);
        occupancies
            .extend(distinct_incumbents(plan, position, rows).into_iter().map(|(occupancy, _)| occupancy));
        occupancies.extend(next(assumptions, position, &occupancies[first..]));
    }
    occupancies
}

/// The stay of somebody assigned; none where no day of it lies within those of the seat and of the employment.
pub(super) fn assigned_occupancy(plan: &Plan, position: &Position, row: &Assignment) -> Option<Occupancy> {
    let employed = plan.people.get(row.person).map(Entity::date_range).unwrap_or_default();
    let span = within(within(row.date_range(), position.date_range()), employed);
    occupancy(position, Some(row.person), span)
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

fn occupancy(position: &Position, person: Option<PersonId>, span: DateRange) -> Option<Occupancy> {
    (!span.is_empty()).then_some(Occupancy {
        position: position.id,
        person,
        from: span.from,
        until: span.until,
    })
}

/// The days that lie in both.
fn within(a: DateRange, b: DateRange) -> DateRange {
    let latest = a.from.max(b.from);
    let earliest = match (a.until, b.until) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    DateRange::new(latest, earliest)
}

#[cfg(test)]
mod tests {
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
