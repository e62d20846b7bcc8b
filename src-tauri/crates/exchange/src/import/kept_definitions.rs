//! Metrics that the plan has already: a table of figures says which they are, not what they are.

use headroom_files::{
    Diagnostic, Level,
    records::{FieldStatement, Records, RowRecord},
};
use headroom_model::{Kind, KnownMetric, Metric, MetricValue, Plan, currency_of, same_word};
use rustc_hash::FxHashMap;

/// Leaves the definitions of the plan's metrics alone, finds metrics by their names, and tells which amounts cannot be
/// compared with others.
pub fn keep_definitions(plan: &Plan, records: &mut Records) {
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
    let told = currencies_without_rate(plan, &records.rows);
    records.problems.extend(told);
}

fn metric_called<'p>(plan: &'p Plan, key: &str, name: &str) -> Option<&'p Metric> {
    let of_key = plan.metrics.iter().find(|metric| metric.key.eq_ignore_ascii_case(key));
    of_key.or_else(|| {
        let is_called = |metric: &&Metric| {
            same_word(metric.name(), name)
                || KnownMetric::called(metric.name()).is_some_and(|known| known.key == key)
        };
        let mut called = plan.metrics.iter().filter(is_called);
        called.next().filter(|_| called.next().is_none())
    })
}

/// One warning for each currency that is neither the plan's nor has a rate.
fn currencies_without_rate(plan: &Plan, rows: &[RowRecord]) -> Vec<Diagnostic> {
    let mut seen = vec![currency_of(plan)];
    let mut told = Vec::new();
    for row in rows.iter().filter(|row| row.kind == Kind::Observation) {
        let value: Option<MetricValue> = row.text("value").and_then(|text| text.parse().ok());
        let Some(currency) =
            value.and_then(|value| value.currency).filter(|currency| !seen.contains(currency))
        else {
            continue;
        };
        seen.push(currency);
        if plan.exchange_rates.iter().all(|rate| rate.currency != currency) {
            let message =
                format!("amounts in {currency} have no exchange rate: no objective can be told by them");
            let advice = format!("add a rate of {currency} under Cost, or to exchange_rates.csv");
            told.push(Diagnostic::new(Level::Warning, row.place.clone(), message, advice));
        }
    }
    told
}
