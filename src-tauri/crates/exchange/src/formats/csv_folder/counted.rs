//! Reads cells that count: amounts, fractions, and values without which a row is left out.

use std::str::FromStr;

use headroom_files::records::Stated;
use headroom_model::{Decimal6, Money};

use super::table::CsvRow;

pub fn money(row: &mut CsvRow<'_>, column: &'static str) -> Stated<Option<Money>> {
    row.counted(column, |cell| cell.parse().ok(), "is not an amount", "write it as 12345.67 EUR")
}

pub fn fraction(row: &mut CsvRow<'_>, column: &'static str) -> Stated<Option<Decimal6>> {
    row.counted(column, |cell| cell.parse().ok(), "is not a number", "write it as 0.6 or 60%")
}

/// A value without which the row is left out.
pub fn needed<T: FromStr>(row: &mut CsvRow<'_>, column: &'static str, advice: &str) -> Option<T> {
    let cell = row.required(column)?;
    let value = cell.parse().ok();
    if value.is_none() {
        row.spoil(column, format!("“{cell}” is not a valid value"), advice);
    }
    value
}
