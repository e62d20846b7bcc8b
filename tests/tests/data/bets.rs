//! Bets of a company, against what was counted elsewhere.

use std::fs;

use headroom_tests::{Desk, real_data};
use serde_json::Value;

#[test]
fn bets_past_their_day_and_those_decided_late_are_found() {
    let Some(folder) = real_data("signals/signals-tidewater") else { return };
    let truth: Value = serde_json::from_str(&fs::read_to_string(folder.join("truth.json")).unwrap()).unwrap();
    let mut desk = Desk::new();
    desk.today = "2026-11-30".parse().unwrap();
    let file = folder.join("bets.csv");
    let report = desk.import(&[&file], &[]);
    assert_eq!(report["formats"][0]["format"], "bets", "the table of another tool, by its columns");
    let said = report["problems"].to_string();
    assert!(said.contains("Trials per qualified lead is a share, and 40"), "{said}");
    assert!(said.contains("Churned MRR is an amount and no share"), "{said}");
    let found = desk.json(&["bets", desk.path(), "--as-of", truth["as_of"].as_str().unwrap(), "--json"]);
    let expected = &truth["bets"];
    assert_eq!(found["count"], expected["bets"]);
    for figure in ["decided", "overdue", "decided_late"] {
        assert_eq!(found[figure], expected[figure], "{figure}");
    }
    let of = |id: &str| found["bets"].as_array().unwrap().iter().find(|bet| bet["id"] == id).unwrap();
    assert_eq!(of("B-01")["days_over"], 213);
    assert_eq!(of("B-01")["objectives"][0]["condition"], "Trials per qualified lead ≥ 12%");
    assert_eq!(of("B-03")["decision"], "change");
    assert_eq!(of("B-04")["objectives"].as_array().unwrap().len(), 0, "40 may be a percentage or not");
    let june = desk.json(&["bets", desk.path(), "--as-of", "2026-06-15", "--json"]);
    assert_eq!(june["decided"], 0, "nobody had decided anything by then");
    assert_eq!(june["overdue"], serde_json::json!(["B-01", "B-04", "B-05"]));
    assert_eq!(desk.import(&[&file], &[])["added"], 0);
    assert_eq!(desk.import(&[&file], &[])["changed"], 0);
}
