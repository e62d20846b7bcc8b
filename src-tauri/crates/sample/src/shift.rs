//! Shifts the dates in the files, which are correct in the week of [`WRITTEN`], to the week in which the sample is
//! created.
//!
//! - Events of people, teams and services shift by whole weeks, so that a Monday stays a Monday.
//! - Budgets shift by whole quarters, to the nearest: a budget is for four quarters.
//! - Rates and assumptions start with a year and shift by whole years.
//! - Figures of whole months shift by whole months. They are known from the fourth of the next month on; the newest are of
//!   the last month whose figures were known on the Monday. Figures of days shift by whole weeks.
//! - Holidays shift by whole years, too: those with a date keep it, the others keep their distance from Easter.
//! - The year in the key of a planned hire (`HC2027-NH-001`) is that in which the budget starts.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use headroom_model::IncidentTime;
use serde_json::Value;

use crate::SampleError;

/// The Monday of the week in which the files are correct, as year, month and day.
const WRITTEN: (i32, u32, u32) = (2026, 11, 23);
/// The year of keys and budgets in the files.
const PLANNED: i32 = 2027;
const QUARTER: i32 = 3;
/// Days after the end of a month until its figures are known.
const FIGURES_TAKE: i64 = 3;

/// Holidays that move with Easter, as days after it.
const MOVABLE: [(&str, i64); 5] = [
    ("Good Friday", -2),
    ("Easter Monday", 1),
    ("Ascension Day", 39),
    ("Whit Monday", 50),
    ("Corpus Christi", 60),
];

/// How far to shift the files for a given day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shift {
    weeks: i64,
    months: i32,
    quarters: i32,
    years: i32,
}

impl Shift {
    /// # Errors
    /// [`SampleError::NoSuchDay`] at the ends of the calendar.
    pub(crate) fn to(today: NaiveDate) -> Result<Self, SampleError> {
        let (year, month, day) = WRITTEN;
        let written = date(year, month, day)?;
        let weeks = (today - written).num_days().div_euclid(7);
        let by_weeks = Self { weeks, months: 0, quarters: 0, years: 0 };
        let monday = by_weeks.day(written)?;
        let month = |monday| moved(monday, -TimeDelta::days(FIGURES_TAKE)).map(month_number);
        let months = month(monday)? - month(written)?;
        let planned = by_weeks.day(date(PLANNED, 1, 1)?)?;
        // A quarter starts at most 46 days before or after: the one in whose first half, or before which, this is.
        let middle = moved(planned, TimeDelta::days(45))?;
        let quarters = (middle.year() - PLANNED) * 4 + (middle.month0() as i32 / QUARTER);
        Ok(Self { weeks, months, quarters, years: monday.year() - year })
    }

    pub(crate) fn day(&self, day: NaiveDate) -> Result<NaiveDate, SampleError> {
        moved(day, TimeDelta::weeks(self.weeks))
    }

    pub(crate) fn moment(&self, at: DateTime<Utc>) -> Result<DateTime<Utc>, SampleError> {
        at.checked_add_signed(TimeDelta::weeks(self.weeks)).ok_or(SampleError::NoSuchDay)
    }

    /// A time of an incident.
    fn time(&self, time: NaiveDateTime) -> Result<String, SampleError> {
        let shifted = moved(time.date(), TimeDelta::weeks(self.weeks))?.and_time(time.time());
        Ok(shifted.format("%Y-%m-%d %H:%M").to_string())
    }

    /// Shifts each cell of a table that is a date, a time or a key with a year.
    pub(crate) fn table(&self, name: &str, text: &str) -> Result<String, SampleError> {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(reader.headers()?)?;
        for row in reader.records() {
            let row = row?;
            let cells = row.iter().map(|cell| match cell.parse::<NaiveDate>() {
                Ok(day) => Ok(self.day_of_table(name, day, &row)?.to_string()),
                Err(_) => match cell.parse::<IncidentTime>().ok().and_then(IncidentTime::time) {
                    Some(time) => self.time(time),
                    None => Ok(self.id(cell)),
                },
            });
            writer.write_record(cells.collect::<Result<Vec<_>, SampleError>>()?)?;
        }
        let bytes = writer.into_inner().map_err(|error| SampleError::History(error.to_string()))?;
        String::from_utf8(bytes).map_err(|error| SampleError::History(error.to_string()))
    }

    fn day_of_table(
        &self,
        name: &str,
        day: NaiveDate,
        row: &csv::StringRecord,
    ) -> Result<NaiveDate, SampleError> {
        match name {
            "budgets.csv" => by_months(day, self.quarters * QUARTER),
            "observations.csv" if is_of_a_month(row) => by_months(day, self.months),
            "assumptions.csv" | "exchange_rates.csv" => by_years(day, self.years),
            "holidays.csv" => match row.iter().find_map(movable) {
                Some(after) => moved(easter(day.year() + self.years)?, TimeDelta::days(after)),
                None => by_years(day, self.years),
            },
            _ => self.day(day),
        }
    }

    /// `HC2027-NH-001` with the year of the budget.
    fn id(&self, cell: &str) -> String {
        let year = cell.strip_prefix("HC").and_then(|rest| rest.split_once('-'));
        match year.and_then(|(year, rest)| Some((year.parse::<i32>().ok()?, rest))) {
            Some((year, rest)) => format!("HC{}-{rest}", year + self.quarters.div_euclid(4)),
            None => cell.to_owned(),
        }
    }

    /// Shifts every text that is a date or a time.
    pub(crate) fn json(&self, value: &mut Value) -> Result<(), SampleError> {
        match value {
            Value::String(text) => {
                if let Ok(day) = text.parse() {
                    *text = self.day(day)?.to_string();
                } else if let Ok(at) = text.parse() {
                    *text = self.moment(at)?.to_rfc3339();
                }
                Ok(())
            }
            Value::Array(values) => values.iter_mut().try_for_each(|value| self.json(value)),
            Value::Object(fields) => fields.values_mut().try_for_each(|value| self.json(value)),
            _ => Ok(()),
        }
    }
}

fn date(year: i32, month: u32, day: u32) -> Result<NaiveDate, SampleError> {
    NaiveDate::from_ymd_opt(year, month, day).ok_or(SampleError::NoSuchDay)
}

fn moved(day: NaiveDate, by: TimeDelta) -> Result<NaiveDate, SampleError> {
    day.checked_add_signed(by).ok_or(SampleError::NoSuchDay)
}

/// Whether a figure is of a whole month.
fn is_of_a_month(row: &csv::StringRecord) -> bool {
    let mut days = row.iter().skip(1).take(2).map(str::parse::<NaiveDate>);
    match (days.next(), days.next()) {
        (Some(Ok(first)), Some(Ok(last))) => {
            first.day() == 1 && is_last_of_month(last) && month_number(first) == month_number(last)
        }
        _ => false,
    }
}

fn month_number(day: NaiveDate) -> i32 {
    day.year() * 12 + day.month0() as i32
}

fn is_last_of_month(day: NaiveDate) -> bool {
    day.succ_opt().is_some_and(|next| next.day() == 1)
}

/// The last day of a month stays one.
fn by_months(day: NaiveDate, months: i32) -> Result<NaiveDate, SampleError> {
    let is_last = is_last_of_month(day);
    let from = if is_last { day.succ_opt() } else { Some(day) };
    let by = Months::new(months.unsigned_abs());
    let to = from.and_then(|day| match months < 0 {
        true => day.checked_sub_months(by),
        false => day.checked_add_months(by),
    });
    to.and_then(|day| day.checked_sub_days(Days::new(is_last.into()))).ok_or(SampleError::NoSuchDay)
}

fn by_years(day: NaiveDate, years: i32) -> Result<NaiveDate, SampleError> {
    date(day.year() + years, day.month(), day.day())
}

fn movable(name: &str) -> Option<i64> {
    MOVABLE.iter().find(|(movable, _)| *movable == name).map(|(_, after)| *after)
}

/// Easter Sunday.
///
/// Source: the anonymous Gregorian computus,
/// <https://en.wikipedia.org/wiki/Date_of_Easter#Anonymous_Gregorian_algorithm>.
fn easter(year: i32) -> Result<NaiveDate, SampleError> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - b / 4 - g + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let n = h + l - 7 * m;
    let month = (n + 90) / 25;
    date(year, month as u32, ((n + 33 * month + 19) % 32) as u32)
}

#[cfg(test)]
mod tests;
