//! The rules about scenarios: when each reports something and when it does not.

use std::sync::Arc;

use crate::org::Org;
use headroom_analysis::{
    DayView, Outside,
    scenario_standings::{ScenarioOverlap, ScenarioStandings},
};
use headroom_model::{EntityRef, Kind, ScenarioId};
use serde_json::json;

#[test]
fn a_scenario_is_decided_by_its_day() {
    let mut org = Org::default();
    let owner = org.add(Kind::Person, json!({"name": "Ada Okafor"}));
    let fields = json!({"key": "split", "name": "Split Payments", "decide_by": "2026-11-23", "owner": owner});
    org.add(Kind::Scenario, fields);
    org.add(Kind::Scenario, json!({"key": "hire", "name": "Hire two"}));
    for (key, state) in [("old", "merged"), ("bad", "dropped")] {
        org.add(Kind::Scenario, json!({"key": key, "name": key, "decide_by": "2026-01-01", "state": state}));
    }
    let found = |day: &str| {
        let view = org.on(day);
        let found = view.findings().iter().filter(|finding| finding.rule.id == "scenario-undecided");
        found.map(|finding| (finding.id.clone(), finding.message.clone())).collect::<Vec<_>>()
    };
    assert_eq!(found("2026-11-23"), []);
    assert_eq!(
        found("2026-11-24"),
        [(
            "scenario-undecided/split".to_owned(),
            "Scenario “Split Payments” was to be decided by 23 Nov 2026".to_owned()
        )]
    );
}

#[test]
fn a_figure_that_did_not_come_true_is_found_once_its_day_has_passed() {
    let mut org = Org::default();
    let customs = org.add(Kind::Team, json!({"key": "customs", "name": "Customs"}));
    org.staff(customs, 1, "Lyon");
    let late = org.service(json!({"key": "tariffs", "name": "Tariffs"}));
    org.own(late, customs, json!({"from": "2027-07-01"}));
    let figures = [
        "findings of unowned-service for service tariffs at most 0 by 2027-06-01",
        "headcount for team customs at least 1 by 2027-06-01",
    ];
    let scenario = |key: &str, state: &str, figures: &[&str]| json!({"key": key, "name": key, "state": state, "decided": "2027-01-01", "expected": figures});
    org.add(Kind::Scenario, scenario("hire", "merged", &figures));
    org.add(Kind::Scenario, scenario("bet", "open", &figures));
    org.add(Kind::Scenario, scenario("no", "dropped", &figures));
    org.add(Kind::Scenario, scenario("gone", "merged", &["gaps for team none at most 3 by 2027-08-01"]));
    let found = |day: &str| {
        let view = org.on(day);
        let found = view.findings().iter().filter(|finding| finding.rule.id == "expected-figure-missed");
        let mut found: Vec<String> = found.map(|finding| finding.message.clone()).collect();
        found.sort();
        found
    };
    assert_eq!(found("2027-06-01"), Vec::<String>::new());
    let missed =
        "Scenario “hire” expected findings “Unowned service” of Tariffs at most 0 by 1 Jun 2027: it was 1";
    assert_eq!(found("2027-06-02"), [missed]);
    assert_eq!(
        found("2027-08-02"),
        [
            "Scenario “gone” expected gaps of none at most 3 by 1 Aug 2027: unknown, since the plan has no team “none”",
            missed
        ]
    );
}

/// Two open scenarios, and the findings of a rule on a day on which they stand so.
fn found_with(
    rule: &str,
    on: &str,
    standings: impl Fn([ScenarioId; 2], EntityRef) -> ScenarioStandings,
) -> Vec<String> {
    let mut org = Org::default();
    let ids = ["hire", "split"]
        .map(|key| ScenarioId(org.add(Kind::Scenario, json!({"key": key, "name": key.to_uppercase()}))));
    let person = org.add(Kind::Person, json!({"name": "Ada Okafor"}));
    let scenarios = Arc::new(standings(ids, EntityRef { kind: Kind::Person, id: person }));
    let day = on.parse().unwrap();
    let view = DayView::with(&Arc::new(org.plan), day, Outside { today: Some(day), scenarios }, None);
    let found = view.findings().iter().filter(|finding| finding.rule.id == rule);
    found.map(|finding| finding.message.clone()).collect()
}

#[test]
fn a_scenario_may_be_behind_for_two_weeks() {
    let found = |on: &str| {
        found_with("scenario-behind", on, |[hire, _], _| ScenarioStandings {
            behind: vec![(hire, "2026-11-01".parse().unwrap())],
            ..ScenarioStandings::default()
        })
    };
    assert_eq!(found("2026-11-15"), Vec::<String>::new());
    assert_eq!(found("2026-11-16"), ["Scenario “HIRE” has been behind the plan for 15 days"]);
}

#[test]
fn scenarios_that_change_the_same_are_found_with_what_it_is() {
    let found = found_with("scenarios-overlap", "2026-11-15", |scenarios, person| {
        let fields = vec![(person, "location".to_owned())];
        let overlaps = vec![ScenarioOverlap { scenarios, fields }];
        ScenarioStandings { overlaps, ..ScenarioStandings::default() }
    });
    assert_eq!(found, ["Scenarios “HIRE” and “SPLIT” change the location of Ada Okafor differently"]);
}

#[test]
fn a_holding_area_is_to_be_empty() {
    let found = found_with("scenario-holds", "2026-11-15", |[_, split], person| ScenarioStandings {
        held: vec![(split, vec![person])],
        ..ScenarioStandings::default()
    });
    assert_eq!(found, ["Ada Okafor is on no team in scenario “SPLIT”"]);
}
