use chrono::{Datelike, Months as ChronoMonths, NaiveDate};

/// Consecutive calendar months, and a scale on which all of them are equally long: 0 is the start of the first day of
/// the first month, 1.5 the middle of the second month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Months {
    first: NaiveDate,
    count: usize,
}

impl Months {
    /// The month of `day` and those that follow; at least one.
    pub fn new(day: NaiveDate, count: usize) -> Self {
        Self { first: day.with_day(1).unwrap_or(day), count: count.max(1) }
    }

    /// Number of months.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Always false: there is at least one month.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// First day of a month, by its number.
    pub fn first_day(&self, at: usize) -> NaiveDate {
        let months = ChronoMonths::new(u32::try_from(at).unwrap_or(u32::MAX));
        self.first.checked_add_months(months).unwrap_or(NaiveDate::MAX)
    }

    /// Last day of a month, by its number.
    pub fn last_day(&self, at: usize) -> NaiveDate {
        self.first_day(at + 1).pred_opt().unwrap_or(NaiveDate::MAX)
    }

    /// Position of the start of a day on the scale.
    pub fn place(&self, day: NaiveDate) -> f64 {
        let whole = (day.year() - self.first.year()) * 12 + day.month0() as i32 - self.first.month0() as i32;
        f64::from(whole) + f64::from(day.day0()) / f64::from(day.num_days_in_month())
    }

    /// Position of the end of a day on the scale.
    pub fn end(&self, day: NaiveDate) -> f64 {
        day.succ_opt().map_or(f64::INFINITY, |next| self.place(next))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_months_have_equal_length() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let months = Months::new(day("2027-01-20"), 12);
        assert_eq!(months.place(day("2027-01-01")), 0.0);
        assert_eq!(months.place(day("2027-02-15")), 1.5);
        assert_eq!(months.end(day("2027-02-28")), 2.0);
        assert_eq!(months.place(day("2026-12-01")), -1.0);
        assert_eq!((months.first_day(12), months.last_day(1)), (day("2028-01-01"), day("2027-02-28")));
    }
}
