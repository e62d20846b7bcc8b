//! The rules about bets, channels and markets: when each reports something and when it does not.

use headroom_analysis::{EditOutcome, markets::markets, metrics::ScopeDimension, remedies};
use headroom_model::{Bet, BetId, Draft, Kind, Objective};
use serde_json::{Value, json};

use crate::org::Org;

fn found(org: &Org, rule: &str, day: &str) -> Vec<String> {
    let mut found = org.messages(rule, day);
    found.sort();
    found
}

const NONE: [&str; 0] = [];

/// A metric with an objective, of which figures come on the fifth of the next month.
fn trials(org: &mut Org) -> u64 {
    let metric = org.add(Kind::Metric, json!({"key": "trials", "kind": "flow", "unit": "count", "lag": 4}));
    for (first, last, value) in [("2026-01-01", "2026-01-31", "20"), ("2026-02-01", "2026-02-28", "30")] {
        org.add(Kind::Observation, json!({"metric": metric, "first": first, "last": last, "value": value}));
    }
    org.add(Kind::Objective, json!({"key": "trials-25", "metric": metric, "op": ">=", "value": "25"}))
}

fn bet(key: &str, objectives: &[u64], more: Value) -> Value {
    let mut fields = json!({"key": key, "name": key, "objectives": objectives, "from": "2026-01-05"});
    fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    fields
}

#[test]
fn a_bet_is_decided_by_its_day_and_judged_by_what_was_known_then() {
    let mut org = Org::default();
    let objective = trials(&mut org);
    let fields = json!({"decide_by": "2026-02-20"});
    org.add(Kind::Bet, bet("chat", &[objective], fields.clone()));
    let decided = json!({"decide_by": "2026-02-20", "decided": "2026-03-01", "decision": "stop"});
    org.add(Kind::Bet, bet("feed", &[objective], decided));
    assert_eq!(found(&org, "bet-past-its-day", "2026-02-20"), NONE);
    let view = org.on("2026-03-10");
    let findings: Vec<_> =
        view.findings().iter().filter(|finding| finding.rule.id == "bet-past-its-day").collect();
    let messages: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(
        messages,
        ["Bet “chat” was to be decided by 20 Feb 2026, 18 days ago"],
        "what is decided is none"
    );
    let evidence: Vec<&str> = findings[0].evidence.iter().map(|evidence| evidence.text.as_str()).collect();
    assert_eq!(evidence[0], "trials ≥ 25");
    assert!(
        evidence[1].contains("20") && !evidence[1].contains("30"),
        "February was not known then: {evidence:?}"
    );
    let remedies = remedies(&view.context(), findings[0]);
    let labels: Vec<&str> = remedies.iter().map(|remedy| remedy.label.as_str()).collect();
    assert_eq!(labels, ["Scale it", "Stop it", "Change it"]);
}

#[test]
fn a_bet_has_a_criterion_and_a_day() {
    let mut org = Org::default();
    let objective = trials(&mut org);
    org.add(Kind::Bet, bet("both", &[objective], json!({"decide_by": "2027-01-01"})));
    org.add(Kind::Bet, bet("no-day", &[objective], json!({})));
    org.add(Kind::Bet, bet("no-figure", &[], json!({"decide_by": "2027-01-01"})));
    org.add(Kind::Bet, bet("nothing", &[], json!({})));
    org.add(Kind::Bet, bet("decided", &[], json!({"decided": "2026-02-01", "decision": "scale"})));
    assert_eq!(
        found(&org, "bet-without-criterion", "2026-03-10"),
        [
            "Bet “no-day” has no day to decide",
            "Bet “no-figure” has no objective",
            "Bet “nothing” has neither an objective nor a day to decide",
        ]
    );
}

#[test]
fn terms_that_are_changed_after_a_bet_has_begun_are_kept() {
    let mut org = Org::default();
    let objective = trials(&mut org);
    let moved = BetId(org.add(Kind::Bet, bet("moved", &[objective], json!({"decide_by": "2026-06-30"}))));
    let ahead = json!({"decide_by": "2026-06-30", "from": "2026-05-01"});
    let ahead = BetId(org.add(Kind::Bet, bet("ahead", &[objective], ahead)));
    let mut plan = org.plan.clone();
    let today = "2026-03-10".parse().unwrap();
    let mut edit = |value: &str, by: &str| {
        let mut draft = Draft::new(&plan);
        let row = plan.get::<Objective>(objective.into()).unwrap().clone();
        draft.put(Objective { value: value.parse().unwrap(), ..row });
        for bet in [moved, ahead] {
            let row = plan.get::<Bet>(bet).unwrap().clone();
            draft.put(Bet { decide_by: Some(by.parse().unwrap()), ..row });
        }
        let changes = draft.finish();
        plan = EditOutcome::of(&plan, changes, today).unwrap().plan;
        let terms = |bet| plan.get::<Bet>(bet).unwrap().first_terms.clone();
        (terms(moved), terms(ahead))
    };
    let first = "trials ≥ 25 · decided by 30 Jun 2026".to_owned();
    assert_eq!(edit("15", "2026-06-30"), (first.clone(), String::new()), "the objective itself");
    assert_eq!(edit("10", "2026-09-30"), (first, String::new()), "the first ones stay");
    org.plan = plan;
    assert_eq!(
        found(&org, "bet-moved", "2026-03-10"),
        ["The terms of bet “moved” were changed after it had begun"]
    );
}

#[test]
fn a_team_that_is_gone_before_the_day_is_found() {
    let mut org = Org::default();
    let objective = trials(&mut org);
    let day = json!({"decide_by": "2026-06-30"});
    let with = |team: u64| json!({"decide_by": "2026-06-30", "team": team});
    let ends = org.add(Kind::Team, json!({"key": "ends", "name": "Ends", "until": "2026-05-31"}));
    let small = org.add(Kind::Team, json!({"key": "small", "name": "Small"}));
    let kept = org.add(Kind::Team, json!({"key": "kept", "name": "Kept"}));
    for (team, until) in [(small, "2026-04-30"), (small, ""), (kept, ""), (kept, "")] {
        let until = if until.is_empty() { Value::Null } else { until.into() };
        let key = format!("p{}", org.plan.people.len());
        let person = org.add(Kind::Person, json!({"key": key, "name": key, "until": until}));
        org.add(Kind::Membership, json!({"person": person, "team": team}));
    }
    org.add(Kind::Bet, bet("one", &[objective], with(ends)));
    org.add(Kind::Bet, bet("two", &[objective], with(small)));
    org.add(Kind::Bet, bet("three", &[objective], with(kept)));
    org.add(Kind::Bet, bet("four", &[objective], day));
    assert_eq!(
        found(&org, "bet-team-leaves", "2026-03-10"),
        [
            "Ends ends on 31 May 2026, before bet “one” is decided by 30 Jun 2026",
            "Small has 1 person left when bet “two” is decided by 30 Jun 2026",
        ]
    );
    assert_eq!(found(&org, "bet-team-leaves", "2026-07-01"), NONE, "that is another rule’s");
}

#[test]
fn spend_on_a_channel_goes_on_after_its_test() {
    let mut org = Org::default();
    let spend = org.add(Kind::Metric, json!({"key": "spend", "kind": "flow", "unit": "money", "lag": 4}));
    for (channel, first, last) in [
        ("Fairs", "2026-01-01", "2026-01-31"),
        ("Fairs", "2026-02-01", "2026-02-28"),
        ("Ads", "2026-02-01", "2026-02-28"),
    ] {
        let fields =
            json!({"metric": spend, "channel": channel, "first": first, "last": last, "value": "9000 EUR"});
        org.add(Kind::Observation, fields);
    }
    org.add(Kind::Bet, bet("fairs", &[], json!({"decide_by": "2026-01-31", "channel": "fairs"})));
    assert_eq!(found(&org, "channel-after-its-test", "2026-02-10"), NONE, "January is not after it");
    assert_eq!(
        found(&org, "channel-after-its-test", "2026-03-10"),
        ["Fairs is still spent on in Feb 2026, though bet “fairs” was to be decided by 31 Jan 2026"]
    );
}

#[test]
fn a_hire_for_a_market_waits_until_the_market_is_proven() {
    let mut org = Org::default();
    let team = org.add(Kind::Team, json!({"key": "portal", "name": "Portal"}));
    let objective = trials(&mut org);
    let hire = |key: &str| json!({"key": key, "title": key, "team": team, "status": "planned", "start": "2026-09-01"});
    org.add(Kind::Position, hire("one"));
    let mut waiting = hire("two");
    waiting["waits_for"] = json!([objective]);
    org.add(Kind::Position, waiting);
    assert_eq!(found(&org, "position-in-unproven-market", "2026-03-10"), NONE, "nobody bets on a market");
    org.add(
        Kind::Bet,
        bet("poland", &[], json!({"decide_by": "2026-06-30", "market": "Poland", "team": team})),
    );
    let messages = found(&org, "position-in-unproven-market", "2026-03-10");
    assert_eq!(messages.len(), 1, "one that waits for figures is left to its gate: {messages:?}");
    assert!(messages[0].ends_with("is planned while Poland is not proven"), "{messages:?}");
}

#[test]
fn markets_that_pay_come_first_and_bets_before_what_nobody_tries() {
    let mut org = Org::default();
    let payback =
        org.add(Kind::Metric, json!({"key": "payback", "kind": "ratio", "unit": "months", "lag": 4}));
    for (market, value) in [("Germany", "14"), ("France", "9"), ("Spain", "7")] {
        for month in ["01", "02", "03"] {
            let (first, last) = (format!("2026-{month}-01"), format!("2026-{month}-28"));
            let last = if month == "02" { last } else { format!("2026-{month}-31") };
            let fields =
                json!({"metric": payback, "market": market, "first": first, "last": last, "value": value});
            org.add(Kind::Observation, fields);
        }
    }
    let team = org.add(Kind::Team, json!({"key": "portal", "name": "Portal", "segment": "Austria"}));
    for (market, more) in [
        ("Austria", json!({"decided": "2026-02-01", "decision": "stop"})),
        ("Poland", json!({"decide_by": "2026-09-30", "team": team})),
        ("spain", json!({"decide_by": "2026-09-30"})),
    ] {
        let mut fields = bet(market, &[], more);
        fields["market"] = market.into();
        org.add(Kind::Bet, fields);
    }
    let lines = markets(&org.plan, ScopeDimension::Market, 12, "2026-04-10".parse().unwrap());
    let found: Vec<(&str, &str, usize)> =
        lines.iter().map(|line| (line.name.as_str(), line.proof.word(), line.open_bets.len())).collect();
    assert_eq!(
        found,
        [
            ("Spain", "pays", 1),
            ("France", "pays", 0),
            ("Germany", "does-not-pay", 0),
            ("Poland", "unknown", 1),
            ("Austria", "unknown", 0),
        ]
    );
    let teams = |name: &str| lines.iter().find(|line| line.name == name).unwrap().teams.len();
    assert_eq!((teams("Poland"), teams("Austria"), teams("Spain")), (1, 1, 0), "who bets on it or serves it");
}
