//! Time until a cell of the planning grid shows what was typed, with 10,000 positions, in the real window.

use std::path::Path;

use chrono::{Days, NaiveDate};
use headroom_model::{
    Assignment, Draft, Membership, Money, Owner, Ownership, Person, Plan, Position, Service, Status, Team,
    role,
};
use headroom_store::{OperationMeta, Store};
use headroom_tests::window::{Start, Window};
use serde_json::Value;

use crate::{Line, painted::PAINTED, synthetic::Numbers};

const SEATS: u32 = 10_000;
/// Positions with someone in them; the others are vacant.
const FILLED: u32 = 6_500;
const TEAMS: u32 = 400;
const SERVICES: u32 = 1_000;
const CELLS: u32 = 20;
const LIMIT_MS: f64 = 100.0;

pub fn lines(folder: &Path) -> Vec<Line> {
    let path = folder.join("typing.headroom");
    write(&path);
    let window = Window::start(&Start { arguments: &[path.to_str().unwrap()], ..Start::default() });
    window.go("#/hiring");
    window.wait_text("#sheet-0-1", "engineer");
    let times = typed(&window);
    vec![
        Line::limit("cell typed, 10,000 seats: half of all", times[times.len() / 2], LIMIT_MS),
        Line::limit("cell typed, 10,000 seats: 95 of 100", times[times.len() * 95 / 100], LIMIT_MS),
    ]
}

/// Types levels down a column, each as soon as the one before is painted: sorted milliseconds from the key that ends
/// a cell to the frame that shows it. Answers to earlier cells arrive meanwhile.
fn typed(window: &Window) -> Vec<f64> {
    let script = format!(
        "{PAINTED}\
         const sheet = document.querySelector('[data-testid=sheet]');\
         const press = (on, key) => on.dispatchEvent(\
            new KeyboardEvent('keydown', {{key, bubbles: true, cancelable: true}}));\
         const times = []; let line = 0; let start = 0;\
         const shown = () => {{\
            const cell = document.getElementById(`sheet-${{line}}-4`);\
            if (cell.textContent.trim() !== `X${{line}}`) return painted(shown);\
            times.push(performance.now() - start); line += 1;\
            if (times.length === {CELLS}) return done(times.sort((a, b) => a - b));\
            painted(type);\
         }};\
         const type = () => {{\
            press(sheet, 'X');\
            painted(() => {{\
               const editor = document.querySelector('[data-testid=cell-editor]');\
               editor.value = `X${{line}}`; editor.dispatchEvent(new Event('input', {{bubbles: true}}));\
               start = performance.now(); press(editor, 'Enter'); painted(shown);\
            }});\
         }};\
         sheet.focus(); press(sheet, 'Home');\
         for (let step = 0; step < 4; step += 1) press(sheet, 'ArrowRight');\
         painted(type);"
    );
    window.js_later(&script).as_array().unwrap().iter().filter_map(Value::as_f64).collect()
}

/// An organisation with a third of its positions vacant.
pub fn write(path: &Path) {
    let empty = Plan::default();
    let mut draft = Draft::new(&empty);
    let mut numbers = Numbers::new(29);
    let today = headroom_tests::today();
    let teams: Vec<_> = (0..TEAMS).map(|_| draft.new_id::<Team>()).collect();
    for (at, id) in teams.iter().enumerate() {
        let parent = (at > 0).then(|| teams[(at - 1) / 8]);
        let (key, name) = (format!("team-{at}"), format!("Team number {at}"));
        draft.put(Team { id: *id, key, name, parent, ..Team::default() });
    }
    let seats: Vec<_> = (0..SEATS).map(|_| draft.new_id::<Position>()).collect();
    for (at, id) in seats.iter().enumerate() {
        let is_filled = (at as u32) < FILLED;
        let ahead = (!is_filled).then(|| u64::from(numbers.below(720)));
        let pay = 60_000 + i64::from(numbers.below(90_000));
        draft.put(Position {
            id: *id,
            key: format!("HC-{at:05}"),
            title: "Software engineer".to_owned(),
            team: Some(teams[at % teams.len()]),
            discipline: ["engineering", "design", "product", "data"][at % 4].to_owned(),
            level: format!("L{}", 3 + at % 5),
            manager: (at > 0).then(|| seats[(at - 1) / 7]),
            location: ["Berlin", "Leeds", "Lyon"][at % 3].to_owned(),
            reason: ["growth", "backfill"][at % 2].to_owned(),
            status: if is_filled { Status::Open } else { Status::ALL[at % 4] },
            need_by: ahead.map(|days| day_after(today, days + 120)),
            start: ahead.map(|days| day_after(today, days + 30)),
            pay: Some(Money::new(pay * 100, headroom_model::Currency::EUR)),
            ..Position::default()
        });
    }
    for at in 0..FILLED {
        let id = draft.new_id::<Person>();
        let (key, name) = (format!("p{at}"), format!("Person Number {at}"));
        draft.put(Person { id, key, name, ..Person::default() });
        let team = teams[at as usize % teams.len()];
        let role = if at < TEAMS { "lead" } else { "member" }.to_owned();
        let row = draft.new_id::<Membership>();
        draft.put(Membership { id: row, person: id, team, role, ..Membership::default() });
        let row = draft.new_id::<Assignment>();
        draft.put(Assignment { id: row, person: id, position: seats[at as usize], ..Assignment::default() });
    }
    for at in 0..SERVICES {
        let id = draft.new_id::<Service>();
        draft.put(Service {
            id,
            key: format!("svc-{at}"),
            name: format!("Service {at}"),
            ..Service::default()
        });
        let row = draft.new_id::<Ownership>();
        let owner = Owner::Team(teams[at as usize % teams.len()]);
        draft.put(Ownership {
            id: row,
            service: id,
            owner,
            role: role::OWNER.to_owned(),
            ..Ownership::default()
        });
    }
    Store::create_with(path, &OperationMeta::edit("made", "bench", headroom_tests::now()), &draft.finish())
        .unwrap();
}

fn day_after(day: NaiveDate, days: u64) -> NaiveDate {
    day + Days::new(days)
}
