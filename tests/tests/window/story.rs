//! The story of a hiring plan, from the sample to the workbook for finance: a team that cannot staff on-call in five
//! months, two hires for it, the day on which the gap closes, and their cost.

use std::{fs, path::Path};

use chrono::{Datelike, Months, NaiveDate};
use headroom_tests::{
    Desk, another_day, office, today,
    window::{Start, Window},
};
use serde_json::json;

/// Takes a screenshot of each step here.
fn picture(window: &Window, name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots/story");
    window.screenshot(&folder.join(name));
}

fn words(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

/// Drags the date slider.
fn drag(window: &Window, days: i64) {
    window.js(&format!(
        "const slider = document.querySelector('[data-testid=timeline]');\
         Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(slider, {});\
         slider.dispatchEvent(new Event('input', {{bubbles: true}}));",
        365 + days
    ));
}

fn set(window: &Window, field: &str, value: &str) {
    window.wait(field, |it| it.has(field).then_some(()));
    window.js(&format!(
        "const field = document.querySelector({}); field.value = {};\
         field.dispatchEvent(new Event('input', {{bubbles: true}}));",
        json!(field),
        json!(value)
    ));
}

/// The cents of a year in `… none in 2026 · €98 170.50 in 2027 · …`.
fn cents_in(year: i32, words: &str) -> i64 {
    let (before, _) = words.split_once(&format!(" in {year}")).unwrap_or_else(|| panic!("{year}: {words}"));
    let amount = before.rsplit_once('€').unwrap_or_else(|| panic!("{year}: {words}")).1.replace(' ', "");
    let (whole, rest) = amount.split_once('.').unwrap_or((&amount, "00"));
    format!("{whole}{rest:0<2}").parse().unwrap_or_else(|_| panic!("{amount}: {words}"))
}

/// The rows of a sheet of the exported workbook, calculated.
fn rows(workbook: &Path, sheet: usize, folder: &Path) -> Vec<csv::StringRecord> {
    let text = office::reckoned(workbook, sheet, folder);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    reader.records().map(Result::unwrap).collect()
}

#[test]
fn hires_close_a_future_on_call_gap() {
    two_hires(today());
}

#[test]
fn hires_close_it_on_another_date() {
    two_hires(another_day());
}

fn two_hires(today: NaiveDate) {
    let desk = Desk::of_sample_on(today);
    let sheet = desk.folder.path().join("for finance.xlsx");
    let window = Window::start(&Start {
        arguments: &[desk.path()],
        dialog: Some(&sheet),
        today: Some(today),
        ..Start::default()
    });
    let later = today + Months::new(5);

    // Which team cannot staff on-call in five months?
    window.go("#/hiring?part=capacity");
    window.click("[data-testid=of-oncall]");
    // The first month.
    let customs = "[data-testid=team-months] tr[data-team=customs] td:nth-child(2)";
    window.wait("the team", |it| it.has(customs).then_some(()));
    drag(&window, (later - today).num_days());
    window.wait("the day in the address", |it| {
        it.js("return location.hash").as_str().unwrap().contains(&format!("day={later}")).then_some(())
    });
    window.wait("Customs not to be", |it| it.has(&format!("{customs}.wrong")).then_some(()));
    picture(&window, "1-customs-cannot-be-on-call.png");

    // The gap, seen from today.
    window.click("[data-testid=today]");
    window.go("#/hiring?part=gaps&where.kind=%3Don-call&text=Customs");
    let table = "[data-testid=gaps-table]";
    let text = window.wait_text(table, "Customs can’t staff on-call");
    assert!(text.contains("Not covered by any hire"), "{text}");
    picture(&window, "2-the-gap.png");

    // Two hires for it, with their cost before they are planned.
    window.click("[data-testid=plan-hire]");
    set(&window, "[data-testid=hire-count]", "2");
    window.type_into("[data-testid=hire-title]", "Engineer");
    window.type_into("[data-testid=hire-discipline]", "backend");
    window.type_into("[data-testid=hire-level]", "L4");
    let preview = "[data-testid=hire-preview]";
    window.wait_text(preview, "2 positions in Customs");
    window.wait_text(preview, "backend, L4");
    let cost = "[data-testid=hire-preview] [data-testid=seats-cost]";
    assert!(
        window.wait_text(cost, "Fully loaded, 2 hires").contains("•••"),
        "pay is hidden until it is asked for"
    );
    picture(&window, "3-two-hires-with-pay-hidden.png");
    window.click("[data-testid=seats-cost-show]");
    let said = window.wait_text(cost, "€");
    let closes = window.wait_text(preview, "uncovered day");
    picture(&window, "4-what-they-cost.png");
    window.click("[data-testid=hire-apply]");

    // The day on which the gap closes, and the cost of the positions.
    let text = window.wait_text(table, "Covered by planned hires");
    assert!(!text.contains("Not covered by any hire"), "{text}");
    window.click("#gaps-1");
    let closed = window.wait_text("[data-testid=gap-closed]", "Closed from");
    let found = desk.json(&["coverage", desk.path(), "--team", "customs", "--json"]);
    let gap = found["gaps"].as_array().unwrap().iter().find(|gap| gap["kind"] == "on-call").unwrap();
    let day: NaiveDate = gap["closed_from"].as_str().unwrap().parse().unwrap();
    assert_eq!(closed, format!("Closed from {}.", words(day)), "the window and the command line agree");
    assert!(closes.contains(&format!("closes {} after", words(day))), "{closes}");
    let panel = window.wait_text("[data-testid=gap-panel] [data-testid=seats-cost]", "€");
    assert_eq!(
        panel.split_once(": ").unwrap().1,
        said.split_once(": ").unwrap().1,
        "what was said before it was planned"
    );
    picture(&window, "5-closed-from-a-day.png");

    // The slider, on that day.
    window.go("#/hiring?part=capacity");
    window.click("[data-testid=of-oncall]");
    drag(&window, (day - today).num_days());
    window.wait("Customs to be able again", |it| {
        let hash = it.js("return location.hash");
        (hash.as_str().unwrap().contains(&format!("day={day}"))
            && it.has(customs)
            && !it.has(&format!("{customs}.wrong")))
        .then_some(())
    });
    picture(&window, "6-on-that-day.png");

    // The workbook.
    let year = day.year();
    window.go(&format!("#/hiring?part=money&step=year&from={year}-01-01&until={}-12-31", year + 1));
    window.wait_text("[data-testid=money-teams]", "Customs");
    picture(&window, "7-money.png");
    window.click_in_toolbar("[data-testid=export-hiring]");
    window.click("[data-testid=export-hiring-xlsx]");
    window.wait_text("body", "Saved ");
    picture(&window, "8-written.png");
    assert!(fs::metadata(&sheet).unwrap().len() > 0);
    holds_the_hires(&sheet, desk.folder.path(), year, &said);
}

/// The two positions are in the file with the cost shown in the window, by year, to the cent.
fn holds_the_hires(sheet: &Path, folder: &Path, year: i32, said: &str) {
    if !office::is_there() {
        return;
    }
    const MONTHS: usize = 3;
    const POSITIONS: usize = 4;
    let positions = rows(sheet, POSITIONS, folder);
    let hires: Vec<&csv::StringRecord> =
        positions.iter().filter(|row| &row[5] == "Customs" && &row[6] == "planned").collect();
    assert_eq!(hires.len(), 2, "{positions:?}");
    assert!(
        hires.iter().all(|row| &row[2] == "Engineer" && &row[8] == "L4" && &row[10] == "on-call minimum")
    );
    let months = rows(sheet, MONTHS, folder);
    let cost = |month: usize| -> f64 {
        let of_hires = months.iter().filter(|row| hires.iter().any(|hire| hire[1] == row[1]));
        of_hires.filter_map(|row| row.get(5 + month)?.parse::<f64>().ok()).sum()
    };
    // The window shows the first years from today; the workbook starts when the gap closes.
    let is_said = |year: i32| said.contains(&format!(" in {year}"));
    assert!(is_said(year), "{year}: {said}");
    for (at, year) in [year, year + 1].into_iter().enumerate().filter(|(_, year)| is_said(*year)) {
        let sum: f64 = (12 * at..12 * at + 12).map(cost).sum();
        assert!(sum > 0.0, "{months:?}");
        assert_eq!((sum * 100.0).round() as i64, cents_in(year, said), "{year}: {said}");
    }
}
