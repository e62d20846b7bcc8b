//! Two tasks of onboarding, each with a count of the actions that it takes in the window as it opens.

use std::path::Path;

use chrono::{Days, NaiveDate};
use headroom_model::{Assignment, Checklist, ChecklistItem, Entity, ItemState, Membership, Person, Position};
use headroom_store::Store;
use headroom_tests::{
    now,
    window::{Start, Window},
};

use crate::{actions::Actions, sample_file::SampleFile};

fn picture(window: &Window, name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots/tasks-onboarding");
    window.screenshot(&folder.join(name));
}

/// Whether all of an element is in sight, without scrolling.
fn is_in_sight(window: &Window, selector: &str) -> bool {
    let script = format!(
        "const box = document.querySelector('{selector}')?.getBoundingClientRect();\
         return !!box && box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth"
    );
    window.js(&script) == true
}

/// What the first row says is `%`-encoded in an address of the mail program.
fn decoded(window: &Window, text: &str) -> String {
    let script = format!("return decodeURIComponent({})", serde_json::json!(text));
    window.js(&script).as_str().unwrap().to_owned()
}

#[test]
fn a_new_hires_first_item_done_a_question_asked_and_who_to_meet_seen() {
    let sample = SampleFile::new();
    let window = Window::on_plan(sample.desk.path());
    window.wait("the window", |it| it.has("[data-testid=tile-findings]").then_some(()));
    let mut actions = Actions::new(&window, "first item, a question, who to meet", 5);
    actions.click("[data-testid=me]");
    actions.type_text("[data-testid=i-am-name]", "Grace Nair");
    window.wait_text("[role=listbox].open [aria-selected=true]", "Grace Nair");
    actions.key("{Enter}");

    // Nothing stands around her list, and whom to meet is in sight with the reason.
    window.wait_text("[data-testid=first-weeks] h1", "Hello, Grace Nair");
    let meet = window.wait_text("[data-testid=people-to-meet]", "Fiona Ortega");
    assert!(meet.contains("Your buddy") && meet.contains("Your manager"), "{meet}");
    assert!(is_in_sight(&window, "[data-testid=to-meet]"));
    for chrome in ["nav", "header > .search", "[data-testid=timeline]", "[data-testid=read-out]"] {
        assert!(!window.has(chrome), "{chrome}");
    }
    picture(&window, "1-first-weeks.png");

    let first = window.text("[data-testid=week] [data-testid=task] .what");
    actions.click("[data-testid=week] [data-testid=task-done]");
    window.wait_text("[data-testid=progress]", "1 of ");
    window.wait("the next item to be first", |it| {
        (it.text("[data-testid=week] [data-testid=task] .what") != first).then_some(())
    });
    let next = window.text("[data-testid=week] [data-testid=task] .what");
    actions.click("[data-testid=week] [data-testid=ask]");
    let opened = window.opened();
    assert!(opened.starts_with("mailto:fiona.ortega@tidewater.example?subject="), "{opened}");
    let said = decoded(&window, &opened);
    assert!(
        said.contains(&format!("Question about “{next}”")) && said.contains("Hello Fiona Ortega"),
        "{said}"
    );
    window.wait_text(".notices", "mail program");
    picture(&window, "2-asked.png");
    assert_eq!(actions.taken(), 5);

    let plan = Store::open(&sample.desk.plan, now()).unwrap().plan().clone();
    let list = sample.id_of_list("grace.nair");
    let is_it = |item: &&ChecklistItem| item.checklist == list.into() && item.title == first;
    let done = plan.checklist_items.iter().find(is_it).unwrap();
    assert!(matches!(&done.state, ItemState::Done { by, .. } if by == "Grace Nair"));
}

/// The first day of Jun Svoboda, who joins Reliability: in the plan, of the position, the membership and the checklist.
fn days(sample: &SampleFile) -> [Option<NaiveDate>; 5] {
    let store = Store::open(&sample.desk.plan, now()).unwrap();
    let plan = store.plan();
    let jun = plan.find::<Person>("jun.svoboda").unwrap();
    let assignment: &Assignment = plan.assignments.iter().find(|row| row.person == jun).unwrap();
    let membership: &Membership = plan.memberships.iter().find(|row| row.person == jun).unwrap();
    let list: Option<&Checklist> = plan.checklists.iter().find(|list| list.person == jun);
    let position: &Position = plan.positions.get(assignment.position).unwrap();
    [
        plan.people.get(jun).unwrap().from,
        membership.date_range().from,
        assignment.date_range().from,
        position.start.or(assignment.from),
        list.map(|list| list.start),
    ]
}

#[test]
fn a_checklist_begun_with_a_buddy_of_another_team_and_moved_by_a_week_with_its_person() {
    let sample = SampleFile::new();
    let today: NaiveDate = "2026-12-07".parse().unwrap();
    let start = Start { arguments: &[sample.desk.path()], today: Some(today), ..Start::default() };
    let window = Window::start(&start);
    let first_day: NaiveDate = "2027-02-01".parse().unwrap();
    assert_eq!(days(&sample)[4], None);
    window.wait_text("[data-testid=joining]", "Jun Svoboda");

    let mut actions = Actions::new(&window, "a checklist with a buddy, moved by a week", 6);
    actions.click("[data-testid=joining] [data-testid=start-checklist]");
    // Booking, where Jun joins Reliability.
    actions.type_text("[data-testid=begin-buddy]", "Fiona Ortega");
    let found = window.wait_text("[role=listbox].open [aria-selected=true]", "Fiona Ortega");
    assert!(found.contains("Booking"), "{found}");
    actions.key("{Enter}");
    window.wait_text("[data-testid=begin-sum]", "1 Feb 2027");
    picture(&window, "3-begun.png");
    actions.click("[data-testid=begin-done]");
    window.wait_text("[data-testid=starter-panel]", "Fiona Ortega");
    assert_eq!(days(&sample)[4], Some(first_day));
    actions.click("[data-testid=week-later]");
    window.wait_text("dialog[open]", "Moving both would have this impact");
    picture(&window, "4-move.png");
    actions.click("[data-testid=move-all]");
    window.wait_gone("dialog[open]");
    assert_eq!(actions.taken(), 6);

    let later = Some(first_day + Days::new(7));
    window.wait("the week", |_| (days(&sample)[4] == later).then_some(()));
    assert_eq!(days(&sample), [later; 5], "person, membership, assignment, position, checklist");
    // One step back for all of it.
    window.press("{Ctrl}z");
    window.wait("the former days", |_| (days(&sample)[0] == Some(first_day)).then_some(()));
    assert_eq!(days(&sample), [Some(first_day); 5]);
}
