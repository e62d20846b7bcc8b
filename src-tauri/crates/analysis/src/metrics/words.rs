//! Values and periods of metrics in words.

use chrono::Datelike;
use headroom_model::{
    Currency, Metric, MetricKind, PeriodLength,
    wording::{date, grouped},
};
use num_traits::ToPrimitive;

use super::{ExactValue, MissingReason, Period};

/// A value to two decimals, as its metric counts: `13.33 months`, `97.5%`, `48 000 EUR`.
pub fn value_words(metric: Option<&Metric>, currency: Option<Currency>, value: &ExactValue) -> String {
    let unit = metric.map(|metric| metric.unit.trim()).unwrap_or_default();
    let is_share = ["share", "%", "percent"].contains(&unit.to_lowercase().as_str());
    let scaled = if is_share { value * ExactValue::from_integer(100.into()) } else { value.clone() };
    let number = two_decimals(&scaled);
    if is_share {
        return number + "%";
    }
    // A quotient of amounts is no amount.
    let is_amount = metric.is_some_and(|metric| metric.kind != MetricKind::Ratio);
    match currency.filter(|_| is_amount || unit == "money") {
        Some(currency) => format!("{number} {currency}"),
        None if matches!(unit, "" | "count" | "money" | "score" | "level") => number,
        None => format!("{number} {unit}"),
    }
}

/// Rounded half away from zero, with groups of three digits.
fn two_decimals(value: &ExactValue) -> String {
    let hundredths = (value * ExactValue::from_integer(100.into())).round().to_integer().to_string();
    let (sign, digits) = hundredths.strip_prefix('-').map_or(("", hundredths.as_str()), |rest| ("−", rest));
    let digits = format!("{digits:0>3}");
    let (whole, rest) = digits.split_at(digits.len() - 2);
    let (whole, rest) = (grouped(whole), rest.trim_end_matches('0'));
    if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

/// The nearest floating-point number, for charts and other programs.
pub fn approximate(value: &ExactValue) -> f64 {
    value.to_f64().unwrap_or(f64::NAN)
}

/// Why a period has no value.
pub fn reason_words(reason: MissingReason) -> &'static str {
    match reason {
        MissingReason::Gap => "no figure yet",
        MissingReason::Twice => "two figures for the same days",
        MissingReason::Partial => "figures do not cover every day",
        MissingReason::Stale => "the newest figure is too old",
        MissingReason::Straddles => "weeks make no months",
        MissingReason::CannotAggregate => "rates do not add up",
        MissingReason::Zero => "divided by zero",
        MissingReason::NoRate => "no exchange rate",
        MissingReason::NoPay => "somebody’s pay is not known",
        MissingReason::NoRota => "no team needs an on-call rota",
        MissingReason::Hidden => "hidden with salaries",
        MissingReason::NotApplicable => "does not apply",
    }
}

/// `Jan 2027`, `Q1 2027`, `week of 4 Jan 2027`.
pub fn period_name(period: Period) -> String {
    let first = period.first();
    match period.length {
        PeriodLength::Day => date(first).to_string(),
        PeriodLength::Week => format!("week of {}", date(first)),
        PeriodLength::Month => first.format("%b %Y").to_string(),
        PeriodLength::Quarter => format!("Q{} {}", first.month0() / 3 + 1, first.year()),
    }
}
