//! What the plan says itself, asked for by a position: chosen without anything being imported, of a team; and what becomes
//! of its cost while salaries are hidden.

use std::fs;

use headroom_model::{Metric, Position};
use headroom_store::Store;
use headroom_tests::{
    Desk, now,
    window::{Start, Window},
};

use crate::accessibility::violations;

/// Nine people join from July to March, each with a salary; a lead is to be hired for their team.
fn plan() -> Desk {
    let desk = Desk::new();
    let folder = desk.folder.path().join("plan");
    fs::create_dir(&folder).unwrap();
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    write("teams.csv", "id,name\nshippers,Shippers\ncarriers,Carriers\n");
    let mut people = "id,name,from,location\n".to_owned();
    let mut memberships = "person,team\n".to_owned();
    let mut positions = "id,title,team,pay,start,status\n".to_owned();
    let mut assignments = "position,person\n".to_owned();
    for (at, month) in
        ["2026-07", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11", "2026-12", "2027-02", "2027-03"]
            .iter()
            .enumerate()
    {
        people += &format!("p{at},Person {at},{month}-02,Gdańsk\n");
        memberships += &format!("p{at},shippers\n");
        positions += &format!("HC-{at},Engineer,shippers,60000 EUR,,open\n");
        assignments += &format!("HC-{at},p{at}\n");
    }
    positions += "HC-9,Engineering manager,shippers,90000 EUR,2027-06-01,approved\n";
    write("people.csv", &people);
    write("memberships.csv", &memberships);
    write("positions.csv", &positions);
    write("assignments.csv", &assignments);
    desk.done(&["import", desk.path(), folder.to_str().unwrap(), "--format", "csv"]);
    desk
}

fn choose_metric(window: &Window, name: &str) {
    let has = format!(
        "return [...document.querySelectorAll('[data-testid=objective-metric] option')].some((it) => it.text === '{name}')"
    );
    window.wait(name, |it| (it.js(&has) == true).then_some(()));
    window.js(&format!(
        "const metric = document.querySelector('[data-testid=objective-metric]'); \
         metric.value = [...metric.options].find((it) => it.text === '{name}').value; \
         metric.dispatchEvent(new Event('change', {{bubbles: true}}))"
    ));
}

#[test]
fn a_hire_waits_until_its_team_has_eight_people() {
    let desk = plan();
    let of = |key: &str| Store::open(&desk.plan, now()).unwrap().plan().find::<Position>(key).unwrap().0;
    let position = of("HC-9");
    let window =
        Window::start(&Start { arguments: &[desk.path()], size: Some((1024, 700)), ..Start::default() });
    window.wait_text("nav", "acme");

    // Nothing was imported, and the figures are there.
    window.go("#/metrics?day=2027-01-15");
    let listed = window.wait_text("main", "Headcount");
    assert!(listed.contains("Effective capacity"), "{listed}");
    window.pictures("plan-metrics", "list");
    assert_eq!(violations(&window), Vec::<String>::new());

    window.go(&format!("#/position?id={position}&day=2027-01-15"));
    window.wait_text("main", "Waits for");
    window.click("[data-testid=set-gate]");
    choose_metric(&window, "Headcount");
    window.choose("[data-testid=objective-team]", "Shippers");
    window.type_into("[data-testid=objective-value]", "8");
    window.pictures("plan-metrics", "objective");
    assert_eq!(violations(&window), Vec::<String>::new());
    window.click("[data-testid=gate-objective-done]");
    window.wait_text("#set-gate", "Headcount (Shippers) ≥ 8");
    window.click("[data-testid=gate-done]");
    window.wait_gone("dialog[open]");
    let stands = window.wait_text("[data-testid=gate-state]", "Not met");
    // Seven at the end of December, one more each month.
    assert!(stands.contains("1 Feb 2027 at the earliest"), "{stands}");
    window.pictures("plan-metrics", "position");
    assert_eq!(violations(&window), Vec::<String>::new());

    let store = Store::open(&desk.plan, now()).unwrap();
    let metric = store.plan().find::<Metric>("headcount").unwrap().0;
    window.go(&format!("#/metric?id={metric}&day=2027-03-15"));
    let page = window.wait_text("[data-testid=metric-page]", "Worked out from the plan");
    assert!(page.contains("People who are there, each once. Planned hires do not count."), "{page}");
    window.js("const of = document.querySelector('[data-testid=metric-scope]'); \
         of.value = [...of.options].find((it) => it.text === 'Shippers').value; \
         of.dispatchEvent(new Event('change', {bubbles: true}))");
    window.wait_text("[data-testid=metric-objectives]", "Headcount (Shippers) ≥ 8");
    window.pictures("plan-metrics", "page");
    assert_eq!(violations(&window), Vec::<String>::new());
    window.go(&format!("#/position?id={position}&day=2027-03-15"));
    window.wait_text("[data-testid=gate-state]", "Met since 1 Mar 2027");
}

#[test]
fn cost_and_what_follows_from_it_are_hidden_with_salaries() {
    let desk = plan();
    let folder = desk.folder.path().join("more");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("objectives.csv"), "id,metric,op,value\ncheap,people-cost,<,50000 EUR\n").unwrap();
    fs::write(folder.join("positions.csv"), "id,waits_for\nHC-9,cheap\n").unwrap();
    desk.done(&["import", desk.path(), folder.to_str().unwrap(), "--format", "csv"]);
    let store = Store::open(&desk.plan, now()).unwrap();
    let (position, metric) = (
        store.plan().find::<Position>("HC-9").unwrap().0,
        store.plan().find::<Metric>("people-cost").unwrap().0,
    );
    drop(store);
    let window =
        Window::start(&Start { arguments: &[desk.path()], size: Some((1024, 700)), ..Start::default() });
    window.wait_text("nav", "acme");
    window.go(&format!("#/metric?id={metric}&day=2027-01-15"));
    let page = window.wait_text("[data-testid=metric-page]", "hidden with salaries");
    // Seven people at 60 000 a year, with a burden of 30 %; one of them from the second of the month on.
    assert!(!page.contains("45 290.32"), "{page}");
    window.pictures("plan-metrics", "hidden");
    window.go(&format!("#/position?id={position}&day=2027-01-15"));
    let stands = window.wait_text("main", "hidden with salaries");
    assert!(stands.contains("Not known whether it is met"), "{stands}");
    window.go("#/metrics?day=2027-01-15");
    let listed = window.wait_text("main", "Headcount");
    assert!(listed.contains("Hidden"), "{listed}");
    window.pictures("plan-metrics", "hidden-in-list");
    window.go(&format!("#/metric?id={metric}&day=2027-01-15"));
    window.click("[data-testid=show-pay]");
    let page = window.wait_text("[data-testid=metric-page]", "45 290.32 EUR");
    assert!(page.contains("met"), "{page}");
    window.go(&format!("#/position?id={position}&day=2027-01-15"));
    window.wait_text("[data-testid=gate-state]", "Met since");
}
