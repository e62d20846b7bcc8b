//! The rules about practices.

use crate::org::{Org, words};
use headroom_model::Kind;
use serde_json::{Value, json};

const DAY: &str = "2026-11-24";

struct World {
    org: Org,
    team: u64,
    service: u64,
    metric: u64,
}

impl World {
    /// A service of tier 1 with an owner team of two, and a practice.
    fn new(unit: &str) -> Self {
        let mut org = Org::default();
        let team = org.team("Shop");
        org.staff(team, 2, "Berlin");
        let service = org.service(json!({"name": "Cart", "tier": 1}));
        org.own(service, team, json!({}));
        let metric = org.add(
            Kind::Metric,
            json!({"key": "security-baseline", "name": "Security baseline", "unit": unit, "period": "day"}),
        );
        Self { org, team, service, metric }
    }

    fn level(&mut self, on: &str, value: &str, until: Value) {
        let (metric, service) = (self.metric, self.service);
        let origin = "audit: https://example.org/a";
        self.org.add(
            Kind::Observation,
            json!({"metric": metric, "service": service, "first": on, "last": on, "value": value, "until": until,
                "origin": origin}),
        );
    }

    fn require(&mut self, level: &str, from: Value) {
        let metric = self.metric;
        self.org.add(
            Kind::Objective,
            json!({"key": format!("at-{level}"), "metric": metric, "op": ">=", "value": level, "tier": 1, "from": from}),
        );
    }
}

#[test]
fn level_below_what_the_tier_needs_is_reported_with_evidence_and_an_action() {
    let mut world = World::new("level");
    world.level("2026-11-01", "2", Value::Null);
    assert!(world.org.messages("practice-below-tier", DAY).is_empty(), "nothing is required");
    world.require("3", Value::Null);
    let view = world.org.on(DAY);
    let finding = view.findings().iter().find(|finding| finding.rule.id == "practice-below-tier").unwrap();
    assert_eq!(finding.message, "Cart of tier 1 has Security baseline at 2, and needs 3");
    assert_eq!(finding.id, "practice-below-tier/cart/security-baseline");
    assert_eq!(words(finding, "Looked at"), "1 Nov 2026, 23 days ago, by audit, https://example.org/a");
    let remedies = headroom_analysis::remedies(&view.context(), finding);
    assert_eq!(remedies[0].label, "Add an action for the owner, due 19 Jan 2027");
    assert_eq!(remedies[0].changes.len(), 1);
    world.level("2026-11-20", "3", Value::Null);
    assert!(world.org.messages("practice-below-tier", DAY).is_empty());
}

#[test]
fn required_and_unknown_is_reported_once_for_a_service() {
    let mut world = World::new("level");
    world.require("3", Value::Null);
    assert_eq!(
        world.org.messages("practice-unknown", DAY),
        ["1 required practice of Cart is not known: Security baseline"]
    );
    world.level("2026-05-20", "3", Value::Null);
    assert_eq!(world.org.messages("practice-unknown", DAY).len(), 1, "188 days old");
    world.org.set("rule.practice-unknown.days", "200");
    assert!(world.org.messages("practice-unknown", DAY).is_empty());
    world.level("2026-11-01", "n/a", Value::Null);
    assert!(world.org.messages("practice-unknown", DAY).is_empty(), "it does not apply");
    world.level("2026-11-02", "4", json!("2026-11-10"));
    let found = world.org.found("practice-unknown", DAY);
    assert_eq!(words(&found[0], "Not known"), "Security baseline: evidence ended on 10 Nov 2026");
}

#[test]
fn a_level_that_fell_is_reported_until_it_is_no_news() {
    let mut world = World::new("level");
    world.level("2026-09-01", "3", Value::Null);
    world.level("2026-11-01", "2", Value::Null);
    assert_eq!(world.org.messages("practice-fell", DAY), ["Security baseline of Cart fell from 3 to 2"]);
    assert!(world.org.messages("practice-fell", "2026-10-01").is_empty());
    assert!(world.org.messages("practice-fell", "2027-05-01").is_empty());
}

#[test]
fn a_score_may_fall_by_less_than_half_a_point() {
    let mut world = World::new("score");
    world.level("2026-09-01", "7.3", Value::Null);
    world.level("2026-11-01", "6.9", Value::Null);
    assert!(world.org.messages("practice-fell", DAY).is_empty());
    world.level("2026-11-10", "6.4", Value::Null);
    assert_eq!(world.org.messages("practice-fell", DAY), ["Security baseline of Cart fell from 6.9 to 6.4"]);
    world.level("2026-11-12", "undetermined", Value::Null);
    assert!(world.org.messages("practice-fell", DAY).is_empty());
}

#[test]
fn a_campaign_whose_owner_will_be_gone_is_reported() {
    let mut world = World::new("level");
    world.level("2026-11-01", "2", Value::Null);
    world.require("3", json!("2027-06-01"));
    assert!(world.org.messages("practice-owner-gone", DAY).is_empty());
    let team = world.team;
    world.org.alter(Kind::Team, team, json!({"until": "2027-05-31"}));
    let found = world.org.found("practice-owner-gone", DAY);
    let message = "Cart has to have Security baseline at 3 by 1 Jun 2027, and nobody will be left in Shop";
    assert_eq!(found[0].message, message);
    assert_eq!(found[0].day, Some("2027-06-01".parse().unwrap()));
    world.level("2026-11-20", "3", Value::Null);
    assert!(world.org.messages("practice-owner-gone", DAY).is_empty(), "it has the level already");
}

#[test]
fn a_bet_on_a_market_asks_for_the_baselines() {
    let mut world = World::new("level");
    let team = world.team;
    let bet = json!({"key": "b", "name": "Poland", "market": "Poland", "team": team, "from": "2027-01-15"});
    let bet = world.org.add(Kind::Bet, bet);
    let missing =
        "Poland begins on 15 Jan 2027, and Cart is not ready for it: Security baseline was never looked at";
    assert_eq!(world.org.messages("market-before-baseline", DAY), [missing]);
    world.level("2026-11-01", "1", Value::Null);
    let low = "Poland begins on 15 Jan 2027, and Cart is not ready for it: Security baseline is at 1";
    assert_eq!(world.org.messages("market-before-baseline", DAY), [low]);
    world.org.alter(Kind::Bet, bet, json!({"from": "2027-06-15"}));
    assert!(world.org.messages("market-before-baseline", DAY).is_empty(), "that is far away");
    world.org.alter(Kind::Bet, bet, json!({"from": "2027-01-15"}));
    world.level("2026-11-10", "2", Value::Null);
    assert!(world.org.messages("market-before-baseline", DAY).is_empty());
}
