//! Unit economics, movements of MRR and hires, against values calculated by hand.

use headroom_model::{Kind, Metric, PeriodLength, Plan, currency_of};
use headroom_tests::rows;
use serde_json::json;

use super::*;
use crate::{assumptions::Assumptions, capacity::headcount_lines};

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

fn month(number: i32) -> Period {
    Period::of(PeriodLength::Month, day("2026-01-01")).later(number - 1)
}

/// A plan with figures by segment for months of 2026, from January on.
#[derive(Default)]
struct Pack {
    plan: Plan,
}

impl Pack {
    fn metric(&mut self, key: &str, kind: &str, unit: &str) -> u64 {
        let row = json!({"key": key, "kind": kind, "unit": unit, "period": "month", "lag": 5});
        rows::add(&mut self.plan, Kind::Metric, row)
    }

    fn formulas(&mut self, keys: &[&str]) {
        for key in keys {
            let row =
                json!({"key": key, "kind": "ratio", "unit": "money", "period": "month", "formula": key});
            rows::add(&mut self.plan, Kind::Metric, row);
        }
    }

    /// An empty value is none.
    fn figures(&mut self, metric: u64, segment: &str, values: &[&str]) {
        for (value, number) in values.iter().zip(1..).filter(|(value, _)| !value.is_empty()) {
            let (first, last) = (month(number).first(), month(number).last());
            let row = json!({
                "metric": metric, "segment": segment, "first": first, "last": last, "value": value
            });
            rows::add(&mut self.plan, Kind::Observation, row);
        }
    }

    fn scope(&mut self, segment: &str, metrics: &[(u64, &[&str])]) {
        for (metric, values) in metrics {
            self.figures(*metric, segment, values);
        }
    }
}

/// Shippers are paid back within 15 months, carriers within 20. Of carriers the spend of February is missing.
fn two_segments() -> Pack {
    let mut pack = Pack::default();
    let spend = pack.metric("spend", "flow", "money");
    let new = pack.metric("new-customers", "flow", "count");
    let mrr = pack.metric("mrr", "stock", "money");
    let customers = pack.metric("customers", "stock", "count");
    let margin = pack.metric("margin", "ratio", "share");
    pack.formulas(&["arr", "arpa", "cac", "payback"]);
    pack.scope(
        "Shippers",
        &[
            (spend, &["6000 EUR", "6000 EUR"]),
            (new, &["10", "12"]),
            (mrr, &["5000 EUR", "5500 EUR"]),
            (customers, &["100", "110"]),
            (margin, &["80%", "80%"]),
        ],
    );
    pack.scope(
        "Carriers",
        &[
            (spend, &["2000 EUR", ""]),
            (new, &["2", "4"]),
            (mrr, &["1000 EUR", "1100 EUR"]),
            (customers, &["10", "11"]),
            (margin, &["50%", "50%"]),
        ],
    );
    pack
}

/// The values of a metric in a month, column by column, or why there is none.
fn row(by_scope: &MetricsByScope<'_>, key: &str, at: i32) -> Vec<String> {
    let metric = by_scope.metrics.iter().find(|row| row.metric.key == key);
    let Some(UnitMetric { metric, .. }) = metric else { return Vec::new() };
    let told = |scopes: &Vec<SeriesScope>| match by_scope.figure(metric, scopes, month(at)).value {
        Ok(value) => format!("{:.3}", approximate(&value)),
        Err(NoFigure::Missing(reason)) => reason.word().to_owned(),
        Err(other) => format!("{other:?}"),
    };
    by_scope.columns.iter().map(told).collect()
}

fn columns(by_scope: &MetricsByScope<'_>, plan: &Plan) -> Vec<String> {
    let told = |scopes: &Vec<SeriesScope>| {
        scopes.iter().map(|scope| scope.words(plan)).collect::<Vec<_>>().join(" + ")
    };
    by_scope.columns.iter().map(told).collect()
}

#[test]
fn segments_stand_side_by_side_and_are_added_before_they_are_divided() {
    let pack = two_segments();
    let figures = Figures::new(&pack.plan);
    let by_scope = MetricsByScope::new(&figures, ScopeDimension::Segment, day("2026-03-10"));
    assert_eq!(columns(&by_scope, &pack.plan), ["Carriers", "Shippers", "Carriers + Shippers"]);
    assert_eq!(by_scope.months, [month(1), month(2)]);
    assert_eq!(row(&by_scope, "mrr", 1), ["1000.000", "5000.000", "6000.000"]);
    assert_eq!(row(&by_scope, "arr", 1), ["12000.000", "60000.000", "72000.000"]);
    // 8 000 for 12 customers, and not the mean of 1 000 and 600.
    assert_eq!(row(&by_scope, "cac", 1), ["1000.000", "600.000", "666.667"]);
    assert_eq!(row(&by_scope, "arpa", 1), ["100.000", "50.000", "54.545"]);
    // Margins of two segments are no margin of both.
    assert_eq!(row(&by_scope, "payback", 1), ["20.000", "15.000", "cannot-aggregate"]);
}

#[test]
fn one_segment_without_a_figure_leaves_all_of_them_without() {
    let pack = two_segments();
    let figures = Figures::new(&pack.plan);
    let by_scope = MetricsByScope::new(&figures, ScopeDimension::Segment, day("2026-03-10"));
    assert_eq!(row(&by_scope, "spend", 2), ["gap", "6000.000", "gap"]);
    assert_eq!(row(&by_scope, "cac", 2), ["gap", "500.000", "gap"]);
    assert_eq!(row(&by_scope, "mrr", 2), ["1100.000", "5500.000", "6600.000"]);
}

#[test]
fn what_one_segment_never_measures_is_no_sum_of_the_others() {
    let mut pack = two_segments();
    let leads = pack.metric("leads", "flow", "count");
    pack.figures(leads, "Shippers", &["7"]);
    let figures = Figures::new(&pack.plan);
    let by_scope = MetricsByScope::new(&figures, ScopeDimension::Segment, day("2026-03-10"));
    assert_eq!(row(&by_scope, "leads", 1), ["NotMeasured", "7.000", "gap"]);
}

#[test]
fn the_organisation_comes_first_and_makes_a_sum_needless() {
    let mut pack = two_segments();
    let mrr = pack.plan.find::<Metric>("mrr").unwrap();
    pack.figures(mrr.0, "", &["6001 EUR"]);
    let titles = |pack: &Pack, by: ScopeDimension| {
        let figures = Figures::new(&pack.plan);
        let by_scope = MetricsByScope::new(&figures, by, day("2026-03-10"));
        (columns(&by_scope, &pack.plan), row(&by_scope, "mrr", 1), row(&by_scope, "cac", 1))
    };
    // It has no CAC of its own: the sum has.
    let (found, mrr_row, cac) = titles(&pack, ScopeDimension::Segment);
    assert_eq!(found, ["", "Carriers", "Shippers", "Carriers + Shippers"]);
    assert_eq!(mrr_row, ["6001.000", "1000.000", "5000.000", "6000.000"]);
    assert_eq!(cac, ["NotMeasured", "1000.000", "600.000", "666.667"]);
    assert_eq!(titles(&pack, ScopeDimension::Market).0, [""], "nothing is measured by market");
    for key in ["spend", "new-customers", "customers", "margin"] {
        let metric = pack.plan.find::<Metric>(key).unwrap();
        pack.figures(metric.0, "", &["8000"]);
    }
    assert_eq!(titles(&pack, ScopeDimension::Segment).0, ["", "Carriers", "Shippers"]);
}

#[test]
fn a_metric_in_longer_periods_and_a_narrower_scope_are_said() {
    let mut pack = two_segments();
    let row_of = json!({"key": "nps", "kind": "flow", "unit": "count", "period": "quarter"});
    let leads = rows::add(
        &mut pack.plan,
        Kind::Metric,
        json!({"key": "leads", "kind": "flow", "unit": "count", "period": "quarter"}),
    );
    rows::add(&mut pack.plan, Kind::Metric, row_of);
    pack.figures(leads, "Shippers", &["7"]);
    let narrow = json!({
        "metric": leads, "segment": "Shippers", "market": "Norway",
        "first": "2026-01-01", "last": "2026-03-31", "value": "3"
    });
    rows::add(&mut pack.plan, Kind::Observation, narrow);
    let figures = Figures::new(&pack.plan);
    let by_scope = MetricsByScope::new(&figures, ScopeDimension::Segment, day("2026-03-10"));
    assert_eq!(row(&by_scope, "leads", 1), ["NotMeasured", "LongerPeriods", "LongerPeriods"]);
    assert_eq!(row(&by_scope, "nps", 1), Vec::<String>::new(), "it is no unit economics");
    let narrower: Vec<String> = by_scope.narrower.iter().map(|scope| scope.words(&pack.plan)).collect();
    assert_eq!(narrower, ["Shippers, Norway"]);
}

/// A quarter of MRR: 10 000 at the beginning, 10 700 at the end, of which 100 nobody explains.
fn a_quarter(new: &[&str]) -> Pack {
    let mut pack = Pack::default();
    let figures: [(&str, &str, &[&str]); 6] = [
        ("mrr-start", "stock", &["10000 EUR", "10250 EUR", "10550 EUR"]),
        ("new-mrr", "flow", new),
        ("expansion-mrr", "flow", &["100 EUR", "50 EUR", "50 EUR"]),
        ("contraction-mrr", "flow", &["50 EUR", "50 EUR", "0 EUR"]),
        ("churned-mrr", "flow", &["100 EUR", "100 EUR", "200 EUR"]),
        ("mrr", "stock", &["10250 EUR", "10550 EUR", "10700 EUR"]),
    ];
    for (key, kind, values) in figures {
        let metric = pack.metric(key, kind, "money");
        pack.figures(metric, "", values);
    }
    pack
}

/// Each step with its amount, or why there is none.
fn steps(pack: &Pack, scopes: &[SeriesScope], last: i32, months: u32) -> Vec<(&'static str, String)> {
    let figures = Figures::new(&pack.plan);
    let by_scope = MetricsByScope::new(&figures, ScopeDimension::Segment, day("2026-06-30"));
    let found = MrrMovements::new(&by_scope, scopes, month(last), months);
    let told = |value: &Result<ExactValue, NoFigure>| match value {
        Ok(value) => approximate(value).to_string(),
        Err(NoFigure::Missing(reason)) => reason.word().to_owned(),
        Err(other) => format!("{other:?}"),
    };
    let mut steps = vec![("opening", told(&found.opening))];
    steps.extend(found.movements.iter().map(|it| (it.key, told(&it.value))));
    let rest =
        found.not_explained.as_ref().map_or_else(|| "none".to_owned(), |it| approximate(it).to_string());
    steps.extend([("not-explained", rest), ("closing", told(&found.closing))]);
    steps
}

fn amounts(steps: &[(&'static str, String)]) -> Vec<String> {
    steps.iter().map(|(_, amount)| amount.clone()).collect()
}

#[test]
fn movements_lead_from_the_opening_to_the_closing_with_what_they_do_not_explain() {
    let pack = a_quarter(&["300 EUR", "400 EUR", "200 EUR"]);
    let whole = [SeriesScope::default()];
    let one = steps(&pack, &whole, 1, 1);
    assert_eq!(
        one.iter().map(|(key, _)| *key).collect::<Vec<_>>(),
        ["opening", "new-mrr", "expansion-mrr", "contraction-mrr", "churned-mrr", "not-explained", "closing"]
    );
    assert_eq!(amounts(&one), ["10000", "300", "100", "50", "100", "0", "10250"]);
    assert_eq!(amounts(&steps(&pack, &whole, 3, 1)), ["10550", "200", "50", "0", "200", "100", "10700"]);
    assert_eq!(amounts(&steps(&pack, &whole, 3, 3)), ["10000", "900", "200", "100", "400", "100", "10700"]);
}

#[test]
fn a_month_that_is_missing_is_not_taken_for_nothing() {
    let pack = a_quarter(&["300 EUR", "", "200 EUR"]);
    let whole = [SeriesScope::default()];
    let found = steps(&pack, &whole, 3, 3);
    // 700 − (200 − 100 − 400): what new MRR would have explained is left.
    assert_eq!(amounts(&found), ["10000", "gap", "200", "100", "400", "1000", "10700"]);
    let figures = Figures::new(&pack.plan);
    let by_scope = MetricsByScope::new(&figures, ScopeDimension::Segment, day("2026-06-30"));
    let found = MrrMovements::new(&by_scope, &whole, month(3), 3);
    assert_eq!(found.movements[0].missing, [month(2)]);
    assert!(found.is_measured());
}

#[test]
fn without_an_opening_figure_it_is_the_closing_one_of_the_month_before() {
    let mut pack = Pack::default();
    let mrr = pack.metric("mrr", "stock", "money");
    let back = pack.metric("reactivation-mrr", "flow", "money");
    pack.figures(mrr, "Shippers", &["1000 EUR", "1300 EUR"]);
    pack.figures(back, "Shippers", &["", "200 EUR"]);
    let shippers = [SeriesScope::of_segment("Shippers")];
    let found = steps(&pack, &shippers, 2, 1);
    assert_eq!(found[0], ("opening", "1000".to_owned()));
    assert_eq!(found[1], ("new-mrr", "NotMeasured".to_owned()));
    assert_eq!(found[2], ("reactivation-mrr", "200".to_owned()));
    assert_eq!(found[6], ("not-explained", "100".to_owned()));
    // There is nothing before the first month.
    assert_eq!(amounts(&steps(&pack, &shippers, 1, 1))[0], "gap");
    assert_eq!(steps(&pack, &shippers, 1, 1)[6].1, "none");
}

#[test]
fn amounts_of_several_currencies_are_taken_at_the_rate_of_the_last_day_of_their_month() {
    let mut pack = Pack::default();
    rows::add(&mut pack.plan, Kind::ExchangeRate, json!({"currency": "USD", "rate": "0.8"}));
    rows::add(
        &mut pack.plan,
        Kind::ExchangeRate,
        json!({"currency": "USD", "rate": "0.9", "from": "2026-02-15"}),
    );
    let mrr = pack.metric("mrr", "stock", "money");
    let new = pack.metric("new-mrr", "flow", "money");
    pack.figures(mrr, "", &["1000 EUR", "1300 EUR"]);
    pack.figures(new, "", &["100 USD", "200 USD"]);
    let found = steps(&pack, &[SeriesScope::default()], 2, 2);
    // 100 × 0.8 + 200 × 0.9.
    assert_eq!(found[1], ("new-mrr", "260".to_owned()));
    assert_eq!(currency_of(&pack.plan).to_string(), "EUR");
}

#[test]
fn hires_are_those_of_the_team_of_the_segment_or_of_everybody() {
    let mut plan = Plan::default();
    let sales = rows::add(
        &mut plan,
        Kind::Team,
        json!({"key": "sales", "name": "Sales", "segment": "Shippers; Carriers"}),
    );
    let field = rows::add(&mut plan, Kind::Team, json!({"key": "field", "name": "Field", "parent": sales}));
    let desk = rows::add(&mut plan, Kind::Team, json!({"key": "desk", "name": "Desk"}));
    for (key, team, from) in
        [("ada", sales, "2026-01-10"), ("bo", field, "2026-01-31"), ("cy", desk, "2026-01-01")]
    {
        let person = rows::add(&mut plan, Kind::Person, json!({"key": key, "name": key, "from": from}));
        let row = json!({"person": person, "team": team, "from": from});
        rows::add(&mut plan, Kind::Membership, row);
    }
    // Planned for then, and nobody has come.
    rows::add(
        &mut plan,
        Kind::Position,
        json!({"key": "p1", "title": "Seller", "team": sales, "start": "2026-01-15", "status": "open"}),
    );
    let heads = headcount_lines(&plan, &Assumptions::new(&plan));
    let joined = |scope: &SeriesScope, number: i32| {
        let hires = ScopeHires::new(&plan, &heads, scope);
        let found = hires.between(month(number).first(), month(number).last());
        found.iter().map(|found| plan.name_of(found.who)).collect::<Vec<_>>()
    };
    assert_eq!(joined(&SeriesScope::of_segment("carriers"), 1), ["ada", "bo"]);
    assert_eq!(joined(&SeriesScope::of_segment("Consignees"), 1), ["cy", "ada", "bo"]);
    assert_eq!(joined(&SeriesScope::default(), 1), ["cy", "ada", "bo"]);
    let team = SeriesScope { team: Some(desk.into()), ..SeriesScope::default() };
    assert_eq!(joined(&team, 1), ["cy"]);
    assert_eq!(joined(&team, 2), Vec::<String>::new());
}
