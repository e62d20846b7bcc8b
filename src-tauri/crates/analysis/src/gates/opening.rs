//! What a gate does to a hire: opened on a day, when somebody starts, and when they are productive.

use chrono::NaiveDate;
use headroom_model::Position;

use crate::schedule::{Schedule, days_after};

/// A hire that is opened on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    pub opens: NaiveDate,
    /// The first day of the hire: after time to fill and notice.
    pub start: NaiveDate,
    /// After ramp-up.
    pub productive: NaiveDate,
    /// Days after the day on which somebody is needed; negative: before it. None if no day is given.
    pub days_late: Option<i64>,
}

impl Opening {
    /// The hire of a position, opened on this day.
    pub fn on(position: &Position, schedule: &Schedule, opens: NaiveDate) -> Self {
        let lead = schedule.lead;
        let start = days_after(opens, lead.time_to_fill + lead.notice);
        let productive = days_after(start, lead.ramp);
        let days_late = position.need_by.map(|need_by| (productive - need_by).num_days());
        Self { opens, start, productive, days_late }
    }

    /// As it is planned, whatever it waits for; none if it has no day to start.
    pub fn planned(position: &Position, schedule: &Schedule) -> Option<Self> {
        let lead = schedule.lead;
        let opens = days_after(schedule.planned_start?, -(lead.time_to_fill + lead.notice));
        Some(Self::on(position, schedule, opens))
    }
}
