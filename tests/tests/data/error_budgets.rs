//! SLOs and error budgets against the figures of another implementation: every row of real SLO files, and every
//! window and month of real histories.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use headroom_tests::{Desk, real_data, sums};
use serde_json::{Value, json};

fn truth(folder: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(folder.join("truth.json")).unwrap()).unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn text<'v>(row: &'v Value, name: &str) -> &'v str {
    row[name].as_str().unwrap_or_default()
}

/// What is compared of an SLO. A window that no file says is assumed.
fn of_truth(row: &Value) -> Value {
    let is_said = !row["window_days"].is_null();
    json!({
        "service": row["service"], "name": row["name"], "target": row["target_ppm"],
        "window": if is_said { row["window_days"].clone() } else { json!(30.0) }, "assumed": !is_said,
        "rolling": row["rolling"].as_bool().unwrap_or(true), "method": text(row, "method"),
        "budget": if is_said { row["budget_minutes"].clone() } else { Value::Null },
    })
}

fn of_plan(row: &Value) -> Value {
    // The key is the service, the name of the SLO and perhaps that of the objective.
    let name = text(row, "objective").strip_prefix(text(row, "service")).unwrap();
    let is_assumed = row["window_assumed"].as_bool().unwrap();
    json!({
        "service": row["service"], "name": name.split('/').nth(1), "target": row["target_millionths"],
        "window": row["window_days"], "assumed": is_assumed, "rolling": row["rolling"], "method": row["method"],
        "budget": if is_assumed { Value::Null } else { row["budget_minutes"].clone() },
    })
}

/// Imports each file alone, so that no SLO of one is that of another.
fn check_files(name: &str, least: usize) {
    let Some(folder) = real_data(name) else { return };
    let truth = truth(&folder);
    let mut files: BTreeMap<PathBuf, Vec<Value>> = BTreeMap::new();
    for row in list(&truth["rows"]) {
        files.entry(folder.join(text(row, "file"))).or_default().push(of_truth(row));
    }
    let mut compared = 0;
    for (file, mut expected) in files {
        let desk = Desk::new();
        let report = desk.import(&[&file], &[]);
        assert_eq!(report["formats"][0]["format"], "slo", "{}", file.display());
        let budgets = desk.json(&["slo", desk.path(), "--json"]);
        let mut found: Vec<Value> = list(&budgets["objectives"]).iter().map(of_plan).collect();
        found.sort_by_key(Value::to_string);
        expected.sort_by_key(Value::to_string);
        assert_eq!(found, expected, "{}", file.display());
        assert_eq!(sums(&desk.import(&[&file], &["--full-sync"])), (0, 0, 0), "{} again", file.display());
        compared += found.len();
    }
    assert_eq!(compared as u64, truth["slos"].as_u64().unwrap());
    assert!(compared >= least, "{compared} SLOs");
    // All files at once: the same SLO once, and nothing the second time.
    let desk = Desk::new();
    desk.import(&[&folder], &[]);
    let services = list(&desk.json(&["slo", desk.path(), "--json"])["objectives"])
        .iter()
        .map(|row| text(row, "service").to_owned())
        .collect::<std::collections::BTreeSet<_>>();
    let expected = list(&truth["services"]).iter().map(|service| service.as_str().unwrap().to_owned());
    assert_eq!(services, expected.collect());
    assert_eq!(sums(&desk.import(&[&folder], &[])), (0, 0, 0));
}

#[test]
fn slos_of_sloth_are_those_of_its_files() {
    check_files("signals/slo-sloth", 43);
}

#[test]
fn slos_of_open_slo_are_those_of_its_files() {
    check_files("signals/slo-openslo", 17);
}

#[test]
fn window_of_a_minute_is_told() {
    let Some(folder) = real_data("signals/slo-openslo") else { return };
    let file = folder.join("OpenSLO+OpenSLO/examples/budgeting-method/timeslices-slo.yaml");
    let report = Desk::new().import(&[&file], &["--dry-run"]);
    let told =
        list(&report["problems"]).iter().find(|row| text(row, "message").contains("the window is 1 minute"));
    let told = told.unwrap_or_else(|| panic!("{report}"));
    assert_eq!((told["line"].as_u64(), text(told, "level")), (Some(27), "warning"));
}

/// The targets by which the other implementation calculates budgets.
const TARGETS: [&str; 3] = ["99.9", "99.5", "99.0"];

/// Figures of a window, as the other implementation has them.
fn of_window(row: &Value) -> Value {
    let window = &row["window"];
    json!({
        "measured_days": window["measured_days"], "down": window["down_minutes"].as_f64(),
        "budget": window["budget_minutes"], "left": window["left_minutes"], "spent_share": window["spent_share"],
        "exhausted": window["exhausted"],
    })
}

fn check_history(name: &str, day: &str, services: usize) {
    let Some(folder) = real_data(name) else { return };
    let truth = truth(&folder);
    let rows = list(&truth["rows"]);
    let mut desk = Desk::new();
    desk.today = day.parse().unwrap();
    desk.import(&[&folder], &[]);
    let mut objectives = "id,metric,op,value,service,window\n".to_owned();
    for row in rows {
        for target in TARGETS {
            let slug = text(row, "slug");
            objectives += &format!("{slug}-{target},availability,>=,{target}%,{slug},30\n");
        }
    }
    desk.file("tables/metrics.csv", "id,unit,kind\navailability,share,ratio\n");
    desk.file("tables/objectives.csv", objectives);
    desk.import(&[&desk.folder.path().join("tables")], &["--format", "csv"]);
    let found = desk.json(&["slo", desk.path(), "--as-of", day, "--json"]);
    let windows: BTreeMap<&str, &Value> =
        list(&found["objectives"]).iter().map(|row| (text(row, "objective"), row)).collect();
    let measured: BTreeMap<&str, &Value> =
        list(&found["services"]).iter().map(|row| (text(row, "service"), row)).collect();
    for row in rows {
        let slug = text(row, "slug");
        for target in TARGETS {
            let mut expected = row["window"][target].clone();
            expected["measured_days"] = row["window"]["measured_days"].clone();
            expected["down"] = json!(row["window"]["down"].as_f64());
            assert_eq!(of_window(windows[format!("{slug}-{target}").as_str()]), expected, "{slug} {target}");
        }
        let expected: Vec<Value> = list(&row["months"])
            .iter()
            .map(|month| {
                json!({
                    "month": month["month"], "measured_days": month["measured_days"],
                    "down_minutes": month["down"].as_f64(), "availability": month["availability"],
                    "complete": month["complete"],
                })
            })
            .collect();
        let months = list(&measured[slug]["months"]);
        assert_eq!(months[months.len() - expected.len()..], expected, "{slug}");
        let days = list(&measured[slug]["days"]);
        let down: f64 = days.iter().filter_map(|day| day["minutes"].as_f64()).sum();
        assert_eq!(Some(down), row["window"]["down"].as_f64(), "{slug} by day");
    }
    for target in ["99.9", "99.0"] {
        let exhausted: Vec<&str> = list(&truth[format!("exhausted_{}", target.replace('.', "_"))])
            .iter()
            .map(|slug| slug.as_str().unwrap())
            .collect();
        let ours = rows
            .iter()
            .map(|row| text(row, "slug"))
            .filter(|slug| windows[format!("{slug}-{target}").as_str()]["state"] == "spent");
        let mut ours: Vec<&str> = ours.collect();
        ours.sort_unstable();
        assert_eq!(ours, exhausted, "{target}");
    }
    assert_eq!((rows.len(), measured.len()), (services, services));
    assert_eq!(
        sums(&desk.import(&[&folder], &["--full-sync"])),
        (0, 0, 0),
        "a second import changes nothing"
    );
}

#[test]
fn young_history_of_manticore_has_the_same_budgets_and_months() {
    check_history("signals/uptime-manticore", "2026-08-22", 18);
}

#[test]
fn long_history_of_foodcoopx_has_the_same_budgets_and_months() {
    check_history("signals/uptime-foodcoopx", "2026-06-21", 32);
}
