//! Deployments of a real service and DevLake's tables, against figures calculated elsewhere.

use std::{fs, path::Path};

use headroom_tests::{Desk, real_data};
use serde_json::{Value, json};

use crate::metric_series::is_rounded;

fn truth(folder: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(folder.join("truth.json")).unwrap()).unwrap()
}

/// The names of figures in the other calculation and here, with its decimals.
const MEASURES: [(&str, &str, i32); 8] = [
    ("deployments", "deployments", 0),
    ("days_with_deployment", "deployment-days", 0),
    ("lead_time_median_h", "lead-time-hours", 4),
    ("lead_time_median_h_without_bots", "lead-time-without-bots-hours", 4),
    ("commits", "deployed-commits", 0),
    ("failed", "failed-deployments", 0),
    ("change_failure_rate", "change-failure-rate", 6),
    ("recovery_median_h", "recovery-hours", 4),
];

#[test]
fn every_figure_of_deployments_is_alike() {
    let Some(folder) = real_data("signals/dora-mybinder") else { return };
    let truth = truth(&folder);
    let desk = Desk::new();
    let found = desk.json(&["dora", "--source", folder.to_str().unwrap(), "--json"]);
    let compare = |expected: &Value, found: &Value, place: &str| {
        for (called, _, decimals) in MEASURES {
            assert!(
                is_rounded(found[called].as_f64(), &expected[called], decimals),
                "{called} of {place}: {found}, {expected}"
            );
        }
    };
    compare(&truth["all"], &found["all"], "all");
    for (month, expected) in truth["months"].as_object().unwrap() {
        compare(expected, &found["months"][month], month);
    }
    assert_eq!(found["months"].as_object().unwrap().len(), truth["months"].as_object().unwrap().len());
    for called in
        ["negative_lead_times", "bots", "reverts_caught_before", "reverts_of_unknown", "frequency", "failed"]
    {
        assert_eq!(found[called], truth[called], "{called}");
    }
    for called in ["first", "last"] {
        assert_eq!(found[called].as_str().unwrap().replace('T', " "), truth[called].as_str().unwrap());
    }
}

#[test]
fn every_month_in_a_plan_is_alike() {
    let Some(folder) = real_data("signals/dora-mybinder") else { return };
    let truth = truth(&folder);
    let desk = Desk::new();
    let report = desk.import(&[&folder], &[]);
    assert_eq!(report["formats"][0]["format"], "deployments", "{report}");
    let found = desk.json(&["dora", desk.path(), "--service", "mybinder", "--json"]);
    let months = found["scopes"][0]["months"].as_array().unwrap();
    let mut compared = 0;
    for month in months {
        let expected = &truth["months"][month["month"].as_str().unwrap()];
        for (called, key, decimals) in MEASURES {
            assert!(
                is_rounded(month[key].as_f64(), &expected[called], decimals),
                "{called}: {month}, {expected}"
            );
            compared += 1;
        }
    }
    assert_eq!(compared, truth["months"].as_object().unwrap().len() * MEASURES.len());
    assert_eq!(desk.import(&[&folder], &[])["added"], 0);
}

#[test]
fn incidents_belong_to_the_deployments_that_devlake_gives_them_to() {
    let Some(folder) = real_data("signals/dora-devlake") else { return };
    let truth = truth(&folder);
    let desk = Desk::new();
    let tables = folder.join("dora/e2e/connect_incident_to_deployment");
    let [deployments, raw] = ["prev_success_deployment_commit", "raw_tables"].map(|name| tables.join(name));
    let sources = [deployments.to_str().unwrap(), raw.to_str().unwrap()];
    let found = desk.json(&["dora", "--source", sources[0], sources[1], "--json"]);
    assert_eq!(found["rows"], truth["deployment_commits"]);
    assert_eq!(found["by_result"], truth["by_result"]);
    assert_eq!(found["by_environment"], truth["by_environment"]);
    assert_eq!(found["incidents"], truth["incidents"]);
    assert_eq!(found["relationships"], truth["relationships"]);
    let project = &found["services"]["project1"];
    assert_eq!(project["deployments"], truth["project1"]["production_deployments"]);
    assert_eq!(project["failed"], truth["project1"]["failed_deployments"]);
    assert_eq!(project["change_failure_rate"], truth["project1"]["change_failure_rate"]);
    assert_eq!(desk.import(&[&tables], &[])["formats"][0]["format"], json!("deployments"));
    let found = desk.json(&["dora", desk.path(), "--service", "project1", "--json"]);
    let months = found["scopes"][0]["months"].as_array().unwrap();
    assert_eq!(months.iter().map(|month| month["deployments"].as_f64().unwrap()).sum::<f64>(), 5.0);
}
