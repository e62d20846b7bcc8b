//! Finding things and days: names without their accents and of any day, days as people type them, the calendar, the
//! history by author, and going back.

use std::path::{Path, PathBuf};

use chrono::Days;
use headroom_model::{Change, Draft, Person, Plan, Team};
use headroom_store::{OperationMeta, Store};
use headroom_tests::{
    now, today,
    window::{Start, Window},
};

const SMALL: (u32, u32) = (1024, 700);

/// Two steps by two authors: a team with somebody who joins in a month, then a second team.
fn write(path: &Path) {
    let mut store = Store::create(path, now()).unwrap();
    let made = |plan: &Plan, put: &dyn Fn(&mut Draft<'_>)| -> Vec<Change> {
        let mut draft = Draft::new(plan);
        put(&mut draft);
        draft.finish()
    };
    let first = made(store.plan(), &|draft| {
        let (team, person) = (draft.new_id::<Team>(), draft.new_id::<Person>());
        draft.put(Team { id: team, key: "gdansk".into(), name: "Gdańsk".into(), ..Team::default() });
        let from = today().checked_add_days(Days::new(30));
        draft.put(Person {
            id: person,
            key: "ana".into(),
            name: "Ana Márquez".into(),
            from,
            ..Person::default()
        });
    });
    store.apply(&OperationMeta::edit("Add Gdańsk", "Zoë", now()), first).unwrap();
    let second = made(store.plan(), &|draft| {
        let id = draft.new_id::<Team>();
        draft.put(Team { id, key: "strasse".into(), name: "Straße".into(), ..Team::default() });
    });
    store.apply(&OperationMeta::edit("Add Straße", "Ben", now()), second).unwrap();
}

fn opened(folder: &Path, is_dark: bool) -> Window {
    let plan = folder.join("acme.headroom");
    write(&plan);
    let plan = plan.to_str().unwrap().to_owned();
    let window = Window::start(&Start { arguments: &[&plan], size: Some(SMALL), ..Start::default() });
    if is_dark {
        window.click("[data-testid=theme]");
    }
    window
}

/// Where pictures go for somebody to look at; nowhere unless asked for.
fn shown(window: &Window, name: &str) {
    if let Some(folder) = std::env::var_os("SCREENSHOTS") {
        window.screenshot(&PathBuf::from(folder).join(name));
    }
}

fn is_within_window(window: &Window, selector: &str) -> bool {
    let script = format!(
        "const box = document.querySelector('{selector}').getBoundingClientRect();\
         return box.width > 0 && box.left >= 0 && box.top >= 0 && box.right <= innerWidth\
           && box.bottom <= innerHeight"
    );
    window.js(&script).as_bool().unwrap()
}

#[test]
fn names_are_found_without_accents_and_whatever_the_day() {
    let folder = tempfile::tempdir().unwrap();
    let window = opened(folder.path(), false);
    window.go("#/organisation");
    window.wait_text("[data-testid=team-chart]", "Straße");
    let search = |typed: &str, found: &str| {
        window.press("{Ctrl}k");
        window.type_into("[data-testid=palette-input]", typed);
        window.wait_text("[data-testid=palette-list]", found);
    };
    search("MARQUEZ", "joins 27 Dec 2026");
    shown(&window, "palette-found.png");
    window.press("{Enter}");
    window.wait_text("[data-testid=person-page]", "Ana Márquez");
    search("strasse", "Straße");
    window.press("{Enter}");
    window.wait_text("[data-testid=team-page]", "Straße");
    window.go("#/organisation?as=list");
    window.wait_text("main", "Gdańsk");
    window.type_into("main input[type=search]", "gdansk");
    window.wait_text("main .bar", "1 of");
    // The newest first, then what the view offers; Enter with nothing chosen does nothing.
    window.press("{Ctrl}k");
    window.wait_text("[data-testid=palette-list]", "Recent");
    let list = window.text("[data-testid=palette-list]");
    assert!(list.find("Straße") < list.find("Ana Márquez"), "{list}");
    assert!(list.contains("Show as chart"), "{list}");
    shown(&window, "palette-recent.png");
    window.press("{Enter}");
    assert!(window.has("[data-testid=palette-input]"));
    window.press("{Esc}");
}

#[test]
fn a_day_is_typed_as_people_say_it_or_chosen_from_a_calendar() {
    let folder = tempfile::tempdir().unwrap();
    let window = opened(folder.path(), false);
    window.go("#/people");
    window.click("[data-testid=day]");
    window.press("{Ctrl}anext mon");
    window.wait_text("[data-testid=date-hint]", "Mon 30 Nov 2026");
    shown(&window, "date-hint.png");
    window.press("{Ctrl}asoon{Enter}");
    window.wait_text("[data-testid=date-hint]", "“soon” is not a date");
    assert!(is_within_window(&window, "[data-testid=date-hint]"));
    shown(&window, "date-wrong.png");
    window.press("{Ctrl}aq3{Enter}");
    window.wait_text("[data-testid=not-today]", "216 days ahead");
    shown(&window, "not-today.png");
    // Above the field at the foot of the window.
    window.press("{Alt}{Down}");
    window.wait_text("[data-testid=calendar]", "July 2027");
    assert!(is_within_window(&window, "[data-testid=calendar]"));
    shown(&window, "calendar.png");
    window.press("{Right}{Enter}");
    window.wait("the next day", |it| {
        it.js("return location.hash").as_str().unwrap().contains("day=2027-07-02").then_some(())
    });
    window.press("{Alt}{Home}");
    window.wait_gone("[data-testid=not-today]");
    window.press("{Alt}{Left}");
    window.wait_text("[data-testid=not-today]", "217 days ahead");
    window.press("{Alt}{Right}");
    window.wait_gone("[data-testid=not-today]");
}

#[test]
fn a_calendar_is_not_cut_by_the_dialog_that_it_opens_in() {
    let folder = tempfile::tempdir().unwrap();
    let window = opened(folder.path(), true);
    window.go("#/hiring?part=money");
    window.click("[data-testid=add-budget]");
    window.click("dialog [aria-label='Choose from calendar: Period end']");
    window.wait_text("[data-testid=calendar]", "December 2026");
    assert!(is_within_window(&window, "[data-testid=calendar]"));
    let is_uncut = "const box = document.querySelector('[data-day=\"2026-12-31\"]').getBoundingClientRect();\
         return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2).dataset.day";
    assert_eq!(window.js(is_uncut), "2026-12-31");
    shown(&window, "calendar-in-dialog.png");
    window.press("{Esc}");
    window.wait_gone("[data-testid=calendar]");
    assert!(window.has("dialog[open]"), "Escape is for the calendar first");
}

#[test]
fn the_history_is_filtered_and_gone_back_to() {
    let folder = tempfile::tempdir().unwrap();
    let window = opened(folder.path(), false);
    window.go("#/history");
    window.wait_text("[data-testid=history-count]", "2 steps");
    window.type_into("main input[type=search]", "zoe");
    window.wait_text("[data-testid=history-count]", "1 of 2 steps");
    window.click("#history-0");
    window.wait_text("main", "Restore to here");
    shown(&window, "history.png");
    window.click("[data-testid=rewind]");
    window.wait_text("dialog", "Undoes 1 step after");
    shown(&window, "rewind.png");
    window.click("[data-testid=rewind-done]");
    window.wait_gone("dialog[open]");
    window.go("#/organisation?as=list");
    window.wait("Straße to go", |it| {
        let text = it.text("main");
        (text.contains("Gdańsk") && !text.contains("Straße")).then_some(())
    });
    window.press("{Ctrl}z");
    window.wait_text("main", "Straße");
    window.go("#/history?where.author=%3DNobody");
    window.wait_text("main", "No step matches");
    shown(&window, "history-empty.png");
    window.click("[data-testid=history-all]");
    window.wait_text("[data-testid=history-count]", "4 steps");
}
