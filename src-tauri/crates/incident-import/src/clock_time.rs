//! Columns of times: in which order their days and months are, and what each cell says, in UTC.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};
use headroom_files::{Diagnostic, Level, quoted};
use headroom_model::IncidentTime;
use headroom_tabular::{
    cell::date::DateOrder,
    known_columns::text_of,
    raw_table::{RawRow, RawTable},
};

/// A column of times, read alike from top to bottom.
#[derive(Debug, Clone, Copy)]
pub(crate) struct IncidentTimeColumn {
    at: Option<usize>,
    order: Option<DateOrder>,
}

impl IncidentTimeColumn {
    /// What its cells show together.
    ///
    /// # Errors
    /// The words for a column of which nothing shows whether day or month comes first.
    pub fn of(
        table: &RawTable,
        header_row: usize,
        at: Option<usize>,
        chosen: Option<DateOrder>,
    ) -> Result<Self, Box<Diagnostic>> {
        let mut order = None;
        let mut open = None;
        for row in table.rows.iter().skip(header_row + 1) {
            let Some((first, second)) = day_and_month(&text_of(row, at)) else { continue };
            match (first > 12, second > 12) {
                (true, false) => order = order.or(Some(DateOrder::DayFirst)),
                (false, true) => order = order.or(Some(DateOrder::MonthFirst)),
                _ if first != second => open = open.or(Some(row)),
                _ => {}
            }
        }
        let order = order.or(chosen);
        if let Some((row, at)) = open.zip(at).filter(|_| order.is_none()) {
            let message =
                format!("{} may have day or month first; table left out", quoted(&row.cell(at).text()));
            let advice = "write the times as 2027-03-12 08:05, or say the order: --dates day-first";
            return Err(Box::new(Diagnostic::new(Level::Error, table.place(row.line, at), message, advice)));
        }
        Ok(Self { at, order })
    }

    /// The time of a row; none if there is none.
    ///
    /// # Errors
    /// The text of a cell that is no time.
    pub fn read(&self, row: &RawRow) -> Result<Option<IncidentTime>, String> {
        let text = text_of(row, self.at);
        if text.is_empty() {
            return Ok(None);
        }
        time_of(&text, self.order).map(Some).ok_or(text)
    }

    pub fn index(&self) -> Option<usize> {
        self.at
    }
}

/// The first two numbers of `3/12/2027 8:05`.
fn day_and_month(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.trim().split(['/', '.', '-']);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    let is_short = |part: &str| part.len() <= 2;
    if !is_short(first) || !is_short(second) || third.is_empty() {
        return None;
    }
    Some((first.parse().ok()?, second.parse().ok()?))
}

/// A time as tools write it; of several orders of day and month in `order`.
pub(crate) fn time_of(text: &str, order: Option<DateOrder>) -> Option<IncidentTime> {
    let text = text.trim().trim_end_matches(" UTC").trim_end_matches(" GMT");
    text.parse().ok().or_else(|| epoch(text)).or_else(|| in_words(text, order))
}

/// Seconds or milliseconds since 1970, of the years 2001 to 2099.
fn epoch(text: &str) -> Option<IncidentTime> {
    let number: i64 = text.parse().ok()?;
    let seconds = match number {
        1_000_000_000..4_102_444_800 => number,
        1_000_000_000_000..4_102_444_800_000 => number / 1000,
        _ => return None,
    };
    IncidentTime::at(DateTime::from_timestamp(seconds, 0)?.naive_utc())
}

const DAYS: [&str; 7] =
    ["%b %d, %Y", "%B %d, %Y", "%d %b %Y", "%d %B %Y", "%d/%b/%y", "%d/%b/%Y", "%Y/%m/%d"];
const DAYS_FIRST: [&str; 3] = ["%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"];
const MONTHS_FIRST: [&str; 2] = ["%m/%d/%Y", "%m-%d-%Y"];
const TIMES: [&str; 4] = ["%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M:%S %p"];

fn in_words(text: &str, order: Option<DateOrder>) -> Option<IncidentTime> {
    let ordered: &[&str] = match order {
        Some(DateOrder::MonthFirst) => &MONTHS_FIRST,
        Some(DateOrder::DayFirst) => &DAYS_FIRST,
        _ => &[],
    };
    // Of the same first two numbers no order is needed.
    let either: &[&str] = if order.is_none() { &DAYS_FIRST } else { &[] };
    let days = DAYS.iter().chain(ordered).chain(either);
    days.into_iter().find_map(|day| {
        let (read, rest) = NaiveDate::parse_and_remainder(text, day).ok()?;
        let rest = rest.trim().trim_start_matches([',', 'T']).trim();
        let rest = rest.strip_prefix("at ").unwrap_or(rest);
        if rest.is_empty() {
            return IncidentTime::on(read);
        }
        let time = TIMES.iter().find_map(|time| NaiveTime::parse_from_str(rest, time).ok())?;
        IncidentTime::at(NaiveDateTime::new(read, time))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_tools_write_them() {
        for (text, order, read) in [
            ("2027-03-12T08:05:00+01:00", None, Some("2027-03-12 07:05")),
            ("2027-03-12 08:05:00 UTC", None, Some("2027-03-12 08:05")),
            ("12/Mar/27 8:05 AM", None, Some("2027-03-12 08:05")),
            ("Mar 12, 2027 at 8:05 PM", None, Some("2027-03-12 20:05")),
            ("12 March 2027", None, Some("2027-03-12")),
            ("3/12/2027 8:05", Some(DateOrder::MonthFirst), Some("2027-03-12 08:05")),
            ("3/12/2027 8:05", Some(DateOrder::DayFirst), Some("2027-12-03 08:05")),
            ("1804838700", None, Some("2027-03-12 08:05")),
            ("1804838700000", None, Some("2027-03-12 08:05")),
            ("12", None, None),
            ("soon", None, None),
        ] {
            let found = time_of(text, order).map(|time| time.to_string());
            assert_eq!(found.as_deref(), read, "{text}");
        }
    }
}
