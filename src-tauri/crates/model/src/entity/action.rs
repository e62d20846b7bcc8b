//! Actions: what was decided to do after an incident, for a bet or about a finding.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::*;

/// What has become of an action.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActionState {
    #[default]
    Open,
    Done,
    /// It was decided not to do it.
    Dropped,
}

impl ActionState {
    pub const ALL: [ActionState; 3] = [ActionState::Open, ActionState::Done, ActionState::Dropped];

    pub const fn word(self) -> &'static str {
        match self {
            ActionState::Open => "open",
            ActionState::Done => "done",
            ActionState::Dropped => "dropped",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word().eq_ignore_ascii_case(word.trim()))
    }
}

word_value!(ActionState, |state| state.word().to_owned());

entity! {
    /// Something to do. It belongs to a service or a team, never to a person: whose it is on a day follows from who owns
    /// the service on that day.
    pub struct Action: ActionId {
        /// The key by which people and other tools know it; never changes.
        key: String, "ID", required();
        title: String, "title", required();
        text: String, "text", long();
        service: Option<ServiceId>, "service";
        /// Where there is no service, or nobody owns it.
        team: Option<TeamId>, "team";
        incident: Option<IncidentId>, "incident";
        bet: Option<BetId>, "bet";
        /// The ID of the finding that it is to remove: `unowned-service/checkout`.
        finding: String, "finding", long();
        opened: Option<NaiveDate>, "opened";
        due: Option<NaiveDate>, "due";
        state: ActionState, "status";
        /// The day on which it was done or dropped.
        closed: Option<NaiveDate>, "closed on";
        /// Why it was dropped.
        reason: String, "reason", long();
        link: String, "link", long();
        /// Format it was imported from; none if entered by hand.
        source: Option<String>, "imported from";
        extra: Extra, "other source data";
    }
}

impl Entity for Action {
    fn key(&self) -> Option<&str> {
        Some(&self.key)
    }

    fn called(&self) -> Option<&str> {
        Some(&self.title)
    }
}

impl Action {
    /// Its status on a day; none before it was opened. What is closed without a day was closed on all days.
    pub fn state_on(&self, day: NaiveDate) -> Option<ActionState> {
        if self.opened.is_some_and(|opened| opened > day) {
            return None;
        }
        let is_later = self.closed.is_some_and(|closed| closed > day);
        Some(if is_later { ActionState::Open } else { self.state })
    }
}
