//! Ten thousand runs of two hundred positions over three years, against the plain simulation that tests compare with.

use std::time::Instant;

use chrono::{Days, NaiveDate};
use headroom_analysis::{
    assumptions::Assumptions,
    capacity::{Months, headcount_lines},
    simulation::{Inputs, Options, RunProgress, position_costs, simulate},
};
use headroom_model::{Assignment, Draft, Money, Person, Plan, Position, Status};

use crate::{Line, shortest};

#[path = "../../../src-tauri/crates/analysis/tests/all/plain_simulation/mod.rs"]
mod plain_simulation;

const RUNS: usize = 3;
const OPTIONS: Options = Options { runs: 10_000, seed: 1, replaces_leavers: false };

pub fn lines() -> Vec<Line> {
    let day: NaiveDate = "2027-01-01".parse().unwrap();
    let plan = plan(day);
    let assumptions = Assumptions::new(&plan);
    let heads = headcount_lines(&plan, &assumptions);
    let months = Months::new(day, 36);
    // Including preparation.
    let ours = shortest(RUNS, || {
        let costs = position_costs(&plan, &assumptions, &heads, &months).seats;
        let inputs = Inputs::new(&plan, &assumptions, &heads, months.clone(), day, &costs);
        simulate(&inputs, OPTIONS, &RunProgress::default()).unwrap()
    });
    let costs = position_costs(&plan, &assumptions, &heads, &months).seats;
    let inputs = Inputs::new(&plan, &assumptions, &heads, months, day, &costs);
    let start = Instant::now();
    std::hint::black_box(plain_simulation::plain(&inputs, OPTIONS));
    let plain = start.elapsed().as_secs_f64() * 1000.0;
    let what = "10,000 runs of 200 seats over 36 months";
    vec![Line::ratio(what, ours, "plain, on one thread", plain, 0.5), Line::limit(what, ours, 1000.0)]
}

/// Half of the positions are filled, half are to be filled over two years.
fn plan(day: NaiveDate) -> Plan {
    let mut plan = Plan::default();
    let mut draft = Draft::new(&plan);
    for at in 0..200_u64 {
        let id = draft.new_id::<Position>();
        let is_taken = at % 2 == 0;
        draft.put(Position {
            id,
            key: format!("P{at}"),
            status: [Status::Approved, Status::Open, Status::Planned][at as usize % 3],
            start: (!is_taken).then(|| day + Days::new(60 + at * 3)),
            pay: Some(Money::whole(60_000 + at as i64 * 100, headroom_model::Currency::EUR)),
            ..Position::default()
        });
        if is_taken {
            let (person, row) = (draft.new_id::<Person>(), draft.new_id::<Assignment>());
            let key = format!("p{at}");
            draft.put(Person { id: person, key: key.clone(), name: key, ..Person::default() });
            let from = Some(day - Days::new(at * 5));
            draft.put(Assignment { id: row, position: id, person, from, ..Assignment::default() });
        }
    }
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    plan
}
