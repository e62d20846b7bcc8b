//! Tests of sharing and merging back, with random edits on both sides and files that were tampered with.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_model::{
    Assignee, Assignment, Assumption, Change, Checklist, ChecklistItem, Draft, Due, Feedback, FeedbackKind,
    ItemState, ListPlace, Person, Position, Setting, Team, merge::Choice,
};
use proptest::prelude::*;

use super::*;
use crate::onboarding::ResolvedAssignee;

mod found;
mod long;

const PLAN: &str = "2026-11-27T08:00:00Z";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn apply(plan: &Plan, changes: &[Change]) -> Plan {
    let mut after = plan.clone();
    after.apply(changes).unwrap();
    after
}

/// Ada joins with Ben as buddy, and Ben joins as well, set up by IT. Cleo, Dora and their pay must not be in any
/// file.
fn plan() -> Arc<Plan> {
    let plan = Plan::default();
    let mut draft = Draft::new(&plan);
    let people: Vec<_> = ["ada", "ben", "cleo", "dora"]
        .map(|key| {
            let id = draft.new_id::<Person>();
            let (name, email) = (key.to_uppercase(), format!("{key}@example.org"));
            draft.put(Person { id, key: key.into(), name, email, ..Person::default() });
            id
        })
        .into();
    let team = draft.new_id::<Team>();
    draft.put(Team { id: team, key: "payments".into(), name: "Payments".into(), ..Team::default() });
    for (nth, person) in people.iter().enumerate() {
        let (id, assignment) = (draft.new_id::<Position>(), draft.new_id::<Assignment>());
        let pay = format!("{}000.00 EUR", 71 + nth).parse().ok();
        draft.put(Position { id, key: format!("P-{nth}"), team: Some(team), pay, ..Position::default() });
        draft.put(Assignment { id: assignment, position: id, person: *person, ..Assignment::default() });
    }
    let id = draft.new_id::<Assumption>();
    draft.put(Assumption {
        id,
        kind: "equipment".into(),
        value: "6123.00 EUR".parse().unwrap(),
        ..Assumption::default()
    });
    for (list, person) in people[..2].iter().enumerate() {
        let checklist = draft.new_id::<Checklist>();
        let buddy = (list == 0).then_some(people[1]);
        draft.put(Checklist {
            id: checklist,
            person: *person,
            start: day("2027-01-04"),
            buddy,
            ..Checklist::default()
        });
        let mut last = None;
        for place in 0..6 {
            let id = draft.new_id::<ChecklistItem>();
            let assignee = [Assignee::NewHire, Assignee::It, Assignee::Buddy][place % 3].clone();
            draft.put(ChecklistItem {
                id,
                checklist,
                title: format!("item {place}"),
                text: "The bonus of 71000.00 EUR is paid in May".into(),
                due: Some(Due { working_days: place as i32 - 2, after: last.filter(|_| place == 4) }),
                assignee,
                needs: last.into_iter().filter(|_| place == 5).collect(),
                place: ListPlace::nth(place),
                ..ChecklistItem::default()
            });
            last = Some(id);
        }
    }
    let changes = draft.finish();
    Arc::new(apply(&plan, &changes))
}

fn origin() -> CheckoutOrigin {
    CheckoutOrigin { identity: PLAN.into(), token: "9f2c".into(), on: day("2026-12-01") }
}

/// The plan with its record of the file, and the plan in the file.
fn handed(
    plan: &Arc<Plan>,
    recipient: &Recipient,
    found: &[ChecklistItem],
) -> Result<(Arc<Plan>, Plan), CheckoutError> {
    let handout = check_out(plan, recipient, origin(), Vec::new(), found)?;
    Ok((Arc::new(apply(plan, &handout.remembered)), apply(&Plan::default(), &handout.changes)))
}

fn new_hire(plan: &Plan) -> Recipient {
    Recipient::Starter(plan.people.rows()[0].id)
}

/// Merged back by a plan that never contained other amounts of money.
fn brought(plan: &Plan, copy: &Plan, choice: Option<Choice>) -> Result<MergeBack, MergeBackError> {
    merge_back(plan, PLAN, copy, Vec::new(), &|_| choice)
}

/// The generated tasks of Ada.
fn given(plan: &Plan) -> Vec<ChecklistItem> {
    let checklist = plan.checklists.rows()[0].id;
    let keys = ["learn:7", "meet:person:3"].into_iter().zip(0..);
    let row = |(key, nth): (&str, u32)| ChecklistItem {
        id: u64::from(900 + nth).into(),
        checklist,
        generated: key.into(),
        section: "What we own".into(),
        title: format!("About {key}"),
        text: "It costs 71000.00 EUR a year".into(),
        due: Some(Due { working_days: 3, after: None }),
        optional: true,
        place: ListPlace::nth(9 + nth as usize),
        ..ChecklistItem::default()
    };
    keys.map(row).collect()
}

/// A file in which Ada has done the task to learn about a service.
fn learnt(copy: &Plan) -> Plan {
    let mut draft = Draft::new(copy);
    let state = ItemState::Done { on: day("2027-01-05"), by: "ADA".into() };
    draft.put(ChecklistItem { state, ..copy.checklist_items.get(900.into()).unwrap().clone() });
    apply(copy, &draft.finish())
}

fn names(plan: &Plan) -> Vec<&str> {
    plan.people.iter().map(|person| person.name.as_str()).collect()
}

#[test]
fn new_hire_file_has_their_list_and_its_people() {
    let plan = plan();
    let (_, copy) = handed(&plan, &new_hire(&plan), &[]).unwrap();
    assert_eq!(names(&copy), ["ADA", "BEN"]);
    assert_eq!((copy.checklists.len(), copy.checklist_items.len()), (1, 6));
    assert_eq!((copy.positions.len(), copy.assignments.len(), copy.assumptions.len()), (0, 0, 0));
    let written = serde_json::to_string(&copy.checklist_items.rows()).unwrap();
    assert!(!written.contains("71") && written.contains("[removed]"), "{written}");
    assert!(is_checked_out(&copy) && !is_checked_out(&plan));
}

#[test]
fn assignee_file_has_their_open_items_with_fixed_due_dates() {
    let plan = plan();
    let (_, copy) = handed(&plan, &Recipient::Doer(ResolvedAssignee::Role("IT")), &[]).unwrap();
    assert_eq!(names(&copy), ["ADA", "BEN"]);
    assert_eq!(copy.checklist_items.len(), 4);
    for item in copy.checklist_items.iter() {
        assert_eq!(item.assignee, Assignee::It);
        assert!(item.due.is_none() && item.due_by_hand.is_some());
    }
    let nobody = handed(&plan, &Recipient::Doer(ResolvedAssignee::Named("Eve".into())), &[]);
    assert_eq!(nobody.unwrap_err(), CheckoutError::Nothing { recipient: "Eve".into() });
}

#[test]
fn merge_back_refuses_files_of_other_plans() {
    let before = plan();
    let (plan, copy) = handed(&before, &new_hire(&before), &[]).unwrap();
    let other = merge_back(&plan, "another", &copy, Vec::new(), &|_| None);
    assert_eq!(other, Err(MergeBackError::OtherPlan));
    assert_eq!(brought(&plan, &plan, None), Err(MergeBackError::NotHandedOut));
    assert_eq!(brought(&before, &copy, None), Err(MergeBackError::Forgotten));
    let mut draft = Draft::new(&copy);
    draft.put(Setting { value: "{\"identity\": 3".into(), ..copy.settings.rows()[0].clone() });
    let broken = apply(&copy, &draft.finish());
    assert!(matches!(brought(&plan, &broken, None), Err(MergeBackError::Damaged(_))));
    let untouched = brought(&plan, &copy, None).unwrap();
    assert_eq!(untouched, MergeBack { recipient: "ADA".into(), ..MergeBack::default() });
}

/// An amount that the plan once contained was removed from the file, which is no difference in text.
#[test]
fn former_amounts_are_not_reported_as_different_text() {
    let plan = plan();
    let mut draft = Draft::new(&plan);
    let text = "The bonus of 64500 is paid in May".to_owned();
    draft.put(ChecklistItem { text, ..plan.checklist_items.rows()[0].clone() });
    let plan = Arc::new(apply(&plan, &draft.finish()));
    let former: Vec<headroom_model::Money> = vec!["64500.00 EUR".parse().unwrap()];
    let handout = check_out(&plan, &new_hire(&plan), origin(), former.clone(), &[]).unwrap();
    let (plan, copy) = (apply(&plan, &handout.remembered), apply(&Plan::default(), &handout.changes));
    assert!(!serde_json::to_string(copy.checklist_items.rows()).unwrap().contains("64500"));
    let back = merge_back(&plan, PLAN, &copy, former, &|_| None).unwrap();
    assert_eq!(back.ignored, []);
}

fn state() -> impl Strategy<Value = ItemState> {
    let on = (0i64..30).prop_map(|days| day("2027-01-01") + chrono::TimeDelta::days(days));
    prop_oneof![
        Just(ItemState::Open),
        on.clone().prop_map(|on| ItemState::Done { on, by: "somebody".into() }),
        on.prop_map(|on| ItemState::Skipped { on, why: "has one".into() }),
        Just(ItemState::Blocked { by: "the supplier".into() }),
    ]
}

fn content() -> impl Strategy<Value = CheckoutContent> {
    let feedback = proptest::option::of((0usize..3).prop_map(|at| Feedback {
        fault: FeedbackKind::ALL[at],
        words: "hm".into(),
        ..Feedback::default()
    }));
    let note =
        prop_oneof![Just(String::new()), Just("ask twice".to_owned()), Just("costs 71000.00 EUR".to_owned())];
    (state(), note, feedback).prop_map(|(state, note, feedback)| CheckoutContent { state, note, feedback })
}

/// An item by index, and its new content.
fn edits() -> impl Strategy<Value = Vec<(usize, CheckoutContent)>> {
    proptest::collection::btree_map(0usize..14, content(), 0..8).prop_map(|map| map.into_iter().collect())
}

fn edited(plan: &Plan, edits: &[(usize, CheckoutContent)]) -> Plan {
    let mut draft = Draft::new(plan);
    for (at, content) in edits {
        if let Some(item) = plan.checklist_items.rows().get(*at) {
            draft.put(content.clone().put(item.clone()));
        }
    }
    apply(plan, &draft.finish())
}

/// Other ways to tamper with a file.
fn last_item(copy: &Plan) -> &ChecklistItem {
    copy.checklist_items.iter().max_by_key(|item| item.place).unwrap()
}

fn tampered(copy: &Plan, what: u8) -> Plan {
    let mut draft = Draft::new(copy);
    match what {
        1 => draft
            .put(ChecklistItem { title: "Raise my pay".into(), ..copy.checklist_items.rows()[0].clone() }),
        2 => {
            let id = draft.new_id::<ChecklistItem>();
            let checklist = copy.checklists.rows()[0].id;
            draft.put(ChecklistItem { id, checklist, title: "One more".into(), ..ChecklistItem::default() });
        }
        3 => draft.put(Person { name: "The Boss".into(), ..copy.people.rows()[0].clone() }),
        4 => draft.put(Checklist { start: day("2029-01-01"), ..copy.checklists.rows()[0].clone() }),
        5 => draft.remove::<ChecklistItem>(last_item(copy).id),
        6 => {
            let id = draft.new_id::<Person>();
            draft.put(Person { id, key: "eve".into(), name: "Eve".into(), ..Person::default() });
        }
        // Generated tasks come last.
        7 => draft.put(ChecklistItem {
            title: "Raise my pay".into(),
            text: "at once".into(),
            due_by_hand: Some(day("2027-01-04")),
            assignee: Assignee::Manager,
            ..last_item(copy).clone()
        }),
        8 => return forged(copy, draft),
        _ => {}
    }
    apply(copy, &draft.finish())
}

/// Claims that every possible id was shared, and adds a done item for each.
fn forged(copy: &Plan, mut draft: Draft<'_>) -> Plan {
    let mut said = CheckedOut::of(copy).unwrap().unwrap();
    let state = ItemState::Done { on: day("2027-01-05"), by: "somebody".into() };
    for id in (1..1_000).map(ChecklistItemId).filter(|id| copy.checklist_items.get(*id).is_none()) {
        said.items.push(MergeBase { item: id, content: CheckoutContent::default() });
        let (checklist, state) = (copy.checklists.rows()[0].id, state.clone());
        draft.put(ChecklistItem { id, checklist, state, title: "Forged".into(), ..ChecklistItem::default() });
    }
    let value = serde_json::to_string(&said).unwrap();
    draft.put(Setting { value, ..copy.settings.rows()[0].clone() });
    apply(copy, &draft.finish())
}

/// A plan without the contents of its items, for comparing everything else.
fn bare(plan: &Plan) -> Plan {
    let mut draft = Draft::new(plan);
    plan.checklist_items.iter().for_each(|item| draft.put(CheckoutContent::default().put(item.clone())));
    apply(plan, &draft.finish())
}

fn same(part: MergeField, a: &CheckoutContent, b: &CheckoutContent) -> bool {
    match part {
        MergeField::State => a.state == b.state,
        MergeField::Note => a.note == b.note,
        MergeField::Feedback => a.feedback == b.feedback,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn merge_back_changes_only_shared_states_notes_and_feedback(
        before in edits(), ours in edits(), theirs in edits(), renamed in any::<bool>(), tampering in 0u8..9,
        is_theirs in any::<bool>(), is_it in any::<bool>()
    ) {
        let plan = Arc::new(edited(&plan(), &before));
        let recipient = if is_it { Recipient::Doer(ResolvedAssignee::Role("IT")) } else { new_hire(&plan) };
        let Ok((plan, out)) = handed(&plan, &recipient, &given(&plan)) else { return Ok(()) };
        let mut now = edited(&plan, &ours);
        if renamed {
            let mut draft = Draft::new(&now);
            draft.put(Person { name: "Ada Lovelace".into(), ..now.people.rows()[0].clone() });
            now = apply(&now, &draft.finish());
        }
        let copy = tampered(&edited(&out, &theirs), tampering);
        let choice = if is_theirs { Some(Choice::Theirs) } else { None };
        let back = brought(&now, &copy, choice).unwrap();
        let after = apply(&now, &back.changes);
        // Nothing but states, notes and feedback of shared items.
        prop_assert_eq!(bare(&after), bare(&now));
        for item in now.checklist_items.iter() {
            let merged = CheckoutContent::of(after.checklist_items.get(item.id).unwrap());
            let mine = CheckoutContent::of(item);
            let (Some(sent), Some(come)) = (out.checklist_items.get(item.id), copy.checklist_items.get(item.id)) else {
                prop_assert_eq!(merged, mine);
                continue;
            };
            let (sent, come) = (CheckoutContent::of(sent), CheckoutContent::of(come));
            let original = CheckoutContent::of(plan.checklist_items.get(item.id).unwrap());
            for part in [MergeField::State, MergeField::Note, MergeField::Feedback] {
                if same(part, &come, &sent) {
                    prop_assert!(same(part, &merged, &mine), "they did not touch it");
                } else if same(part, &mine, &original) && same(part, &original, &sent) {
                    prop_assert!(same(part, &merged, &come), "only they touched it");
                } else if is_theirs {
                    prop_assert!(same(part, &merged, &come), "theirs was chosen");
                } else {
                    prop_assert!(same(part, &merged, &mine), "nobody has chosen");
                    let is_told = same(part, &mine, &come)
                        || back.conflicts.iter().any(|one| one.item == item.id && one.what.contains(&part));
                    prop_assert!(is_told, "both touched it");
                }
            }
        }
        // Merging again changes nothing.
        let again = brought(&after, &copy, choice).unwrap();
        prop_assert!(again.changes.is_empty(), "{:?}", again.taken);
        // Undo restores the plan.
        let inverse: Vec<Change> = back.changes.iter().rev().cloned().map(Change::inverted).collect();
        prop_assert_eq!(apply(&after, &inverse), now);
    }
}
