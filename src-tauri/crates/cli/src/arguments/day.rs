//! The day of which a command tells, and dates in general.

use chrono::{Datelike, NaiveDate};
use clap::Args;

#[derive(Debug, Args)]
pub struct Day {
    /// As-of date, e.g. 2027-03-12 [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<NaiveDate>,
}

/// Parses a date. A year before 1900 is a typing error.
pub fn day(text: &str) -> Result<NaiveDate, String> {
    let day: NaiveDate = text.parse().map_err(|_| format!("“{text}” is not a date like 2027-03-31"))?;
    match day.year() {
        1900..=9999 => Ok(day),
        year => Err(format!("“{text}” is in the year {year}; use a date like 2027-03-31")),
    }
}
