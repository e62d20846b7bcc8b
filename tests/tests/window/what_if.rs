//! Reliance on a person, and what-if departures, compared with the command line.

use std::path::Path;

use chrono::{Days, NaiveDate};
use headroom_tests::{
    Desk, today,
    window::{Start, Window},
};
use serde_json::{Value, json};

const SUMMARY: &str = "[data-testid=forecast-summary]";

/// Takes a screenshot of each step here.
fn picture(window: &Window, name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots/what-if");
    window.screenshot(&folder.join(name));
}

fn words(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

fn sample() -> Desk {
    let desk = Desk::new();
    std::fs::remove_file(&desk.plan).unwrap();
    desk.done(&["new", "--sample", desk.path()]);
    desk
}

/// Ada owns Till alone and leaves in 60 days; Bo and Cy are on Search, Di, Ed and Flo on Books.
fn shop() -> Desk {
    let desk = Desk::new();
    let last = today() + Days::new(60);
    desk.file("csv/teams.csv", "id,name\nsearch,Search\nbooks,Books\n");
    let people = format!(
        "id,name,until\nada,Ada Okafor,{last}\nbo,Bo Lind,\ncy,Cy Marsh,\ndi,Di Roy,\ned,Ed Poe,\nflo,Flo Ng,\n"
    );
    desk.file("csv/people.csv", people);
    let members = "person,team,role\nbo,search,lead\ncy,search,member\ndi,books,member\ned,books,member\nflo,books,lead\n";
    desk.file("csv/memberships.csv", members);
    desk.file("csv/services.csv", "id,name,tier\ntill,Till,1\nfind,Find,1\nledger,Ledger,3\n");
    let owners = "service,owner,owner_kind\ntill,ada,person\nfind,search,team\nledger,books,team\n";
    desk.file("csv/ownership.csv", owners);
    desk.file("csv/dependencies.csv", "service,depends_on\nfind,till\n");
    desk.import(&[&desk.folder.path().join("csv")], &[]);
    desk
}

fn opened(desk: &Desk, size: (u32, u32)) -> Window {
    let window = Window::start(&Start { arguments: &[desk.path()], size: Some(size), ..Start::default() });
    window.wait_text("nav", "Forecast");
    window
}

/// Opens a person's page from the table of people.
fn to_person(window: &Window, name: &str) {
    window.go(&format!("#/people?text={}", name.replace(' ', "%20")));
    let link = format!(
        "const link = [...document.querySelectorAll('[role=row] a')].find((a) => a.textContent === {});\
         link?.click(); return link !== undefined",
        json!(name)
    );
    window.wait("the person", |it| it.js(&link).as_bool().filter(|is_there| *is_there));
    window.wait_text("[data-testid=person-page] h1", name);
}

fn choose(window: &Window, name: &str) {
    window.choose("[data-testid=leaver-picker]", name);
}

/// Types the last day of a what-if departure.
fn set_last_day(window: &Window, name: &str, day: NaiveDate) {
    window.js(&format!(
        "const field = document.querySelector('[aria-label={}]'); field.value = {};\
         field.dispatchEvent(new Event('change', {{bubbles: true}}))",
        json!(format!("Last day of {name}")),
        json!(words(day))
    ));
}

/// The listed gaps with their marks, sorted.
fn listed(window: &Window) -> Vec<String> {
    let script = "return [...document.querySelectorAll('[data-testid=gap] .what')].map((it) => it.innerText)";
    let mut lines: Vec<String> = serde_json::from_value(window.js(script)).unwrap();
    lines.iter_mut().for_each(|line| *line = line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.sort();
    lines
}

fn gaps(answer: &Value) -> impl Iterator<Item = &Value> {
    let gaps = answer["gaps"].as_array().unwrap().iter();
    gaps.filter(|gap| !gap["against_staying"].is_null())
}

#[test]
fn what_if_the_most_critical_person_leaves() {
    let desk = sample();
    let window = opened(&desk, (1280, 900));
    let asked = |departure: &str| desk.json(&["forecast", desk.path(), "--json", "--leaver", departure]);
    let planned = asked("omar.wong");
    let last: NaiveDate = planned["leavers"][0]["planned_last_day"].as_str().unwrap().parse().unwrap();

    // What depends on him is on his page.
    to_person(&window, "Omar Wong");
    let relies = window.wait_text("[data-testid=reliance]", "Label Printer Hub");
    assert!(relies.contains("Services only they can support 2") && relies.contains("Tier 1"), "{relies}");
    assert!(relies.contains("16 dependents"), "{relies}");
    assert!(!window.text("main").lines().any(|line| line == "No findings"));
    window.wait_text("[data-testid=if-leaves]", "Label Printer Hub");
    picture(&window, "1-person.png");

    // The forecast, from the planned day.
    window.click("[data-testid=what-if]");
    let said = window.wait_text(SUMMARY, "In the plan, Omar Wong leaves on");
    assert!(said.contains(&words(last)) && said.contains("so nothing changes"), "{said}");
    assert!(said.contains("opens 2 gaps"), "{said}");
    let shown = window.wait("the gaps", |it| Some(listed(it)).filter(|lines| !lines.is_empty()));
    assert_eq!(shown.len(), gaps(&planned).count(), "{shown:?}");
    assert!(shown.iter().all(|line| line.ends_with("in the plan")), "{shown:?}");
    assert!(shown.iter().any(|line| line.starts_with("Label Printer Hub")), "{shown:?}");
    picture(&window, "2-as-planned.png");

    // Thirty days sooner: the window and the command line agree.
    let sooner = last - Days::new(30);
    set_last_day(&window, "Omar Wong", sooner);
    window.wait_text(SUMMARY, &format!("Leaving on {} instead opens 2 gaps earlier", words(sooner)));
    let answer = asked(&format!("omar.wong={sooner}"));
    let marks: Vec<String> = listed(&window);
    assert_eq!(marks.len(), gaps(&answer).count(), "{marks:?}");
    assert_eq!(answer["against_plan"]["new"], 0);
    let earlier = marks.iter().filter(|line| line.ends_with("30 days earlier")).count();
    assert_eq!(Some(earlier as u64), answer["against_plan"]["gaps"].as_u64(), "{marks:?}");
    assert!(marks.iter().all(|line| !line.ends_with("new")), "{marks:?}");
    assert!(!window.text("main").contains("Omar Wong remains"));
    picture(&window, "3-thirty-days-sooner.png");
    window.click("[data-testid=as-planned]");
    window.wait_text(SUMMARY, "so nothing changes");
}

#[test]
fn page_shows_what_was_lost_after_a_departure() {
    let desk = sample();
    let window = opened(&desk, (1280, 900));
    to_person(&window, "Omar Wong");
    window.wait_text("[data-testid=reliance]", "Services only they can support 2");
    window.click("[data-testid=end-person]");
    window.wait_text("[data-testid=effect]", "change");
    let yesterday = words(today() - Days::new(1));
    window.js(&format!(
        "const day = document.querySelector('[data-testid=offboard-day]'); day.value = '{yesterday}';\
         day.dispatchEvent(new Event('change', {{ bubbles: true }}))"
    ));
    window.wait_text("[data-testid=effect]", &format!("→ {yesterday}"));
    window.click("[data-testid=offboard-done]");
    window.wait_gone("dialog[open]");
    let lost = window.wait_text("[data-testid=reliance]", "Services no one can support since they left 2");
    assert!(lost.contains("Label Printer Hub") && lost.contains("Exchange Rates"), "{lost}");
    let page = window.wait_text("main", "Findings");
    assert!(!page.lines().any(|line| line == "No findings"), "{page}");
    let page = window.text("[data-testid=person-page]");
    assert!(page.contains("What depended on them") && page.contains("Label Printer Hub"), "{page}");
    picture(&window, "4-has-left.png");
}

#[test]
fn all_clear_only_if_others_can_support_everything() {
    let desk = shop();
    let window = opened(&desk, (1024, 700));
    window.go("#/forecast");
    choose(&window, "Di Roy");
    let said = window.wait_text(SUMMARY, "No departure is planned for Di Roy.");
    let in_ninety = words(today() + Days::new(90));
    assert!(said.contains(&format!("Leaving on {in_ninety}")), "{said}");
    // Books falls below the smallest team size, and nothing else happens.
    assert!(
        listed(&window).iter().all(|line| line.starts_with("Books is below the minimum size")),
        "{:?}",
        listed(&window)
    );
    picture(&window, "5-small.png");
    // Another departure, of the only responder of a service.
    window.js("[...document.querySelectorAll('button')].find((it) => it.textContent.includes('Add another person')).click()");
    choose(&window, "Ada Okafor");
    let said = window.wait_text(SUMMARY, "In the plan, Ada Okafor leaves on");
    assert!(!said.contains("others can support"), "{said}");
    let lines = window
        .wait("both", |it| Some(listed(it)).filter(|it| it.iter().any(|line| line.starts_with("Till"))));
    assert!(lines.iter().any(|line| line.starts_with("Till") && line.ends_with("in the plan")), "{lines:?}");
    picture(&window, "6-two-leave.png");
    // No gap of the filtered type is caused by Di.
    window.go("#/forecast?kind=nobody");
    window.wait_text(SUMMARY, "will open by");
    choose(&window, "Di Roy");
    window.wait_text("[aria-label='Gaps by day']", "No gaps caused by their departure match the filter.");
}

/// A hire that should have been opened long ago comes as soon as the remaining steps take from the as-of date.
#[test]
fn past_dates_are_answered_as_of_then() {
    let desk = shop();
    let start = today() - Days::new(20);
    desk.file("more/positions.csv", format!("id,team,start,service\nHC-1,search,{start},find\n"));
    desk.file("more/teams.csv", "id,name\nsearch,Search\n");
    desk.import(&[&desk.folder.path().join("more")], &[]);
    let window = opened(&desk, (1280, 900));
    let productive = |day: NaiveDate, asked: NaiveDate| {
        let words =
            ["coverage", desk.path(), "--as-of", &asked.to_string(), "--from", &day.to_string(), "--json"];
        let answer = desk.json(&words);
        let idle = answer["idle_seats"].as_array().unwrap().iter();
        let helps =
            answer["gaps"].as_array().unwrap().iter().flat_map(|gap| gap["seats"].as_array().unwrap());
        let position = idle.chain(helps).find(|position| position["seat"]["key"] == "HC-1").unwrap();
        position["productive"].as_str().unwrap().parse::<NaiveDate>().unwrap()
    };
    let (past, ahead) = (today() - Days::new(90), today() + Days::new(90));
    assert!(productive(past, past) < productive(today(), today()), "who was asked sooner comes sooner");
    // Neighbours differ, so that no answer is left over from the page before.
    for (day, asked) in [(ahead, today()), (past, past), (today(), today())] {
        window.go(&format!("#/hiring?part=gaps&day={day}"));
        let wanted = words(productive(day, asked));
        window.wait(&format!("{wanted} on {day}"), |it| {
            it.text("[data-testid=gaps-table]").contains(&wanted).then_some(())
        });
    }
}
