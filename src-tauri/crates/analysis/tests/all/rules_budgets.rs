//! The rules about SLOs and error budgets: when each reports something and when it does not.

use chrono::{Days, NaiveDate};
use headroom_model::Kind;
use serde_json::{Value, json};

use crate::org::Org;

/// On which the rules are asked.
const DAY: &str = "2026-11-27";

/// A service of tier 1 with an SLO of 99.9 % over 30 days, owned by a team of four.
struct Shop {
    org: Org,
    team: u64,
    till: u64,
    downtime: u64,
    availability: u64,
}

impl Shop {
    fn new() -> Self {
        let mut org = Org::default();
        let team = org.team("Shop");
        org.staff(team, 4, "Oslo");
        let till = org.service(json!({"key": "till", "name": "Till", "tier": 1}));
        org.add(Kind::Ownership, json!({"service": till, "owner": {"team": team}, "role": "owner"}));
        let metric =
            |key: &str, kind: &str, period: &str| json!({"key": key, "kind": kind, "period": period});
        let downtime = org.add(Kind::Metric, metric("downtime-minutes", "flow", "day"));
        let availability = org.add(Kind::Metric, metric("availability", "ratio", "month"));
        let mut shop = Self { org, team, till, downtime, availability };
        shop.slo(till, "99.9%", json!({"window": "30d"}));
        shop
    }

    fn slo(&mut self, service: u64, target: &str, more: Value) -> u64 {
        let key = format!("{service}-{target}");
        let mut row =
            json!({"key": key, "metric": self.availability, "op": ">=", "value": target, "service": service});
        row.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.org.add(Kind::Objective, row)
    }

    /// Measures the last thirty days, all of them up but for these days ago.
    fn measure(&mut self, service: u64, down: &[(u64, &str)]) {
        let last: NaiveDate = DAY.parse().unwrap();
        for ago in 0..30 {
            let day = last - Days::new(ago);
            let minutes = down.iter().find(|(at, _)| *at == ago).map_or("0", |(_, minutes)| *minutes);
            self.org.add(
                Kind::Observation,
                json!({"metric": self.downtime, "first": day, "last": day, "value": minutes, "service": service}),
            );
        }
    }

    fn measure_day(&mut self, day: &str) {
        let row =
            json!({"metric": self.downtime, "first": day, "last": day, "value": "0", "service": self.till});
        self.org.add(Kind::Observation, row);
    }

    fn found(&self, rule: &str) -> Vec<String> {
        let view = self.org.on(DAY);
        let found = view.findings().iter().filter(|finding| finding.rule.id == rule);
        found.map(|finding| finding.message.clone()).collect()
    }
}

const NONE: [String; 0] = [];

#[test]
fn spent_budget_is_found_until_somebody_is_to_come() {
    let mut shop = Shop::new();
    shop.measure(shop.till, &[(20, "43.1")]);
    assert_eq!(shop.found("budget-spent-nobody-comes"), NONE);
    let mut shop = Shop::new();
    shop.measure(shop.till, &[(20, "43.2")]);
    let told =
        ["Till has spent its error budget (99.9% over 30 days), and no hire is planned that would help"];
    assert_eq!(shop.found("budget-spent-nobody-comes"), told);
    assert_eq!(shop.found("budget-burns"), NONE, "told once");
    let hire = shop.org.add(
        Kind::Position,
        json!({"key": "HC-1", "title": "Engineer", "team": shop.team, "reason": "growth", "start": "2027-02-01"}),
    );
    assert_eq!(shop.found("budget-spent-nobody-comes"), told, "a hire for growth does not help");
    shop.org.alter(Kind::Position, hire, json!({"reason": "on-call minimum"}));
    assert_eq!(shop.found("budget-spent-nobody-comes"), NONE);
    assert_eq!(shop.found("budget-burns"), ["Till has spent its error budget (99.9% over 30 days)"]);
}

#[test]
fn less_important_services_burn_all_the_same() {
    let mut shop = Shop::new();
    shop.measure(shop.till, &[(20, "50")]);
    shop.org.alter(Kind::Service, shop.till, json!({"tier": 3}));
    assert_eq!(shop.found("budget-spent-nobody-comes"), NONE);
    assert_eq!(shop.found("budget-burns"), ["Till has spent its error budget (99.9% over 30 days)"]);
}

#[test]
fn budget_burns_from_three_quarters_or_if_it_ends() {
    let burns = |down: &[(u64, &str)]| {
        let mut shop = Shop::new();
        shop.measure(shop.till, down);
        shop.found("budget-burns")
    };
    assert_eq!(burns(&[(20, "32.3")]), NONE);
    assert_eq!(burns(&[(20, "32.4")]), ["Till has spent 75% of its error budget (99.9% over 30 days)"]);
    let ends = burns(&[(1, "21")]);
    assert_eq!(ends, ["The error budget of Till (99.9% over 30 days) ends on 5 Dec 2026 at this rate"]);
}

#[test]
fn strictest_slo_of_a_service_is_told_once() {
    let mut shop = Shop::new();
    shop.slo(shop.till, "99.99%", json!({"window": "30d"}));
    shop.measure(shop.till, &[(20, "50")]);
    let told = shop.found("budget-spent-nobody-comes");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("99.99% over 30 days"), "{told:?}");
}

#[test]
fn slo_beyond_what_hard_dependencies_kept_is_found() {
    let mut shop = Shop::new();
    let (stock, bank) =
        (shop.org.service(json!({"name": "Stock"})), shop.org.service(json!({"name": "Bank"})));
    shop.org.add(Kind::Dependency, json!({"service": shop.till, "depends_on": stock}));
    let to_bank = shop.org.add(Kind::Dependency, json!({"service": stock, "depends_on": bank}));
    shop.measure(stock, &[(3, "30")]);
    assert_eq!(shop.found("slo-beyond-dependencies"), NONE, "nobody has measured the bank");
    shop.measure(bank, &[(9, "30")]);
    // (1 − 30/43 200)² = 99.8612 %.
    let told = shop.found("slo-beyond-dependencies");
    assert_eq!(
        told,
        ["Till has an SLO of 99.9% over 30 days, but what it depends on was up 99.8612% of that time"]
    );
    shop.org.alter(Kind::Dependency, to_bank, json!({"criticality": "soft"}));
    assert_eq!(shop.found("slo-beyond-dependencies"), NONE);
}

#[test]
fn slo_is_unmeasured_after_two_windows_without_figures() {
    let mut shop = Shop::new();
    let told = ["Till has an SLO of 99.9% over 30 days, and nothing measures it"];
    assert_eq!(shop.found("slo-unmeasured"), told);
    shop.measure_day("2026-09-28");
    assert_eq!(shop.found("slo-unmeasured"), told, "sixty-one days ago");
    shop.measure_day("2026-09-29");
    assert_eq!(shop.found("slo-unmeasured"), NONE);
}
