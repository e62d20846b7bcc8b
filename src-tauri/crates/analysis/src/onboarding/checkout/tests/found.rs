//! What the plan itself gives to do, out and back.

use super::*;

/// What the plan gives somebody to do is a row of it from the moment on in which it goes out, and is known again,
/// whatever the plan gives by then.
#[test]
fn what_was_found_in_the_plan_goes_out_as_a_row_and_comes_back() {
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
fn nothing_becomes_a_row_that_does_not_go_out() {
    let before = plan();
    let given = given(&before);
    let (ben, it) = (before.people.rows()[1].id, Recipient::Doer(ResolvedAssignee::Role("IT")));
    for recipient in [Recipient::Starter(ben), it] {
        let (plan, _) = handed(&before, &recipient, &given).unwrap();
        assert_eq!(plan.checklist_items, before.checklist_items);
        assert_eq!(plan.settings.len(), before.settings.len() + 1);
    }
}

/// The file was in other hands: what the plan gave to do reads, and is due, as the plan says.
#[test]
fn what_was_found_in_the_plan_keeps_its_wording() {
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
fn what_is_gone_from_the_plan_is_told() {
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

/// Somebody may write anything into the file: also that more went out than did, and the name of another copy.
#[test]
fn what_did_not_go_out_does_not_come_back() {
    let before = plan();
    let (plan, whole) = handed(&before, &new_hire(&before), &given(&before)).unwrap();
    let origin = CheckoutOrigin { token: "71ab".into(), ..origin() };
    let handout =
        check_out(&plan, &Recipient::Doer(ResolvedAssignee::Role("IT")), origin, Vec::new(), &[]).unwrap();
    let (plan, of_it) = (apply(&plan, &handout.remembered), apply(&Plan::default(), &handout.changes));
    let back = brought(&plan, &tampered(&of_it, 8), None).unwrap();
    assert!(back.changes.is_empty() && back.taken.is_empty());
    assert_eq!(back.ignored.len(), 999 - of_it.checklist_items.len());
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
fn what_was_taken_out_of_a_copy_is_told_by_its_title() {
    let before = plan();
    let (plan, copy) = handed(&before, &new_hire(&before), &given(&before)).unwrap();
    let back = brought(&plan, &tampered(&copy, 5), None).unwrap();
    let why = "was deleted in the file; the plan keeps it".to_owned();
    assert_eq!(back.ignored, [IgnoredChange { title: "About meet:person:3".into(), why }]);
}

/// What can bring nothing back is not kept for ever.
#[test]
fn a_plan_forgets_copies_of_which_it_has_nothing_left() {
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
