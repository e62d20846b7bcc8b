//! The currency in which a plan is calculated.

use rustc_hash::FxHashMap;

use crate::{money::Currency, plan::Plan};

/// Key of the setting.
pub const CURRENCY: &str = "currency";

/// The currency set in the plan; without one the currency of most salaries, of positions and assignments, else the
/// euro.
pub fn currency_of(plan: &Plan) -> Currency {
    if let Some(named) = plan.setting(CURRENCY).and_then(|code| code.parse().ok()) {
        return named;
    }
    let mut counts: FxHashMap<Currency, usize> = FxHashMap::default();
    let seats = plan.positions.iter().filter_map(|row| row.pay);
    for pay in seats.chain(plan.assignments.iter().filter_map(|row| row.pay)) {
        *counts.entry(pay.currency).or_default() += 1;
    }
    let most = counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
    most.map_or(Currency::EUR, |(currency, _)| currency)
}
