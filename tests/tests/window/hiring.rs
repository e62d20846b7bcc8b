//! Planning hires for gaps, and their schedule.

use chrono::{Days, NaiveDate};
use headroom_tests::{Desk, today, window::Window};
use serde_json::json;

fn words(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

/// A team of eight with a service of tier 1, of whom two leave in half a year.
fn on_call() -> (Desk, NaiveDate) {
    let desk = Desk::new();
    let leaves = today() + Days::new(180);
    desk.file("csv/teams.csv", "id,name\npay,Payments\n");
    let people: String = (0..8)
        .map(|at| {
            let until = if at < 2 { leaves.to_string() } else { String::new() };
            format!("p{at},Person {at},Gdańsk,{until}\n")
        })
        .collect();
    desk.file("csv/people.csv", format!("id,name,location,until\n{people}"));
    let members: String = (0..8).map(|at| format!("p{at},pay,member\n")).collect();
    desk.file("csv/memberships.csv", format!("person,team,role\n{members}"));
    desk.file("csv/services.csv", "id,name,kind,tier\ncheckout,Checkout,service,1\n");
    desk.file("csv/ownership.csv", "service,owner\ncheckout,pay\n");
    desk.import(&[&desk.folder.path().join("csv")], &[]);
    (desk, leaves.succ_opt().unwrap())
}

#[test]
fn hires_for_an_on_call_gap_are_planned_and_undone() {
    let (desk, opens) = on_call();
    let window = Window::on_plan(desk.path());
    window.go("#/hiring?part=gaps");
    let table = "[data-testid=gaps-table]";
    window.wait_text(table, "can’t staff on-call");
    let text = window.text(table);
    assert!(text.contains("Not covered by any hire") && text.contains(&words(opens)), "{text}");
    window.click("[data-testid=plan-hire]");
    // As many as are missing. None is in time: a hire takes 222 days to be productive.
    window.wait_text("[data-testid=hire-preview]", "HC");
    assert_eq!(window.js("return document.querySelector('[data-testid=hire-count]').value"), "2");
    window.type_into("[data-testid=hire-title]", "Backend engineer");
    window.wait_text("[data-testid=hire-preview]", "uncovered day");
    let preview = window.text("[data-testid=hire-preview]");
    assert!(preview.contains("2 positions in Payments · Gdańsk · Reason: on-call minimum"), "{preview}");
    window.click("[data-testid=hire-apply]");
    let closed = window.wait_text(table, "Covered by planned hires");
    assert!(!closed.contains("Not covered by any hire"), "{closed}");
    window.click("#gaps-1");
    let panel = window.wait_text("[data-testid=gap-closed]", "Closed from");
    let output = desk.done(&["coverage", desk.path(), "--json"]);
    let found: serde_json::Value = serde_json::from_str(&output).unwrap();
    let gap = &found["gaps"][0];
    let day: NaiveDate = gap["closed_from"].as_str().unwrap().parse().unwrap();
    assert_eq!(panel, format!("Closed from {}.", words(day)), "the window and the command line agree");
    assert_eq!((gap["kind"].clone(), gap["seats"].as_array().unwrap().len()), (json!("on-call"), 2));
    assert_eq!(gap["uncovered_days"], (day - opens).num_days());

    // Each position has a bar, and its start moves by keyboard.
    window.go("#/hiring?part=timeline");
    let bars = "[data-testid=seat-bars]";
    window.wait_text(bars, "Backend engineer");
    let start = || {
        // The order of rows changes with a start.
        let label =
            window.js("return document.querySelector('.days[aria-label^=\"HC2027-NH-001\"]').ariaLabel");
        let label = label.as_str().unwrap().to_owned();
        label.split("starts ").nth(1).unwrap().split(',').next().unwrap().to_owned()
    };
    let first = start();
    window.js("document.querySelector('[data-testid=seat-bars]').focus()");
    window.press("{Down}{Down}");
    window.press("{Right}");
    window.wait("the start to move", |_| (start() != first).then_some(()));
    window.go("#/history");
    window.wait_text("main", "Move start of HC");
    window.press("{Ctrl}z");
    window.press("{Ctrl}z");
    window.go("#/hiring?part=gaps");
    window.wait_text(table, "Not covered by any hire");
    assert!(!window.text(table).contains("Covered by planned hires"));
}

#[test]
fn holidays_are_pasted_and_invalid_lines_remain() {
    let (desk, _) = on_call();
    let window = Window::on_plan(desk.path());
    window.go("#/hiring?part=timeline");
    window.wait_text("main", "No planned hires");
    window.click_in_toolbar("[data-testid=open-holidays]");
    window.wait_text("[data-testid=holidays]", "No holidays yet");
    window.js("const area = document.querySelector('[data-testid=holiday-lines]');\
         area.value = '2027-01-01, New Year\\n05/06/2027, Unclear\\n03.05.2027; Constitution Day; Gdańsk';\
         area.dispatchEvent(new Event('input', { bubbles: true }))");
    window.wait_text("[data-testid=holidays]", "Line 2");
    window.click("[data-testid=holiday-add]");
    window.wait_text("[data-testid=holiday-list]", "Constitution Day");
    let left = window.js("return document.querySelector('[data-testid=holiday-lines]').value");
    assert_eq!(left, "05/06/2027, Unclear");
}

#[test]
fn findings_offer_a_hire() {
    let (desk, _) = on_call();
    let window = Window::on_plan(desk.path());
    let later = today() + Days::new(200);
    window.go(&format!("#/findings?rule=on-call-understaffed&day={later}"));
    window.click("#findings-0");
    window.click("[data-testid=finding] [data-testid=plan-hire]");
    window.wait_text("[data-testid=hire-preview]", "on-call minimum");
    window.press("{Esc}");
    window.go("#/forecast");
    window.wait_text("main", "can’t staff on-call");
    window.click("[data-testid=gap] [data-testid=plan-hire]");
    window.wait_text("[data-testid=hire-preview]", "2 positions in Payments");
    window.click("[data-testid=hire-apply]");
    window.wait_text("main", "planned hires");
    window.wait_gone("[data-testid=hire-preview]");
    let closes = window.wait_text("main", "closes");
    window.click("[data-testid=with-seats]");
    window.wait("the gap to stay open", |it| {
        (it.text("main") != closes && it.text("[data-testid=gap]").find("closes").is_none()).then_some(())
    });
    assert!(window.js("return location.hash").as_str().unwrap().contains("seats=no"));
    // What the page of the team says of it follows.
    window.click("[data-testid=gap] a");
    window.wait_text("[data-testid=team-page]", "Upcoming, without planned hires");
}
