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
    /// What the plan assumes for a seat on a day.
    pub fn of(assumptions: &Assumptions<'_>, position: &Position, day: NaiveDate) -> Self {
        let days = |kind| assumptions.days(kind, Subject::seat(position, None), day);
        Self {
            approval: days("approval-time"),
            time_to_fill: days("time-to-fill"),
            notice: days("notice"),
            ramp: days("ramp-time"),
        }
    }

    /// Back from the day on which somebody must be productive:
    /// `open = need_by − ramp − notice − time_to_fill`, `approve = open − approval`.
    /// Days before the calendar begins are its first day.
    pub fn back_from(&self, need_by: NaiveDate) -> Latest {
        let start = days_after(need_by, -self.ramp);
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

/// So many calendar days later, within the days that there are.
pub fn days_after(day: NaiveDate, days: i64) -> NaiveDate {
    let beyond = if days < 0 { NaiveDate::MIN } else { NaiveDate::MAX };
    TimeDelta::try_days(days).and_then(|delta| day.checked_add_signed(delta)).unwrap_or(beyond)
}
