//! The value of a metric: an exact decimal number, of money with its currency.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{
    fixed,
    money::{Currency, Money, divided},
};

/// The most decimals that a value has.
const MOST_DECIMALS: u32 = 18;

/// An exact decimal number: `digits` × 10⁻`decimals`, with as few decimals as it can be written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct ExactDecimal {
    digits: i64,
    decimals: u8,
}

impl ExactDecimal {
    /// Numerator and power of ten of the denominator.
    pub fn parts(self) -> (i64, u32) {
        (self.digits, self.decimals.into())
    }
}

impl ExactDecimal {
    /// `digits` × 10⁻`decimals`, rounded half away from zero where that has more digits than a value can have.
    pub fn nearest(mut digits: i128, mut decimals: u32) -> Option<Self> {
        const LIMIT: u128 = 1_000_000_000_000_000_000;
        let is_too_long =
            |digits: i128, decimals: u32| digits.unsigned_abs() >= LIMIT || decimals > MOST_DECIMALS;
        let mut drop = 0;
        while is_too_long(digits / 10_i128.checked_pow(drop)?, decimals.checked_sub(drop)?) {
            drop += 1;
        }
        let unit = 10_i128.checked_pow(drop)?;
        digits = digits.checked_add(unit / 2 * digits.signum())? / unit;
        decimals -= drop;
        Self::of(i64::try_from(digits).ok()?, decimals)
    }

    /// A hundred times as much: 0.999 as 99.9, for percent.
    #[must_use]
    pub fn times_hundred(self) -> Self {
        let hundredths = self.decimals.saturating_sub(2);
        let lacking = u32::from(2 - (self.decimals - hundredths));
        Self { digits: self.digits.saturating_mul(10_i64.pow(lacking)), decimals: hundredths }
    }
}

impl From<u32> for ExactDecimal {
    fn from(number: u32) -> Self {
        Self { digits: number.into(), decimals: 0 }
    }
}

impl fmt::Display for ExactDecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&fixed::format(self.digits, self.decimals.into(), 0))
    }
}

/// Parses `11.5`, and `12%` as `0.12`.
impl FromStr for ExactDecimal {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const FAULT: &str = "is not a number such as 11.5, of 18 digits at most";
        let text = text.trim();
        let (number, hundredths) = match text.strip_suffix('%') {
            Some(percent) => (percent.trim_end(), 2),
            None => (text, 0),
        };
        let rest = number.split_once('.').map_or("", |(_, rest)| rest).trim_end_matches('0');
        let decimals = u32::try_from(rest.len()).map_err(|_| FAULT)?;
        let digits = fixed::parse(number, decimals).ok_or(FAULT)?;
        Self::of(digits, decimals + hundredths)
            .filter(|_| decimals + hundredths <= MOST_DECIMALS)
            .ok_or(FAULT)
    }
}

impl ExactDecimal {
    fn of(mut digits: i64, mut decimals: u32) -> Option<Self> {
        while decimals > 0 && digits % 10 == 0 {
            digits /= 10;
            decimals -= 1;
        }
        Some(Self { digits, decimals: decimals.try_into().ok()? })
    }
}

impl Serialize for ExactDecimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ExactDecimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// Why something that was looked at has no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoNumber {
    /// The metric does not apply to it: load tests of a mailing list.
    NotApplicable,
    /// It was looked at, and could not be said.
    Undetermined,
}

impl NoNumber {
    pub const ALL: [NoNumber; 2] = [NoNumber::NotApplicable, NoNumber::Undetermined];

    pub const fn word(self) -> &'static str {
        match self {
            NoNumber::NotApplicable => "n/a",
            NoNumber::Undetermined => "undetermined",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|own| own.word().eq_ignore_ascii_case(word.trim()))
    }
}

/// A value of a metric, as it was measured or asked for: `11.5`, or `48000 EUR`; or `n/a`, where there is none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct MetricValue {
    pub number: ExactDecimal,
    /// Of an amount of money.
    pub currency: Option<Currency>,
    /// Why there is no number, which is 0 then; none if there is one.
    pub lacks: Option<NoNumber>,
}

impl From<ExactDecimal> for MetricValue {
    fn from(number: ExactDecimal) -> Self {
        Self { number, ..Self::default() }
    }
}

impl From<NoNumber> for MetricValue {
    fn from(lacks: NoNumber) -> Self {
        Self { lacks: Some(lacks), ..Self::default() }
    }
}

impl MetricValue {
    /// An amount of money, or a number without a currency.
    pub fn of(number: ExactDecimal, currency: Option<Currency>) -> Self {
        Self { number, currency, lacks: None }
    }

    /// Of an amount of money: it in the smallest unit, rounded.
    pub fn amount(self) -> Option<Money> {
        self.amount_in(self.currency?)
    }

    /// The number as an amount in a currency, in its smallest unit, rounded.
    pub fn amount_in(self, currency: Currency) -> Option<Money> {
        let (digits, decimals) = self.number.parts();
        let units = i128::from(digits) * i128::from(currency.scale());
        Some(Money::new(divided(units, 10_i128.checked_pow(decimals)?), currency))
    }
}

impl fmt::Display for MetricValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(lacks) = self.lacks {
            return f.write_str(lacks.word());
        }
        self.number.fmt(f)?;
        self.currency.map_or(Ok(()), |currency| write!(f, " {currency}"))
    }
}

/// Parses `11.5`, `12%`, `48000 EUR` and `EUR 48000`, without thousands separators, and the words for what has no number.
impl FromStr for MetricValue {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const FAULT: &str = "is not a value such as 11.5, 12% or 48000 EUR";
        let text = text.trim();
        if let Some(lacks) = NoNumber::from_word(text) {
            return Ok(lacks.into());
        }
        let plain = || Ok(text.parse::<ExactDecimal>().map_err(|_| FAULT)?.into());
        let amount = |number: &str, currency| Ok(Self::of(number.trim().parse()?, Some(currency)));
        match text.split_once(char::is_whitespace) {
            Some((first, last)) => match (first.parse::<Currency>(), last.trim().parse::<Currency>()) {
                (Ok(currency), _) => amount(last, currency),
                (_, Ok(currency)) => amount(first, currency),
                // `12 %`.
                _ => plain(),
            },
            None => plain(),
        }
    }
}

impl Serialize for MetricValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for MetricValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_shares_and_amounts_are_read_exactly() {
        let read = |text: &str| text.parse::<MetricValue>().map(|value| value.to_string());
        assert_eq!(read("11.50").as_deref(), Ok("11.5"));
        assert_eq!(read("-0.30000000000000004").as_deref(), Ok("-0.30000000000000004"));
        assert_eq!(read("12 %").as_deref(), Ok("0.12"));
        assert_eq!(read("48000 eur").as_deref(), Ok("48000 EUR"));
        assert_eq!(read("EUR 0.125").as_deref(), Ok("0.125 EUR"));
        assert_eq!(read("N/A").as_deref(), Ok("n/a"));
        assert_eq!(read("undetermined").as_deref(), Ok("undetermined"));
        for wrong in ["", "EUR", "1,5", "1 2", "none", "12345678901234567890", "1e3", "0.1234567890123456789"]
        {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_is_the_same_number_is_equal() {
        let read = |text: &str| text.parse::<ExactDecimal>().unwrap();
        assert_eq!(read("12%"), read("0.1200"));
        assert_eq!(read("1200"), read("1200.0"));
    }

    #[test]
    fn an_amount_is_rounded_to_the_smallest_unit() {
        let amount =
            |text: &str| text.parse::<MetricValue>().unwrap().amount().map(|money| money.to_string());
        assert_eq!(amount("4250.6667 EUR").as_deref(), Some("4250.67 EUR"));
        assert_eq!(amount("-3 JPY").as_deref(), Some("-3 JPY"));
        assert_eq!(amount("4250.6667"), None);
    }

    proptest! {
        #[test]
        fn format_and_parse_round_trip(digits in -1_000_000_000_000_i64..1_000_000_000_000, decimals in 0_u32..12) {
            let number = ExactDecimal::of(digits, decimals).unwrap();
            prop_assert_eq!(number.to_string().parse(), Ok(number));
        }
    }
}
