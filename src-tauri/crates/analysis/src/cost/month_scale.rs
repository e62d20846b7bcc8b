//! A scale on which every month is equally long, in whole numbers.

use chrono::{Datelike, NaiveDate};

/// Length of a month: a multiple of every possible number of days in a month.
pub const MONTH: i128 = 377_580;

/// Position of the start of a day.
pub fn place(day: NaiveDate) -> i128 {
    let months = i128::from(day.year()) * 12 + i128::from(day.month0());
    months * MONTH + i128::from(day.day0()) * MONTH / i128::from(day.num_days_in_month())
}

/// Length of a range of days, both included.
pub(super) fn length(from: NaiveDate, until: NaiveDate) -> i128 {
    until.succ_opt().map_or(0, |next| place(next) - place(from)).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_months_have_equal_length() {
        assert!((28..=31).all(|days| MONTH % days == 0));
        let length = |from: &str, until: &str| length(from.parse().unwrap(), until.parse().unwrap());
        assert_eq!(length("2027-02-01", "2027-02-28"), MONTH);
        assert_eq!(length("2027-01-17", "2028-01-16"), 12 * MONTH);
        assert_eq!(length("2027-04-16", "2027-04-30"), MONTH / 2);
        assert_eq!(length("2027-04-16", "2027-04-15"), 0);
    }
}
