//! The months of which a file of events gives figures: up to the last that is over.

use chrono::{Datelike, Months, NaiveDate};

/// The most months of which one file gives figures; those before are left out.
const MOST_MONTHS: usize = 240;

/// A month of a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct MeasuredMonth {
    pub first: NaiveDate,
    pub last: NaiveDate,
}

impl MeasuredMonth {
    pub fn of(day: NaiveDate) -> Self {
        let first = day.with_day(1).unwrap_or(day);
        let last = first.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt()).unwrap_or(first);
        Self { first, last }
    }

    fn next(self) -> Option<Self> {
        Some(Self::of(self.last.succ_opt()?))
    }
}

impl std::fmt::Display for MeasuredMonth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.first.format("%Y-%m"))
    }
}

/// The months of a file, the oldest first.
#[derive(Debug, Default)]
pub(crate) struct MeasuredMonths {
    pub months: Vec<MeasuredMonth>,
    /// The month of the newest date, if it is not over.
    pub not_over: Option<MeasuredMonth>,
    /// Whether there were more before than are given.
    pub is_cut: bool,
}

impl MeasuredMonths {
    /// From the month of the oldest date to that of the newest, if that is over: the day of the import is after it, or
    /// the newest date is its last day. Of later months a file knows nothing: they are not the same again.
    pub fn between(oldest: NaiveDate, newest: NaiveDate, today: Option<NaiveDate>) -> Self {
        let last = MeasuredMonth::of(newest);
        let is_over = newest == last.last || today.is_some_and(|today| last.last < today);
        let first = Some(MeasuredMonth::of(oldest));
        let all = std::iter::successors(first, |month| month.next()).take_while(|month| *month <= last);
        let mut months: Vec<MeasuredMonth> = all.filter(|month| is_over || *month != last).collect();
        let too_many = months.len().saturating_sub(MOST_MONTHS);
        months.drain(..too_many);
        Self { months, not_over: (!is_over).then_some(last), is_cut: too_many > 0 }
    }

    /// Which of the months a day is in.
    pub fn index(&self, day: NaiveDate) -> Option<usize> {
        self.months.binary_search(&MeasuredMonth::of(day)).ok()
    }

    /// The first month whose last day is this day or later: the first at whose end something from that day on is there.
    pub fn first_ending_from(&self, day: NaiveDate) -> usize {
        self.months.partition_point(|month| month.last < day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn months(oldest: &str, newest: &str, today: &str) -> (Vec<String>, Option<String>) {
        let found = MeasuredMonths::between(day(oldest), day(newest), Some(day(today)));
        (
            found.months.iter().map(ToString::to_string).collect(),
            found.not_over.map(|month| month.to_string()),
        )
    }

    #[test]
    fn the_last_month_is_one_that_is_over() {
        let both = vec!["2026-10".to_owned(), "2026-11".to_owned()];
        let one = vec!["2026-10".to_owned()];
        assert_eq!(
            months("2026-10-20", "2026-11-15", "2026-11-30"),
            (one.clone(), Some("2026-11".to_owned()))
        );
        assert_eq!(months("2026-10-20", "2026-11-30", "2026-11-30"), (both.clone(), None));
        assert_eq!(months("2026-10-20", "2026-11-15", "2026-12-01"), (both.clone(), None));
        // Nothing is known of December.
        assert_eq!(months("2026-10-20", "2026-11-15", "2027-03-01"), (both, None));
    }

    #[test]
    fn a_file_of_centuries_gives_its_newest_months() {
        let found = MeasuredMonths::between(day("1901-01-01"), day("2026-11-30"), None);
        assert_eq!((found.months.len(), found.is_cut), (MOST_MONTHS, true));
        assert_eq!(found.months.last().map(ToString::to_string).as_deref(), Some("2026-11"));
    }
}
