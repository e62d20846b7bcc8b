//! Lead times of a hire, and the last days that follow from them.

use chrono::{NaiveDate, TimeDelta};
use headroom_model::{Position, Status};

use crate::assumptions::{Assumptions, Subject};

/// Lead times of a hire, in calendar days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lead {
    /// From request to approval.
    pub approval: i64,
    /// From opening to acceptance.
    pub time_to_fill: i64,
    /// From acceptance to the first day.
    pub notice: i64,
    /// From the first day until productive.
    pub ramp: i64,
}

/// Last calendar day of each step for somebody to be productive on the need-by date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Latest {
    pub approve: NaiveDate,
    pub open: NaiveDate,
    pub accept: NaiveDate,
    pub start: NaiveDate,
}

impl Lead {
    /// Lead times that the plan assumes for a position and a first day.
    pub fn of(assumptions: &Assumptions<'_>, position: &Position, day: NaiveDate) -> Self {
        let days = |kind| assumptions.days(kind, Subject::position(position, None), day);
        Self {
            approval: days("approval-time"),
            time_to_fill: days("time-to-fill"),
            notice: days("notice"),
            ramp: ramp(assumptions, Subject::position(position, None), day),
        }
    }

    /// Counts back from the need-by date: `open = need_by − ramp − notice − time_to_fill`,
    /// `approve = open − approval`. Dates saturate at the first of the calendar.
    pub fn back_from(&self, need_by: NaiveDate) -> Latest {
        self.before(days_after(need_by, -self.ramp))
    }

    /// Counts back from the first day.
    pub fn before(&self, start: NaiveDate) -> Latest {
        let accept = days_after(start, -self.notice);
        let open = days_after(accept, -self.time_to_fill);
        Latest { approve: days_after(open, -self.approval), open, accept, start }
    }

    /// Fewest days from the next step to the first day. An open position may be accepted tomorrow.
    pub fn until_start(&self, status: Status) -> i64 {
        match status {
            Status::Planned => self.approval + self.time_to_fill + self.notice,
            Status::Approved => self.time_to_fill + self.notice,
            _ => self.notice,
        }
    }
}

/// Days until somebody is productive who starts on `start`, by the assumptions of that day.
pub fn ramp(assumptions: &Assumptions<'_>, subject: Subject<'_>, start: NaiveDate) -> i64 {
    assumptions.days("ramp-time", subject, start)
}

/// Latest first day for somebody to be productive by the need-by date, even if the ramp-up time changes in between.
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

/// Adds calendar days; saturates at the ends of the calendar.
pub fn days_after(day: NaiveDate, days: i64) -> NaiveDate {
    let beyond = if days < 0 { NaiveDate::MIN } else { NaiveDate::MAX };
    TimeDelta::try_days(days).and_then(|delta| day.checked_add_signed(delta)).unwrap_or(beyond)
}
