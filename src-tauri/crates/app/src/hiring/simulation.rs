//! Simulation of headcount, capacity and cost, with progress and cancellation.

use std::{sync::mpsc, thread, time::Duration};

use chrono::NaiveDate;
use headroom_analysis::{
    assumptions::{Assumptions, Subject, kind},
    simulation::{CHANCE, Inputs, Options, PercentileBand, RunProgress, simulate},
};
use headroom_model::{Decimal6, Plan, TeamId};
use serde::{Deserialize, Serialize};
use specta_typescript::Number;

use crate::{
    at::At,
    entities::id::Id,
    error::{Answer, AppError, ErrorKind},
    hidden_pay::rounding,
    hiring::{capacity::checked_months, wanted_teams::WantedTeams},
    state::{AppState, Notice},
};

const MOST_RUNS: u32 = 200_000;
/// Interval of progress events.
const TICK: Duration = Duration::from_millis(100);
/// The cost of this many positions reveals no salary.
const SEATS_THAT_HIDE: usize = 3;

#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SimulationRequest {
    /// Only this team and its sub-teams.
    pub team: Option<Id>,
    pub months: u32,
    pub runs: u32,
    pub seed: u32,
    /// Departures are backfilled, with recruiting from that day on.
    pub replaces_leavers: bool,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PercentileRow {
    #[specta(type = Number)]
    pub p10: f64,
    #[specta(type = Number)]
    pub p50: f64,
    #[specta(type = Number)]
    pub p90: f64,
    #[specta(type = Number)]
    pub mean: f64,
}

impl From<&PercentileBand> for PercentileRow {
    fn from(fan: &PercentileBand) -> Self {
        Self { p10: fan.p10, p50: fan.p50, p90: fan.p90, mean: fan.mean }
    }
}

/// An assumption that drives the simulation.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ChanceRow {
    pub kind: String,
    pub title: String,
    pub meaning: String,
    /// The general value, where nothing more specific applies.
    pub value: String,
    pub origin: String,
    /// Number of more specific assumptions in the plan.
    pub specific: u32,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SimulationAnswer {
    /// First days of the months.
    pub months: Vec<NaiveDate>,
    pub headcount: Vec<PercentileRow>,
    pub capacity: Vec<PercentileRow>,
    /// In whole units of the currency. None if salaries are unknown, or hidden and revealed by so few positions.
    pub cost: Option<Vec<PercentileRow>>,
    pub currency: String,
    pub is_cost_hidden: bool,
    pub seats: u32,
    pub seats_without_cost: u32,
    pub milliseconds: u32,
}

/// The assumptions that drive the simulation.
#[specta::specta]
pub fn chance(app: &AppState, team: Option<Id>, at: At) -> Answer<Vec<ChanceRow>> {
    let view = app.day(at)?;
    let plan = view.snapshot.plan();
    let assumptions = Assumptions::new(plan);
    let row = |id: &&str| chance_row(plan, &assumptions, id, team.map(TeamId::from), view.snapshot.day());
    Ok(CHANCE.iter().filter_map(row).collect())
}

fn chance_row(
    plan: &Plan,
    assumptions: &Assumptions<'_>,
    id: &str,
    team: Option<TeamId>,
    day: NaiveDate,
) -> Option<ChanceRow> {
    let kind = kind(id)?;
    let subject = Subject { team, ..Subject::default() };
    let said = assumptions.most_specific(id, subject, day);
    let value = assumptions.value(id, subject, day).map(|value| value.to_string()).unwrap_or_default();
    let specific =
        plan.assumptions.iter().filter(|row| row.kind == id && Some(row.id) != said.map(|row| row.id));
    let unit = if kind.unit == headroom_analysis::assumptions::Unit::Days { " days" } else { "" };
    Some(ChanceRow {
        kind: id.to_owned(),
        title: kind.title.to_owned(),
        meaning: kind.meaning.to_owned(),
        value: value + unit,
        origin: said.map_or(kind.origin, |row| row.origin.as_str()).to_owned(),
        specific: specific.count() as u32,
    })
}

#[specta::specta]
pub fn simulate_plan(app: &AppState, request: SimulationRequest, at: At) -> Answer<SimulationAnswer> {
    if !(1..=MOST_RUNS).contains(&request.runs) {
        let message = format!("runs must be between 1 and {MOST_RUNS}");
        return Err(AppError { field: Some("runs".into()), ..AppError::new(ErrorKind::Invalid, message) });
    }
    let view = app.day(at)?;
    let plan = view.snapshot.plan();
    let wanted = WantedTeams::new(plan, request.team)?;
    let count = checked_months(request.months)?;
    let watch = app.simulation.begin();
    let begun = std::time::Instant::now();
    let (inputs, currency) = Inputs::of_plan(plan, view.snapshot.day(), count, |team| wanted.has(team));
    let options =
        Options { runs: request.runs, seed: request.seed.into(), replaces_leavers: request.replaces_leavers };
    let outcome = telling(app, &watch, request.runs, || simulate(&inputs, options, &watch));
    let outcome = outcome.ok_or_else(AppError::cancelled)?;
    let costly = inputs.seats.iter().filter(|position| position.cost.iter().any(|cost| *cost > 0.0)).count();
    let is_cost_hidden = costly > 0 && costly < SEATS_THAT_HIDE && !app.pay.is_shown();
    let rows = |fans: &[PercentileBand]| fans.iter().map(PercentileRow::from).collect::<Vec<_>>();
    let most = outcome.cost.iter().map(|fan| fan.p90).fold(0.0, f64::max);
    let unit = rounding(most as i64, Decimal6::from_millionths(costly as i64 * 1_000_000)) as f64;
    let about = |value: f64| if app.pay.is_shown() { value } else { (value / unit).round() * unit };
    let cost = |fan: &PercentileBand| PercentileRow {
        p10: about(fan.p10),
        p50: about(fan.p50),
        p90: about(fan.p90),
        mean: about(fan.mean),
    };
    Ok(SimulationAnswer {
        months: (0..count).map(|at| inputs.months.first_day(at)).collect(),
        headcount: rows(&outcome.headcount),
        capacity: rows(&outcome.capacity),
        cost: (costly > 0 && !is_cost_hidden).then(|| outcome.cost.iter().map(cost).collect()),
        currency: currency.to_string(),
        is_cost_hidden,
        seats: inputs.seats.len() as u32,
        seats_without_cost: (inputs.seats.len() - costly) as u32,
        milliseconds: begun.elapsed().as_millis() as u32,
    })
}

/// Runs the work while another thread tells the progress.
fn telling<T>(app: &AppState, watch: &RunProgress, runs: u32, work: impl FnOnce() -> T) -> T {
    thread::scope(|scope| {
        let (end, is_end) = mpsc::channel::<()>();
        scope.spawn(move || {
            while is_end.recv_timeout(TICK) == Err(mpsc::RecvTimeoutError::Timeout) {
                app.tell(Notice::Simulation { done: watch.done(), runs });
            }
        });
        let outcome = work();
        drop(end);
        outcome
    })
}

/// Cancels the running simulation.
#[specta::specta]
pub fn cancel_simulation(app: &AppState) {
    app.simulation.cancel();
}
