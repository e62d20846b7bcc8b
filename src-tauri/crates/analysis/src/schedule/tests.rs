use chrono::{Datelike, NaiveDate, Weekday};
use headroom_model::{Assumption, Draft, Holiday, Plan, Position, Status};
use proptest::prelude::*;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn plan(holidays: &[(&str, &str)], position: Position) -> Plan {
    let mut plan = Plan::default();
    let mut draft = Draft::new(&plan);
    for (at, location) in holidays {
        let id = draft.new_id::<Holiday>();
        draft.put(Holiday { id, day: day(at), location: (*location).into(), ..Holiday::default() });
    }
    let id = draft.new_id::<Position>();
    draft.put(Position { id, key: "HC-1".into(), ..position });
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    plan
}

fn schedule(holidays: &[(&str, &str)], position: Position, today: &str) -> Schedule {
    let plan = plan(holidays, position);
    let scheduler = Scheduler::new(&plan, day(today));
    scheduler.of(plan.positions.iter().next().unwrap())
}

fn needed(need_by: &str, status: Status) -> Position {
    Position { need_by: Some(day(need_by)), status, ..Position::default() }
}

#[test]
fn schedule_matches_documented_example() {
    let found = schedule(&[], needed("2027-01-01", Status::Planned), "2026-01-05");
    let reckoned = found.reckoned.unwrap();
    assert_eq!((found.lead.ramp, found.lead.notice, found.lead.time_to_fill), (120, 30, 58));
    assert_eq!((reckoned.open, reckoned.approve), (day("2026-06-07"), day("2026-05-24")));
    // Both calculated days are Sundays.
    let latest = found.latest.unwrap();
    assert_eq!((latest.open, latest.approve), (day("2026-06-05"), day("2026-05-22")));
    assert_eq!((found.start, found.productive), (Some(day("2026-09-03")), Some(day("2027-01-01"))));
    assert_eq!(found.state, State::InTime);
}

#[test]
fn last_day_moves_before_holiday() {
    let position = Position { location: "Gdańsk".into(), ..needed("2027-01-01", Status::Planned) };
    let of = |holidays: &[(&str, &str)]| schedule(holidays, position.clone(), "2026-01-05").latest.unwrap();
    assert_eq!(of(&[("2026-06-05", "")]).open, day("2026-06-04"));
    assert_eq!(of(&[("2026-06-05", " gdańsk"), ("2026-06-04", "")]).open, day("2026-06-03"));
    assert_eq!(of(&[("2026-06-05", "Lisbon")]).open, day("2026-06-05"));
}

#[test]
fn lead_times_count_leap_days_and_year_ends() {
    let lead = Lead { approval: 1, time_to_fill: 1, notice: 1, ramp: 1 };
    let back = lead.back_from(day("2028-03-02"));
    assert_eq!(
        (back.start, back.accept, back.open),
        (day("2028-03-01"), day("2028-02-29"), day("2028-02-28"))
    );
    let back = lead.back_from(day("2027-01-02"));
    assert_eq!((back.start, back.accept), (day("2027-01-01"), day("2026-12-31")));
    assert_eq!(Lead { ramp: i64::MAX, ..lead }.back_from(day("2027-01-02")).start, NaiveDate::MIN);
}

#[test]
fn due_soon_precedes_late() {
    let on = |today: &str| schedule(&[], needed("2027-01-01", Status::Planned), today).state;
    // The last day to approve is Friday, 22 May.
    assert_eq!(on("2026-05-07"), State::InTime);
    assert_eq!(on("2026-05-08"), State::DueSoon);
    assert_eq!(on("2026-05-22"), State::DueSoon);
    // Nobody approves on a Saturday: approval is on Monday, a day after the Sunday calculated.
    assert_eq!(on("2026-05-23"), State::Late(1));
    assert_eq!(on("2026-05-25"), State::Late(1));
    assert_eq!(on("2026-06-01"), State::Late(8));
}

#[test]
fn next_step_depends_on_status() {
    let of = |status, today| schedule(&[], needed("2027-01-01", status), today);
    assert_eq!(
        of(Status::Approved, "2026-06-05").next_step(Status::Approved),
        Some(("open", day("2026-06-05")))
    );
    assert_eq!(of(Status::Approved, "2026-06-08").state, State::Late(1));
    // Opened in time, somebody may accept until 4 August.
    assert_eq!(of(Status::Open, "2026-07-01").state, State::InTime);
    assert_eq!(of(Status::Open, "2026-08-05").state, State::Late(1));
    assert_eq!(of(Status::Frozen, "2026-07-01").state, State::Stopped);
    assert_eq!(of(Status::Frozen, "2026-07-01").start, None);
    let planned_late = Position { start: Some(day("2026-10-03")), ..needed("2027-01-01", Status::Planned) };
    assert_eq!(schedule(&[], planned_late, "2026-01-05").state, State::Late(30));
    let no_need = schedule(&[], Position::default(), "2026-06-01");
    assert_eq!((no_need.state, no_need.start), (State::NoNeedBy, Some(day("2026-09-11"))));
}

/// A plan with assumptions: kind, value, location, first day, last day.
fn assumed(rows: &[(&str, &str, &str, &str, &str)], position: Position) -> Plan {
    let mut plan = plan(&[], position);
    let mut draft = Draft::new(&plan);
    for (kind, value, location, from, until) in rows {
        let id = draft.new_id::<Assumption>();
        draft.put(Assumption {
            id,
            kind: (*kind).into(),
            value: value.parse().unwrap(),
            location: (*location).into(),
            from: from.parse().ok(),
            until: until.parse().ok(),
            ..Assumption::default()
        });
    }
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    plan
}

#[test]
fn weekly_days_off_depend_on_location_and_day() {
    let plan = assumed(
        &[
            ("days-off", "Fri Sat", "Tel Aviv", "", ""),
            ("days-off", "Fri Sat", "DUBAI", "", ""),
            ("days-off", "Sat Sun", "Dubai", "2022-01-01", ""),
            ("days-off", "none", "Nowhere", "2027-01-01", "2027-01-31"),
        ],
        Position::default(),
    );
    let calendar = Calendar::new(&plan);
    // Thursday to Monday.
    let week = |location: &str, first: &str| -> String {
        let days = day(first).iter_days().take(5);
        days.map(|day| if calendar.is_working(day, location) { 'w' } else { '-' }).collect()
    };
    assert_eq!(week("", "2027-01-14"), "ww--w");
    assert_eq!(week("Berlin", "2027-01-14"), "ww--w");
    assert_eq!(week("tel aviv ", "2027-01-14"), "w--ww");
    assert_eq!([week("Dubai", "2021-12-09"), week("Dubai", "2027-01-14")], ["w--ww", "ww--w"]);
    assert_eq!([week("Nowhere", "2027-01-14"), week("Nowhere", "2027-02-11")], ["wwwww", "ww--w"]);
    assert_eq!(calendar.on_or_before(day("2027-01-16"), "Tel Aviv"), day("2027-01-14"));
    assert_eq!(calendar.on_or_after(day("2027-01-15"), "Tel Aviv"), day("2027-01-17"));
}

#[test]
fn days_off_without_location_hold_everywhere_else() {
    let rows = [("days-off", "Sun", "", "", ""), ("days-off", "Fri Sat", "Tel Aviv", "", "")];
    let plan = assumed(&rows, Position::default());
    let calendar = Calendar::new(&plan);
    let saturday = day("2027-01-16");
    assert!(calendar.is_working(saturday, "") && calendar.is_working(saturday, "Berlin"));
    assert!(!calendar.is_working(saturday, "Tel Aviv"));
}

/// A ramp-up time that changes after the start does not apply.
#[test]
fn ramp_time_is_that_of_first_day() {
    let rows = [("ramp-time", "30", "", "", ""), ("ramp-time", "200", "", "2027-05-01", "")];
    let seat = |start: &str, need_by: &str| Position {
        start: start.parse().ok(),
        need_by: need_by.parse().ok(),
        status: Status::Approved,
        ..Position::default()
    };
    let of = |position: Position| {
        let plan = assumed(&rows, position);
        Scheduler::new(&plan, day("2026-11-24")).of(plan.positions.iter().next().unwrap())
    };
    let found = of(seat("2027-04-01", "2027-06-15"));
    assert_eq!((found.productive, found.lead.ramp), (Some(day("2027-05-01")), 30));
    assert_eq!(found.state, State::InTime);
    // Without a planned day: the last one with the short ramp-up, from which it is long enough.
    let found = of(seat("", "2027-06-15"));
    assert_eq!((found.start, found.state), (Some(day("2027-04-30")), State::InTime));
    assert_eq!(found.reckoned.unwrap().start, day("2027-04-30"));
    let found = of(seat("", "2028-06-15"));
    assert_eq!((found.start, found.productive), (Some(day("2027-11-28")), Some(day("2028-06-15"))));
    let found = of(seat("2027-05-01", "2027-06-15"));
    assert_eq!(found.state, State::Late(155));
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    // 1896 to 2118: leap years, the years 1900 and 2100 that are none, and year ends.
    (693_000i32..773_000).prop_map(|at| NaiveDate::from_num_days_from_ce_opt(at).unwrap())
}

proptest! {
    #[test]
    fn last_working_day_is_nearest(
        at in any_day(),
        off in prop::collection::vec((-12i64..3, any::<bool>()), 0..12),
    ) {
        let mut plan = Plan::default();
        let mut draft = Draft::new(&plan);
        for (days, is_local) in &off {
            let id = draft.new_id::<Holiday>();
            let location = if *is_local { "Gdańsk" } else { "" }.into();
            draft.put(Holiday { id, day: days_after(at, *days), location, ..Holiday::default() });
        }
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        let calendar = Calendar::new(&plan);
        let works = |day: NaiveDate| {
            !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
                && !off.iter().any(|(days, _)| days_after(at, *days) == day)
        };
        let (before, after) = (calendar.on_or_before(at, "gdańsk"), calendar.on_or_after(at, "GDAŃSK "));
        prop_assert!(before <= at && works(before) && after >= at && works(after));
        let between = |from: NaiveDate, to: NaiveDate| (0..(to - from).num_days()).map(move |n| days_after(from, n));
        prop_assert!(between(before, at).skip(1).all(|day| !works(day)));
        prop_assert!(between(at, after).all(|day| !works(day)));
    }

    #[test]
    fn back_from_inverts_lead_times(need in any_day(), a in 0i64..60, f in 0i64..200, n in 0i64..120, r in 0i64..400) {
        let lead = Lead { approval: a, time_to_fill: f, notice: n, ramp: r };
        let latest = lead.back_from(need);
        let start = days_after(latest.approve, lead.until_start(Status::Planned));
        prop_assert_eq!(start, latest.start);
        prop_assert_eq!(days_after(start, lead.ramp), need);
        prop_assert!(latest.approve <= latest.open && latest.open <= latest.accept && latest.accept <= latest.start);
    }

    /// Brute force: no later day is in time, whatever the ramp-up time is from when on.
    #[test]
    fn latest_start_matches_brute_force(steps in prop::collection::vec((0i64..300, 0i64..120), 0..5), base in 0i64..120) {
        let need_by = day("2027-06-15");
        let mut rows = vec![(base.to_string(), String::new())];
        rows.extend(steps.iter().map(|(back, days)| (days.to_string(), days_after(need_by, -back).to_string())));
        let rows: Vec<_> = rows.iter().map(|(days, from)| ("ramp-time", &**days, "", &**from, "")).collect();
        let plan = assumed(&rows, Position::default());
        let assumptions = Assumptions::new(&plan);
        let is_in_time = |back: i64| ramp(&assumptions, Subject::default(), days_after(need_by, -back)) <= back;
        let last = (0..500).find(|back| is_in_time(*back)).unwrap();
        prop_assert_eq!(latest_start(&assumptions, Subject::default(), need_by), days_after(need_by, -last));
    }

    /// Late exactly when the last working day for the next step is over.
    #[test]
    fn late_begins_after_last_working_day(today in any_day(), ahead in -300i64..600, which in 0usize..2) {
        let status = [Status::Planned, Status::Approved][which];
        let need_by = days_after(today, ahead);
        let position = Position { need_by: Some(need_by), status, ..Position::default() };
        let plan = plan(&[], position);
        let found = Scheduler::new(&plan, today).of(plan.positions.iter().next().unwrap());
        let (_, last) = found.next_step(status).unwrap();
        prop_assert_eq!(matches!(found.state, State::Late(_)), today > last);
        if let State::Late(days) = found.state {
            prop_assert_eq!(days_after(need_by, days), found.productive.unwrap());
        }
    }
}
