//! Which of several budgets stands worst.

use headroom_model::ServiceId;
use num_traits::One;

use super::ErrorBudget;
use crate::metrics::ExactValue;

/// How a budget stands; the worst is the least.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum BudgetStanding {
    /// The share of it that is left, less than 0 if more was spent.
    Left(ExactValue),
    /// There is no budget of which a share could be left.
    NothingMayFail,
    /// Nothing is known of it.
    Unknown,
}

impl ErrorBudget {
    pub fn standing(&self) -> BudgetStanding {
        match &self.reading {
            Ok(reading) => match &reading.spent {
                Some(spent) => BudgetStanding::Left(ExactValue::one() - spent),
                None => BudgetStanding::NothingMayFail,
            },
            Err(_) => BudgetStanding::Unknown,
        }
    }
}

/// Of each service the budget that stands worst. They come by service, as [`error_budgets`](super::error_budgets) gives
/// them.
pub fn strictest(budgets: &[ErrorBudget]) -> Vec<(ServiceId, &ErrorBudget)> {
    let of_service = budgets.chunk_by(|a, b| a.slo.service == b.slo.service);
    of_service
        .filter_map(|same| {
            let worst = same.iter().min_by_key(|budget| budget.standing())?;
            Some((worst.slo.service, worst))
        })
        .collect()
}
