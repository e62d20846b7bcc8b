//! Small plans for tests of rules, built by hand, and their findings.
#![allow(dead_code)]

use std::sync::Arc;

use headroom_analysis::{DayView, Finding};
use headroom_model::{Draft, EntityRef, Kind, Plan};
use headroom_tests::rows;
use serde_json::{Value, json};

/// A plan under construction. Rows refer to others by id.
#[derive(Clone, Default)]
pub struct Org {
    pub plan: Plan,
}

impl Org {
    pub fn add(&mut self, kind: Kind, values: Value) -> u64 {
        rows::add(&mut self.plan, kind, values)
    }

    /// Sets fields of an entity.
    pub fn alter(&mut self, kind: Kind, id: u64, values: Value) {
        let mut draft = Draft::new(&self.plan);
        rows::set(&mut draft, EntityRef { kind, id }, values);
        let changes = draft.finish();
        self.plan.apply(&changes).unwrap();
    }

    pub fn team(&mut self, name: &str) -> u64 {
        self.add(Kind::Team, json!({"name": name}))
    }

    /// Adds people to a team, all at one location.
    pub fn staff(&mut self, team: u64, count: usize, location: &str) -> Vec<u64> {
        (0..count)
            .map(|at| {
                let name = format!("P{team}-{at}-{location}");
                let person = self.add(Kind::Person, json!({"name": name, "location": location}));
                self.add(Kind::Membership, json!({"person": person, "team": team, "role": "member"}));
                person
            })
            .collect()
    }

    pub fn service(&mut self, values: Value) -> u64 {
        self.add(Kind::Service, values)
    }

    pub fn own(&mut self, service: u64, team: u64, more: Value) -> u64 {
        let mut values = json!({"service": service, "owner": {"team": team}, "role": "owner"});
        values.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.add(Kind::Ownership, values)
    }

    pub fn need(&mut self, service: u64, depends_on: u64, criticality: &str) {
        let values = json!({"service": service, "depends_on": depends_on, "criticality": criticality});
        self.add(Kind::Dependency, values);
    }

    pub fn set(&mut self, key: &str, value: &str) {
        let mut draft = Draft::new(&self.plan);
        draft.set(key, value);
        let changes = draft.finish();
        self.plan.apply(&changes).unwrap();
    }

    pub fn on(&self, day: &str) -> DayView {
        DayView::new(&Arc::new(self.plan.clone()), day.parse().unwrap(), None)
    }

    pub fn found(&self, rule: &str, day: &str) -> Vec<Finding> {
        self.on(day).findings().iter().filter(|finding| finding.rule.id == rule).cloned().collect()
    }

    pub fn messages(&self, rule: &str, day: &str) -> Vec<String> {
        self.found(rule, day).into_iter().map(|finding| finding.message).collect()
    }
}

/// The text of a finding's evidence with this label.
pub fn words(finding: &Finding, label: &str) -> String {
    finding.evidence.iter().find(|evidence| evidence.label == label).unwrap().text.clone()
}
