//! What follows from a plan, against brute force and examples: one program for all of its tests.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod capacity;
mod forecast;
mod graph;
mod graph_algorithms;
mod map;
mod matrix;
mod names_and_rows;
mod org;
mod organisation;
mod plain_simulation;
mod plans;
mod relations;
mod reliance;
mod rules;
mod rules_hiring;
mod rules_onboarding;
mod seats;
mod simulation;
mod turns;
mod what_if;

#[test]
fn every_file_is_a_module() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/all");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let named = include_str!("main.rs").lines().any(|line| line == format!("mod {name};"));
        assert!(named || name == "main", "{} is no module of main.rs", path.display());
    }
}
