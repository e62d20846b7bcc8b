//! Moments in the cells of a table, taken to UTC: `2026-03-12T17:16:54-08:00`, `2026-3-12 4:51:47`, `1773364614`.

use chrono::{DateTime, NaiveTime, TimeDelta};
use headroom_files::{Diagnostic, quoted};
use headroom_tabular::{
    cell::date::DateOrder,
    raw_table::{RawCell, RawRow, RawTable},
};

use headroom_tabular::known_columns::{CellFault, DateColumn};

/// A column of moments, read alike from top to bottom.
#[derive(Debug, Clone, Copy)]
pub(super) struct TimeColumn {
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

    /// Seconds since 1970; what has no offset is UTC.
    pub fn read(&self, row: &RawRow) -> Result<Option<i64>, CellFault> {
        let cell = row.cell(self.dates.at);
        let text = cell.text();
        if let Some(seconds) = since_1970(&text).or_else(|| compact(&text)) {
            return Ok(Some(seconds));
        }
        let Some(day) = self.dates.read(row)? else { return Ok(None) };
        let after_midnight = match cell {
            RawCell::Number(serial) => fraction_of_day(serial),
            _ => time_of_day(&text),
        };
        let Some(seconds) = after_midnight else {
            let message = format!("{}: no time of day that can be read", quoted(&text));
            let advice = "write it as 2026-03-31T14:05:00+02:00";
            return Err(CellFault { column: self.dates.at, message, advice });
        };
        Ok(Some(day.and_time(NaiveTime::MIN).and_utc().timestamp() + seconds))
    }
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

/// Seconds after midnight UTC of the day that is written, with its offset taken off; midnight if there is no time.
fn time_of_day(text: &str) -> Option<i64> {
    let Some(colon) = text.find(':') else { return Some(0) };
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

/// `2026-03-12 17:16`, in UTC.
pub fn in_words(seconds: i64) -> String {
    DateTime::from_timestamp(seconds, 0)
        .map(|time| time.format("%Y-%m-%d %H:%M").to_string())
        .unwrap_or_default()
}

/// Whether a moment is on a day after the import, with a day to spare for offsets.
pub(super) fn is_to_come(seconds: i64, today: Option<chrono::NaiveDate>) -> bool {
    let Some(tomorrow) = today.and_then(|today| today.checked_add_signed(TimeDelta::days(1))) else {
        return false;
    };
    super::measures::day_of(seconds) > tomorrow
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<i64> {
        let mut table = RawTable::new("deployments.csv", None);
        let row = |text: &str| RawRow { line: 1, cells: vec![RawCell::Text(text.to_owned())] };
        table.rows = vec![row("finished_at"), row(text)];
        let column = TimeColumn::of(&table, 0, 0, None).ok()?;
        column.read(&table.rows[1]).ok()?
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
    fn what_may_be_another_moment_is_refused() {
        for text in
            ["2019-01-04 01:16:54 CET", "2019-01-04 25:16:54", "2019-01-04T01:7x", "soon", "2019-01-0"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
