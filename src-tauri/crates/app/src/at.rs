//! The point from which the plan is looked at.

use chrono::NaiveDate;
use headroom_clock::today;
use serde::{Deserialize, Serialize};

/// The day from which the plan is looked at. Every use case that reads takes it whole, so that what a page shows is all of
/// one point. Which scenario is looked at goes with the state ([`AppState::in_scenario`](crate::state::AppState::in_scenario)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct At {
    /// The day shown; none stands for today.
    pub day: Option<NaiveDate>,
    /// Whether forecasts include planned hires.
    pub planned_hires: bool,
}

/// Today, with planned hires.
impl Default for At {
    fn default() -> Self {
        Self { day: None, planned_hires: true }
    }
}

impl At {
    /// The day shown, today by default.
    pub fn shown_day(self) -> NaiveDate {
        self.day.unwrap_or_else(today)
    }

    /// Another day from the same point.
    #[must_use]
    pub fn on(self, day: NaiveDate) -> Self {
        Self { day: Some(day), ..self }
    }
}
