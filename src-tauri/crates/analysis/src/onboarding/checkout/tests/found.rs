//! Generated tasks, shared and merged back.

use super::*;

/// A generated task becomes a row of the plan when it is shared, and is matched by it, whatever the plan generates
/// later.
#[test]
fn shared_generated_tasks_become_rows_and_merge_back() {
    let before = plan();
    let given = given(&before);
    let (plan, copy) = handed(&before, &new_hire(&before), &given).unwrap();
    let added: Vec<&ChecklistItem> =
        plan.checklist_items.iter().filter(|row| before.checklist_items.get(row.id).is_none()).collect();
    assert_eq!(added, given.iter().collect::<Vec<_>>(), "whole, with their amounts");
    let back = brought(&plan, &learnt(&copy), None).unwrap();
    assert_eq!((back.taken.len(), &back.taken[0].what[..]), (1, &[MergeField::State][..]));
    assert_eq!(back.ignored, []);
    let after = apply(&plan, &back.changes);
    let state = ItemState::Done { on: day("2027-01-05"), by: "ADA".into() };
    assert_eq!(after.checklist_items.get(900.into()), Some(&ChecklistItem { state, ..given[0].clone() }));
    assert!(brought(&after, &learnt(&copy), None).unwrap().changes.is_empty());
}

#[test]
fn generated_tasks_outside_the_file_are_not_materialized() {
    let before = plan();
    let given = given(&before);
    let (ben, it) = (before.people.rows()[1].id, Recipient::Doer(ResolvedAssignee::Role("IT")));
    for recipient in [Recipient::Starter(ben), it] {
        let (plan, _) = handed(&before, &recipient, &given).unwrap();
        assert_eq!(plan.checklist_items, before.checklist_items);
        assert_eq!(plan.settings.len(), before.settings.len() + 1);
    }
}

/// The text and the due date of a generated task are those of the plan, even if the file was changed.
#[test]
fn generated_tasks_keep_their_text_and_due_date() {
    let before = plan();
    let given = given(&before);
    let (plan, copy) = handed(&before, &new_hire(&before), &given).unwrap();
    let mut draft = Draft::new(&copy);
    for (nth, row) in given.iter().enumerate() {
        draft.put(ChecklistItem {
            title: "Raise my pay".into(),
            assignee: Assignee::Manager,
            due_by_hand: Some(day("2027-01-04")),
            note: if nth == 0 { "at once".into() } else { String::new() },
            ..copy.checklist_items.get(row.id).unwrap().clone()
        });
    }
    let copy = apply(&copy, &draft.finish());
    let back = brought(&plan, &copy, None).unwrap();
    let told: Vec<&str> = back.ignored.iter().map(|ignored| ignored.title.as_str()).collect();
    assert_eq!(told, ["About learn:7", "About meet:person:3"]);
    assert_eq!((back.taken.len(), &back.taken[0].what[..]), (1, &[MergeField::Note][..]));
    let after = apply(&plan, &back.changes);
    let row = after.checklist_items.get(900.into()).unwrap();
    assert_eq!(row, &ChecklistItem { note: "at once".into(), ..given[0].clone() });
}

#[test]
fn merge_back_reports_items_deleted_in_the_plan() {
    let before = plan();
    let (plan, copy) = handed(&before, &new_hire(&before), &given(&before)).unwrap();
    let mut draft = Draft::new(&plan);
    draft.remove::<ChecklistItem>(900.into());
    let plan = apply(&plan, &draft.finish());
    let back = brought(&plan, &learnt(&copy), None).unwrap();
    assert!(back.changes.is_empty() && back.taken.is_empty());
    let why = "is no longer in the plan; the change to its state is ignored".to_owned();
    assert_eq!(back.ignored, [IgnoredChange { title: "About learn:7".into(), why }]);
}

/// A file may claim anything: that more was shared, or that it is another file.
#[test]
fn merge_back_ignores_items_that_were_not_shared() {
    let before = plan();
    let (plan, whole) = handed(&before, &new_hire(&before), &given(&before)).unwrap();
    let origin = CheckoutOrigin { token: "71ab".into(), ..origin() };
    let handout =
        check_out(&plan, &Recipient::Doer(ResolvedAssignee::Role("IT")), origin, Vec::new(), &[]).unwrap();
    let (plan, of_it) = (apply(&plan, &handout.remembered), apply(&Plan::default(), &handout.changes));
    let back = brought(&plan, &tampered(&of_it, 8), None).unwrap();
    assert!(back.changes.is_empty() && back.taken.is_empty());
    assert_eq!(back.ignored.len(), 999);
    let is_told = |ignored: &IgnoredChange| ignored.why == "was not shared in this file and is ignored";
    assert!(back.ignored.iter().all(is_told), "{:?}", back.ignored[0]);
    assert_eq!(
        brought(&plan, &learnt(&whole), None).unwrap().taken.len(),
        1,
        "the other copy is still known"
    );
    let mut said = CheckedOut::of(&of_it).unwrap().unwrap();
    said.token = "9f2d".into();
    let mut draft = Draft::new(&of_it);
    let value = serde_json::to_string(&said).unwrap();
    draft.put(Setting { value, ..of_it.settings.rows()[0].clone() });
    assert_eq!(brought(&plan, &apply(&of_it, &draft.finish()), None), Err(MergeBackError::Forgotten));
}

#[test]
fn merge_back_reports_items_deleted_in_the_file() {
    let before = plan();
    let (plan, copy) = handed(&before, &new_hire(&before), &given(&before)).unwrap();
    let back = brought(&plan, &tampered(&copy, 5), None).unwrap();
    let why = "was deleted in the file; the plan keeps it".to_owned();
    assert_eq!(back.ignored, [IgnoredChange { title: "About meet:person:3".into(), why }]);
}

/// Records do not accumulate.
#[test]
fn records_without_items_are_deleted() {
    let before = plan();
    let (plan, copy) = handed(&before, &new_hire(&before), &[]).unwrap();
    let mut draft = Draft::new(&plan);
    let (first, others) = copy.checklist_items.rows().split_first().unwrap();
    others.iter().for_each(|item| draft.remove::<ChecklistItem>(item.id));
    let one_left = Arc::new(apply(&plan, &draft.finish()));
    let mut draft = Draft::new(&one_left);
    draft.remove::<ChecklistItem>(first.id);
    let none_left = Arc::new(apply(&one_left, &draft.finish()));
    for (plan, settings) in [(one_left, 2), (none_left, 1)] {
        let origin = CheckoutOrigin { token: "71ab".into(), ..origin() };
        let it = Recipient::Doer(ResolvedAssignee::Role("IT"));
        let handout = check_out(&plan, &it, origin, Vec::new(), &[]).unwrap();
        assert_eq!(apply(&plan, &handout.remembered).settings.len(), settings);
    }
}
