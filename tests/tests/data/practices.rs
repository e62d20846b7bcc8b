//! Levels and scores of practices against the figures of another implementation: every pair, every day asked, every sum.

use std::{collections::BTreeMap, fs, path::Path};

use headroom_tests::{Desk, real_data, sums};
use serde_json::Value;

fn truth(folder: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(folder.join("truth.json")).unwrap()).unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn practices(desk: &Desk, day: &str) -> Value {
    desk.json(&["practices", desk.path(), "--as-of", day, "--json"])
}

fn by_service(report: &Value) -> BTreeMap<String, Value> {
    let rows = list(&report["rows"]).iter();
    rows.map(|row| (row["service"].as_str().unwrap().to_owned(), row.clone())).collect()
}

fn texts(value: &Value) -> Vec<&str> {
    list(value).iter().map(|text| text.as_str().unwrap()).collect()
}

#[test]
fn scores_of_real_repositories_are_those_of_another_implementation() {
    let Some(folder) = real_data("signals/scorecard-nodejs") else { return };
    let truth = truth(&folder);
    let desk = Desk::new();
    let file = folder.join("database.json");
    let report = desk.import(&[&file], &[]);
    assert_eq!(report["formats"][0]["format"], "practices");
    assert_eq!(sums(&desk.import(&[&file], &[])), (0, 0, 0), "the same again changes nothing");
    let last_day = truth["last_day"].as_str().unwrap();
    let newest = practices(&desk, last_day);
    let scores = &newest["totals"]["scores"];
    assert_eq!(scores["pairs"], truth["repositories"]);
    assert_eq!(scores["below_5"], truth["below_5"]);
    assert_eq!(list(&scores["below_7"]).len() as u64, truth["below_7"].as_u64().unwrap());
    assert_eq!(scores["dropped"], truth["dropped"]);
    assert_eq!(texts(&scores["stale_90"]), texts(&truth["stale_90"]));
    assert_eq!(scores["mean"], truth["mean_newest"]);
    let rows = by_service(&newest);
    let observations: u64 = rows.values().map(|row| row["observations"].as_u64().unwrap()).sum();
    assert_eq!(observations, truth["observations"].as_u64().unwrap() - truth["same_day"].as_u64().unwrap());
    for expected in list(&truth["rows"]) {
        let row = &rows[expected["repo"].as_str().unwrap()];
        let series = list(&row["series"]);
        let values: Vec<f64> = series.iter().map(|point| point["level"].as_f64().unwrap()).collect();
        assert_eq!(values.len() as u64, expected["days"].as_u64().unwrap(), "{expected}");
        assert_eq!((&series[0]["on"], &row["on"]), (&expected["first"], &expected["last"]));
        assert_eq!(row["level"].as_f64(), expected["newest"].as_f64(), "{expected}");
        assert_eq!(row["drop"].as_f64(), expected["drop"].as_f64(), "{expected}");
        let extreme = |pick: fn(f64, f64) -> f64| values.iter().copied().reduce(pick);
        assert_eq!(extreme(f64::min), expected["min"].as_f64());
        assert_eq!(extreme(f64::max), expected["max"].as_f64());
    }
    for day in ["2023-06-30", "2024-06-30", "2025-06-30", "2026-06-30"] {
        let rows = by_service(&practices(&desk, day));
        for expected in list(&truth["rows"]) {
            let (row, asked) =
                (rows.get(expected["repo"].as_str().unwrap()), &expected[format!("as_of_{day}")]);
            let found = row.map(|row| (row["level"].as_f64(), row["age_days"].as_i64()));
            let wanted = (!asked.is_null()).then(|| (asked["score"].as_f64(), asked["age_days"].as_i64()));
            assert_eq!(found, wanted, "{} on {day}", expected["repo"]);
        }
    }
}

#[test]
fn levels_of_a_generated_company_are_those_of_its_generator() {
    let Some(folder) = real_data("signals/signals-tidewater") else { return };
    let truth = truth(&folder);
    let (expected, day) = (&truth["practices"], truth["as_of"].as_str().unwrap());
    let desk = Desk::new();
    let file = folder.join("practices.csv");
    let at = ["--format", "practices"];
    desk.import(&[&file], &at);
    assert_eq!(sums(&desk.import(&[&file], &at)), (0, 0, 0), "the same again changes nothing");
    let report = practices(&desk, day);
    let levels = &report["totals"]["levels"];
    for name in ["pairs", "not_applicable", "stale_180", "below_2"] {
        assert_eq!(levels[name], expected[name], "{name}");
    }
    let mut found = BTreeMap::new();
    for row in list(&report["rows"]) {
        let level = row["level"].as_str().map_or_else(|| row["level"].to_string(), str::to_owned);
        let pair = format!("{}|{}", row["practice"].as_str().unwrap(), row["service"].as_str().unwrap());
        found.insert(pair, [level, row["on"].as_str().unwrap().to_owned()]);
    }
    let wanted: BTreeMap<String, [String; 2]> = serde_json::from_value(expected["levels"].clone()).unwrap();
    assert_eq!(found, wanted);
}
