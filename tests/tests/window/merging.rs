//! Merging a copy, undoing a step that others have followed, and two windows on one file, as one sees it.

use std::{fs, path::Path};

use headroom_model::{Change, Draft, Edit, EntityTable, Person, Plan};
use headroom_store::{OperationMeta, Store};
use headroom_tests::{
    Desk, now,
    window::{Start, Window},
};

/// Takes a screenshot of each step here.
fn picture(window: &Window, name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots/merging");
    window.screenshot(&folder.join(name));
}

fn edit<T: EntityTable>(path: &Path, author: &str, label: &str, key: &str, change: impl Fn(&mut T))
where
    Change: From<Edit<T>>,
{
    let mut store = Store::open(path, now()).unwrap();
    let mut draft = Draft::new(store.plan());
    let mut row = store.plan().get::<T>(store.plan().find::<T>(key).unwrap()).unwrap().clone();
    change(&mut row);
    draft.put(row);
    let changes = draft.finish();
    store.apply(&OperationMeta::edit(label, author, now()), changes).unwrap();
}

fn retitle(path: &Path, author: &str, key: &str, title: &str) {
    let label = format!("Changed job title of {key}");
    edit::<Person>(path, author, &label, key, |row| row.title = title.to_owned());
}

fn relocate(path: &Path, author: &str, key: &str, location: &str) {
    let label = format!("Changed location of {key}");
    edit::<Person>(path, author, &label, key, |row| row.location = location.to_owned());
}

fn delete(path: &Path, author: &str, key: &str) {
    let mut store = Store::open(path, now()).unwrap();
    let mut draft = Draft::new(store.plan());
    headroom_model::delete_cascading(&mut draft, store.plan().find::<Person>(key).unwrap().into());
    let changes = draft.finish();
    store.apply(&OperationMeta::edit(format!("Deleted {key}"), author, now()), changes).unwrap();
}

fn people(path: &Path) -> Vec<(String, String, String)> {
    let plan = Store::open(path, now()).unwrap().plan().clone();
    let row = |key: &str, plan: &Plan| {
        let id = plan.find::<Person>(key)?;
        let row = plan.get::<Person>(id)?;
        Some((row.name.clone(), row.title.clone(), row.location.clone()))
    };
    ["ada", "bo", "cy"].iter().filter_map(|key| row(key, &plan)).collect()
}

fn shown(rows: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
    let own = |text: &str| text.to_owned();
    rows.iter().map(|(name, title, location)| (own(name), own(title), own(location))).collect()
}

fn small() -> Desk {
    let desk = Desk::new();
    desk.file("csv/teams.csv", "id,name\nsearch,Search\n");
    let people = "id,name,title,location\nada,Ada Okafor,Engineer,Bern\nbo,Bo Lind,Engineer,Bern\ncy,Cy Marsh,Engineer,Bern\n";
    desk.file("csv/people.csv", people);
    desk.file(
        "csv/memberships.csv",
        "person,team,role\nada,search,lead\nbo,search,member\ncy,search,member\n",
    );
    desk.file("csv/services.csv", "id,name,tier\nfind,Find,1\n");
    desk.file("csv/ownership.csv", "service,owner,owner_kind\nfind,search,team\n");
    desk.import(&[&desk.folder.path().join("csv")], &[]);
    desk
}

#[test]
fn a_copy_is_merged_and_its_conflicts_are_decided() {
    let desk = small();
    let copy = desk.folder.path().join("From Ben.headroom");
    fs::copy(&desk.plan, &copy).unwrap();
    for (path, author, titles) in
        [(&desk.plan, "Eve", ["Lead", "Architect"]), (&copy, "Ben", ["Manager", "SRE"])]
    {
        retitle(path, author, "ada", titles[0]);
        retitle(path, author, "bo", titles[1]);
    }
    relocate(&desk.plan, "Eve", "cy", "Oslo");
    relocate(&copy, "Ben", "ada", "Rome");
    delete(&copy, "Ben", "cy");

    let window = Window::start(&Start {
        arguments: &[desk.path()],
        dialog: Some(&copy),
        size: Some((1280, 800)),
        ..Start::default()
    });
    window.wait_text("nav", "History");
    window.go("#/history?part=merge");
    picture(&window, "1-choose.png");
    window.click("main button.primary");
    window.wait_text("main", "4 steps new to this plan");
    window.wait_text("[data-testid=effect]", "Rome");
    picture(&window, "2-copy.png");
    let said = window.text("[data-testid=conflicts]");
    for part in
        ["Person: title was changed on both sides", "deleted in the copy, but changed here", "Eve", "Ben"]
    {
        assert!(said.contains(part), "{part}: {said}");
    }
    // One by key, the other by click; the effect follows.
    window.js("document.querySelector('[data-conflict]').focus()");
    window.press("{Right}");
    window.wait_text("[data-testid=effect]", "Manager");
    window.wait_text("main footer", "1 of 3 conflicts decided");
    window.press("{Down}{Left}");
    window.wait_text("main footer", "2 of 3 conflicts decided");
    picture(&window, "3-decided.png");
    window.click("[data-testid=settle]");
    window.wait_text("main", "1 conflict");
    window.wait_text("[data-testid=nav-history]", "1");
    picture(&window, "4-open.png");
    let merged = [
        ("Ada Okafor", "Manager", "Rome"),
        ("Bo Lind", "Architect", "Bern"),
        ("Cy Marsh", "Engineer", "Oslo"),
    ];
    assert_eq!(people(&desk.plan), shown(&merged));

    // The last one later.
    window.js("document.querySelector('[data-conflict]').focus()");
    window.press("{Right}");
    window.wait_text("[data-testid=effect]", "Cy Marsh");
    window.click("[data-testid=settle]");
    window.wait_text("main", "No conflicts");
    assert_eq!(people(&desk.plan), shown(&merged[..2]));
    window.press("{Ctrl}z");
    window.wait_text("[data-testid=conflicts]", "Cy Marsh");
    assert_eq!(people(&desk.plan), shown(&merged));
    window.go("#/history");
    window.wait_text("[data-testid=history]", "Merged From Ben.headroom");
    picture(&window, "5-history.png");
}

#[test]
fn any_step_is_undone_with_what_came_after_it() {
    let desk = small();
    retitle(&desk.plan, "Eve", "ada", "Lead");
    retitle(&desk.plan, "Eve", "bo", "Lead");
    retitle(&desk.plan, "Ben", "ada", "Manager");
    let window =
        Window::start(&Start { arguments: &[desk.path()], size: Some((1280, 800)), ..Start::default() });
    window.wait_text("nav", "History");
    let open = |label: &str| {
        window.go("#/history");
        window.wait_text("[data-testid=history]", label);
        window.js(&format!(
            "[...document.querySelectorAll('[data-testid=history] [role=row][id]')].filter((row) => row.textContent.includes('{label}')).pop().click()"
        ));
        window.click("[data-testid=undo-step]");
    };
    open("Changed job title of bo");
    window.wait_text("dialog [data-testid=effect]", "Bo Lind");
    picture(&window, "6-undo.png");
    window.click("dialog [data-testid=settle]");
    window.wait_gone("dialog");
    window.wait_text("[data-testid=notices]", "Undone: Changed job title of bo");
    // The newest of those with this label is somebody’s later edit; the older one meets it.
    open("Changed job title of ada");
    window.wait_text("dialog [data-testid=conflicts]", "title was changed again since");
    picture(&window, "7-undo-conflict.png");
    window.click("dialog [data-testid=theirs-0]");
    window.click("dialog [data-testid=settle]");
    window.wait_gone("dialog");
    let back = [
        ("Ada Okafor", "Engineer", "Bern"),
        ("Bo Lind", "Engineer", "Bern"),
        ("Cy Marsh", "Engineer", "Bern"),
    ];
    assert_eq!(people(&desk.plan), shown(&back));
    window.press("{Ctrl}{Shift}z");
    window.wait("redo", |_| (people(&desk.plan)[0].1 == "Manager").then_some(()));
}

#[test]
fn what_others_do_is_told_and_the_same_field_is_decided() {
    let desk = small();
    let window =
        Window::start(&Start { arguments: &[desk.path()], size: Some((1280, 800)), ..Start::default() });
    window.wait_text("nav", "History");
    retitle(&desk.plan, "Eve", "bo", "Lead");
    window.wait_text("[data-testid=notices]", "Eve: Changed job title of bo");
    picture(&window, "8-notice.png");
    window.click("[data-testid=notices] button.textual");
    window.wait_text("main", "Lead");

    // This window has not heard of it yet when it changes the same.
    window.js("Object.defineProperty(document, 'hidden', {get: () => true})");
    let id: u64 = Store::open(&desk.plan, now()).unwrap().plan().find::<Person>("ada").unwrap().into();
    window.go(&format!("#/person?id={id}"));
    window.wait_text("[data-testid=person-page] h1", "Ada Okafor");
    retitle(&desk.plan, "Eve", "ada", "Lead");
    let field = format!("[data-testid=person-{id}-title]");
    window.click(&format!("[data-testid=person-{id}-title-shown]"));
    window.js(&format!("document.querySelector('{field}').select()"));
    window.type_into(&field, "Manager");
    window.press("{Enter}");
    window.wait_text("dialog [data-testid=conflicts]", "title was changed by somebody else meanwhile");
    picture(&window, "9-refused.png");
    assert_eq!(people(&desk.plan)[0].1, "Lead");
    window.js("document.querySelector('[data-conflict]').focus()");
    window.press("{Right}");
    window.click("dialog [data-testid=settle]");
    window.wait_gone("dialog");
    assert_eq!(people(&desk.plan)[0].1, "Manager");
    window.press("{Ctrl}z");
    window.wait("undo", |_| (people(&desk.plan)[0].1 == "Lead").then_some(()));
}

#[test]
fn a_field_opened_before_somebody_else_changed_it_is_decided() {
    let desk = small();
    let window =
        Window::start(&Start { arguments: &[desk.path()], size: Some((1280, 800)), ..Start::default() });
    window.wait_text("nav", "History");
    let id: u64 = Store::open(&desk.plan, now()).unwrap().plan().find::<Person>("ada").unwrap().into();
    window.go(&format!("#/person?id={id}"));
    window.click(&format!("[data-testid=person-{id}-title-shown]"));
    let field = format!("[data-testid=person-{id}-title]");
    window.js(&format!("document.querySelector('{field}').select()"));
    window.type_into(&field, "Manager");
    // Another program writes, and the window hears of it while the field is open.
    desk.file("late/people.csv", "id,name,title,location\nada,Ada Okafor,Lead,Bern\n");
    desk.import(&[&desk.folder.path().join("late")], &[]);
    window.wait_text("[data-testid=notices]", "Imported");
    window.js(&format!("document.querySelector('{field}').focus()"));
    window.press("{Enter}");
    let said =
        window.wait_text("dialog [data-testid=conflicts]", "title was changed by somebody else meanwhile");
    for value in ["Engineer", "Lead", "Manager"] {
        assert!(said.contains(value), "{value}: {said}");
    }
    picture(&window, "10-late.png");
    assert_eq!(people(&desk.plan)[0].1, "Lead", "nothing is overwritten");
    window.click("dialog [data-testid=theirs-0]");
    window.click("dialog [data-testid=settle]");
    window.wait_gone("dialog");
    assert_eq!(people(&desk.plan)[0].1, "Manager");
    // What was opened and left as it was is sent by nobody.
    window.click(&format!("[data-testid=person-{id}-title-shown]"));
    retitle(&desk.plan, "Eve", "ada", "Director");
    window.wait_text("[data-testid=notices]", "Eve: Changed job title of ada");
    window.js(&format!("document.querySelector('{field}').focus()"));
    window.press("{Enter}");
    window.wait_text(&format!("[data-testid=person-{id}-title-shown]"), "Director");
    assert_eq!(people(&desk.plan)[0].1, "Director");
}
