//! “I am …”: one's own Overview, findings assigned to oneself, and the new hire's mode with its keys.

use std::{fs, path::Path};

use chrono::NaiveDate;
use headroom_model::{ChecklistItem, Draft, ItemState, Person, Team};
use headroom_store::{OperationMeta, Store};
use headroom_tests::{
    now,
    window::{Start, Window},
};

use crate::sample_file::SampleFile;

fn picture(window: &Window, name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots/me");
    window.screenshot(&folder.join(name));
}

fn opened(sample: &SampleFile, size: (u32, u32), today: Option<NaiveDate>) -> Window {
    let start = Start { arguments: &[sample.desk.path()], size: Some(size), today, ..Start::default() };
    let window = Window::start(&start);
    window.wait("the figures", |it| it.has("[data-testid=tile-findings]").then_some(()));
    window
}

fn i_am(window: &Window, name: &str) {
    window.click("[data-testid=me]");
    window.choose("[data-testid=i-am-name]", name);
}

fn focused_item(window: &Window) -> String {
    window
        .js("return document.activeElement?.dataset.item ? document.activeElement.innerText : ''")
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn whoever_says_who_they_are_sees_what_is_theirs_and_takes_it_back() {
    let sample = SampleFile::new();
    let window = opened(&sample, (1280, 900), None);
    i_am(&window, "Fiona Ortega");
    let owed = window.wait_text("[data-testid=owed]", "for Grace Nair");
    assert!(owed.contains("as buddy") && owed.contains("Lunch together"), "{owed}");
    window.wait_text("[data-testid=me]", "Fiona Ortega");
    window.wait_text("[data-testid=me] .avatar", "FO");
    window.wait_text("[data-testid=own-teams]", "Booking");
    window.wait_text("[data-testid=own-services]", "Booking");
    picture(&window, "1-my-overview.png");

    // A finding is assigned to oneself with a key, and is in one's list.
    window.go("#/findings?rule=unowned-service");
    window.click("#findings-0");
    window.wait_text("[data-testid=finding]", "Why it matters");
    window.press("{Alt}m");
    window.wait_text(".notices", "to you");
    window.click("[data-testid=me]");
    window.wait_text("[role=menu]", "My overview");
    picture(&window, "2-menu.png");
    window.press("{Enter}");
    let assigned = window.wait_text("[data-testid=assigned-findings]", "own");
    assert!(!assigned.contains("No finding"), "{assigned}");

    // Somebody else is seen from where one is, and is who one is with a click.
    window.go(&sample.address("#/overview?person={person:rosa.adeyemi}"));
    window.wait_text("[data-testid=person-overview]", "Their teams");
    window.click("[data-testid=this-is-me]");
    window.wait_text("[data-testid=me]", "Rosa Adeyemi");
    window.wait_text("[data-testid=reports-who-join]", "Grace Nair");
    picture(&window, "2b-a-lead.png");

    // The page starts again: still Rosa.
    window.restart();
    window.wait_text("[data-testid=me]", "Rosa Adeyemi");
    window.wait("the organisation", |it| it.has("[data-testid=tile-findings]").then_some(()));
    window.press("{Ctrl}k");
    window.type_into("[data-testid=palette-input]", "forget who");
    window.wait_text("[data-testid=palette-list] [aria-selected=true]", "Forget who I am");
    window.press("{Enter}");
    window.wait_text("[data-testid=me]", "I am…");
}

#[test]
fn a_domain_is_chosen_and_its_figures_lead_to_its_services_and_findings() {
    let sample = SampleFile::new();
    let window = opened(&sample, (1280, 900), None);
    window.wait("the domains", |it| {
        it.has("[data-testid=overview-scope] optgroup[label=Domains]").then_some(())
    });
    window.js("const select = document.querySelector('[data-testid=overview-scope]');\
         select.value = [...select.options].find((one) => one.text === 'Freight').value;\
         select.dispatchEvent(new Event('change', {bubbles: true}))");
    window.wait("the domain", |it| it.has("[data-testid=tile-services]").then_some(()));
    assert!(!window.has("[data-testid=tile-cost]"), "budgets are of teams");
    let figure = |tile: &str| window.text(&format!("[data-testid=tile-{tile}] .value")).trim().to_owned();
    let (services, findings) = (figure("services"), figure("findings"));
    let shown = sample.desk.json(&["overview", sample.desk.path(), "--domain", "freight", "--json"]);
    assert_eq!(services, shown["domain"]["services"].to_string());
    assert_eq!(findings, shown["findings"]["total"].to_string());
    picture(&window, "3-domain.png");
    window.click("[data-testid=tile-services] .figure");
    window.wait_text("[data-testid=services-count]", &format!("{services} services"));
    window.press("{Alt}{Left}");
    window.click("[data-testid=tile-findings] .figure");
    window.wait_text("[data-testid=of-domain]", "Freight");
    window.wait_text("[data-testid=findings-count]", &format!("{findings} findings"));
    picture(&window, "4-findings-of-a-domain.png");
    window.click("[data-testid=of-domain]");
    window.wait_gone("[data-testid=of-domain]");
}

#[test]
fn the_new_hires_mode_is_worked_through_by_keyboard_and_left_with_a_key() {
    let sample = SampleFile::new();
    // In her second week, some of the first one still open.
    let window = opened(&sample, (1280, 900), "2027-01-20".parse().ok());
    i_am(&window, "Grace Nair");
    let page = "[data-testid=first-weeks]";
    let said = window.wait_text(page, "You are in week 2");
    window.wait_text("[data-testid=people-to-meet]", "Fiona Ortega");
    let calm = window.text(page).to_lowercase();
    for word in ["overdue", "at risk", "late", "behind"] {
        assert!(
            !calm.split(|c: char| !c.is_alphanumeric() && c != ' ').any(|part| part.trim() == word),
            "{word}: {said}"
        );
    }
    assert!(said.contains("was planned for 11 Jan 2027"), "{said}");
    let weeks = window
        .js("return [...document.querySelectorAll('[data-testid=week] h2')].map((one) => one.innerText)");
    assert!(weeks.as_array().unwrap().len() > 2, "week by week: {weeks}");
    picture(&window, "5-second-week.png");

    window.press("{Down}");
    let first = focused_item(&window);
    assert!(first.contains("Pick up the laptop"), "{first}");
    // The first is open from the beginning.
    window.press("{Esc}");
    window.wait_gone("[data-testid=task-more]");
    window.press("{Enter}");
    window.wait("what it is about", |it| it.has("[data-testid=task-more]").then_some(()));
    picture(&window, "6-opened.png");
    window.press("x");
    window.wait_text("[data-testid=progress]", "1 of ");
    window.wait("the focus on the next", |it| {
        let next = focused_item(it);
        (!next.is_empty() && next != first).then_some(())
    });
    window.press("a");
    assert!(window.opened().starts_with("mailto:fiona.ortega@"));
    window.press("{Ctrl}z");
    window.wait_text("[data-testid=progress]", "0 of ");

    // The window opens in it again, and a key leads out of it, for good.
    window.restart();
    window.wait_text(page, "Hello, Grace Nair");
    assert!(!window.has("nav"));
    window.press("{Esc}");
    window.wait_text("[data-testid=person-overview]", "Grace Nair");
    assert!(window.has("nav"));
    picture(&window, "7-whole-plan.png");
    window.restart();
    window.wait("the organisation", |it| it.has("[data-testid=tile-findings]").then_some(()));
    window.wait_text("[data-testid=my-first-weeks]", "My first weeks");
    window.click("[data-testid=me]");
    window.wait_text("[role=menu]", "Show only my first weeks");
    picture(&window, "7b-offered.png");
    window.press("{Esc}");
    window.go(&sample.address("#/overview?person={person:grace.nair}"));
    window.click("[data-testid=offer-first-weeks]");
    window.wait_text(page, "Hello, Grace Nair");
    window.click("[data-testid=whole-plan]");
    window.wait_text("[data-testid=person-overview]", "Grace Nair");
}

#[test]
fn a_person_is_met_and_written_to() {
    let sample = SampleFile::new();
    let window = opened(&sample, (1280, 900), None);
    i_am(&window, "Grace Nair");
    let first = "[data-testid=to-meet]";
    window.wait(first, |it| it.has(first).then_some(()));
    let name = window.text(&format!("{first} b"));
    window.click(&format!("{first} [data-testid=write-to]"));
    let opened = window.opened();
    assert!(opened.starts_with("mailto:") && opened.contains("Could%20we%20meet"), "{opened}");
    window.click(&format!("{first} [data-testid=met]"));
    window.wait("the next person", |it| (it.text(&format!("{first} b")) != name).then_some(()));
    window.press("{Ctrl}z");
    window.wait("the first person again", |it| (it.text(&format!("{first} b")) == name).then_some(()));
}

#[test]
fn a_plan_that_can_only_be_read_says_so_and_marks_nothing() {
    let sample = SampleFile::new();
    let mut rights = fs::metadata(&sample.desk.plan).unwrap().permissions();
    rights.set_readonly(true);
    fs::set_permissions(&sample.desk.plan, rights).unwrap();
    let window = opened(&sample, (1024, 700), None);
    window.wait_text("nav", "Read-only");
    i_am(&window, "Grace Nair");
    window.wait_text("[data-testid=only-read]", "can only be read here");
    assert_eq!(window.js("return document.querySelector('[data-testid=task-done]').disabled"), true);
    assert!(!window.has("[data-testid=met]"));
    window.press("{Down}");
    window.press("x");
    window.wait_text("[data-testid=progress]", "0 of ");
    picture(&window, "8-read-only.png");
}

/// Changes the plan before it is opened.
fn change(sample: &SampleFile, change: impl FnOnce(&mut Draft<'_>)) {
    let mut store = Store::open(&sample.desk.plan, now()).unwrap();
    let base = store.plan().clone();
    let mut draft = Draft::new(&base);
    change(&mut draft);
    let changes = draft.finish();
    drop(base);
    store.apply(&OperationMeta::edit("Change", "ada", now()), changes).unwrap();
}

#[test]
fn all_done_and_an_empty_list_are_said_and_long_names_fit() {
    let long =
        |name: &str| format!("{name} {}", "of the long name ".repeat(5)).chars().take(80).collect::<String>();
    for (case, sizes) in
        [("done", vec![(1280, 900)]), ("empty", vec![(1280, 900)]), ("long", vec![(1024, 700), (2560, 1440)])]
    {
        let sample = SampleFile::new();
        let list = sample.id_of_list("grace.nair");
        change(&sample, |draft| match case {
            "done" => draft.alter(|row: &ChecklistItem| {
                let state = ItemState::Done { on: headroom_tests::today(), by: "Grace Nair".into() };
                (row.checklist == list.into()).then(|| ChecklistItem { state, ..row.clone() })
            }),
            "empty" => {
                let rows: Vec<_> = draft
                    .iter::<ChecklistItem>()
                    .filter(|row| row.checklist == list.into())
                    .map(|row| row.id)
                    .collect();
                for row in rows {
                    draft.remove::<ChecklistItem>(row);
                }
            }
            _ => {
                draft.alter(|row: &Person| Some(Person { name: long(&row.name), ..row.clone() }));
                draft.alter(|row: &Team| Some(Team { name: long(&row.name), ..row.clone() }));
            }
        });
        for size in sizes {
            let window = opened(&sample, size, None);
            window.go(&format!("#/first-weeks?id={list}"));
            window.wait_text("[data-testid=first-weeks]", "Hello, Grace Nair");
            window.wait("people to meet", |it| it.has("[data-testid=to-meet]").then_some(()));
            match case {
                "done" => {
                    window.wait_text("[data-testid=first-weeks]", "Everything on your list is done");
                }
                "empty" => {
                    window.wait_text("[data-testid=nothing-left]", "There is nothing on your list yet");
                }
                _ => assert_eq!(window.js("return document.documentElement.scrollWidth > innerWidth"), false),
            }
            for theme in ["light", "dark"] {
                window.js(&format!("document.documentElement.dataset.theme = '{theme}'"));
                picture(&window, &format!("9-{case}-{}-{theme}.png", size.0));
            }
        }
    }
}

#[test]
fn somebody_who_has_left_or_is_not_in_the_plan_is_told_so() {
    let sample = SampleFile::new();
    let window = opened(&sample, (1280, 900), None);
    i_am(&window, "Quentin Jansen");
    window.wait_text("[data-testid=person-overview]", "Quentin Jansen");
    window.go(&sample.address("#/overview?person={person:quentin.jansen}&day=2027-03-01"));
    window.wait_text("[data-testid=absence]", "Quentin Jansen left on 31 Dec 2026");
    picture(&window, "10-left.png");
    window.go("#/overview?person=1");
    window.wait_text(".empty", "Show the organisation");
    window.go("#/first-weeks?id=1");
    window.wait_text("[data-testid=first-weeks]", "Nothing to show");
    picture(&window, "11-gone.png");
    window.click("[data-testid=whole-plan]");
    window.wait_text("nav", "Organisation");
}

#[test]
fn a_start_date_changed_on_a_persons_page_offers_to_move_what_begins_on_it() {
    let sample = SampleFile::new();
    let window = opened(&sample, (1280, 900), None);
    window.go(&sample.address("#/person?id={person:grace.nair}"));
    window.wait_text("[data-testid=person-page]", "11 Jan 2027");
    window.click("[data-testid=person-page] [data-testid^=person-][data-testid$=-from-shown]");
    window.press("{Ctrl}a18 Jan 2027{Enter}");
    let dialog = window.wait_text("dialog[open]", "Moving both would have this impact");
    assert!(dialog.contains("Move first day to 18 Jan 2027"), "{dialog}");
    picture(&window, "12-first-day.png");
    window.click("[data-testid=move-all]");
    window.wait_gone("dialog[open]");
    window.go(&sample.address("#/onboarding?list={list:grace.nair}"));
    window.wait("the checklist to have moved", |it| {
        let value = it.js("return document.querySelector('[data-testid=list-start]')?.value ?? ''");
        value.as_str()?.contains("18 Jan 2027").then_some(())
    });
}
