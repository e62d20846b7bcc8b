//! Adds a kind of entity and goes all the way round. The kind is a file (`model/src/entity/licence.rs`), a line in
//! `entities!` and a step of SQL (`store/tests/example_kind.sql`), and nothing else: everything here follows from its
//! description. It is there with the feature `example-kind` alone: `make test-kind`.
#![allow(clippy::unwrap_used)]

use std::{fs, path::Path, sync::Arc};

use chrono::NaiveDate;
use headroom_app::{
    USE_CASES,
    change_presenter::ChangePresenter,
    entity_form::{FieldControl, form_of},
    state::{AppState, First},
};
use headroom_exchange::{ExportOptions, ImportOptions, Preview, ReadOptions, compare, read_parts, write};
use headroom_model::{
    Change, Described, Draft, EntityRef, Kind, Licence, MergeRule, Plan, Snapshot, Team, change::inverted,
    delete_cascading,
};
use headroom_redaction::{How, RatiosOfMoney, redacted};
use headroom_store::{Store, doctor};
use serde_json::{Value, json};
use specta::Types;

fn call(app: &AppState, name: &str, values: &Value) -> Value {
    let case = USE_CASES.iter().copied().flatten().find(|case| case.name == name).unwrap();
    let answer = case.call(app, &case.argument_names(&mut Types::default()), values);
    serde_json::from_str(&answer.unwrap()).unwrap()
}

/// An open plan with a team, Payments, and a licence of it that was made in a form.
fn with_licence(folder: &Path) -> (AppState, Value) {
    let app = AppState::new("Ada".to_owned(), folder.to_owned(), First::Welcome, |_| ());
    let path = folder.join("acme.headroom").display().to_string();
    call(&app, "new_plan", &json!({ "path": path }));
    let edits = json!([{ "field": "name", "value": { "text": "Payments" } }]);
    let team = call(&app, "create", &json!({ "kind": "team", "edits": edits }));
    let edits = json!([
        { "field": "key", "value": { "text": "pager" } },
        { "field": "team", "value": { "number": team["id"] } },
        { "field": "price", "value": { "text": "1200 EUR" } },
        { "field": "from", "value": { "text": "2027-01-01" } },
    ]);
    let licence = call(&app, "create", &json!({ "kind": "licence", "edits": edits }));
    (app, licence)
}

fn today() -> NaiveDate {
    "2027-06-01".parse().unwrap()
}

fn exported(plan: &Plan, format: &str, to: &Path) {
    let snapshot = Snapshot::new(Arc::new(plan.clone()), today());
    write(&snapshot, format, to, &ExportOptions::default()).unwrap();
}

fn imported(plan: &Plan, from: &Path, complete: bool) -> Preview {
    let parts = read_parts(&[from.to_owned()], Some("csv"), &ReadOptions::default()).unwrap();
    compare(plan, parts, &ImportOptions { today: today(), complete, names: Vec::new() })
}

fn licences(preview: &Preview) -> Vec<&Change> {
    preview.changes.iter().filter(|change| change.subject().kind == Kind::Licence).collect()
}

#[test]
fn it_is_stored_undone_and_redone() {
    let folder = tempfile::tempdir().unwrap();
    let (app, made) = with_licence(folder.path());
    assert_eq!(
        (&made["kind"], &made["key"], &made["name"]),
        (&json!("licence"), &json!("pager"), &json!("pager"))
    );
    let (full, path) = app.with_store(|store, _| (store.plan().clone(), store.path().to_owned())).unwrap();
    assert_eq!(full.licences.len(), 1);
    call(&app, "undo", &json!({}));
    assert!(app.plan().unwrap().licences.is_empty());
    call(&app, "redo", &json!({}));
    app.close();
    assert_eq!(**Store::open(&path, "2026-11-23T09:00:00Z".parse().unwrap()).unwrap().plan(), *full);
    assert!(doctor(&path).unwrap().is_sound);
}

#[test]
fn history_has_it_in_words_without_its_pay() {
    let folder = tempfile::tempdir().unwrap();
    let (app, _) = with_licence(folder.path());
    let plan = app.plan().unwrap();
    let empty = Plan::default();
    let mut draft = Draft::new(&empty);
    draft.put(plan.licences.rows()[0].clone());
    let changes = draft.finish();
    let told = |shows_pay| {
        let all = ChangePresenter::new(&plan, &changes, shows_pay).stretch(0, 9);
        all.changes[0]
            .fields
            .iter()
            .map(|field| format!("{}: {}", field.field, field.after))
            .collect::<Vec<_>>()
    };
    assert_eq!(told(true), ["start date: 2027-01-01", "ID: pager", "price: 1200.00 EUR", "team: Payments"]);
    assert!(!told(false).join(" ").contains("1200"));
}

#[test]
fn it_goes_out_as_json_and_csv_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let (app, _) = with_licence(folder.path());
    let plan = app.plan().unwrap();
    let json = folder.path().join("plan.json");
    exported(&plan, "json", &json);
    let document: Value = serde_json::from_str(&fs::read_to_string(&json).unwrap()).unwrap();
    assert_eq!(document["licences"][0]["price"], "1200.00 EUR");

    let csv = folder.path().join("csv");
    exported(&plan, "csv", &csv);
    let table = csv.join("licences.csv");
    let text = fs::read_to_string(&table).unwrap();
    assert_eq!(text, "id,team,price,from,until\npager,payments,1200.00 EUR,2027-01-01,\n");
    assert_eq!(imported(&plan, &csv, false).changes, [], "against itself");

    let mut other = Plan::default();
    other.apply(&imported(&other, &csv, false).changes).unwrap();
    let row = &other.licences.rows()[0];
    assert_eq!((&*row.key, row.source.as_deref()), ("pager", Some("csv")));
    let again = folder.path().join("again");
    exported(&other, "csv", &again);
    assert_eq!(fs::read_to_string(again.join("licences.csv")).unwrap(), text, "as a new plan");

    // What is no longer mentioned ends; what is mentioned nowhere else is a stub.
    fs::write(&table, "id,team\nwiki,search\n").unwrap();
    let preview = imported(&other, &csv, true);
    assert_eq!((licences(&preview).len(), preview.ended.len()), (2, 1));
    assert_eq!(preview.unresolved.iter().map(|found| &*found.key).collect::<Vec<_>>(), ["search"]);
    other.apply(&preview.changes).unwrap();
    assert_eq!(other.licences.rows()[0].until, "2027-05-31".parse().ok());
}

#[test]
fn what_is_wrong_with_a_row_is_said_with_line_and_column() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "id,team,price\na,payments,lots\nb,,\nc,payments,1 EUR\nc,payments,2 EUR\nd,payments,\n";
    fs::write(folder.path().join("licences.csv"), rows).unwrap();
    let preview = imported(&Plan::default(), folder.path(), false);
    let mut told: Vec<String> = preview
        .problems
        .iter()
        .map(|it| format!("{}:{} {}", it.place.line, it.place.column, it.message))
        .collect();
    told.sort();
    assert_eq!(told[0], "2:3 “lots” is not an amount; row skipped");
    assert_eq!(told[1], "3:2 “team” is empty; row skipped");
    assert!(told[2].starts_with("5:0 licence “c” is already defined at"), "{told:?}");
    assert_eq!((told.len(), licences(&preview).len()), (3, 2));
}

#[test]
fn a_redacted_copy_has_it_without_its_price() {
    let folder = tempfile::tempdir().unwrap();
    let (app, _) = with_licence(folder.path());
    let copy = redacted(&app.plan().unwrap(), [], RatiosOfMoney::Removed).unwrap();
    assert_eq!(copy.plan.licences.rows()[0].price, None);
    let removed: Vec<_> = copy.removed.iter().map(|line| (&*line.name, &*line.field, line.how)).collect();
    assert_eq!(removed, [("pager", "price", How::Emptied)]);
}

#[test]
fn it_goes_with_its_team_and_comes_back_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let (app, _) = with_licence(folder.path());
    let mut plan = (*app.plan().unwrap()).clone();
    let before = plan.clone();
    let mut draft = Draft::new(&before);
    delete_cascading(&mut draft, EntityRef::from(before.find::<Team>("payments").unwrap()));
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    assert!(plan.licences.is_empty());
    plan.apply(&inverted(changes)).unwrap();
    assert_eq!(plan, before);
}

#[test]
fn its_form_asks_for_what_its_fields_take() {
    let form = form_of(&Plan::default(), Kind::Licence);
    let asked: Vec<_> =
        form.iter().map(|field| (&*field.label, field.control, field.is_required, field.is_pay)).collect();
    assert_eq!(
        asked,
        [
            ("ID", FieldControl::Text, false, false),
            ("Team", FieldControl::Entity, true, false),
            ("Price", FieldControl::Value, false, true),
            ("Start date", FieldControl::Date, false, false),
            ("End date", FieldControl::Date, false, false),
        ]
    );
}

/// How two versions of it become one: its fields say it.
#[test]
fn its_fields_merge_one_by_one() {
    assert!(Licence::FIELDS.iter().all(|field| field.merge == MergeRule::Single));
}
