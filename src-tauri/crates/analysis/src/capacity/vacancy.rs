//! Recruiting dates and effort of a planned hire.

use chrono::{Days, NaiveDate};
use headroom_model::{Plan, Position, Status};

use super::{HeadcountLine, Months};
use crate::assumptions::{Assumptions, Subject};

/// Recruiting dates of a planned hire: opened, accepted, started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vacancy {
    pub opens: NaiveDate,
    pub accepts: NaiveDate,
    pub starts: NaiveDate,
}

impl Vacancy {
    /// Counts back from the first day: notice, then time to fill, in calendar days by the assumptions of the first
    /// day.
    pub fn before(assumptions: &Assumptions<'_>, position: &Position, starts: NaiveDate) -> Self {
        let subject = Subject::position(position, None);
        let back = |kind: &str, day: NaiveDate| {
            let days = u64::try_from(assumptions.days(kind, subject, starts)).unwrap_or(0);
            day.checked_sub_days(Days::new(days)).unwrap_or(day)
        };
        let accepts = back("notice", starts);
        Self { opens: back("time-to-fill", accepts), accepts, starts }
    }

    /// Dates of a planned hire; none for anybody else.
    pub fn of(plan: &Plan, assumptions: &Assumptions<'_>, head: &HeadcountLine) -> Option<Self> {
        let position = plan.positions.get(head.position?)?;
        head.is_planned.then_some(())?;
        Some(Self::before(assumptions, position, head.from?))
    }

    /// Fraction of a month between opening and acceptance.
    pub fn recruiting_in(&self, months: &Months, month: usize) -> f64 {
        let (from, to) = (months.place(self.opens), months.place(self.accepts));
        (to.min(month as f64 + 1.0) - from.max(month as f64)).max(0.0)
    }
}

/// Person-months of interviews for one hire.
pub fn interview_months(assumptions: &Assumptions<'_>, subject: Subject<'_>, day: NaiveDate) -> f64 {
    let number = |kind| assumptions.number(kind, subject, day).as_f64();
    let (join_rate, week) = (number("join-rate"), number("week"));
    if join_rate <= 0.0 || week <= 0.0 {
        return 0.0;
    }
    let hours = super::growth_benchmarks::interviewer_hours(
        join_rate,
        number("interviews"),
        number("interview-hours"),
    );
    hours / (week * 52.0 / 12.0)
}

/// Whether the position is still being recruited for; not once an offer is out.
pub fn is_sought(position: &Position) -> bool {
    position.status.is_wanted() && position.status != Status::Offered
}
