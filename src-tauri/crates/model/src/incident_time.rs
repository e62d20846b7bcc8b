//! Times of incidents: a minute in UTC, or a day of which the time is not known.

use std::{fmt, str::FromStr};

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveDateTime, NaiveTime, Timelike as _, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// When something happened in an incident. A day is before every minute of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IncidentTime {
    day: NaiveDate,
    /// Of the day, in UTC.
    minute: Option<u16>,
}

impl IncidentTime {
    /// A day of which the time is not known; none before the year 1000 or after 9999.
    pub fn on(day: NaiveDate) -> Option<Self> {
        (1000..=9999).contains(&day.year()).then_some(Self { day, minute: None })
    }

    /// A time in UTC; seconds are cut off.
    pub fn at(time: NaiveDateTime) -> Option<Self> {
        let minute = u16::try_from(time.hour() * 60 + time.minute()).ok();
        Self::on(time.date()).map(|day| Self { minute, ..day })
    }

    pub fn day(self) -> NaiveDate {
        self.day
    }

    /// None if only the day is known.
    pub fn time(self) -> Option<NaiveDateTime> {
        let minute = u32::from(self.minute?);
        Some(self.day.and_time(NaiveTime::from_hms_opt(minute / 60, minute % 60, 0)?))
    }

    /// Minutes by the clock from this time to a later one; none if the time of either is not known, or the other is
    /// earlier.
    pub fn minutes_until(self, later: Self) -> Option<u32> {
        let minutes = (later.time()? - self.time()?).num_minutes();
        u32::try_from(minutes).ok()
    }
}

/// `2027-03-12 08:05`, or `2027-03-12`.
impl fmt::Display for IncidentTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.day.fmt(f)?;
        self.time().map_or(Ok(()), |time| write!(f, " {}", time.format("%H:%M")))
    }
}

/// Parses `2027-03-12`, `2027-03-12 08:05` and `2027-03-12T08:05:59`, which are in UTC, and RFC 3339 with an offset.
impl FromStr for IncidentTime {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const FAULT: &str = "is not a time such as 2027-03-12 08:05";
        let text = text.trim();
        let with_offset = || {
            let spellings = ["%Y-%m-%dT%H:%M:%S%.f%#z", "%Y-%m-%d %H:%M:%S%.f %#z", "%Y-%m-%dT%H:%M%#z"];
            let read = |spelling: &&str| DateTime::parse_from_str(text, spelling).ok();
            let read = DateTime::parse_from_rfc3339(text).ok().or_else(|| spellings.iter().find_map(read));
            read.map(|time| time.with_timezone(&Utc).naive_utc())
        };
        let spellings = ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M:%S%.f"];
        let plain =
            || spellings.iter().find_map(|spelling| NaiveDateTime::parse_from_str(text, spelling).ok());
        let of_day = || text.parse().ok().and_then(Self::on);
        of_day().or_else(|| with_offset().or_else(plain).and_then(Self::at)).ok_or(FAULT)
    }
}

impl Serialize for IncidentTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for IncidentTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn time(text: &str) -> IncidentTime {
        text.parse().unwrap()
    }

    #[test]
    fn times_are_taken_to_utc() {
        for (text, read) in [
            ("2027-03-12", "2027-03-12"),
            (" 2027-03-12 08:05 ", "2027-03-12 08:05"),
            ("2027-03-12T08:05:59", "2027-03-12 08:05"),
            ("2027-03-12T08:05:59Z", "2027-03-12 08:05"),
            ("2027-03-12T00:05:00+01:00", "2027-03-11 23:05"),
            ("2027-03-12 00:05:00 +0100", "2027-03-11 23:05"),
            ("2027-03-12T08:05:59.123-08:00", "2027-03-12 16:05"),
        ] {
            assert_eq!(time(text).to_string(), read, "{text}");
            assert_eq!(time(&time(text).to_string()), time(text));
        }
        for wrong in ["", "22027-03-12", "2027-13-01", "2027-03-12 25:00", "08:05", "yesterday", "0001-01-01"]
        {
            assert!(wrong.parse::<IncidentTime>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn only_known_times_in_order_have_minutes_between() {
        let minutes = |from: &str, to: &str| time(from).minutes_until(time(to));
        assert_eq!(minutes("2027-03-12 23:50", "2027-03-13 00:10"), Some(20));
        assert_eq!(minutes("2027-03-12 23:50", "2027-03-12 23:50"), Some(0));
        assert_eq!(minutes("2027-03-12 23:50", "2027-03-12 23:49"), None);
        assert_eq!(minutes("2027-03-12", "2027-03-12 23:49"), None);
    }
}
