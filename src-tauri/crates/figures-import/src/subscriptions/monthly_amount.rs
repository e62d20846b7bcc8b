//! What a subscription pays a month, exactly.

use std::iter::Sum;

use headroom_tabular::cell::number::Decimal;

/// The most decimals of an amount that is read.
const DECIMALS: u32 = 6;

/// An amount a month, in twelfths of a millionth: a year's amount divided by twelve is exact.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct MonthlyAmount(i128);

impl MonthlyAmount {
    pub const ZERO: Self = Self(0);

    /// An amount for so many months: 1, 2, 3, 4, 6 or 12. None if it is too large or has too many decimals.
    pub fn of(amount: Decimal, months: i128) -> Option<Self> {
        Some(Self(i128::from(amount.with_scale(DECIMALS)?) * (12 / months)))
    }

    pub fn is_zero(self) -> bool {
        self.0 == 0
    }

    pub fn abs(self) -> Self {
        Self(self.0.abs())
    }

    pub fn more_than(self, other: Self) -> Self {
        Self((self.0 - other.0).max(0))
    }

    /// As a decimal number, rounded to six decimals half away from zero.
    pub fn decimal(self) -> String {
        let millionths = (self.0 + 6 * self.0.signum()) / 12;
        let unit = 10_i128.pow(DECIMALS);
        let text = format!("{}.{:06}", millionths / unit, (millionths % unit).abs());
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

impl std::ops::AddAssign for MonthlyAmount {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sum for MonthlyAmount {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        Self(amounts.map(|amount| amount.0).sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(digits: i128, scale: u32, months: i128) -> MonthlyAmount {
        MonthlyAmount::of(Decimal { digits, scale }, months).unwrap()
    }

    #[test]
    fn twelfths_add_up_to_the_whole() {
        let twelfth = of(10_000, 2, 12);
        assert_eq!(twelfth.decimal(), "8.333333");
        assert_eq!((0..12).map(|_| twelfth).sum::<MonthlyAmount>(), of(100, 0, 1));
        assert_eq!(of(30, 0, 3).decimal(), "10");
        assert_eq!(of(1_234_567, 6, 1).decimal(), "1.234567");
    }
}
