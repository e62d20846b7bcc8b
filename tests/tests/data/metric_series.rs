//! The series that `headroom metrics` prints, as tests ask for them.

use std::collections::BTreeMap;

use headroom_tests::Desk;
use serde_json::Value;

/// Every series of a plan.
pub struct PlanSeries(Vec<Value>);

impl PlanSeries {
    pub fn of(desk: &Desk, day: &str) -> Self {
        let series = desk.json(&["metrics", desk.path(), "--as-of", day, "--json"]);
        Self(series.as_array().unwrap().clone())
    }

    /// The values of a metric by month, `2024-12`, in a scope such as `("market", "DE")`; of the organisation without.
    pub fn months(&self, metric: &str, scope: Option<(&str, &str)>) -> BTreeMap<String, Option<f64>> {
        let is_of = |series: &&Value| {
            let words = ["service", "team", "segment", "channel", "market"];
            series["metric"] == metric
                && words.iter().all(|word| {
                    let wanted = scope.filter(|(kind, _)| kind == word).map_or("", |(_, name)| name);
                    series[word].as_str().unwrap_or("") == wanted
                })
        };
        let found: Vec<&Value> = self.0.iter().filter(is_of).collect();
        assert!(found.len() <= 1, "{metric} of {scope:?} twice");
        let periods = found.iter().flat_map(|series| series["periods"].as_array().unwrap());
        periods
            .map(|period| (period["first"].as_str().unwrap()[..7].to_owned(), period["value"].as_f64()))
            .collect()
    }
}

/// Whether a value is the one expected, which is rounded to so many decimals.
pub fn is_rounded(value: Option<f64>, expected: &Value, decimals: i32) -> bool {
    match (value, expected.as_f64()) {
        (None, None) => true,
        (Some(value), Some(expected)) => (value - expected).abs() <= 0.500_001 * 10_f64.powi(-decimals),
        _ => false,
    }
}
