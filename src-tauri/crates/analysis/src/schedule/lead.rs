use chrono::{NaiveDate, TimeDelta};
use headroom_model::{Position, Status};

use crate::assumptions::{Assumptions, Subject};

/// How long the steps of a hire take, in calendar days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lead {
    /// From asking until the position may be opened.
    pub approval: i64,
    /// From opening until somebody accepts.
    pub time_to_fill: i64,
    /// From accepting until the first day.
    pub notice: i64,
    /// From the first day until somebody can be counted on.
    pub ramp: i64,
}

/// The last calendar days of each step for somebody to be productive on the need-by day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Latest {
    pub approve: NaiveDate,
    pub open: NaiveDate,
    pub accept: NaiveDate,
    pub start: NaiveDate,
}

impl Lead {
    /// What the plan assumes for somebody who starts in a seat on a day.
    pub fn of(assumptions: &Assumptions<'_>, position: &Position, day: NaiveDate) -> Self {
        let days = |kind| assumptions.days(kind, Subject::position(position, None), day);
        Self {
            approval: days("approval-time"),
            time_to_fill: days("time-to-fill"),
            notice: days("notice"),
            ramp: ramp(assumptions, Subject::position(position, None), day),
        }
    }

    /// Back from the day on which somebody must be productive:
    /// `open = need_by − ramp − notice − time_to_fill`, `approve = open − approval`.
    /// Days before the calendar begins are its first day.
    pub fn back_from(&self, need_by: NaiveDate) -> Latest {
        self.before(days_after(need_by, -self.ramp))
    }

    /// Back from the first day.
    pub fn before(&self, start: NaiveDate) -> Latest {
        let accept = days_after(start, -self.notice);
        let open = days_after(accept, -self.time_to_fill);
        Latest { approve: days_after(open, -self.approval), open, accept, start }
    }

    /// The fewest days from the next step of a seat until somebody's first day. Somebody may accept tomorrow where
    /// recruiting goes on already.
    pub fn until_start(&self, status: Status) -> i64 {
        match status {
            Status::Planned => self.approval + self.time_to_fill + self.notice,
            Status::Approved => self.time_to_fill + self.notice,
            _ => self.notice,
        }
    }
}

/// The days until whoever starts on a day can be counted on: by the assumptions of their first day, wherever it is
/// asked.
pub fn ramp(assumptions: &Assumptions<'_>, subject: Subject<'_>, start: NaiveDate) -> i64 {
    assumptions.days("ramp-time", subject, start)
}

/// The last first day on which somebody can be counted on by the need-by day.
pub fn latest_start(assumptions: &Assumptions<'_>, subject: Subject<'_>, need_by: NaiveDate) -> NaiveDate {
    let mut last = need_by;
    for first in assumptions.days_of_change("ramp-time").into_iter().filter(|day| *day <= need_by) {
        let start = days_after(need_by, -ramp(assumptions, subject, last)).min(last);
        if start >= first {
            return start;
        }
        last = days_after(first, -1);
    }
    days_after(need_by, -ramp(assumptions, subject, last)).min(last)
}

/// So many calendar days later, within the days that there are.
pub fn days_after(day: NaiveDate, days: i64) -> NaiveDate {
    let beyond = if days < 0 { NaiveDate::MIN } else { NaiveDate::MAX };
    TimeDelta::try_days(days).and_then(|delta| day.checked_add_signed(delta)).unwrap_or(beyond)
}
