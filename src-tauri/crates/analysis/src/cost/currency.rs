//! Exchange rates of a plan by date, and conversion into its own currency.

use chrono::NaiveDate;
use headroom_model::{
    Currency, ExchangeRate, ExchangeRateId, Money, Plan, Rate, currency_of, money::divided,
};
use rustc_hash::FxHashMap;

/// Exchange rates of a plan.
#[derive(Debug)]
pub struct Rates<'a> {
    /// The plan's own currency.
    pub currency: Currency,
    /// Rates of each currency, by first day.
    rows: FxHashMap<Currency, Vec<&'a ExchangeRate>>,
}

/// The rate that holds on a day; no row for the plan's own currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateOnDay {
    pub rate: Rate,
    pub row: Option<ExchangeRateId>,
}

impl<'a> Rates<'a> {
    pub fn new(plan: &'a Plan) -> Self {
        let mut rows: FxHashMap<Currency, Vec<&ExchangeRate>> = FxHashMap::default();
        // By currency, then by first day.
        for row in plan.in_order::<ExchangeRate>() {
            rows.entry(row.currency).or_default().push(row);
        }
        Self { currency: currency_of(plan), rows }
    }

    /// Rate of one unit on a day: the latest that has begun; none if the plan has no rate for the day.
    pub fn on(&self, currency: Currency, day: NaiveDate) -> Option<RateOnDay> {
        if currency == self.currency {
            return Some(RateOnDay { rate: Rate::ONE, row: None });
        }
        let begun =
            self.rows.get(&currency)?.iter().rev().find(|row| row.from.is_none_or(|from| from <= day))?;
        Some(RateOnDay { rate: begun.rate, row: Some(begun.id) })
    }

    /// The amount times `times_millionths`, in the smallest unit of the plan's currency, rounded once, half away from
    /// zero.
    pub fn convert(&self, money: Money, rate: Rate, times_millionths: i64) -> i64 {
        // Absurd figures saturate.
        let units = i128::from(money.minor)
            .saturating_mul(i128::from(rate.billionths()))
            .saturating_mul(i128::from(self.currency.scale()))
            .saturating_mul(i128::from(times_millionths));
        let whole = i128::from(Rate::ONE.billionths()) * i128::from(money.currency.scale()) * 1_000_000;
        divided(units, whole)
    }

    /// Days on which a rate begins.
    pub(super) fn days(&self) -> impl Iterator<Item = NaiveDate> {
        self.rows.values().flatten().filter_map(|row| row.from)
    }
}
