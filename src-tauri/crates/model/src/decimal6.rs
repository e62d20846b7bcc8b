//! Decimals with six places: a share, a rate, or an FTE.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::fixed;

const DECIMALS: u32 = 6;

/// A decimal number in millionths: 600 000 is 0.6 FTE, 125 000 is a rate of 12.5 %. Formatted as `0.6`; `60%` is
/// parsed, too.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal6(i64);

impl Decimal6 {
    pub const ZERO: Decimal6 = Decimal6(0);
    pub const ONE: Decimal6 = Decimal6(1_000_000);

    pub const fn from_millionths(millionths: i64) -> Self {
        Self(millionths)
    }

    pub const fn millionths(self) -> i64 {
        self.0
    }

    pub fn as_f64(self) -> f64 {
        self.0 as f64 / 1e6
    }

    /// As a percentage: `12.5%`.
    pub fn percent(self) -> String {
        fixed::format(self.0, DECIMALS - 2, 0) + "%"
    }

    /// This share of a whole number of units, rounded half away from zero.
    pub fn of(self, units: i64) -> i64 {
        crate::money::divided(i128::from(units) * i128::from(self.0), 1_000_000)
    }
}

impl fmt::Display for Decimal6 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&fixed::format(self.0, DECIMALS, 0))
    }
}

impl FromStr for Decimal6 {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let read = match text.strip_suffix('%') {
            Some(percent) => fixed::parse(percent.trim_end(), DECIMALS - 2),
            None => fixed::parse(text, DECIMALS),
        };
        read.map(Self).ok_or("is not a number such as 0.6 or 60%")
    }
}

impl Serialize for Decimal6 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal6 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_and_decimals_are_equal() {
        let read = |text: &str| text.parse().map(Decimal6::millionths);
        assert_eq!(read("0.6"), Ok(600_000));
        assert_eq!(read("60 %"), Ok(600_000));
        assert_eq!(read("419.97"), Ok(419_970_000));
        assert_eq!(read("6.2%"), Ok(62_000));
        assert!(read("sixty").is_err());
        assert_eq!(Decimal6(62_000).percent(), "6.2%");
        assert_eq!(Decimal6(4_220_000).to_string(), "4.22");
    }

    #[test]
    fn shares_of_amounts_are_rounded_half_away_from_zero() {
        assert_eq!(Decimal6(62_000).of(13_200_000), 818_400);
        assert_eq!(Decimal6(500_000).of(3), 2);
        assert_eq!(Decimal6(500_000).of(-3), -2);
    }
}
