//! Bets: small moves that can be taken back, with what they are to bring and the day on which that is decided.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::*;
use crate::money::Money;

/// What was decided about a bet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BetDecision {
    /// It has worked: more of it.
    #[default]
    Scale,
    Stop,
    /// Something else is tried.
    Change,
}

impl BetDecision {
    pub const ALL: [BetDecision; 3] = [BetDecision::Scale, BetDecision::Stop, BetDecision::Change];

    pub const fn word(self) -> &'static str {
        match self {
            BetDecision::Scale => "scale",
            BetDecision::Stop => "stop",
            BetDecision::Change => "change",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|decision| decision.word().eq_ignore_ascii_case(word.trim()))
    }
}

word_value!(BetDecision, |decision| decision.word().to_owned());

entity! {
    /// A bet: if these objectives are not met by a day, it is stopped or changed.
    pub struct Bet: BetId {
        /// The key by which people and files know it; never changes.
        key: String, "ID", required();
        name: String, "name", required();
        /// What is tried, and why it should work.
        hypothesis: String, "hypothesis", long();
        /// Who tries it.
        team: Option<TeamId>, "team";
        segment: String, "segment";
        channel: String, "channel";
        market: String, "market";
        /// What has to be true for it to go on: all of these.
        objectives: Vec<ObjectiveId>, "objectives";
        budget: Option<Money>, "budget", columns(&["budget", "currency"]);
        /// The first day.
        from: Option<NaiveDate>, "starts on";
        decide_by: Option<NaiveDate>, "decide by";
        /// The day to decide and the objectives as they were before they were first changed, in words.
        first_terms: String, "terms as first set", long(), internal();
        decided: Option<NaiveDate>, "decided on";
        decision: Option<BetDecision>, "decision";
        /// How the decision was explained.
        reason: String, "reason", long();
        /// What came of it, looked at some time after the decision.
        outcome: String, "outcome", long();
        reviewed: Option<NaiveDate>, "reviewed on";
        /// The scenario that is this bet.
        scenario: Option<ScenarioId>, "scenario";
        /// Format it was imported from; none if entered by hand.
        source: Option<String>, "imported from";
        extra: Extra, "other source data";
    }
}

impl Entity for Bet {
    fn key(&self) -> Option<&str> {
        Some(&self.key)
    }

    fn called(&self) -> Option<&str> {
        Some(&self.name)
    }

    fn check_together(&self) -> Result<(), FieldError> {
        match (self.decided, self.decision) {
            (Some(_), None) => Err(FieldError::new("decision", "must be said for a decided bet")),
            (None, Some(_)) => Err(FieldError::new("decided", "must be said for a decided bet")),
            _ => Ok(()),
        }
    }
}

impl Bet {
    /// Whether it has begun and is not decided on a day.
    pub fn is_running(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && !self.is_decided(day)
    }

    pub fn is_decided(&self, day: NaiveDate) -> bool {
        self.decided.is_some_and(|decided| decided <= day)
    }
}
