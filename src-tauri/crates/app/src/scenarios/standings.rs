//! How the open scenarios of a plan file stand to the plan and to each other.

use chrono::NaiveDate;
use headroom_analysis::scenario_standings::{OpenScenarioChanges, ScenarioStandings};
use headroom_store::{Store, StoreError};

/// How the open scenarios stand. None of them is worked out for it.
///
/// # Errors
/// [`StoreError::Database`].
pub fn scenario_standings(store: &mut Store, today: NaiveDate) -> Result<ScenarioStandings, StoreError> {
    let open = store.open_scenarios()?;
    let changes: Vec<OpenScenarioChanges<'_>> = open
        .iter()
        .map(|open| OpenScenarioChanges {
            scenario: open.scenario,
            changes: &open.changes,
            behind_since: open.behind_since.map(|at| at.date_naive()),
        })
        .collect();
    Ok(ScenarioStandings::new(store.plan_itself(), &changes, today))
}
