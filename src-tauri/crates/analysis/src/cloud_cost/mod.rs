//! What clouds and clusters cost by month, and whose that is.
//!
//! Whose a cost is follows from the plan, never from the import (`owner`): cost rules first, then labels that name a team
//! or a service as it was then, and the owner of the service on the last day charged. It is worked out once for a state of
//! the plan. Amounts stay exact; months of a plan are added up by currency and taken to its own at the rate of the last day
//! of the month.

mod left_over;
mod owner;
mod sums;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
mod waste;

use std::{collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;
use headroom_model::{ChargeClass, CostLineId, Currency, Plan, ServiceId, TeamId, currency_of};
use rustc_hash::FxHashMap;

pub use left_over::{LeftOver, RuleHint, left_over};
pub use owner::{CostOwner, CostReason, is_share_of_cluster, team_label};
pub use sums::{CurrencySums, decimal_text};
pub use waste::{Waste, WasteReason, waste};

use crate::metrics::{ExactValue, ExchangeRates};
use owner::CostOwners;

/// Key of the setting that says which amount of a bill counts.
pub const COST_BASIS: &str = "cost-basis";

/// Which amount of a bill counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum CostBasis {
    /// With purchases spread over the days that they are for.
    #[default]
    Effective,
    /// As on the invoice.
    Billed,
}

impl CostBasis {
    /// What the plan has chosen.
    pub fn of(plan: &Plan) -> Self {
        match plan.setting(COST_BASIS) {
            Some("billed") => Self::Billed,
            _ => Self::Effective,
        }
    }

    pub const fn word(self) -> &'static str {
        match self {
            CostBasis::Effective => "effective",
            CostBasis::Billed => "billed",
        }
    }

    /// Said beside figures.
    pub const fn words(self) -> &'static str {
        match self {
            CostBasis::Effective => "effective cost: purchases are spread over the days that they are for",
            CostBasis::Billed => "billed cost: as on the invoice",
        }
    }
}

/// A cost line with whose it is.
#[derive(Debug, Clone)]
pub struct OwnedLine {
    pub id: CostLineId,
    pub class: ChargeClass,
    pub currency: Currency,
    /// In units of 10⁻¹⁸.
    billed: i128,
    effective: i128,
    pub owner: Arc<CostOwner>,
}

impl OwnedLine {
    fn amount(&self, basis: CostBasis) -> i128 {
        match basis {
            CostBasis::Effective => self.effective,
            CostBasis::Billed => self.billed,
        }
    }
}

/// The cost lines of a plan by month.
#[derive(Debug)]
pub struct CloudCosts {
    /// By the first day of the month.
    months: BTreeMap<NaiveDate, Vec<OwnedLine>>,
    rates: ExchangeRates,
    /// In which amounts are told: that of the plan, or of all bills if nothing says what that is worth.
    pub currency: Currency,
    is_own: bool,
}

impl CloudCosts {
    /// Those of a plan as it stands.
    pub fn of(plan: &Plan) -> Arc<Self> {
        plan.derived(Self::new)
    }

    fn new(plan: &Plan) -> Self {
        let owners = CostOwners::new(plan);
        let mut months: BTreeMap<NaiveDate, Vec<OwnedLine>> = BTreeMap::new();
        // Lines differ in less than they have in common.
        let mut known: FxHashMap<(NaiveDate, [headroom_model::SharedText; 4], ChargeClass), Arc<CostOwner>> =
            FxHashMap::default();
        for line in plan.cost_lines.iter() {
            let texts = [&line.labels, &line.namespace, &line.account, &line.provider].map(Clone::clone);
            let owner =
                known.entry((line.last, texts, line.class)).or_insert_with(|| owners.of(line)).clone();
            let owned = OwnedLine {
                id: line.id,
                class: line.class,
                currency: line.currency,
                billed: sums::units(line.billed),
                effective: sums::units(line.effective),
                owner,
            };
            months.entry(first_of_month(line.first)).or_default().push(owned);
        }
        let (rates, own) = (ExchangeRates::of(plan), currency_of(plan));
        let mut currencies: Vec<Currency> = plan.cost_lines.iter().map(|line| line.currency).collect();
        currencies.sort();
        currencies.dedup();
        let only = match currencies.as_slice() {
            [only] if plan.exchange_rates.iter().all(|rate| rate.currency != *only) => *only,
            _ => own,
        };
        Self { months, rates, currency: only, is_own: only == own }
    }

    /// The first days of the months with bills, in order.
    pub fn months(&self) -> impl DoubleEndedIterator<Item = NaiveDate> {
        self.months.keys().copied()
    }

    /// The newest month with a bill that is over on a day.
    pub fn newest_month(&self, day: NaiveDate) -> Option<NaiveDate> {
        self.months().rev().find(|month| last_of_month(*month) < day)
    }

    pub fn lines(&self, month: NaiveDate) -> &[OwnedLine] {
        self.months.get(&month).map(Vec::as_slice).unwrap_or_default()
    }

    /// The lines of a month added up by what `key` takes of each; those without are left out.
    pub fn sums_by<K: std::hash::Hash + Eq>(
        &self,
        month: NaiveDate,
        basis: CostBasis,
        key: impl Fn(&OwnedLine) -> Option<K>,
    ) -> FxHashMap<K, CurrencySums> {
        let mut sums: FxHashMap<K, CurrencySums> = FxHashMap::default();
        for line in self.lines(month) {
            if let Some(key) = key(line) {
                sums.entry(key).or_default().add(line.currency, line.amount(basis));
            }
        }
        sums
    }

    /// The same, in one currency; what has no rate is left out.
    pub fn by<K: std::hash::Hash + Eq>(
        &self,
        month: NaiveDate,
        basis: CostBasis,
        key: impl Fn(&OwnedLine) -> Option<K>,
    ) -> FxHashMap<K, ExactValue> {
        let sums = self.sums_by(month, basis, key);
        sums.into_iter().map(|(key, sums)| (key, self.value(&sums, month))).collect()
    }

    /// What is counted of a month.
    pub fn total(
        &self,
        month: NaiveDate,
        basis: CostBasis,
        counts: impl Fn(&OwnedLine) -> bool,
    ) -> ExactValue {
        self.by(month, basis, |line| counts(line).then_some(())).remove(&()).unwrap_or_default()
    }

    /// Sums in one currency, at the rates of the last day of a month.
    pub fn value(&self, sums: &CurrencySums, month: NaiveDate) -> ExactValue {
        let day = last_of_month(month);
        let worth =
            |(currency, units): (Currency, i128)| Some(sums::value(units) * self.rate(currency, day)?);
        sums.iter().filter_map(worth).sum()
    }

    fn rate(&self, currency: Currency, day: NaiveDate) -> Option<ExactValue> {
        if currency == self.currency && !self.is_own {
            return Some(ExactValue::from_integer(1.into()));
        }
        self.rates.rate(currency, day)
    }

    /// Currencies of bills of a month that nothing says the worth of.
    pub fn without_rate(&self, month: NaiveDate) -> Vec<Currency> {
        let day = last_of_month(month);
        let mut lacking: Vec<Currency> = self.lines(month).iter().map(|line| line.currency).collect();
        lacking.sort();
        lacking.dedup();
        lacking.retain(|currency| self.rate(*currency, day).is_none());
        lacking
    }

    pub fn by_team(&self, month: NaiveDate, basis: CostBasis) -> FxHashMap<TeamId, ExactValue> {
        self.by(month, basis, |line| line.owner.team)
    }

    pub fn by_service(&self, month: NaiveDate, basis: CostBasis) -> FxHashMap<ServiceId, ExactValue> {
        self.by(month, basis, |line| line.owner.service)
    }
}

pub fn first_of_month(day: NaiveDate) -> NaiveDate {
    use chrono::Datelike;
    day.with_day(1).unwrap_or(day)
}

pub fn last_of_month(month: NaiveDate) -> NaiveDate {
    let next = first_of_month(month).checked_add_months(chrono::Months::new(1));
    next.and_then(|next| next.pred_opt()).unwrap_or(month)
}
