//! Service level objectives.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An availability target in millionths: 999 500 is 99.95 %. Formatted as percent: `99.95`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slo(u32);

const WHOLE: u32 = 1_000_000;

impl Slo {
    /// None above 1 000 000.
    pub fn from_millionths(millionths: u32) -> Option<Self> {
        (millionths <= WHOLE).then_some(Self(millionths))
    }

    pub fn millionths(self) -> u32 {
        self.0
    }

    /// As a fraction, 0 to 1.
    pub fn fraction(self) -> f64 {
        f64::from(self.0) / f64::from(WHOLE)
    }
}

/// Percent, with as many decimals as needed: `99.95`.
impl fmt::Display for Slo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 10_000, self.0 % 10_000);
        match rest {
            0 => write!(f, "{whole}"),
            _ => write!(f, "{whole}.{}", format!("{rest:04}").trim_end_matches('0')),
        }
    }
}

/// Parses `99.95`, `99.95 %` or, at most 1 and with a point, the fraction `0.9995`.
impl FromStr for Slo {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const FAULT: &str = "is not an availability in percent such as 99.95";
        let text = text.trim();
        let (number, has_sign) = match text.strip_suffix('%') {
            Some(number) => (number.trim_end(), true),
            None => (text, false),
        };
        let is_plain = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let value: f64 = number.parse().ok().filter(|_| is_plain).ok_or(FAULT)?;
        let is_fraction = !has_sign && value <= 1.0 && number.contains('.');
        let millionths = value * if is_fraction { 1e6 } else { 1e4 };
        if millionths > f64::from(WHOLE) {
            return Err(FAULT);
        }
        Ok(Self(millionths.round() as u32))
    }
}

impl Serialize for Slo {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Slo {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_and_fractions_are_distinguished() {
        let read = |text: &str| text.parse::<Slo>().map(Slo::millionths);
        assert_eq!(read("99.95"), Ok(999_500));
        assert_eq!(read("99.9 %"), Ok(999_000));
        assert_eq!(read("0.9995"), Ok(999_500));
        assert_eq!(read("0.5%"), Ok(5_000));
        assert_eq!(read("100"), Ok(1_000_000));
        for wrong in ["", "high", "100.1", "-1", "1e2", "99,95", "NaN"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn format_and_parse_round_trip() {
        for millionths in [0, 1, 5_000, 10_000, 999_000, 999_500, 999_999, 1_000_000] {
            let availability = Slo::from_millionths(millionths).unwrap();
            assert_eq!(format!("{availability}%").parse(), Ok(availability));
        }
        assert_eq!(Slo(999_500).to_string(), "99.95");
    }
}
