//! Real organisations against figures that were calculated elsewhere. Those figures take what is equal in the order of
//! the source, which a plan does not keep: it has an order of its own, by name and key.

use std::{collections::BTreeMap, fs, path::Path};

use headroom_tests::{Desk, headroom, real_data, sums};
use serde_json::Value;

/// Imports a source twice and compares the figures.
fn check(organisation: &str, source: &str, holds_roles: bool) {
    let Some(folder) = real_data(organisation) else { return };
    let desk = Desk::new();
    let source = folder.join(source);
    desk.import(&[&source], &[]);
    let stats = desk.stats();
    let truth: Value = serde_json::from_str(&fs::read_to_string(folder.join("truth.json")).unwrap()).unwrap();
    for (key, expected) in truth.as_object().unwrap() {
        if key == "teams_without_lead" && !holds_roles {
            continue;
        }
        if FIRST_OWNER.contains(&key.as_str()) && has_shared_services(&stats) {
            continue;
        }
        compare(key, expected, &stats);
    }
    assert_eq!(sums(&desk.import(&[&source], &[])), (0, 0, 0), "the second import");
    assert_eq!(sums(&desk.import(&[&source], &["--full-sync"])), (0, 0, 0), "the complete import");
}

/// Figures of services with several owners are about the one that comes first.
const FIRST_OWNER: [&str; 3] = ["cross_owner_dependency_edges", "team_cycles", "team_cycle_sizes"];

fn has_shared_services(stats: &Value) -> bool {
    let number = |key: &str| stats[key].as_u64().unwrap();
    number("ownership_edges") > number("services") - number("unowned")
}

/// Compares lists of services by number of dependents. Of services with as many as the last one, some are cut off.
fn compare_top(expected: &[Value], ours: &[Value]) {
    let numbers = |list: &[Value]| list.iter().map(|it| it["dependents"].clone()).collect::<Vec<_>>();
    assert_eq!(numbers(ours), numbers(expected));
    let least = numbers(expected).pop();
    let above = |list: &[Value]| -> Vec<Value> {
        list.iter().filter(|it| Some(&it["dependents"]) != least.as_ref()).cloned().collect()
    };
    assert_eq!(above(ours), above(expected));
}

fn compare(key: &str, expected: &Value, stats: &Value) {
    // A sample is the start of the whole list; long lists are cut there, too.
    let ours = &stats[key.strip_suffix("_sample").map_or(key.to_owned(), |stem| format!("{stem}_list"))];
    match (key, expected, ours) {
        ("cycle_members", Value::Array(expected), Value::Array(ours)) => {
            let small: Vec<&Value> =
                ours.iter().filter(|members| members.as_array().unwrap().len() <= 12).collect();
            assert_eq!(small, expected.iter().collect::<Vec<_>>(), "{key}");
        }
        ("top_transitive_dependents", Value::Array(expected), Value::Array(ours)) => {
            compare_top(expected, &ours[..expected.len()]);
        }
        (_, Value::Array(expected), Value::Array(ours)) => {
            assert_eq!(&ours[..expected.len()], &expected[..], "{key}");
        }
        _ => assert_eq!(ours, expected, "{key}"),
    }
}

#[test]
fn kubernetes_csv_matches() {
    check("kubernetes", ".", true);
}

#[test]
fn kubernetes_catalog_matches() {
    check("kubernetes", "catalog-info.yaml", false);
}

#[test]
fn debian_science_csv_matches() {
    check("debian-science", ".", true);
}

#[test]
fn debian_science_catalog_matches() {
    check("debian-science", "catalog-info.yaml", false);
}

#[test]
fn home_assistant_csv_matches() {
    check("home-assistant", ".", true);
}

#[test]
fn backstage_acme_example_matches() {
    let Some(folder) = real_data("backstage-acme") else { return };
    let desk = Desk::new();
    let report = desk.import(&[&folder], &[]);
    let stats = desk.stats();
    for (key, expected) in [
        ("teams", 9),
        ("people", 17),
        ("memberships", 18),
        ("services", 24),
        ("dependency_edges", 7),
        ("team_tree_depth", 4),
    ] {
        assert_eq!(stats[key], expected, "{key}");
    }
    let problems = report["problems"].as_array().unwrap();
    let templates =
        problems.iter().filter(|problem| problem["message"].as_str().unwrap().contains("not YAML")).count();
    assert_eq!(templates, 6);
    assert_eq!(report["unresolved"][0]["key"], "CNCF");
    assert_eq!(sums(&desk.import(&[&folder], &[])), (0, 0, 0));
}

#[test]
fn codeowners_resolution_matches_a_reference() {
    for repository in ["dd-trace-py", "esphome"] {
        let Some(folder) = real_data(&format!("codeowners/{repository}")) else { return };
        let output =
            headroom().arg("codeowners").args([folder.join("CODEOWNERS"), folder.join("paths.txt")]).output();
        let ours: BTreeMap<String, Value> = lines(&String::from_utf8(output.unwrap().stdout).unwrap());
        for (path, expected) in lines(&fs::read_to_string(folder.join("resolved.jsonl")).unwrap()) {
            assert_eq!(ours[&path], expected);
        }
        let desk = Desk::new();
        let sources = [folder.join("CODEOWNERS"), folder.join("paths.txt")];
        let sources: Vec<&Path> = sources.iter().map(|source| source.as_path()).collect();
        assert!(sums(&desk.import(&sources, &["--depth", "3"])).0 > 20);
        assert_eq!(sums(&desk.import(&sources, &["--depth", "3"])), (0, 0, 0));
    }
}

fn lines(text: &str) -> BTreeMap<String, Value> {
    let row = |line: &str| serde_json::from_str::<Value>(line).unwrap();
    text.lines().map(row).map(|row| (row["path"].as_str().unwrap().to_owned(), row)).collect()
}

#[test]
fn exports_round_trip_within_their_formats() {
    for organisation in ["kubernetes", "debian-science"] {
        let Some(folder) = real_data(organisation) else { return };
        let desk = Desk::new();
        desk.import(&[&folder], &["--format", "csv"]);
        for (format, out) in [("csv", "out"), ("backstage", "out.yaml")] {
            let out = desk.folder.path().join(out);
            desk.done(&["export", desk.path(), out.to_str().unwrap(), "--format", format]);
            let copy = Desk::new();
            copy.import(&[&out], &[]);
            let (mut before, mut after) = (desk.stats(), copy.stats());
            if format == "backstage" {
                before["teams_without_lead"] = Value::Null;
                after["teams_without_lead"] = Value::Null;
            }
            assert_eq!(before, after, "{organisation} as {format}");
        }
    }
}
