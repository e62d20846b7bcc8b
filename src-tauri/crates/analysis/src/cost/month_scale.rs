//! Days on a scale on which every month is as long as any other, in whole numbers.

use chrono::{Datelike, NaiveDate};

/// How long a month is: a multiple of all numbers of days that a month can have.
pub const MONTH: i128 = 377_580;

/// Where the beginning of a day is.
pub fn place(day: NaiveDate) -> i128 {
    let months = i128::from(day.year()) * 12 + i128::from(day.month0());
    months * MONTH + i128::from(day.day0()) * MONTH / i128::from(day.num_days_in_month())
}

/// How long these days are, both included.
pub(super) fn length(from: NaiveDate, until: NaiveDate) -> i128 {
    until.succ_opt().map_or(0, |next| place(next) - place(from)).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_as_long_as_any_other_and_has_no_rest() {
        assert!((28..=31).all(|days| MONTH % days == 0));
        let length = |from: &str, until: &str| length(from.parse().unwrap(), until.parse().unwrap());
        assert_eq!(length("2027-02-01", "2027-02-28"), MONTH);
        assert_eq!(length("2027-01-17", "2028-01-16"), 12 * MONTH);
        assert_eq!(length("2027-04-16", "2027-04-30"), MONTH / 2);
        assert_eq!(length("2027-04-16", "2027-04-15"), 0);
    }
}
