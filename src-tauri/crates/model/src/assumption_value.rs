//! The value of an assumption: an amount, a rate, a number, a rate for each month, or days of the week.

use std::{fmt, str::FromStr};

use chrono::{Weekday, WeekdaySet};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{decimal6::Decimal6, money::Money};

/// The value of an assumption, parsed from its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AssumptionValue {
    /// `6000.00 EUR`.
    Amount(Money),
    /// `12.5%`.
    Share(Decimal6),
    /// `58`: days, hours or people, as the type of assumption says.
    Number(Decimal6),
    /// `20% 20% 50%`: first month, second month, and so on; the last one continues.
    Curve(Vec<Decimal6>),
    /// `Fri Sat`, or `none`: days of the week on which nobody works.
    DaysOff(DaysOff),
}

/// Days of the week; formatted from Monday on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DaysOff(WeekdaySet);

impl DaysOff {
    pub fn contains(self, day: Weekday) -> bool {
        self.0.contains(day)
    }

    pub fn is_whole_week(self) -> bool {
        self.0 == WeekdaySet::ALL
    }
}

impl fmt::Display for DaysOff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str(NO_DAYS);
        }
        let days: Vec<String> = self.0.iter(Weekday::Mon).map(|day| day.to_string()).collect();
        f.write_str(&days.join(" "))
    }
}

const NO_DAYS: &str = "none";

impl FromStr for DaysOff {
    type Err = &'static str;

    /// `Fri Sat`, `Friday and Saturday`, `fri, sat`, `Sundays`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const FAULT: &str = "is not a list of weekdays such as Fri Sat";
        let words = text.split(|letter: char| letter.is_whitespace() || ",;+/&".contains(letter));
        let mut words = words.filter(|word| !word.is_empty() && !word.eq_ignore_ascii_case("and")).peekable();
        if text.trim().eq_ignore_ascii_case(NO_DAYS) {
            return Ok(Self(WeekdaySet::EMPTY));
        }
        words.peek().ok_or(FAULT)?;
        let day = |word: &str| word.parse().or_else(|_| word.trim_end_matches(['s', 'S']).parse());
        words.map(|word| day(word).map_err(|_| FAULT)).collect::<Result<_, _>>().map(Self)
    }
}

impl Default for AssumptionValue {
    fn default() -> Self {
        AssumptionValue::Number(Decimal6::ZERO)
    }
}

impl fmt::Display for AssumptionValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AssumptionValue::Amount(money) => money.fmt(f),
            AssumptionValue::Share(share) => f.write_str(&share.percent()),
            AssumptionValue::Number(number) => number.fmt(f),
            AssumptionValue::Curve(points) => {
                f.write_str(&points.iter().map(|point| point.percent()).collect::<Vec<_>>().join(" "))
            }
            AssumptionValue::DaysOff(days) => days.fmt(f),
        }
    }
}

impl FromStr for AssumptionValue {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const FAULT: &str = "is not a value such as 6000 EUR, 12.5%, 58 or 20% 50% 100%";
        let text = text.trim();
        if let Ok(money) = text.parse() {
            return Ok(AssumptionValue::Amount(money));
        }
        if let Ok(days) = text.parse() {
            return Ok(AssumptionValue::DaysOff(days));
        }
        if !text.contains('%') {
            return text.parse().map(AssumptionValue::Number).map_err(|_| FAULT);
        }
        let points: Vec<Decimal6> = text
            .split('%')
            .map(str::trim)
            .filter(|point| !point.is_empty())
            .map(|point| format!("{point}%").parse())
            .collect::<Result<_, _>>()
            .map_err(|_| FAULT)?;
        match *points {
            [] => Err(FAULT),
            [share] => Ok(AssumptionValue::Share(share)),
            _ => Ok(AssumptionValue::Curve(points)),
        }
    }
}

impl Serialize for AssumptionValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for AssumptionValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_round_trips() {
        for text in ["6000.00 EUR", "12.5%", "58", "20% 20% 50% 75% 100%", "0%", "0.5", "Fri Sat", "none"] {
            assert_eq!(text.parse::<AssumptionValue>().map(|value| value.to_string()).as_deref(), Ok(text));
        }
        assert_eq!(
            "20%,50 %".parse::<AssumptionValue>(),
            Err("is not a value such as 6000 EUR, 12.5%, 58 or 20% 50% 100%")
        );
        assert_eq!("20 % 50 %".parse::<AssumptionValue>().unwrap().to_string(), "20% 50%");
        for wrong in ["", "%", "and", ",", "Fri Sat 5%", "weekend", "s", "fri someday"] {
            assert!(wrong.parse::<AssumptionValue>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn weekdays_parse_in_common_spellings() {
        for text in
            ["Fri Sat", "sat,FRI", "Friday and Saturday", "fridays; saturdays", " fri + sat ", "Fri/Sat"]
        {
            assert_eq!(
                text.parse::<AssumptionValue>().map(|days| days.to_string()).as_deref(),
                Ok("Fri Sat")
            );
        }
        assert_eq!("sunday".parse::<AssumptionValue>().unwrap().to_string(), "Sun");
    }
}
