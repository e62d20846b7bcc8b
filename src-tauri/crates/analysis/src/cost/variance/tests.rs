use chrono::Days;
use headroom_model::{Draft, ExchangeRate, Position, Status, Team};
use proptest::prelude::*;

use super::*;
use crate::cost::tests::{assume, plan, position};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn year() -> (NaiveDate, NaiveDate) {
    (day("2027-01-01"), day("2027-12-31"))
}

fn approved(seats: Vec<ApprovedPosition>) -> Approval {
    Approval { id: 99.into(), name: "Budget".into(), on: day("2026-12-01"), seats, ..Approval::default() }
}

fn one_position(pay: &str, start: &str) -> Plan {
    plan(|draft| {
        let row = position(draft, pay);
        draft.put(Position { start: Some(day(start)), ..row });
        let row = assume(draft, "burden", "", "0%");
        draft.put(row);
    })
}

/// Worked example: 140 000 a year from 1 March, now 150 000 from 15 April.
#[test]
fn timing_and_rate_are_separated() {
    let before = one_position("140000 USD", "2027-03-01");
    let now = one_position("150000 USD", "2027-04-15");
    let found = variance(&now, &approved(approved_positions(&before, day("2027-01-10"))), year(), None);
    let whole = |minor: i64| divided(i128::from(minor), 100);
    assert_eq!([found.approved, found.now].map(whole), [117_370, 107_260]);
    assert_eq!(whole(found.causes[Cause::Timing as usize]), -17_260);
    assert_eq!(whole(found.causes[Cause::Rate as usize]), 7_151);
    assert_eq!(whole(found.now - found.approved), -10_110);
    assert_eq!(found.causes.iter().sum::<i64>(), found.now - found.approved);
}

#[test]
fn no_variance_right_after_approval() {
    let plan = plan(|draft| {
        let row = position(draft, "120000 EUR");
        draft.put(Position { start: Some(day("2026-05-05")), ..row });
        let row = assume(draft, "merit", "", "3%");
        draft.put(headroom_model::Assumption { from: Some(day("2026-01-01")), ..row });
    });
    let seats = approved_positions(&plan, day("2026-11-23"));
    assert_eq!(seats.len(), 6, "one for each raise");
    for period in [year(), (day("2026-01-01"), day("2031-12-31"))] {
        assert_eq!(variance(&plan, &approved(seats.clone()), period, None).seats, []);
    }
}

#[test]
fn approval_is_converted_to_plan_currency() {
    // Approved in euros, before the plan changed its currency to złoty.
    let before = one_position("100000 EUR", "2027-01-01");
    let approval = approved(approved_positions(&before, day("2027-01-10")));
    let now = |rate_from: &str| {
        let mut plan = before.clone();
        let mut draft = Draft::new(&before);
        draft.set(crate::cost::CURRENCY, "PLN");
        for (rate, from) in [("4", rate_from), ("4.5", "2027-01-01")] {
            let (id, from) = (draft.new_id::<ExchangeRate>(), from.parse().ok());
            let (currency, rate) = (Currency::EUR, rate.parse().unwrap());
            draft.put(ExchangeRate { id, currency, rate, from, ..ExchangeRate::default() });
        }
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        variance(&plan, &approval, year(), None)
    };
    let found = now("2020-01-01");
    assert_eq!([found.approved, found.now], [40_000_000, 45_000_000]);
    assert_eq!(found.causes[Cause::Rate as usize], 5_000_000);
    assert_eq!(found.without_rate, []);
    // Without a rate on the day of the approval the position is in neither sum.
    let found = now("2026-12-24");
    assert_eq!((found.approved, found.now, found.causes.iter().sum::<i64>()), (0, 0, 0));
    assert_eq!(found.without_rate, [(before.positions.rows()[0].key.clone(), Currency::EUR)]);
}

#[test]
fn each_change_has_its_cause() {
    let cause = |change: &dyn Fn(Position) -> Position, was_filled: bool| {
        let before = one_position("100000 EUR", "2027-03-01");
        let seats = approved_positions(&before, day("2027-01-01"));
        let seats = seats.into_iter().map(|seat| ApprovedPosition { filled: was_filled, ..seat }).collect();
        let mut after = before.clone();
        let mut draft = Draft::new(&before);
        draft.put(change(before.positions.rows()[0].clone()));
        let changes = draft.finish();
        after.apply(&changes).unwrap();
        let found = variance(&after, &approved(seats), year(), None);
        Cause::ALL.into_iter().filter(|cause| found.causes[*cause as usize] != 0).collect::<Vec<_>>()
    };
    let closed = |seat| Position { status: Status::Closed, ..seat };
    assert_eq!(cause(&closed, false), [Cause::Unfilled]);
    assert_eq!(cause(&closed, true), [Cause::Attrition]);
    let postponed = |seat| Position { start: Some(day("2028-02-01")), ..seat };
    assert_eq!(cause(&postponed, false), [Cause::Timing]);
    let ended = |seat| Position { until: Some(day("2027-08-31")), ..seat };
    assert_eq!(cause(&ended, true), [Cause::Attrition]);
    let renamed = |seat| Position { key: "HC-other".into(), ..seat };
    assert_eq!(cause(&renamed, false), [Cause::Unfilled, Cause::Unplanned]);
}

#[test]
fn move_between_teams_is_a_cause_within_one_team() {
    let mut teams = Vec::new();
    let mut before = plan(|draft| {
        for key in ["a", "b"] {
            let id = draft.new_id::<Team>();
            draft.put(Team { id, key: key.into(), name: key.into(), ..Team::default() });
            teams.push(id);
        }
        let row = position(draft, "100000 EUR");
        draft.put(Position { team: Some(teams[0]), ..row });
    });
    let approval = approved(approved_positions(&before, day("2027-01-01")));
    let mut draft = Draft::new(&before);
    draft.put(Position { team: Some(teams[1]), ..before.positions.rows()[0].clone() });
    let changes = draft.finish();
    before.apply(&changes).unwrap();
    let of = |team: TeamId| {
        let looked_at = [team].into_iter().collect();
        variance(&before, &approval, year(), Some(&looked_at)).causes[Cause::Moved as usize]
    };
    assert_eq!([of(teams[0]), of(teams[1])], [-13_000_000, 13_000_000]);
    assert_eq!(variance(&before, &approval, year(), None).seats, []);
}

proptest! {
    /// Whatever changes, the causes add up to the whole variance.
    #[test]
    fn causes_add_up(
        seats in prop::collection::vec((0_u64..700, 1_i64..30_000_000, 1_i64..=10, any::<bool>()), 1..12),
        moves in prop::collection::vec((0_u64..700, 1_i64..30_000_000, 1_i64..=10, 0_usize..6), 12),
        from in 0_u64..400, length in 0_u64..800,
    ) {
        let after = |days: u64| day("2026-06-01").checked_add_days(Days::new(days)).unwrap();
        let row = |row: Position, start: u64, minor: i64, tenths: i64| Position {
            start: Some(after(start)),
            pay: Some(headroom_model::Money::new(minor, headroom_model::Currency::EUR)),
            fte: Decimal6::from_millionths(tenths * 100_000),
            ..row
        };
        let before = plan(|draft| for (start, minor, tenths, _) in &seats {
            let made = row(position(draft, ""), *start, *minor, *tenths);
            draft.put(made);
        });
        let frozen = approved_positions(&before, day("2026-06-01"));
        let is_filled = |key: &str| before.positions.iter().zip(&seats).any(|(p, s)| p.key == key && s.3);
        let frozen = frozen.into_iter().map(|seat| ApprovedPosition { filled: is_filled(&seat.position), ..seat });
        let approval = approved(frozen.collect());
        let mut now = before.clone();
        let mut draft = Draft::new(&before);
        for (agreed, (start, minor, tenths, what)) in before.positions.iter().zip(&moves) {
            match what {
                0 => draft.put(row(agreed.clone(), *start, *minor, *tenths)),
                1 => draft.put(Position { status: Status::Closed, ..agreed.clone() }),
                2 => draft.remove::<Position>(agreed.id),
                3 => draft.put(Position { until: Some(after(*start)), ..agreed.clone() }),
                4 => {
                    let made = row(position(&mut draft, ""), *start, *minor, *tenths);
                    draft.put(made);
                }
                _ => {}
            }
        }
        let changes = draft.finish();
        now.apply(&changes).unwrap();
        let period = (after(from), after(from + length));
        let found = variance(&now, &approval, period, None);
        prop_assert_eq!(found.causes.iter().sum::<i64>(), found.now - found.approved);
        for seat in &found.seats {
            prop_assert_eq!(seat.causes.iter().map(|(_, amount)| amount).sum::<i64>(), seat.now - seat.approved);
        }
        let same = variance(&before, &approval, period, None);
        prop_assert_eq!(same.causes, [0; 6]);
    }
}
