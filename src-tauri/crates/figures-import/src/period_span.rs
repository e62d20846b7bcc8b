//! Periods with their days.

use chrono::{Datelike, NaiveDate};
use headroom_model::PeriodLength;

use super::period_label::SaidPeriod;

/// A period with its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PeriodSpan {
    pub length: PeriodLength,
    pub first: NaiveDate,
    pub last: NaiveDate,
}

impl PeriodSpan {
    /// The period of a length that a day is in.
    pub fn of(length: PeriodLength, day: NaiveDate) -> Option<Self> {
        let month_first = day.with_day(1)?;
        let (first, months) = match length {
            PeriodLength::Day => return Some(Self { length, first: day, last: day }),
            PeriodLength::Week => {
                let first = day - chrono::Days::new(day.weekday().num_days_from_monday().into());
                return Some(Self { length, first, last: first + chrono::Days::new(6) });
            }
            PeriodLength::Month => (month_first, 1),
            PeriodLength::Quarter => (month_first.with_month(day.month0() / 3 * 3 + 1)?, 3),
        };
        let last = first.checked_add_months(chrono::Months::new(months))?.pred_opt()?;
        Some(Self { length, first, last })
    }

    /// `Jan 2026`, `Q1 2026`, `2026-01-05 to 2026-01-11`.
    pub fn name(&self) -> String {
        match self.length {
            PeriodLength::Day => self.first.to_string(),
            PeriodLength::Week => format!("{} to {}", self.first, self.last),
            PeriodLength::Month => self.first.format("%b %Y").to_string(),
            PeriodLength::Quarter => format!("Q{} {}", self.first.month0() / 3 + 1, self.first.year()),
        }
    }

    /// The days of what a header says; days stand for periods of the given length.
    pub fn of_said(said: SaidPeriod, days_are: PeriodLength) -> Option<Self> {
        match said {
            SaidPeriod::Month { year, month } => {
                Self::of(PeriodLength::Month, NaiveDate::from_ymd_opt(year, month, 1)?)
            }
            SaidPeriod::MonthOfYear(_) | SaidPeriod::FiscalQuarter { .. } => None,
            SaidPeriod::Quarter { year, quarter } => {
                Self::of(PeriodLength::Quarter, NaiveDate::from_ymd_opt(year, quarter * 3, 1)?)
            }
            SaidPeriod::Week { year, week } => {
                Self::of(PeriodLength::Week, NaiveDate::from_isoywd_opt(year, week, chrono::Weekday::Mon)?)
            }
            SaidPeriod::Day(day) => Self::of(days_are, day),
        }
    }
}

/// What the days in a row or column of headers stand for: the longest periods of which each begins or ends one.
pub fn length_of_days(days: &[NaiveDate]) -> PeriodLength {
    let mut days: Vec<NaiveDate> = days.to_vec();
    days.sort_unstable();
    days.dedup();
    let all_at = |length: PeriodLength| {
        let spans: Option<Vec<PeriodSpan>> = days.iter().map(|day| PeriodSpan::of(length, *day)).collect();
        let Some(spans) = spans else { return false };
        let begin = spans.iter().zip(&days).all(|(span, day)| span.first == *day);
        let end = spans.iter().zip(&days).all(|(span, day)| span.last == *day);
        (begin || end) && spans.windows(2).all(|pair| pair[0] != pair[1])
    };
    let is_one_a_month = || {
        let months = days.windows(2).map(|pair| {
            (pair[1].year() - pair[0].year()) * 12 + pair[1].month() as i32 - pair[0].month() as i32
        });
        days.len() > 1
            && months.clone().all(|months| months >= 1)
            && days.windows(2).all(|pair| (pair[1] - pair[0]).num_days() >= 28)
    };
    let is_one_a_week =
        || days.len() > 1 && days.windows(2).all(|pair| (pair[1] - pair[0]).num_days() % 7 == 0);
    let is_daily = days.windows(2).any(|pair| (pair[1] - pair[0]).num_days() == 1);
    match () {
        () if is_daily => PeriodLength::Day,
        () if days.len() > 1 && all_at(PeriodLength::Quarter) => PeriodLength::Quarter,
        () if all_at(PeriodLength::Month) || is_one_a_month() => PeriodLength::Month,
        () if is_one_a_week() => PeriodLength::Week,
        () => PeriodLength::Day,
    }
}
