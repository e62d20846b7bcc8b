//! Bets, and scenarios as bets: what is tried, and what came of it.

use std::cmp::Reverse;

use chrono::NaiveDate;
use headroom_model::{Scenario, ScenarioId};

use super::filter::PlaybookScope;
use crate::bets::BetReading;

/// The scenarios that are asked for: open ones by the day on which they are decided, then those decided by the day, the
/// last first. What was decided after the day counts as open on it.
pub(super) fn bets(scope: &PlaybookScope<'_>) -> Vec<ScenarioId> {
    let day = scope.view.snapshot.day();
    let mut found: Vec<&Scenario> = scope.plan.scenarios.iter().filter(|row| scope.has_bet(row)).collect();
    found.sort_by_cached_key(|row| {
        let decided = if is_open_on(row, day) { None } else { row.decided };
        let due = row.decide_by.unwrap_or(NaiveDate::MAX);
        (!is_open_on(row, day), decided.map(Reverse), due, row.name.clone(), row.key.clone())
    });
    found.into_iter().map(|row| row.id).collect()
}

/// The bets that are asked for, as the board has them.
pub(super) fn own_bets(scope: &PlaybookScope<'_>) -> Vec<BetReading> {
    let mut found = crate::bets::bets(scope.plan, scope.view.snapshot.day());
    found.retain(|reading| scope.plan.get(reading.bet).is_some_and(|row| scope.has_own_bet(row)));
    found
}

/// Whether a scenario was not decided yet on a day.
pub fn is_open_on(row: &Scenario, day: NaiveDate) -> bool {
    row.is_open() || row.decided.is_some_and(|decided| decided > day)
}
