//! The capacity of scenarios with chance: the same chance for each, so that they differ by what they change.

use chrono::NaiveDate;
use headroom_analysis::simulation::{Inputs, Options, RunProgress, simulate};
use serde::Serialize;

use super::ScenarioComparisonQuery;
use crate::{
    at::At,
    error::{Answer, AppError},
    hiring::simulation::PercentileRow,
    state::AppState,
};

/// Enough that the bounds of the middle eight in ten are steady, few enough that several scenarios do not have to be
/// waited for.
const RUNS: u32 = 300;
/// Common to all, so that a scenario without changes has the fan of the plan.
const SEED: u64 = 1;

/// Capacity by month with chance.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ScenarioFan {
    pub months: Vec<NaiveDate>,
    pub runs: u32,
    /// Capacity in full-time people, by column, then by month.
    pub capacity: Vec<Vec<PercentileRow>>,
}

/// Capacity of the scenarios of a comparison by month, simulated with common random numbers: departures are backfilled.
///
/// # Errors
/// As [`super::compare_scenarios`].
#[specta::specta]
pub fn scenario_fan(app: &AppState, query: ScenarioComparisonQuery, at: At) -> Answer<ScenarioFan> {
    let period = query.period(at)?;
    let months = period.months();
    let options = Options { runs: RUNS, seed: SEED, replaces_leavers: true };
    let fan = |app: &AppState| {
        let plan = app.plan()?;
        let (inputs, _) = Inputs::of_plan(&plan, period.from, months.len(), |_| true);
        let outcome = simulate(&inputs.in_common(), options, &RunProgress::default());
        let outcome = outcome.ok_or_else(AppError::cancelled)?;
        Ok(outcome.capacity.iter().map(PercentileRow::from).collect())
    };
    Ok(ScenarioFan {
        months: (0..months.len()).map(|at| months.first_day(at)).collect(),
        runs: RUNS,
        capacity: query.states(app)?.iter().map(|(_, app)| fan(app)).collect::<Answer<_>>()?,
    })
}
