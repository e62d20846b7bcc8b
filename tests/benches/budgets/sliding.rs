//! Time from an event of the date slider to the frame painted after it, in the real window, with 2,000 people and
//! 1,000 services.

use std::path::Path;

use chrono::{Days, NaiveDate};
use headroom_model::{
    Assignment, Dependency, Draft, Membership, Owner, Ownership, Person, Plan, Position, Service, Team, role,
};
use headroom_store::{OperationMeta, Store};
use headroom_tests::window::{Start, Window};
use serde_json::Value;

use crate::{Line, painted::PAINTED, synthetic::Numbers};

const PEOPLE: u32 = 2_000;
const SERVICES: u32 = 1_000;
const TEAMS: u32 = 250;
/// Number of vacant positions.
const WANTED: u32 = 300;
const STEPS: u32 = 60;
const RUNS: usize = 3;
const LIMIT_MS: f64 = 50.0;
/// Days per step of the slider: as keys and playing move it, and as a hand does.
const PACES: [(&[u32], &str); 3] = [(&[1], "by days"), (&[11], "by leaps"), (&[1, 3, 2, 7, 4], "by hand")];

pub fn lines(folder: &Path) -> Vec<Line> {
    let plan = folder.join("sliding.headroom");
    write(&plan);
    let window = Window::start(&Start { arguments: &[plan.to_str().unwrap()], ..Start::default() });
    let mut lines = Vec::new();
    for (what, address, ready) in [
        ("organisation as a chart", "#/organisation", "[data-testid=team-chart] .box"),
        ("organisation as a list", "#/organisation?as=list", "[role=row]"),
        ("organisation by reporting lines", "#/organisation?by=manager", "[data-testid=team-chart] .box"),
        ("findings", "#/findings", "[role=row]"),
        ("ownership", "#/ownership", "[role=row]"),
    ] {
        window.go(address);
        window.wait(what, |it| it.has(ready).then_some(()));
        lines.extend(lines_of(&window, what));
    }
    lines
}

/// The slider in the view that is shown.
pub fn lines_of(window: &Window, what: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    for (steps, word) in PACES {
        let times = (0..RUNS).map(|_| times(window, steps)).min_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
        lines.push(Line::limit(format!("{what}, slider {word}: half of all"), times.0, LIMIT_MS));
        lines.push(Line::limit(format!("{what}, slider {word}: 95 of 100"), times.1, LIMIT_MS));
    }
    lines
}

/// Moves the slider step by step; gives the median and the 95th percentile.
fn times(window: &Window, steps: &[u32]) -> (f64, f64) {
    let script = format!(
        "{PAINTED}\
         const slider = document.querySelector('[data-testid=timeline]');\
         const put = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;\
         const times = []; const steps = {steps:?}; let at = 350; let start = 0;\
         const seen = new MutationObserver(() => painted(() => {{\
            times.push(performance.now() - start);\
            if (times.length < {STEPS}) return setTimeout(move, 20);\
            seen.disconnect();\
            done(times.sort((a, b) => a - b));\
         }}));\
         seen.observe(document.documentElement, {{attributeFilter: ['data-shown']}});\
         const move = () => {{\
            at += steps[times.length % steps.length];\
            start = performance.now();\
            put.call(slider, at % 900);\
            slider.dispatchEvent(new Event('input', {{bubbles: true}}));\
         }};\
         setTimeout(move, 500);"
    );
    let times: Vec<f64> =
        window.js_later(&script).as_array().unwrap().iter().filter_map(Value::as_f64).collect();
    (times[times.len() / 2], times[times.len() * 95 / 100])
}

/// An organisation in which something changes on most days of two years.
pub fn write(path: &Path) {
    let empty = Plan::default();
    let mut draft = Draft::new(&empty);
    let mut numbers = Numbers::new(41);
    let today = headroom_tests::today();
    let mut some_day = |one_in: u32| {
        let ahead = numbers.below(900);
        (numbers.below(one_in) == 0).then(|| today + Days::new(ahead.into()) - Days::new(350))
    };
    let teams: Vec<_> = (0..TEAMS)
        .map(|at| {
            let id = draft.new_id::<Team>();
            (id, at)
        })
        .collect();
    for (id, at) in &teams {
        let parent = (*at > 0).then(|| teams[(*at as usize - 1) / 8].0);
        let (key, name) = (format!("team-{at}"), format!("Team number {at}"));
        draft.put(Team { id: *id, key, name, parent, ..Team::default() });
    }
    let team = |at: u32| teams[at as usize % teams.len()].0;
    let mut seats = Vec::new();
    let mut people = Vec::new();
    for at in 0..PEOPLE + WANTED {
        let id = draft.new_id::<Position>();
        let manager = (at > 0).then(|| seats[(at as usize - 1) / 7]);
        let start = (at >= PEOPLE).then(|| today + Days::new(u64::from(at - PEOPLE)));
        let (key, title) = (format!("HC-{at:04}"), "Software engineer".to_owned());
        draft.put(Position { id, key, title, team: Some(team(at)), manager, start, ..Position::default() });
        seats.push(id);
    }
    for at in 0..PEOPLE {
        let id = draft.new_id::<Person>();
        let (key, name) = (format!("p{at}"), format!("Person Number {at}"));
        let (from, until) = (some_day(4), None::<NaiveDate>);
        let until = until.or_else(|| some_day(6)).filter(|last| from.is_none_or(|first| first <= *last));
        draft.put(Person { id, key, name, from, until, ..Person::default() });
        people.push(id);
    }
    for (at, person) in people.iter().enumerate() {
        let id = draft.new_id::<Membership>();
        let role = if at < TEAMS as usize { "lead" } else { "member" }.to_owned();
        let until = some_day(8);
        draft.put(Membership {
            id,
            person: *person,
            team: team(at as u32),
            role,
            until,
            ..Membership::default()
        });
        let id = draft.new_id::<Assignment>();
        draft.put(Assignment { id, person: *person, position: seats[at], ..Assignment::default() });
    }
    let mut services = Vec::new();
    for at in 0..SERVICES {
        let id = draft.new_id::<Service>();
        let (key, name) = (format!("svc-{at}"), format!("Service {at}"));
        draft.put(Service {
            id,
            key,
            name,
            tier: Some(1 + (at % 4) as u8),
            from: some_day(10),
            ..Service::default()
        });
        services.push(id);
        let id = draft.new_id::<Ownership>();
        let owner = match at % 10 {
            0 => Owner::Person(people[at as usize]),
            _ => Owner::Team(team(at * 7)),
        };
        let (service, role, until) = (services[at as usize], role::OWNER.to_owned(), some_day(5));
        draft.put(Ownership { id, service, owner, role, until, ..Ownership::default() });
    }
    for at in 1..SERVICES {
        for other in [at / 2, at / 3, at - 1] {
            let id = draft.new_id::<Dependency>();
            let (service, depends_on) = (services[at as usize], services[other as usize]);
            draft.put(Dependency { id, service, depends_on, ..Dependency::default() });
        }
    }
    Store::create_with(path, &OperationMeta::edit("made", "bench", headroom_tests::now()), &draft.finish())
        .unwrap();
}
