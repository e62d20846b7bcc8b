//! The SLOs of a service and what is left of it, on its page: told, spent, and without figures.

use std::fs;

use headroom_model::Service;
use headroom_store::Store;
use headroom_tests::{
    Desk, now,
    window::{Start, Window},
};

use crate::accessibility::violations;

const BUDGET: &str = "[data-testid=error-budget]";

/// A service that was down for a while, and one of which nothing is known.
fn plan() -> Desk {
    let desk = Desk::new();
    let folder = desk.folder.path().join("plan");
    fs::create_dir(&folder).unwrap();
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    write("services.csv", "id,name\ntide-gauge,Tide gauge\ncharts,Charts\n");
    write(
        "metrics.csv",
        "id,name,unit,kind,period\navailability,Availability,share,ratio,month\n\
         downtime-minutes,Downtime,minutes,flow,day\n",
    );
    write(
        "objectives.csv",
        "id,name,metric,op,value,service,window,method\n\
         gauge-999,Readings arrive,availability,>=,99.9%,tide-gauge,30d,Occurrences\n\
         gauge-9999,Readings never fail,availability,>=,99.99%,tide-gauge,1M calendar,\n\
         charts-up,Charts are there,availability,>=,99.5%,charts,,\n",
    );
    let mut figures = "metric,first,last,value,service\n".to_owned();
    // From 29 October on; 12 and 26 November were bad days.
    for day in 0..30 {
        let date = chrono::NaiveDate::from_ymd_opt(2026, 10, 29).unwrap() + chrono::Days::new(day);
        let minutes = match day {
            14 => 6,
            28 => 21,
            _ => 0,
        };
        figures += &format!("downtime-minutes,{date},{date},{minutes},tide-gauge\n");
    }
    write("observations.csv", &figures);
    desk.done(&["import", desk.path(), folder.to_str().unwrap(), "--format", "csv"]);
    desk
}

#[test]
fn service_page_shows_what_is_left_and_what_spent_it() {
    let desk = plan();
    let service = |key: &str| Store::open(&desk.plan, now()).unwrap().plan().find::<Service>(key).unwrap().0;
    let (gauge, charts) = (service("tide-gauge"), service("charts"));
    let window =
        Window::start(&Start { arguments: &[desk.path()], size: Some((1024, 700)), ..Start::default() });
    window.wait_text("nav", "acme");
    window.go(&format!("#/service?id={gauge}&day=2026-11-27"));
    let budget = window.wait_text(BUDGET, "Readings arrive");
    assert!(budget.contains("99.9%") && budget.contains("over 30 days · Occurrences"), "{budget}");
    assert!(
        budget.contains("16.2 of 43.2 minutes left · burn 2.08 · ends on 3 Dec 2026 at this rate"),
        "{budget}"
    );
    let page = window.text("main");
    assert!(page.contains("Spent: 27 of 3.9 minutes down"), "{page}");
    assert!(page.contains("27 minutes down in the last 30 days"), "{page}");
    assert!(page.contains("Nov 2026") && page.contains("27 · not complete"), "{page}");
    let bars = "document.querySelectorAll('[data-testid=downtime-days] i').length";
    assert_eq!(window.js(&format!("return {bars}")).as_u64(), Some(2));
    window.js("document.querySelector('[data-testid=error-budget]').scrollIntoView()");
    window.pictures("error-budgets", "spent");
    assert_eq!(violations(&window), Vec::<String>::new());

    // Two weeks earlier the second bad day was not yet.
    window.go(&format!("#/service?id={gauge}&day=2026-11-13"));
    window.wait_text("main", "6 minutes down in the last 30 days, of which 16 were measured");

    window.go(&format!("#/service?id={charts}&day=2026-11-27"));
    let unknown = window.wait_text(BUDGET, "Charts are there");
    assert!(
        unknown.contains("over 30 days (assumed)") && unknown.contains("No minutes of downtime known"),
        "{unknown}"
    );
    assert!(window.text("[data-testid=budget-without-figures]").contains("history/summary.json"));
    window.pictures("error-budgets", "unknown");
}
