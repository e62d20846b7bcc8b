use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// A date range: first to last day, both included. An open end has no date: since ever, or until further notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct DateRange {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

impl DateRange {
    pub const ALWAYS: DateRange = DateRange { from: None, until: None };

    pub fn new(from: Option<NaiveDate>, until: Option<NaiveDate>) -> Self {
        Self { from, until }
    }

    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// Whether it holds on the day or later.
    pub fn reaches(&self, day: NaiveDate) -> bool {
        !self.is_empty() && self.until.is_none_or(|until| until >= day)
    }

    /// Whether at least one day is in both.
    pub fn overlaps(&self, other: &DateRange) -> bool {
        let starts_before_end = |a: &DateRange, b: &DateRange| match (a.from, b.until) {
            (Some(from), Some(until)) => from <= until,
            _ => true,
        };
        !self.is_empty()
            && !other.is_empty()
            && starts_before_end(self, other)
            && starts_before_end(other, self)
    }

    /// A range that ends the day before it starts contains no day: something planned and cancelled.
    pub fn is_empty(&self) -> bool {
        matches!((self.from, self.until), (Some(from), Some(until)) if until < from)
    }

    /// The same start, with `day` as the first day on which it no longer holds. A range that has not started by then
    /// becomes empty; it is never inverted by more than a day.
    pub fn ended_before(&self, day: NaiveDate) -> DateRange {
        let eve = |day: NaiveDate| day.checked_sub_days(Days::new(1)).unwrap_or(day);
        let until = match self.from {
            Some(from) if from > day => eve(from),
            _ => eve(day),
        };
        DateRange { from: self.from, until: Some(until) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn both_ends_are_included() {
        let span = DateRange::new(Some(day("2026-03-01")), Some(day("2026-03-31")));
        assert!(span.contains(day("2026-03-01")) && span.contains(day("2026-03-31")));
        assert!(!span.contains(day("2026-02-28")) && !span.contains(day("2026-04-01")));
    }

    #[test]
    fn ranges_overlap_on_a_common_day() {
        let march = DateRange::new(Some(day("2026-03-01")), Some(day("2026-03-31")));
        assert!(march.overlaps(&DateRange::ALWAYS));
        assert!(march.overlaps(&DateRange::new(Some(day("2026-03-31")), None)));
        assert!(!march.overlaps(&DateRange::new(Some(day("2026-04-01")), None)));
    }

    #[test]
    fn ending_before_the_start_gives_an_empty_range() {
        let planned = DateRange::new(Some(day("2027-01-01")), None);
        assert!(planned.ended_before(day("2026-11-23")).is_empty());
        let open = DateRange::ALWAYS.ended_before(day("2026-11-23"));
        assert!(open.contains(day("2026-11-22")) && !open.contains(day("2026-11-23")));
    }
}
