//! Amounts of money, in the smallest unit of their currency.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{fixed, wording::grouped};

/// A currency by its ISO 4217 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    pub const EUR: Currency = Currency(*b"EUR");
    pub const USD: Currency = Currency(*b"USD");
    pub const GBP: Currency = Currency(*b"GBP");

    pub fn code(&self) -> &str {
        // Constructed from upper-case ASCII letters only.
        std::str::from_utf8(&self.0).unwrap_or("???")
    }

    /// Decimals of its amounts (ISO 4217, “minor unit”).
    pub fn decimals(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF"
            | b"UGX" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }

    /// Smallest units in one unit: 100 for the euro.
    pub fn scale(self) -> i64 {
        10_i64.pow(self.decimals())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Currency {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let letters: [u8; 3] =
            text.trim().as_bytes().try_into().map_err(|_| "is not a currency such as EUR")?;
        match letters.iter().all(u8::is_ascii_alphabetic) {
            true => Ok(Self(letters.map(|letter| letter.to_ascii_uppercase()))),
            false => Err("is not a currency such as EUR"),
        }
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// An amount in the smallest unit of its currency: 1 234 567 cents are `12345.67 EUR`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    pub minor: i64,
    pub currency: Currency,
}

impl Money {
    /// For an order of rows: by currency, then by size.
    pub(crate) fn in_order(self) -> (Currency, i64) {
        (self.currency, self.minor)
    }

    pub fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// A whole number of euros, dollars or yen.
    pub fn whole(amount: i64, currency: Currency) -> Self {
        Self { minor: amount * currency.scale(), currency }
    }
}

impl Money {
    /// For a sentence: `12 345.67 EUR`, and `12 000 EUR` without cents.
    pub fn spoken(self) -> String {
        let text = self.to_string();
        let (number, currency) = text.split_once(' ').unwrap_or((&text, ""));
        let (whole, rest) = number.split_once('.').unwrap_or((number, ""));
        let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
        let grouped = grouped(digits);
        let cents = if rest.bytes().all(|digit| digit == b'0') { String::new() } else { format!(".{rest}") };
        format!("{sign}{grouped}{cents} {currency}")
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = self.currency.decimals();
        write!(f, "{} {}", fixed::format(self.minor, decimals, decimals as usize), self.currency)
    }
}

/// Parses `12345.67 EUR` or `EUR 12345.67`, without thousands separators. Imports and the planning grid have a parser
/// for other notations.
impl FromStr for Money {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const FAULT: &str = "is not an amount such as 12345.67 EUR";
        let (first, last) = text.trim().split_once(char::is_whitespace).ok_or(FAULT)?;
        let (number, currency) = match first.parse::<Currency>() {
            Ok(currency) => (last, currency),
            Err(_) => (first, last.parse().map_err(|_| FAULT)?),
        };
        let minor = fixed::parse(number.trim(), currency.decimals()).ok_or(FAULT)?;
        Ok(Self { minor, currency })
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// An exchange rate: units of the plan's currency for one unit of another, with nine decimals: `0.006123`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(i64);

const RATE_DECIMALS: u32 = 9;

impl Rate {
    pub const ONE: Rate = Rate(1_000_000_000);

    pub const fn from_billionths(billionths: i64) -> Self {
        Self(billionths)
    }

    pub const fn billionths(self) -> i64 {
        self.0
    }

    /// Converts an amount, rounded half away from zero to the smallest unit.
    pub fn convert(self, money: Money, to: Currency) -> Money {
        let units = i128::from(money.minor) * i128::from(self.0) * i128::from(to.scale());
        let whole = i128::from(Rate::ONE.0) * i128::from(money.currency.scale());
        Money { minor: divided(units, whole), currency: to }
    }
}

impl Default for Rate {
    fn default() -> Self {
        Self::ONE
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&fixed::format(self.0, RATE_DECIMALS, 0))
    }
}

impl FromStr for Rate {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        fixed::parse(text.trim(), RATE_DECIMALS).map(Self).ok_or("is not a rate such as 1.0825")
    }
}

impl Serialize for Rate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Rate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// Divides with rounding half away from zero, as `ROUND` of spreadsheets does; saturates at the limits of `i64`. `by`
/// must not be zero.
pub fn divided(units: i128, by: i128) -> i64 {
    let half = by.abs() / 2;
    let rounded = (units.abs() + half) / by.abs() * (units.signum() * by.signum());
    i64::try_from(rounded).unwrap_or(if rounded < 0 { i64::MIN } else { i64::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_round_trip_with_their_currencys_decimals() {
        let read = |text: &str| text.parse::<Money>().map(|money| (money.minor, money.to_string()));
        assert_eq!(read("12345.67 EUR"), Ok((1_234_567, "12345.67 EUR".into())));
        assert_eq!(read("usd 120000"), Ok((12_000_000, "120000.00 USD".into())));
        assert_eq!(read("5000 JPY"), Ok((5_000, "5000 JPY".into())));
        assert_eq!(read("-1.5 KWD"), Ok((-1_500, "-1.500 KWD".into())));
        for wrong in ["", "120000", "12.345 EUR", "1,5 EUR", "EUR", "1 EURO", "1.5 JPY"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn conversion_respects_decimals_of_both_currencies() {
        let yen = Money::whole(8_000_000, "JPY".parse().unwrap());
        let rate: Rate = "0.006123".parse().unwrap();
        assert_eq!(rate.convert(yen, Currency::EUR).to_string(), "48984.00 EUR");
    }

    #[test]
    fn division_rounds_half_away_from_zero() {
        assert_eq!([divided(5, 2), divided(-5, 2), divided(4, 3), divided(5, 3)], [3, -3, 1, 2]);
    }
}
