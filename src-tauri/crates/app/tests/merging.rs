//! Two windows on one file, copies that are merged, and steps that are undone after others: nothing is lost, and what
//! does not go together is shown, decided and undone.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    thread,
};

use headroom_app::{
    USE_CASES,
    error::ErrorKind,
    state::{AppState, First, Notice, now},
    use_case::CallError,
};
use headroom_model::{Draft, Person, Plan};
use headroom_store::{OperationMeta, Store};
use serde_json::{Value, json};
use specta::Types;

fn call(app: &AppState, name: &str, values: &Value) -> Result<Value, ErrorKind> {
    let case = USE_CASES.iter().copied().flatten().find(|case| case.name == name).unwrap();
    match case.call(app, &case.argument_names(&mut Types::default()), values) {
        Ok(answer) => Ok(serde_json::from_str(&answer).unwrap()),
        Err(CallError::Failed(error)) => Err(error.kind),
        Err(CallError::Arguments(problem)) => panic!("{problem}"),
    }
}

/// What a window was told.
type Heard = Arc<Mutex<Vec<(u32, String, Vec<String>)>>>;

fn window(path: &Path, author: &str) -> (AppState, Heard) {
    let heard = Heard::default();
    let hearing = heard.clone();
    let listener = move |notice| {
        if let Notice::ChangedElsewhere(what) = notice {
            hearing.lock().unwrap().push((what.operations, what.label, what.authors));
        }
    };
    let app = AppState::new(author.to_owned(), PathBuf::new(), First::Welcome, listener);
    app.open(path).unwrap();
    (app, heard)
}

/// A plan with Ada, an engineer in Bern.
fn plan() -> (tempfile::TempDir, PathBuf, u64) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("acme.headroom");
    let mut store = Store::create(&path, now()).unwrap();
    let mut draft = Draft::new(store.plan());
    let id = draft.new_id::<Person>();
    let named = |text: &str| text.to_owned();
    draft.put(Person {
        id,
        key: named("ada"),
        name: named("Ada"),
        title: named("Engineer"),
        location: named("Bern"),
        ..Person::default()
    });
    let changes = draft.finish();
    store.apply(&OperationMeta::edit("Ada", "Eve", now()), changes).unwrap();
    (folder, path, id.into())
}

fn set(app: &AppState, id: u64, field: &str, text: &str) -> Result<Value, ErrorKind> {
    let edits = json!([{ "field": field, "value": { "text": text } }]);
    call(app, "set_fields", &json!({ "kind": "person", "id": id, "edits": edits }))
}

fn person(app: &AppState) -> (String, String) {
    app.refresh().unwrap();
    told(&app.plan().unwrap())
}

fn told(plan: &Plan) -> (String, String) {
    let row = &plan.people.rows()[0];
    (row.title.clone(), row.location.clone())
}

fn pair(title: &str, location: &str) -> (String, String) {
    (title.to_owned(), location.to_owned())
}

fn conflicts(app: &AppState, source: &Value) -> Value {
    call(app, "conflicts", &json!({ "source": source, "limit": 9 })).unwrap()
}

fn settle(app: &AppState, source: &Value, page: &Value, rows: &Value) -> Result<Value, ErrorKind> {
    let decisions = json!({ "groups": [], "rows": rows });
    let values = json!({ "source": source, "token": page["token"], "decisions": decisions });
    call(app, "settle_conflicts", &values)
}

#[test]
fn two_windows_edit_two_fields_at_once_two_hundred_times() {
    let (_folder, path, id) = plan();
    let (ada, told_ada) = window(&path, "Ada");
    let (ben, _) = window(&path, "Ben");
    for round in 0..200 {
        let (title, location) = (format!("Engineer {round}"), format!("Room {round}"));
        thread::scope(|scope| {
            scope.spawn(|| set(&ada, id, "title", &title).unwrap());
            scope.spawn(|| set(&ben, id, "location", &location).unwrap());
        });
        assert_eq!(person(&ada), pair(&title, &location));
        assert_eq!(person(&ben), pair(&title, &location));
    }
    // Each step of the other was told once, whether it was met in an edit or in between.
    let heard = told_ada.lock().unwrap();
    assert_eq!(heard.iter().map(|(operations, ..)| operations).sum::<u32>(), 200);
    assert!(heard.iter().all(|(_, label, authors)| label.contains("location") && authors == &["Ben"]));
}

#[test]
fn the_same_field_is_one_conflict_that_is_decided_and_undone() {
    let (_folder, path, id) = plan();
    let (ada, heard) = window(&path, "Ada");
    let (ben, _) = window(&path, "Ben");
    set(&ben, id, "title", "Lead").unwrap();
    assert_eq!(set(&ada, id, "title", "Manager"), Err(ErrorKind::Conflict));
    assert_eq!(heard.lock().unwrap().len(), 1);
    assert_eq!(person(&ada), pair("Lead", "Bern"));

    let source = json!("refused");
    let page = conflicts(&ada, &source);
    assert_eq!(page["total"], 1);
    let row = &page["groups"][0]["rows"][0];
    assert_eq!(row["values"], json!({ "before": "Engineer", "ours": "Lead", "theirs": "Manager" }));
    assert_eq!((&row["oursBy"]["author"], &row["theirsBy"]), (&json!("Ben"), &Value::Null));
    assert_eq!(settle(&ada, &source, &page, &json!([])), Err(ErrorKind::Invalid), "nothing is decided");
    let theirs = json!([{ "place": 0, "side": "theirs" }]);
    settle(&ada, &source, &page, &theirs).unwrap();
    assert_eq!(person(&ada), pair("Manager", "Bern"));
    assert_eq!(settle(&ada, &source, &page, &theirs), Err(ErrorKind::Stale), "it is decided");
    call(&ada, "undo", &json!({ "step": null })).unwrap();
    assert_eq!(person(&ben), pair("Lead", "Bern"));
}

fn set_seeing(app: &AppState, id: u64, field: &str, text: &str, was: &str) -> Result<Value, ErrorKind> {
    let edits = json!([{ "field": field, "value": { "text": text }, "was": { "text": was } }]);
    call(app, "set_fields", &json!({ "kind": "person", "id": id, "edits": edits }))
}

/// The form was opened before, and the window has heard of the change since.
#[test]
fn an_edit_begun_before_a_change_that_was_heard_of_is_decided() {
    let (_folder, path, id) = plan();
    let (ada, _) = window(&path, "Ada");
    let (ben, _) = window(&path, "Ben");
    set(&ben, id, "title", "Lead").unwrap();
    assert_eq!(person(&ada), pair("Lead", "Bern"), "the window knows");
    let before = ada.plan().unwrap();
    assert_eq!(set_seeing(&ada, id, "title", "Manager", "Engineer"), Err(ErrorKind::Conflict));
    assert_eq!(ada.plan().unwrap().people.rows(), before.people.rows());
    let source = json!("refused");
    let page = conflicts(&ada, &source);
    let row = &page["groups"][0]["rows"][0];
    assert_eq!(row["values"], json!({ "before": "Engineer", "ours": "Lead", "theirs": "Manager" }));
    settle(&ada, &source, &page, &json!([{ "place": 0, "side": "theirs" }])).unwrap();
    assert_eq!(person(&ben), pair("Manager", "Bern"));

    // The same text by both is none, and neither is what was opened as it is.
    set_seeing(&ada, id, "title", "Manager", "Engineer").unwrap();
    set_seeing(&ada, id, "title", "Director", "Manager").unwrap();
    assert_eq!(person(&ben), pair("Director", "Bern"));
    // Another field was changed: there is nothing to decide.
    set(&ben, id, "location", "Oslo").unwrap();
    assert_eq!(person(&ada), pair("Director", "Oslo"));
    set_seeing(&ada, id, "title", "Lead", "Director").unwrap();
    assert_eq!(person(&ben), pair("Lead", "Oslo"));
    // Emptied by one, and written by the other; a renaming keeps one alias.
    set(&ben, id, "location", "").unwrap();
    assert_eq!(person(&ada), pair("Lead", ""));
    assert_eq!(set_seeing(&ada, id, "location", "Rome", "Oslo"), Err(ErrorKind::Conflict));
    set(&ben, id, "name", "Ada B.").unwrap();
    ada.refresh().unwrap();
    assert_eq!(set_seeing(&ada, id, "name", "Ada Byron", "Ada"), Err(ErrorKind::Conflict));
    let page = conflicts(&ada, &source);
    assert_eq!(page["total"], 1, "{page}");
    settle(&ada, &source, &page, &json!([{ "place": 0, "side": "theirs" }])).unwrap();
    assert_eq!(ada.plan().unwrap().people.rows()[0].name, "Ada Byron");
}

#[test]
fn a_cell_opened_before_a_change_that_was_heard_of_is_decided() {
    let (_folder, path, _) = plan();
    let (ada, _) = window(&path, "Ada");
    let (ben, _) = window(&path, "Ben");
    let write = |app: &AppState, id: Option<u64>, column: &str, text: &str, was: Option<&str>| {
        let edit = json!({ "id": id, "line": 0, "column": column, "text": text, "was": was, "like": null });
        call(app, "grid_edit", &json!({ "action": "set", "edits": [edit], "at": { "plannedHires": true } }))
    };
    let made = write(&ben, None, "title", "Engineer", None).unwrap();
    let id = made["made"][0].as_u64();
    write(&ben, id, "pay", "85k", None).unwrap();
    ada.refresh().unwrap();
    let position = |app: &AppState| {
        app.refresh().unwrap();
        let row = app.plan().unwrap().positions.rows()[0].clone();
        (row.title, row.pay.map(|pay| pay.to_string()))
    };
    write(&ben, id, "title", "Lead", Some("Engineer")).unwrap();
    assert_eq!(position(&ada).0, "Lead");
    assert_eq!(write(&ada, id, "title", "Manager", Some("Engineer")), Err(ErrorKind::Conflict));
    let page = conflicts(&ada, &json!("refused"));
    let values = &page["groups"][0]["rows"][0]["values"];
    assert_eq!(*values, json!({ "before": "Engineer", "ours": "Lead", "theirs": "Manager" }));
    assert_eq!(position(&ada).0, "Lead");
    // As it was typed a moment ago is the same as it was read.
    call(&ada, "show_pay", &json!({ "shown": true })).unwrap();
    write(&ada, id, "pay", "90k", Some("85k")).unwrap();
    write(&ada, id, "pay", "95k", Some("90000.00 EUR")).unwrap();
    assert_eq!(position(&ben).1.as_deref(), Some("95000.00 EUR"));
    assert_eq!(write(&ada, id, "pay", "99k", Some("85000.00 EUR")), Err(ErrorKind::Conflict));
}

#[test]
fn an_earlier_step_is_undone_with_decisions_about_later_ones() {
    let (_folder, path, id) = plan();
    let (ada, _) = window(&path, "Ada");
    let edits = json!([
        { "field": "title", "value": { "text": "Lead" } },
        { "field": "location", "value": { "text": "Oslo" } },
    ]);
    call(&ada, "set_fields", &json!({ "kind": "person", "id": id, "edits": edits })).unwrap();
    set(&ada, id, "title", "Manager").unwrap();
    let source = json!({ "undo": 2 });
    let page = conflicts(&ada, &source);
    let row = &page["groups"][0]["rows"][0];
    assert_eq!(row["values"], json!({ "before": "Lead", "ours": "Manager", "theirs": "Engineer" }));
    let preview = json!({
        "at": { "day": null, "plannedHires": true }, "source": source, "token": page["token"],
        "decisions": { "groups": [], "rows": [] },
    });
    let effect = call(&ada, "conflict_effect", &preview).unwrap();
    assert_eq!(
        effect["effect"]["changes"][0]["fields"][0],
        json!({
            "field": "location", "before": "Oslo", "after": "Bern",
        })
    );
    assert_eq!(settle(&ada, &source, &page, &json!([])), Err(ErrorKind::Invalid));
    settle(&ada, &source, &page, &json!([{ "place": 0, "side": "ours" }])).unwrap();
    assert_eq!(person(&ada), pair("Manager", "Bern"));
    call(&ada, "redo", &json!({})).unwrap();
    assert_eq!(person(&ada), pair("Manager", "Oslo"));
    // Again, and back to what was before.
    let page = conflicts(&ada, &source);
    settle(&ada, &source, &page, &json!([{ "place": 0, "side": "theirs" }])).unwrap();
    assert_eq!(person(&ada), pair("Engineer", "Bern"));
}

#[test]
fn a_copy_is_merged_with_what_was_decided_and_the_rest_stays_open() {
    let (folder, path, id) = plan();
    let copy = folder.path().join("copy.headroom");
    fs::copy(&path, &copy).unwrap();
    let (ada, _) = window(&path, "Ada");
    let (ben, _) = window(&copy, "Ben");
    let both = [("title", "Lead", "Manager"), ("location", "Oslo", "Rome")];
    for (field, ours, theirs) in both {
        set(&ada, id, field, ours).unwrap();
        set(&ben, id, field, theirs).unwrap();
    }
    let path = copy.display().to_string();
    let found = call(&ada, "compare_copy", &json!({ "path": path })).unwrap();
    assert_eq!((&found["operationCount"], &found["conflictCount"]), (&json!(2), &json!(2)));
    assert_eq!(found["operations"][0]["author"], "Ben");
    let source = json!({ "copy": path });
    let page = conflicts(&ada, &source);
    let groups = page["groups"].as_array().unwrap();
    assert_eq!(groups.len(), 2);
    let row = &groups.iter().find(|group| group["id"] == "person:title").unwrap()["rows"][0];
    let authors = (&row["oursBy"]["author"], &row["theirsBy"]["author"]);
    assert_eq!(authors, (&json!("Ada"), &json!("Ben")));
    let title = json!([{ "place": row["place"], "side": "theirs" }]);
    let settled = settle(&ada, &source, &page, &title).unwrap();
    assert_eq!((&settled["decided"], &settled["left"]), (&json!(1), &json!(1)));
    assert_eq!(person(&ada), pair("Manager", "Oslo"));

    // The other one waits, with who and when; then it is decided and undone.
    let open = json!("open");
    let page = conflicts(&ada, &open);
    let row = &page["groups"][0]["rows"][0];
    assert_eq!((&page["total"], &row["values"]["theirs"]), (&json!(1), &json!("Rome")));
    let authors = (&row["oursBy"]["author"], &row["theirsBy"]["author"]);
    assert_eq!(authors, (&json!("Ada"), &json!("Ben")));
    settle(&ada, &open, &page, &json!([{ "place": 0, "side": "theirs" }])).unwrap();
    assert_eq!(person(&ada), pair("Manager", "Rome"));
    assert_eq!(conflicts(&ada, &open)["total"], 0);
    call(&ada, "undo", &json!({ "step": null })).unwrap();
    assert_eq!(conflicts(&ada, &open)["total"], 1);
    let found = call(&ada, "compare_copy", &json!({ "path": path })).unwrap();
    assert_eq!(found["operationCount"], 0, "it has been merged");
}

#[test]
fn salaries_stay_hidden_in_conflicts() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("acme.headroom");
    drop(Store::create(&path, now()).unwrap());
    let (ada, _) = window(&path, "Ada");
    let edits = json!([
        { "field": "title", "value": { "text": "Engineer" } },
        { "field": "pay", "value": { "text": "81000.00 EUR" } },
    ]);
    let made = call(&ada, "create", &json!({ "kind": "position", "edits": edits })).unwrap();
    let copy = folder.path().join("copy.headroom");
    fs::copy(&path, &copy).unwrap();
    let (ben, _) = window(&copy, "Ben");
    for (app, pay) in [(&ada, "92000.00 EUR"), (&ben, "93000.00 EUR")] {
        let edits = json!([{ "field": "pay", "value": { "text": pay } }]);
        call(app, "set_fields", &json!({ "kind": "position", "id": made["id"], "edits": edits })).unwrap();
    }
    let source = json!({ "copy": copy.display().to_string() });
    let hidden = conflicts(&ada, &source).to_string();
    assert!(["81000", "92000", "93000"].iter().all(|pay| !hidden.contains(pay)), "{hidden}");
    ada.pay.show(true);
    let shown = conflicts(&ada, &source).to_string();
    assert!(["81000", "92000", "93000"].iter().all(|pay| shown.contains(pay)), "{shown}");
}
