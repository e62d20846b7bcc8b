//! What the plan itself gives to do, out and back.

use super::*;

/// What the plan gave somebody to do is a row of it from the moment on in which they touch it, and is known again.
#[test]
fn what_was_found_in_the_plan_comes_back_once() {
    let plan = plan();
    let given = given(&plan);
    let copy = copy_of(&plan, &starter(&plan), &given);
    assert!(brought(&plan, &copy, &given, None).unwrap().changes.is_empty());
    let back = learnt(&copy);
    let taken = brought(&plan, &back, &given, None).unwrap();
    assert_eq!(taken.taken[0].what, [Differs::State]);
    assert!(taken.ignored.is_empty(), "{:?}", taken.ignored);
    let after = apply(&plan, &taken.changes);
    let row = after.checklist_items.iter().find(|item| item.generated == "learn:7").unwrap();
    let state = ItemState::Done { on: day("2027-01-05"), by: "ADA".into() };
    assert_eq!(row, &ChecklistItem { id: row.id, state, ..given[0].clone() }, "whole, with its amount");
    for given in [&given[..], &[]] {
        assert!(brought(&after, &back, given, None).unwrap().changes.is_empty());
    }
}

/// The file was in other hands: what the plan gives to do reads, and is due, as the plan says.
#[test]
fn what_was_found_in_the_plan_keeps_its_wording() {
    let plan = plan();
    let given = given(&plan);
    let mut copy = copy_of(&plan, &starter(&plan), &given);
    for (nth, row) in given.iter().enumerate() {
        let mut draft = Draft::new(&copy);
        draft.put(ChecklistItem {
            title: "Raise my pay".into(),
            assignee: Assignee::Manager,
            due_by_hand: Some(day("2027-01-04")),
            note: if nth == 0 { "at once".into() } else { String::new() },
            ..copy.checklist_items.get(row.id).unwrap().clone()
        });
        copy = apply(&copy, &draft.finish());
    }
    let back = brought(&plan, &copy, &given, None).unwrap();
    let told: Vec<&str> = back.ignored.iter().map(|ignored| ignored.title.as_str()).collect();
    assert_eq!(told, ["About learn:7", "About meet:person:3"]);
    assert_eq!((back.taken.len(), back.taken[0].title.as_str()), (1, "About learn:7"));
    assert_eq!(back.taken[0].what, [Differs::Note]);
    let after = apply(&plan, &back.changes);
    let row = after.checklist_items.rows().last().unwrap();
    assert_eq!(row, &ChecklistItem { id: row.id, note: "at once".into(), ..given[0].clone() });
}

#[test]
fn what_the_plan_gives_no_more_is_told() {
    let plan = plan();
    let copy = copy_of(&plan, &starter(&plan), &given(&plan));
    let back = brought(&plan, &learnt(&copy), &[], None).unwrap();
    assert!(back.changes.is_empty() && back.taken.is_empty());
    let why = "is in the plan no more; what the file says of its state is left out".to_owned();
    assert_eq!(back.ignored, [Ignored { title: "About learn:7".into(), why }]);
}

/// Somebody may write anything into the file: also that two items stand for the same.
#[test]
fn what_was_found_in_the_plan_becomes_one_row() {
    let plan = plan();
    let given = given(&plan);
    let mut copy = copy_of(&plan, &starter(&plan), &given);
    let text = copy.setting(SETTING).unwrap().replace("meet:person:3", "learn:7");
    let mut draft = Draft::new(&copy);
    draft.put(Setting { value: text, ..copy.settings.rows()[0].clone() });
    for row in &given {
        let item = copy.checklist_items.get(row.id).unwrap().clone();
        draft.put(ChecklistItem { note: format!("note {}", row.id.0), ..item });
    }
    copy = apply(&copy, &draft.finish());
    let back = brought(&plan, &copy, &given, None).unwrap();
    assert_eq!((back.changes.len(), back.taken.len()), (1, 1));
    assert!(back.ignored.iter().any(|ignored| ignored.why.contains("its note is left out")));
}

#[test]
fn what_was_taken_out_of_a_copy_is_told_by_its_title() {
    let plan = plan();
    let given = given(&plan);
    let copy = tampered(&copy_of(&plan, &starter(&plan), &given), 5);
    let told = |given: &[ChecklistItem]| brought(&plan, &copy, given, None).unwrap().ignored;
    let why = "was taken out there and stays in the plan".to_owned();
    assert_eq!(told(&given), [Ignored { title: "About meet:person:3".into(), why }]);
    assert_eq!(told(&[]), []);
}
