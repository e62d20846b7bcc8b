use headroom_model::{ExactDecimal, Kind, Plan};
use headroom_tests::rows;
use serde_json::json;

use super::{figures::exact, metric_series, *};

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

/// A plan with a figure of each of these metrics for each of these months of 2026, in the order of the months.
fn measured(metrics: &[(&str, &str, &str, &[&str])]) -> Plan {
    let mut plan = Plan::default();
    for (key, kind, unit, figures) in metrics {
        let metric = rows::add(
            &mut plan,
            Kind::Metric,
            json!({"key": key, "kind": kind, "unit": unit, "period": "month", "lag": 5}),
        );
        for (at, value) in figures.iter().enumerate().filter(|(_, value)| !value.is_empty()) {
            let month = Period::of(headroom_model::PeriodLength::Month, day("2026-01-01")).later(at as i32);
            let row = json!({"metric": metric, "first": month.first(), "last": month.last(), "value": value});
            rows::add(&mut plan, Kind::Observation, row);
        }
    }
    plan
}

fn with_formulas(mut plan: Plan, formulas: &[&str]) -> Plan {
    for key in formulas {
        let row = json!({"key": key, "kind": "ratio", "period": "month", "formula": key});
        rows::add(&mut plan, Kind::Metric, row);
    }
    plan
}

/// The values of a metric, month by month, to six decimals.
fn values(plan: &Plan, key: &str, on: &str) -> Vec<String> {
    let series = metric_series(plan, day(on), usize::MAX);
    let is_it = |series: &&MetricSeries| plan.key_of(series.metric.into()) == key;
    let Some(found) = series.iter().find(is_it) else { return Vec::new() };
    let told = |period: &SeriesPeriod| match &period.value {
        Ok(value) => {
            let millionths = (value * ExactValue::from_integer(1_000_000.into())).round().to_integer();
            let number: f64 = millionths.to_string().parse::<f64>().unwrap() / 1e6;
            number.to_string()
        }
        Err(reason) => reason.word().to_owned(),
    };
    found.periods.iter().map(told).collect()
}

#[test]
fn unit_economics_follow_from_their_parts() {
    let plan = measured(&[
        ("spend", "flow", "money", &["60000 EUR"]),
        ("new-customers", "flow", "count", &["10"]),
        ("mrr", "stock", "money", &["50000 EUR"]),
        ("customers", "stock", "count", &["100"]),
        ("lost-customers", "flow", "count", &["2"]),
        ("margin", "ratio", "share", &["80%"]),
    ]);
    let plan = with_formulas(plan, &["cac", "arpa", "payback", "logo-churn", "ltv", "ltv-cac", "arr"]);
    let newest = |key| values(&plan, key, "2026-02-28").pop();
    assert_eq!(newest("cac").as_deref(), Some("6000"));
    assert_eq!(newest("arpa").as_deref(), Some("500"));
    assert_eq!(newest("payback").as_deref(), Some("15"));
    assert_eq!(newest("arr").as_deref(), Some("600000"));
    // 2 of the 92 who were there when the month began.
    assert_eq!(newest("logo-churn").as_deref(), Some("0.021739"));
    assert_eq!(newest("ltv").as_deref(), Some("18400"));
    assert_eq!(newest("ltv-cac").as_deref(), Some("3.066667"));
}

#[test]
fn recurring_revenue_is_explained_by_its_movements() {
    let plan = measured(&[
        ("mrr-start", "stock", "money", &["100000 EUR"]),
        ("new-mrr", "flow", "money", &["8000 EUR"]),
        ("expansion-mrr", "flow", "money", &["3000 EUR"]),
        ("contraction-mrr", "flow", "money", &["1000 EUR"]),
        ("churned-mrr", "flow", "money", &["2000 EUR"]),
        ("mrr", "stock", "money", &["108000 EUR"]),
    ]);
    let plan = with_formulas(plan, &["nrr", "grr", "quick-ratio", "mrr-difference", "arr", "payback"]);
    let newest = |key| values(&plan, key, "2026-02-28").pop();
    assert_eq!(newest("nrr").as_deref(), Some("1"));
    assert_eq!(newest("grr").as_deref(), Some("0.97"));
    assert_eq!(newest("quick-ratio").as_deref(), Some("3.666667"));
    assert_eq!(newest("mrr-difference").as_deref(), Some("0"));
    assert_eq!(newest("arr").as_deref(), Some("1296000"));
    assert_eq!(newest("payback"), None, "nobody measures what it is made of");
}

#[test]
fn a_formula_of_the_month_before_lacks_a_value_where_that_does() {
    let plan = measured(&[("leads", "flow", "count", &["125", "118", "", "140", "0", "3"])]);
    let plan = with_formulas(plan, &["lead-velocity"]);
    assert_eq!(values(&plan, "lead-velocity", "2026-07-10"), ["gap", "-0.056", "gap", "gap", "-1", "zero"]);
}

#[test]
fn a_period_counts_once_its_figures_are_due_or_there() {
    let plan = measured(&[("leads", "flow", "count", &["1", "2"])]);
    assert_eq!(values(&plan, "leads", "2026-03-05"), ["1"]);
    assert_eq!(values(&plan, "leads", "2026-03-06"), ["1", "2"]);
    assert_eq!(values(&plan, "leads", "2026-04-06"), ["1", "2", "gap"]);
}

#[test]
fn a_known_formula_takes_the_opening_figure_of_the_first_month() {
    let mut plan = measured(&[
        ("mrr-start", "stock", "money", &["100 EUR", "110 EUR", "120 EUR"]),
        ("expansion-mrr", "flow", "money", &["20 EUR", "20 EUR", "20 EUR"]),
        ("contraction-mrr", "flow", "money", &["5 EUR", "5 EUR", "5 EUR"]),
        ("churned-mrr", "flow", "money", &["5 EUR", "5 EUR", "5 EUR"]),
    ]);
    rows::add(
        &mut plan,
        Kind::Metric,
        json!({"key": "nrr", "kind": "ratio", "period": "quarter", "formula": "nrr"}),
    );
    assert_eq!(values(&plan, "nrr", "2026-04-30"), ["1.3"]);
}

#[test]
fn payback_of_a_quarter_takes_the_margin_at_its_end() {
    let mut plan = measured(&[
        ("spend", "flow", "money", &["48000 EUR", "48000 EUR", "48000 EUR"]),
        ("new-customers", "flow", "count", &["6", "15", "6"]),
        ("mrr", "stock", "money", &["40000 EUR", "45000 EUR", "50000 EUR"]),
        ("customers", "stock", "count", &["90", "95", "100"]),
        ("margin", "ratio", "share", &["60%", "70%", "80%"]),
    ]);
    for key in ["cac", "arpa", "payback"] {
        let row = json!({"key": key, "kind": "ratio", "period": "quarter", "formula": key});
        rows::add(&mut plan, Kind::Metric, row);
    }
    // 144 000 / 27 over 500 × 80 %.
    assert_eq!(values(&plan, "payback", "2026-04-10"), ["13.333333"]);
}

#[test]
fn values_are_worded_as_their_metric_counts() {
    let plan = measured(&[("margin", "ratio", "share", &[]), ("spend", "flow", "money", &[])]);
    let words = |at: usize, text: &str| {
        let metric = plan.metrics.iter().nth(at);
        value_words(
            metric,
            Some(headroom_model::currency_of(&plan)),
            &exact(text.parse::<ExactDecimal>().unwrap()),
        )
    };
    assert_eq!(words(0, "0.777"), "77.7%");
    assert!(words(1, "48000").starts_with("48\u{202f}000") || words(1, "48000").starts_with("48 000"));
}
