//! The numbers to look for in texts: the amounts of a plan, and what can be derived from them without a calculator.

use std::ops::RangeInclusive;

use headroom_model::{Money, money::divided};
use rustc_hash::FxHashSet;

/// Thousandths of one unit of a currency: no currency has more than three decimals.
pub(super) const UNIT: i128 = 1_000;
const MONTHS: i128 = 12;

const QUARTERS: i128 = 4;

/// Amounts to look for, regardless of their currency.
#[derive(Debug, Clone, Default)]
pub struct Amounts {
    /// In thousandths: each amount, its whole units, its month and quarter, and its number of smallest units.
    told: FxHashSet<i128>,
    /// The amounts alone, for rounded numbers (`120k`).
    exact: Vec<i128>,
    /// Their month and quarter, for rounded numbers (`17.4k`).
    parts: Vec<i128>,
}

impl Amounts {
    pub fn new(amounts: impl IntoIterator<Item = Money>) -> Self {
        let mut all = Self::default();
        for money in amounts {
            all.add(money);
        }
        for list in [&mut all.exact, &mut all.parts] {
            list.sort_unstable();
            list.dedup();
        }
        all
    }

    fn add(&mut self, money: Money) {
        let minor = i128::from(money.minor).abs();
        let value = minor * UNIT / i128::from(money.currency.scale());
        if value == 0 {
            return;
        }
        self.exact.push(value);
        self.tell(value);
        for part in [MONTHS, QUARTERS].map(|parts| i128::from(divided(value, parts))) {
            self.parts.push(part);
            self.tell(part);
            self.tell(i128::from(divided(part, 10)) * 10);
        }
        self.told.insert(minor * UNIT);
    }

    /// The value itself, without its decimals, and rounded up. One more than a whole amount is a different amount.
    fn tell(&mut self, value: i128) {
        let below = value / UNIT * UNIT;
        let above = if below == value { value } else { below + UNIT };
        self.told.extend([value, below, above].into_iter().filter(|told| *told > 0));
    }

    pub fn is_empty(&self) -> bool {
        self.exact.is_empty()
    }

    /// Whether a number, in thousandths, is one of them.
    pub(super) fn holds(&self, thousandths: i128) -> bool {
        self.told.contains(&thousandths)
    }

    /// Whether one of them is in the range, in thousandths.
    pub(super) fn any_in(&self, range: &RangeInclusive<i128>) -> bool {
        is_any_in(&self.exact, range)
    }

    /// Whether the month or quarter of one of them is in the range.
    pub(super) fn any_part_in(&self, range: &RangeInclusive<i128>) -> bool {
        is_any_in(&self.parts, range)
    }
}

fn is_any_in(sorted: &[i128], range: &RangeInclusive<i128>) -> bool {
    let from = sorted.partition_point(|value| value < range.start());
    sorted.get(from).is_some_and(|value| value <= range.end())
}

#[cfg(test)]
mod tests {
    use headroom_model::Currency;

    use super::*;

    #[test]
    fn amounts_match_by_units_month_and_cents() {
        let amounts = Amounts::new([Money::new(12_345_678, Currency::EUR)]);
        for told in
            [123_456_780, 123_456_000, 123_457_000, 10_288_065, 10_288_070, 10_288_000, 12_345_678_000]
        {
            assert!(amounts.holds(told), "{told}");
        }
        assert!(!amounts.holds(123_458_000));
        assert!(
            amounts.any_in(&(122_500_000..=123_500_000)) && !amounts.any_in(&(123_500_000..=124_500_000))
        );
    }

    #[test]
    fn amounts_next_to_a_whole_one_match() {
        let amounts = Amounts::new([120_001, 120_000].map(|whole| Money::whole(whole, Currency::EUR)));
        assert!(amounts.holds(120_000_000) && amounts.holds(120_001_000));
    }

    #[test]
    fn neighbours_of_a_whole_amount_do_not_match() {
        let amounts = Amounts::new([Money::whole(120_000, Currency::EUR)]);
        assert!(amounts.holds(120_000_000) && !amounts.holds(120_001_000) && amounts.holds(10_000_000));
    }
}
