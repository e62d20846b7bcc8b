//! The rules about ownership, dependencies and teams: when each reports something and when it does not.

use crate::org::{Org, words};
use chrono::NaiveDate;
use headroom_analysis::Finding;
use headroom_model::Kind;
use serde_json::{Value, json};

const DAY: &str = "2026-11-24";

#[test]
fn confirmation_expires_after_the_days_of_the_policy() {
    let mut org = Org::default();
    let cash = org.team("Cash");
    for (name, confirmed) in
        [("Old", json!("2026-05-01")), ("New", json!("2026-05-28")), ("Never", Value::Null)]
    {
        let service = org.service(json!({"name": name}));
        org.own(service, cash, json!({"confirmed": confirmed}));
    }
    let found = org.found("ownership-unconfirmed", DAY);
    let lines: Vec<(&str, &str)> =
        found.iter().map(|finding| (finding.message.as_str(), finding.severity.name())).collect();
    assert_eq!(
        lines,
        [("Owner of Old not confirmed for 207 days", "medium"), ("Owner of Never never confirmed", "low"),]
    );
    org.set("rule.ownership-unconfirmed.days", "300");
    assert_eq!(org.found("ownership-unconfirmed", DAY).len(), 1);
}

#[test]
fn conflicting_owners_of_sources_are_reported() {
    let mut org = Org::default();
    let (cash, goods) = (org.team("Cash"), org.team("Goods"));
    let till = org.service(json!({"name": "Till"}));
    org.own(till, cash, json!({"source": "backstage"}));
    let shelf = org.service(json!({"name": "Shelf"}));
    org.own(shelf, goods, json!({"source": "backstage"}));
    org.own(shelf, goods, json!({"source": "codeowners"}));
    assert!(org.found("sources-disagree", DAY).is_empty(), "the same owner twice");
    org.own(till, goods, json!({"source": "codeowners"}));
    let view = org.on(DAY);
    let finding = view.findings().iter().find(|finding| finding.rule.id == "sources-disagree").unwrap();
    assert_eq!(finding.message, "Till has different owners in backstage and codeowners");
    let remedies = headroom_analysis::remedies(&view.context(), finding);
    let labels: Vec<&str> = remedies.iter().map(|remedy| remedy.label.as_str()).collect();
    assert_eq!(labels, ["Keep Cash (from backstage)", "Keep Goods (from codeowners)"]);
    assert_eq!(remedies[0].changes.len(), 1);
}

#[test]
fn former_names_in_a_source_are_reported() {
    let mut org = Org::default();
    let cash = org.team("Cash");
    let till = org.service(json!({"name": "Till"}));
    org.own(till, cash, json!({"named": "Money Desk", "source": "opslevel"}));
    let messages = org.messages("owner-by-former-name", DAY);
    assert_eq!(messages, ["Till is owned by “Money Desk”, a former name of Cash"]);
}

#[test]
fn duplicate_broken_dependencies_are_reported_once() {
    let mut org = Org::default();
    let till = org.service(json!({"name": "Till"}));
    let rates = org.service(json!({"name": "Rates", "unconfirmed": true}));
    org.need(till, rates, "");
    org.need(till, rates, "");
    assert_eq!(org.messages("dangling-dependency", DAY), ["Till depends on Rates, an unknown service"]);
}

#[test]
fn consecutive_memberships_make_a_lasting_backup() {
    let mut org = Org::default();
    let (cash, goods) = (org.team("Cash"), org.team("Goods"));
    org.staff(cash, 1, "");
    let till = org.service(json!({"name": "Till"}));
    org.own(till, cash, json!({}));
    org.own(till, goods, json!({"role": "backup"}));
    let stand_in = org.add(Kind::Person, json!({"name": "Stand-in"}));
    let member = |more: Value| {
        let mut values = json!({"person": stand_in, "team": goods});
        values.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        values
    };
    org.add(Kind::Membership, member(json!({"until": "2026-12-31", "role": "intern"})));
    let severity = |org: &Org| org.found("bus-factor-one", DAY)[0].severity.name();
    assert_eq!(severity(&org), "high", "who has a last day is no backup");
    org.add(Kind::Membership, member(json!({"from": "2027-01-01"})));
    assert_eq!(severity(&org), "medium");
}

#[test]
fn critical_services_need_a_backup() {
    let mut org = Org::default();
    let (cash, goods) = (org.team("Cash"), org.team("Goods"));
    org.staff(cash, 3, "");
    org.staff(goods, 3, "");
    let (till, shelf) =
        (org.service(json!({"name": "Till", "tier": 2})), org.service(json!({"name": "Shelf", "tier": 3})));
    org.own(till, cash, json!({}));
    org.own(shelf, goods, json!({}));
    org.need(till, shelf, "");
    let view = org.on(DAY);
    let found: Vec<&Finding> =
        view.findings().iter().filter(|finding| finding.rule.id == "no-backup-owner").collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].message, "Till (tier 2) has no backup owner");
    let remedies = headroom_analysis::remedies(&view.context(), found[0]);
    assert_eq!(remedies[0].label, "Make Goods backup owner");
    assert_eq!(remedies[0].reasons, ["owns its only related service", "load would be 1.6 of 3.0 per person"]);
    org.own(till, goods, json!({"role": "backup"}));
    assert!(org.found("no-backup-owner", DAY).is_empty());
}

#[test]
fn on_call_needs_eight_people_or_six_on_each_of_two_sites() {
    let mut org = Org::default();
    let cash = org.team("Cash");
    let till = org.service(json!({"name": "Till", "tier": 1}));
    org.own(till, cash, json!({}));
    org.staff(cash, 7, "Gdańsk");
    let found = org.found("on-call-understaffed", DAY);
    assert_eq!(found[0].message, "Cash can’t staff on-call: 7 people, 1 more needed (1 tier 1–2 service)");
    assert_eq!(words(&found[0], "On the team"), "7 in Gdańsk");
    org.staff(cash, 1, "Gdańsk");
    assert!(org.found("on-call-understaffed", DAY).is_empty());
    let goods = org.team("Goods");
    let shelf = org.service(json!({"name": "Shelf", "tier": 2}));
    org.own(shelf, goods, json!({}));
    org.staff(goods, 5, "Lisbon");
    org.staff(goods, 5, "Oslo");
    assert_eq!(org.found("on-call-understaffed", DAY).len(), 1, "ten, and neither site can carry its half");
    org.staff(goods, 1, "Lisbon");
    org.staff(goods, 1, "Oslo");
    assert!(org.found("on-call-understaffed", DAY).is_empty());
}

#[test]
fn service_load_is_tier_points_per_person() {
    let mut org = Org::default();
    let cash = org.team("Cash");
    org.staff(cash, 4, "");
    for (at, tier) in [1, 1, 2, 3].into_iter().enumerate() {
        let service = org.service(json!({"name": format!("S{at}"), "tier": tier}));
        org.own(service, cash, json!({}));
    }
    let found = org.found("team-over-load", DAY);
    assert_eq!(found[0].message, "Cash has a service load of 3.2 points per person (limit 3.0)");
    assert_eq!(words(&found[0], "Service load"), "13 points from 4 services for 4 people");
    org.staff(cash, 1, "Lisbon");
    assert!(org.found("team-over-load", DAY).is_empty());
}

#[test]
fn tier_inversion_names_the_path() {
    let mut org = Org::default();
    let mut service = |name: &str, tier: u8, lifecycle: &str| {
        org.service(json!({"name": name, "tier": tier, "lifecycle": lifecycle}))
    };
    let (front, middle, low, old) = (
        service("Front", 1, ""),
        service("Middle", 1, ""),
        service("Low", 3, ""),
        service("Old", 1, "deprecated"),
    );
    let alone = service("Alone", 1, "");
    org.need(front, middle, "hard");
    org.need(middle, low, "");
    org.need(alone, old, "soft");
    let mut messages = org.messages("tier-inversion", DAY);
    messages.sort();
    assert_eq!(
        messages,
        [
            "Front (tier 1) depends on Low (tier 3): Front → Middle → Low",
            "Middle (tier 1) depends on Low (tier 3): Middle → Low",
        ]
    );
    org.need(alone, old, "hard");
    assert_eq!(org.found("tier-inversion", DAY).len(), 3, "one of two rows is not soft");
}

#[test]
fn serial_availability_is_the_product_of_dependencies() {
    let mut org = Org::default();
    let mut service =
        |name: &str, objective: &str| org.service(json!({"name": name, "objective": objective}));
    let (shop, a, b, c) =
        (service("Shop", "99.9"), service("A", "99.95"), service("B", "99.9"), service("C", "99.5"));
    let loose = service("Loose", "99.99");
    org.need(shop, a, "");
    org.need(a, b, "hard");
    org.need(b, c, "");
    org.need(loose, c, "soft");
    let found = org.found("availability-unreachable", DAY);
    let of_shop = found.iter().find(|finding| finding.message.starts_with("Shop")).unwrap();
    // 0.9995 × 0.999 × 0.995 = 0.9935
    assert_eq!(
        of_shop.message,
        "Shop has an SLO of 99.9%, but its dependencies allow at most 99.35%: Shop (99.9%) → A (99.95%) → B (99.9%) → C (99.5%)"
    );
    assert!(
        found
            .iter()
            .all(|finding| !finding.message.starts_with("Loose") && !finding.message.starts_with("C "))
    );
}

#[test]
fn isolated_services_are_reported_unless_standalone() {
    let mut org = Org::default();
    let (a, b) = (org.service(json!({"name": "A"})), org.service(json!({"name": "B"})));
    org.service(json!({"name": "Alone"}));
    org.service(json!({"name": "Meant", "standalone": true}));
    org.need(a, b, "");
    assert_eq!(org.messages("not-in-graph", DAY), ["Alone has no dependencies or dependents"]);
}

#[test]
fn same_capability_or_similar_dependencies_are_duplicate_work() {
    let mut org = Org::default();
    let (cash, goods) = (org.team("Cash"), org.team("Goods"));
    let below: Vec<u64> = (0..5).map(|at| org.service(json!({"name": format!("L{at}")}))).collect();
    let one = org.service(json!({"name": "One", "tags": ["capability:search", "rust"]}));
    let two = org.service(json!({"name": "Two", "tags": ["capability:search"]}));
    let own = org.service(json!({"name": "Own", "tags": ["rust"]}));
    org.own(one, cash, json!({}));
    org.own(own, cash, json!({}));
    below.iter().for_each(|library| org.need(one, *library, ""));
    below[..4].iter().for_each(|library| org.need(two, *library, ""));
    below.iter().for_each(|library| org.need(own, *library, ""));
    assert!(org.found("duplicated-work", DAY).is_empty(), "nobody owns Two, and One and Own are of one team");
    org.own(two, goods, json!({}));
    let mut messages = org.messages("duplicated-work", DAY);
    messages.sort();
    assert_eq!(
        messages,
        [
            "2 teams have a service for “search”: One, Two",
            "One and Two of different teams share 4 of 5 dependencies",
            "Own and Two of different teams share 4 of 5 dependencies",
        ]
    );
}

#[test]
fn interactions_are_declared_and_end_as_agreed() {
    let mut org = Org::default();
    let (cash, goods) = (org.team("Cash"), org.team("Goods"));
    let (till, shelf) = (org.service(json!({"name": "Till"})), org.service(json!({"name": "Shelf"})));
    org.own(till, cash, json!({}));
    org.own(shelf, goods, json!({}));
    org.need(till, shelf, "");
    let view = org.on(DAY);
    let finding = view.findings().iter().find(|finding| finding.rule.id == "undeclared-interaction").unwrap();
    assert_eq!(finding.message, "Cash depends on Goods (1) with no agreed interaction");
    assert_eq!(headroom_analysis::remedies(&view.context(), finding).len(), 2);

    let values = json!({
        "team": goods, "with": cash, "mode": "collaboration", "purpose": "one till",
        "from": "2026-09-01", "expected_end": "2026-11-01",
    });
    let made = org.add(Kind::Interaction, values);
    assert!(org.found("undeclared-interaction", DAY).is_empty());
    assert!(org.found("collaboration-outlived", "2026-11-01").is_empty());
    let messages = org.messages("collaboration-outlived", DAY);
    assert_eq!(messages, ["Goods still collaborates with Cash; this was due to end on 1 Nov 2026"]);

    org.alter(Kind::Interaction, made, json!({"expected_end": null}));
    assert!(org.found("collaboration-outlived", DAY).is_empty(), "less than half a year");
    assert_eq!(org.found("collaboration-outlived", "2027-03-04").len(), 1);
    assert!(
        org.on("2026-08-31").findings().iter().any(|finding| finding.rule.id == "undeclared-interaction")
    );
}

#[test]
fn departures_are_reported_ahead_with_the_date() {
    let mut org = Org::default();
    let cash = org.team("Cash");
    let people = org.staff(cash, 3, "");
    let till = org.service(json!({"name": "Till"}));
    org.own(till, cash, json!({}));
    let leave = |org: &mut Org, person: u64, until: &str| {
        org.alter(Kind::Person, person, json!({"until": until}));
    };
    leave(&mut org, people[0], "2026-12-31");
    assert!(org.found("leaver-leaves-one", DAY).is_empty(), "two are left");
    leave(&mut org, people[1], "2027-02-28");
    let found = org.found("leaver-leaves-one", DAY);
    let first: NaiveDate = "2027-03-01".parse().unwrap();
    assert_eq!(found[0].day, Some(first));
    let (gone, left) = (format!("P{cash}-1-"), format!("P{cash}-2-"));
    assert_eq!(found[0].message, format!("Only {left} can support Till from 1 Mar 2027 ({gone} leaves)"));
    assert!(org.found("leaver-leaves-nobody", DAY).is_empty());
    leave(&mut org, people[2], "2027-06-30");
    let found = org.found("leaver-leaves-nobody", DAY);
    assert_eq!(found[0].message, format!("No one can support Till from 1 Jul 2027 ({left} leaves)"));
    org.set("rule.leaver-leaves-nobody.days", "90");
    assert!(org.found("leaver-leaves-nobody", DAY).is_empty(), "farther than is looked");
    assert_eq!(org.found("leaver-leaves-one", DAY).len(), 1, "each rule looks as far as its own policy says");
}

#[test]
fn cross_team_cycle_lists_the_cheapest_cuts() {
    let mut org = Org::default();
    let teams: Vec<u64> = ["A", "B", "C"].iter().map(|name| org.team(name)).collect();
    let services: Vec<u64> = ["a", "b", "c"]
        .iter()
        .zip(&teams)
        .map(|(name, team)| {
            let service = org.service(json!({"name": name}));
            org.own(service, *team, json!({}));
            service
        })
        .collect();
    org.need(services[0], services[1], "hard");
    org.need(services[1], services[2], "soft");
    org.need(services[2], services[0], "hard");
    let view = org.on(DAY);
    let finding = view.findings().iter().find(|finding| finding.rule.id == "cycle-across-teams").unwrap();
    assert_eq!(words(finding, "Cheapest to remove"), "b → c");
    let remedies = headroom_analysis::remedies(&view.context(), finding);
    assert_eq!(remedies[0].label, "Remove the cheapest dependency");
    org.plan.apply(&remedies[0].changes).unwrap();
    assert!(org.found("cycle-across-teams", DAY).is_empty());
}
