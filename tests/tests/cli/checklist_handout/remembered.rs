//! What a plan remembers of the checklists it shared.

use super::*;

fn item_anywhere<'a>(document: &'a Value, title: &str) -> &'a Value {
    rows(document, "checklist_items").into_iter().find(|row| row["title"] == title).unwrap()
}

/// Generated tasks change with the organisation; those that were shared can be merged back all the same.
#[test]
fn vanished_generated_tasks_are_merged_back() {
    let away = Away::new(&[GRACE]);
    away.there(&["done", "Meet Fiona Ortega", "--person", GRACE, "--note", "nice"]);
    away.edit_here(|draft| {
        let fiona = draft.base().people.iter().find(|row| row.key == "fiona.ortega").unwrap().id;
        let mut list = draft.base().checklists.iter().find(|list| list.buddy == Some(fiona)).unwrap().clone();
        list.buddy = None;
        draft.put(list);
        let own: Vec<_> =
            draft.base().memberships.iter().filter(|row| row.person == fiona).cloned().collect();
        own.into_iter().for_each(|row| draft.remove::<headroom_model::Membership>(row.id));
    });
    let before = away.document();
    let back = away.take_back(&[]);
    assert_eq!((named(&back["taken"]), named(&back["ignored"])), (vec!["Meet Fiona Ortega"], vec![]));
    assert_eq!(item(&away.document(), "Meet Fiona Ortega")["note"], "nice");
    assert_eq!(bare(away.document()), bare(before));
}

/// Sharing is an operation of the plan, without which it does not know the file.
#[test]
fn sharing_is_undoable() {
    let away = Away::new(&[GRACE]);
    away.there(&["done", "Meet Fiona Ortega", "--person", GRACE]);
    let handed_out = away.document();
    assert!(away.desk.done(&["undo", away.desk.path()]).contains("Shared checklist with Grace Nair"));
    let before = away.document();
    let count =
        |document: &Value| (rows(document, "checklist_items").len(), rows(document, "settings").len());
    assert!(count(&before).0 < count(&handed_out).0 && count(&before).1 + 1 == count(&handed_out).1);
    let said = away.refused(&["merge", away.file()]);
    assert!(said.contains("has no record of sharing this checklist"), "{said}");
    assert_eq!(away.document(), before);
    away.desk.done(&["redo", away.desk.path()]);
    assert_eq!(named(&away.take_back(&[])["taken"]), ["Meet Fiona Ortega"]);
}

/// A plan that cannot remember it shares nothing.
#[test]
fn read_only_plans_share_nothing() {
    let away = Away::new(&[GRACE]);
    let mut permissions = fs::metadata(&away.desk.plan).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&away.desk.plan, permissions).unwrap();
    let new = away.desk.folder.path().join("new.headroom");
    let said = away.refused(&["export", GRACE, "-o", new.to_str().unwrap()]);
    assert!(said.contains("the plan is read-only"), "{said}");
    assert!(!fs::exists(&new).unwrap());
}

#[test]
fn sections_are_shown_once() {
    let away = Away::new(&[GRACE]);
    let shown = away.there(&["show", GRACE]);
    let headings: Vec<&str> =
        shown.lines().skip(1).filter(|line| !line.is_empty() && !line.starts_with("  ")).collect();
    let once: BTreeSet<&str> = headings.iter().copied().collect();
    assert!(once.contains("People to meet") && once.contains("What your team owns"), "{shown}");
    assert_eq!(once.len(), headings.len(), "{headings:?}");
    // Also if the rows of a section are not consecutive.
    away.edit_there(|draft| {
        let last = draft.base().checklist_items.iter().map(|row| row.place).max().unwrap();
        draft.put(ChecklistItem { place: last.next(), ..titled(draft, "Order a laptop") });
    });
    let moved = away.there(&["show", GRACE]);
    assert_eq!(moved.lines().count(), shown.lines().count(), "{moved}");
}

#[test]
fn ten_thousand_items_are_shared_and_merged_back() {
    let away = Away::new(&["--assignee", "IT"]);
    away.edit_here(|draft| {
        let list = titled(draft, "Order a laptop");
        for place in 0..10_000 {
            let (id, title) = (draft.new_id::<ChecklistItem>(), format!("Thing {place}"));
            let note = format!("about {place}: {}", "é".repeat(60));
            let item = ChecklistItem { checklist: list.checklist, title, note, ..ChecklistItem::default() };
            draft.put(ChecklistItem { id, place: headroom_model::ListPlace::nth(place), ..item });
        }
    });
    let person = {
        let document = away.document();
        let list = item_anywhere(&document, "Thing 7")["checklist"].clone();
        let list = rows(&document, "checklists").into_iter().find(|row| row["id"] == list).unwrap()["person"]
            .clone();
        let row = rows(&document, "people").into_iter().find(|row| row["id"] == list).unwrap();
        row["key"].as_str().unwrap().to_owned()
    };
    fs::remove_file(&away.copy).unwrap();
    away.plan(&["export", &person, "-o", away.file()]);
    away.there(&["done", "Thing 7777", "--person", &person]);
    assert_eq!(named(&away.take_back(&[])["taken"]), ["Thing 7777"]);
}
