//! A plan with so many figures that they are read beside: the first view waits for none, and never says that nothing is
//! wrong before it knows.

use std::fmt::Write as _;

use headroom_tests::{
    Desk,
    window::{Start, Window},
};

/// 25,000 figures, an objective that waits for them, and a service that nobody owns.
fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.today = "2027-01-15".parse().unwrap();
    let last: chrono::NaiveDate = "2027-01-14".parse().unwrap();
    let mut figures = "metric,first,last,value\n".to_owned();
    for day in last.iter_days().rev().take(1_000) {
        for metric in 0..25 {
            writeln!(figures, "m{metric},{day},{day},{metric}").unwrap();
        }
    }
    let metrics: String = (0..25).map(|metric| format!("m{metric},Metric {metric},day\n")).collect();
    desk.file("csv/observations.csv", figures);
    desk.file("csv/metrics.csv", format!("id,name,period\n{metrics}"));
    desk.file("csv/objectives.csv", "id,metric,op,value,period\nenough,m1,>,100,month\n");
    desk.file("csv/services.csv", "id,name\nquotes,Quotes\n");
    desk.file("csv/positions.csv", "id,title,status,waits_for\nP-1,Engineer,planned,enough\n");
    desk.import(&[&desk.folder.path().join("csv")], &[]);
    desk
}

#[test]
fn findings_come_once_the_figures_are_read() {
    let desk = desk();
    let found = desk.json(&["findings", desk.path(), "--format", "json"]);
    let open = found["open"].as_u64().unwrap();
    assert!(open > 0, "{found}");
    let window = Window::start(&Start {
        arguments: &[desk.path()],
        size: Some((1280, 800)),
        today: Some(desk.today),
        ..Start::default()
    });
    let wanted = format!("{open} finding");
    window.wait("the findings", |it| {
        let said = it.text("[data-testid=read-out]");
        if said.is_empty() {
            return None;
        }
        let is_known = said.contains("finding");
        assert!(is_known == said.contains(&wanted) && is_known != said.contains("Reading figures"), "{said}");
        is_known.then_some(())
    });
    window.wait("the tile", |it| {
        it.text("[data-testid=tile-findings]").contains(&open.to_string()).then_some(())
    });
    assert!(window.text("[data-testid=urgent]").contains("Quotes"));
}
