//! The rules about growth and what new customers cost and bring: when each reports something and when it does not.

use headroom_analysis::remedies;
use headroom_model::Kind;
use serde_json::{Value, json};

use crate::org::{Org, words};

/// The figures of March 2026 are due.
const DAY: &str = "2026-04-10";
const NONE: [&str; 0] = [];

const WITHOUT_GATE: &str = "growth-position-without-gate";
const BEFORE_PAYBACK: &str = "growth-position-before-payback";
const VOLUME: &str = "volume-does-not-pay";
const FIT: &str = "fit-not-shown";

/// A month of a segment: what is spent, who was won and lost, and who is there in the end.
#[derive(Clone, Copy)]
struct Month {
    spend: u32,
    new: u32,
    lost: u32,
    customers: u32,
}

/// 48 000 for ten new customers of 400 a month each: payback after 12 months, and lifetime value of three times the cost.
const TWELVE: Month = Month { spend: 48_000, new: 10, lost: 3, customers: 115 };

/// A team that sells, and what its segments cost and bring; revenue is 500 for each customer, and margin 80 %.
struct Market {
    org: Org,
    team: u64,
    spend_in: &'static str,
    revenue_in: &'static str,
}

impl Market {
    fn new(segments: &str) -> Self {
        let mut org = Org::default();
        let team = org.add(Kind::Team, json!({"name": "Sales", "segment": segments}));
        for (key, kind, unit) in [
            ("spend", "flow", "money"),
            ("new-customers", "flow", "count"),
            ("lost-customers", "flow", "count"),
            ("customers", "stock", "count"),
            ("mrr", "stock", "money"),
            ("margin", "ratio", "share"),
            ("very-disappointed", "ratio", "share"),
            ("survey-answers", "flow", "count"),
        ] {
            org.add(Kind::Metric, json!({"key": key, "kind": kind, "unit": unit, "lag": 5}));
        }
        for (key, unit) in [
            ("cac", "money"),
            ("arpa", "money"),
            ("payback", "months"),
            ("logo-churn", "share"),
            ("ltv", "money"),
            ("ltv-cac", ""),
        ] {
            org.add(Kind::Metric, json!({"key": key, "kind": "ratio", "unit": unit, "formula": key}));
        }
        Self { org, team, spend_in: "EUR", revenue_in: "EUR" }
    }

    fn metric(&self, key: &str) -> u64 {
        self.org.plan.metrics.iter().find(|metric| metric.key == key).unwrap().id.0
    }

    /// A figure of the month that many before April 2026.
    fn figure(&mut self, key: &str, before: usize, value: &str, segment: &str) -> u64 {
        const MONTHS: [(&str, &str); 8] = [
            ("2026-03-01", "2026-03-31"),
            ("2026-02-01", "2026-02-28"),
            ("2026-01-01", "2026-01-31"),
            ("2025-12-01", "2025-12-31"),
            ("2025-11-01", "2025-11-30"),
            ("2025-10-01", "2025-10-31"),
            ("2025-09-01", "2025-09-30"),
            ("2025-08-01", "2025-08-31"),
        ];
        let (first, last) = MONTHS[before - 1];
        let metric = self.metric(key);
        self.org.add(
            Kind::Observation,
            json!({"metric": metric, "first": first, "last": last, "value": value, "segment": segment}),
        )
    }

    /// Months up to March 2026, the oldest first.
    fn months(&mut self, segment: &str, months: &[Month]) {
        for (at, month) in months.iter().rev().enumerate() {
            let (spend_in, revenue_in) = (self.spend_in, self.revenue_in);
            let before = at + 1;
            self.figure("spend", before, &format!("{} {spend_in}", month.spend), segment);
            self.figure("new-customers", before, &month.new.to_string(), segment);
            self.figure("lost-customers", before, &month.lost.to_string(), segment);
            self.figure("customers", before, &month.customers.to_string(), segment);
            self.figure("mrr", before, &format!("{} {revenue_in}", 500 * month.customers), segment);
            self.figure("margin", before, "80%", segment);
        }
    }

    fn with(segments: &str, months: &[(&str, &[Month])]) -> Self {
        let mut market = Self::new(segments);
        for (segment, months) in months {
            market.months(segment, months);
        }
        market.hire(json!({}));
        market
    }

    fn hire(&mut self, more: Value) -> u64 {
        let mut row = json!({
            "key": "HC-1", "title": "Engineer", "team": self.team, "reason": "growth", "status": "approved",
            "start": "2026-10-01",
        });
        row.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.org.add(Kind::Position, row)
    }

    fn position(&self) -> u64 {
        self.org.plan.positions.iter().next().unwrap().id.0
    }

    fn alter_hire(&mut self, more: Value) {
        let position = self.position();
        self.org.alter(Kind::Position, position, more);
    }

    fn told(&self, rule: &str) -> Vec<String> {
        self.org.messages(rule, DAY)
    }

    fn rate(&mut self, currency: &str, rate: &str, from: Value) {
        self.org.add(Kind::ExchangeRate, json!({"currency": currency, "rate": rate, "from": from}));
    }

    /// Applies the remedy of the one finding of a rule whose label begins so.
    fn remedy(&mut self, rule: &str, begins: &str) -> String {
        let view = self.org.on(DAY);
        let finding = view.findings().iter().find(|finding| finding.rule.id == rule).unwrap();
        let found = remedies(&view.context(), finding);
        let remedy = found.iter().find(|remedy| remedy.label.starts_with(begins)).unwrap();
        self.org.plan.apply(&remedy.changes).unwrap();
        remedy.label.clone()
    }
}

#[test]
fn growth_that_takes_exactly_twelve_months_to_pay_back_is_found() {
    let market = Market::with("Shippers", &[("Shippers", &[TWELVE; 3])]);
    assert_eq!(
        market.told(BEFORE_PAYBACK),
        ["HC-1 Engineer is planned for growth, but payback of Shippers is 12 months"]
    );
    let found = market.org.found(BEFORE_PAYBACK, DAY);
    assert_eq!(
        words(&found[0], "Made of").replace(char::is_whitespace, " "),
        "Shippers: cac 4 800 EUR, arpa 500 EUR, margin 80%"
    );
    assert_eq!(market.told(WITHOUT_GATE), NONE, "told once");
    let one_more = Month { new: 11, customers: 116, ..TWELVE };
    let market = Market::with("Shippers", &[("Shippers", &[TWELVE, TWELVE, one_more])]);
    assert_eq!(market.told(BEFORE_PAYBACK), NONE, "11.61 months");
}

#[test]
fn lifetime_value_of_exactly_three_times_the_cost_is_enough() {
    // Payback after ten months.
    let three = Month { spend: 40_000, new: 10, lost: 3, customers: 97 };
    let less = Month { lost: 4, customers: 96, ..three };
    let told = |months: &[Month]| Market::with("Shippers", &[("Shippers", months)]).told(BEFORE_PAYBACK);
    assert_eq!(told(&[three; 3]), NONE);
    assert_eq!(
        told(&[less; 3]),
        [
            "HC-1 Engineer is planned for growth, but lifetime value of Shippers is 2.25 times the acquisition cost"
        ]
    );
    assert_eq!(told(&[three, less, less]), NONE, "two months may be an exception");
}

#[test]
fn a_month_without_figures_says_nothing_of_growth() {
    let mut market = Market::with("Shippers", &[("Shippers", &[TWELVE; 4])]);
    let spend = market.metric("spend");
    let newest = market
        .org
        .plan
        .observations
        .iter()
        .find(|row| row.metric.0 == spend && row.first == "2026-03-01".parse().unwrap());
    let newest = newest.unwrap().id.0;
    market.org.alter(Kind::Observation, newest, json!({"until": "2026-04-07"}));
    assert_eq!(market.told(BEFORE_PAYBACK), NONE);
    assert_eq!(market.org.messages(BEFORE_PAYBACK, "2026-04-07").len(), 1, "it was believed then");
    assert_eq!(market.told(WITHOUT_GATE), ["HC-1 Engineer is planned for growth and waits for no figures"]);
}

#[test]
fn only_segments_that_the_team_serves_count() {
    let told = |segments: &str, of: &str| {
        let market = Market::with(segments, &[(of, &[TWELVE; 3])]);
        [market.told(BEFORE_PAYBACK).len(), market.told(WITHOUT_GATE).len()]
    };
    assert_eq!(told("Shippers; carriers", "Carriers"), [1, 0]);
    assert_eq!(told("Shippers", "Carriers"), [0, 0], "nobody measures its own segment");
    assert_eq!(told("Shippers", ""), [0, 0], "the organisation's figures do not stand for it");
    assert_eq!(told("", ""), [1, 0]);
    assert_eq!(told("", "Carriers"), [0, 0]);
}

#[test]
fn hires_that_are_under_way_are_left_alone() {
    let mut market = Market::with("Shippers", &[("Shippers", &[TWELVE; 3])]);
    let told = |market: &Market| [market.told(BEFORE_PAYBACK).len(), market.told(WITHOUT_GATE).len()];
    for (change, expected) in [
        (json!({"status": "planned"}), [1, 0]),
        (json!({"status": "open"}), [0, 1]),
        (json!({"status": "offered"}), [0, 0]),
        (json!({"status": "frozen"}), [0, 0]),
        (json!({"status": "planned", "reason": "on-call minimum"}), [0, 0]),
    ] {
        market.alter_hire(change.clone());
        assert_eq!(told(&market), expected, "{change}");
    }
}

#[test]
fn a_plan_that_measures_no_payback_is_not_asked_for_gates() {
    let mut market = Market::new("Shippers");
    market.hire(json!({}));
    assert_eq!(market.told(WITHOUT_GATE), NONE, "metrics, and no figures");
    market.figure("spend", 1, "48000 EUR", "Shippers");
    market.figure("new-customers", 1, "10", "Shippers");
    assert_eq!(market.told(WITHOUT_GATE), NONE, "payback cannot be told from these");
    let mut plain = Org::default();
    let team = plain.team("Sales");
    plain
        .add(Kind::Position, json!({"key": "HC-1", "team": team, "reason": "growth", "start": "2026-10-01"}));
    assert_eq!(plain.messages(WITHOUT_GATE, DAY), NONE);
}

#[test]
fn a_gate_on_payback_settles_both() {
    let mut market =
        Market::with("Shippers; Carriers", &[("Shippers", &[TWELVE; 3]), ("Carriers", &[TWELVE; 3])]);
    let label = market.remedy(BEFORE_PAYBACK, "Wait for payback (Carriers)");
    assert_eq!(label, "Wait for payback (Carriers) < 12 months, over 3 months");
    assert_eq!([market.told(BEFORE_PAYBACK).len(), market.told(WITHOUT_GATE).len()], [0, 0]);
    let gate = headroom_analysis::gates::gates(&market.org.plan, DAY.parse().unwrap()).remove(0);
    assert_eq!(gate.state, headroom_analysis::gates::GateState::NotMet, "12 is not under 12");
    assert_eq!(
        market.org.plan.objectives.iter().map(|row| row.key.as_str()).collect::<Vec<_>>(),
        ["payback-carriers-12-months-over-3-months"]
    );
    // Another hire waits for the same objective.
    market.hire(json!({"key": "HC-2"}));
    market.remedy(BEFORE_PAYBACK, "Wait for payback (Carriers)");
    assert_eq!(market.org.plan.objectives.len(), 1);
}

#[test]
fn a_gate_on_something_else_does_not_make_growth_pay() {
    let mut market = Market::with("Shippers", &[("Shippers", &[TWELVE; 3])]);
    let customers = market.metric("customers");
    let objective = market.org.add(
        Kind::Objective,
        json!({"key": "many", "metric": customers, "op": ">=", "value": "200", "segment": "Shippers"}),
    );
    market.alter_hire(json!({"waits_for": [objective]}));
    assert_eq!([market.told(BEFORE_PAYBACK).len(), market.told(WITHOUT_GATE).len()], [1, 0]);
    let waiver = json!({"waived_on": "2026-04-01", "waived_by": "Ada", "waived_why": "Launch"});
    market.alter_hire(waiver);
    assert_eq!(market.told(BEFORE_PAYBACK), NONE, "somebody has decided it");
}

#[test]
fn a_rule_that_is_off_does_not_keep_the_other_quiet() {
    let mut market = Market::with("Shippers", &[("Shippers", &[TWELVE; 3])]);
    market.org.set("rule.growth-position-before-payback.severity", "off");
    assert_eq!(market.told(WITHOUT_GATE).len(), 1);
    market.org.set("rule.growth-position-before-payback.severity", "high");
    market.org.set("rule.growth-position-before-payback.months", "13");
    assert_eq!(market.told(BEFORE_PAYBACK), NONE);
}

#[test]
fn payback_in_two_currencies_follows_the_exchange_rate() {
    let mut market = Market::new("Shippers");
    market.spend_in = "USD";
    market.months("Shippers", &[TWELVE; 3]);
    market.hire(json!({}));
    assert_eq!(market.told(BEFORE_PAYBACK), NONE, "no exchange rate");
    market.rate("USD", "1.5", Value::Null);
    assert_eq!(
        market.told(BEFORE_PAYBACK),
        [
            "HC-1 Engineer is planned for growth, but payback of Shippers is 18 months and lifetime value of Shippers is 2 times \
          the acquisition cost"
        ]
    );
    let mut cheap = Market::new("Shippers");
    cheap.spend_in = "USD";
    cheap.months("Shippers", &[TWELVE; 3]);
    cheap.hire(json!({}));
    cheap.rate("USD", "0.9", Value::Null);
    assert_eq!(cheap.told(BEFORE_PAYBACK), NONE);
}

#[test]
fn payback_with_figures_of_its_own_has_to_be_long_in_three_months() {
    let told = |values: [&str; 3]| {
        let mut market = Market::new("Shippers");
        let payback = market.metric("payback");
        market.org.alter(Kind::Metric, payback, json!({"formula": ""}));
        for (at, value) in values.iter().rev().enumerate() {
            market.figure("payback", at + 1, value, "Shippers");
        }
        market.hire(json!({}));
        [market.told(BEFORE_PAYBACK).len(), market.told(WITHOUT_GATE).len()]
    };
    assert_eq!(told(["12", "14", "13"]), [1, 0]);
    assert_eq!(told(["11.9", "14", "13"]), [0, 1]);
}

/// Three months of 10 000 with twelve new customers, and three of 12 000 with so many; each brings 18 000 at most.
fn more_spend(new: u32, lost: u32) -> Vec<Month> {
    let month = |spend, new: u32, lost| Month { spend, new, lost, customers: 90 + new - lost };
    let before = [month(10_000, 4, 2); 3];
    let after = [month(12_000, 4, lost), month(12_000, 4, lost), month(12_000, new - 8, lost)];
    before.into_iter().chain(after).collect()
}

#[test]
fn spend_that_brings_nobody_is_found() {
    let market = Market::with("Carriers", &[("Carriers", &more_spend(12, 2))]);
    let told = market.told(VOLUME);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("spend on Carriers rose from 30"), "{told:?}");
    assert!(told[0].ends_with("in three months, and new customers did not: 12 after 12"), "{told:?}");
    let little = |spend| {
        let mut months = more_spend(12, 2);
        months[3..].iter_mut().for_each(|month| month.spend = spend);
        Market::with("Carriers", &[("Carriers", &months)]).told(VOLUME).len()
    };
    assert_eq!([little(10_500), little(10_499), little(9_000)], [1, 0, 0], "a rise of 5 % counts");
}

#[test]
fn a_new_customer_may_cost_exactly_a_third_of_what_they_bring() {
    let told = |new, lost| Market::with("Carriers", &[("Carriers", &more_spend(new, lost))]).told(VOLUME);
    // 6 000 more for one more, who brings 400 × 45 = 18 000.
    assert_eq!(told(13, 2), NONE);
    let dear = told(13, 3);
    assert_eq!(dear.len(), 1, "they bring 12 000: {dear:?}");
    assert!(dear[0].starts_with("The last new customers of Carriers cost 6"), "{dear:?}");
    // The best of three months counts, and nobody leaving in one of them is no sum at all.
    for lost in [2, 0] {
        let mut months = more_spend(13, 3);
        months[4] = Month { lost, customers: 94 - lost, ..months[4] };
        assert_eq!(Market::with("Carriers", &[("Carriers", &months)]).told(VOLUME), NONE);
    }
}

#[test]
fn what_is_true_of_a_segment_is_not_told_of_the_whole_as_well() {
    let months = more_spend(12, 2);
    let told = |scopes: &[(&str, &[Month])]| Market::with("", scopes).told(VOLUME);
    assert_eq!(told(&[("", &months)]).len(), 1);
    assert!(told(&[("", &months)])[0].starts_with("spend on the organisation rose"));
    let both = told(&[("", &months), ("Carriers", &months)]);
    assert_eq!(both.len(), 1);
    assert!(both[0].starts_with("spend on Carriers rose"));
}

#[test]
fn quarters_with_a_gap_say_nothing() {
    let mut market = Market::new("Carriers");
    market.months("Carriers", &more_spend(12, 2)[1..]);
    assert_eq!(market.told(VOLUME), NONE, "five months are no two quarters");
}

#[test]
fn what_customers_bring_is_compared_in_the_currency_of_the_spend() {
    let told = |rate: Option<&str>| {
        let mut market = Market::new("Carriers");
        market.spend_in = "USD";
        market.months("Carriers", &more_spend(13, 3));
        if let Some(rate) = rate {
            market.rate("USD", rate, Value::Null);
        }
        market.told(VOLUME).len()
    };
    // 12 000 EUR are 24 000 USD at 0.5, and 6 000 is less than a third of that.
    assert_eq!([told(None), told(Some("0.5")), told(Some("1"))], [0, 0, 1]);
}

/// Spend that rises in three months, and a survey of January.
fn surveyed(share: &str, answers: Option<&str>) -> Market {
    surveyed_before(3, share, answers)
}

/// The same with a survey of the month that many before April.
fn surveyed_before(months: usize, share: &str, answers: Option<&str>) -> Market {
    let mut market = Market::with("Shippers", &[]);
    for (before, spend) in ["13000 EUR", "12000 EUR", "11000 EUR", "10000 EUR"].iter().enumerate() {
        market.figure("spend", before + 1, spend, "Shippers");
    }
    market.figure("very-disappointed", months, share, "Shippers");
    if let Some(answers) = answers {
        market.figure("survey-answers", months, answers, "Shippers");
    }
    market
}

#[test]
fn rising_spend_before_customers_would_miss_the_product_is_found() {
    assert_eq!(
        surveyed("39%", Some("30")).told(FIT),
        [
            "spend on Shippers has risen three times running, and 39% of customers would be very disappointed without the \
          product"
        ]
    );
    assert_eq!(surveyed("40%", Some("30")).told(FIT), NONE);
    assert_eq!(surveyed("39%", None).told(FIT).len(), 1, "nobody counts answers");
    let found = surveyed("39%", Some("34")).org.found(FIT, DAY);
    assert_eq!(words(&found[0], "Newest survey"), "Jan 2026: 39% of 34 answers");
}

#[test]
fn a_survey_counts_with_enough_answers_and_for_half_a_year() {
    let nobody = "spend on Shippers has risen three times running, and nobody has asked enough customers for 6 months whether \
                  they would miss the product";
    assert_eq!(surveyed("80%", Some("29")).told(FIT), [nobody]);
    assert_eq!(surveyed_before(6, "80%", None).told(FIT), NONE, "October ended less than six months ago");
    assert_eq!(surveyed_before(7, "80%", None).told(FIT), [nobody]);
}

#[test]
fn spend_has_to_rise_three_times_running() {
    let mut market = Market::with("Shippers", &[]);
    for (before, spend) in ["13000 EUR", "12000 EUR", "12000 EUR", "10000 EUR"].iter().enumerate() {
        market.figure("spend", before + 1, spend, "Shippers");
    }
    market.figure("very-disappointed", 3, "10%", "Shippers");
    assert_eq!(market.told(FIT), NONE);
}

#[test]
fn a_plan_that_never_asks_customers_is_not_told_so() {
    let mut market = Market::with("Shippers", &[]);
    for (before, spend) in ["13000 EUR", "12000 EUR", "11000 EUR", "10000 EUR"].iter().enumerate() {
        market.figure("spend", before + 1, spend, "Shippers");
    }
    assert_eq!(market.told(FIT), NONE);
    market.figure("very-disappointed", 1, "50%", "Carriers");
    assert_eq!(market.told(FIT).len(), 1, "others are asked");
}

#[test]
fn hires_for_growth_in_the_segment_are_named() {
    let mut market = surveyed("39%", None);
    let second = market.hire(json!({"key": "HC-2"}));
    let other = market.org.add(Kind::Team, json!({"name": "Others", "segment": "Carriers"}));
    market.hire(json!({"key": "HC-3", "team": other}));
    market.hire(json!({"key": "HC-4", "reason": "backfill"}));
    let found = market.org.found(FIT, DAY);
    let hires = found[0].evidence.iter().find(|evidence| evidence.label == "Hires for growth").unwrap();
    let ids: Vec<u64> = hires.entities.iter().map(|entity| entity.id).collect();
    let first = market.org.plan.positions.iter().find(|row| row.key == "HC-1").unwrap().id.0;
    assert_eq!(ids, [first, second]);
}
