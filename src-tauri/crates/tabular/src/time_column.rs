//! Columns of times, taken to UTC: `2026-03-12T17:16:54-08:00`, `2026-3-12 4:51:47`, `1773364614`.

use chrono::{NaiveDate, NaiveTime};
use headroom_files::{Diagnostic, quoted};

use crate::{
    cell::{
        Read,
        date::{self, DateOrder, DateStyle},
    },
    known_columns::{CellFault, DateColumn},
    raw_table::{RawCell, RawRow, RawTable},
};

/// When something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellTime {
    /// A day of which the time is not said.
    Day(NaiveDate),
    /// Seconds since 1970.
    Moment(i64),
}

impl CellTime {
    /// Seconds since 1970; of a day those of its beginning in UTC.
    pub fn seconds(self) -> i64 {
        match self {
            CellTime::Day(day) => seconds_of(day),
            CellTime::Moment(seconds) => seconds,
        }
    }
}

fn seconds_of(day: NaiveDate) -> i64 {
    day.and_time(NaiveTime::MIN).and_utc().timestamp()
}

/// A column of moments, read alike from top to bottom.
#[derive(Debug, Clone, Copy)]
pub struct TimeColumn {
    dates: DateColumn,
}

impl TimeColumn {
    /// # Errors
    /// The words for a column of which nothing shows whether day or month comes first.
    pub fn of(
        table: &RawTable,
        header_row: usize,
        at: usize,
        chosen: Option<DateOrder>,
    ) -> Result<Self, Diagnostic> {
        Ok(Self { dates: DateColumn::of(table, header_row, at, chosen)? })
    }

    pub fn at(&self) -> usize {
        self.dates.at
    }

    /// The time of a cell; what has no offset is UTC.
    ///
    /// # Errors
    /// What is wrong with the cell.
    pub fn read(&self, row: &RawRow) -> Result<Option<CellTime>, CellFault> {
        let cell = row.cell(self.dates.at);
        if let Some(seconds) = without_marks(&cell.text()) {
            return Ok(Some(CellTime::Moment(seconds)));
        }
        let Some(day) = self.dates.read(row)? else { return Ok(None) };
        let time = time_on(day, cell).ok_or_else(|| {
            let message = format!("{}: no time of day that can be read", quoted(&cell.text()));
            CellFault { column: self.dates.at, message, advice: "write it as 2026-03-31T14:05:00+02:00" }
        });
        time.map(Some)
    }

    /// The same in seconds since 1970; a day begins in UTC.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn read_seconds(&self, row: &RawRow) -> Result<Option<i64>, CellFault> {
        Ok(self.read(row)?.map(CellTime::seconds))
    }
}

/// The time that a text by itself says; none if it may be another day.
pub fn time_of_text(text: &str) -> Option<CellTime> {
    if let Some(seconds) = without_marks(text.trim()) {
        return Some(CellTime::Moment(seconds));
    }
    let cell = RawCell::Text(text.to_owned());
    let Read::Sure(day) = date::read(&cell, DateStyle::default()) else { return None };
    time_on(day, &cell)
}

/// A time that is one run of digits.
fn without_marks(text: &str) -> Option<i64> {
    since_1970(text).or_else(|| compact(text))
}

/// The time of day that a cell says beside its day.
fn time_on(day: NaiveDate, cell: &RawCell) -> Option<CellTime> {
    let text = cell.text();
    let after_midnight = match cell {
        RawCell::Number(serial) => fraction_of_day(serial).filter(|seconds| *seconds > 0),
        _ if !text.contains(':') => None,
        _ => return Some(CellTime::Moment(seconds_of(day) + time_of_day(&text)?)),
    };
    Some(after_midnight.map_or(CellTime::Day(day), |seconds| CellTime::Moment(seconds_of(day) + seconds)))
}

/// `1773364614`, or in thousandths.
fn since_1970(text: &str) -> Option<i64> {
    let is_digits = text.bytes().all(|letter| letter.is_ascii_digit());
    match text.len() {
        10 if is_digits => text.parse().ok(),
        13 if is_digits => text.parse::<i64>().ok().map(|thousandths| thousandths / 1000),
        _ => None,
    }
}

/// `20260312T171654Z`.
fn compact(text: &str) -> Option<i64> {
    let time = text.strip_suffix('Z')?;
    let time = chrono::NaiveDateTime::parse_from_str(time, "%Y%m%dT%H%M%S").ok()?;
    Some(time.and_utc().timestamp())
}

/// The part of a day in a serial number of a workbook, to the second.
fn fraction_of_day(serial: &str) -> Option<i64> {
    const SECONDS: f64 = 86_400.0;
    let serial: f64 = serial.parse().ok()?;
    Some((serial.fract() * SECONDS).round() as i64)
}

/// Seconds after midnight UTC of the day that is written, with its offset taken off.
fn time_of_day(text: &str) -> Option<i64> {
    let colon = text.find(':')?;
    let hour = text[..colon].rfind(|letter: char| !letter.is_ascii_digit()).map_or(0, |at| at + 1);
    let time = text.get(hour..)?;
    let end = time.find(|letter: char| !matches!(letter, '0'..='9' | ':' | '.' | ',')).unwrap_or(time.len());
    let (clock, rest) = time.split_at(end);
    let mut parts = clock.split(':');
    let hours: i64 = parts.next()?.parse().ok()?;
    let minutes: i64 = parts.next()?.parse().ok()?;
    // Less than a second is nothing here.
    let seconds: i64 = parts.next().map_or(Some(0), |part| part.split(['.', ',']).next()?.parse().ok())?;
    if parts.next().is_some() || minutes > 59 || seconds > 60 {
        return None;
    }
    let (hours, zone) = in_half_day(hours, rest.trim())?;
    Some((hours * 60 + minutes) * 60 + seconds - offset(zone)?)
}

/// Hours of 24, and what is written behind `AM` or `PM`.
fn in_half_day(hours: i64, rest: &str) -> Option<(i64, &str)> {
    let word = rest.get(..2).unwrap_or_default();
    let (is_am, is_pm) = (word.eq_ignore_ascii_case("am"), word.eq_ignore_ascii_case("pm"));
    match (is_am, is_pm) {
        (false, false) if (0..24).contains(&hours) => Some((hours, rest)),
        (true, _) | (_, true) if (1..=12).contains(&hours) => {
            Some((hours % 12 + if is_pm { 12 } else { 0 }, rest[2..].trim()))
        }
        _ => None,
    }
}

/// Seconds ahead of UTC: `Z`, `+02:00`, `-0800`, `UTC`.
fn offset(zone: &str) -> Option<i64> {
    let zone = zone.trim_start_matches(['(', ' ']).trim_end_matches(')');
    if ["", "z", "utc", "gmt"].iter().any(|word| zone.eq_ignore_ascii_case(word)) {
        return Some(0);
    }
    let zone = zone.strip_prefix("UTC").or(zone.strip_prefix("GMT")).unwrap_or(zone);
    let (sign, digits) = match (zone.strip_prefix('+'), zone.strip_prefix(['-', '−'])) {
        (Some(digits), _) => (1, digits),
        (_, Some(digits)) => (-1, digits),
        _ => return None,
    };
    let digits = digits.replace(':', "");
    let number: i64 = digits.parse().ok().filter(|number| *number >= 0)?;
    let (hours, minutes) = if digits.len() <= 2 { (number, 0) } else { (number / 100, number % 100) };
    (hours <= 18 && minutes < 60).then_some(sign * (hours * 60 + minutes) * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<i64> {
        let mut table = RawTable::new("deployments.csv", None);
        let row = |text: &str| RawRow { line: 1, cells: vec![RawCell::Text(text.to_owned())] };
        table.rows = vec![row("finished_at"), row(text)];
        let column = TimeColumn::of(&table, 0, 0, None).ok()?;
        Some(column.read(&table.rows[1]).ok()??.seconds())
    }

    #[test]
    fn moments_are_taken_to_utc() {
        let expected = Some(1_546_564_614);
        for text in [
            "2019-01-03T17:16:54-08:00",
            "2019-01-04T01:16:54Z",
            "2019-01-04 01:16:54",
            "2019-1-4 1:16:54",
            "2019-01-04T01:16:54.999+00:00",
            "2019-01-03 17:16:54 -0800",
            "2019-01-04 01:16:54 UTC",
            "Jan 4, 2019 1:16:54 AM",
            "2019-01-03 5:16:54 PM -08",
            "20190104T011654Z",
            "1546564614",
            "1546564614999",
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
        assert_eq!(read("2019-01-04"), Some(1_546_560_000));
    }

    #[test]
    fn a_day_alone_has_no_time() {
        let day = NaiveDate::from_ymd_opt(2027, 3, 12).map(CellTime::Day);
        let moment = |seconds| Some(CellTime::Moment(seconds));
        for (text, time) in [
            ("2027-03-12", day),
            ("12 March 2027", day),
            ("12/Mar/2027 8:05 AM", moment(1_804_838_700)),
            ("Mar 12, 2027 at 8:05 PM", moment(1_804_881_900)),
            ("2027-03-12T00:00:00Z", moment(1_804_809_600)),
            ("3/12/2027 8:05", None),
            ("2027-03-12 11.50", None),
            ("12", None),
        ] {
            assert_eq!(time_of_text(text), time, "{text}");
        }
        let cell = |serial: &str| RawCell::Number(serial.to_owned());
        let on = NaiveDate::from_ymd_opt(2027, 3, 12).unwrap_or_default();
        assert_eq!(time_on(on, &cell("46458.5")), moment(1_804_852_800));
        assert_eq!(time_on(on, &cell("46458")), day);
    }

    #[test]
    fn what_may_be_another_moment_is_refused() {
        for text in
            ["2019-01-04 01:16:54 CET", "2019-01-04 25:16:54", "2019-01-04T01:7x", "soon", "2019-01-0"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
