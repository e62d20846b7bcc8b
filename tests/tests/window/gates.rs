//! A position that waits for figures: what it waits for, what becomes of the hire, and how somebody opens it by hand.

use std::fs;

use headroom_model::Position;
use headroom_store::Store;
use headroom_tests::{
    Desk, now,
    window::{Start, Window},
};

use crate::accessibility::violations;

const GATE: &str = "[data-testid=gate-state]";

/// Need by 1 October, 120 days of ramp-up, 58 to fill, 30 of notice: to be opened by 7 March.
fn plan() -> Desk {
    let desk = Desk::new();
    let folder = desk.folder.path().join("plan");
    fs::create_dir(&folder).unwrap();
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    write("teams.csv", "id,name\nshippers,Shippers\n");
    write("assumptions.csv", "kind,value\nramp-time,120\ntime-to-fill,58\nnotice,30\n");
    write(
        "metrics.csv",
        "id,name,unit,kind,period,lag\npayback,Payback,months,ratio,month,5\nnrr,NRR,share,ratio,month,10\n",
    );
    write(
        "observations.csv",
        "metric,first,last,value,origin\n\
         payback,2026-09-01,2026-09-30,14.9,Board pack\npayback,2026-10-01,2026-10-31,14.5,Board pack\n\
         payback,2026-11-01,2026-11-30,13.8,Board pack\npayback,2026-12-01,2026-12-31,13.4,Board pack\n",
    );
    write(
        "objectives.csv",
        "id,metric,op,value,periods\npayback-under-12,payback,<,12,2\nnrr-kept,nrr,>=,100%,1\n",
    );
    write(
        "positions.csv",
        "id,title,team,need_by,status,waits_for\nHC2027-NH-002,Sales engineer,shippers,2027-10-01,approved,payback-under-12\n",
    );
    desk.done(&["import", desk.path(), folder.to_str().unwrap(), "--format", "csv"]);
    desk
}

#[test]
fn a_hire_waits_for_its_figures_and_is_opened_by_hand() {
    let desk = plan();
    let position =
        Store::open(&desk.plan, now()).unwrap().plan().find::<Position>("HC2027-NH-002").unwrap().0;
    let window =
        Window::start(&Start { arguments: &[desk.path()], size: Some((1024, 700)), ..Start::default() });
    window.wait_text("nav", "acme");
    window.go(&format!("#/position?id={position}&day=2027-01-15"));
    let stands = window.wait_text(GATE, "Not met");
    assert_eq!(stands, "Not met · 6 Mar 2027 at the earliest · 6 May 2027 at this trend");
    let objective = window.text("[data-testid=gate-objective]");
    assert!(objective.contains("Payback < 12 months, 2 months running"), "{objective}");
    assert!(objective.contains("Nov 2026") && objective.contains("13.8 months"), "{objective}");
    let hires = window.text("[data-testid=gate-openings]");
    assert!(hires.contains("60 days late") && hires.contains("1 day to spare"), "{hires}");
    window.pictures("gates", "not-met");
    assert_eq!(violations(&window), Vec::<String>::new());

    // Another objective, of which nothing is known.
    window.click("[data-testid=set-gate]");
    window.wait("the objectives", |it| it.has("#set-gate input:checked").then_some(()));
    window.pictures("gates", "set");
    window.js("[...document.querySelectorAll('#set-gate label')].find((it) => it.innerText.includes('NRR')).click()");
    window.click("[data-testid=gate-done]");
    window.wait_gone("dialog[open]");
    window.wait_text("main", "no figures");
    window.press("{Ctrl}z");
    window.wait("the step undone", |it| (!it.text("main").contains("no figures")).then_some(()));

    // In the grid, once its column is chosen.
    window.go("#/hiring?day=2027-01-15");
    window.wait("the grid", |it| it.has("#sheet-0-0").then_some(()));
    window.click_in_toolbar("[data-testid=columns]");
    window.click("[data-testid=column-gate]");
    window.press("{Esc}");
    let chip = "Payback < 12 months · 0 of 2 · earliest 6 Mar 2027";
    window.js("document.querySelector('[data-testid=sheet]').scrollLeft = 1e6");
    window.wait_text("[data-testid=sheet]", chip);
    window.pictures("gates", "grid");
    window.go(&format!("#/position?id={position}&day=2027-01-15"));
    window.wait_text(GATE, "Not met");

    window.click("[data-testid=waive-gate]");
    window.wait("the dialog", |it| it.has("[data-testid=waive-why]").then_some(()));
    assert!(window.has("[data-testid=waive-done]:disabled"), "a waiver says why");
    window.type_into("[data-testid=waive-why]", "The launch cannot wait");
    window.pictures("gates", "waive");
    window.click("[data-testid=waive-done]");
    window.wait_text(GATE, "Met since 15 Jan 2027");
    window.wait_text("main", "The launch cannot wait");
    window.pictures("gates", "waived");
    let history = desk.done(&["history", desk.path()]);
    assert!(history.contains("Waive gate of HC2027-NH-002"), "{history}");
}
