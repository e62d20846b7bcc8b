//! Scenarios of an organisation with 2,000 people and 1,000 services: comparing five of them and the plan over two years,
//! switching between them, and opening a file with fifty of two hundred changes each.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use chrono::{Days, NaiveDate};
use headroom_app::{
    at::At,
    edit::{FieldEdit, FieldValue},
    frame::status::frame,
    scenarios::{
        change::add_scenario,
        compare::{ScenarioComparisonQuery, compare_scenarios, scenario_fan},
        list::scenarios,
    },
    state::{AppState, First},
};
use headroom_model::{Currency, Draft, Membership, Money, Owner, Ownership, Position};
use headroom_store::{OperationMeta, Store};

use crate::{Line, shortest, sliding, starting, synthetic::Numbers};

const COMPARED: usize = 5;
const MANY: usize = 50;
/// Operations of a scenario, and changes of each.
const OPERATIONS: u32 = 20;
const CHANGES: u32 = 10;
const RUNS: usize = 3;

pub fn lines(folder: &Path) -> Vec<Line> {
    let plan = folder.join("without-scenarios.headroom");
    sliding::write(&plan);
    pay(&plan);
    let few = with_scenarios(&plan, "few", COMPARED);
    let many = with_scenarios(&plan, "many", MANY);
    let mut lines = comparing(&few);
    lines.extend(switching(&many));
    lines.push(Line::ratio(
        "opening with 50 scenarios of 200 changes",
        opening(&many),
        "without",
        opening(&plan),
        1.2,
    ));
    // With what the rules say of open scenarios, of which every two change something differently.
    let [with, without] = starting::first_views([&many, &plan]);
    lines.push(Line::ratio("first view with 50 scenarios of 200 changes", with, "without", without, 1.2));
    let grown = |path: &Path| fs::metadata(path).unwrap().len() as f64 / f64::from(1 << 20);
    println!("{:<58} {:>7.1} MB   {:.1} MB without", "file with 50 scenarios", grown(&many), grown(&plan));
    lines
}

fn opened(path: &Path) -> AppState {
    let app = AppState::new("bench".to_owned(), PathBuf::new(), First::Welcome, |_| ());
    app.open(path).unwrap();
    app.pay.show(true);
    app
}

fn note(label: &str) -> OperationMeta {
    OperationMeta::edit(label, "bench", headroom_tests::now())
}

/// Gives every position a salary, so that there is something to add up.
fn pay(path: &Path) {
    let mut store = Store::open(path, headroom_tests::now()).unwrap();
    let mut draft = Draft::new(store.plan());
    let mut euros = 60_000;
    draft.alter(|row: &Position| {
        euros += 10;
        Some(Position { pay: Some(Money::whole(euros, Currency::EUR)), ..row.clone() })
    });
    let changes = draft.finish();
    store.apply(&note("paid"), changes).unwrap();
}

/// A copy of the plan with so many scenarios.
fn with_scenarios(plan: &Path, name: &str, count: usize) -> PathBuf {
    let path = plan.with_file_name(format!("{name}-scenarios.headroom"));
    fs::copy(plan, &path).unwrap();
    let app = opened(&path);
    let mut numbers = Numbers::new(18);
    for at in 0..count {
        let key = add_scenario(&app, named(&format!("Bet {at}")), None).unwrap();
        let inside = app.in_scenario_named(&key).unwrap();
        (0..OPERATIONS).for_each(|_| edit(&inside, &mut numbers));
    }
    path
}

fn named(name: &str) -> Vec<FieldEdit> {
    vec![FieldEdit { field: "name".to_owned(), value: FieldValue::Text(name.to_owned()), was: None }]
}

/// Moves people, services and first days.
fn edit(app: &AppState, numbers: &mut Numbers) {
    let plan = app.plan().unwrap();
    let mut draft = Draft::new(&plan);
    for turn in 0..CHANGES {
        let mut nth = |count: usize| numbers.below(count as u32) as usize;
        match turn % 3 {
            0 => {
                let row = &plan.memberships.rows()[nth(plan.memberships.len())];
                let team = plan.teams.rows()[nth(plan.teams.len())].id;
                draft.put(Membership { team, ..row.clone() });
            }
            1 => {
                let row = &plan.ownerships.rows()[nth(plan.ownerships.len())];
                let team = plan.teams.rows()[nth(plan.teams.len())].id;
                draft.put(Ownership { owner: Owner::Team(team), ..row.clone() });
            }
            _ => {
                let row = &plan.positions.rows()[nth(plan.positions.len())];
                let start = Some(day(400 + nth(300) as u64));
                draft.put(Position { start, ..row.clone() });
            }
        }
    }
    let changes = draft.finish();
    drop(plan);
    app.alter(|store| store.apply(&note("moved"), changes)).unwrap();
}

/// So many days after the first of the slider.
fn day(after: u64) -> NaiveDate {
    headroom_tests::today() - Days::new(350) + Days::new(after)
}

fn query(app: &AppState) -> ScenarioComparisonQuery {
    let keys = app.plan().unwrap().scenarios.iter().map(|row| row.key.clone()).collect::<Vec<_>>();
    let (from, until) = ("2027-01-01".parse().unwrap(), "2028-12-31".parse().unwrap());
    let scenarios = [vec![String::new()], keys].concat();
    ScenarioComparisonQuery { scenarios, from: Some(from), until: Some(until) }
}

fn comparing(path: &Path) -> Vec<Line> {
    let at = At::default().on(day(700));
    // Each time as after opening.
    let cold = (0..RUNS).map(|_| {
        let app = opened(path);
        let query = query(&app);
        shortest(1, || compare_scenarios(&app, query.clone(), at).unwrap())
    });
    let cold = cold.fold(f64::INFINITY, f64::min);
    let app = opened(path);
    let query = query(&app);
    compare_scenarios(&app, query.clone(), at).unwrap();
    let warm = shortest(RUNS, || compare_scenarios(&app, query.clone(), at).unwrap());
    let fan = shortest(RUNS, || scenario_fan(&app, query.clone(), at).unwrap());
    vec![
        Line::limit("comparing 5 scenarios and the plan, 24 months: first", cold, 1000.0),
        Line::limit("comparing 5 scenarios and the plan, 24 months: again", warm, 1000.0),
        Line::limit("their capacity simulated", fan, 3000.0),
    ]
}

/// From one scenario to the next, on the same day: the day and the frame of the window.
fn switching(path: &Path) -> Vec<Line> {
    let app = opened(path);
    let at = At::default().on(day(500));
    let keys: Vec<String> = app.plan().unwrap().scenarios.iter().map(|row| row.key.clone()).collect();
    frame(&app, at).unwrap();
    let round = || {
        let time = |key: &String| {
            let start = Instant::now();
            let inside = app.in_scenario_named(key).unwrap();
            inside.day(at).unwrap();
            frame(&inside, at).unwrap();
            start.elapsed().as_secs_f64() * 1000.0
        };
        let mut times: Vec<f64> = keys.iter().map(time).collect();
        times.sort_by(f64::total_cmp);
        (times[times.len() / 2], times[times.len() * 95 / 100])
    };
    let (first, again) = (round(), round());
    let list = shortest(1, || scenarios(&app).unwrap());
    vec![
        Line::limit("list of 50 scenarios with the number of changes", list, 1000.0),
        Line::limit("switching to a scenario never looked at: half of all", first.0, 50.0),
        Line::limit("switching to a scenario never looked at: 95 of 100", first.1, 100.0),
        Line::limit("switching back to a scenario: half of all", again.0, 50.0),
        Line::limit("switching back to a scenario: 95 of 100", again.1, 100.0),
    ]
}

fn opening(path: &Path) -> f64 {
    shortest(20, || Store::open(path, headroom_tests::now()).unwrap())
}
