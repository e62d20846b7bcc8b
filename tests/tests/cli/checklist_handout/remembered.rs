//! What a plan remembers of what it handed out.

use super::*;

fn item_anywhere<'a>(document: &'a Value, title: &str) -> &'a Value {
    rows(document, "checklist_items").into_iter().find(|row| row["title"] == title).unwrap()
}

/// What the plan gives to do changes with the organisation; what went out comes back all the same.
#[test]
fn what_the_plan_gives_no_more_comes_back_all_the_same() {
    let away = Away::new(&[GRACE]);
    away.there(&["done", "Meet Fiona Ortega", "--person", GRACE, "--note", "nice"]);
    away.edit_here(|draft| {
        let fiona = draft.plan().people.iter().find(|row| row.key == "fiona.ortega").unwrap().id;
        let mut list = draft.plan().checklists.iter().find(|list| list.buddy == Some(fiona)).unwrap().clone();
        list.buddy = None;
        draft.put(list);
        let own: Vec<_> =
            draft.plan().memberships.iter().filter(|row| row.person == fiona).cloned().collect();
        own.into_iter().for_each(|row| draft.remove::<headroom_model::Membership>(row.id));
    });
    let before = away.document();
    let back = away.take_back(&[]);
    assert_eq!((named(&back["taken"]), named(&back["ignored"])), (vec!["Meet Fiona Ortega"], vec![]));
    assert_eq!(item(&away.document(), "Meet Fiona Ortega")["note"], "nice");
    assert_eq!(bare(away.document()), bare(before));
}

/// Handing out is a step of the plan, without which it knows nothing of the file.
#[test]
fn handing_out_is_a_step_that_can_be_undone() {
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

/// A plan that cannot remember it hands nothing out.
#[test]
fn a_plan_that_may_not_be_written_hands_nothing_out() {
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
fn a_list_that_is_shown_has_each_section_once() {
    let away = Away::new(&[GRACE]);
    let shown = away.there(&["show", GRACE]);
    let headings: Vec<&str> =
        shown.lines().skip(1).filter(|line| !line.is_empty() && !line.starts_with("  ")).collect();
    let once: BTreeSet<&str> = headings.iter().copied().collect();
    assert!(once.contains("People to meet") && once.contains("What your team owns"), "{shown}");
    assert_eq!(once.len(), headings.len(), "{headings:?}");
    // Also where the rows of a section do not stand together.
    away.edit_there(|draft| {
        let last = draft.plan().checklist_items.iter().map(|row| row.place).max().unwrap();
        draft.put(ChecklistItem { place: last + 1, ..titled(draft, "Order a laptop") });
    });
    let moved = away.there(&["show", GRACE]);
    assert_eq!(moved.lines().count(), shown.lines().count(), "{moved}");
}

#[test]
fn a_list_of_ten_thousand_items_goes_out_and_comes_back() {
    let away = Away::new(&["--assignee", "IT"]);
    away.edit_here(|draft| {
        let list = titled(draft, "Order a laptop");
        for place in 0..10_000 {
            let (id, title) = (draft.new_id::<ChecklistItem>(), format!("Thing {place}"));
            let note = format!("about {place}: {}", "é".repeat(60));
            let item =
                ChecklistItem { checklist: list.checklist, title, note, place, ..ChecklistItem::default() };
            draft.put(ChecklistItem { id, ..item });
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
