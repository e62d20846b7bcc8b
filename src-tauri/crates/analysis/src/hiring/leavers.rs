use chrono::NaiveDate;
use headroom_model::{Assignment, Entity, PersonId, Plan, Position, PositionId, Status};
use rustc_hash::{FxHashMap, FxHashSet};

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

/// Everybody who leaves a seat from `day` to `until`, by last day: because the assignment ends, or the employment.
pub fn leavers(plan: &Plan, day: NaiveDate, until: NaiveDate) -> Vec<Leaver> {
    let mut assigned: FxHashMap<PositionId, Vec<&Assignment>> = FxHashMap::default();
    for row in plan.assignments.iter().filter(|row| !row.span().is_empty()) {
        assigned.entry(row.position).or_default().push(row);
    }
    let backfills: FxHashMap<PositionId, PositionId> = plan
        .positions
        .iter()
        .filter(|row| row.status != Status::Closed)
        .filter_map(|row| Some((row.backfill_of?, row.id)))
        .collect();
    let mut found: Vec<Leaver> = Vec::new();
    for position in plan.positions.iter() {
        let rows = assigned.get(&position.id).map_or(&[][..], Vec::as_slice);
        let gone = rows.iter().filter_map(|row| leaver(plan, position, row, rows, &backfills));
        found.extend(gone.filter(|leaver| (day..=until).contains(&leaver.last)));
    }
    found.sort_by_key(|leaver| (leaver.last, leaver.position, leaver.person));
    let mut seen = FxHashSet::default();
    found.retain(|leaver| seen.insert((leaver.position, leaver.person)));
    found
}

fn leaver(
    plan: &Plan,
    position: &Position,
    row: &Assignment,
    rows: &[&Assignment],
    backfills: &FxHashMap<PositionId, PositionId>,
) -> Option<Leaver> {
    let last = last_day(plan, row)?;
    let others: Vec<&Assignment> = rows.iter().copied().filter(|other| other.id != row.id).collect();
    let fate = fate(plan, position, &others, backfills.get(&position.id).copied(), last);
    Some(Leaver { position: position.id, person: row.person, last, fate })
}

/// What is planned for a seat once somebody has gone whose last day in it may stand nowhere in the plan.
pub fn fate_after(plan: &Plan, position: &Position, person: PersonId, last: NaiveDate) -> Fate {
    let is_other =
        |row: &&Assignment| row.position == position.id && row.person != person && !row.span().is_empty();
    let others: Vec<&Assignment> = plan.assignments.iter().filter(is_other).collect();
    let is_next = |row: &&Position| row.backfill_of == Some(position.id) && row.status != Status::Closed;
    fate(plan, position, &others, plan.positions.iter().find(is_next).map(|row| row.id), last)
}

fn fate(
    plan: &Plan,
    position: &Position,
    others: &[&Assignment],
    backfill: Option<PositionId>,
    last: NaiveDate,
) -> Fate {
    let is_next = |other: &&&Assignment| last_day(plan, other).is_none_or(|other| other > last);
    if let Some(next) = others.iter().find(is_next) {
        Fate::Followed(next.person)
    } else if let Some(next) = backfill {
        Fate::Backfilled(next)
    } else if position.status == Status::Closed || position.until.is_some_and(|until| until <= last) {
        Fate::Closes
    } else if position.status == Status::Frozen {
        Fate::Held
    } else if let Some(start) = position.start.filter(|start| *start > last) {
        Fate::Refilled(start)
    } else {
        Fate::Undecided
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
