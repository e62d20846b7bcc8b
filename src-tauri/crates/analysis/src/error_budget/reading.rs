//! What a day shows of a budget: minutes down, what is left, how fast it burns, and when it ends.

use chrono::{Days, NaiveDate};
use headroom_model::MINUTES_A_DAY;
use num_traits::Zero;

use super::{
    downtime::{DayMinutes, MeasuredMinutes},
    service_objective::ServiceObjective,
    window_days::WindowDays,
};
use crate::{metrics::ExactValue, schedule::days_after};

/// Days over which the burn is measured, unless the window is shorter.
pub const BURN_DAYS: i64 = 7;

/// Days ahead that are looked at for the end of a budget.
const LOOK_AHEAD_DAYS: i64 = 3_660;

/// Why there is nothing to be said of a budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoBudgetReading {
    /// Minutes of downtime say nothing of latency.
    NotAvailability,
    /// Minutes by day say nothing of a window that is shorter than one.
    TooShort,
    /// No day of the window was measured.
    NoFigures,
}

impl NoBudgetReading {
    /// As files and the command line have it.
    pub const fn word(self) -> &'static str {
        match self {
            NoBudgetReading::NotAvailability => "not-availability",
            NoBudgetReading::TooShort => "too-short",
            NoBudgetReading::NoFigures => "no-figures",
        }
    }
}

/// A budget on a day. Minutes are exact.
#[derive(Debug, Clone, PartialEq)]
pub struct BudgetReading {
    pub days: WindowDays,
    /// How many days of the window there have been, and how many of them were measured.
    pub elapsed_days: i64,
    pub measured_days: i64,
    pub down: ExactValue,
    /// The budget of the days measured.
    pub budget: ExactValue,
    /// Less than 0 if more was spent.
    pub left: ExactValue,
    /// None if nothing may fail: no share of nothing.
    pub spent: Option<ExactValue>,
    pub is_exhausted: Option<bool>,
    /// How many days the burn is measured over, and which share of their budget was spent.
    pub burn_days: i64,
    pub burn: Option<ExactValue>,
    /// The first day on which it would be spent at this rate; none if that never comes, or it is spent already.
    pub ends_on: Option<NaiveDate>,
}

/// What a day shows of an SLO.
pub(super) fn read(
    slo: &ServiceObjective,
    minutes: Option<&MeasuredMinutes>,
    day: NaiveDate,
) -> Result<BudgetReading, NoBudgetReading> {
    if !slo.is_availability {
        return Err(NoBudgetReading::NotAvailability);
    }
    let days = WindowDays::of(slo.window, day).ok_or(NoBudgetReading::TooShort)?;
    let minutes = minutes.ok_or(NoBudgetReading::NoFigures)?;
    let measured = minutes.within(days.first, day.min(days.last));
    if measured.days == 0 {
        return Err(NoBudgetReading::NoFigures);
    }
    let a_day = slo.allowed() * whole(MINUTES_A_DAY);
    let recent = minutes.within(days.first.max(days_after(day, 1 - BURN_DAYS)), day);
    let budget = &a_day * whole(measured.days);
    let is_exhausted = (!budget.is_zero()).then(|| measured.minutes >= budget);
    let future = Future { minutes, days, day, a_day: &a_day };
    Ok(BudgetReading {
        days,
        elapsed_days: (day.min(days.last) - days.first).num_days() + 1,
        measured_days: measured.days,
        left: &budget - &measured.minutes,
        spent: share(&measured.minutes, &budget),
        is_exhausted,
        burn_days: recent.days,
        burn: share(&recent.minutes, &(&a_day * whole(recent.days))),
        ends_on: if is_exhausted == Some(false) { future.end(&measured, &recent) } else { None },
        down: measured.minutes,
        budget,
    })
}

fn whole(number: impl Into<num_bigint::BigInt>) -> ExactValue {
    ExactValue::from_integer(number.into())
}

fn share(part: &ExactValue, all: &ExactValue) -> Option<ExactValue> {
    (!all.is_zero()).then(|| part / all)
}

/// The days to come, each like the average of the last ones.
struct Future<'m> {
    minutes: &'m MeasuredMinutes,
    days: WindowDays,
    day: NaiveDate,
    /// The budget of a day.
    a_day: &'m ExactValue,
}

impl Future<'_> {
    /// The first day on which what is in the window reaches its budget.
    fn end(&self, measured: &DayMinutes, recent: &DayMinutes) -> Option<NaiveDate> {
        if recent.days == 0 || recent.minutes.is_zero() {
            return None;
        }
        let rate = &recent.minutes / whole(recent.days);
        let ahead =
            if self.days.is_rolling { self.days.count() } else { (self.days.last - self.day).num_days() };
        let mut inside = measured.clone();
        for later in 1..=ahead.min(LOOK_AHEAD_DAYS) {
            if self.days.is_rolling {
                let leaving = self.minutes.beginning_on(days_after(self.days.first, later - 1), self.day);
                inside.days -= leaving.days;
                inside.minutes -= leaving.minutes;
            }
            inside.days += 1;
            inside.minutes += &rate;
            if inside.minutes >= self.a_day * whole(inside.days) {
                return self.day.checked_add_days(Days::new(later.unsigned_abs()));
            }
        }
        None
    }
}
