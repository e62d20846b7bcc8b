//! Error budgets: how many minutes a service may be down by its SLOs, how many it was, and when the budget ends.
//!
//! Nothing of it is stored: all of it follows from the plan and the day, so that any day shows what was believed on it.
//! A day that nobody measured is neither up nor down: it has no budget, and spends none.
//!
//! | what | is |
//! | --- | --- |
//! | budget of an SLO | (1 − target) × window, with nominal months, quarters and years |
//! | minutes down | the figures of `downtime-minutes` of the service, by day; of days without one, (1 − `availability`) × 1440 |
//! | days of the window | rolling: the last ones, the day asked among them; of the calendar: from its first day on |
//! | budget of the days measured | (1 − target) × days measured × 1440 |
//! | left, share spent | that less the minutes down; the minutes down of that |
//! | burn | the share that was spent of the budget of the last seven days; 1 spends all of it by the end of a window |
//! | end | the first day to come on which the share spent reaches 1, if each day is like the average of those seven |
//! | availability of a month | 1 − minutes down / minutes measured |
//!
//! | step | module |
//! | --- | --- |
//! | which objectives are SLOs of a service | `service_objective` |
//! | what was measured on which day | `downtime` |
//! | the days of a window | `window_days` |
//! | the figures of a budget | `reading` |
//! | which of several stands worst | `standing` |
//! | months | `months` |
//! | all of it in words | `words` |
//!
//! Tests: `tests.rs`; real histories and the figures of another implementation are compared in
//! `tests/tests/data/error_budgets.rs`.

mod downtime;
mod months;
mod reading;
mod service_objective;
mod standing;
#[cfg(test)]
mod tests;
mod window_days;
mod words;

use chrono::NaiveDate;
use headroom_model::{Plan, ServiceId};

use crate::metrics::ExactValue;

pub use downtime::{DayMinutes, Downtime, MeasuredMinutes};
pub use months::{MonthAvailability, months};
pub use reading::{BURN_DAYS, BudgetReading, NoBudgetReading};
pub use service_objective::ServiceObjective;
pub(crate) use service_objective::is_slo;
pub use standing::{BudgetStanding, strictest};
pub use window_days::WindowDays;
pub use words::{budget_words, percent_words, rounded, window_words};

/// The budget of an SLO, and what a day shows of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorBudget {
    pub slo: ServiceObjective,
    /// In minutes, of the whole window; nominal.
    pub minutes: ExactValue,
    pub reading: Result<BudgetReading, NoBudgetReading>,
}

/// The same as [`error_budgets`] of all services, without a look at figures if there is no SLO.
pub fn all_error_budgets(plan: &Plan, day: NaiveDate) -> Vec<ErrorBudget> {
    if service_objective::service_objectives(plan, day, None).is_empty() {
        return Vec::new();
    }
    error_budgets(plan, day, None, &Downtime::new(plan, day, None))
}

/// The budgets of all SLOs that hold on a day, or of those of a service; by service.
pub fn error_budgets(
    plan: &Plan,
    day: NaiveDate,
    service: Option<ServiceId>,
    downtime: &Downtime,
) -> Vec<ErrorBudget> {
    let of = |slo: ServiceObjective| {
        let minutes = slo.allowed() * ExactValue::from_integer(slo.window.minutes().into());
        let reading = reading::read(&slo, downtime.of(slo.service), day);
        ErrorBudget { slo, minutes, reading }
    };
    service_objective::service_objectives(plan, day, service).into_iter().map(of).collect()
}
