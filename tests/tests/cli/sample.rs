//! The sample organisation is the same on any date but for its dates.

use chrono::{Local, NaiveDate};
use headroom_tests::{Desk, another_day, headroom, today};
use serde_json::Value;

/// A report without dates and what they are part of.
fn undated(value: &Value) -> Value {
    const WITH_DATES: [&str; 8] = ["as_of", "from", "until", "on", "text", "message", "id", "uncovered_days"];
    match value {
        Value::Object(fields) => {
            let told = fields.iter().filter(|(name, _)| !WITH_DATES.contains(&name.as_str()));
            Value::Object(told.map(|(name, value)| (name.clone(), undated(value))).collect())
        }
        Value::Array(rows) => rows.iter().map(undated).collect(),
        Value::String(text) if text.parse::<NaiveDate>().is_ok() => "a day".into(),
        Value::String(text) => without_year(text).into(),
        other => other.clone(),
    }
}

/// `HC2027-NH-001` as `HC-NH-001`, anywhere in a text.
fn without_year(text: &str) -> String {
    let mut parts = text.split("HC2");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| format!("{all}HC{}", part.get(3..).unwrap_or(part)))
}

/// Findings, gaps and forecast, one text each so that differences can be seen.
fn told(desk: &Desk) -> Vec<String> {
    let plan = desk.path();
    let asked = [
        vec!["findings", plan, "--format", "json"],
        vec!["coverage", plan, "--json"],
        vec!["forecast", plan, "--json"],
    ];
    let answers = asked.map(|arguments| undated(&desk.json(&arguments)));
    let rows = answers.iter().flat_map(|answer| ["findings", "gaps", "idle_seats"].map(|name| &answer[name]));
    rows.filter_map(Value::as_array).flatten().map(Value::to_string).collect()
}

fn assert_same(written: &[String], there: &[String], on: NaiveDate) {
    for (written, there) in written.iter().zip(there) {
        assert_eq!(written, there, "on {on}");
    }
    assert_eq!(written.len(), there.len(), "on {on}");
}

#[test]
fn findings_gaps_and_forecast_are_independent_of_the_date() {
    let written = told(&Desk::of_sample_on(today()));
    assert!(written.len() > 100, "{}", written.len());
    let others = ["2025-03-03", "2027-06-15", "2028-02-29", "2030-12-31"].map(|day| day.parse().unwrap());
    for other in others.into_iter().chain([another_day()]) {
        assert_same(&written, &told(&Desk::of_sample_on(other)), other);
    }
}

/// Without `HEADROOM_TODAY`, on the date of the computer.
#[test]
fn sample_is_created_for_the_current_date() {
    let desk = Desk::of_sample_on(today());
    let plan = desk.folder.path().join("clock.headroom");
    let run = |arguments: &[&str]| {
        let output = headroom().env_remove("HEADROOM_TODAY").args(arguments).arg(&plan).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    let day = |found: &Value| found["as_of"].as_str().unwrap().parse::<NaiveDate>().unwrap();
    let findings = || serde_json::from_slice::<Value>(&run(&["findings", "--format", "json"])).unwrap();
    let written = desk.json(&["findings", desk.path(), "--format", "json"]);
    loop {
        let before = Local::now().date_naive();
        run(&["new", "--sample"]);
        let found = findings();
        // It may be midnight.
        if day(&found) == before {
            assert_eq!(undated(&found), undated(&written));
            return;
        }
        std::fs::remove_file(&plan).unwrap();
    }
}
