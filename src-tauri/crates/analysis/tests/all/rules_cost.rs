//! The rules about what clouds cost: when each reports something and when it does not.

use headroom_model::{Kind, Plan};
use serde_json::{Value, json};

use crate::org::Org;

/// On which the rules are asked: March is the newest month that is over.
const DAY: &str = "2027-04-10";

#[derive(Default)]
struct Bills(Org);

impl Bills {
    fn line(&mut self, month: &str, labels: &str, class: &str, amount: &str) {
        let last = if month == "2027-04" { "30" } else { "31" };
        let row = json!({
            "first": format!("{month}-01"), "last": format!("{month}-{last}"), "billed": amount, "effective": amount,
            "currency": "EUR", "class": class, "provider": "OpenCost", "account": "one", "labels": labels,
        });
        self.0.add(Kind::CostLine, row);
    }

    fn found(&self, rule: &str) -> Vec<String> {
        let view = self.0.on(DAY);
        let found = view.findings().iter().filter(|finding| finding.rule.id == rule);
        found.map(|finding| finding.message.clone()).collect()
    }
}

const NONE: [String; 0] = [];

#[test]
fn cost_without_a_team_is_found_above_a_tenth() {
    let mut bills = Bills::default();
    bills.0.team("Pay");
    bills.line("2027-03", "team=Pay", "usage", "90");
    bills.line("2027-03", "env=prod", "usage", "10");
    bills.line("2027-03", "", "idle", "500");
    assert_eq!(bills.found("spend-without-owner"), NONE, "a tenth is none too many, and idle is apart");
    bills.line("2027-03", "app=web", "usage", "5");
    assert_eq!(
        bills.found("spend-without-owner"),
        ["14.3 % of the cloud cost of March 2027 (15 EUR) has no team"]
    );
    bills.line("2027-04", "app=web", "usage", "900");
    assert_eq!(bills.found("spend-without-owner").len(), 1, "April is not over");
    let view = bills.0.on(DAY);
    let finding = view.findings().iter().find(|finding| finding.rule.id == "spend-without-owner").unwrap();
    let named = format!("{:?}", finding.evidence);
    assert!(named.contains("app web: 5 EUR"), "{named}");
}

#[test]
fn cost_of_a_team_that_has_ended_can_be_given_to_its_successor() {
    let mut bills = Bills::default();
    let new = bills.0.team("New");
    let old = bills.0.add(Kind::Team, json!({"key": "old", "name": "Old", "until": "2027-01-31"}));
    let till = bills.0.service(json!({"key": "till", "name": "Till"}));
    let owner = |team: u64, from: Value, until: Value| json!({"service": till, "owner": {"team": team}, "role": "owner", "from": from, "until": until});
    bills.0.add(Kind::Ownership, owner(old, Value::Null, "2027-01-31".into()));
    bills.0.add(Kind::Ownership, owner(new, "2027-02-01".into(), Value::Null));
    bills.line("2027-01", "team=old", "usage", "7");
    assert_eq!(bills.found("spend-of-a-team-that-is-gone"), NONE, "it was there in January");
    bills.line("2027-03", "team=old", "usage", "7");
    assert_eq!(
        bills.found("spend-of-a-team-that-is-gone"),
        ["Old ended on 31 Jan 2027 and still costs 7 EUR in March 2027"]
    );
    let view = bills.0.on(DAY);
    let finding =
        view.findings().iter().find(|finding| finding.rule.id == "spend-of-a-team-that-is-gone").unwrap();
    let remedies = headroom_analysis::remedies(&view.context(), finding);
    assert_eq!(remedies[0].label, "Give its cost to New");
    let after: Plan = view.snapshot.plan().after(&remedies[0].changes).unwrap();
    let costs = headroom_analysis::cloud_cost::CloudCosts::of(&after);
    let owner = &costs.lines("2027-03-01".parse().unwrap())[0].owner;
    assert_eq!(owner.team.map(u64::from), Some(new));
    let owner = &costs.lines("2027-01-01".parse().unwrap())[0].owner;
    assert_eq!(owner.team.map(u64::from), Some(old), "what it cost itself stays its own");
}

#[test]
fn a_team_that_nobody_knows_is_found() {
    let mut bills = Bills::default();
    bills.0.team("Pay");
    bills.line("2027-03", "team=pirates", "usage", "7");
    bills.line("2027-03", "business_unit=pirates", "usage", "7");
    assert_eq!(
        bills.found("spend-of-a-team-that-is-gone"),
        ["“pirates” of label team is no team of the plan and costs 7 EUR in March 2027"]
    );
}

#[test]
fn a_cluster_that_idles_is_found() {
    let mut bills = Bills::default();
    bills.line("2027-03", "team=pay", "usage", "70");
    bills.line("2027-03", "", "idle", "30");
    assert_eq!(bills.found("idle"), NONE);
    bills.line("2027-03", "", "idle", "1");
    assert_eq!(bills.found("idle"), ["30.7 % of one was idle in March 2027 (31 EUR)"]);
}

#[test]
fn cost_that_grows_faster_than_customers_is_found() {
    let bills = |march: &str| {
        let mut bills = Bills::default();
        let metric = json!({"key": "customers", "kind": "stock", "period": "month", "unit": "count"});
        let metric = bills.0.add(Kind::Metric, metric);
        let mut count = |month: &str, last: &str, value: &str| {
            let row = json!({"metric": metric, "first": format!("{month}-01"), "last": format!("{month}-{last}"), "value": value});
            bills.0.add(Kind::Observation, row);
        };
        count("2026-12", "31", "100");
        count("2027-03", "31", "200");
        bills.line("2026-12", "", "usage", "1000");
        bills.line("2027-03", "", "usage", march);
        bills
    };
    assert_eq!(bills("2200").found("unit-cost-rises"), NONE, "a tenth is not more than a tenth");
    assert_eq!(
        bills("2300").found("unit-cost-rises"),
        ["Cloud cost per customer has risen by 15.0 % in 3 months, to 11.50 EUR in March 2027"]
    );
}
