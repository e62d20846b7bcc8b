//! What a planning assumption says: an amount, a rate, a number, or a rate month by month.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{fraction::Fraction, money::Money};

/// The value of an assumption, read from how it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quantity {
    /// `6000.00 EUR`.
    Amount(Money),
    /// `12.5%`.
    Share(Fraction),
    /// `58`: days, hours, people; what it counts is said by the kind of assumption.
    Number(Fraction),
    /// `20% 20% 50%`: the first month, the second, and so on; the last one goes on.
    Curve(Vec<Fraction>),
}

impl Default for Quantity {
    fn default() -> Self {
        Quantity::Number(Fraction::ZERO)
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Quantity::Amount(money) => money.fmt(f),
            Quantity::Share(share) => f.write_str(&share.percent()),
            Quantity::Number(number) => number.fmt(f),
            Quantity::Curve(points) => {
                f.write_str(&points.iter().map(|point| point.percent()).collect::<Vec<_>>().join(" "))
            }
        }
    }
}

impl FromStr for Quantity {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const FAULT: &str = "is not a value such as 6000 EUR, 12.5%, 58 or 20% 50% 100%";
        let text = text.trim();
        if let Ok(money) = text.parse() {
            return Ok(Quantity::Amount(money));
        }
        if !text.contains('%') {
            return text.parse().map(Quantity::Number).map_err(|_| FAULT);
        }
        let points: Vec<Fraction> = text
            .split('%')
            .map(str::trim)
            .filter(|point| !point.is_empty())
            .map(|point| format!("{point}%").parse())
            .collect::<Result<_, _>>()
            .map_err(|_| FAULT)?;
        match *points {
            [] => Err(FAULT),
            [share] => Ok(Quantity::Share(share)),
            _ => Ok(Quantity::Curve(points)),
        }
    }
}

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_is_read_and_written_again() {
        for text in ["6000.00 EUR", "12.5%", "58", "20% 20% 50% 75% 100%", "0%", "0.5"] {
            assert_eq!(text.parse::<Quantity>().map(|value| value.to_string()).as_deref(), Ok(text));
        }
        assert_eq!(
            "20%,50 %".parse::<Quantity>(),
            Err("is not a value such as 6000 EUR, 12.5%, 58 or 20% 50% 100%")
        );
        assert_eq!("20 % 50 %".parse::<Quantity>().unwrap().to_string(), "20% 50%");
        assert!("".parse::<Quantity>().is_err() && "%".parse::<Quantity>().is_err());
    }
}
