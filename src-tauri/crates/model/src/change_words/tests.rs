use chrono::NaiveDate;

use super::*;
use crate::{
    Assignee, Checklist, ChecklistItem, Draft, Due, Feedback, FeedbackKind, Interaction, ItemState,
    LifecycleEvent, Link, Membership, Person, Service, Setting, Team, Template, TemplateItem, TemplateUse,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The changes that `make` collects, in words: `Ada’s onboarding checklist · buddy: Bo`.
fn told(make: impl FnOnce(&mut Draft<'_>)) -> Vec<String> {
    let plan = Plan::default();
    let mut draft = Draft::new(&plan);
    make(&mut draft);
    let changes = draft.finish();
    let words = ChangeWords::new(&plan, &changes);
    let lines = changes.iter().flat_map(|change| {
        let name = words.name(change.subject());
        words
            .fields(change)
            .into_iter()
            .map(move |field| format!("{name} · {}: {}", field.field, field.after))
    });
    lines.collect()
}

fn person(draft: &mut Draft<'_>, name: &str) -> crate::PersonId {
    let id = draft.new_id::<Person>();
    draft.put(Person { id, key: name.to_lowercase(), name: name.to_owned(), ..Person::default() });
    id
}

fn team(draft: &mut Draft<'_>, name: &str) -> crate::TeamId {
    let id = draft.new_id::<Team>();
    draft.put(Team { id, key: name.to_lowercase(), name: name.to_owned(), ..Team::default() });
    id
}

fn assert_told(told: &[String], line: &str) {
    assert!(told.iter().any(|told| told == line), "{line} is not in {told:#?}");
}

#[test]
fn references_are_named_by_field_type() {
    let told = told(|draft| {
        let (ada, bo, cy) = (person(draft, "Ada"), person(draft, "Bo"), person(draft, "Cy"));
        let id = draft.new_id::<Checklist>();
        let (buddy, manager) = (Some(bo), Some(cy));
        draft.put(Checklist {
            id,
            person: ada,
            buddy,
            manager,
            start: day("2026-03-02"),
            ..Checklist::default()
        });
        let (team, with) = (team(draft, "Port"), team(draft, "Yard"));
        let id = draft.new_id::<Interaction>();
        let mode = crate::mode::COLLABORATION.to_owned();
        draft.put(Interaction { id, team, with, mode, ..Interaction::default() });
    });
    assert_told(&told, "Ada’s onboarding checklist · manager: Cy");
    assert_told(&told, "Ada’s onboarding checklist · buddy: Bo");
    assert!(told.iter().any(|line| line.ends_with("· with: Yard")), "{told:#?}");
}

#[test]
fn plain_numbers_stay_numbers() {
    let told = told(|draft| {
        let (ada, port) = (crate::PersonId(1), team(draft, "Port"));
        draft.put(Person { id: ada, key: "ada".into(), name: "Ada".into(), ..Person::default() });
        let id = draft.new_id::<Membership>();
        // The share equals the ID of a person.
        let share = Some(1);
        draft.put(Membership { id, person: ada, team: port, share, ..Membership::default() });
        let id = draft.new_id::<Service>();
        draft.put(Service { id, key: "s".into(), name: "S".into(), tier: share, ..Service::default() });
    });
    assert_told(&told, "Ada on Port · share: 1");
    assert_told(&told, "Ada on Port · person: Ada");
    assert_told(&told, "S · tier: 1");
}

#[test]
fn nested_references_are_named() {
    let told = told(|draft| {
        let template = draft.new_id::<Template>();
        draft.put(Template { id: template, key: "t".into(), name: "Tea".into(), ..Template::default() });
        let (first, second) = (draft.new_id::<TemplateItem>(), draft.new_id::<TemplateItem>());
        let bo = person(draft, "Bo");
        let item = TemplateItem { id: first, template, title: "Boil".into(), ..TemplateItem::default() };
        draft.put(TemplateItem { assignee: Assignee::Person(bo), ..item.clone() });
        let due = Some(Due { working_days: 2, after: Some(first) });
        draft.put(TemplateItem {
            id: second,
            title: "Pour".into(),
            due,
            needs: vec![first],
            assignee: Assignee::PeopleOps,
            ..item
        });
    });
    assert_told(&told, "Boil · template: Tea");
    assert_told(&told, "Boil · assignee: Bo");
    assert_told(&told, "Pour · needs: Boil");
    assert_told(&told, "Pour · due: 2 working days after “Boil”");
    assert_told(&told, "Pour · assignee: people ops");
}

#[test]
fn no_field_is_shown_as_json() {
    let told = told(|draft| {
        let ada = person(draft, "Ada");
        let list = draft.new_id::<Checklist>();
        let templates = vec![TemplateUse { template: "tea".into(), version: 3 }];
        let (start, occasion) = (day("2026-03-02"), LifecycleEvent::TakeOver);
        draft.put(Checklist { id: list, person: ada, start, occasion, templates, ..Checklist::default() });
        let id = draft.new_id::<ChecklistItem>();
        let feedback =
            Feedback { fault: FeedbackKind::Unclear, words: "Which kettle?".into(), ..Feedback::default() };
        draft.put(ChecklistItem {
            id,
            checklist: list,
            title: "Boil".into(),
            origin: Some(7),
            generated: "meet:7".into(),
            due: Some(Due { working_days: -1, after: None }),
            state: ItemState::Done { on: day("2026-03-04"), by: "Ada".into() },
            feedback: Some(feedback),
            ..ChecklistItem::default()
        });
        let id = draft.new_id::<Service>();
        let link = Link { url: "https://x.example".into(), title: "Runbook".into(), ..Link::default() };
        let extra = [("backstage".to_owned(), "{\"metadata\":{\"a\":1}}".to_owned())].into();
        draft.put(Service {
            id,
            key: "s".into(),
            name: "S".into(),
            links: vec![link],
            extra,
            ..Service::default()
        });
        let id = draft.new_id::<Setting>();
        draft.put(Setting { id, key: "import-profile:x".into(), value: "{\"tables\":[]}".into() });
    });
    assert!(told.iter().all(|line| !line.contains(['{', '[', '"'])), "{told:#?}");
    assert!(told.iter().all(|line| !line.contains("origin") && !line.contains("generated")), "{told:#?}");
    assert_told(&told, "Boil · state: done on 4 Mar 2026 by Ada");
    assert_told(&told, "Boil · due: 1 working day before the start");
    assert_told(&told, "Boil · feedback: unclear: Which kettle?");
    assert_told(&told, "S · links: Runbook (https://x.example)");
    assert_told(&told, "S · extra: data from backstage");
    assert_told(&told, "Ada’s service handover checklist · templates: tea, version 3");
    assert_told(&told, "Ada’s service handover checklist · occasion: service handover");
}
