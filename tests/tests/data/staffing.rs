//! Support staffing against exact vectors of another calculation.

use std::fs;

use headroom_tests::{Desk, real_data};
use serde_json::Value;

fn text(value: &Value) -> String {
    value.to_string()
}

fn assert_near(found: &Value, expected: &Value, within: f64, what: &str) {
    let (found, expected) = (found.as_f64(), expected.as_f64());
    let is_near = match (found, expected) {
        (Some(found), Some(expected)) => (found - expected).abs() <= within,
        (found, expected) => found == expected,
    };
    assert!(is_near, "{what}: {found:?}, not {expected:?}");
}

#[test]
fn every_queue_and_workload_is_alike() {
    let Some(folder) = real_data("signals/staffing-cases") else { return };
    let truth: Value = serde_json::from_str(&fs::read_to_string(folder.join("truth.json")).unwrap()).unwrap();
    let desk = Desk::new();
    let mut compared = 0;
    for case in truth["erlang"].as_array().unwrap() {
        let options = [
            ("--calls", "calls"),
            ("--in-minutes", "in_minutes"),
            ("--handle-seconds", "aht_seconds"),
            ("--answer-within", "answer_within_seconds"),
            ("--target", "target"),
            ("--shrinkage", "shrinkage"),
        ]
        .map(|(option, name)| [option.to_owned(), text(&case[name])])
        .concat();
        let words: Vec<&str> =
            ["staffing", "--json"].into_iter().chain(options.iter().map(String::as_str)).collect();
        let found = desk.json(&words);
        assert_eq!(found["agents"], case["least"], "{case}");
        assert_eq!(found["scheduled"], case["scheduled"], "{case}");
        for (name, called, decimals) in [
            ("erlangs", "erlangs", 12),
            ("waiting_probability", "waiting_probability", 10),
            ("service_level", "service_level", 10),
            ("occupancy", "occupancy", 10),
            ("mean_wait_seconds", "asa_seconds", 8),
            ("service_level_with_one_less", "one_less_service_level", 10),
        ] {
            assert_near(
                &found[name],
                &case[called],
                0.501 * 10_f64.powi(-decimals),
                &format!("{name} of {case}"),
            );
            compared += 1;
        }
    }
    assert_eq!(compared, 40 * 6);
    for case in truth["workload"].as_array().unwrap() {
        let options = [
            ("--tickets", "tickets"),
            ("--handle-minutes", "aht_minutes"),
            ("--hours", "hours"),
            ("--occupancy", "occupancy"),
            ("--shrinkage", "shrinkage"),
        ]
        .map(|(option, name)| [option.to_owned(), text(&case[name])])
        .concat();
        let words: Vec<&str> =
            ["staffing", "--json"].into_iter().chain(options.iter().map(String::as_str)).collect();
        assert_near(&desk.json(&words)["agents"], &case["agents"], 0.501e-8, &text(case));
        compared += 1;
    }
    assert_eq!(compared, 40 * 6 + 4);
}
