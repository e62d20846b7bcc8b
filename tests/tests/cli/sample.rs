//! The sample organisation is the same on whatever day it is made, but for its dates.

use chrono::{Datelike, NaiveDate, TimeDelta};
use headroom_tests::{Desk, another_day, headroom, today};
use serde_json::{Map, Value};

/// What is told of the organisation, with days as distances from the Monday of this week and without the texts that
/// name them.
fn undated(value: &Value, today: NaiveDate) -> Value {
    match value {
        Value::Object(fields) => {
            let told = fields
                .iter()
                .filter(|(name, _)| !["text", "message", "from", "until", "as_of"].contains(&name.as_str()));
            // Reckoned from today, and by months.
            let told = told.filter(|(name, _)| !["uncovered_days", "on"].contains(&name.as_str()));
            Value::Object(
                told.map(|(name, value)| (name.clone(), undated(value, today))).collect::<Map<_, _>>(),
            )
        }
        Value::Array(rows) => rows.iter().map(|row| undated(row, today)).collect(),
        Value::String(text) => match text.parse::<NaiveDate>() {
            Ok(day) => {
                let monday = today - TimeDelta::days(today.weekday().num_days_from_monday().into());
                (day - monday).num_days().into()
            }
            Err(_) => without_year(text).into(),
        },
        other => other.clone(),
    }
}

/// `HC2027-NH-001` as `HC-NH-001`, anywhere in a text.
fn without_year(text: &str) -> String {
    let mut parts = text.split("HC2");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| format!("{all}HC{}", part.get(3..).unwrap_or(part)))
}

fn told(desk: &Desk) -> [Value; 3] {
    let plan = desk.path();
    [
        vec!["findings", plan, "--format", "json"],
        vec!["gaps", plan, "--json"],
        vec!["forecast", plan, "--json"],
    ]
    .map(|arguments| undated(&desk.json(&arguments), desk.today))
}

#[test]
fn findings_gaps_and_forecast_are_the_same_on_any_day() {
    let written = told(&Desk::of_sample_on(today()));
    assert!(written[0]["count"].as_u64() > Some(50), "{}", written[0]["count"]);
    let others = ["2025-03-03", "2027-06-15", "2028-02-29", "2030-12-31"].map(|day| day.parse().unwrap());
    for other in others.into_iter().chain([another_day()]) {
        let there = told(&Desk::of_sample_on(other));
        for (written, there) in written.iter().zip(&there) {
            assert_eq!(written, there, "on {other}");
        }
    }
}

/// Without the switch, on the day of this machine.
#[test]
fn it_is_made_for_the_day_of_the_clock() {
    let desk = Desk::of_sample_on(today());
    let plan = desk.folder.path().join("clock.headroom");
    let run = |arguments: &[&str]| {
        let output = headroom().env_remove("HEADROOM_TODAY").args(arguments).arg(&plan).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    let day = |found: &Value| found["as_of"].as_str().unwrap().parse::<NaiveDate>().unwrap();
    let findings = || serde_json::from_slice::<Value>(&run(&["findings", "--format", "json"])).unwrap();
    loop {
        run(&["new", "--sample"]);
        let before = findings();
        let after = findings();
        // It may be midnight.
        if day(&before) == day(&after) {
            let written = desk.json(&["findings", desk.path(), "--format", "json"]);
            assert_eq!(undated(&after, day(&after)), undated(&written, desk.today));
            return;
        }
        std::fs::remove_file(&plan).unwrap();
    }
}
