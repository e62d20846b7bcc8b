//! The rules about teams with tickets and calls: when each reports something and when it does not.

use headroom_model::Kind;
use serde_json::{Value, json};

use crate::org::{Org, words};

const DAY: &str = "2026-12-10";

/// A team of two with 104 hours a month each, and tickets of an hour.
struct Desk {
    org: Org,
    team: u64,
}

impl Desk {
    fn new() -> Self {
        let mut org = Org::default();
        let team = org.team("Support");
        for (kind, value) in [("handle-time", "60"), ("support-occupancy", "75%"), ("shrinkage", "20%")] {
            org.add(Kind::Assumption, json!({"kind": kind, "value": value}));
        }
        for (key, metric) in [("tickets-created", "flow"), ("fcr", "ratio"), ("first-reply-minutes", "ratio")]
        {
            org.add(Kind::Metric, json!({"key": key, "kind": metric, "period": "month"}));
        }
        for at in 0..2 {
            let person = org.add(Kind::Person, json!({"name": format!("P{at}")}));
            let position =
                org.add(Kind::Position, json!({"key": format!("S{at}"), "team": team, "status": "open"}));
            org.add(Kind::Assignment, json!({"position": position, "person": person, "from": "2024-01-01"}));
        }
        Self { org, team }
    }

    fn metric(&self, key: &str) -> u64 {
        self.org.plan.metrics.iter().find(|metric| metric.key == key).unwrap().id.0
    }

    /// Figures of June to November 2026, of the team.
    fn figures(&mut self, key: &str, values: [&str; 6]) {
        let metric = self.metric(key);
        let days = [30, 31, 31, 30, 31, 30];
        for (at, value) in values.iter().enumerate() {
            let month = at + 6;
            let (first, last) = (format!("2026-{month:02}-01"), format!("2026-{month:02}-{}", days[at]));
            let row =
                json!({"metric": metric, "first": first, "last": last, "value": value, "team": self.team});
            self.org.add(Kind::Observation, row);
        }
    }

    fn growing() -> Self {
        let mut desk = Self::new();
        desk.figures("tickets-created", ["120", "130", "140", "150", "160", "170"]);
        desk
    }

    fn steady() -> Self {
        let mut desk = Self::new();
        desk.figures("tickets-created", ["150"; 6]);
        desk
    }

    /// One of the two leaves, and nobody comes after them.
    fn one_leaves(&mut self, last_day: &str) {
        let row = self.org.plan.assignments.iter().next().unwrap();
        let (assignment, position) = (row.id.0, row.position.0);
        self.org.alter(Kind::Assignment, assignment, json!({"until": last_day}));
        self.org.alter(Kind::Position, position, json!({"status": "closed"}));
    }

    fn position(&mut self, more: Value) -> u64 {
        let mut row =
            json!({"team": self.team, "title": "Agent", "reason": "support load", "status": "approved"});
        row.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.org.add(Kind::Position, row)
    }
}

#[test]
fn a_team_that_its_work_outgrows_is_found_with_the_last_day_to_open_a_position() {
    let desk = Desk::growing();
    let found = desk.org.found("support-falls-short", DAY);
    let messages: Vec<&str> = found.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(messages, ["Support needs 2.02 people for support from March 2027, 2.00 are there"]);
    assert_eq!(words(&found[0], "A position had to be open by"), "5 Aug 2026");
    assert_eq!(words(&found[0], "Time for each"), "60.0 minutes");
    assert_eq!(words(&found[0], "Month"), "Dec 2026: 180 tickets and calls, 1.73 people needed, 2.00 there");
    // Of the months to May, one month more has to be short.
    assert_eq!(desk.org.messages("support-falls-short", "2026-10-10"), [""; 0]);
}

#[test]
fn somebody_who_leaves_is_missing_and_a_hire_counts_once_productive() {
    let mut desk = Desk::steady();
    assert_eq!(desk.org.messages("support-falls-short", DAY), [""; 0]);
    desk.one_leaves("2027-01-31");
    let found = desk.org.messages("support-falls-short", DAY);
    assert_eq!(found, ["Support needs 1.44 people for support from February 2027, 1.00 are there"]);
    desk.position(json!({"key": "HC-1", "status": "offered", "start": "2026-12-15"}));
    let found = desk.org.messages("support-falls-short", DAY);
    assert!(found.first().is_none_or(|said| !said.contains("1.00 are there")), "{found:?}");
}

#[test]
fn a_hire_for_support_that_has_enough_people_is_found() {
    let mut desk = Desk::steady();
    desk.position(json!({"key": "HC-1", "start": "2027-03-01"}));
    desk.position(json!({"key": "HC-2", "start": "2027-04-01", "reason": "growth"}));
    let found = desk.org.found("support-hire-not-needed", DAY);
    let messages: Vec<&str> = found.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(
        messages,
        ["HC-1 Agent is planned for support load, but Support has enough people without this hire"]
    );
    let view = desk.org.on(DAY);
    let remedies = headroom_analysis::remedies(&view.context(), &found[0]);
    assert!(!remedies.is_empty());

    let mut growing = Desk::growing();
    growing.position(json!({"key": "HC-1", "start": "2027-01-01"}));
    assert_eq!(growing.org.messages("support-hire-not-needed", DAY), [""; 0]);
}

#[test]
fn a_hire_stays_while_customers_wait_longer_than_promised() {
    let mut desk = Desk::steady();
    desk.position(json!({"key": "HC-1", "start": "2027-03-01"}));
    desk.figures("first-reply-minutes", ["50", "50", "50", "50", "70", "80"]);
    let metric = desk.metric("first-reply-minutes");
    let promise =
        json!({"key": "reply", "metric": metric, "team": desk.team, "op": "<", "value": "60", "periods": 1});
    desk.org.add(Kind::Objective, promise);
    assert_eq!(desk.org.messages("support-hire-not-needed", DAY), [""; 0]);
}

#[test]
fn of_two_hires_only_the_one_too_many_is_found() {
    let mut desk = Desk::new();
    // One of two is enough for no month, and three are too many.
    desk.figures("tickets-created", ["200", "205", "208", "200", "200", "205"]);
    desk.org.add(Kind::Assumption, json!({"kind": "mentor-drag", "value": "0%"}));
    desk.org.add(Kind::Assumption, json!({"kind": "ramp", "value": "100%"}));
    desk.org.add(Kind::Assumption, json!({"kind": "interviews", "value": "0"}));
    desk.one_leaves("2026-12-31");
    desk.position(json!({"key": "HC-1", "start": "2027-01-01"}));
    desk.position(json!({"key": "HC-2", "start": "2027-01-02"}));
    let found = desk.org.messages("support-hire-not-needed", DAY);
    assert_eq!(
        found,
        ["HC-2 Agent is planned for support load, but Support has enough people without this hire"]
    );
}

#[test]
fn knowledge_is_missing_where_first_contact_falls_without_more_tickets() {
    let mut desk = Desk::steady();
    desk.figures("fcr", ["0.5", "0.5", "0.48", "0.46", "0.44", "0.43"]);
    assert_eq!(
        desk.org.messages("train-rather-than-hire", DAY),
        [
            "Support solves 43 % of its tickets at first contact in November 2026, after 48 % in August 2026, though nobody has \
          more of them"
        ]
    );
    let mut less = Desk::steady();
    less.figures("fcr", ["0.5", "0.5", "0.48", "0.46", "0.44", "0.44"]);
    assert_eq!(less.org.messages("train-rather-than-hire", DAY), [""; 0]);
    let mut more = Desk::growing();
    more.figures("fcr", ["0.5", "0.5", "0.48", "0.46", "0.44", "0.30"]);
    assert_eq!(more.org.messages("train-rather-than-hire", DAY), [""; 0], "people are too few there");
}
