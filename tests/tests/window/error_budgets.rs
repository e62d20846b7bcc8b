//! The SLOs of a service and what is left of it, on its page: told, spent, and without figures.

use std::fs;

use headroom_model::{Service, Team};
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
    write("teams.csv", "id,name\nsensors,Sensors\ndesk,Desk\n");
    write(
        "services.csv",
        "id,name\ntide-gauge,Tide gauge\ncharts,Charts\nbuoys,Buoys\narchive,Archive\nlogbook,Logbook\n",
    );
    write(
        "ownership.csv",
        "service,owner\ntide-gauge,sensors\ncharts,sensors\nbuoys,sensors\nlogbook,sensors\narchive,desk\n",
    );
    write(
        "dependencies.csv",
        "service,depends_on\ncharts,tide-gauge\ncharts,buoys\narchive,charts\ncharts,logbook\n",
    );
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
         charts-up,Charts are there,availability,>=,99.5%,charts,,\n\
         buoys-99,Buoys answer,availability,>=,99%,buoys,30d,\n",
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
        figures += &format!("downtime-minutes,{date},{date},2,buoys\n");
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

fn open(desk: &Desk) -> Window {
    let window =
        Window::start(&Start { arguments: &[desk.path()], size: Some((1024, 700)), ..Start::default() });
    window.wait_text("nav", "acme");
    window
}

#[test]
fn the_map_is_coloured_by_what_is_left() {
    let desk = plan();
    let team = Store::open(&desk.plan, now()).unwrap().plan().find::<Team>("sensors").unwrap().0;
    let window = open(&desk);
    window.go(&format!("#/map?picture=inside&of=team:{team}&outside=1&day=2026-11-27&colour=budget"));
    let legend = window.wait_text("[data-testid=map-legend]", "Spent");
    assert!(legend.starts_with("Error budget left"), "{legend}");
    for line in ["Half or more left", "SLO without figures", "No SLO"] {
        assert!(legend.contains(line), "{legend}");
    }
    window.pictures("error-budgets", "map-services");
    assert_eq!(violations(&window), Vec::<String>::new());

    // Of teams the worst of their services.
    window.go("#/map?picture=teams&day=2026-11-27&colour=budget");
    let legend = window.wait_text("[data-testid=map-legend]", "No SLO");
    assert!(legend.contains("Spent") && !legend.contains("Half or more"), "{legend}");
    window.pictures("error-budgets", "map-teams");

    window.go("#/map?picture=matrix&day=2026-11-27&colour=budget");
    let legend = window.wait_text("[data-testid=map-legend]", "Half or more left");
    assert!(legend.contains("Spent") && legend.contains("No SLO"), "{legend}");
    window.pictures("error-budgets", "map-matrix");
    assert_eq!(violations(&window), Vec::<String>::new());

    // Before there were figures, none is known.
    window.go("#/map?picture=matrix&day=2026-10-01&colour=budget");
    let legend = window.wait_text("[data-testid=map-legend]", "SLO without figures");
    for line in ["more left", "quarter left", "Spent"] {
        assert!(!legend.contains(line), "{legend}");
    }
}

#[test]
fn the_page_of_a_team_lists_the_budgets_of_its_services_the_worst_first() {
    let desk = plan();
    let team = |key: &str| Store::open(&desk.plan, now()).unwrap().plan().find::<Team>(key).unwrap().0;
    let (sensors, other) = (team("sensors"), team("desk"));
    let window = open(&desk);
    window.go(&format!("#/team?id={sensors}&day=2026-11-27"));
    window.wait_text("[data-testid=team-budgets]", "Tide gauge");
    let rows = "return [...document.querySelectorAll('[data-testid=team-budgets] tbody tr')].map((it) => it.innerText)";
    let rows = window.js(rows);
    let rows: Vec<&str> = rows.as_array().unwrap().iter().map(|row| row.as_str().unwrap()).collect();
    let starts: Vec<&str> = rows.iter().map(|row| row.split('\t').next().unwrap()).collect();
    assert_eq!(starts, ["Tide gauge", "Tide gauge", "Buoys", "Charts"], "{rows:?}");
    assert!(rows[0].contains("99.99%") && rows[0].contains("Spent: 27 of 3.9 minutes down"), "{rows:?}");
    assert!(rows[3].contains("No minutes of downtime known"), "{rows:?}");
    window.js("document.querySelector('[data-testid=team-budgets]').scrollIntoView({block: 'center'})");
    window.pictures("error-budgets", "team");
    assert_eq!(violations(&window), Vec::<String>::new());
    window.go(&format!("#/team?id={other}&day=2026-11-27"));
    window.wait_text("[data-testid=team-page]", "Desk");
    assert!(!window.has("[data-testid=team-budgets]"), "it owns nothing with an SLO");
}
