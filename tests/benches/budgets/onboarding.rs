//! All checklists at once, as the timeline of new hires and the onboarding workload need them: 300 new hires on as
//! many days with 60 items each, in an organisation of 2,000 people and 1,000 services. In the window: from the click
//! to the painted timeline, and the frames while it scrolls.

use std::path::Path;

use chrono::{Days, NaiveDate};
use headroom_analysis::{
    onboarding::{ChecklistSchedule, ChecklistSchedules, OnboardingWorkload, Statistics},
    schedule::Calendar,
};
use headroom_model::{
    Assignee, Change, Checklist, ChecklistItem, ChecklistItemId, Draft, Due, ItemState, LifecycleEvent,
    PersonId, Plan,
};
use headroom_store::{OperationMeta, Store};
use headroom_tests::window::{Start, Window};
use serde_json::Value;

use crate::{Line, painted::PAINTED, shortest, sliding};

const STARTERS: u64 = 300;
const ITEMS: usize = 60;
const WEEKS: usize = 12;
const RUNS: usize = 5;
const LIMIT_MS: f64 = 50.0;
/// From the click to the painted timeline.
const OPEN_MS: f64 = 200.0;
/// Thirty frames per second, on the page's clock of whole milliseconds.
const FRAME_MS: f64 = 34.0;
const FRAMES: u32 = 120;

pub fn lines(folder: &Path) -> Vec<Line> {
    let today = headroom_tests::today();
    let path = folder.join("onboarding.headroom");
    sliding::write(&path);
    let mut store = Store::open(&path, headroom_tests::now()).unwrap();
    let new_hires = new_hires(store.plan(), today);
    store.apply(&OperationMeta::edit("started", "bench", headroom_tests::now()), new_hires).unwrap();
    let plan = store.plan().clone();
    drop(store);
    let calendar = Calendar::new(&plan);
    let timeline = || {
        let courses = ChecklistSchedules::new(&plan, &calendar, today);
        let all: Vec<ChecklistSchedule<'_>> =
            plan.checklists.iter().filter_map(|list| courses.course(list)).collect();
        all.iter().map(|course| (course.milestones(), course.progress())).collect::<Vec<_>>()
    };
    let ours = shortest(RUNS, timeline);
    let theirs = shortest(RUNS, || {
        plan.checklists.iter().map(|list| plan.as_of(list.start).person_count()).sum::<usize>()
    });
    let courses = ChecklistSchedules::new(&plan, &calendar, today);
    let all: Vec<ChecklistSchedule<'_>> =
        plan.checklists.iter().filter_map(|list| courses.course(list)).collect();
    let sums = shortest(RUNS, || {
        (OnboardingWorkload::of(&plan, &all, today, WEEKS), Statistics::of(&plan, &all, LifecycleEvent::Join))
    });
    let what = format!("timeline of {STARTERS} starters with {ITEMS} items");
    let mut lines = vec![
        Line::limit(&what, ours, LIMIT_MS),
        // Without any of their items.
        Line::ratio(&what, ours, "a snapshot of each first day", theirs, 0.25),
        Line::limit("their load on others, and how long they take", sums, LIMIT_MS),
    ];
    lines.extend(in_window(&path, &what));
    lines
}

fn in_window(plan: &Path, what: &str) -> Vec<Line> {
    let window = Window::start(&Start { arguments: &[plan.to_str().unwrap()], ..Start::default() });
    window.wait("the frame", |it| it.has("[data-testid=nav-onboarding]").then_some(()));
    let opened = (0..RUNS).map(|_| opening(&window)).fold(f64::INFINITY, f64::min);
    let mut lines = vec![Line::limit(format!("{what}, opened in the window"), opened, OPEN_MS)];
    for (word, by) in
        [("down", "scrollTop += 40"), ("to the side", "scrollLeft += turn % 40 < 20 ? 20 : -20")]
    {
        let frames = scrolling(&window, by);
        lines.push(Line::limit(format!("{what}, scrolled {word}: 95 of 100 frames"), frames, FRAME_MS));
    }
    lines
}

/// Milliseconds from the click to the frame with the first new hire.
fn opening(window: &Window) -> f64 {
    window.go("#/plan");
    window.wait("another view", |it| it.has("[data-testid=export-csv]").then_some(()));
    let script = format!(
        "{PAINTED}\
         const start = performance.now();\
         const seen = new MutationObserver(() => {{\
            if (!document.querySelector('[data-testid=starters] [data-testid^=about-]')) return;\
            seen.disconnect();\
            painted(() => done(performance.now() - start));\
         }});\
         seen.observe(document.body, {{childList: true, subtree: true}});\
         document.querySelector('[data-testid=nav-onboarding]').click();"
    );
    window.js_later(&script).as_f64().unwrap()
}

/// 95th percentile of frame times while the timeline scrolls.
fn scrolling(window: &Window, by: &str) -> f64 {
    let script = format!(
        "const body = document.querySelector('[data-testid=starters]');\
         const times = []; let last = 0; let turn = 0;\
         const frame = (now) => {{\
            if (turn > 5) times.push(now - last);\
            last = now; turn += 1;\
            body.{by};\
            if (turn < {FRAMES}) return requestAnimationFrame(frame);\
            body.scrollTop = 0;\
            done(times.sort((a, b) => a - b));\
         }};\
         requestAnimationFrame(frame);"
    );
    let run = || {
        let times: Vec<f64> =
            window.js_later(&script).as_array().unwrap().iter().filter_map(Value::as_f64).collect();
        times[times.len() * 95 / 100]
    };
    (0..RUNS).map(|_| run()).fold(f64::INFINITY, f64::min)
}

fn new_hires(plan: &Plan, today: NaiveDate) -> Vec<Change> {
    let mut draft = Draft::new(plan);
    let people: Vec<PersonId> = plan.people.iter().map(|person| person.id).collect();
    for (pair, at) in people.chunks_exact(2).zip(0..STARTERS) {
        let id = draft.new_id::<Checklist>();
        let start = today + Days::new(at) - Days::new(STARTERS / 2);
        draft.put(Checklist { id, person: pair[0], start, buddy: Some(pair[1]), ..Checklist::default() });
        // Those who started earlier have done more.
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
    draft.finish()
}

/// Every third item depends on the two before it.
fn item(ids: &[ChecklistItemId], place: usize) -> ChecklistItem {
    let (assignee, _) = Assignee::ROLES[place % Assignee::ROLES.len()].clone();
    let needs = if place % 3 == 2 { ids[place - 2..place].to_vec() } else { Vec::new() };
    let number = u32::try_from(place).unwrap();
    ChecklistItem {
        id: ids[place],
        origin: Some(number.into()),
        title: format!("Item {place}"),
        due: Some(Due { working_days: place as i32 - 10, after: None }),
        assignee,
        needs,
        place: headroom_model::ListPlace::nth(number as usize),
        ..ChecklistItem::default()
    }
}
