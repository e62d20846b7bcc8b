//! The Cost view: what clouds cost in a month and whose that is, what has no team, what is wasted, who pays in the end, and
//! a team's own page to show to it.

mod page;
mod showback;

use headroom_analysis::{
    chargeback::rounded,
    cloud_cost::{COST_BASIS, CloudCosts, CostBasis},
    metrics::ExactValue,
};
use headroom_model::{Currency, FieldError, Money};
use num_traits::ToPrimitive;

pub use self::{page::*, showback::*};
use crate::{
    error::Answer,
    hidden_pay::ShownAmount,
    state::AppState,
    use_case::{UseCase, use_cases},
};

pub(crate) const USE_CASES: &[UseCase] =
    use_cases! { cost_page, cost_showback, cost_chargeback, set_cost_basis };

/// Sets which amount of bills counts: `effective` or `billed`.
#[specta::specta]
pub fn set_cost_basis(app: &AppState, basis: String) -> Answer<()> {
    let known = [CostBasis::Effective, CostBasis::Billed].into_iter().find(|known| known.word() == basis);
    let known = known.ok_or_else(|| FieldError::new("basis", "must be effective or billed"))?;
    app.edit(
        |_| format!("Count {} cost", known.word()),
        |draft| {
            draft.set(COST_BASIS, known.word());
            Ok(())
        },
    )
}

/// What bills say is no salary: it is shown whatever is hidden.
fn shown(amount: &ExactValue, currency: Currency) -> ShownAmount {
    let minor = rounded(&(amount * ExactValue::from_integer(currency.scale().into())));
    Money::new(minor.to_i64().unwrap_or(i64::MAX), currency).into()
}

/// A share in percent, for a bar and a word.
fn percent(part: &ExactValue, whole: &ExactValue) -> f64 {
    if *whole == ExactValue::default() { 0.0 } else { (part / whole).to_f64().unwrap_or_default() * 100.0 }
}

fn month_name(month: chrono::NaiveDate) -> String {
    month.format("%B %Y").to_string()
}

/// The month asked for if there is a bill of it, or else the newest that is over, or that has begun.
fn chosen(
    costs: &CloudCosts,
    asked: Option<chrono::NaiveDate>,
    day: chrono::NaiveDate,
) -> Option<chrono::NaiveDate> {
    let begun = || costs.months().rev().find(|month| *month <= day);
    asked
        .filter(|asked| costs.months().any(|month| month == *asked))
        .or_else(|| costs.newest_month(day))
        .or_else(begun)
        .or_else(|| costs.months().next_back())
}
