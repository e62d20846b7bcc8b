//! Moments of deployments in words, and whether they are still to come.

use chrono::{DateTime, TimeDelta};

/// `2026-03-12 17:16`, in UTC.
pub fn in_words(seconds: i64) -> String {
    DateTime::from_timestamp(seconds, 0)
        .map(|time| time.format("%Y-%m-%d %H:%M").to_string())
        .unwrap_or_default()
}

/// Whether a moment is on a day after the import, with a day to spare for offsets.
pub(super) fn is_to_come(seconds: i64, today: Option<chrono::NaiveDate>) -> bool {
    let Some(tomorrow) = today.and_then(|today| today.checked_add_signed(TimeDelta::days(1))) else {
        return false;
    };
    super::measures::day_of(seconds) > tomorrow
}
