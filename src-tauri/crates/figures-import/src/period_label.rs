//! Headers and cells that name a period: `Jan-26`, `2026-Q1`, `31/01/2026`, `Nov-26 (MTD)`.

use chrono::{Datelike, NaiveDate};
use headroom_tabular::{
    cell::{
        Read,
        date::{self, DateOrder, DateStyle},
    },
    raw_table::RawCell,
};

/// What a header says of a period.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PeriodLabel {
    pub said: SaidPeriod,
    /// What is added to it: `MTD`, `forecast`.
    pub remark: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SaidPeriod {
    Month {
        year: i32,
        month: u32,
    },
    /// The year stands elsewhere, or nowhere.
    MonthOfYear(u32),
    Quarter {
        year: i32,
        quarter: u32,
    },
    /// Of a fiscal year, named after the year in which it ends. When it begins stands elsewhere, or nowhere.
    FiscalQuarter {
        year: i32,
        quarter: u32,
    },
    /// Week of the ISO calendar.
    Week {
        year: i32,
        week: u32,
    },
    /// A day that stands for a period, or is one.
    Day(NaiveDate),
}

/// Months in the languages of reports; the beginning of a name stands for it.
const MONTHS: [&[&str]; 12] = [
    &["january", "januar", "janvier", "enero", "gennaio", "januari", "janeiro"],
    &["february", "februar", "février", "fevrier", "febrero", "febbraio", "fevereiro"],
    &["march", "märz", "maerz", "mars", "marzo", "março", "maart", "mrz", "mrt"],
    &["april", "avril", "abril", "aprile"],
    &["may", "mai", "mayo", "maggio", "maio", "mei"],
    &["june", "juni", "juin", "junio", "giugno", "junho"],
    &["july", "juli", "juillet", "julio", "luglio", "julho"],
    &["august", "août", "aout", "agosto", "augustus"],
    &["september", "septembre", "septiembre", "settembre", "setembro"],
    &["october", "oktober", "octobre", "octubre", "ottobre", "outubro"],
    &["november", "novembre", "noviembre", "novembro"],
    &["december", "dezember", "décembre", "decembre", "diciembre", "dicembre", "dezembro"],
];

/// Marks of footnotes.
const FOOTNOTES: [char; 9] = ['*', '†', '‡', '¹', '²', '³', '⁴', '§', '^'];

impl PeriodLabel {
    /// What a cell says, if it names a period.
    pub fn of(cell: &RawCell, order: Option<DateOrder>) -> Option<Self> {
        match cell {
            RawCell::Date(day) => Some(Self::plain(SaidPeriod::Day(*day))),
            RawCell::Number(number) => Some(Self::plain(SaidPeriod::Day(serial(number)?))),
            RawCell::Text(text) => Self::of_text(text, order),
            RawCell::Empty | RawCell::Fault(_) => None,
        }
    }

    /// The same in a column of times, which may count milliseconds.
    pub fn of_time(cell: &RawCell, order: Option<DateOrder>) -> Option<Self> {
        instant(cell).map(|day| Self::plain(SaidPeriod::Day(day))).or_else(|| Self::of(cell, order))
    }

    fn plain(said: SaidPeriod) -> Self {
        Self { said, remark: String::new() }
    }

    fn of_text(text: &str, order: Option<DateOrder>) -> Option<Self> {
        let text: String = text.chars().filter(|letter| !FOOTNOTES.contains(letter)).collect();
        let text = text.trim();
        if let Some(said) = said(text, order) {
            return Some(Self::plain(said));
        }
        // `Jan-26A` is what came about, `Jan-26F` what is expected.
        if let Some((at, mark)) =
            text.char_indices().next_back().filter(|(_, mark)| "AEFBPaefbp".contains(*mark))
            && text[..at].ends_with(|letter: char| letter.is_ascii_digit())
            && let Some(said) = said(&text[..at], order)
        {
            let remark = if mark.eq_ignore_ascii_case(&'a') { String::new() } else { mark.to_string() };
            return Some(Self { said, remark });
        }
        // A remark is in brackets, or the last words.
        let cuts = text.char_indices().filter(|(_, letter)| matches!(letter, '(' | '[' | ' ' | ',' | '\n'));
        let cuts: Vec<usize> = cuts.map(|(at, _)| at).collect();
        cuts.into_iter().rev().find_map(|at| {
            let (head, rest) = text.split_at(at);
            let remark = rest.trim_matches(|letter: char| !letter.is_alphanumeric()).to_owned();
            let said = said(head.trim(), order)?;
            (!remark.is_empty() && !remark.starts_with(|letter: char| letter.is_ascii_digit()))
                .then_some(Self { said, remark })
        })
    }

    /// Whether the remark says that the period is not over, or that its figures have not come about.
    pub fn is_no_actual(&self) -> Option<&'static str> {
        let words = self.remark.to_lowercase();
        let has = |word: &str| words.split(|letter: char| !letter.is_alphabetic()).any(|own| own == word);
        if ["mtd", "qtd", "wtd", "partial", "provisional", "prelim", "preliminary", "open"]
            .iter()
            .any(|word| has(word))
            || words.contains("to date")
        {
            return Some("is not over");
        }
        const COMPARE: [&str; 11] = [
            "var",
            "variance",
            "delta",
            "vs",
            "diff",
            "difference",
            "abweichung",
            "mom",
            "yoy",
            "δ",
            "prior",
        ];
        if COMPARE.iter().any(|word| has(word)) {
            return Some("compares others");
        }
        [
            "forecast",
            "fc",
            "f",
            "budget",
            "plan",
            "planned",
            "target",
            "estimate",
            "est",
            "e",
            "b",
            "p",
            "soll",
            "prévision",
        ]
        .iter()
        .any(|word| has(word))
        .then_some("is planned, not measured")
    }

    /// Whether it adds up several periods: year to date, the last twelve months.
    pub fn is_sum(&self) -> bool {
        is_sum(&self.remark)
    }
}

/// Whether a header is about several periods together: `YTD`, `LTM`, `FY26`, `Total`.
pub fn is_sum(header: &str) -> bool {
    let words = header.to_lowercase();
    let mut words = words.split(|letter: char| !letter.is_alphanumeric());
    words.any(|word| {
        let is_year =
            word.strip_prefix("fy").is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
        is_year || matches!(word, "ytd" | "ltm" | "ttm" | "total" | "sum" | "average" | "avg" | "lifetime")
    })
}

/// A day that a workbook wrote as a number.
fn serial(number: &str) -> Option<NaiveDate> {
    let days: u32 = number.parse().ok().filter(|days| (30_000..=60_000).contains(days))?;
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(chrono::Days::new(days.into()))
}

/// The day of a time in milliseconds since 1970. Tools write the midnight of the reader's own time zone, which is at most
/// twelve hours away from that of the day it begins.
pub fn instant(cell: &RawCell) -> Option<NaiveDate> {
    let (RawCell::Text(text) | RawCell::Number(text)) = cell else { return None };
    let text = text.trim();
    if text.len() != 13 {
        return None;
    }
    let milliseconds: i64 = text.parse().ok()?;
    let nearest = chrono::DateTime::from_timestamp_millis(milliseconds)?
        .checked_add_signed(chrono::TimeDelta::hours(12))?;
    Some(nearest.date_naive()).filter(|day| (2000..=2100).contains(&day.year()))
}

fn month_named(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.').to_lowercase();
    if word.chars().count() < 3 {
        return None;
    }
    let at = MONTHS.iter().position(|names| names.iter().any(|name| name.starts_with(&word)))?;
    u32::try_from(at + 1).ok()
}

/// A year of four or two digits.
fn year(word: &str) -> Option<i32> {
    let number: i32 = word.bytes().all(|byte| byte.is_ascii_digit()).then(|| word.parse().ok())??;
    match word.len() {
        4 if (1990..=2100).contains(&number) => Some(number),
        2 => Some(2000 + number),
        _ => None,
    }
}

fn said(text: &str, order: Option<DateOrder>) -> Option<SaidPeriod> {
    let words: Vec<&str> = text
        .split(|letter: char| {
            letter.is_whitespace() || matches!(letter, '-' | '/' | '.' | '\'' | '’' | '_' | '–')
        })
        .filter(|word| !word.is_empty())
        .collect();
    match words.as_slice() {
        [one] => of_one_word(one),
        [one, two] => of_two_words(one, two),
        [letter, number, year] if matches!(*letter, "KW" | "CW" | "W" | "Week" | "Q") => {
            of_two_words(&format!("{}{number}", if *letter == "Week" { "W" } else { letter }), year)
        }
        _ => None,
    }
    .or_else(|| day(text, order))
}

fn of_one_word(word: &str) -> Option<SaidPeriod> {
    if let Some(month) = month_named(word) {
        return Some(SaidPeriod::MonthOfYear(month));
    }
    let upper = word.to_ascii_uppercase();
    if upper.len() == 6 && upper.bytes().all(|byte| byte.is_ascii_digit()) {
        let (year_part, month) = upper.split_at(4);
        return month_of(year(year_part)?, month);
    }
    // `2026Q1`, `1Q26`, `Q126`, `2026M01`, `2026W05`, `Jan26`.
    let digits = upper.find(|letter: char| letter.is_ascii_alphabetic())?;
    let (before, rest) = upper.split_at(digits);
    let letters = rest.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(rest.len());
    let (letter, after) = rest.split_at(letters);
    match (before.len(), letter, after.len()) {
        (4, "Q", 1) => quarter_of(year(before)?, after),
        (1, "Q", 2 | 4) => quarter_of(year(after)?, before),
        (0, "Q", 3 | 5) => quarter_of(year(&after[1..])?, &after[..1]),
        (4, "M", 1 | 2) => month_of(year(before)?, after),
        (4, "W" | "KW" | "CW", 1 | 2) => week_of(year(before)?, after),
        (0, name, 2 | 4) => Some(SaidPeriod::Month { year: year(after)?, month: month_named(name)? }),
        _ => None,
    }
}

fn of_two_words(one: &str, two: &str) -> Option<SaidPeriod> {
    for (name, other) in [(one, two), (two, one)] {
        if let Some(fiscal) = fiscal_quarter(name, other) {
            return Some(fiscal);
        }
        if let (Some(month), Some(year)) = (month_named(name), year(other)) {
            return Some(SaidPeriod::Month { year, month });
        }
        let upper = name.to_ascii_uppercase();
        let split = upper.find(|letter: char| letter.is_ascii_digit()).unwrap_or(upper.len());
        match (upper.split_at(split), year(other)) {
            (("Q", number), Some(year)) => return quarter_of(year, number),
            (("W" | "KW" | "CW", number), Some(year)) if !number.is_empty() => return week_of(year, number),
            (("M", number), Some(year)) => return month_of(year, number),
            _ => {}
        }
    }
    // `2026-01` and `01/2026`: the year has four digits.
    let four = |word: &str| if word.len() == 4 { year(word) } else { None };
    match (four(one), four(two)) {
        (Some(year), None) => month_of(year, two),
        (None, Some(year)) => month_of(year, one),
        _ => None,
    }
}

/// `FY26 Q1`, `Q1 FY2026`.
fn fiscal_quarter(fiscal: &str, quarter: &str) -> Option<SaidPeriod> {
    let (fiscal, quarter) = (fiscal.to_ascii_uppercase(), quarter.to_ascii_uppercase());
    let year = year(fiscal.strip_prefix("FY")?)?;
    let quarter = quarter.strip_prefix('Q')?.parse().ok().filter(|quarter| (1..=4).contains(quarter))?;
    Some(SaidPeriod::FiscalQuarter { year, quarter })
}

impl SaidPeriod {
    /// A fiscal quarter as one of the calendar, if the fiscal year begins with this month.
    pub fn in_calendar(self, first_month: u32) -> Self {
        match self {
            SaidPeriod::FiscalQuarter { year, quarter } if [1, 4, 7, 10].contains(&first_month) => {
                let quarters = (first_month - 1) / 3 + quarter - 1;
                let begins = if first_month == 1 { year } else { year - 1 };
                SaidPeriod::Quarter { year: begins + i32::from(quarters > 3), quarter: quarters % 4 + 1 }
            }
            other => other,
        }
    }
}

fn month_of(year: i32, month: &str) -> Option<SaidPeriod> {
    let month: u32 = month.parse().ok().filter(|month| (1..=12).contains(month))?;
    Some(SaidPeriod::Month { year, month })
}

fn quarter_of(year: i32, quarter: &str) -> Option<SaidPeriod> {
    let quarter: u32 = quarter.parse().ok().filter(|quarter| (1..=4).contains(quarter))?;
    Some(SaidPeriod::Quarter { year, quarter })
}

fn week_of(year: i32, week: &str) -> Option<SaidPeriod> {
    let week: u32 = week.parse().ok()?;
    NaiveDate::from_isoywd_opt(year, week, chrono::Weekday::Mon).map(|_| SaidPeriod::Week { year, week })
}

fn day(text: &str, order: Option<DateOrder>) -> Option<SaidPeriod> {
    if !text.contains(|letter: char| letter.is_ascii_digit()) || text.len() < 6 {
        return None;
    }
    let style = DateStyle { order, short_years: Some(1970), counts_from_1904: false };
    match date::read(&RawCell::Text(text.to_owned()), style) {
        Read::Sure(day) | Read::Doubt(day, _) if (1990..=2100).contains(&day.year()) => {
            Some(SaidPeriod::Day(day))
        }
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use headroom_model::PeriodLength;

    use super::*;
    use crate::period_span::{PeriodSpan, length_of_days};

    fn span(text: &str) -> Option<String> {
        let label = PeriodLabel::of(&RawCell::Text(text.to_owned()), None)?;
        let span = PeriodSpan::of_said(label.said, PeriodLength::Day)?;
        let remark = if label.remark.is_empty() { String::new() } else { format!(" {}", label.remark) };
        Some(format!("{}..{}{remark}", span.first, span.last))
    }

    #[test]
    fn fiscal_quarters_need_the_month_that_begins_their_year() {
        let said = |text: &str| PeriodLabel::of(&RawCell::Text(text.to_owned()), None).unwrap().said;
        for text in ["FY26 Q1", "Q1 FY2026", "FY26-Q1"] {
            assert_eq!(said(text), SaidPeriod::FiscalQuarter { year: 2026, quarter: 1 }, "{text}");
            assert_eq!(span(text), None, "{text}");
        }
        let begins = |month, text: &str| {
            PeriodSpan::of_said(said(text).in_calendar(month), PeriodLength::Day)
                .map(|span| span.first.to_string())
        };
        assert_eq!(begins(1, "FY26 Q1").as_deref(), Some("2026-01-01"));
        assert_eq!(begins(7, "FY26 Q1").as_deref(), Some("2025-07-01"));
        assert_eq!(begins(7, "FY26 Q3").as_deref(), Some("2026-01-01"));
        assert_eq!(begins(4, "FY26 Q4").as_deref(), Some("2026-01-01"));
        assert_eq!(begins(2, "FY26 Q1"), None, "no quarter of the calendar");
    }

    #[test]
    fn milliseconds_are_the_day_that_begins_nearest() {
        let day = |text: &str| instant(&RawCell::Text(text.to_owned())).map(|day| day.to_string());
        // Midnight in London, Berlin and New York.
        for text in ["1772323200000", "1772319600000", "1772341200000"] {
            assert_eq!(day(text).as_deref(), Some("2026-03-01"), "{text}");
        }
        assert_eq!(day("1234567890123").as_deref(), Some("2009-02-14"));
        assert_eq!(day("177232320"), None);
        assert_eq!(day("9999999999999"), None);
    }

    #[test]
    fn months_quarters_and_weeks_are_read_as_reports_write_them() {
        for text in [
            "Jan-26",
            "Jan 2026",
            "January 2026",
            "2026-01",
            "01/2026",
            "2026 Jan",
            "Jan'26",
            "202601",
            "2026M01",
            "Jan26",
            "janv. 2026",
            "Januar 26",
            "1.2026",
        ] {
            assert_eq!(span(text).as_deref(), Some("2026-01-01..2026-01-31"), "{text}");
        }
        for text in ["Q1 2026", "2026-Q1", "1Q26", "Q1/26", "2026Q1"] {
            assert_eq!(span(text).as_deref(), Some("2026-01-01..2026-03-31"), "{text}");
        }
        for text in ["2026-W05", "W5 2026", "KW 05/2026", "2026W05"] {
            assert_eq!(span(text).as_deref(), Some("2026-01-26..2026-02-01"), "{text}");
        }
        assert_eq!(span("31/01/2026").as_deref(), Some("2026-01-31..2026-01-31"));
        assert_eq!(span("Nov-26 (MTD)").as_deref(), Some("2026-11-01..2026-11-30 MTD"));
        assert_eq!(span("Nov 2026 forecast").as_deref(), Some("2026-11-01..2026-11-30 forecast"));
    }

    #[test]
    fn what_names_no_period_is_none() {
        for text in [
            "", "MRR", "Margin", "Market", "12", "2026", "YTD", "FY26", "Total", "1,114", "77.7%",
            "Decision", "n/a",
        ] {
            assert_eq!(span(text), None, "{text}");
        }
        for text in ["Margin", "Market", "Decision", "Session", "Octet"] {
            assert_eq!(PeriodLabel::of(&RawCell::Text(text.into()), None), None, "{text}");
        }
        assert_eq!(
            PeriodLabel::of(&RawCell::Text("Sept".into()), None).unwrap().said,
            SaidPeriod::MonthOfYear(9)
        );
    }

    #[test]
    fn days_stand_for_the_periods_that_they_begin_or_end() {
        let length =
            |days: &[&str]| length_of_days(&days.iter().map(|day| day.parse().unwrap()).collect::<Vec<_>>());
        assert_eq!(length(&["2026-01-31", "2026-02-28", "2026-03-31"]), PeriodLength::Month);
        assert_eq!(length(&["2026-01-01", "2026-02-01"]), PeriodLength::Month);
        assert_eq!(length(&["2026-01-15", "2026-02-15"]), PeriodLength::Month);
        assert_eq!(length(&["2026-03-31", "2026-06-30"]), PeriodLength::Quarter);
        assert_eq!(length(&["2026-01-05", "2026-01-12", "2026-01-26"]), PeriodLength::Week);
        assert_eq!(length(&["2026-01-05", "2026-01-06"]), PeriodLength::Day);
    }
}
