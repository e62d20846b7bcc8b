//! Tests of template edits, syncing and review.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_model::{
    Assignee, Checklist, ChecklistItem, Draft, Due, Feedback, FeedbackKind, ItemState, ListPlace, Person,
    Plan, Template, TemplateId, TemplateItem, TemplateItemId,
};
use proptest::prelude::*;

use super::*;
use crate::onboarding::{ChecklistStart, start_checklist};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn applied(plan: &Plan, edit: impl FnOnce(&mut Draft<'_>)) -> Plan {
    let mut draft = Draft::new(plan);
    edit(&mut draft);
    draft.outcome().unwrap()
}

/// A template edit together with the changes that it implies.
fn edited(plan: &Plan, today: &str, edit: impl FnOnce(&mut Draft<'_>)) -> Plan {
    let mut draft = Draft::new(plan);
    edit(&mut draft);
    propagate(&mut draft, day(today)).unwrap();
    let once = draft.clone();
    propagate(&mut draft, day(today)).unwrap();
    assert_eq!(draft.finish(), once.clone().finish(), "nothing more follows");
    once.outcome().unwrap()
}

/// A template of three items, and a list made from it that starts on the day.
fn plan(start: &str) -> Plan {
    let plan = applied(&Plan::default(), |draft| {
        let person = draft.new_id::<Person>();
        draft.put(Person { id: person, key: "ada".into(), name: "Ada".into(), ..Person::default() });
        let template = draft.new_id::<Template>();
        draft.put(Template { id: template, key: "all".into(), name: "All".into(), ..Template::default() });
        let ids: Vec<TemplateItemId> = (0..3).map(|_| draft.new_id::<TemplateItem>()).collect();
        for (place, title) in ["Laptop", "Accounts", "Handbook"].into_iter().enumerate() {
            draft.put(TemplateItem {
                id: ids[place],
                template,
                title: title.into(),
                due: Some(Due { working_days: place as i32 * 3 - 3, after: None }),
                assignee: if place == 0 { Assignee::It } else { Assignee::NewHire },
                needs: if place == 0 { Vec::new() } else { vec![ids[place - 1]] },
                place: ListPlace::nth(place),
                ..TemplateItem::default()
            });
        }
    });
    let person = plan.people.rows()[0].id;
    let shared = Arc::new(plan.clone());
    let what = ChecklistStart { person, start: Some(day(start)), ..ChecklistStart::default() };
    applied(&plan, |draft| {
        start_checklist(draft, &shared, &what).unwrap();
    })
}

fn template(plan: &Plan) -> &Template {
    &plan.templates.rows()[0]
}

fn item<'a>(plan: &'a Plan, title: &str) -> &'a TemplateItem {
    plan.template_items.iter().find(|item| item.title == title).unwrap()
}

fn row<'a>(plan: &'a Plan, title: &str) -> &'a ChecklistItem {
    plan.checklist_items.iter().find(|item| item.title == title).unwrap()
}

fn titles(plan: &Plan) -> Vec<String> {
    let mut rows: Vec<&ChecklistItem> = plan.checklist_items.iter().collect();
    rows.sort_by_key(|row| row.place);
    rows.into_iter().map(|row| row.title.clone()).collect()
}

fn put_desk(draft: &mut Draft<'_>, template: TemplateId) {
    let id = draft.new_id::<TemplateItem>();
    let due = Some(Due { working_days: -1, after: None });
    draft.put(TemplateItem {
        id,
        template,
        title: "Desk".into(),
        due,
        place: ListPlace::nth(3),
        ..TemplateItem::default()
    });
}

#[test]
fn edit_is_propagated_to_lists_that_have_not_started() {
    let before = plan("2027-03-01");
    let after = edited(&before, "2027-02-26", |draft| put_desk(draft, template(&before).id));
    assert_eq!(titles(&after), ["Laptop", "Desk", "Accounts", "Handbook"]);
    // Nobody has started from it, so the version stays.
    assert_eq!(template(&after).version, 1);
    assert_eq!(template_difference(&Arc::new(after.clone()), &after.checklists.rows()[0]), None);
}

#[test]
fn started_lists_keep_their_items_and_are_offered_the_difference() {
    let before = plan("2027-03-01");
    let before = applied(&before, |draft| {
        let row = row(&before, "Laptop").clone();
        draft.put(ChecklistItem { state: ItemState::Done { on: day("2027-02-24"), by: "IT".into() }, ..row });
    });
    let once = edited(&before, "2027-03-01", |draft| put_desk(draft, template(&before).id));
    assert_eq!((titles(&once), template(&once).version), (titles(&before), 2));
    let twice = edited(&once, "2027-03-02", |draft| {
        draft.put(TemplateItem { title: "Computer".into(), ..item(&once, "Laptop").clone() });
        draft.put(TemplateItem { link: "https://example.org".into(), ..item(&once, "Accounts").clone() });
        draft.remove::<TemplateItem>(item(&once, "Handbook").id);
    });
    // Nobody has started from the second version, so it stays the second.
    assert_eq!((titles(&twice), template(&twice).version), (titles(&before), 2));
    let shared = Arc::new(twice.clone());
    let list = &twice.checklists.rows()[0];
    let found = template_difference(&shared, list).unwrap();
    assert_eq!(
        (found.added.as_slice(), found.templates.as_slice()),
        (&["Desk".to_owned()][..], &["all".to_owned()][..])
    );
    assert_eq!(found.gone, [row(&twice, "Handbook").id]);
    // Done items do not change.
    let altered: Vec<_> = found.altered.iter().map(|it| (it.title.as_str(), it.fields.clone())).collect();
    assert_eq!(altered, [("Accounts", vec!["link"])]);

    let taken = applied(&twice, |draft| sync_with_template(draft, &shared, list));
    assert_eq!(titles(&taken), ["Laptop", "Desk", "Accounts"]);
    assert!(row(&taken, "Laptop").state.is_over());
    assert_eq!(template_difference(&Arc::new(taken.clone()), &taken.checklists.rows()[0]), None);

    let kept = applied(&twice, |draft| pin_version(draft, &twice, list));
    assert_eq!(titles(&kept), titles(&before));
    assert_eq!(template_difference(&Arc::new(kept.clone()), &kept.checklists.rows()[0]), None);
}

#[test]
fn sync_keeps_touched_items() {
    let before = plan("2027-03-01");
    let before = applied(&before, |draft| {
        draft.put(ChecklistItem { note: "in the drawer".into(), ..row(&before, "Accounts").clone() });
    });
    let after = edited(&before, "2027-02-01", |draft| {
        draft.put(TemplateItem { needs: Vec::new(), ..item(&before, "Handbook").clone() });
        draft.remove::<TemplateItem>(item(&before, "Accounts").id);
    });
    assert_eq!(titles(&after), ["Laptop", "Handbook", "Accounts"]);
    assert_eq!(row(&after, "Accounts").note, "in the drawer");
    // Deleting the template deletes no item of the list.
    let gone = applied(&after, |draft| {
        headroom_model::delete_cascading(draft, template(&after).id.into());
    });
    assert_eq!(titles(&gone), titles(&after));
    assert_eq!(template_difference(&Arc::new(gone.clone()), &gone.checklists.rows()[0]), None);
}

#[test]
fn open_feedback_is_listed_until_resolved() {
    let before = plan("2027-03-01");
    let say = |settled| Feedback {
        fault: FeedbackKind::Outdated,
        on: day("2027-03-02"),
        words: "old".into(),
        settled,
    };
    let with = |settled| {
        applied(&before, |draft| {
            draft.put(ChecklistItem { feedback: Some(say(settled)), ..row(&before, "Handbook").clone() });
        })
    };
    let open = with(None);
    let found = review_status(&open, day("2027-09-01"));
    assert_eq!((found[0].items, found[0].lists, found[0].unreviewed_days), (3, 1, None));
    assert_eq!(found[0].open[0].of, Some(item(&open, "Handbook").id));
    assert!(
        found[0].is_stale(180)
            && review_status(&with(Some(day("2027-03-03"))), day("2027-09-01"))[0].open.is_empty()
    );
    let reviewed = applied(&open, |draft| {
        draft.put(Template { reviewed: Some(day("2027-03-05")), ..template(&open).clone() });
    });
    let found = review_status(&reviewed, day("2027-09-01"));
    assert_eq!(
        (found[0].unreviewed_days, found[0].is_stale(180), found[0].is_stale(179)),
        (Some(180), false, true)
    );
}

#[test]
fn offboarding_reverses_onboarding() {
    let before = plan("2027-03-01");
    let before = applied(&before, |draft| {
        let (template, assignee) = (template(&before).id, Assignee::Manager);
        let id = draft.new_id::<TemplateItem>();
        let due = Some(Due { working_days: 2, after: None });
        draft.put(TemplateItem {
            id,
            template,
            title: "Grant access to the till".into(),
            due,
            assignee,
            place: ListPlace::nth(9),
            ..TemplateItem::default()
        });
    });
    let after = applied(&before, |draft| {
        offboarding_from(draft, &before, template(&before));
    });
    let made = after.templates.rows()[1].clone();
    assert_eq!((made.key.as_str(), made.occasion.word()), ("all-leaving", "leave"));
    let of: Vec<_> = after.template_items.iter().filter(|item| item.template == made.id).collect();
    let told: Vec<_> = of.iter().map(|item| (item.title.as_str(), item.due.unwrap().working_days)).collect();
    assert_eq!(told, [("Revoke access to the till", -2), ("Undo: Laptop", 0)]);
    let again = applied(&after, |draft| {
        offboarding_from(draft, &after, template(&after));
    });
    assert_eq!(again.templates.rows()[2].key, "all-leaving-2");
}

#[derive(Debug, Clone)]
enum Step {
    Add(i32),
    Rename(prop::sample::Index),
    Move(prop::sample::Index, i32),
    Drop(prop::sample::Index),
    Tick(prop::sample::Index),
    Note(prop::sample::Index),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let index = any::<prop::sample::Index>;
    let step = prop_oneof![
        (-5i32..20).prop_map(Step::Add),
        index().prop_map(Step::Rename),
        (index(), -5i32..20).prop_map(|(at, days)| Step::Move(at, days)),
        index().prop_map(Step::Drop),
        index().prop_map(Step::Tick),
        index().prop_map(Step::Note),
    ];
    prop::collection::vec(step, 1..12)
}

fn take(plan: &Plan, today: &str, nth: usize, step: &Step) -> Plan {
    let items = plan.template_items.rows();
    let rows = plan.checklist_items.rows();
    let of = |at: &prop::sample::Index| (!items.is_empty()).then(|| at.get(items).clone());
    let ticked = |at: &prop::sample::Index| (!rows.is_empty()).then(|| at.get(rows).clone());
    edited(plan, today, |draft| match step {
        Step::Add(days) => {
            let (id, template) = (draft.new_id::<TemplateItem>(), template(plan).id);
            let due = Some(Due { working_days: *days, after: None });
            let (title, place) = (format!("added {nth}"), ListPlace::nth(10 + nth));
            draft.put(TemplateItem { id, template, title, due, place, ..TemplateItem::default() });
        }
        Step::Rename(at) => of(at)
            .into_iter()
            .for_each(|row| draft.put(TemplateItem { title: format!("named {nth}"), ..row })),
        Step::Move(at, days) => of(at).into_iter().for_each(|row| {
            draft.put(TemplateItem { due: Some(Due { working_days: *days, after: None }), ..row });
        }),
        Step::Drop(at) => {
            of(at).into_iter().for_each(|row| {
                headroom_model::delete_cascading(draft, row.id.into());
            });
        }
        Step::Tick(at) => ticked(at).into_iter().for_each(|row| {
            let state = ItemState::Done { on: day("2027-03-03"), by: "Ada".into() };
            draft.put(ChecklistItem { state, ..row });
        }),
        Step::Note(at) => {
            ticked(at).into_iter().for_each(|row| draft.put(ChecklistItem { note: "kept".into(), ..row }));
        }
    })
}

/// What people have entered about items.
fn said(plan: &Plan) -> Vec<(u64, ItemState, String)> {
    let touched =
        plan.checklist_items.iter().filter(|row| row.state != ItemState::Open || !row.note.is_empty());
    touched.map(|row| (row.id.0, row.state.clone(), row.note.clone())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn sync_matches_the_template_and_loses_no_input(steps in steps(), is_early in any::<bool>()) {
        let today = if is_early { "2027-02-01" } else { "2027-03-02" };
        let start = plan("2027-03-01");
        let after = steps.iter().enumerate().fold(start.clone(), |plan, (nth, step)| take(&plan, today, nth, step));
        let shared = Arc::new(after.clone());
        let list: &Checklist = &after.checklists.rows()[0];
        if is_early {
            prop_assert_eq!(template_difference(&shared, list), None);
        }
        let taken = applied(&after, |draft| sync_with_template(draft, &shared, list));
        prop_assert_eq!(said(&taken), said(&after));
        prop_assert_eq!(template_difference(&Arc::new(taken.clone()), &taken.checklists.rows()[0]), None);
        // The same items as in a new list, except those that someone has touched.
        let open = |plan: &Plan| {
            let rows = plan.checklist_items.iter().filter(|row| row.state == ItemState::Open && row.note.is_empty());
            let mut told: Vec<_> = rows.map(|row| (row.origin, row.title.clone(), row.due.map(|due| due.working_days))).collect();
            told.sort();
            told
        };
        let anew = applied(&after, |draft| {
            after.checklist_items.iter().for_each(|row| draft.remove::<ChecklistItem>(row.id));
            let bare = Checklist { templates: list.templates.clone(), ..list.clone() };
            let composed = crate::onboarding::merge_templates(&shared, shared.templates.iter().collect());
            let ids: Vec<_> = composed.items.iter().map(|_| draft.new_id::<ChecklistItem>()).collect();
            for (at, one) in composed.items.iter().enumerate() {
                draft.put(one.copy(ids[at], bare.id, &ids));
            }
        });
        let touched: Vec<Option<u64>> = taken
            .checklist_items
            .iter()
            .filter(|row| row.state != ItemState::Open || !row.note.is_empty())
            .map(|row| row.origin)
            .collect();
        let expected: Vec<_> = open(&anew).into_iter().filter(|(origin, ..)| !touched.contains(origin)).collect();
        prop_assert_eq!(open(&taken), expected);
    }
}
