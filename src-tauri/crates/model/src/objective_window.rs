//! The window of an objective: over which time an SLO is counted.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::wording::count_of;

/// A unit of windows, as files of SLOs have them: `m` is a minute, `M` a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WindowUnit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl WindowUnit {
    pub const ALL: [WindowUnit; 7] = [
        WindowUnit::Minute,
        WindowUnit::Hour,
        WindowUnit::Day,
        WindowUnit::Week,
        WindowUnit::Month,
        WindowUnit::Quarter,
        WindowUnit::Year,
    ];

    pub const fn letter(self) -> char {
        match self {
            WindowUnit::Minute => 'm',
            WindowUnit::Hour => 'h',
            WindowUnit::Day => 'd',
            WindowUnit::Week => 'w',
            WindowUnit::Month => 'M',
            WindowUnit::Quarter => 'Q',
            WindowUnit::Year => 'Y',
        }
    }

    pub const fn word(self) -> &'static str {
        match self {
            WindowUnit::Minute => "minute",
            WindowUnit::Hour => "hour",
            WindowUnit::Day => "day",
            WindowUnit::Week => "week",
            WindowUnit::Month => "month",
            WindowUnit::Quarter => "quarter",
            WindowUnit::Year => "year",
        }
    }

    /// Only for minutes and months does the case matter.
    fn from_letter(letter: &str) -> Option<Self> {
        let is_it = |unit: &Self| {
            let own = unit.letter();
            letter.chars().eq([own])
                || !matches!(own, 'm' | 'M') && letter.to_lowercase().chars().eq(own.to_lowercase())
        };
        Self::ALL.into_iter().find(is_it)
    }

    /// Nominal: a month has 30 days, a quarter 90, a year 365.
    const fn minutes(self) -> u64 {
        match self {
            WindowUnit::Minute => 1,
            WindowUnit::Hour => 60,
            WindowUnit::Day => MINUTES_A_DAY,
            WindowUnit::Week => 7 * MINUTES_A_DAY,
            WindowUnit::Month => 30 * MINUTES_A_DAY,
            WindowUnit::Quarter => 90 * MINUTES_A_DAY,
            WindowUnit::Year => 365 * MINUTES_A_DAY,
        }
    }
}

pub const MINUTES_A_DAY: u64 = 1440;

/// The most units that a window has.
const MOST_UNITS: u32 = 100_000;

/// So many units of time: the last ones on any day (rolling), or those of the calendar that the day is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ObjectiveWindow {
    count: u32,
    unit: WindowUnit,
    is_calendar: bool,
}

impl ObjectiveWindow {
    /// What is assumed where nobody has said it: 30 days.
    pub const DEFAULT: Self = Self { count: 30, unit: WindowUnit::Day, is_calendar: false };

    /// None for no time at all, or for more than anyone would wait for.
    pub fn new(count: u32, unit: WindowUnit, is_calendar: bool) -> Option<Self> {
        (1..=MOST_UNITS).contains(&count).then_some(Self { count, unit, is_calendar })
    }

    pub fn count(self) -> u32 {
        self.count
    }

    pub fn unit(self) -> WindowUnit {
        self.unit
    }

    /// Whether it begins and ends with the calendar; otherwise it is rolling.
    pub fn is_calendar(self) -> bool {
        self.is_calendar
    }

    #[must_use]
    pub fn with_calendar(self, is_calendar: bool) -> Self {
        Self { is_calendar, ..self }
    }

    /// Its length, with nominal months, quarters and years.
    pub fn minutes(self) -> u64 {
        u64::from(self.count) * self.unit.minutes()
    }

    /// `30 days`, `1 calendar month`.
    pub fn in_words(self) -> String {
        let calendar = if self.is_calendar { "calendar " } else { "" };
        count_of(self.count as usize, &format!("{calendar}{}", self.unit.word()))
    }
}

/// `30d`, `1M calendar`.
impl fmt::Display for ObjectiveWindow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.count, self.unit.letter())?;
        f.write_str(if self.is_calendar { " calendar" } else { "" })
    }
}

/// Parses `28` (days), `30d`, `4w`, `1h`, `1M calendar` and `1M rolling`; without a word it is rolling.
impl FromStr for ObjectiveWindow {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const FAULT: &str = "is not a window such as 28, 30d, 4w or 1M calendar";
        let (length, word) = text.trim().split_once(char::is_whitespace).unwrap_or((text.trim(), "rolling"));
        let is_calendar = match word.trim().to_lowercase().as_str() {
            "calendar" => true,
            "rolling" => false,
            _ => return Err(FAULT),
        };
        let digits = length.trim_end_matches(|letter: char| !letter.is_ascii_digit());
        let unit = match &length[digits.len()..] {
            "" => WindowUnit::Day,
            letter => WindowUnit::from_letter(letter).ok_or(FAULT)?,
        };
        let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        let count = digits.parse().ok().filter(|_| is_plain).ok_or(FAULT)?;
        Self::new(count, unit, is_calendar).ok_or(FAULT)
    }
}

impl Serialize for ObjectiveWindow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ObjectiveWindow {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_read_as_files_say_them() {
        let read =
            |text: &str| text.parse::<ObjectiveWindow>().map(|window| (window.to_string(), window.minutes()));
        for (text, said, minutes) in [
            ("28", "28d", 28 * 1440),
            ("30d", "30d", 30 * 1440),
            ("4w", "4w", 28 * 1440),
            ("4W rolling", "4w", 28 * 1440),
            ("1h", "1h", 60),
            ("1m", "1m", 1),
            ("1M calendar", "1M calendar", 30 * 1440),
            ("1q Calendar", "1Q calendar", 90 * 1440),
            ("1y", "1Y", 365 * 1440),
        ] {
            assert_eq!(read(text), Ok((said.to_owned(), minutes)), "{text}");
        }
        for wrong in
            ["", "d", "0d", "-1d", "+1d", "1.5d", "30 days", "1mo", "1M weekly", "99999999d", "4w2d", "§"]
        {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn words_say_calendar_and_number() {
        let words = |text: &str| text.parse::<ObjectiveWindow>().map(ObjectiveWindow::in_words);
        assert_eq!(words("30d").as_deref(), Ok("30 days"));
        assert_eq!(words("1M calendar").as_deref(), Ok("1 calendar month"));
    }
}
