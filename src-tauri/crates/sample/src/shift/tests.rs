use proptest::prelude::*;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn holidays(year: i32) -> Vec<(NaiveDate, String)> {
    let shift = Shift::to(date(year, 7, 1).unwrap()).unwrap();
    let table = shift.table("holidays.csv", include_str!("../../organisation/holidays.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    reader.records().map(|row| row.unwrap()).map(|row| (day(&row[0]), row[1].to_owned())).collect()
}

#[test]
fn files_are_unchanged_in_their_own_week() {
    for days in 0..7 {
        let shift = Shift::to(day("2026-11-23") + TimeDelta::days(days)).unwrap();
        assert_eq!(shift, Shift { weeks: 0, months: 0, quarters: 0, years: 0 });
        for (name, text) in crate::FILES {
            assert_eq!(shift.table(name, text).unwrap(), text, "{name}");
        }
    }
}

#[test]
fn easter_matches_published_dates() {
    for known in [
        "1981-04-19",
        "2000-04-23",
        "2024-03-31",
        "2025-04-20",
        "2026-04-05",
        "2027-03-28",
        "2028-04-16",
        "2030-04-21",
        "2038-04-25",
        "2049-04-18",
        "2076-04-19",
        "2285-03-22",
    ] {
        assert_eq!(easter(day(known).year()).unwrap(), day(known));
    }
}

#[test]
fn holidays_match_published_dates() {
    for year in 2000..2100 {
        let found = holidays(year);
        assert_eq!(found.len(), 72);
        let on = |text: &str| found.iter().filter(|(at, _)| *at == day(&format!("{year}-{text}"))).count();
        assert_eq!((on("01-01"), on("12-25"), on("12-26"), on("11-01")), (1, 1, 1, 2), "{year}");
        for (at, name) in found {
            let weekday = match name.as_str() {
                "Good Friday" => chrono::Weekday::Fri,
                "Easter Monday" | "Whit Monday" => chrono::Weekday::Mon,
                "Ascension Day" | "Corpus Christi" => chrono::Weekday::Thu,
                _ => continue,
            };
            assert_eq!(at.weekday(), weekday, "{name} {at}");
        }
    }
}

#[test]
fn budgets_shift_to_the_nearest_quarters() {
    let moved = |today: &str| {
        let shift = Shift::to(day(today)).unwrap();
        let [from, until] = ["2027-01-01", "2027-12-31"]
            .map(|text| by_months(day(text), shift.quarters * QUARTER).unwrap().to_string());
        (from, until, shift.id("HC2027-NH-001"), shift.id("HC2026-BF-001"))
    };
    let is = |from: &str, until: &str, new: &str, backfill: &str| {
        (from.to_owned(), until.to_owned(), new.to_owned(), backfill.to_owned())
    };
    let of_2027 = is("2027-01-01", "2027-12-31", "HC2027-NH-001", "HC2026-BF-001");
    assert_eq!(moved("2026-10-15"), of_2027);
    assert_eq!(moved("2027-01-10"), of_2027);
    assert_eq!(moved("2027-01-11"), is("2027-04-01", "2028-03-31", "HC2027-NH-001", "HC2026-BF-001"));
    assert_eq!(moved("2027-06-15"), is("2027-07-01", "2028-06-30", "HC2027-NH-001", "HC2026-BF-001"));
    assert_eq!(moved("2025-03-03"), is("2025-04-01", "2026-03-31", "HC2025-NH-001", "HC2024-BF-001"));
    assert_eq!(moved("2030-12-31"), is("2031-01-01", "2031-12-31", "HC2031-NH-001", "HC2030-BF-001"));
}

#[test]
fn figures_of_months_shift_by_months_and_those_of_days_by_weeks() {
    let moved = |today: &str, row: &str| {
        let table = format!("metric,first,last,value,from\n{row}\n");
        let moved = Shift::to(day(today)).unwrap().table("observations.csv", &table).unwrap();
        moved.lines().nth(1).unwrap().to_owned()
    };
    let october = "mrr,2026-10-01,2026-10-31,1,2026-11-04";
    assert_eq!(moved("2028-02-29", october), "mrr,2028-01-01,2028-01-31,1,2028-02-04");
    assert_eq!(moved("2028-03-29", october), "mrr,2028-02-01,2028-02-29,1,2028-03-04");
    // The figures of May are known on Thursday, and were not on Monday 3 June.
    assert_eq!(moved("2030-06-06", october), "mrr,2030-04-01,2030-04-30,1,2030-05-04");
    assert_eq!(moved("2030-06-10", october), "mrr,2030-05-01,2030-05-31,1,2030-06-04");
    assert_eq!(moved("2028-02-29", "down,2026-11-09,2026-11-09,96,"), "down,2028-02-14,2028-02-14,96,");
    assert_eq!(moved("2028-02-29", "down,2026-11-01,2026-11-01,0,"), "down,2028-02-06,2028-02-06,0,");
}

#[test]
fn only_dates_times_and_keys_with_a_year_shift() {
    let shift = Shift::to(day("2028-02-29")).unwrap();
    let row = "key,note,from\nHC2027-NH-001,\"from 2027-01-11 on, says HC2027\",2027-01-11\nR-1041,,\n";
    assert_eq!(
        shift.table("positions.csv", row).unwrap(),
        "key,note,from\nHC2028-NH-001,\"from 2027-01-11 on, says HC2027\",2028-04-17\nR-1041,,\n"
    );
    let mut value =
        serde_json::json!([{"at": "2026-11-23T09:30:00Z", "on": "2026-11-24", "due": -1, "words": "2026"}]);
    shift.json(&mut value).unwrap();
    let wanted = serde_json::json!([{"at": "2028-02-28T09:30:00+00:00", "on": "2028-02-29", "due": -1, "words": "2026"}]);
    assert_eq!(value, wanted);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn shifted_days_keep_weekday_and_distance_from_today(days in 0..200_000_i64, from in -3_000..3_000_i64) {
        let today = day("1900-01-01") + TimeDelta::days(days);
        let shift = Shift::to(today).unwrap();
        let written = day("2026-11-23") + TimeDelta::days(from);
        let moved = shift.day(written).unwrap();
        prop_assert_eq!(moved.weekday(), written.weekday());
        let monday = today - TimeDelta::days(today.weekday().num_days_from_monday().into());
        prop_assert_eq!((moved - monday).num_days(), from);
        // The newest figures of a month are known on the Monday, and the next ones are due after the Sunday.
        let known = by_months(day("2026-11-04"), shift.months).unwrap();
        let due = by_months(day("2026-12-11"), shift.months).unwrap();
        prop_assert!(known <= monday && monday + TimeDelta::days(6) < due);
        // Whole quarters, at most half of one away from where whole weeks would put it.
        let budget = by_months(day("2027-01-01"), shift.quarters * QUARTER).unwrap();
        prop_assert_eq!((budget.day(), budget.month0() % 3), (1, 0));
        prop_assert!((budget - shift.day(day("2027-01-01")).unwrap()).num_days().abs() <= 47);
    }

    #[test]
    fn dates_outside_of_the_calendar_are_errors(days in 0..400_i64) {
        let last = NaiveDate::MAX - TimeDelta::days(days);
        prop_assert!(matches!(Shift::to(last), Ok(_) | Err(SampleError::NoSuchDay)));
    }
}
