//! Availability by calendar month.

use chrono::{Datelike, NaiveDate};
use headroom_model::{MINUTES_A_DAY, PeriodLength};
use num_traits::One;

use super::downtime::MeasuredMinutes;
use crate::metrics::{ExactValue, Period};

/// A month of which at least a day was measured.
#[derive(Debug, Clone, PartialEq)]
pub struct MonthAvailability {
    /// Its first day.
    pub first: NaiveDate,
    pub measured_days: i64,
    pub down: ExactValue,
    pub availability: ExactValue,
    /// It is over, and each of its days was measured.
    pub is_complete: bool,
}

/// The months up to that of a day, the oldest first.
pub fn months(minutes: &MeasuredMinutes, day: NaiveDate) -> Vec<MonthAvailability> {
    let Some(beginning) = minutes.beginning().filter(|beginning| *beginning <= day) else {
        return Vec::new();
    };
    let of = |day| Period::of(PeriodLength::Month, day);
    let mut found = Vec::new();
    let mut month = of(beginning);
    while month <= of(day) {
        found.extend(availability(minutes, month, day));
        month = month.later(1);
    }
    found
}

fn availability(minutes: &MeasuredMinutes, month: Period, day: NaiveDate) -> Option<MonthAvailability> {
    let (first, last) = (month.first(), month.last());
    let measured = minutes.within(first, last.min(day));
    let all = ExactValue::from_integer((measured.days * MINUTES_A_DAY as i64).into());
    (measured.days > 0).then(|| MonthAvailability {
        first,
        measured_days: measured.days,
        availability: ExactValue::one() - &measured.minutes / all,
        down: measured.minutes,
        is_complete: last <= day && measured.days == i64::from(last.day()),
    })
}
