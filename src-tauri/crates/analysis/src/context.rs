//! The day that is looked at.

use chrono::NaiveDate;
use headroom_model::Snapshot;

use crate::{facts::Facts, policy::Policy, scenario_standings::ScenarioStandings};

/// What findings are calculated from: snapshot, graph facts, policy and today.
pub struct Context<'a> {
    pub snapshot: &'a Snapshot,
    pub facts: &'a Facts,
    pub policy: &'a Policy,
    /// The last day on which people could have acted: the date of the snapshot, or today if that date lies ahead.
    /// Nothing is a finding that nobody could have confirmed, opened or reviewed yet.
    pub asked_on: NaiveDate,
    /// How the open scenarios stand; empty where nobody has asked.
    pub scenarios: &'a ScenarioStandings,
}

static NO_SCENARIOS: ScenarioStandings =
    ScenarioStandings { behind: Vec::new(), overlaps: Vec::new(), held: Vec::new() };

impl<'a> Context<'a> {
    /// Context with the date of the snapshot as today.
    pub fn new(snapshot: &'a Snapshot, facts: &'a Facts, policy: &'a Policy) -> Self {
        Self { snapshot, facts, policy, asked_on: snapshot.day(), scenarios: &NO_SCENARIOS }
    }

    /// The same with the real today; the snapshot may be of a later date.
    pub fn asked_on(self, today: NaiveDate) -> Self {
        Self { asked_on: today.min(self.snapshot.day()), ..self }
    }

    /// The same with how the open scenarios stand.
    pub fn with_scenarios(self, scenarios: &'a ScenarioStandings) -> Self {
        Self { scenarios, ..self }
    }
}
