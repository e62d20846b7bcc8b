//! A board pack as it is mailed, against figures calculated elsewhere: what it says, and what follows from that.

use std::collections::HashMap;

use headroom_tests::{Desk, real_data};
use serde_json::Value;

/// What the truth calls the metrics.
const NAMES: [(&str, &str); 12] = [
    ("cac", "cac"),
    ("arpa", "arpa"),
    ("payback", "payback"),
    ("logo_churn", "logo-churn"),
    ("ltv", "ltv"),
    ("ltv_cac", "ltv-cac"),
    ("nrr", "nrr"),
    ("grr", "grr"),
    ("quick", "quick-ratio"),
    ("conversion", "conversion"),
    ("lead_velocity", "lead-velocity"),
    ("roll_forward_difference", "mrr-difference"),
];
const AMOUNTS: [(&str, &str); 2] = [("mrr_cents", "mrr"), ("spend_cents", "spend")];

/// The values of every metric, by segment, month and key.
fn values(desk: &Desk) -> HashMap<(String, String, String), f64> {
    let series = desk.json(&["metrics", desk.path(), "--as-of", "2026-11-30", "--json"]);
    let mut values = HashMap::new();
    for series in series.as_array().unwrap() {
        let text = |name: &str| series[name].as_str().unwrap().to_owned();
        assert_ne!(text("segment"), "", "no total is read as a figure of the organisation");
        for period in series["periods"].as_array().unwrap() {
            let Some(value) = period["value"].as_f64() else { continue };
            let month = period["first"].as_str().unwrap()[..7].to_owned();
            values.insert((text("segment"), month, text("metric")), value);
        }
    }
    values
}

#[test]
fn every_figure_of_a_board_pack_is_that_of_another_calculation() {
    let Some(folder) = real_data("signals/signals-tidewater") else { return };
    let truth = std::fs::read_to_string(folder.join("truth.json")).unwrap();
    let truth: Value = serde_json::from_str(&truth).unwrap();
    for file in ["board-pack.csv", "board-pack.xlsx"] {
        let mut desk = Desk::new();
        desk.today = "2026-11-30".parse().unwrap();
        desk.done(&["import", desk.path(), folder.join(file).to_str().unwrap()]);
        let values = values(&desk);
        let mut compared = 0;
        for (segment_and_month, expected) in truth["kpi"].as_object().unwrap() {
            let (segment, month) = segment_and_month.split_once('|').unwrap();
            for ((name, key), unit) in
                NAMES.iter().map(|name| (name, 1.0)).chain(AMOUNTS.iter().map(|name| (name, 100.0)))
            {
                let found = values.get(&(segment.to_owned(), month.to_owned(), (*key).to_owned()));
                let found = found.map(|value| value * unit);
                let is_same = match (expected[*name].as_f64(), found) {
                    (Some(expected), Some(found)) => {
                        (expected - found).abs() <= 1e-6 * expected.abs().max(1.0)
                    }
                    (expected, found) => expected.is_none() && found.is_none(),
                };
                assert!(is_same, "{file} {segment} {month} {key}: {found:?}, not {}", expected[*name]);
                compared += 1;
            }
        }
        assert!(compared > 400, "{compared} compared");
        let again = desk.run(&["import", desk.path(), folder.join(file).to_str().unwrap()]);
        assert!(String::from_utf8(again.stdout).unwrap().contains("no changes"), "{file} twice");
    }
}

/// The page of unit economics has the same figures, segment by segment, and MRR moves as the pack says.
#[test]
fn segments_of_a_board_pack_stand_side_by_side() {
    let Some(folder) = real_data("signals/signals-tidewater") else { return };
    let truth = std::fs::read_to_string(folder.join("truth.json")).unwrap();
    let truth: Value = serde_json::from_str(&truth).unwrap();
    let mut desk = Desk::new();
    desk.today = "2026-11-30".parse().unwrap();
    desk.done(&["import", desk.path(), folder.join("board-pack.csv").to_str().unwrap()]);
    let mut compared = 0;
    for (segment_and_month, expected) in truth["kpi"].as_object().unwrap() {
        let (segment, month) = segment_and_month.split_once('|').unwrap();
        // A month that is not over, and one that carriers lack.
        if expected.is_null() {
            continue;
        }
        let page = desk.json(&["metrics", desk.path(), "--by", "segment", "--month", month, "--json"]);
        let columns = page["columns"].as_array().unwrap();
        let at = columns.iter().position(|column| column["title"] == segment).unwrap();
        let rows = page["rows"].as_array().unwrap();
        for (name, key) in NAMES {
            let row = rows.iter().find(|row| row["metric"]["key"] == key).unwrap();
            let found = row["cells"][at]["value"].as_f64();
            let is_same = match (expected[name].as_f64(), found) {
                (Some(expected), Some(found)) => (expected - found).abs() <= 1e-6 * expected.abs().max(1.0),
                (expected, found) => expected.is_none() && found.is_none(),
            };
            assert!(is_same, "{segment} {month} {key}: {found:?}, not {}", expected[name]);
            compared += 1;
        }
        let steps = page["waterfalls"][at]["steps"].as_array().unwrap();
        let step = |id: &str| steps.iter().find(|step| step["id"] == id).unwrap()["amount"]["value"].as_f64();
        let closing = expected["mrr_cents"].as_f64().map(|cents| cents / 100.0);
        assert_eq!((step("closing"), step("not-explained")), (closing, Some(0.0)), "{segment} {month}");
    }
    assert!(compared > 300, "{compared} compared");
}
