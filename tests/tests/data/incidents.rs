//! Incident logs and review actions, against figures calculated elsewhere.

use std::{collections::BTreeMap, fs, path::Path};

use headroom_tests::{Desk, real_data};
use serde_json::{Value, json};

fn truth(folder: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(folder.join("truth.json")).unwrap()).unwrap()
}

/// The last day of the data.
const AS_OF: &str = "2026-11-30";

fn incidents(desk: &Desk) -> BTreeMap<String, Value> {
    let listed = desk.json(&["incidents", desk.path(), "--as-of", AS_OF, "--json"]);
    let rows = listed["incidents"].as_array().unwrap().iter();
    rows.map(|row| (row["id"].as_str().unwrap().to_owned(), row.clone())).collect()
}

fn actions(desk: &Desk) -> Vec<Value> {
    desk.json(&["actions", desk.path(), "--as-of", AS_OF, "--closed", "--json"])["actions"]
        .as_array()
        .unwrap()
        .clone()
}

fn sorted(list: &Value) -> Vec<&str> {
    let mut texts: Vec<&str> = list.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect();
    texts.sort_unstable();
    texts
}

/// The key of an incident by its file: `2020-02-12` of `2020-02-12.html.md.erb`.
fn key(report: &Value) -> &str {
    report["file"].as_str().unwrap().split('.').next().unwrap()
}

#[test]
fn a_log_with_uncertain_times_is_read_as_it_is() {
    let Some(folder) = real_data("signals/incidents-moj") else { return };
    let truth = truth(&folder);
    let desk = Desk::new();
    desk.import(&[&folder.join("incidents")], &[]);
    let (found, actions) = (incidents(&desk), actions(&desk));
    assert_eq!(found.len(), truth["reports"]);
    for report in truth["rows"].as_array().unwrap() {
        let (key, own) = (key(report), &found[key(report)]);
        assert_eq!(own["title"], report["title"], "{key}");
        assert_eq!(sorted(&own["warnings"]), sorted(&report["doubts"]), "{key}");
        for (ours, theirs) in [("repair", "repair"), ("resolution", "resolve")] {
            let step = &own[ours];
            assert_eq!(step["minutes"], report[format!("wall_{theirs}")], "{key} {ours}");
            assert_eq!(step["stated_minutes"], report[format!("stated_{theirs}")], "{key} {ours}");
            let in_support_hours = &report[format!("stated_{theirs}_support_hours")];
            assert_eq!(step["stated_in_support_hours"], *in_support_hours, "{key} {ours}");
            assert_eq!(step["disagrees"], report[format!("disagree_{theirs}")], "{key} {ours}");
        }
        for (moment, event) in report["events"].as_object().unwrap() {
            // A time that can't be read is none.
            assert_eq!(own["times"].get(moment).unwrap_or(&Value::Null), &event["at"], "{key} {moment}");
        }
        let of_it: Vec<&Value> = actions.iter().filter(|action| action["incident"] == key).collect();
        let done = of_it.iter().filter(|action| action["state"] == "done").count();
        let linked = of_it.iter().filter(|action| action["link"].as_str().unwrap().contains("http")).count();
        assert_eq!(
            json!([of_it.len(), done, linked]),
            json!([report["actions"], report["actions_done"], report["actions_linked"]]),
            "{key}"
        );
    }
    assert!(
        desk.import(&[&folder.join("incidents")], &[])["applied"] == false,
        "a second import changes nothing"
    );
    published_means(&desk, &truth);
}

/// The means of the quarters that the log itself publishes.
fn published_means(desk: &Desk, truth: &Value) {
    let table = desk.json(&["incidents", desk.path(), "--as-of", AS_OF, "--by", "quarter", "--json"]);
    let mut compared = 0;
    for quarter in truth["quarters"].as_array().unwrap() {
        let name = quarter["quarter"].as_str().unwrap().replace("-Q", " Q");
        let row = table["rows"].as_array().unwrap().iter().find(|row| row["name"] == name.as_str());
        let Some(row) = row.filter(|row| row["incidents"] == quarter["incidents"]) else { continue };
        // Of 2020 Q2 and Q3 one is filed under the quarter in which it did not happen.
        for (ours, theirs) in [("repair", "mean_of_stated_repair"), ("resolution", "mean_of_stated_resolve")]
        {
            let Some(mean) = quarter[theirs].as_f64() else { continue };
            let found = row[ours]["stated_mean_minutes"].as_f64().unwrap();
            assert!((found - mean).abs() < 0.006, "{name} {ours}: {found}, {mean}");
            compared += 1;
        }
    }
    assert!(compared >= 26, "{compared}");
}

#[test]
fn headings_boxes_and_groups_make_actions() {
    let Some(folder) = real_data("signals/incidents-mybinder") else { return };
    let truth = truth(&folder);
    let desk = Desk::new();
    let report = desk.import(&[&folder.join("incident-reports")], &[]);
    let (found, actions) = (incidents(&desk), actions(&desk));
    assert_eq!(found.len(), truth["reports"]);
    for report in truth["rows"].as_array().unwrap() {
        let (key, own) = (key(report), &found[key(report)]);
        assert_eq!(own["title"], report["title"], "{key}");
        if report["file_date"].is_string() {
            assert_eq!(own["day"], report["file_date"], "{key}");
        }
        let of_it: Vec<&Value> = actions.iter().filter(|action| action["incident"] == key).collect();
        let boxes = |state: &str| of_it.iter().filter(|action| action["box"] == state).count();
        let linked = of_it.iter().filter(|action| action["link"].as_str().unwrap().contains("http")).count();
        assert_eq!(
            json!([of_it.len(), linked, boxes("ticked"), boxes("empty")]),
            json!([report["actions"], report["linked"], report["checked"], report["unchecked"]]),
            "{key}"
        );
    }
    let problems = report["problems"].as_array().unwrap();
    let differ = problems
        .iter()
        .filter(|problem| problem["message"].as_str().unwrap().contains("its title of"))
        .count();
    assert_eq!(differ, truth["dates_differ"].as_array().unwrap().len());
}

#[test]
fn incidents_and_actions_of_a_company_are_alike() {
    let Some(folder) = real_data("signals/signals-tidewater") else { return };
    let truth = truth(&folder);
    let desk = Desk::of_sample_on("2026-11-30".parse().unwrap());
    let before = incidents(&desk).len();
    for file in ["incidents.csv", "review-actions.csv"] {
        desk.import(&[&folder.join(file)], &[]);
    }
    let found = incidents(&desk);
    // Those of the sample are none of the file.
    let of_file: Vec<&Value> =
        found.iter().filter(|(key, _)| key.starts_with("incident-")).map(|(_, row)| row).collect();
    let expected = &truth["incidents"];
    assert_eq!(of_file.len(), expected["incidents"]);
    assert_eq!(found.len(), of_file.len() + before);
    assert_eq!(of_file.iter().filter(|row| row["ongoing"] == true).count(), expected["open"]);
    let (mut written, mut months) = (BTreeMap::<String, u64>::new(), BTreeMap::<String, u64>::new());
    for row in &of_file {
        *written.entry(row["services_as_written"].as_str().unwrap().to_owned()).or_default() += 1;
        *months.entry(row["day"].as_str().unwrap()[..7].to_owned()).or_default() += 1;
    }
    assert_eq!(json!(written), expected["by_service"]);
    assert_eq!(json!(months), expected["by_month_utc"]);
    let mut seconds: Vec<u64> =
        of_file.iter().filter_map(|row| Some(row["resolution"]["minutes"].as_u64()? * 60)).collect();
    seconds.sort_unstable();
    let mean = seconds.iter().sum::<u64>() as f64 / seconds.len() as f64;
    assert!((mean - expected["mean_seconds"].as_f64().unwrap()).abs() < 0.0001);
    assert_eq!(seconds[seconds.len() / 2] as f64, expected["median_seconds"].as_f64().unwrap());

    let expected = &truth["actions"];
    let actions: Vec<Value> =
        actions(&desk).into_iter().filter(|row| row["id"].as_str().unwrap().starts_with("A-")).collect();
    let open: Vec<&Value> = actions.iter().filter(|row| row["state"] == "open").collect();
    let overdue: Vec<&&Value> = open.iter().filter(|row| row["overdue_days"].is_u64()).collect();
    assert_eq!(
        json!([actions.len(), open.len(), overdue.len()]),
        json!([expected["actions"], expected["open"], expected["overdue"]])
    );
    let mut teams = BTreeMap::<&str, u64>::new();
    for row in &overdue {
        *teams.entry(row["taken_by"].as_str().unwrap()).or_default() += 1;
    }
    assert_eq!(json!(teams), expected["overdue_by_team"]);
    assert_eq!(
        overdue.iter().filter_map(|row| row["overdue_days"].as_u64()).max(),
        expected["oldest_overdue_days"].as_u64()
    );
    let late = actions
        .iter()
        .filter(|row| row["state"] == "done" && row["closed"].as_str() > row["due"].as_str())
        .count();
    assert_eq!(late, expected["done_late"]);
}
