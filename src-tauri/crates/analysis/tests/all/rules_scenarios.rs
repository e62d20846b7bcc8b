//! The rules about scenarios: when each reports something and when it does not.

use crate::org::Org;
use headroom_model::Kind;
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
        let found = view.findings.iter().filter(|finding| finding.rule.id == "scenario-undecided");
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
