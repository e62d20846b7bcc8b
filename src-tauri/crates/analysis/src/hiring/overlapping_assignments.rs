//! Assignments of one person to one position that together say who is in it: split, repeated or on top of each other,
//! they count once.

use chrono::NaiveDate;
use headroom_model::{Assignment, Entity, Money, PersonId, Plan, Position, PositionId};
use rustc_hash::FxHashMap;

use super::occupancy::{Occupancy, assigned_occupancy};

/// The stays of those assigned to a position, each with what the person is paid where that is said. Without a break and
/// at the same pay two assignments are one stay; where they overlap and say different pay, the one that began last
/// counts. In order of beginning; of one day in the order of people.
pub(crate) fn distinct_incumbents(
    plan: &Plan,
    position: &Position,
    rows: &[&Assignment],
) -> Vec<(Occupancy, Option<Money>)> {
    let known = rows.iter().filter_map(|row| Some((assigned_occupancy(plan, position, row)?, *row)));
    let mut known: Vec<(Occupancy, &Assignment)> = known.collect();
    known.sort_by(|(occupancy, row), (other, of_other)| {
        occupancy.from.cmp(&other.from).then_with(|| row.compare(of_other, plan))
    });
    let mut people: Vec<PersonId> = Vec::new();
    let mut occupancies = Vec::with_capacity(known.len());
    for (_, row) in &known {
        if people.contains(&row.person) {
            continue;
        }
        people.push(row.person);
        let own: Vec<(Occupancy, &Assignment)> =
            known.iter().copied().filter(|(_, other)| other.person == row.person).collect();
        match own.as_slice() {
            [(occupancy, row)] => occupancies.push((*occupancy, row.pay)),
            several => occupancies.extend(of_one(several)),
        }
    }
    occupancies
}

/// The stays of one person, from rows that are sorted by beginning.
fn of_one(rows: &[(Occupancy, &Assignment)]) -> Vec<(Occupancy, Option<Money>)> {
    // First days of stretches on which the same rows hold; nothing ends on the last day that there is.
    let first = |occupancy: &Occupancy| occupancy.from.unwrap_or(NaiveDate::MIN);
    let after = |occupancy: &Occupancy| occupancy.until.and_then(|last| last.succ_opt());
    let mut days: Vec<NaiveDate> = rows.iter().map(|(occupancy, _)| first(occupancy)).collect();
    days.extend(rows.iter().filter_map(|(occupancy, _)| after(occupancy)));
    days.sort_unstable();
    days.dedup();
    let mut occupancies: Vec<(Occupancy, Option<Money>)> = Vec::new();
    for (at, day) in days.iter().enumerate() {
        let there = || rows.iter().filter(|(occupancy, _)| occupancy.span().contains(*day));
        let Some((any, _)) = there().next() else { continue };
        // The last of them began last.
        let pay = there().filter_map(|(_, row)| row.pay).next_back();
        let until = days.get(at + 1).and_then(|next| next.pred_opt());
        match occupancies.last_mut() {
            Some((last, same)) if *same == pay && after(last) == Some(*day) => last.until = until,
            _ => {
                let from = (*day != NaiveDate::MIN).then_some(*day);
                occupancies.push((Occupancy { from, until, ..*any }, pay));
            }
        }
    }
    occupancies
}

/// Assignments that say of the same days once more that somebody is in a position, each with the one that says so
/// first, from the day on.
pub fn said_twice(plan: &Plan, from: NaiveDate) -> Vec<(&Assignment, &Assignment)> {
    let mut groups: FxHashMap<(PositionId, PersonId), Vec<&Assignment>> = FxHashMap::default();
    for row in plan.assignments.iter().filter(|row| row.until.is_none_or(|until| until >= from)) {
        groups.entry((row.position, row.person)).or_default().push(row);
    }
    let mut groups: Vec<Vec<&Assignment>> = groups.into_values().filter(|rows| rows.len() > 1).collect();
    groups.iter_mut().for_each(|rows| plan.sort(rows));
    groups.sort_by(|one, other| one[0].compare(other[0], plan));
    let pairs = groups.iter().flat_map(|rows| {
        rows.iter().enumerate().filter_map(|(at, row)| {
            let is_same = |other: &&&Assignment| other.date_range().overlaps(&row.date_range());
            rows[..at].iter().find(is_same).map(|first| (*first, *row))
        })
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use headroom_model::{Draft, Person};
    use proptest::prelude::*;

    use super::*;
    use crate::{assumptions::Assumptions, hiring::occupancies};

    type Said<'a> = (&'a str, &'a str, &'a str);

    /// The stays of one person in one position, assigned by these rows: first day, last day, pay.
    fn of(rows: &[Said<'_>]) -> Vec<String> {
        let plan = plan(rows);
        let rows: Vec<&Assignment> = plan.assignments.iter().collect();
        let shown = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let occupancies = distinct_incumbents(&plan, plan.positions.iter().next().unwrap(), &rows);
        let text = |(occupancy, pay): &(Occupancy, Option<Money>)| {
            let pay = pay.map(|pay| format!(" {pay}")).unwrap_or_default();
            format!("{}..{}{pay}", shown(occupancy.from), shown(occupancy.until))
        };
        occupancies.iter().map(text).collect()
    }

    fn plan(rows: &[Said<'_>]) -> Plan {
        let mut plan = Plan::default();
        let mut draft = Draft::new(&plan);
        let (position, person) = (draft.new_id::<Position>(), draft.new_id::<Person>());
        draft.put(Position { id: position, key: "HC-1".into(), ..Position::default() });
        draft.put(Person { id: person, key: "ada".into(), name: "Ada".into(), ..Person::default() });
        for (from, until, pay) in rows {
            let id = draft.new_id::<Assignment>();
            let (from, until, pay) = (from.parse().ok(), until.parse().ok(), pay.parse().ok());
            draft.put(Assignment { id, position, person, from, until, pay, source: None });
        }
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        plan
    }

    #[test]
    fn a_row_that_is_split_is_one_stay() {
        let whole = ["2024-01-01.."];
        assert_eq!(of(&[("2024-01-01", "", "")]), whole);
        assert_eq!(of(&[("2024-01-01", "2027-06-30", ""), ("2027-07-01", "", "")]), whole);
        assert_eq!(of(&[("2027-07-01", "", ""), ("2024-01-01", "2027-06-30", "")]), whole);
        assert_eq!(of(&[("2024-01-01", "2027-12-31", ""), ("2027-06-01", "", "")]), whole);
        assert_eq!(of(&[("2024-01-01", "", ""), ("2025-01-01", "2025-12-31", "")]), whole);
        assert_eq!(of(&[("", "2024-12-31", "9 EUR"), ("2025-01-01", "", "9 EUR")]), [".. 9.00 EUR"]);
    }

    #[test]
    fn a_break_and_another_pay_are_told_apart() {
        assert_eq!(
            of(&[("2024-01-01", "2024-06-30", ""), ("2024-07-02", "", "")]),
            ["2024-01-01..2024-06-30", "2024-07-02.."]
        );
        assert_eq!(
            of(&[("2024-01-01", "", "9 EUR"), ("2025-01-01", "2025-12-31", "8 EUR")]),
            ["2024-01-01..2024-12-31 9.00 EUR", "2025-01-01..2025-12-31 8.00 EUR", "2026-01-01.. 9.00 EUR"]
        );
        // Of pay that one of them does not say, the other one knows.
        assert_eq!(
            of(&[("2024-01-01", "2024-12-31", "9 EUR"), ("2024-07-01", "", "")]),
            ["2024-01-01..2024-12-31 9.00 EUR", "2025-01-01.."]
        );
    }

    #[test]
    fn what_is_said_twice_is_found_as_long_as_it_lasts() {
        let plan = plan(&[
            ("2024-01-01", "2025-06-30", ""),
            ("2025-06-01", "", ""),
            ("2023-01-01", "2023-12-31", ""),
        ]);
        let on = |day: &str| said_twice(&plan, day.parse().unwrap()).len();
        assert_eq!([on("2025-06-30"), on("2025-07-01")], [1, 0]);
        let end_to_end = self::plan(&[("2024-01-01", "2025-06-30", ""), ("2025-07-01", "", "")]);
        assert!(said_twice(&end_to_end, NaiveDate::MIN).is_empty());
    }

    fn day(number: u16) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + chrono::Days::new(u64::from(number))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        /// However rows lie, somebody is in a position on each day that a row holds, once, and on no other.
        #[test]
        fn everybody_is_there_once_on_each_day(rows in prop::collection::vec((0..60_u16, 0..30_u16, 0..3_i64), 1..6)) {
            let texts: Vec<(String, String, String)> = rows.iter().map(|(from, length, pay)| {
                let pay = if *pay == 0 { String::new() } else { format!("{pay} EUR") };
                (day(*from).to_string(), day(from + length).to_string(), pay)
            }).collect();
            let said: Vec<Said<'_>> = texts.iter().map(|(from, until, pay)| (&**from, &**until, &**pay)).collect();
            let plan = plan(&said);
            let occupancies = occupancies(&plan, &Assumptions::new(&plan));
            for on in 0..95 {
                let is_there = rows.iter().any(|(from, length, _)| (*from..=from + length).contains(&on));
                let count = occupancies.iter().filter(|occupancy| occupancy.span().contains(day(on))).count();
                prop_assert_eq!(count, usize::from(is_there));
            }
        }
    }
}
