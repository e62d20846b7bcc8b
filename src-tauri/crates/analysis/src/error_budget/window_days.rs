//! The days of a window.

use chrono::{Datelike, Days, NaiveDate};
use headroom_model::{MINUTES_A_DAY, ObjectiveWindow, PeriodLength, WindowUnit};

use crate::metrics::Period;

/// First and last day of a window, both included. The last one of the calendar may be still to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WindowDays {
    pub first: NaiveDate,
    pub last: NaiveDate,
    /// Whether it moves with the day.
    pub is_rolling: bool,
}

impl WindowDays {
    /// The window that a day is in; none if it is shorter than a day.
    pub fn of(window: ObjectiveWindow, day: NaiveDate) -> Option<Self> {
        if window.is_calendar()
            && let Some(days) = of_calendar(window, day)
        {
            return Some(days);
        }
        let days = window.minutes() / MINUTES_A_DAY;
        let first = day.checked_sub_days(Days::new(days.checked_sub(1)?)).unwrap_or(NaiveDate::MIN);
        Some(Self { first, last: day, is_rolling: true })
    }

    pub fn count(self) -> i64 {
        (self.last - self.first).num_days() + 1
    }
}

/// Weeks, months, quarters and years begin with the calendar. On which day several days of it would begin nobody has
/// said: they are the last ones.
fn of_calendar(window: ObjectiveWindow, day: NaiveDate) -> Option<WindowDays> {
    let (length, periods) = match window.unit() {
        WindowUnit::Week => (PeriodLength::Week, 1),
        WindowUnit::Month => (PeriodLength::Month, 1),
        WindowUnit::Quarter => (PeriodLength::Quarter, 1),
        WindowUnit::Year => (PeriodLength::Quarter, 4),
        WindowUnit::Day | WindowUnit::Hour | WindowUnit::Minute => return None,
    };
    let count = i32::try_from(window.count()).ok()?.checked_mul(periods)?;
    if day.year() < 0 {
        return None;
    }
    let now = Period::of(length, day);
    let begin = now.later(-now.number.rem_euclid(count));
    Some(WindowDays { first: begin.first(), last: begin.later(count - 1).last(), is_rolling: false })
}
