//! Use cases by name, in JSON.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::{fs, path::Path};

use headroom_app::{
    USE_CASES,
    at::At,
    error::ErrorKind,
    state::{AppState, First},
    use_case::{CallError, UseCase},
};
use serde_json::{Value, json};
use specta::Types;

fn named(name: &str) -> &'static UseCase {
    USE_CASES.iter().copied().flatten().find(|case| case.name == name).unwrap()
}

fn call(app: &AppState, name: &str, values: &Value) -> Result<Value, CallError> {
    let case = named(name);
    let answer = case.call(app, &case.argument_names(&mut Types::default()), values)?;
    Ok(serde_json::from_str(&answer).unwrap())
}

fn today() -> Value {
    json!(At::default())
}

fn app(folder: &Path) -> AppState {
    AppState::new("Ada".to_owned(), folder.to_owned(), First::Welcome, |_| ())
}

#[test]
fn use_cases_take_and_give_json() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path());
    let path = folder.path().join("new.headroom").display().to_string();
    assert_eq!(call(&app, "new_plan", &json!({ "path": path })).unwrap(), Value::Null);
    let edits = json!([{ "field": "name", "value": { "text": "Payments" } }]);
    let team = call(&app, "create", &json!({ "kind": "team", "edits": edits })).unwrap();
    assert_eq!(team["name"], "Payments");
    let page = call(&app, "team_page", &json!({ "id": team["id"], "at": today() })).unwrap();
    assert_eq!((&page["team"]["name"], &page["isActive"]), (&json!("Payments"), &json!(true)));
    let found = json!({ "text": "pay", "kinds": [], "isAnyDay": false, "at": today(), "limit": 9 });
    assert_eq!(call(&app, "search", &found).unwrap()[0]["title"], "Payments");
}

#[test]
fn wrong_arguments_are_told_from_errors() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path());
    let Err(CallError::Arguments(words)) = call(&app, "team_page", &json!({ "id": "one" })) else {
        panic!("a name is no ID")
    };
    assert!(words.contains("argument id of team_page"), "{words}");
    let Err(CallError::Failed(error)) = call(&app, "team_page", &json!({ "id": 1, "at": today() })) else {
        panic!("no plan is open")
    };
    assert_eq!(error.kind, ErrorKind::NoPlan);
}

#[test]
fn argument_names_are_those_of_the_page() {
    assert_eq!(
        named("export_graph").argument_names(&mut Types::default()),
        ["query", "isWhole", "format", "path", "at"]
    );
}

/// Who looks at the plan does so from one point; only what an edit writes is a day of its own.
#[test]
fn only_edits_take_a_bare_day() {
    let mut types = Types::default();
    let takes_day = |case: &&UseCase| case.argument_names(&mut types).iter().any(|name| name == "day");
    let found: Vec<&str> =
        USE_CASES.iter().copied().flatten().filter(takes_day).map(|case| case.name).collect();
    assert_eq!(found, ["end", "approve", "confirm"]);
}

/// A function that no room lists would be missing in the client.
#[test]
fn every_use_case_is_listed_once() {
    fn count(folder: &Path) -> usize {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let lines = |path: &Path| {
            let text = fs::read_to_string(path).unwrap();
            text.lines().filter(|line| *line == "#[specta::specta]").count()
        };
        entries.map(|path| if path.is_dir() { count(&path) } else { lines(&path) }).sum()
    }
    let mut names: Vec<&str> = USE_CASES.iter().copied().flatten().map(|case| case.name).collect();
    let listed = names.len();
    assert_eq!(listed, count(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")));
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), listed);
}
