//! Plans with several checklists, for tests.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_model::{
    Assignee, Checklist, ChecklistId, ChecklistItem, ChecklistItemId, Draft, Due, ItemState, LifecycleEvent,
    ListPlace, Person, PersonId, Plan, Team, TeamId, TemplateUse,
};

use super::{ChecklistSchedule, ChecklistSchedules};
use crate::schedule::Calendar;

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// One checklist. Its items refer to each other by index.
#[derive(Clone, Default)]
pub(super) struct List {
    pub person: PersonId,
    pub occasion: LifecycleEvent,
    pub start: NaiveDate,
    pub buddy: Option<PersonId>,
    pub templates: Vec<&'static str>,
    pub items: Vec<ChecklistItem>,
}

/// A plan with this many people, then as many teams, with ids from 1, and these lists.
pub(super) fn plan(people: u32, lists: &[List]) -> Arc<Plan> {
    let mut plan = Plan::default();
    let mut draft = Draft::new(&plan);
    for at in 1..=u64::from(people) {
        let id = PersonId(at);
        draft.put(Person { id, key: format!("p{at}"), name: format!("Person {at}"), ..Person::default() });
    }
    for at in 1..=u64::from(people) {
        let id = TeamId(u64::from(people) + at);
        draft.put(Team { id, key: format!("t{at}"), name: format!("Team {at}"), ..Team::default() });
    }
    put_lists(&mut draft, lists);
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    Arc::new(plan)
}

pub(super) fn put_lists(draft: &mut Draft<'_>, lists: &[List]) {
    for list in lists {
        let id: ChecklistId = draft.new_id::<Checklist>();
        let uses = list.templates.iter();
        draft.put(Checklist {
            id,
            person: list.person,
            occasion: list.occasion,
            start: list.start,
            buddy: list.buddy,
            templates: uses.map(|key| TemplateUse { template: (*key).into(), version: 1 }).collect(),
            ..Checklist::default()
        });
        put_items(draft, id, &list.items);
    }
}

fn put_items(draft: &mut Draft<'_>, checklist: ChecklistId, items: &[ChecklistItem]) {
    let ids: Vec<ChecklistItemId> = items.iter().map(|_| draft.new_id::<ChecklistItem>()).collect();
    for (at, item) in items.iter().enumerate() {
        let real = |id: &ChecklistItemId| ids[id.0 as usize];
        let title = if item.title.is_empty() { format!("item {at}") } else { item.title.clone() };
        draft.put(ChecklistItem {
            id: ids[at],
            checklist,
            title,
            needs: item.needs.iter().map(real).collect(),
            due: item.due.map(|due| Due { after: due.after.as_ref().map(real), ..due }),
            place: ListPlace::nth(at),
            ..item.clone()
        });
    }
}

pub(super) fn with<T>(plan: &Arc<Plan>, today: &str, look: impl FnOnce(&[ChecklistSchedule<'_>]) -> T) -> T {
    let calendar = Calendar::new(plan);
    let schedules = ChecklistSchedules::new(plan, &calendar, day(today));
    let all: Vec<ChecklistSchedule<'_>> =
        plan.checklists.iter().filter_map(|list| schedules.course(list)).collect();
    look(&all)
}

/// An item due on this working day of its list.
pub(super) fn due(working_days: i32) -> ChecklistItem {
    ChecklistItem { due: Some(Due { working_days, after: None }), ..ChecklistItem::default() }
}

/// An item with a fixed due date.
pub(super) fn due_on(day: NaiveDate, assignee: Assignee) -> ChecklistItem {
    ChecklistItem { due_by_hand: Some(day), assignee, ..ChecklistItem::default() }
}

pub(super) fn done(on: &str, item: ChecklistItem) -> ChecklistItem {
    ChecklistItem { state: ItemState::Done { on: day(on), by: String::new() }, ..item }
}

pub(super) fn skipped(on: &str, item: ChecklistItem) -> ChecklistItem {
    ChecklistItem { state: ItemState::Skipped { on: day(on), why: "no need".into() }, ..item }
}
