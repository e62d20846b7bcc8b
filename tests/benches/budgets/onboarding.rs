//! Everybody's checklists at once, as the timeline of starters and the load on others ask for them: 300 starters on as
//! many days, with 60 items each, in an organisation of 2,000 people and 1,000 services.

use std::{path::Path, sync::Arc};

use chrono::{Days, NaiveDate, Utc};
use headroom_analysis::{
    onboarding::{Course, Courses, Load, Statistics},
    schedule::Calendar,
};
use headroom_model::{
    Assignee, Checklist, ChecklistItem, ChecklistItemId, Draft, Due, ItemState, Occasion, PersonId, Plan,
};
use headroom_store::Store;

use crate::{Line, shortest, sliding};

const STARTERS: u64 = 300;
const ITEMS: usize = 60;
const WEEKS: usize = 12;
const RUNS: usize = 5;
const LIMIT_MS: f64 = 50.0;

pub fn lines(folder: &Path) -> Vec<Line> {
    let today = Utc::now().date_naive();
    let path = folder.join("onboarding.headroom");
    sliding::write(&path);
    let plan = with_starters(Store::open(&path, Utc::now()).unwrap().plan(), today);
    let calendar = Calendar::new(&plan);
    let timeline = || {
        let courses = Courses::new(&plan, &calendar, today);
        let all: Vec<Course<'_>> = plan.checklists.iter().filter_map(|list| courses.course(list)).collect();
        all.iter().map(|course| (course.milestones(), course.progress())).collect::<Vec<_>>()
    };
    let ours = shortest(RUNS, timeline);
    let theirs = shortest(RUNS, || {
        plan.checklists.iter().map(|list| plan.as_of(list.start).person_count()).sum::<usize>()
    });
    let courses = Courses::new(&plan, &calendar, today);
    let all: Vec<Course<'_>> = plan.checklists.iter().filter_map(|list| courses.course(list)).collect();
    let sums = shortest(RUNS, || (Load::of(&all, today, WEEKS), Statistics::of(&plan, &all, Occasion::Join)));
    let what = format!("timeline of {STARTERS} starters with {ITEMS} items");
    vec![
        Line::limit(&what, ours, LIMIT_MS),
        // Before any of their items is looked at.
        Line::ratio(&what, ours, "a snapshot of each first day", theirs, 0.25),
        Line::limit("their load on others, and how long they take", sums, LIMIT_MS),
    ]
}

fn with_starters(plan: &Plan, today: NaiveDate) -> Arc<Plan> {
    let mut draft = Draft::new(plan);
    let people: Vec<PersonId> = plan.people.iter().map(|person| person.id).collect();
    for (pair, at) in people.chunks_exact(2).zip(0..STARTERS) {
        let id = draft.new_id::<Checklist>();
        let start = today + Days::new(at) - Days::new(STARTERS / 2);
        draft.put(Checklist { id, person: pair[0], start, buddy: Some(pair[1]), ..Checklist::default() });
        // Who started earlier has done more.
        let done = ITEMS.saturating_sub(usize::try_from(at).unwrap() / 3);
        let ids: Vec<ChecklistItemId> = (0..ITEMS).map(|_| draft.new_id::<ChecklistItem>()).collect();
        for place in 0..ITEMS {
            let row = item(&ids, place);
            let on = start + Days::new(place as u64);
            let state =
                if place < done { ItemState::Done { on, by: String::new() } } else { ItemState::Open };
            draft.put(ChecklistItem { checklist: id, state, ..row });
        }
    }
    let changes = draft.finish();
    let mut plan = plan.clone();
    plan.apply(&changes).unwrap();
    Arc::new(plan)
}

/// Every third item waits for the two before it.
fn item(ids: &[ChecklistItemId], place: usize) -> ChecklistItem {
    let (assignee, _) = Assignee::ROLES[place % Assignee::ROLES.len()].clone();
    let needs = if place % 3 == 2 { ids[place - 2..place].to_vec() } else { Vec::new() };
    let number = u32::try_from(place).unwrap();
    ChecklistItem {
        id: ids[place],
        origin: Some(number),
        title: format!("Item {place}"),
        due: Some(Due { working_days: place as i32 - 10, after: None }),
        assignee,
        needs,
        place: number,
        ..ChecklistItem::default()
    }
}
