//! The rules about positions, departures and hires: when each reports something and when it does not.

use crate::org::{Org, words};
use headroom_model::{EntityRef, Kind};
use serde_json::{Value, json};

const DAY: &str = "2026-11-24";

/// A plan with one team of `people` members in Gdańsk that owns a service of tier 1.
fn staffed(people: usize) -> (Org, u64, u64) {
    let mut org = Org::default();
    let cash = org.team("Cash");
    let staff = org.staff(cash, people, "Gdańsk");
    let till = org.service(json!({"name": "Till", "tier": 1}));
    org.own(till, cash, json!({"confirmed": DAY}));
    (org, cash, staff.first().copied().unwrap_or_default())
}

fn first_remedy_closes(org: &mut Org, rule: &str) {
    let view = org.on(DAY);
    let finding = view.findings().iter().find(|finding| finding.rule.id == rule).unwrap();
    assert_eq!(finding.subject.kind, Kind::Position);
    let remedies = headroom_analysis::remedies(&view.context(), finding);
    org.plan.apply(&remedies[0].changes).unwrap();
    assert!(org.on(DAY).finding(&finding.id).is_none(), "{} stays", finding.id);
}

#[test]
fn late_requisitions_are_reported_before_and_after_the_date() {
    let (mut org, cash, _) = staffed(8);
    // 120 days to productive, 30 notice, 58 to fill, 14 to approve: 222 days before 30 Jun 2027 is 20 Nov 2026.
    let late = json!({"key": "HC-1", "title": "Engineer", "team": cash, "need_by": "2027-06-30"});
    org.add(Kind::Position, late);
    let soon = json!({"key": "HC-2", "team": cash, "need_by": "2027-07-10"});
    org.add(Kind::Position, soon);
    org.add(Kind::Position, json!({"key": "HC-3", "team": cash, "need_by": "2027-07-31"}));
    org.add(Kind::Position, json!({"key": "HC-4", "team": cash, "need_by": "2027-06-30", "status": "open"}));
    org.add(
        Kind::Position,
        json!({"key": "HC-5", "team": cash, "need_by": "2027-01-01", "status": "frozen"}),
    );
    let found = org.found("seat-not-opened", DAY);
    let lines: Vec<(&str, &str)> =
        found.iter().map(|finding| (finding.message.as_str(), finding.severity.name())).collect();
    assert_eq!(
        lines,
        [
            (
                "HC-1 Engineer should have been approved by 20 Nov 2026; now 4 days behind schedule for 30 Jun 2027",
                "high"
            ),
            ("HC-2 must be approved by 30 Nov 2026 to be productive by 10 Jul 2027", "medium"),
        ]
    );
    assert_eq!(found[1].day, "2026-12-01".parse().ok());
    assert_eq!(words(&found[0], "Approve by"), "20 Nov 2026 · open by 4 Dec 2026");
    let view = org.on(DAY);
    let late = view.findings().iter().find(|finding| finding.rule.id == "seat-not-opened").unwrap();
    let labels: Vec<String> =
        headroom_analysis::remedies(&view.context(), late).into_iter().map(|remedy| remedy.label).collect();
    assert_eq!(labels, ["Open now", "Move needed-by date to 4 Jul 2027"]);
    first_remedy_closes(&mut org, "seat-not-opened");
}

#[test]
fn duplicate_positions_match_by_requisition_backfill_or_attributes() {
    let (mut org, cash, _) = staffed(8);
    let lead = org.add(Kind::Position, json!({"key": "HC-0", "status": "closed"}));
    let alike = |key: &str, source: Value| json!({"key": key, "title": "Engineer", "team": cash, "start": "2027-03-01", "source": source});
    org.add(Kind::Position, json!({"key": "HC-1", "requisition": "R-17"}));
    org.add(Kind::Position, json!({"key": "HC-2", "requisition": "r-17 "}));
    org.add(Kind::Position, json!({"key": "HC-3", "backfill_of": lead}));
    org.add(Kind::Position, json!({"key": "HC-4", "backfill_of": lead}));
    org.add(Kind::Position, json!({"key": "HC-9", "requisition": "R-17", "status": "closed"}));
    for (key, source) in [("HC-5", Value::Null), ("HC-6", Value::Null)] {
        org.add(Kind::Position, alike(key, source));
    }
    assert_eq!(
        org.messages("seat-planned-twice", DAY),
        ["HC-2 duplicates HC-1: both have requisition R-17", "HC-4 duplicates HC-3: both backfill HC-0"],
        "two that one source tells apart are two"
    );
    org.add(Kind::Position, alike("HC-7", json!("hris")));
    let found = org.found("seat-planned-twice", DAY);
    let last = found.last().unwrap();
    assert_eq!(
        (last.message.as_str(), last.severity.name()),
        (
            "HC-7 Engineer duplicates HC-5 Engineer: two sources plan “engineer” for Cash on 1 Mar 2027",
            "medium"
        )
    );
    first_remedy_closes(&mut org, "seat-planned-twice");
}

#[test]
fn positions_whose_reason_is_gone_are_reported() {
    let (mut org, cash, somebody) = staffed(7);
    let on_call = |key: &str, start: &str| json!({"key": key, "team": cash, "reason": "on-call minimum", "start": start});
    org.add(Kind::Position, on_call("HC-1", "2027-02-01"));
    assert!(org.messages("seat-reason-gone", DAY).is_empty(), "seven are one too few");
    org.add(Kind::Position, on_call("HC-2", "2027-01-01"));
    assert_eq!(
        org.messages("seat-reason-gone", DAY),
        ["HC-1 is planned for on-call, but Cash can staff it without this hire"],
        "the one that comes first is enough"
    );
    let position = org.add(Kind::Position, json!({"key": "HC-8", "team": cash}));
    org.add(Kind::Assignment, json!({"position": position, "person": somebody}));
    org.add(Kind::Position, json!({"key": "HC-3", "backfill_of": position}));
    let gap = json!({"key": "HC-4", "team": cash, "reason": "ownership gap"});
    org.add(Kind::Position, gap);
    let messages = org.messages("seat-reason-gone", DAY);
    let name = org.plan.name_of(EntityRef { kind: Kind::Person, id: somebody });
    assert_eq!(messages[1], format!("HC-3 backfills {name}, who isn’t leaving"));
    assert_eq!(messages[2], "HC-4 is planned for a gap that Cash no longer has");
    first_remedy_closes(&mut org, "seat-reason-gone");
}

#[test]
fn generalists_precede_specialists() {
    let (mut org, cash, _) = staffed(2);
    let position = |key: &str, breadth: &str, start: &str| json!({"key": key, "team": cash, "breadth": breadth, "start": start});
    org.add(Kind::Position, position("HC-1", "specialist", "2027-01-01"));
    org.add(Kind::Position, position("HC-2", "generalist", "2027-02-01"));
    org.add(Kind::Position, position("HC-3", "specialist", "2027-03-01"));
    assert_eq!(
        org.messages("specialist-too-early", DAY),
        ["HC-1 is a specialist for Cash, which has only 2 people by then"],
        "HC-3 comes to four"
    );
    org.set("rule.specialist-too-early.people", "5");
    assert_eq!(org.messages("specialist-too-early", DAY).len(), 2);
    first_remedy_closes(&mut org, "specialist-too-early");

    let (mut org, cash, _) = staffed(7);
    let position = |key: &str, breadth: &str, start: &str| json!({"key": key, "team": cash, "breadth": breadth, "start": start});
    for (at, key) in ["HC-1", "HC-2", "HC-3"].into_iter().enumerate() {
        org.add(Kind::Position, position(key, "generalist", &format!("2027-0{}-01", at + 1)));
    }
    assert!(org.messages("generalists-in-a-row", DAY).is_empty(), "the first comes to seven");
    org.add(Kind::Position, position("HC-4", "generalist", "2027-04-01"));
    assert_eq!(
        org.messages("generalists-in-a-row", DAY),
        ["HC-4 would be the third generalist in a row on Cash (10 people by then)"]
    );
    org.add(Kind::Position, position("HC-5", "specialist", "2027-03-15"));
    assert!(org.messages("generalists-in-a-row", DAY).is_empty());
}

#[test]
fn too_many_new_hires_for_mentors_are_reported() {
    let mut org = Org::default();
    let team = org.team("Shipping");
    org.staff(team, 2, "Gdańsk");
    let new_hire = |org: &mut Org, name: &str, from: &str| {
        let person = org.add(Kind::Person, json!({"name": name}));
        org.add(Kind::Membership, json!({"person": person, "team": team, "role": "member", "from": from}))
    };
    new_hire(&mut org, "Ada", "2027-03-15");
    new_hire(&mut org, "Ben", "2027-04-01");
    let rule = "mentors-short";
    assert!(org.found(rule, "2027-01-10").is_empty(), "two can take along two");
    new_hire(&mut org, "Cem", "2027-05-03");
    let found = org.found(rule, "2027-01-10");
    assert_eq!(found[0].message, "Shipping has 3 new hires in May 2027 and can mentor 2 at a time");
    assert_eq!(found[0].day, "2027-05-31".parse().ok());
    let entities = |label: &str| {
        found[0].evidence.iter().find(|evidence| evidence.label == label).unwrap().entities.len()
    };
    assert_eq!((entities("New hires"), entities("Possible mentors")), (3, 2));
    // Half a year later they are productive.
    assert!(org.found(rule, "2028-01-10").is_empty());
    org.add(Kind::Assumption, json!({"kind": "starters-per-mentor", "value": "2"}));
    // In May of Ada 0.4516 × 25 % + 0.5484 × 15 %, of Ben 25 %, of Cem 0.9355 × 25 %: 67.9 % of two.
    let drag = org.messages(rule, "2027-01-10");
    assert_eq!(drag, ["Shipping spends 34% of its experienced members’ time on mentoring in May 2027"]);
    org.set("rule.mentors-short.percent", "35");
    assert!(org.found(rule, "2027-01-10").is_empty());
    org.set("rule.mentors-short.percent", "30");
    org.set("rule.mentors-short.months", "2");
    assert!(org.found(rule, "2027-01-10").is_empty(), "too far ahead");
}

/// Ada, with a planned last day, in a position.
fn leaving_position(more: Value) -> (Org, u64, u64) {
    let mut org = Org::default();
    let team = org.team("Cash");
    let mut position = json!({"key": "HC-1", "title": "Engineer", "team": team, "status": "open"});
    position.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let position = org.add(Kind::Position, position);
    let ada = org.add(Kind::Person, json!({"name": "Ada", "until": "2027-02-28"}));
    org.add(Kind::Assignment, json!({"position": position, "person": ada}));
    (org, position, ada)
}

#[test]
fn undecided_departure_offers_three_remedies() {
    let rule = "leaver-undecided";
    let (mut org, position, ada) = leaving_position(json!({}));
    let view = org.on(DAY);
    let finding = view.findings().iter().find(|finding| finding.rule.id == rule).unwrap();
    assert_eq!(finding.message, "Ada leaves HC-1 Engineer on 28 Feb 2027; no backfill decision");
    assert_eq!(finding.subject, EntityRef { kind: Kind::Position, id: position });
    assert_eq!(finding.day, "2027-02-28".parse().ok());
    assert_eq!(finding.evidence[0].entities, [EntityRef { kind: Kind::Person, id: ada }]);
    let remedies = headroom_analysis::remedies(&view.context(), finding);
    let labels: Vec<&str> = remedies.iter().map(|remedy| remedy.label.as_str()).collect();
    assert_eq!(labels, ["Backfill after 28 Feb 2027", "Close position on 28 Feb 2027", "Put on hold",]);
    for remedy in &remedies {
        let before = org.plan.clone();
        org.plan.apply(&remedy.changes).unwrap();
        assert!(org.found(rule, DAY).is_empty(), "{}", remedy.label);
        org.plan = before;
    }
    // Leaving decides nothing. Reported as far ahead, and back, as the policy says.
    let left = org.found(rule, "2027-03-01");
    assert_eq!(left[0].message, "Ada left HC-1 Engineer on 28 Feb 2027; no backfill decision");
    assert_eq!((left.len(), left[0].day, left[0].id == finding.id), (1, None, true));
    assert!(org.found(rule, "2028-02-29").is_empty());
    assert_eq!(org.found(rule, "2027-02-28").len(), 1);
    org.set("rule.leaver-undecided.days", "95");
    assert!(org.found(rule, DAY).is_empty());
    org.set("rule.leaver-undecided.days", "96");
    assert_eq!(org.found(rule, DAY).len(), 1);
}

#[test]
fn decided_departure_is_not_reported() {
    for decided in [
        json!({"until": "2027-02-28"}),
        json!({"status": "frozen"}),
        json!({"status": "closed"}),
        json!({"start": "2027-05-01"}),
    ] {
        let (org, ..) = leaving_position(decided.clone());
        assert!(org.found("leaver-undecided", DAY).is_empty(), "{decided}");
    }
    // A start in the past says nothing about the next occupant.
    let (mut org, position, _) = leaving_position(json!({"start": "2026-05-01"}));
    assert_eq!(org.found("leaver-undecided", DAY).len(), 1);
    let bo = org.add(Kind::Person, json!({"name": "Bo"}));
    org.add(Kind::Assignment, json!({"position": position, "person": bo, "from": "2027-02-01"}));
    assert!(org.found("leaver-undecided", DAY).is_empty(), "Bo follows");
}

#[test]
fn planned_position_needs_date_reason_and_salary() {
    let rule = "seat-incomplete";
    let mut org = Org::default();
    let cash = org.team("Cash");
    org.add(Kind::Position, json!({"key": "HC-1", "title": "Engineer", "team": cash}));
    assert_eq!(
        org.messages(rule, DAY),
        ["HC-1 Engineer is missing a start or needed-by date, a reason and a salary"]
    );
    let reported = |org: &Org, position: &str| {
        org.messages(rule, DAY).into_iter().find(|message| message.starts_with(position))
    };
    let whole = json!({"need_by": "2027-06-01", "reason": "growth", "pay": "60000 EUR"});
    let mut add = |key: &str, more: Value, without: &str| {
        let mut position = whole.clone();
        let fields = position.as_object_mut().unwrap();
        fields.extend(more.as_object().unwrap().clone());
        fields.insert("key".into(), json!(key));
        fields.remove(without);
        org.add(Kind::Position, position)
    };
    add("HC-2", json!({}), "");
    add("HC-3", json!({"start": "2027-03-01"}), "need_by");
    add("HC-4", json!({"level": "L3"}), "pay");
    add("HC-5", json!({}), "reason");
    // Positions on hold, or pooled, need none of this.
    add("HC-6", json!({"status": "frozen"}), "reason");
    add("HC-7", json!({"until": "2026-11-23"}), "reason");
    add("HC-8", json!({"pooled": true}), "reason");
    let taken = add("HC-9", json!({}), "reason");
    assert_eq!(reported(&org, "HC-4").as_deref(), Some("HC-4 is missing a salary"));
    assert_eq!(reported(&org, "HC-5").as_deref(), Some("HC-5 is missing a reason"));
    for position in ["HC-2", "HC-3", "HC-6", "HC-7", "HC-8"] {
        assert_eq!(reported(&org, position), None);
    }
    assert!(reported(&org, "HC-9").is_some());
    let ada = org.add(Kind::Person, json!({"name": "Ada"}));
    org.add(Kind::Assignment, json!({"position": taken, "person": ada}));
    assert_eq!(reported(&org, "HC-9"), None, "somebody is in it");
    // The salary may come from an assumption for the level.
    org.add(Kind::Assumption, json!({"kind": "base", "value": "70000 EUR", "level": "L3"}));
    assert_eq!(reported(&org, "HC-4"), None);
}

#[test]
fn position_on_another_team_than_its_person_is_left_behind() {
    let rule = "position-left-behind";
    let mut org = Org::default();
    let (cash, web) = (org.team("Cash"), org.team("Web"));
    let ada = org.add(Kind::Person, json!({"name": "Ada"}));
    let position = org.add(Kind::Position, json!({"key": "HC-1", "title": "Engineer", "team": cash}));
    org.add(Kind::Assignment, json!({"position": position, "person": ada, "from": "2026-01-01"}));
    assert!(org.found(rule, DAY).is_empty(), "who is on no team has left none");
    org.add(Kind::Membership, json!({"person": ada, "team": web, "from": "2026-01-01"}));
    let message = "HC-1 Engineer is on Cash, but Ada, who is in it, is on Web";
    assert_eq!(org.messages(rule, DAY), [message]);
    assert!(org.found(rule, "2025-12-31").is_empty());
    // On a team inside that of the position, and on both, it is where it belongs.
    for near in [json!({"name": "Till", "parent": cash}), json!({"name": "Cash"})] {
        let mut org = org.clone();
        let team = if near["name"] == "Cash" { cash } else { org.add(Kind::Team, near) };
        org.add(Kind::Membership, json!({"person": ada, "team": team, "from": "2026-01-01"}));
        assert!(org.found(rule, DAY).is_empty());
    }
    first_remedy_closes(&mut org, rule);
    assert_eq!(org.plan.positions.len(), 2, "what it was before stays on Cash");
}
