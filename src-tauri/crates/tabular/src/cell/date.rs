//! Parses dates in many notations. Where one may mean two days the column decides, otherwise the user.

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Read;
use crate::raw_table::RawCell;

/// Whether the day or the month comes first in `03/04/2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    DayFirst,
    MonthFirst,
}

impl DateOrder {
    pub fn in_words(self) -> &'static str {
        match self {
            DateOrder::DayFirst => "day first",
            DateOrder::MonthFirst => "month first",
        }
    }
}

/// What is known about the dates of a column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DateStyle {
    pub order: Option<DateOrder>,
    /// The first of the hundred years that two digits stand for: with 1970 `26` is 2026 and `85` is 1985.
    pub short_years: Option<i32>,
    /// Serial numbers count from 1904.
    pub counts_from_1904: bool,
}

/// What a cell shows about its column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DateEvidence {
    /// It is a date in this order only.
    pub shows: Option<DateOrder>,
    pub needs_order: bool,
    pub has_short_year: bool,
}

/// A text of three numbers, or of two and the name of a month.
struct Parts {
    first: u32,
    second: u32,
    year: i32,
    is_short: bool,
    mark: char,
}

pub fn evidence(cell: &RawCell) -> DateEvidence {
    let RawCell::Text(text) = cell else { return DateEvidence::default() };
    let text = without_time(text.trim());
    if iso(text).is_some() || named(text).is_some() {
        return DateEvidence::default();
    }
    let Some(parts) = numbers(text) else { return DateEvidence::default() };
    let shows = match (parts.first, parts.second, parts.mark) {
        (13..=31, 1..=12, '/' | '-') => Some(DateOrder::DayFirst),
        (1..=12, 13..=31, '/' | '-') => Some(DateOrder::MonthFirst),
        _ => None,
    };
    let is_open = (1..=12).contains(&parts.first) && (1..=12).contains(&parts.second);
    let needs_order = parts.mark != '.' && is_open && parts.first != parts.second;
    DateEvidence { shows, needs_order, has_short_year: parts.is_short }
}

pub fn read(cell: &RawCell, style: DateStyle) -> Read<NaiveDate> {
    match cell {
        RawCell::Empty => Read::Nothing,
        RawCell::Date(day) => Read::Sure(*day),
        RawCell::Fault(fault) => Read::Fault(format!("cell has the workbook error {fault}")),
        RawCell::Number(number) => serial(number, style),
        RawCell::Text(text) => read_text(text.trim(), style),
    }
}

fn read_text(text: &str, style: DateStyle) -> Read<NaiveDate> {
    if text.is_empty() {
        return Read::Nothing;
    }
    let text = without_time(text);
    if let Some(day) = iso(text) {
        return Read::Sure(day);
    }
    if let Some((day, month, year, is_short)) = named(text) {
        return with_year(day, month, year, is_short, style).map_or_else(|read| read, Read::Sure);
    }
    let Some(parts) = numbers(text) else {
        return match text.bytes().all(|byte| byte.is_ascii_digit()) && text.len() == 5 {
            true => serial(text, style),
            false => Read::Fault("not a date".to_owned()),
        };
    };
    let in_order = |order: DateOrder| match order {
        DateOrder::DayFirst => with_year(parts.first, parts.second, parts.year, parts.is_short, style),
        DateOrder::MonthFirst => with_year(parts.second, parts.first, parts.year, parts.is_short, style),
    };
    if parts.mark == '.' {
        return match in_order(DateOrder::DayFirst) {
            Ok(day) if parts.first > 12 || parts.first == parts.second => Read::Sure(day),
            Ok(day) => Read::Doubt(day, "day first, as usual with dots".to_owned()),
            Err(read) => read,
        };
    }
    if parts.first == parts.second {
        return in_order(DateOrder::DayFirst).map_or_else(|read| read, Read::Sure);
    }
    let Some(order) = style.order else {
        let is_open = evidence(&RawCell::Text(text.to_owned())).needs_order;
        if is_open {
            return Read::Open;
        }
        return match in_order(DateOrder::DayFirst) {
            Ok(day) => Read::Sure(day),
            Err(Read::Open) => Read::Open,
            Err(_) => in_order(DateOrder::MonthFirst).map_or_else(|read| read, Read::Sure),
        };
    };
    match in_order(order) {
        Ok(day) => Read::Sure(day),
        Err(Read::Open) => Read::Open,
        Err(fault) => {
            let other = match order {
                DateOrder::DayFirst => DateOrder::MonthFirst,
                DateOrder::MonthFirst => DateOrder::DayFirst,
            };
            match in_order(other) {
                Ok(_) => Read::Fault(format!(
                    "valid only as {}, but the column is {}",
                    other.in_words(),
                    order.in_words()
                )),
                Err(_) => fault,
            }
        }
    }
}

/// Removes the time of day: `2026-03-12T00:00:00`, `12/03/2026 00:00`.
fn without_time(text: &str) -> &str {
    let is_day = |day: &str| numbers(day).is_some() || iso(day).is_some() || named(day).is_some();
    let Some(colon) = text.find(':') else { return text };
    // The time begins behind the last gap before its first colon.
    match text[..colon].rsplit_once(['T', ' ']) {
        Some((day, _)) => {
            // `Mar 12, 2027 at 8:05`
            let day = day.trim_end().strip_suffix(" at").unwrap_or(day).trim_end_matches([',', ' ']);
            if is_day(day) { day } else { text }
        }
        None => text,
    }
}

fn iso(text: &str) -> Option<NaiveDate> {
    let plain = text.replace(['/', '.'], "-");
    if plain.len() == 8 && plain.bytes().all(|byte| byte.is_ascii_digit()) {
        return NaiveDate::parse_from_str(&plain, "%Y%m%d").ok().filter(is_plausible);
    }
    let (year, _) = plain.split_once('-')?;
    (year.len() == 4)
        .then(|| NaiveDate::parse_from_str(&plain, "%Y-%m-%d").ok())
        .flatten()
        .filter(is_plausible)
}

fn is_plausible(day: &NaiveDate) -> bool {
    (1900..=2200).contains(&day.year()) || is_never(*day)
}

/// Dates that programs write for “no end”.
pub fn is_never(day: NaiveDate) -> bool {
    matches!(day.year(), 2999 | 4712 | 9999) && (day.month(), day.day()) == (12, 31)
}

fn numbers(text: &str) -> Option<Parts> {
    let mark = text.chars().find(|letter| matches!(letter, '/' | '.' | '-'))?;
    let mut parts = text.split(mark).map(str::trim);
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || first.len() > 2 || second.len() > 2 || !matches!(year.len(), 2 | 4) {
        return None;
    }
    let number = |text: &str| -> Option<u32> {
        text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
    };
    let (first, second, long) = (number(first)?, number(second)?, number(year)?);
    Some(Parts { first, second, year: long as i32, is_short: year.len() == 2, mark })
}

/// `12 March 2026`, `Mar 12, 2026`, `12-Mar-26`: day, month, year, and whether the year has two digits.
fn named(text: &str) -> Option<(u32, u32, i32, bool)> {
    let words: Vec<&str> = text
        .split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | '-' | '.' | '/'))
        .filter(|word| !word.is_empty())
        .collect();
    let [first, second, year] = words.as_slice() else { return None };
    let (day, month) = match (month(first), month(second)) {
        (None, Some(month)) => (first, month),
        (Some(month), None) => (second, month),
        _ => return None,
    };
    let day = day.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let is_short = year.len() == 2;
    (is_short || year.len() == 4).then_some(())?;
    Some((day.parse().ok()?, month, year.parse().ok()?, is_short))
}

fn month(word: &str) -> Option<u32> {
    /// Beginnings of month names in English, German, French and Spanish.
    const MONTHS: [&[&str]; 12] = [
        &["jan", "ene", "jän"],
        &["feb", "fév", "fev"],
        &["mar", "mär", "mrz"],
        &["apr", "avr", "abr"],
        &["may", "mai", "mayo"],
        &["jun", "juin"],
        &["jul", "juil"],
        &["aug", "aoû", "aou", "ago"],
        &["sep"],
        &["oct", "okt"],
        &["nov"],
        &["dec", "dez", "déc", "dic"],
    ];
    let word = word.to_lowercase();
    if word.chars().count() < 3 || !word.chars().all(char::is_alphabetic) {
        return None;
    }
    let found = MONTHS.iter().position(|starts| starts.iter().any(|start| word.starts_with(start)))?;
    Some(found as u32 + 1)
}

fn with_year(
    day: u32,
    month: u32,
    year: i32,
    is_short: bool,
    style: DateStyle,
) -> Result<NaiveDate, Read<NaiveDate>> {
    let year = match (is_short, style.short_years) {
        (false, _) => year,
        (true, Some(first)) => first + (year - first).rem_euclid(100),
        (true, None) => return Err(Read::Open),
    };
    let day = NaiveDate::from_ymd_opt(year, month, day).filter(is_plausible);
    day.ok_or_else(|| Read::Fault("not a calendar date".to_owned()))
}

/// Serial numbers of spreadsheets: days since the end of 1899, or the beginning of 1904.
fn serial(number: &str, style: DateStyle) -> Read<NaiveDate> {
    /// Days between the two epochs.
    const LATER: u64 = 1_462;
    let whole = number.split('.').next().unwrap_or("");
    let day = whole
        .parse::<u64>()
        .ok()
        .map(|days| if style.counts_from_1904 { days + LATER } else { days })
        .filter(|days| (15_000..=80_000).contains(days))
        .and_then(|days| NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days)));
    let from = if style.counts_from_1904 { " counted from 1904" } else { "" };
    match day {
        Some(day) => Read::Doubt(day, format!("a spreadsheet date number{from}")),
        None => Read::Fault("a number, not a date".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(text: &str) -> RawCell {
        RawCell::Text(text.to_owned())
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn unambiguous_date_is_certain() {
        for said in [
            "2026-03-12",
            "2026/03/12",
            "20260312",
            "12 March 2026",
            "March 12, 2026",
            "12-Mar-2026",
            "12. März 2026",
            "2026-03-12T08:30:00",
        ] {
            assert_eq!(read(&text(said), DateStyle::default()), Read::Sure(day("2026-03-12")), "{said}");
        }
        assert_eq!(read(&text("25/12/2026"), DateStyle::default()), Read::Sure(day("2026-12-25")));
        assert_eq!(read(&text("12/25/2026"), DateStyle::default()), Read::Sure(day("2026-12-25")));
        assert_eq!(read(&text("05/05/2026"), DateStyle::default()), Read::Sure(day("2026-05-05")));
    }

    #[test]
    fn ambiguous_date_is_open_until_decided() {
        let open = text("03/04/2026");
        assert_eq!(read(&open, DateStyle::default()), Read::Open);
        let style = |order| DateStyle { order: Some(order), ..DateStyle::default() };
        assert_eq!(read(&open, style(DateOrder::DayFirst)), Read::Sure(day("2026-04-03")));
        assert_eq!(read(&open, style(DateOrder::MonthFirst)), Read::Sure(day("2026-03-04")));
        let Read::Fault(why) = read(&text("25/12/2026"), style(DateOrder::MonthFirst)) else { panic!() };
        assert_eq!(why, "valid only as day first, but the column is month first");
        assert_eq!(evidence(&text("13/05/2026")).shows, Some(DateOrder::DayFirst));
        assert_eq!(evidence(&text("05/13/2026")).shows, Some(DateOrder::MonthFirst));
    }

    #[test]
    fn dots_mean_day_first() {
        let Read::Doubt(found, _) = read(&text("12.03.2026"), DateStyle::default()) else { panic!() };
        assert_eq!(found, day("2026-03-12"));
        assert_eq!(read(&text("31.03.2026"), DateStyle::default()), Read::Sure(day("2026-03-31")));
    }

    #[test]
    fn two_digit_year_is_open_until_decided() {
        assert_eq!(read(&text("31.03.26"), DateStyle::default()), Read::Open);
        let style = DateStyle { short_years: Some(1970), ..DateStyle::default() };
        assert_eq!(read(&text("31.03.26"), style), Read::Sure(day("2026-03-31")));
        assert_eq!(read(&text("31.03.85"), style), Read::Sure(day("1985-03-31")));
    }

    #[test]
    fn refuses_invalid_dates() {
        for wrong in ["2023-14-05", "31/02/2026", "soon", "1.5", "12/13/14/15", "99", "0000-00-00"] {
            assert!(matches!(read(&text(wrong), DateStyle::default()), Read::Fault(_)), "{wrong}");
        }
        let Read::Doubt(found, _) = read(&RawCell::Number("46093".into()), DateStyle::default()) else {
            panic!()
        };
        assert_eq!(found, day("2026-03-12"));
        let style = DateStyle { counts_from_1904: true, ..DateStyle::default() };
        let Read::Doubt(found, _) = read(&RawCell::Number("44631".into()), style) else { panic!() };
        assert_eq!(found, day("2026-03-12"));
    }

    proptest! {
        #[test]
        fn never_panics_on_arbitrary_input(said in "\\PC{0,20}", digits in "[0-9./ -]{0,14}") {
            for said in [said, digits] {
                let cell = RawCell::Text(said);
                evidence(&cell);
                read(&cell, DateStyle::default());
                read(&cell, DateStyle {
                    order: Some(DateOrder::MonthFirst),
                    short_years: Some(1950),
                    counts_from_1904: true,
                });
            }
        }

        #[test]
        fn date_round_trips(number in 0_u64..70_000) {
            let day = NaiveDate::from_ymd_opt(1901, 1, 1).unwrap() + Days::new(number);
            let style = |order| DateStyle { order: Some(order), ..DateStyle::default() };
            for (pattern, order) in [("%d/%m/%Y", DateOrder::DayFirst), ("%m/%d/%Y", DateOrder::MonthFirst)] {
                let said = RawCell::Text(day.format(pattern).to_string());
                prop_assert_eq!(read(&said, style(order)), Read::Sure(day));
            }
            prop_assert_eq!(read(&RawCell::Text(day.to_string()), DateStyle::default()), Read::Sure(day));
        }
    }
}
