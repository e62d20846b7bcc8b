//! SLOs and error budgets by the command line: a repository with a catalog, SLO files of several tools and a history of
//! downtime is one import, and any day shows what was believed on it.

use headroom_tests::{Desk, sums};
use serde_json::{Value, json};

const CATALOG: &str = "version: 1\nservice:\n  name: tide-gauge\n  owner: hydro\n";

const SLOTH: &str = "version: prometheus/v1\nservice: tide-gauge\nslos:\n  - name: readings-availability\n    \
    objective: 99.9\n  - name: readings-latency\n    objective: 99\n";

const PYRRA: &str = "apiVersion: pyrra.dev/v1alpha1\nkind: ServiceLevelObjective\nmetadata: {name: tide-gauge-errors}\n\
    spec:\n  target: '99.9'\n  window: 2w\n  description: availability of readings\n  indicator: {ratio: {}}\n";

const SUMMARY: &str =
    r#"[{"name": "Tide gauge", "slug": "tide-gauge", "dailyMinutesDown": {"2026-11-20": 7}}]"#;

const HISTORY: &str = "startTime: 2026-11-14T08:00:00.000Z\nlastUpdated: 2026-11-26T22:00:00.000Z\n";

/// A repository with all of them, imported on the day of the tests, 27 November.
fn repository() -> Desk {
    let desk = Desk::new();
    desk.file("code/opslevel.yml", CATALOG);
    desk.file("code/slo/gauge.yaml", SLOTH);
    desk.file("code/slo/monitoring.yaml", PYRRA);
    desk.file("code/slo/charts.json", generator());
    desk.file("code/history/summary.json", SUMMARY);
    desk.file("code/history/tide-gauge.yml", HISTORY);
    let report = import(&desk);
    let formats: Vec<&str> =
        report["formats"].as_array().unwrap().iter().map(|row| row["format"].as_str().unwrap()).collect();
    assert_eq!(formats, ["opslevel", "slo", "upptime"]);
    desk
}

/// An SLO of slo-generator, as JSON, that nothing may fail.
fn generator() -> String {
    json!({
        "apiVersion": "sre.google.com/v2", "kind": "ServiceLevelObjective",
        "metadata": {"name": "charts-uptime", "labels": {"service_name": "charts"}},
        "spec": {"goal": 1.0, "method": "good_bad_ratio"},
    })
    .to_string()
}

fn import(desk: &Desk) -> Value {
    desk.import(&[&desk.folder.path().join("code")], &[])
}

fn slo(desk: &Desk, day: &str) -> Value {
    desk.json(&["slo", desk.path(), "--as-of", day, "--json"])
}

fn objective(budgets: &Value, key: &str) -> Value {
    let rows = budgets["objectives"].as_array().unwrap();
    rows.iter().find(|row| row["objective"] == key).unwrap_or_else(|| panic!("{budgets}")).clone()
}

#[test]
fn repository_tells_slos_and_what_is_left_of_them() {
    let desk = repository();
    assert_eq!(sums(&import(&desk)), (0, 0, 0));
    let budgets = slo(&desk, "2026-11-27");
    // Sloth and Pyrra ask for the same, and Pyrra says the window.
    let availability = objective(&budgets, "tide-gauge/readings-availability");
    let expected = json!({
        "service": "tide-gauge", "objective": "tide-gauge/readings-availability", "name": "readings-availability",
        "target_millionths": 999_000, "window_days": 14.0, "window_assumed": false, "rolling": true,
        "method": "events", "budget_minutes": 20.16, "state": "left",
        "window": {
            "from": "2026-11-14", "elapsed_days": 14, "measured_days": 14, "down_minutes": 7.0,
            "budget_minutes": 20.16, "left_minutes": 13.16, "spent_share": 0.3472, "exhausted": false,
            "burn": 0.0, "burn_days": 7, "ends_on": null,
        },
    });
    assert_eq!(availability, expected);
    assert_eq!(objective(&budgets, "tide-gauge/readings-latency")["state"], "not-availability");
    let charts = objective(&budgets, "charts/charts-uptime");
    assert_eq!(
        (charts["budget_minutes"].as_f64(), charts["state"].as_str()),
        (Some(0.0), Some("no-figures"))
    );
    assert_eq!(budgets["objectives"].as_array().unwrap().len(), 3);
    let month = &budgets["services"][0]["months"][0];
    assert_eq!((month["measured_days"].as_u64(), month["availability"].as_f64()), (Some(14), Some(0.999653)));
    let text = desk.done(&["slo", desk.path(), "--as-of", "2026-11-22"]);
    let line = "readings-availability: 99.9% over 14 days";
    assert!(!text.contains(line) && text.contains("readings-availability: 99.9% over 2 weeks"), "{text}");
    assert!(text.contains("6 of 13 minutes left · 9 of 14 days measured · burn 0.69"), "{text}");
    assert!(text.contains("readings-latency: 99% over 30 days (assumed)"), "{text}");
}

#[test]
fn later_import_adds_days_and_past_days_show_what_was_believed() {
    let mut desk = repository();
    desk.today = "2026-12-01".parse().unwrap();
    desk.file(
        "code/history/summary.json",
        SUMMARY.replace("7}", "7, \"2026-11-27\": 20, \"2026-12-24\": 9}"),
    );
    desk.file("code/history/tide-gauge.yml", HISTORY.replace("11-26T", "11-30T"));
    let report = import(&desk);
    let told = report["problems"].to_string();
    assert!(told.contains("2026-12-24 is after the day of the import"), "{told}");
    let down = |day: &str| {
        objective(&slo(&desk, day), "tide-gauge/readings-availability")["window"]["down_minutes"].as_f64()
    };
    assert_eq!(down("2026-11-30"), Some(7.0), "what was believed then");
    assert_eq!(down("2026-12-01"), Some(27.0));
    let spent = objective(&slo(&desk, "2026-12-01"), "tide-gauge/readings-availability");
    assert_eq!(
        (spent["state"].as_str(), spent["window"]["left_minutes"].as_f64()),
        (Some("spent"), Some(-6.84))
    );
}

#[test]
fn window_of_the_plan_is_written_and_read_again() {
    let desk = repository();
    let out = desk.folder.path().join("out");
    desk.done(&["export", desk.path(), out.to_str().unwrap(), "--format", "csv"]);
    let objectives = std::fs::read_to_string(out.join("objectives.csv")).unwrap();
    assert!(objectives.contains(",2w,events,"), "{objectives}");
    assert_eq!(sums(&desk.import(&[&out], &["--format", "csv"])), (0, 0, 0));
    let changed = objectives.replace(",2w,events,", ",28,events,");
    std::fs::write(out.join("objectives.csv"), changed).unwrap();
    assert_eq!(sums(&desk.import(&[&out], &["--format", "csv"])), (0, 1, 0));
    let availability = objective(&slo(&desk, "2026-11-27"), "tide-gauge/readings-availability");
    assert_eq!(availability["window_days"], 28.0);
}

#[test]
fn names_of_sites_can_be_mapped_to_services() {
    let desk = Desk::new();
    desk.file("code/opslevel.yml", CATALOG);
    desk.import(&[&desk.folder.path().join("code")], &[]);
    desk.file("status/history/summary.json", SUMMARY.replace("tide-gauge", "gauge-site"));
    desk.file("status/history/gauge-site.yml", HISTORY);
    let names = desk.file("names.csv", "from,to\ngauge-site,tide-gauge\n");
    let report = desk.import(&[&desk.folder.path().join("status")], &["--name-map", names.to_str().unwrap()]);
    assert_eq!(report["problems"], json!([]));
    let measured = slo(&desk, "2026-11-27")["services"].clone();
    assert_eq!((measured.as_array().unwrap().len(), &measured[0]["service"]), (1, &json!("tide-gauge")));
    // The name is an alias from now on.
    assert_eq!(sums(&desk.import(&[&desk.folder.path().join("status")], &[])), (0, 0, 0));
}
