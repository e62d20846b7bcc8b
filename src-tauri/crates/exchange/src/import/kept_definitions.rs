//! Metrics that the plan has already: a table of figures says which they are, not what they are.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use headroom_figures_import::USUAL_LAG_DAYS;
use headroom_files::{
    Diagnostic, Level,
    records::{FieldStatement, FigureRecord, ImportedScope, Records},
};
use headroom_model::{Kind, KnownMetric, Metric, Observation, Plan, currency_of, fields::slug, same_word};
use rustc_hash::{FxHashMap, FxHashSet};

/// Leaves the definitions of the plan's metrics alone, finds metrics by their names, and tells which amounts cannot be
/// compared with others.
pub fn keep_definitions(plan: &Plan, records: &mut Records, today: NaiveDate) {
    let mut keys: FxHashMap<String, String> = FxHashMap::default();
    for row in records.rows.iter_mut().filter(|row| row.kind == Kind::Metric) {
        let Some(key) = row.text("key").map(str::to_owned) else { continue };
        let Some(metric) = metric_called(plan, &key, row.text("name").unwrap_or_default()) else { continue };
        row.fields.retain(|(name, _)| *name == "key");
        for (_, said) in &mut row.fields {
            *said = FieldStatement::Value(metric.key.clone().into());
        }
        keys.insert(key, metric.key.clone());
    }
    for (name, said) in records.rows.iter_mut().flat_map(|row| &mut row.fields) {
        if let FieldStatement::Reference(metric) = said
            && *name == "metric"
            && let Some(key) = keys.get(&metric.key)
        {
            metric.key.clone_from(key);
        }
    }
    let shared: FxHashMap<&str, Arc<str>> =
        keys.iter().map(|(key, own)| (key.as_str(), own.as_str().into())).collect();
    for figure in &mut records.figures {
        if let Some(own) = shared.get(&*figure.metric) {
            figure.metric = own.clone();
        }
    }
    know_early_figures(plan, &mut records.figures, today);
    let told = currencies_without_rate(plan, &records.figures);
    records.problems.extend(told);
}

fn metric_called<'p>(plan: &'p Plan, key: &str, name: &str) -> Option<&'p Metric> {
    let of_key = plan.metrics.iter().find(|metric| metric.key.eq_ignore_ascii_case(key));
    of_key.or_else(|| {
        let is_called = |metric: &&Metric| {
            // A label has no slash left: `latency/till` is `latency-till`.
            slug(&metric.key) == key
                || same_word(metric.name(), name)
                || KnownMetric::called(metric.name()).is_some_and(|known| known.key == key)
        };
        let mut called = plan.metrics.iter().filter(is_called);
        called.next().filter(|_| called.next().is_none())
    })
}

/// A figure that comes before it is due is known from its import on.
fn know_early_figures(plan: &Plan, figures: &mut [FigureRecord], today: NaiveDate) {
    let lags: FxHashMap<&str, u32> =
        plan.metrics.iter().map(|metric| (metric.key.as_str(), metric.lag)).collect();
    let is_early = |figure: &&mut FigureRecord| {
        let lag = lags.get(&*figure.metric).copied().unwrap_or(USUAL_LAG_DAYS);
        let due = figure.last.checked_add_days(Days::new(u64::from(lag) + 1));
        figure.dates.from.flatten().is_none() && due.is_some_and(|due| due > today)
    };
    let is_late =
        |row: &&Observation| row.last.checked_add_days(Days::new(EARLY_DAYS)).is_some_and(|day| day > today);
    let known: FxHashSet<_> = plan
        .observations
        .iter()
        .filter(is_late)
        .map(|row| {
            let scope = [&row.segment, &row.channel, &row.market].map(|text| &**text);
            (plan.key_of(row.metric.into()), row.first, row.last, scope)
        })
        .collect();
    for figure in figures.iter_mut().filter(is_early) {
        let ImportedScope { segment, channel, market, .. } = &*figure.scope;
        let scope = [segment, channel, market].map(String::as_str);
        // What the plan has is restated by the comparison, if it differs.
        if !known.contains(&(&*figure.metric, figure.first, figure.last, scope)) {
            figure.dates.from = Some(Some(today));
        }
    }
}

/// No metric is due later after its period.
const EARLY_DAYS: u64 = 400;

/// One warning for each currency that is neither the plan's nor has a rate.
fn currencies_without_rate(plan: &Plan, figures: &[FigureRecord]) -> Vec<Diagnostic> {
    let mut seen = vec![currency_of(plan)];
    let mut told = Vec::new();
    for figure in figures {
        let Some(currency) = figure.value.currency.filter(|currency| !seen.contains(currency)) else {
            continue;
        };
        seen.push(currency);
        if plan.exchange_rates.iter().all(|rate| rate.currency != currency) {
            let message =
                format!("amounts in {currency} have no exchange rate: no objective can be told by them");
            let advice = format!("add a rate of {currency} under Cost, or to exchange_rates.csv");
            told.push(Diagnostic::new(Level::Warning, figure.place.clone(), message, advice));
        }
    }
    told
}
