use std::sync::Arc;

use headroom_model::Kind;
use headroom_tests::rows;
use serde_json::{Value, json};

use super::*;
use crate::{DayView, rules::RULES};

#[derive(Default)]
struct Organisation {
    plan: Plan,
}

impl Organisation {
    fn add(&mut self, kind: Kind, values: Value) -> u64 {
        rows::add(&mut self.plan, kind, values)
    }

    /// The figure on a day, as it is asked for on another.
    fn on(&self, day: &str, asked_on: &str, expected: &str) -> FigureOutcome {
        let expected: ExpectedFigure = expected.parse().unwrap();
        let plan = Arc::new(self.plan.clone());
        let (day, asked_on) = (day.parse().unwrap(), asked_on.parse().unwrap());
        let view = DayView::asked_on(&plan, day, asked_on, None);
        let count =
            |is_counted: &dyn Fn(&Finding) -> bool| view.open_findings().filter(|it| is_counted(it)).count();
        outcome(&view.snapshot, asked_on.min(day), &expected, RULES, &count)
    }
}

/// Customs with Ada and Bo (half), Duties below it with Cy; one more is to join Customs on 1 March.
fn organisation() -> Organisation {
    let mut org = Organisation::default();
    let customs = org.add(Kind::Team, json!({"key": "customs", "name": "Customs"}));
    let duties = org.add(Kind::Team, json!({"key": "duties", "name": "Duties", "parent": customs}));
    for (at, (name, team, fte)) in
        [("Ada", customs, "1"), ("Bo", customs, "0.5"), ("Cy", duties, "1")].into_iter().enumerate()
    {
        let person = org.add(Kind::Person, json!({"name": name}));
        org.add(Kind::Membership, json!({"person": person, "team": team}));
        let key = format!("P{at}");
        let position = org.add(
            Kind::Position,
            json!({"key": key, "title": "Engineer", "team": team, "fte": fte, "pay": "100000 EUR"}),
        );
        org.add(Kind::Assignment, json!({"person": person, "position": position, "from": "2026-01-01"}));
    }
    org.add(
        Kind::Position,
        json!({
            "key": "HC-1", "title": "Engineer", "team": customs, "status": "open", "start": "2027-03-01",
            "pay": "60000 EUR",
        }),
    );
    org.add(Kind::Assumption, json!({"kind": "burden", "value": "20%"}));
    let service = org.add(Kind::Service, json!({"key": "tariffs", "name": "Tariffs"}));
    let owner = json!({"team": duties});
    org.add(Kind::Ownership, json!({"service": service, "owner": owner, "role": "owner"}));
    org.add(Kind::Service, json!({"key": "quotas", "name": "Quotas"}));
    org
}

fn number(outcome: &FigureOutcome) -> f64 {
    match outcome.reading {
        Ok(FigureReading::Number(number)) => number,
        ref other => panic!("{other:?}"),
    }
}

#[test]
fn planned_hires_count_on_days_that_have_not_come() {
    let org = organisation();
    let customs = "headcount for team customs at least 4 by 2027-06-01";
    let ahead = org.on("2027-06-01", "2026-12-01", customs);
    assert_eq!((number(&ahead), ahead.is_kept), (4.0, Some(true)));
    let passed = org.on("2027-06-01", "2027-06-02", customs);
    assert_eq!((number(&passed), passed.is_kept), (3.0, Some(false)));
    let fte = "fte for team customs at most 2.5 by 2027-06-01";
    assert_eq!(number(&org.on("2027-06-01", "2026-12-01", fte)), 3.5);
    assert_eq!(org.on("2027-06-01", "2027-06-02", fte).is_kept, Some(true));
    let own = "fte for team duties at least 1 by 2027-06-01";
    assert_eq!(number(&org.on("2027-06-01", "2027-06-02", own)), 1.0);
    let capacity = "capacity for team duties at least 1 by 2027-06-01";
    assert_eq!(number(&org.on("2027-06-01", "2027-06-02", capacity)), 1.0);
}

#[test]
fn a_cost_is_kept_to_the_cent_and_unknown_without_pay() {
    let mut org = organisation();
    // 100,000 and half of it, and as much for Duties, each with a fifth on top; from March 60,000 with a fifth.
    let cost = |org: &Organisation, bound: &str| {
        org.on(
            "2027-06-01",
            "2026-12-01",
            &format!("annual-cost for team customs at most {bound} by 2027-06-01"),
        )
    };
    let exact = cost(&org, "372000 EUR");
    assert_eq!(exact.reading, Ok(FigureReading::Amount("372000 EUR".parse().unwrap())));
    assert_eq!(exact.is_kept, Some(true));
    assert_eq!(cost(&org, "371999.99 EUR").is_kept, Some(false));
    let other = cost(&org, "400000 USD");
    assert_eq!(other.is_kept, None);
    assert_eq!(other.reading, Err("the plan has no exchange rate from USD to EUR on that day".to_owned()));
    let team = org.plan.find::<Team>("duties").unwrap().0;
    org.add(Kind::Position, json!({"key": "HC-2", "title": "X", "team": team, "start": "2027-02-01"}));
    let unknown = cost(&org, "900000 EUR");
    assert_eq!((unknown.reading.is_err(), unknown.is_kept), (true, None));
}

#[test]
fn findings_and_gaps_are_those_of_the_scope() {
    let org = organisation();
    let on = |expected: &str| org.on("2026-12-01", "2026-12-01", &format!("{expected} by 2026-12-01"));
    assert_eq!(number(&on("findings of unowned-service at most 0")), 1.0);
    assert_eq!(number(&on("findings of unowned-service for service quotas at most 0")), 1.0);
    assert_eq!(number(&on("findings of unowned-service for team customs at most 0")), 0.0);
    assert_eq!(number(&on("findings of bus-factor-one for team customs at most 0")), 1.0);
    let gaps = on("gaps for service quotas at most 0");
    assert_eq!((number(&gaps), gaps.is_kept), (1.0, Some(false)));
    // Tariffs has one responder: a gap of a team below.
    let below = number(&on("gaps for team customs at most 0"));
    assert!(below >= 1.0, "{below}");
    assert!(number(&on("gaps at most 0")) >= below + 1.0);
}

#[test]
fn what_the_plan_does_not_have_is_unknown() {
    let org = organisation();
    for (expected, reason) in [
        ("gaps for team gone at most 9", "the plan has no team “gone”"),
        ("gaps for service gone at most 9", "the plan has no service “gone”"),
        ("findings of gone at most 9", "there is no rule “gone”"),
    ] {
        let found = org.on("2026-12-01", "2026-12-01", &format!("{expected} by 2026-12-01"));
        assert_eq!((found.reading, found.is_kept), (Err(reason.to_owned()), None));
    }
}
