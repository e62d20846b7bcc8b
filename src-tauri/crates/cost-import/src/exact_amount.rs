//! Amounts of a bill: exact to twenty-four decimals, so that a million of them add up without a rounding.

use std::{fmt, iter::Sum, ops};

use headroom_model::ExactDecimal;

/// Decimals that an amount keeps.
const DECIMALS: u32 = 24;
const ONE: i128 = 10_i128.pow(DECIMALS);

/// An amount in units of 10⁻²⁴.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct ExactAmount(i128);

impl ExactAmount {
    pub const ZERO: Self = Self(0);

    /// Rounded as late as possible: to what a plan can hold.
    pub fn decimal(self) -> Option<ExactDecimal> {
        ExactDecimal::nearest(self.0, DECIMALS)
    }

    /// Numerator and denominator.
    pub fn parts(self) -> (i128, i128) {
        (self.0, ONE)
    }

    /// Rounded half away from zero to this many decimals.
    pub fn rounded(self, decimals: u32) -> String {
        let unit = 10_i128.pow(DECIMALS.saturating_sub(decimals));
        let whole = (self.0.unsigned_abs() + unit.unsigned_abs() / 2) / unit.unsigned_abs();
        let scale = 10_u128.pow(decimals.min(DECIMALS));
        let sign = if self.0 < 0 && whole > 0 { "-" } else { "" };
        match decimals {
            0 => format!("{sign}{whole}"),
            _ => format!("{sign}{}.{:0width$}", whole / scale, whole % scale, width = decimals as usize),
        }
    }

    /// How many times another amount it is, for shares in reports.
    pub fn share_of(self, whole: Self) -> Option<f64> {
        (whole.0 != 0).then(|| self.0 as f64 / whole.0 as f64)
    }

    pub fn is_negative(self) -> bool {
        self.0 < 0
    }

    pub fn size(self) -> u128 {
        self.0.unsigned_abs()
    }

    /// An amount as bills have it: `0.00001605990`, `1.2E-7`, `-2,5`. None if it is none.
    pub fn parse(cell: &[u8], comma: CommaMeaning) -> Option<Self> {
        let cell = cell.trim_ascii();
        let (is_negative, digits) = match cell {
            [b'-', rest @ ..] => (true, rest),
            [b'+', rest @ ..] => (false, rest),
            _ => (false, cell),
        };
        let amount = if digits.contains(&b',') {
            parse_plain(&without_commas(digits, comma)?)?
        } else {
            parse_plain(digits)?
        };
        Some(Self(if is_negative { -amount } else { amount }))
    }
}

/// What a lone comma stands before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommaMeaning {
    Decimals,
    Thousands,
}

fn without_commas(digits: &[u8], comma: CommaMeaning) -> Option<Vec<u8>> {
    let last = |mark: u8| digits.iter().rposition(|byte| *byte == mark);
    let is_decimal = match (last(b','), last(b'.')) {
        (Some(comma), Some(point)) => comma > point,
        _ => comma == CommaMeaning::Decimals && digits.iter().filter(|byte| **byte == b',').count() == 1,
    };
    let (thousands, decimal) = if is_decimal { (b'.', b',') } else { (b',', b'.') };
    let whole = digits.split(|byte| *byte == decimal).next().unwrap_or_default();
    let groups: Vec<&[u8]> = whole.split(|byte| *byte == thousands).collect();
    if groups.len() > 1 && groups.iter().skip(1).any(|group| group.len() != 3) {
        return None;
    }
    let kept = digits.iter().filter(|byte| **byte != thousands);
    Some(kept.map(|byte| if *byte == decimal { b'.' } else { *byte }).collect())
}

/// Digits with a point and an exponent, without a sign.
fn parse_plain(text: &[u8]) -> Option<i128> {
    let (mut value, mut decimals, mut digits) = (0_i128, 0_i32, 0_u32);
    let mut has_point = false;
    let mut exponent = 0_i32;
    for (at, byte) in text.iter().enumerate() {
        match byte {
            b'0'..=b'9' => {
                digits += 1;
                // Beyond what is kept; what is cut off is less than a unit.
                if decimals < DECIMALS as i32 + 8 {
                    value = value.checked_mul(10)?.checked_add((byte - b'0').into())?;
                    decimals += i32::from(has_point);
                }
            }
            b'.' if !has_point => has_point = true,
            b'e' | b'E' if digits > 0 => {
                exponent = std::str::from_utf8(text.get(at + 1..)?).ok()?.parse().ok()?;
                break;
            }
            _ => return None,
        }
    }
    if digits == 0 {
        return None;
    }
    let shift = (DECIMALS as i32).checked_add(exponent)?.checked_sub(decimals)?;
    if shift >= 0 {
        return if value == 0 {
            Some(0)
        } else {
            value.checked_mul(10_i128.checked_pow(shift.unsigned_abs())?)
        };
    }
    let Some(unit) = 10_i128.checked_pow(shift.unsigned_abs()) else { return Some(0) };
    Some((value + unit / 2) / unit)
}

impl fmt::Display for ExactAmount {
    /// With as few decimals as possible.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) =
            (self.0.unsigned_abs() / ONE.unsigned_abs(), self.0.unsigned_abs() % ONE.unsigned_abs());
        let sign = if self.0 < 0 { "-" } else { "" };
        let rest = format!("{rest:024}");
        let rest = rest.trim_end_matches('0');
        if rest.is_empty() { write!(f, "{sign}{whole}") } else { write!(f, "{sign}{whole}.{rest}") }
    }
}

impl ops::Add for ExactAmount {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl ops::Sub for ExactAmount {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl ops::AddAssign for ExactAmount {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for ExactAmount {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, |sum, amount| sum + amount)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Option<String> {
        ExactAmount::parse(text.as_bytes(), CommaMeaning::Thousands).map(|amount| amount.to_string())
    }

    #[test]
    fn amounts_are_read_exactly() {
        for (text, amount) in [
            ("0.00001605990", "0.0000160599"),
            ("1.34E-8", "0.0000000134"),
            ("-2.6137", "-2.6137"),
            (" 12 ", "12"),
            ("1,234.5", "1234.5"),
            ("1,234", "1234"),
            ("1.234,5", "1234.5"),
            ("5e2", "500"),
            ("0E-300", "0"),
        ] {
            assert_eq!(read(text).as_deref(), Some(amount), "{text}");
        }
        for text in ["", "-", ".", "NULL", "1.2.3", "1,23,4", "e5", "12 EUR", "99999999999999999999999"] {
            assert_eq!(read(text), None, "{text}");
        }
        let german = ExactAmount::parse(b"0,125", CommaMeaning::Decimals).unwrap();
        assert_eq!(german.to_string(), "0.125");
    }

    #[test]
    fn only_what_is_shown_is_rounded() {
        let amount = ExactAmount::parse(b"20.52522672899", CommaMeaning::Thousands).unwrap();
        assert_eq!((amount.rounded(2).as_str(), amount.rounded(0).as_str()), ("20.53", "21"));
        let negative = ExactAmount::parse(b"-0.004", CommaMeaning::Thousands).unwrap();
        assert_eq!(negative.rounded(2), "0.00");
        assert_eq!(negative.decimal().unwrap().to_string(), "-0.004");
    }

    proptest! {
        #[test]
        fn any_amount_round_trips(units in -10_i128.pow(30)..10_i128.pow(30)) {
            let amount = ExactAmount(units);
            prop_assert_eq!(ExactAmount::parse(amount.to_string().as_bytes(), CommaMeaning::Thousands), Some(amount));
        }

        #[test]
        fn never_panics_on_arbitrary_input(cell in prop::collection::vec(any::<u8>(), 0..40)) {
            let _ = ExactAmount::parse(&cell, CommaMeaning::Decimals);
            let _ = ExactAmount::parse(&cell, CommaMeaning::Thousands);
        }
    }
}
