//! Filling and vacating positions, and the decision about a vacancy: backfill, close or hold.

use chrono::{Days, NaiveDate};

use crate::{
    Assignment, Draft, Entity, Membership, PersonId, Position, PositionId, PositionKeys, Status,
    position_keys::BACKFILL, reason,
};

/// Ends every assignment to the position the day before `day` and deletes those that start on it or later, except for
/// the person in `keeping`.
pub fn vacate(draft: &mut Draft<'_>, position: PositionId, day: NaiveDate, keeping: Option<PersonId>) {
    let is_meant = |row: &&Assignment| row.position == position && Some(row.person) != keeping;
    let meant: Vec<Assignment> = draft.iter().filter(is_meant).cloned().collect();
    for row in meant {
        if row.from.is_some_and(|from| from >= day) {
            draft.remove::<Assignment>(row.id);
        } else if row.until.is_none_or(|until| until >= day) {
            draft.put(Assignment { until: row.date_range().ended_before(day).until, ..row });
        }
    }
}

/// Assigns the person to the position from `day` on; others leave it the day before. No change if the person is in it
/// already.
pub fn assign_to_position(draft: &mut Draft<'_>, position: PositionId, person: PersonId, day: NaiveDate) {
    vacate(draft, position, day, Some(person));
    let is_there = |row: &Assignment| {
        row.position == position && row.person == person && row.until.is_none_or(|until| until >= day)
    };
    if draft.iter().any(is_there) {
        return;
    }
    let id = draft.new_id::<Assignment>();
    draft.put(Assignment { id, position, person, from: Some(day), ..Assignment::default() });
}

/// Assigns the person to the position and makes them a member of its team, from `day` on.
pub fn fill_position(draft: &mut Draft<'_>, position: &Position, person: PersonId, day: NaiveDate) {
    assign_to_position(draft, position.id, person, day);
    let Some(team) = position.team else { return };
    let is_member = |row: &Membership| {
        row.person == person && row.team == team && row.until.is_none_or(|until| until >= day)
    };
    if !draft.iter().any(is_member) {
        let id = draft.new_id::<Membership>();
        let (role, from) = ("member".to_owned(), Some(day));
        draft.put(Membership { id, person, team, role, from, ..Membership::default() });
    }
}

/// What happens to a position after a departure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VacancyDecision {
    /// A new position backfills it from the day after; this one ends with the departure.
    Backfill,
    /// It ends with the departure.
    Close,
    /// It remains, and nobody is hired until further notice.
    Hold,
}

/// Applies the decision about a position whose occupant leaves after `last`. Gives the new position, if it is
/// backfilled.
pub fn resolve_vacancy(
    draft: &mut Draft<'_>,
    position: &Position,
    last: NaiveDate,
    decision: VacancyDecision,
) -> Option<PositionId> {
    match decision {
        VacancyDecision::Hold => draft.put(Position { status: Status::Frozen, ..position.clone() }),
        VacancyDecision::Close => draft.put(Position { until: Some(last), ..position.clone() }),
        VacancyDecision::Backfill => {
            draft.put(Position { until: Some(last), ..position.clone() });
            let next = backfill_of(draft, position, last);
            let id = next.id;
            draft.put(next);
            return Some(id);
        }
    }
    None
}

fn backfill_of(draft: &mut Draft<'_>, position: &Position, last: NaiveDate) -> Position {
    use chrono::Datelike;
    let first = last.checked_add_days(Days::new(1)).unwrap_or(last);
    Position {
        id: draft.new_id::<Position>(),
        key: PositionKeys::new(draft.iter()).next(first.year(), BACKFILL),
        reason: reason::BACKFILL.to_owned(),
        backfill_of: Some(position.id),
        need_by: Some(first),
        start: Some(first),
        status: Status::Planned,
        requisition: String::new(),
        description: String::new(),
        source: None,
        extra: crate::entity::Extra::default(),
        from: None,
        until: None,
        // What it once waited for is no reason to leave it empty.
        ..position.without_gate()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Person, Plan, Team};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn change(plan: &mut Plan, collect: impl FnOnce(&mut Draft<'_>)) {
        let mut draft = Draft::new(plan);
        collect(&mut draft);
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
    }

    /// A position on a team, and two people.
    fn plan() -> (Plan, Position, [PersonId; 2]) {
        let mut plan = Plan::default();
        let (mut position, mut people) = (Position::default(), [PersonId(0); 2]);
        change(&mut plan, |draft| {
            let team = draft.new_id::<Team>();
            draft.put(Team { id: team, key: "pay".into(), name: "Payments".into(), ..Team::default() });
            for (at, name) in ["ada", "bo"].into_iter().enumerate() {
                people[at] = draft.new_id::<Person>();
                draft.put(Person {
                    id: people[at],
                    key: name.into(),
                    name: name.into(),
                    ..Person::default()
                });
            }
            let (id, key) = (draft.new_id::<Position>(), "HC2027-NH-001".to_owned());
            position = Position { id, key, team: Some(team), level: "L4".into(), ..Position::default() };
            draft.put(position.clone());
        });
        (plan, position, people)
    }

    #[test]
    fn occupant_leaves_the_day_before_the_next_starts() {
        let (mut plan, position, [ada, bo]) = plan();
        change(&mut plan, |draft| fill_position(draft, &position, ada, day("2027-01-01")));
        change(&mut plan, |draft| fill_position(draft, &position, bo, day("2027-06-01")));
        let mut occupancies: Vec<_> =
            plan.assignments.iter().map(|row| (row.person, row.from, row.until)).collect();
        occupancies.sort_by_key(|(_, from, _)| *from);
        let (new_year, may, june) = (day("2027-01-01"), day("2027-05-31"), day("2027-06-01"));
        assert_eq!(occupancies, [(ada, Some(new_year), Some(may)), (bo, Some(june), None)]);
        assert_eq!(plan.memberships.len(), 2, "both are on the team of the seat");
        let before = plan.clone();
        change(&mut plan, |draft| fill_position(draft, &position, bo, day("2027-07-01")));
        assert!(plan == before, "nothing is said twice");
        // Assignments that have not started are deleted.
        change(&mut plan, |draft| vacate(draft, position.id, day("2027-05-01"), None));
        assert_eq!(plan.assignments.len(), 1);
    }

    #[test]
    fn backfill_continues_the_vacated_position() {
        let (mut plan, position, _) = plan();
        let mut next = None;
        change(&mut plan, |draft| {
            next = resolve_vacancy(draft, &position, day("2027-12-31"), VacancyDecision::Backfill)
        });
        let (old, new) =
            (plan.positions.get(position.id).unwrap(), plan.positions.get(next.unwrap()).unwrap());
        assert_eq!(old.until, Some(day("2027-12-31")));
        assert_eq!((new.key.as_str(), new.backfill_of), ("HC2028-BF-001", Some(position.id)));
        assert_eq!((new.team, new.level.as_str(), new.start), (position.team, "L4", Some(day("2028-01-01"))));
        let (mut held, position, _) = self::plan();
        change(&mut held, |draft| {
            resolve_vacancy(draft, &position, day("2027-12-31"), VacancyDecision::Hold);
        });
        assert_eq!(held.positions.get(position.id).unwrap().status, Status::Frozen);
    }
}
