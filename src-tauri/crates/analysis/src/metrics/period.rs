//! Periods: days, weeks from Monday to Sunday, months and quarters.

use chrono::{Datelike, NaiveDate};
use headroom_model::PeriodLength;

/// A period, by the number of it since the beginning of the calendar: the next one has the next number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    pub length: PeriodLength,
    pub number: i32,
}

/// The first day of the calendar is a Monday.
const DAYS_A_WEEK: i32 = 7;

impl Period {
    /// The one that a day is in.
    pub fn of(length: PeriodLength, day: NaiveDate) -> Self {
        let number = match length {
            PeriodLength::Day => day.num_days_from_ce(),
            PeriodLength::Week => (day.num_days_from_ce() - 1).div_euclid(DAYS_A_WEEK),
            PeriodLength::Month => day.year() * 12 + day.month0() as i32,
            PeriodLength::Quarter => day.year() * 4 + (day.month0() / 3) as i32,
        };
        Self { length, number }
    }

    /// The one that many later.
    #[must_use]
    pub fn later(self, periods: i32) -> Self {
        Self { number: self.number.saturating_add(periods), ..self }
    }

    pub fn first(self) -> NaiveDate {
        let month =
            |number: i32| NaiveDate::from_ymd_opt(number.div_euclid(12), number.rem_euclid(12) as u32 + 1, 1);
        let day = match self.length {
            PeriodLength::Day => NaiveDate::from_num_days_from_ce_opt(self.number),
            PeriodLength::Week => NaiveDate::from_num_days_from_ce_opt(
                self.number.saturating_mul(DAYS_A_WEEK).saturating_add(1),
            ),
            PeriodLength::Month => month(self.number),
            PeriodLength::Quarter => month(self.number.saturating_mul(3)),
        };
        let end_of_calendar = if self.number < 0 { NaiveDate::MIN } else { NaiveDate::MAX };
        day.unwrap_or(end_of_calendar)
    }

    pub fn last(self) -> NaiveDate {
        self.later(1).first().pred_opt().unwrap_or(NaiveDate::MAX)
    }
}

/// How many days after a measurement a stock still stands for the end of a longer period.
pub(crate) fn days_of(length: PeriodLength) -> i64 {
    match length {
        PeriodLength::Day => 1,
        PeriodLength::Week => 7,
        PeriodLength::Month => 28,
        PeriodLength::Quarter => 90,
    }
}

/// How many of its periods are three months of a metric, and how long these are.
pub(crate) fn three_months(period: PeriodLength) -> (PeriodLength, u32) {
    match period {
        PeriodLength::Quarter => (PeriodLength::Quarter, 1),
        PeriodLength::Day | PeriodLength::Week | PeriodLength::Month => (PeriodLength::Month, 3),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn periods_have_the_days_of_the_calendar() {
        let spans = |length, day: &str| {
            let period = Period::of(length, day.parse().unwrap());
            (period.first().to_string(), period.last().to_string())
        };
        let span = |first: &str, last: &str| (first.to_owned(), last.to_owned());
        assert_eq!(spans(PeriodLength::Week, "2027-01-03"), span("2026-12-28", "2027-01-03"));
        assert_eq!(spans(PeriodLength::Month, "2028-02-10"), span("2028-02-01", "2028-02-29"));
        assert_eq!(spans(PeriodLength::Quarter, "2026-12-31"), span("2026-10-01", "2026-12-31"));
        assert_eq!(spans(PeriodLength::Day, "2026-12-31"), span("2026-12-31", "2026-12-31"));
    }

    proptest! {
        #[test]
        fn every_day_is_in_its_period_and_the_next_one_follows(days in 1_i32..1_000_000, length in 0_usize..4) {
            let day = NaiveDate::from_num_days_from_ce_opt(days).unwrap();
            let period = Period::of(PeriodLength::ALL[length], day);
            prop_assert!(period.first() <= day && day <= period.last());
            prop_assert_eq!(Period::of(period.length, period.last().succ_opt().unwrap()), period.later(1));
        }
    }
}
