//! Scenarios: made, worked in, brought up to the plan, merged in part and whole, dropped.

use std::path::Path;

use headroom_model::{Person, Team};
use headroom_tests::window::{Start, Window};

use crate::{actions::Actions, sample_file::SampleFile};

const BAND: &str = "[data-testid=scenario-band]";

fn picture(window: &Window, name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots/scenarios");
    window.screenshot(&folder.join(name));
}

fn opened(sample: &SampleFile) -> Window {
    let window = Window::start(&Start {
        arguments: &[sample.desk.path()],
        size: Some((1024, 700)),
        ..Start::default()
    });
    window.wait_text("[data-testid=tile-headcount]", "Headcount");
    window
}

/// Sets the title of a person, in what is shown.
fn retitle(window: &Window, scenario: &str, person: u64, title: &str) {
    window.go(&format!("#/person?id={person}&scenario={scenario}"));
    let field = format!("[data-testid=person-{person}-title]");
    window.click(&format!("[data-testid=person-{person}-title-shown]"));
    window.wait("the field", |it| it.has(&field).then_some(()));
    window.press("{Ctrl}a");
    window.press(title);
    window.press("{Enter}");
    window.wait_text(&format!("[data-testid=person-{person}-title-shown]"), title);
}

#[test]
fn a_scenario_is_made_worked_in_and_merged_while_the_plan_stays_as_it_is() {
    let sample = SampleFile::new();
    let window = opened(&sample);
    let desk = &sample.desk;
    let person = sample.id::<Person>("omar.wong");

    // Made by key, and shown.
    window.press("{Alt}b");
    window.wait("the menu", |it| it.has("[data-testid=context-menu]").then_some(()));
    picture(&window, "menu.png");
    // Below the plan and the two of the sample.
    window.press("{Down}{Down}{Down}{Enter}");
    window.wait("the dialog", |it| it.has("dialog[open] [data-testid=scenario-name]").then_some(()));
    picture(&window, "new.png");
    window.press("Omar leads");
    window.press("{Enter}");
    window.wait_text(BAND, "Omar leads");
    window.wait_text(BAND, "0 changes");
    retitle(&window, "omar-leads", person, "Lead Engineer");
    window.wait_text(BAND, "1 change");
    picture(&window, "band.png");

    // The plan is as it was, in the file and in the window; undo is of the scenario.
    let title = |arguments: &[&str]| {
        let shown = desk.json(&[&["show", desk.path(), "person", "omar.wong", "--json"], arguments].concat());
        shown.to_string().contains("Lead Engineer")
    };
    assert!(!title(&[]) && title(&["--scenario", "omar-leads"]));
    window.press("{Alt}{End}");
    window.wait_gone(BAND);
    let field = format!("[data-testid=person-{person}-title-shown]");
    window.wait("his title in the plan", |it| (!it.text(&field).contains("Lead Engineer")).then_some(()));

    // The plan goes on, and the scenario takes it in.
    let other = sample.id::<Person>("fiona.ortega");
    retitle(&window, "", other, "Principal Engineer");
    window.go("#/scenarios");
    let own = "[data-testid=scenario-card]:has([title='Omar leads'])";
    window.wait_text(own, "1 step behind the plan");
    picture(&window, "cards.png");
    window.click(&format!("{own} [data-testid=card-open]"));
    window.wait_text(BAND, "1 step behind the plan");
    window.click("[data-testid=take-in]");
    window.wait_gone("[data-testid=scenario-behind]");
    window.wait_text(BAND, "1 change");

    // Merged whole: the plan has it, the scenario is decided, and one undo takes both back.
    window.click("[data-testid=band-merge]");
    window.wait_text("dialog[open]", "Omar Wong");
    window.wait_text("dialog[open] [data-testid=settle]", "Merge scenario");
    picture(&window, "merge.png");
    window.click("dialog[open] [data-testid=settle]");
    window.wait_gone("dialog[open]");
    window.wait_gone(BAND);
    window.wait_text(own, "merged");
    assert!(title(&[]));
    picture(&window, "merged.png");
    window.press("{Ctrl}z");
    window.wait("it is open again", |it| (!it.text(own).contains("merged")).then_some(()));
    assert!(!title(&[]) && title(&["--scenario", "omar-leads"]));

    window.click(&format!("{own} .name"));
    window.wait_text("[data-testid=scenario-page]", "Lead Engineer");
    picture(&window, "page.png");
}

/// What is suggested for the team of the sample is what its lead would do; tried in a scenario, by keyboard alone.
#[test]
fn a_team_is_split_along_its_services_in_a_scenario_of_its_own() {
    let sample = SampleFile::new();
    let window = opened(&sample);
    window.go(&format!("#/team?id={}", sample.id::<Team>("payments")));
    window.wait("the page", |it| it.has("[data-testid=team-page]").then_some(()));
    window.press("{Ctrl}k");
    window.wait("the palette", |it| it.has("dialog[open] input").then_some(()));
    window.press("split in two");
    window.wait_text("dialog[open]", "Split in two");
    window.press("{Enter}");
    let goes = window.wait_text("[data-testid=split-goes]", "Invoices");
    let stays = window.text("[data-testid=split-stays]");
    for service in ["Tax", "Customs Duties", "Payment Reminders"] {
        assert!(goes.contains(service) && !stays.contains(service), "{goes}\n{stays}");
    }
    for service in ["Payments API", "Ledger", "Refunds", "Carrier Payouts"] {
        assert!(stays.contains(service) && !goes.contains(service), "{goes}\n{stays}");
    }
    assert!(stays.contains("Rafael Jansen"), "the lead stays: {stays}");
    window.wait_text("[data-testid=split-cut]", "1 dependency cut: Invoices → Ledger");
    window.press("Invoicing");
    window.wait_text("dialog[open] [data-testid=effect]", "change");
    picture(&window, "split.png");
    let before = sample.desk.json(&["stats", sample.desk.path(), "--json"]);
    window.js("document.querySelector('[data-testid=split-scenario]').focus()");
    window.press("{Enter}");
    window.wait_gone("dialog[open]");
    window.wait_text(BAND, "Split Payments & Invoicing");
    assert_eq!(before, sample.desk.json(&["stats", sample.desk.path(), "--json"]), "the plan stays");
    window.go("#/organisation?scenario=split-payments-invoicing&day=2026-12-01");
    window.wait_text("main", "Invoicing");
    picture(&window, "split-chart.png");
    window.go("#/scenarios?scenario=split-payments-invoicing");
    window.click("[data-testid=scenario-card].shown .name");
    window.wait_text("[data-testid=blast-radius]", "4 services with another owner");
    picture(&window, "blast-radius.png");
}

/// From the first view two scenarios are made and compared in five actions.
#[test]
fn two_scenarios_are_made_and_compared_in_five_actions() {
    let sample = SampleFile::new();
    let window = opened(&sample);
    let mut actions = Actions::new(&window, "make and compare two scenarios", 5);
    actions.click("[data-testid=nav-scenarios]");
    for nth in [3, 4] {
        window.wait("the button", |it| it.has("[data-testid=new-scenario]").then_some(()));
        actions.click("[data-testid=new-scenario]");
        window.wait("a name", |it| {
            let name = it.js("return document.activeElement?.value ?? ''");
            (name == format!("Scenario {nth}")).then_some(())
        });
        actions.key("{Enter}");
        window.wait_gone("dialog[open]");
    }
    let table = window.wait_text("[data-testid=comparison-table]", "Scenario 4");
    for title in ["The plan", "Split Payments & Invoicing", "Replace Omar early", "Scenario 3"] {
        assert!(table.contains(title), "{table}");
    }
    picture(&window, "compared.png");
    // What was made changes nothing, and differs in nothing.
    let columns = window.js("return [...document.querySelectorAll('[data-testid=comparison-table] tbody tr[data-figure]')].map((row) => [...row.querySelectorAll('td')].map((cell) => cell.querySelector('a').textContent))");
    let titles = window.js("return [...document.querySelectorAll('[data-testid=comparison-table] thead th')].map((cell) => cell.textContent)");
    let place = |name: &str| titles.as_array().unwrap().iter().position(|title| title == name).unwrap() - 1;
    let (plan, third) = (place("The plan"), place("Scenario 3"));
    let rows = columns.as_array().unwrap();
    assert!(rows.len() > 12, "{rows:?}");
    assert!(rows.iter().all(|row| row[plan] == row[third]), "{rows:?}");
    assert!(rows.iter().any(|row| row[plan] != row[place("Split Payments & Invoicing")]), "{rows:?}");
    window.js("document.querySelector('[data-testid=comparison-chart]').scrollIntoView()");
    picture(&window, "compared-chart.png");
}

/// A measure is looked at in its effect and tried in a scenario of its own; what is refused is said in words.
#[test]
fn hiring_is_frozen_in_a_scenario() {
    let sample = SampleFile::new();
    let window = opened(&sample);
    window.press("{Ctrl}k");
    window.wait("the palette", |it| it.has("dialog[open] input").then_some(()));
    window.press("freeze hiring");
    window.wait_text("dialog[open] [aria-selected=true]", "Freeze hiring");
    window.press("{Enter}");
    window.type_into("[data-testid=measure-location]", "Nowhere");
    window.type_into("[data-testid=measure-day]", "1 Oct 2027");
    window.press("{Enter}");
    window.wait_text("dialog[open]", "This changes nothing");
    window.js("const field = document.querySelector('[data-testid=measure-location]'); field.value = '';\
         field.dispatchEvent(new Event('input', { bubbles: true }))");
    window.wait_text("dialog[open] [data-testid=effect]", "start date");
    picture(&window, "freeze.png");
    window.click("[data-testid=measure-scenario]");
    window.wait_gone("dialog[open]");
    window.wait_text(BAND, "Froze hiring until 1 Oct 2027: 7 starts put off");
    window.wait_text(BAND, "7 changes");
    window.click("[data-testid=to-the-plan]");
    window.wait_gone(BAND);
    let history = sample.desk.json(&["history", sample.desk.path(), "-n", "1", "--json"]);
    assert!(!history[0]["label"].as_str().unwrap().starts_with("Froze"), "the plan is as it was: {history}");
}
