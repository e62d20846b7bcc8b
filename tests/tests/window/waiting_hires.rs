//! Hires that wait for a gate: budget, gaps and capacity as planned, as gates stand and at the trend, and the timeline.

use std::fs;

use headroom_tests::{
    Desk,
    window::{Start, Window},
};

use crate::accessibility::violations;

const WAITING: &str = "[data-testid=waiting-hires]";
const DAY: &str = "2027-01-15";

/// Of three hires the first waits for figures that are to be good six times running, the second has waited too long, the
/// third waits for nothing.
fn plan() -> Desk {
    let mut desk = Desk::new();
    desk.today = DAY.parse().unwrap();
    let folder = desk.folder.path().join("plan");
    fs::create_dir(&folder).unwrap();
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    write("teams.csv", "id,name\nshippers,Shippers\n");
    write("assumptions.csv", "kind,value\nramp-time,120\ntime-to-fill,58\nnotice,30\n");
    write("metrics.csv", "id,name,unit,kind,period,lag\npayback,Payback,months,ratio,month,5\n");
    write(
        "observations.csv",
        "metric,first,last,value\npayback,2026-09-01,2026-09-30,14.9\npayback,2026-10-01,2026-10-31,14.0\n\
         payback,2026-11-01,2026-11-30,13.0\npayback,2026-12-01,2026-12-31,12.2\n",
    );
    write(
        "objectives.csv",
        "id,metric,op,value,periods\npayback-6,payback,<,12,6\npayback-1,payback,<,10,1\n",
    );
    write(
        "positions.csv",
        "id,title,team,need_by,status,pay,waits_for,waits_by\n\
         HC-1,Sales engineer,shippers,2027-10-01,approved,90000 EUR,payback-6,\n\
         HC-2,Analyst,shippers,2027-10-01,approved,80000 EUR,payback-1,2026-12-31\n\
         HC-3,Backend engineer,shippers,2027-10-01,approved,70000 EUR,,\n",
    );
    desk.done(&["import", desk.path(), folder.to_str().unwrap(), "--format", "csv"]);
    desk
}

fn opened(desk: &Desk) -> Window {
    let window = Window::start(&Start {
        arguments: &[desk.path()],
        size: Some((1280, 800)),
        today: DAY.parse().ok(),
        ..Start::default()
    });
    window.wait_text("nav", "acme");
    window
}

fn choose(window: &Window, counting: &str) {
    window.click(&format!("[data-testid=gates-{counting}]"));
    window.wait(counting, |it| {
        it.has(&format!("[data-testid=gates-{counting}][aria-pressed=true]")).then_some(())
    });
}

fn address(window: &Window) -> String {
    window.js("return location.hash").as_str().unwrap().to_owned()
}

#[test]
fn the_budget_is_asked_in_three_ways_and_says_what_waits() {
    let desk = plan();
    let window = opened(&desk);
    window.go("#/hiring?part=money&step=year&from=2027-01-01&until=2027-12-31");
    window.click_in_toolbar("[data-testid=show-pay]");
    let waiting = window.wait("the salaries", |it| {
        let text = it.text(WAITING);
        (!text.contains("hidden") && text.contains('€')).then_some(text)
    });
    assert!(
        waiting.contains("2 hires wait for a gate") && waiting.contains("They count as planned"),
        "{waiting}"
    );
    assert!(waiting.contains("HC-1 Sales engineer starts 3 Jun 2027"), "{waiting}");
    window.pictures("waiting-hires", "budget-as-planned");
    assert_eq!(violations(&window), Vec::<String>::new());
    let lines = || window.text("[data-testid=money-teams]");
    let planned = lines();

    assert!(!address(&window).contains("gates="));
    choose(&window, "as-they-stand");
    let waiting = window.wait_text(WAITING, "not at all");
    assert!(address(&window).contains("gates=as-they-stand"));
    assert!(waiting.contains("starts 2 Oct 2027, not 3 Jun 2027"), "{waiting}");
    let stand = window.wait("other lines", |_| Some(lines()).filter(|lines| *lines != planned));
    window.pictures("waiting-hires", "budget-as-gates-stand");

    choose(&window, "trend");
    window.wait_text(WAITING, "trend of their figures");
    window.pictures("waiting-hires", "budget-at-the-trend");
    choose(&window, "as-planned");
    window.wait("as planned", |_| (lines() == planned).then_some(()));

    // The command line says the same.
    let told = desk.json(&[
        "budget",
        desk.path(),
        "--from",
        "2027-01-01",
        "--to",
        "2027-12-31",
        "--gates",
        "as-they-stand",
        "--json",
    ]);
    assert_eq!(told["gates"]["waiting"].as_array().unwrap().len(), 2, "{told}");
    assert_ne!(stand, planned);
}

#[test]
fn gaps_capacity_and_the_timeline_count_gates() {
    let desk = plan();
    let window = opened(&desk);
    window.go(&format!("#/hiring?part=gaps&day={DAY}"));
    let waiting = window.wait_text(WAITING, "2 hires wait for a gate");
    assert!(
        waiting.contains("earliest day") && waiting.contains("starts 2 Oct 2027, not 3 Jun 2027"),
        "{waiting}"
    );
    window.pictures("waiting-hires", "gaps");
    assert_eq!(violations(&window), Vec::<String>::new());
    choose(&window, "as-planned");
    window.wait_text(WAITING, "They count as planned");
    assert!(address(&window).contains("gates=as-planned"));

    window.go(&format!("#/hiring?part=capacity&months=12&day={DAY}"));
    let planned = window.wait_text("[data-testid=capacity-summary]", "as planned");
    assert!(planned.contains("of 3.0 FTE as planned"), "{planned}");
    window.wait_text(WAITING, "2 hires wait for a gate");
    choose(&window, "as-they-stand");
    let stand = window.wait_text("[data-testid=capacity-summary]", "as gates stand");
    assert!(stand.contains("of 2.0 FTE as gates stand"), "{stand}");
    window.pictures("waiting-hires", "capacity");
    assert_eq!(violations(&window), Vec::<String>::new());

    window.go("#/hiring?part=timeline");
    window.wait_text("[data-testid=gate-legend]", "Waits for a gate");
    let widths =
        "return [...document.querySelectorAll('[data-testid=gate-wait]')].map((it) => it.offsetWidth)";
    let widths: Vec<u64> =
        window.js(widths).as_array().unwrap().iter().map(|width| width.as_u64().unwrap()).collect();
    assert_eq!(widths.len(), 2, "two wait");
    let titles =
        "return [...document.querySelectorAll('[data-testid=way]')].map((it) => it.title).join(' | ')";
    let titles = window.js(titles).as_str().unwrap().to_owned();
    assert!(
        titles.contains("waits for a gate: starts 2 Oct 2027 at the earliest, not 3 Jun 2027"),
        "{titles}"
    );
    assert!(titles.contains("no longer met in time"), "{titles}");
    window.pictures("waiting-hires", "timeline");
    assert_eq!(violations(&window), Vec::<String>::new());
}

#[test]
fn without_a_gate_there_is_no_choice() {
    let desk = Desk::new();
    desk.file("in/teams.csv", "id,name\nshippers,Shippers\n");
    desk.file(
        "in/positions.csv",
        "id,title,team,need_by,status,pay\nHC-9,Engineer,shippers,2027-10-01,approved,70000 EUR\n",
    );
    let folder = desk.folder.path().join("in");
    desk.done(&["import", desk.path(), folder.to_str().unwrap(), "--format", "csv"]);
    let window = opened(&desk);
    let loaded = [
        ("money&step=year&from=2027-01-01&until=2027-12-31", "[data-testid=money-teams]"),
        ("gaps", "[data-testid=plan-hire]"),
        ("capacity", "[data-testid=capacity-summary]"),
    ];
    for (part, selector) in loaded {
        window.go(&format!("#/hiring?part={part}"));
        window.wait(part, |it| it.has(selector).then_some(()));
        assert!(!window.has(WAITING) && !window.has("[data-testid=gates-trend]"), "{part}");
    }
}
