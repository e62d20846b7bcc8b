//! What people who are there can do on a day.

use chrono::NaiveDate;
use headroom_model::Plan;

use super::in_millionths;
use crate::{
    assumptions::Assumptions,
    capacity::{HeadcountLine, Learning, Months},
};

/// Somebody who is there, with their ramp-up.
#[derive(Debug)]
pub(super) struct WorkingLine {
    pub head: HeadcountLine,
    learning: Learning,
}

impl WorkingLine {
    pub fn new(plan: &Plan, assumptions: &Assumptions<'_>, head: HeadcountLine) -> Self {
        Self { learning: Learning::of(plan, assumptions, &head), head }
    }

    /// Full-time equivalent at the end of a day, after ramp-up, less the mentoring that it takes; in millionths.
    pub fn capacity_on(&self, day: NaiveDate) -> i64 {
        if !self.head.span().contains(day) {
            return 0;
        }
        let Learning { ramp, mentoring } = &self.learning;
        let (output, taken) = match self.head.since {
            Some(since) => {
                let months = Months::new(day, 1);
                // The end of a month is still of that month.
                let at = (months.end(day) - months.place(since) - 1e-9).max(0.0);
                (ramp.at(at), mentoring.at(at))
            }
            // Long ago.
            None => (ramp.last(), mentoring.last()),
        };
        in_millionths(self.head.fte * (output - taken))
    }
}
