//! Recurring revenue from five thousand subscriptions, against figures calculated elsewhere.

use std::fs;

use headroom_tests::{Desk, real_data};
use serde_json::Value;

use crate::metric_series::{PlanSeries, is_rounded};

/// The day on which the figures of the last month are due.
const LOOKED_AT: &str = "2025-01-06";

/// Metrics with what the other calculation calls them, and the decimals that it rounds to.
const MONTHLY: [(&str, &str, i32); 14] = [
    ("mrr", "mrr", 6),
    ("arr", "arr", 6),
    ("customers", "customers", 6),
    ("mrr-start", "start", 6),
    ("new-mrr", "new", 6),
    ("reactivation-mrr", "reactivation", 6),
    ("expansion-mrr", "expansion", 6),
    ("contraction-mrr", "contraction", 6),
    ("churned-mrr", "churn", 6),
    ("lost-customers", "churned_customers", 6),
    ("nrr", "nrr", 6),
    ("grr", "grr", 6),
    ("logo-churn", "logo_churn", 6),
    ("arpa", "arpa", 4),
];

#[test]
fn every_month_and_scope_of_the_subscriptions_is_alike() {
    let Some(folder) = real_data("signals/revenue-ravenstack") else { return };
    let truth: Value = serde_json::from_str(&fs::read_to_string(folder.join("truth.json")).unwrap()).unwrap();
    let desk = Desk::new();
    let files = ["ravenstack_subscriptions.csv", "ravenstack_accounts.csv"].map(|name| folder.join(name));
    let report = desk.import(&[&files[0], &files[1]], &[]);
    assert_eq!(report["formats"][0]["format"], "subscriptions");
    assert_eq!(report["formats"].as_array().unwrap().len(), 1);
    let is_error = |problem: &&Value| problem["level"] == "error";
    assert_eq!(report["problems"].as_array().unwrap().iter().filter(is_error).count(), 0);
    let series = PlanSeries::of(&desk, LOOKED_AT);
    let mut compared = 0;
    for (metric, called, decimals) in MONTHLY {
        let found = series.months(metric, None);
        let months = truth["months"].as_object().unwrap();
        assert_eq!(found.len(), months.len(), "{metric}");
        for (month, expected) in months {
            let value = found[month];
            assert!(
                is_rounded(value, &expected[called], decimals),
                "{metric} {month}: {value:?}, {expected}"
            );
            compared += 1;
        }
    }
    for (scope, called) in [("segment", "plan_tier"), ("market", "country"), ("channel", "referral_source")] {
        for (name, expected) in truth["segments_2024_12"][called].as_object().unwrap() {
            let value = series.months("mrr", Some((scope, name)))["2024-12"];
            assert!(is_rounded(value, expected, 6), "{scope} {name}: {value:?}, {expected}");
            compared += 1;
        }
    }
    for month in series.months("mrr-difference", None).values() {
        assert_eq!(*month, Some(0.0));
    }
    assert_eq!(compared, 24 * 14 + 15);
    assert_eq!(desk.import(&[&files[0], &files[1]], &[])["added"], 0);
    assert!(!fs::read(&desk.plan).unwrap().windows(9).any(|bytes| bytes == b"Company_1"), "names are kept");
}

/// Movements of a market and a channel add up to those of the organisation, month by month.
#[test]
fn markets_and_channels_add_up_to_the_organisation() {
    let Some(folder) = real_data("signals/revenue-ravenstack") else { return };
    let desk = Desk::new();
    let files = ["ravenstack_subscriptions.csv", "ravenstack_accounts.csv"].map(|name| folder.join(name));
    desk.import(&[&files[0], &files[1]], &[]);
    let series = PlanSeries::of(&desk, LOOKED_AT);
    let markets = ["AU", "CA", "DE", "FR", "IN", "UK", "US"].map(|name| ("market", name));
    let channels = ["ads", "event", "organic", "other", "partner"].map(|name| ("channel", name));
    for metric in
        ["mrr", "new-mrr", "reactivation-mrr", "expansion-mrr", "churned-mrr", "customers", "lost-customers"]
    {
        for scopes in [&markets[..], &channels] {
            for (month, whole) in series.months(metric, None) {
                let parts = scopes.iter().map(|scope| series.months(metric, Some(*scope)));
                let sum: f64 = parts.filter_map(|part| part.get(&month).copied().flatten()).sum();
                assert_eq!(Some(sum), whole, "{metric} {month}");
            }
        }
    }
}
