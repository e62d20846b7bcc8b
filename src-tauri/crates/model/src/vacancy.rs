//! What happens to a seat: somebody sits down in it, somebody leaves it, and what is decided then.

use chrono::{Days, NaiveDate};

use crate::{
    Assignment, Draft, Entity, Membership, PersonId, Position, PositionId, PositionKeys, Status,
    position_keys::BACKFILL, reason,
};

/// Whoever is in the seat on the day leaves it on the eve; who was to come from that day on does not.
/// `keeping` stays.
pub fn vacate(draft: &mut Draft<'_>, position: PositionId, day: NaiveDate, keeping: Option<PersonId>) {
    let plan = draft.plan();
    let is_meant = |row: &&Assignment| row.position == position && Some(row.person) != keeping;
    for row in plan.assignments.iter().filter(is_meant) {
        if row.from.is_some_and(|from| from >= day) {
            draft.remove::<Assignment>(row.id);
        } else if row.until.is_none_or(|until| until >= day) {
            draft.put(Assignment { until: row.date_range().ended_before(day).until, ..row.clone() });
        }
    }
}

/// From the day on the person is in the seat; whoever was in it until then leaves on the eve. Says nothing when the
/// person is in it already.
pub fn assign_to_position(draft: &mut Draft<'_>, position: PositionId, person: PersonId, day: NaiveDate) {
    vacate(draft, position, day, Some(person));
    let is_there = |row: &Assignment| {
        row.position == position && row.person == person && row.until.is_none_or(|until| until >= day)
    };
    if draft.plan().assignments.iter().any(is_there) {
        return;
    }
    let id = draft.new_id::<Assignment>();
    draft.put(Assignment { id, position, person, from: Some(day), ..Assignment::default() });
}

/// Puts the person into the seat and on its team, from the day on.
pub fn fill_position(draft: &mut Draft<'_>, position: &Position, person: PersonId, day: NaiveDate) {
    assign_to_position(draft, position.id, person, day);
    let Some(team) = position.team else { return };
    let is_member = |row: &Membership| {
        row.person == person && row.team == team && row.until.is_none_or(|until| until >= day)
    };
    if !draft.plan().memberships.iter().any(is_member) {
        let id = draft.new_id::<Membership>();
        let (role, from) = ("member".to_owned(), Some(day));
        draft.put(Membership { id, person, team, role, from, ..Membership::default() });
    }
}

/// What is decided about a seat that somebody leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VacancyDecision {
    /// A new seat follows it, to be filled from the day after; this one ends with the leaver.
    Backfill,
    /// It ends with the leaver.
    Close,
    /// It stays and nobody is hired for it until further notice.
    Hold,
}

/// Decides about a seat whose occupant is there for the last time on `last`; gives the seat that follows, if one does.
pub fn resolve_vacancy(
    draft: &mut Draft<'_>,
    seat: &Position,
    last: NaiveDate,
    decision: VacancyDecision,
) -> Option<PositionId> {
    match decision {
        VacancyDecision::Hold => draft.put(Position { status: Status::Frozen, ..seat.clone() }),
        VacancyDecision::Close => draft.put(Position { until: Some(last), ..seat.clone() }),
        VacancyDecision::Backfill => {
            draft.put(Position { until: Some(last), ..seat.clone() });
            let next = backfill_of(draft, seat, last);
            let id = next.id;
            draft.put(next);
            return Some(id);
        }
    }
    None
}

fn backfill_of(draft: &mut Draft<'_>, seat: &Position, last: NaiveDate) -> Position {
    use chrono::Datelike;
    let first = last.checked_add_days(Days::new(1)).unwrap_or(last);
    Position {
        id: draft.new_id::<Position>(),
        key: PositionKeys::new(draft.plan()).next(first.year(), BACKFILL),
        reason: reason::BACKFILL.to_owned(),
        backfill_of: Some(seat.id),
        need_by: Some(first),
        start: Some(first),
        status: Status::Planned,
        requisition: String::new(),
        description: String::new(),
        source: None,
        extra: crate::entity::Extra::default(),
        from: None,
        until: None,
        ..seat.clone()
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

    /// A seat on a team with two people beside it.
    fn plan() -> (Plan, Position, [PersonId; 2]) {
        let mut plan = Plan::default();
        let (mut seat, mut people) = (Position::default(), [PersonId(0); 2]);
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
            seat = Position { id, key, team: Some(team), level: "L4".into(), ..Position::default() };
            draft.put(seat.clone());
        });
        (plan, seat, people)
    }

    #[test]
    fn whoever_was_in_the_position_leaves_it_on_the_eve() {
        let (mut plan, seat, [ada, bo]) = plan();
        change(&mut plan, |draft| fill_position(draft, &seat, ada, day("2027-01-01")));
        change(&mut plan, |draft| fill_position(draft, &seat, bo, day("2027-06-01")));
        let occupancies: Vec<_> =
            plan.assignments.iter().map(|row| (row.person, row.from, row.until)).collect();
        let (new_year, may, june) = (day("2027-01-01"), day("2027-05-31"), day("2027-06-01"));
        assert_eq!(occupancies, [(ada, Some(new_year), Some(may)), (bo, Some(june), None)]);
        assert_eq!(plan.memberships.len(), 2, "both are on the team of the seat");
        let before = plan.clone();
        change(&mut plan, |draft| fill_position(draft, &seat, bo, day("2027-07-01")));
        assert!(plan == before, "nothing is said twice");
        // Who has not begun yet has never been there.
        change(&mut plan, |draft| vacate(draft, seat.id, day("2027-05-01"), None));
        assert_eq!(plan.assignments.len(), 1);
    }

    #[test]
    fn a_backfill_follows_the_position_of_the_departure() {
        let (mut plan, seat, _) = plan();
        let mut next = None;
        change(&mut plan, |draft| {
            next = resolve_vacancy(draft, &seat, day("2027-12-31"), VacancyDecision::Backfill)
        });
        let (old, new) = (plan.positions.get(seat.id).unwrap(), plan.positions.get(next.unwrap()).unwrap());
        assert_eq!(old.until, Some(day("2027-12-31")));
        assert_eq!((new.key.as_str(), new.backfill_of), ("HC2028-BF-001", Some(seat.id)));
        assert_eq!((new.team, new.level.as_str(), new.start), (seat.team, "L4", Some(day("2028-01-01"))));
        let (mut held, seat, _) = self::plan();
        change(&mut held, |draft| {
            resolve_vacancy(draft, &seat, day("2027-12-31"), VacancyDecision::Hold);
        });
        assert_eq!(held.positions.get(seat.id).unwrap().status, Status::Frozen);
    }
}
