//! The forecast of a year, against evaluating each day of it; and proposals of owners.

use std::{path::Path, sync::Arc};

use chrono::{Days, NaiveDate};
use headroom_analysis::{
    DayView, Responders,
    assign::Candidates,
    forecast::{ForecastParams, forecast},
};
use headroom_model::{Draft, Person, Plan, ServiceIx, Snapshot};
use headroom_store::Store;
use headroom_tests::{Desk, real_data};

use crate::{Line, shortest};

const RUNS: usize = 5;
const YEAR: u64 = 365;

pub fn lines(plan: &Path) -> Vec<Line> {
    let day = headroom_tests::today();
    let store = Store::open(plan, headroom_tests::now()).unwrap();
    let plan = with_departures(store.plan(), day);
    let until = day + Days::new(YEAR);
    let ours = shortest(RUNS, || forecast(&plan, &ForecastParams::new(&plan, day, until)));
    let theirs =
        shortest(1, || (0..=YEAR).map(|ahead| gaps_on(&plan.as_of(day + Days::new(ahead)))).sum::<usize>());
    let what = "forecast a year of 34,000 services";
    // Twenty times faster.
    let mut lines = vec![Line::ratio(what, ours, "day by day", theirs, 0.05)];
    lines.push(proposal("34,000 services", &plan, day));
    if let Some(data) = real_data("debian-science") {
        let desk = Desk::new();
        desk.import(&[&data], &[]);
        let store = Store::open(&desk.plan, headroom_tests::now()).unwrap();
        lines.push(proposal("debian-science", store.plan(), day));
    }
    lines
}

/// Every tenth person leaves during the year, so that there are gaps to find.
fn with_departures(plan: &Arc<Plan>, day: NaiveDate) -> Arc<Plan> {
    let mut draft = Draft::new(plan);
    for (at, person) in plan.people.iter().enumerate().filter(|(at, _)| at % 10 == 0) {
        let until = Some(day + Days::new(at as u64 % YEAR));
        draft.put(Person { until, ..person.clone() });
    }
    let changes = draft.finish();
    let mut plan = (**plan).clone();
    plan.apply(&changes).unwrap();
    Arc::new(plan)
}

/// The minimum for one day: the responders of each service and the members of each team.
fn gaps_on(snapshot: &Snapshot) -> usize {
    let responders = Responders::new(snapshot);
    let services = (0..snapshot.service_count()).filter(|at| responders.of(*at).len() < 2).count();
    let teams = (0..snapshot.team_count()).filter(|at| responders.on(*at).len() < 2).count();
    services + teams + snapshot.dangling().count()
}

fn proposal(name: &str, plan: &Arc<Plan>, day: NaiveDate) -> Line {
    let view = DayView::new(plan, day, None);
    let unowned: Vec<ServiceIx> =
        (0..view.snapshot.service_count()).filter(|at| view.snapshot.owners(*at).is_empty()).collect();
    let took = shortest(RUNS, || Candidates::new(&view.context()).propose(&unowned));
    Line::limit(format!("owners for all {} unowned of {name}", unowned.len()), took, 2000.0)
}
