//! The story of a bet, from the sample to the day on which a gap closes: three scenarios are made (split a team, hire two,
//! do nothing), compared, looked at in their blast radius, merged in part, undone and merged whole. Once by mouse, once by
//! keyboard alone.

use std::path::Path;

use headroom_model::Team;
use headroom_store::Store;
use headroom_tests::{
    now,
    window::{Start, Window},
};
use serde_json::Value;

use crate::sample_file::SampleFile;

const BAND: &str = "[data-testid=scenario-band]";
const TABLE: &str = "[data-testid=comparison-table]";
const HIRE: &str = "Hire two for Customs";

fn picture(window: &Window, name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots/scenario-story");
    window.screenshot(&folder.join(name));
}

fn opened(sample: &SampleFile) -> Window {
    let start = Start { arguments: &[sample.desk.path()], size: Some((1280, 900)), ..Start::default() };
    let window = Window::start(&start);
    window.wait_text("[data-testid=tile-headcount]", "Headcount");
    window
}

/// The on-call gap of Customs, as the command line has it.
fn gap(sample: &SampleFile, arguments: &[&str]) -> Value {
    let desk = &sample.desk;
    let found = desk.json(&[&["coverage", desk.path(), "--team", "customs", "--json"], arguments].concat());
    let gaps = found["gaps"].as_array().unwrap();
    gaps.iter().find(|gap| gap["kind"] == "on-call").unwrap().clone()
}

/// The rows of the comparison: the title of each figure, and what it is in each column.
fn figure(window: &Window, id: &str) -> Vec<String> {
    let cells = window.js(&format!(
        "return [...document.querySelectorAll('{TABLE} tr[data-figure={id}] td a')].map((it) => it.textContent)"
    ));
    cells.as_array().unwrap().iter().map(|cell| cell.as_str().unwrap().to_owned()).collect()
}

fn columns(window: &Window) -> Vec<String> {
    let titles = window.js(&format!(
        "return [...document.querySelectorAll('{TABLE} thead th')].map((it) => it.textContent)"
    ));
    titles.as_array().unwrap().iter().skip(1).map(|title| title.as_str().unwrap().to_owned()).collect()
}

/// What the comparison must say, whichever way the scenarios were made.
fn assert_compared(window: &Window) {
    window.wait_text(TABLE, HIRE);
    let columns = columns(window);
    let at = |name: &str| {
        columns.iter().position(|column| column == name).unwrap_or_else(|| panic!("{columns:?}"))
    };
    let people = figure(window, "people");
    let number = |name: &str| people[at(name)].parse::<u32>().unwrap();
    assert_eq!(number("Do nothing"), number("The plan"));
    assert_eq!(number(HIRE), number("The plan") + 2);
    assert_eq!(number("Split Payments & Invoicing"), number("The plan"));
}

#[test]
fn three_scenarios_are_compared_and_one_is_merged_by_mouse() {
    let sample = SampleFile::new();
    let window = opened(&sample);
    // Do nothing.
    window.click("[data-testid=nav-scenarios]");
    window.click("[data-testid=new-scenario]");
    window.type_into("[data-testid=scenario-name]", "Do nothing");
    window.click("[data-testid=scenario-done]");
    window.wait_gone("dialog[open]");
    // Hire two for the gap of Customs.
    window.click("[data-testid=new-scenario]");
    window.type_into("[data-testid=scenario-name]", HIRE);
    window.type_into(
        "[data-testid=scenario-hypothesis]",
        "Two more on-call engineers close the gap of Customs by next summer",
    );
    window.click("[data-testid=scenario-done]");
    window.wait_gone("dialog[open]");
    let card = |name: &str| format!("[data-testid=scenario-card]:has([title='{name}'])");
    window.click(&format!("{} [data-testid=card-open]", card(HIRE)));
    window.wait_text(BAND, HIRE);
    window.click("[data-testid=nav-hiring]");
    window.go("#/hiring?part=gaps&where.kind=%3Don-call&text=Customs&scenario=hire-two-for-customs");
    window.wait_text("[data-testid=gaps-table]", "Customs can’t staff on-call");
    window.click("[data-testid=plan-hire]");
    window.wait("the form", |it| it.has("[data-testid=hire-count]").then_some(()));
    window.js("const field = document.querySelector('[data-testid=hire-count]'); field.value = '2';\
         field.dispatchEvent(new Event('input', { bubbles: true }))");
    window.type_into("[data-testid=hire-title]", "Engineer");
    window.type_into("[data-testid=hire-discipline]", "backend");
    window.type_into("[data-testid=hire-level]", "L4");
    window.wait_text("[data-testid=hire-preview]", "2 positions in Customs");
    picture(&window, "1-two-hires.png");
    window.click("[data-testid=hire-apply]");
    window.wait_text("[data-testid=gaps-table]", "Covered by planned hires");
    window.wait_text(BAND, "changes");
    assert!(gap(&sample, &[])["closed_from"].is_null(), "not in the plan");
    let closes = gap(&sample, &["--scenario", HIRE])["closed_from"].clone();
    assert!(closes.is_string());
    // The sample has the split; it is looked at in what it touches.
    window.click("[data-testid=to-the-plan]");
    window.wait_gone(BAND);
    window.click("[data-testid=nav-scenarios]");
    assert_compared(&window);
    picture(&window, "2-compared.png");
    // Above the figures, what each of them changes in words and by team.
    let words = "[data-testid=compared-changes]";
    window.wait_text(words, "2 changes: Customs 2");
    window.click(&format!("{words} details:nth-child(2) summary"));
    window.wait_text(&format!("{words} details[open]"), "added");
    picture(&window, "2-changes.png");
    window.click(&format!("{} .name", card("Split Payments & Invoicing")));
    window.wait_text("[data-testid=blast-radius]", "4 services with another owner");
    picture(&window, "3-blast-radius.png");
    window.click("[data-testid=blast-on-map]");
    window.wait_text("[data-testid=map-compared]", "against the plan on 1 Feb 2027");
    window.wait("the map", |it| it.has("[data-testid=map-graph] .box").then_some(()));
    window.wait_text("[data-testid=change-legend]", "Added");
    picture(&window, "3-on-the-map.png");
    window.click("[data-testid=to-the-plan]");
    window.wait_gone(BAND);
    // Merged in part: one of the two positions; then taken back.
    window.click("[data-testid=nav-scenarios]");
    window.click(&format!("{} .name", card(HIRE)));
    window.click("[data-testid=page-merge]");
    window.wait_text("[data-testid=merge-changes]", "Customs");
    // The dialog grows once more when it is known.
    window.wait_text("dialog[open] [data-testid=effect]", "change");
    window.click("[data-testid=merge-changes] label:not(.team):last-of-type input");
    window.wait_text("[data-testid=merge-rest]", "1 change stays in the scenario");
    picture(&window, "4-a-part.png");
    window.click("[data-testid=settle]");
    window.wait_gone("dialog[open]");
    let hires = || {
        let store = Store::open(&sample.desk.plan, now()).unwrap();
        store
            .plan()
            .positions
            .iter()
            .filter(|row| row.title == "Engineer" && row.key.contains("-NH-01"))
            .count()
    };
    assert_eq!(hires(), 1, "one of the two");
    window.click("[data-testid=undo]");
    window.wait("undone", |_| (hires() == 0).then_some(()));
    assert!(gap(&sample, &[])["closed_from"].is_null());
    // Merged whole: the gap of the plan closes on the day that was said.
    window.click("[data-testid=page-merge]");
    window.type_into("[data-testid=merge-outcome]", "Worth it: the rota is staffed.");
    window.wait_text("[data-testid=settle]", "Merge scenario");
    window.click("[data-testid=settle]");
    window.wait_gone("dialog[open]");
    window.wait_text("[data-testid=scenario-page]", "merged on");
    assert_eq!(gap(&sample, &[])["closed_from"], closes);
    window.go("#/hiring?part=gaps&where.kind=%3Don-call&text=Customs");
    window.wait_text("[data-testid=gaps-table]", "Covered by planned hires");
    window.click("#gaps-1");
    window.wait_text("[data-testid=gap-closed]", "Closed from");
    picture(&window, "5-closed.png");
}

/// Focuses something as Tab would, once it can be, and presses a key.
fn press_on(window: &Window, selector: &str, key: &str) {
    let script = format!(
        "const it = document.querySelector({}); it?.focus(); return !!it && document.activeElement === it && it.tabIndex >= 0",
        serde_json::json!(selector)
    );
    // A button is dead while what it would do is being calculated.
    window.wait(&format!("{selector} to take the focus"), |it| (it.js(&script) == true).then_some(()));
    window.press(key);
}

/// Runs a command of the palette.
fn command(window: &Window, words: &str, title: &str) {
    window.press("{Ctrl}k");
    window.wait("the palette", |it| it.has("dialog[open] input").then_some(()));
    window.press(words);
    window.wait_text("dialog[open] [aria-selected=true]", title);
    window.press("{Enter}");
}

#[test]
fn three_scenarios_are_compared_and_one_is_merged_by_keyboard() {
    let sample = SampleFile::new();
    let window = opened(&sample);
    command(&window, "new scenario", "New scenario…");
    window.wait("the dialog", |it| it.has("[data-testid=scenario-name]").then_some(()));
    window.press("Do nothing{Enter}");
    window.wait_text(BAND, "Do nothing");
    command(&window, "new scenario", "New scenario…");
    window.wait("the dialog", |it| it.has("[data-testid=scenario-name]").then_some(()));
    window.press(&format!("{HIRE}{{Enter}}"));
    window.wait_text(BAND, HIRE);
    window.go("#/hiring?part=gaps&where.kind=%3Don-call&text=Customs&scenario=hire-two-for-customs");
    window.wait_text("[data-testid=gaps-table]", "Customs can’t staff on-call");
    press_on(&window, "[data-testid=plan-hire]", "{Enter}");
    press_on(&window, "[data-testid=hire-count]", "{Ctrl}a");
    window.press("2");
    for (field, text) in [("title", "Engineer"), ("discipline", "backend"), ("level", "L4")] {
        press_on(&window, &format!("[data-testid=hire-{field}]"), "{Ctrl}a");
        window.press(text);
    }
    window.wait_text("[data-testid=hire-preview]", "2 positions in Customs");
    press_on(&window, "[data-testid=hire-apply]", "{Enter}");
    window.wait_text("[data-testid=gaps-table]", "Covered by planned hires");
    // Another split than that of the sample, in a scenario of its own.
    window.press("{Alt}{End}");
    window.wait_gone(BAND);
    window.go(&format!("#/team?id={}", sample.id::<Team>("payments")));
    window.wait("the page", |it| it.has("[data-testid=team-page]").then_some(()));
    command(&window, "split in two", "Split in two");
    window.wait_text("[data-testid=split-goes]", "Invoices");
    window.press("Invoicing");
    window.wait_text("dialog[open] [data-testid=effect]", "change");
    press_on(&window, "[data-testid=split-scenario]", "{Enter}");
    window.wait_gone("dialog[open]");
    window.wait_text(BAND, "Split Payments & Invoicing");
    // What it touches, on the map, and back.
    command(&window, "show on the map", "Show");
    window.wait_text("[data-testid=map-compared]", "against the plan");
    window.press("{Alt}{End}");
    window.wait_gone(BAND);
    window.press("{Alt}0");
    window.wait_text(TABLE, HIRE);
    let columns = columns(&window);
    assert!(columns.iter().any(|column| column == "Do nothing"), "{columns:?}");
    // Merged in part, taken back, and merged whole.
    press_on(&window, &format!("[data-testid=scenario-card] [title='{HIRE}']"), "{Enter}");
    press_on(&window, "[data-testid=page-merge]", "{Enter}");
    window.wait_text("[data-testid=merge-changes]", "Customs");
    press_on(&window, "[data-testid=merge-changes] label:not(.team):last-of-type input", " ");
    window.wait_text("[data-testid=merge-rest]", "1 change stays in the scenario");
    window.wait("a button", |it| it.has("[data-testid=settle]:not(:disabled)").then_some(()));
    press_on(&window, "[data-testid=settle]", "{Enter}");
    window.wait_gone("dialog[open]");
    window.press("{Ctrl}z");
    window.wait_text("[data-testid=notices]", "Undone");
    assert!(gap(&sample, &[])["closed_from"].is_null());
    press_on(&window, "[data-testid=page-merge]", "{Enter}");
    window.wait_text("[data-testid=settle]", "Merge scenario");
    window.wait("a button", |it| it.has("[data-testid=settle]:not(:disabled)").then_some(()));
    press_on(&window, "[data-testid=settle]", "{Enter}");
    window.wait_gone("dialog[open]");
    window.wait_text("[data-testid=scenario-page]", "merged on");
    assert!(gap(&sample, &[])["closed_from"].is_string());
}
