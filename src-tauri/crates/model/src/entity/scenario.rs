//! A scenario: another future of the plan, kept apart until it is merged or dropped.
//!
//! The row says what the scenario is about; what was changed in it are operations of its own in the file.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::*;

/// What has become of a scenario.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScenarioState {
    #[default]
    Open,
    /// The plan has taken its changes.
    Merged,
    /// It was decided against; it is kept, and can be opened again.
    Dropped,
}

impl ScenarioState {
    pub const ALL: [ScenarioState; 3] = [ScenarioState::Open, ScenarioState::Merged, ScenarioState::Dropped];

    pub const fn word(self) -> &'static str {
        match self {
            ScenarioState::Open => "open",
            ScenarioState::Merged => "merged",
            ScenarioState::Dropped => "dropped",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word().eq_ignore_ascii_case(word.trim()))
    }
}

word_value!(ScenarioState, |state| state.word().to_owned());

entity! {
    /// A scenario: a bet on another future, with what is expected of it.
    pub struct Scenario: ScenarioId {
        /// The key by which people and the command line know it; never changes.
        key: String, "ID", required();
        name: String, "name", required();
        description: String, "what it is about", long();
        /// `Two more on-call engineers close the gap of Customs by June for under 200,000 EUR`.
        hypothesis: String, "hypothesis", long();
        /// What would show that it worked.
        success_criteria: String, "success criteria", long();
        /// The same in figures of the plan.
        expected: Vec<ExpectedFigure>, "expected figures";
        owner: Option<PersonId>, "owner";
        /// The day by which it is merged or dropped.
        decide_by: Option<NaiveDate>, "decide by";
        state: ScenarioState, "state";
        /// The day on which it was merged or dropped.
        decided: Option<NaiveDate>, "decided on";
        /// How the decision was explained.
        outcome: String, "outcome", long();
        /// Who has signed its merge off, where the plan asks for that.
        signed_off_by: String, "signed off by";
        signed_off: Option<NaiveDate>, "signed off on";
    }
}

impl Entity for Scenario {
    fn key(&self) -> Option<&str> {
        Some(&self.key)
    }

    fn called(&self) -> Option<&str> {
        Some(&self.name)
    }
}

impl Scenario {
    pub fn is_open(&self) -> bool {
        self.state == ScenarioState::Open
    }
}
