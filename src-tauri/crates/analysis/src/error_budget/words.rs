//! Budgets in words, and their figures rounded: for pages and the command line alike.

use headroom_model::wording::{count_of, date};
use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

use super::{
    ErrorBudget,
    reading::{BudgetReading, NoBudgetReading},
    service_objective::ServiceObjective,
};
use crate::metrics::ExactValue;

/// A number with that many decimals, rounded half to even: `43.200`.
pub fn rounded(value: &ExactValue, decimals: u32) -> String {
    let scaled = value.abs() * ExactValue::from_integer(BigInt::from(10).pow(decimals));
    let (floor, half) = (scaled.floor(), ExactValue::new(1.into(), 2.into()));
    let rest = &scaled - &floor;
    let floor = floor.to_integer();
    let is_odd = (&floor % BigInt::from(2)).is_one();
    let number = if rest > half || rest == half && is_odd { floor + BigInt::one() } else { floor };
    let digits = format!("{number:0>width$}", width = decimals as usize + 1);
    let (whole, part) = digits.split_at(digits.len() - decimals as usize);
    let sign = if value.is_negative() && !number.is_zero() { "-" } else { "" };
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

/// A number with at most that many decimals: `43.2`.
fn short(value: &ExactValue, decimals: u32) -> String {
    let text = rounded(value, decimals).replace('-', "−");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// `99.95%`.
pub fn percent_words(share: &ExactValue) -> String {
    short(&(share * ExactValue::from_integer(100.into())), 4) + "%"
}

/// `30 days`, `1 calendar month`, `30 days (assumed)`.
pub fn window_words(slo: &ServiceObjective) -> String {
    let words = slo.window.in_words();
    if slo.is_window_assumed { words + " (assumed)" } else { words }
}

/// How a budget stands: `27.4 of 86.4 minutes left · burn 0.79 · ends on 3 Sep 2026 at this rate`.
pub fn budget_words(budget: &ErrorBudget) -> String {
    match &budget.reading {
        Ok(reading) => reading_words(reading),
        Err(NoBudgetReading::NotAvailability) => "minutes of downtime say nothing of it".to_owned(),
        Err(NoBudgetReading::TooShort) => "minutes by day say nothing of so short a window".to_owned(),
        Err(NoBudgetReading::NoFigures) => "no minutes of downtime known".to_owned(),
    }
}

fn reading_words(reading: &BudgetReading) -> String {
    let minutes = |value| short(value, 1);
    let stands = match reading.is_exhausted {
        None => format!("{} minutes down; nothing may fail", minutes(&reading.down)),
        Some(true) => {
            format!("spent: {} of {} minutes down", minutes(&reading.down), minutes(&reading.budget))
        }
        Some(false) => format!("{} of {} minutes left", minutes(&reading.left), minutes(&reading.budget)),
    };
    let elapsed = reading.elapsed_days;
    let measured = (reading.measured_days < elapsed).then(|| {
        format!("{} of {} measured", reading.measured_days, count_of(elapsed.unsigned_abs() as usize, "day"))
    });
    let burn = reading.burn.as_ref().map(|burn| format!("burn {}", short(burn, 2)));
    let end = reading.ends_on.map(|day| format!("ends on {} at this rate", date(day)));
    std::iter::once(stands).chain(measured).chain(burn).chain(end).collect::<Vec<_>>().join(" · ")
}
