//! Exact sums of amounts in several currencies.

use headroom_model::{Currency, ExactDecimal};
use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

use crate::metrics::ExactValue;

/// Decimals that every amount of a cost line fits in.
const DECIMALS: u32 = 18;

/// An amount in units of 10⁻¹⁸.
pub(super) fn units(amount: ExactDecimal) -> i128 {
    let (digits, decimals) = amount.parts();
    let scale = 10_i128.checked_pow(DECIMALS.saturating_sub(decimals)).unwrap_or(1);
    i128::from(digits).saturating_mul(scale)
}

pub(super) fn value(units: i128) -> ExactValue {
    ExactValue::new(units.into(), BigInt::from(10).pow(DECIMALS))
}

/// An amount in figures: exact if it has an end, otherwise rounded to twelve decimals.
pub fn decimal_text(value: &ExactValue) -> String {
    let mut rest = value.denom().clone();
    let mut decimals = 0_u32;
    for factor in [2_u32, 5] {
        let mut count = 0;
        while (&rest % factor).is_zero() {
            rest /= factor;
            count += 1;
        }
        decimals = decimals.max(count);
    }
    if !rest.is_one() {
        decimals = 12;
    }
    let scaled = value * ExactValue::from_integer(BigInt::from(10).pow(decimals));
    let units = crate::chargeback::rounded(&scaled);
    let digits = format!("{:0>width$}", units.magnitude().to_string(), width = decimals as usize + 1);
    let (whole, rest) = digits.split_at(digits.len() - decimals as usize);
    let rest = rest.trim_end_matches('0');
    let sign = if units.is_negative() { "-" } else { "" };
    if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

/// Sums by currency.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CurrencySums(Vec<(Currency, i128)>);

impl CurrencySums {
    pub(super) fn add(&mut self, currency: Currency, units: i128) {
        match self.0.iter_mut().find(|(own, _)| *own == currency) {
            Some((_, sum)) => *sum = sum.saturating_add(units),
            None => self.0.push((currency, units)),
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (Currency, i128)> {
        self.0.iter().copied()
    }
}
