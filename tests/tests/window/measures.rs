//! Moves of a whole organisation that ask for more than a name: cost that is cut, a location that is closed.

use headroom_model::Team;
use headroom_tests::window::{Start, Window};

use crate::sample_file::SampleFile;

const BAND: &str = "[data-testid=scenario-band]";

fn opened(sample: &SampleFile) -> Window {
    let window = Window::start(&Start {
        arguments: &[sample.desk.path()],
        size: Some((1024, 700)),
        ..Start::default()
    });
    window.wait_text("[data-testid=tile-headcount]", "Headcount");
    window
}

fn from_palette(window: &Window, typed: &str, title: &str) {
    window.press("{Ctrl}k");
    window.wait("the palette", |it| it.has("dialog[open] input").then_some(()));
    window.press(typed);
    window.wait_text("dialog[open] [aria-selected=true]", title);
    window.press("{Enter}");
}

/// Replaces what stands in a field.
fn fill(window: &Window, field: &str, text: &str) {
    window.wait(field, |it| it.has(field).then_some(()));
    window.js(&format!("const field = document.querySelector('{field}'); field.focus(); field.select()"));
    window.press(text);
}

fn select(window: &Window, field: &str, value: &str) {
    window.wait(field, |it| it.has(field).then_some(()));
    window.js(&format!(
        "const field = document.querySelector('{field}'); field.value = {};\
         field.dispatchEvent(new Event('change', {{ bubbles: true }}))",
        serde_json::json!(value)
    ));
}

fn held(window: &Window) -> i64 {
    window
        .js("return document.querySelectorAll('[data-testid=cut-lines] input:checked').length")
        .as_i64()
        .unwrap()
}

/// Hidden salaries, an aim, one that is out of reach, a choice by hand, and a scenario in which it is tried.
#[test]
fn cost_is_cut_in_a_scenario() {
    let sample = SampleFile::new();
    let window = opened(&sample);
    from_palette(&window, "cut cost", "Cut cost…");
    window.wait_text("[data-testid=cut-hidden]", "Salaries are hidden");
    window.pictures("measures", "cut-hidden");
    window.click("[data-testid=cut-hidden] [data-testid=show-pay]");
    fill(&window, "[data-testid=cut-aim]", "60");
    let words = window.wait_text("[data-testid=cut-out-of-reach]", "Out of reach");
    assert!(words.contains("together save only"), "{words}");
    window.wait_text("dialog[open] [data-testid=effect]", "change");
    window.pictures("measures", "cut-out-of-reach");
    // What is reopened: those that cost most stand last.
    window.js("document.querySelector('[data-testid=cut-together]').scrollIntoView({ block: 'end' });\
         const list = document.querySelector('[data-testid=cut-lines]').parentElement; list.scrollTop = 9999");
    window.wait_text("[data-testid=cut-together]", "days from");
    window.pictures("measures", "cut-reopens");
    let all = held(&window);
    fill(&window, "[data-testid=cut-aim]", "1");
    window.wait("fewer positions", |it| {
        (held(it) < all && held(it) > 0 && it.has("[data-testid=cut-done]:not(:disabled)")).then_some(())
    });
    window.wait_gone("[data-testid=cut-out-of-reach]");
    let proposed = window.text("[data-testid=cut-sum]");
    assert!(proposed.contains("(1%)"), "{proposed}");
    window.pictures("measures", "cut");
    // One less is short of the aim, and the proposal can be had back.
    window.click("[data-testid=cut-lines] input:checked");
    window.wait_text("dialog[open]", "short of the aim");
    window.click("[data-testid=cut-proposal]");
    window.wait_text("[data-testid=cut-sum]", proposed.lines().next().unwrap());
    let count = held(&window);
    window.wait("the button", |it| it.has("[data-testid=cut-scenario]:not(:disabled)").then_some(()));
    window.click("[data-testid=cut-scenario]");
    window.wait_gone("dialog[open]");
    let positions = if count == 1 { "1 position".to_owned() } else { format!("{count} positions") };
    window.wait_text(BAND, &format!("Put {positions} on hold"));
    window.click("[data-testid=to-the-plan]");
    window.wait_gone(BAND);
    let history = sample.desk.json(&["history", sample.desk.path(), "-n", "1", "--json"]);
    assert!(!history[0]["label"].as_str().unwrap().starts_with("Put"), "the plan is as it was: {history}");
}

/// Of one team with those below it, from its page.
#[test]
fn the_cost_of_a_team_is_cut_and_undone() {
    let sample = SampleFile::new();
    let window = opened(&sample);
    window.go(&format!("#/team?id={}", sample.id::<Team>("payments")));
    window.wait_text("[data-testid=team-page]", "Payments");
    from_palette(&window, "cut the team", "Cut the team’s cost…");
    window.wait_text("dialog[open]", "Payments");
    window.click("[data-testid=cut-hidden] [data-testid=show-pay]");
    window.wait("the lines", |it| it.has("[data-testid=cut-lines]").then_some(()));
    window.pictures("measures", "cut-team");
    select(&window, "[data-testid=cut-way]", "true");
    window.wait_text("[data-testid=cut-done]", "Close");
    window.wait("the button", |it| it.has("[data-testid=cut-done]:not(:disabled)").then_some(()));
    window.click("[data-testid=cut-done]");
    window.wait_gone("dialog[open]");
    window.wait_text("[role=status]", "Closed");
    window.press("{Ctrl}z");
    window.wait_text("[role=status]", "Undone: Closed");
}

/// Everybody goes to another location but one, who leaves.
#[test]
fn a_location_is_closed_in_a_scenario() {
    let sample = SampleFile::new();
    let window = opened(&sample);
    // From the people of a location, too.
    window.go("#/people?by=location");
    window.click("[data-testid=close-this-location]");
    window.wait("its location", |it| {
        let shown = it.js("return document.querySelector('[data-testid=closed-location]')?.value ?? ''");
        (!shown.as_str()?.is_empty()).then_some(())
    });
    window.press("{Esc}");
    window.wait_gone("dialog[open]");
    from_palette(&window, "close a location", "Close a location…");
    select(&window, "[data-testid=closed-location]", "Lisbon");
    fill(&window, "[data-testid=location-day]", "31 Mar 2027{Enter}");
    window.wait_text("[data-testid=location-open]", "left");
    window.pictures("measures", "location");
    select(&window, "[data-testid=location-everybody]", "Gdańsk");
    window.wait_text("dialog[open] [data-testid=effect]", "change");
    let first = window.js(
        "const field = document.querySelector('[data-testid=location-lines] select'); field.value = ' leaves';\
         field.dispatchEvent(new Event('change', { bubbles: true }));\
         return field.closest('li').querySelector('.ellipsis').textContent",
    );
    window.wait_text("[data-testid=people-effect]", "People");
    window.pictures("measures", "location-chosen");
    window.wait("the button", |it| it.has("[data-testid=location-scenario]:not(:disabled)").then_some(()));
    window.click("[data-testid=location-scenario]");
    window.wait_gone("dialog[open]");
    window.wait_text(BAND, "Close Lisbon");
    let people = |scenario: &[&str]| {
        let arguments =
            [&["stats", sample.desk.path(), "--as-of", "2027-04-01", "--json"], scenario].concat();
        sample.desk.json(&arguments)
    };
    assert_ne!(
        people(&[]),
        people(&["--scenario", "close-lisbon"]),
        "{first} has left in the scenario alone"
    );
}
