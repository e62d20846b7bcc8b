//! Working days at a location, counted from a start.

use std::cmp::Ordering;

use chrono::{Days, NaiveDate};

use crate::schedule::Calendar;

/// How far around the starts working days are listed, in calendar days. Beyond, they are looked up one by one.
const REACH_DAYS: u64 = 500;

/// The working days at one location, listed around some starts.
pub struct WorkingDays<'a> {
    calendar: &'a Calendar,
    location: String,
    listed: Vec<NaiveDate>,
}

impl<'a> WorkingDays<'a> {
    /// For starts from `first` to `last`.
    pub fn new(calendar: &'a Calendar, location: &str, first: NaiveDate, last: NaiveDate) -> Self {
        let from = first.checked_sub_days(Days::new(REACH_DAYS)).unwrap_or(NaiveDate::MIN);
        let until = last.checked_add_days(Days::new(REACH_DAYS)).unwrap_or(NaiveDate::MAX);
        let days = from.iter_days().take_while(|day| *day <= until);
        let here = calendar.at(location);
        let listed = days.filter(|day| here.is_working(*day)).collect();
        Self { calendar, location: location.to_owned(), listed }
    }

    /// Counts from a start.
    pub fn from(&self, start: NaiveDate) -> WorkingDayCount<'_> {
        WorkingDayCount { days: self, first: self.listed.partition_point(|day| *day < start) as i64, start }
    }
}

/// Working days numbered from a start: 0 is the first on or after it, -1 the last before it.
pub struct WorkingDayCount<'a> {
    days: &'a WorkingDays<'a>,
    /// The index of day 0 in the list.
    first: i64,
    start: NaiveDate,
}

impl WorkingDayCount<'_> {
    /// The date of a numbered working day.
    pub fn day(&self, number: i32) -> NaiveDate {
        let at = self.first + i64::from(number);
        let listed = &self.days.listed;
        if let Some(day) = usize::try_from(at).ok().and_then(|at| listed.get(at)) {
            return *day;
        }
        let (from, steps) = match (listed.first(), listed.last()) {
            (Some(first), _) if at < 0 => (*first, at),
            (_, Some(last)) => (*last, at - (listed.len() as i64 - 1)),
            // Without any working day in the calendar, all numbers are the start.
            _ => return self.start,
        };
        self.walk(from, steps)
    }

    fn walk(&self, mut day: NaiveDate, steps: i64) -> NaiveDate {
        for _ in 0..steps.unsigned_abs() {
            let next = if steps < 0 {
                day.pred_opt().map(|before| self.days.calendar.on_or_before(before, &self.days.location))
            } else {
                day.succ_opt().map(|after| self.days.calendar.on_or_after(after, &self.days.location))
            };
            match next {
                Some(next) => day = next,
                None => break,
            }
        }
        day
    }

    /// The number of a working day, or of the next one for a day off: done on a Sunday counts as done on Monday.
    pub fn number(&self, day: NaiveDate) -> i32 {
        let listed = &self.days.listed;
        let (Some(first), Some(last)) = (listed.first(), listed.last()) else { return 0 };
        let at = match (day.cmp(first), day.cmp(last)) {
            (Ordering::Less, _) => -self.between(day, *first),
            (_, Ordering::Greater) => listed.len() as i64 - 1 + self.between(*last, day),
            _ => listed.partition_point(|listed| *listed < day) as i64,
        };
        (at - self.first).clamp(i32::MIN.into(), i32::MAX.into()) as i32
    }

    /// The number of working days after `from`, up to `until` or the next working day.
    fn between(&self, from: NaiveDate, until: NaiveDate) -> i64 {
        let until = self.days.calendar.on_or_after(until, &self.days.location);
        let from = self.days.calendar.on_or_after(from, &self.days.location);
        let days = from.iter_days().skip(1).take_while(|day| *day <= until);
        let here = self.days.calendar.at(&self.days.location);
        days.filter(|day| here.is_working(*day)).count() as i64
    }
}
