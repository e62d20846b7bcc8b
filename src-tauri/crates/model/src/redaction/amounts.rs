//! Which numbers tell what somebody is paid: the amounts of a plan, and what follows from them in the head.

use rustc_hash::FxHashSet;

use crate::money::{Money, divided};

/// Thousandths of one unit of a currency: no currency has more than three decimals.
pub(super) const UNIT: i128 = 1_000;
const MONTHS: i128 = 12;

/// Amounts that must not be read anywhere, whatever their currency.
#[derive(Debug, Clone, Default)]
pub struct Amounts {
    /// In thousandths: each amount, its whole units, its month, and what it is in the smallest unit.
    told: FxHashSet<i128>,
    /// The amounts alone, for numbers that are rounded (`120k`).
    exact: Vec<i128>,
}

impl Amounts {
    pub fn new(amounts: impl IntoIterator<Item = Money>) -> Self {
        let mut all = Self::default();
        for money in amounts {
            all.add(money);
        }
        all.exact.sort_unstable();
        all.exact.dedup();
        all
    }

    fn add(&mut self, money: Money) {
        let minor = i128::from(money.minor).abs();
        let value = minor * UNIT / i128::from(money.currency.scale());
        if value == 0 {
            return;
        }
        self.exact.push(value);
        let month = i128::from(divided(value, MONTHS));
        let cent = i128::from(divided(month, 10)) * 10;
        for told in [value, month, cent] {
            let below = told / UNIT * UNIT;
            self.told.extend([told, below, below + UNIT].into_iter().filter(|told| *told > 0));
        }
        // One more than a whole amount is another amount.
        if value % UNIT == 0 {
            self.told.remove(&(value + UNIT));
        }
        self.told.insert(minor * UNIT);
    }

    pub fn is_empty(&self) -> bool {
        self.exact.is_empty()
    }

    /// Whether a number, in thousandths, is one of them.
    pub(super) fn holds(&self, thousandths: i128) -> bool {
        self.told.contains(&thousandths)
    }

    /// Whether one of them is written so when it is rounded to steps of so many thousandths.
    pub(super) fn rounds_to(&self, thousandths: i128, step: i128) -> bool {
        let from = self.exact.partition_point(|exact| *exact < thousandths - step / 2);
        self.exact.get(from).is_some_and(|exact| *exact <= thousandths + step / 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    #[test]
    fn an_amount_is_known_by_its_whole_units_its_month_and_its_cents() {
        let amounts = Amounts::new([Money::new(12_345_678, Currency::EUR)]);
        for told in
            [123_456_780, 123_456_000, 123_457_000, 10_288_065, 10_288_070, 10_288_000, 12_345_678_000]
        {
            assert!(amounts.holds(told), "{told}");
        }
        assert!(!amounts.holds(123_458_000));
        assert!(amounts.rounds_to(123_000_000, 1_000_000) && !amounts.rounds_to(124_000_000, 1_000_000));
    }

    #[test]
    fn the_amount_beside_a_whole_one_stays() {
        let amounts = Amounts::new([Money::whole(120_000, Currency::EUR)]);
        assert!(amounts.holds(120_000_000) && !amounts.holds(120_001_000) && amounts.holds(10_000_000));
    }
}
