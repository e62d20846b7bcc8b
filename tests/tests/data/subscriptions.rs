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

/// What MRR moved by in every month of the organisation, and over the last twelve.
#[test]
fn movements_of_mrr_are_those_of_another_calculation() {
    let Some(folder) = real_data("signals/revenue-ravenstack") else { return };
    let truth: Value = serde_json::from_str(&fs::read_to_string(folder.join("truth.json")).unwrap()).unwrap();
    let desk = Desk::new();
    let files = ["ravenstack_subscriptions.csv", "ravenstack_accounts.csv"].map(|name| folder.join(name));
    desk.import(&[&files[0], &files[1]], &[]);
    const STEPS: [(&str, &str, f64); 7] = [
        ("opening", "start", 1.0),
        ("new-mrr", "new", 1.0),
        ("reactivation-mrr", "reactivation", 1.0),
        ("expansion-mrr", "expansion", 1.0),
        ("contraction-mrr", "contraction", -1.0),
        ("churned-mrr", "churn", -1.0),
        ("closing", "mrr", 1.0),
    ];
    let steps_of = |month: &str, months: &str| {
        let arguments = ["--month", month, "--months", months, "--as-of", LOOKED_AT, "--json"];
        let page = desk.json(&[&["metrics", desk.path(), "--by", "market"], &arguments[..]].concat());
        let whole = page["waterfalls"].as_array().unwrap().iter().find(|one| one["column"] == "of-");
        let steps = whole.unwrap()["steps"].as_array().unwrap().clone();
        move |id: &str| {
            let step = steps.iter().find(|step| step["id"] == id).unwrap();
            step["amount"]["value"].as_f64().unwrap()
        }
    };
    let months: Vec<(&String, &Value)> = truth["months"].as_object().unwrap().iter().collect();
    for (month, expected) in &months {
        let step = steps_of(month, "1");
        for (id, called, sign) in STEPS {
            assert_eq!(step(id), sign * expected[called].as_f64().unwrap(), "{month} {id}");
        }
        assert_eq!(step("not-explained"), 0.0, "{month}");
    }
    let step = steps_of("2024-12", "12");
    let year = &months[months.len() - 12..];
    assert_eq!(step("opening"), year[0].1["start"].as_f64().unwrap());
    for (id, called, sign) in &STEPS[1..6] {
        let sum: f64 = year.iter().map(|(_, month)| month[*called].as_f64().unwrap()).sum();
        assert_eq!(step(id), sign * sum, "{id}");
    }
    assert_eq!((step("not-explained"), step("closing")), (0.0, 10_159_608.0));
}
