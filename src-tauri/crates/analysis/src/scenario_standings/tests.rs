use headroom_model::{Position, fields, merge::Patch};
use headroom_tests::rows;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

#[derive(Default)]
struct Organisation {
    plan: Plan,
}

impl Organisation {
    fn add(&mut self, kind: Kind, values: Value) -> u64 {
        rows::add(&mut self.plan, kind, values)
    }

    /// Changes of a scenario that sets these fields.
    fn sets(&self, edits: &[(Kind, u64, Value)]) -> Vec<Patch> {
        let mut draft = Draft::new(&self.plan);
        for (kind, id, values) in edits {
            rows::set(&mut draft, EntityRef { kind: *kind, id: *id }, values.clone());
        }
        draft.finish().iter().map(Patch::of).collect()
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

struct Scenarios {
    org: Organisation,
    ids: [ScenarioId; 2],
    position: u64,
    person: u64,
    membership: u64,
    teams: [u64; 2],
}

fn scenarios() -> Scenarios {
    let mut org = Organisation::default();
    let teams = ["Customs", "Duties"].map(|name| org.add(Kind::Team, json!({"name": name})));
    let person = org.add(Kind::Person, json!({"name": "Ada"}));
    let membership = org.add(Kind::Membership, json!({"person": person, "team": teams[0]}));
    let position = org.add(
        Kind::Position,
        json!({"key": "HC-1", "title": "Engineer", "team": teams[0], "start": "2027-03-01"}),
    );
    let ids = ["a", "b"].map(|key| ScenarioId(org.add(Kind::Scenario, json!({"key": key, "name": key}))));
    Scenarios { org, ids, position, person, membership, teams }
}

impl Scenarios {
    fn standings(&self, changes: [&[Patch]; 2]) -> ScenarioStandings {
        let open: Vec<OpenScenarioChanges<'_>> = self
            .ids
            .into_iter()
            .zip(changes)
            .map(|(scenario, changes)| OpenScenarioChanges { scenario, changes, behind_since: None })
            .collect();
        ScenarioStandings::new(&Arc::new(self.org.plan.clone()), &open, day("2026-12-01"))
    }

    fn overlap(&self, a: Value, b: Value) -> Vec<String> {
        let sets = |values: Value| self.org.sets(&[(Kind::Position, self.position, values)]);
        let found = self.standings([&sets(a), &sets(b)]).overlaps;
        found.into_iter().flat_map(|overlap| overlap.fields).map(|(_, field)| field).collect()
    }
}

#[test]
fn fields_that_two_scenarios_set_differently_are_listed() {
    let scenarios = scenarios();
    let may = || json!({"start": "2027-05-01"});
    assert_eq!(scenarios.overlap(may(), json!({"start": "2027-06-01", "title": "Lead"})), ["start"]);
    assert_eq!(scenarios.overlap(may(), may()), Vec::<String>::new());
    assert_eq!(scenarios.overlap(may(), json!({"title": "Lead"})), Vec::<String>::new());
}

#[test]
fn what_the_plan_has_already_is_no_overlap() {
    let mut scenarios = scenarios();
    let sets = |scenarios: &Scenarios, start: &str| {
        scenarios.org.sets(&[(Kind::Position, scenarios.position, json!({"start": start}))])
    };
    let (may, june) = (sets(&scenarios, "2027-05-01"), sets(&scenarios, "2027-06-01"));
    assert_eq!(scenarios.standings([&may, &june]).overlaps.len(), 1);
    let change = may[0].onto(&scenarios.org.plan).unwrap();
    scenarios.org.plan.apply(&[change]).unwrap();
    assert_eq!(scenarios.standings([&may, &june]).overlaps, []);
}

#[test]
fn what_one_has_made_and_the_other_has_begun_with_is_compared_field_by_field() {
    let scenarios = scenarios();
    let made = |fields: Value| {
        let after = fields.as_object().cloned();
        vec![Patch { kind: Kind::Position, id: 77, before: None, after }]
    };
    let (one, other) =
        (made(json!({"key": "N", "title": "Engineer"})), made(json!({"key": "N", "level": "L4"})));
    let found = scenarios.standings([&one, &other]).overlaps;
    let fields: Vec<&str> = found[0].fields.iter().map(|(_, field)| field.as_str()).collect();
    assert_eq!(fields, ["level", "title"]);
    assert_eq!(scenarios.standings([&one, &one]).overlaps, []);
}

#[test]
fn one_that_removes_what_the_other_changes_overlaps_with_it() {
    let scenarios = scenarios();
    let mut draft = Draft::new(&scenarios.org.plan);
    draft.remove::<Position>(scenarios.position.into());
    let removed: Vec<Patch> = draft.finish().iter().map(Patch::of).collect();
    let sets = scenarios.org.sets(&[(Kind::Position, scenarios.position, json!({"title": "Lead"}))]);
    let found = scenarios.standings([&sets, &removed]).overlaps;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].fields[0].1, "");
}

#[test]
fn who_is_taken_off_a_team_and_placed_nowhere_is_held() {
    let scenarios = scenarios();
    let [_, duties] = scenarios.teams;
    let off = scenarios.org.sets(&[
        (Kind::Membership, scenarios.membership, json!({"until": "2027-01-31"})),
        (Kind::Position, scenarios.position, json!({"team": ""})),
    ]);
    let moved = scenarios.org.sets(&[(Kind::Membership, scenarios.membership, json!({"team": duties}))]);
    let held = scenarios.standings([&off, &moved]).held;
    let who = vec![
        EntityRef { kind: Kind::Person, id: scenarios.person },
        EntityRef { kind: Kind::Position, id: scenarios.position },
    ];
    assert_eq!(held, [(scenarios.ids[0], who)]);
}

proptest! {
    /// Looking at memberships alone leaves out nobody whom whole plans show.
    #[test]
    fn nobody_who_is_held_is_left_out(edits in prop::collection::vec((0_usize..4, 0_u8..5, 0_u32..4), 0..6)) {
        let mut org = Organisation::default();
        let teams = ["Customs", "Duties"].map(|name| org.add(Kind::Team, json!({"name": name})));
        let people = ["Ada", "Bo"].map(|name| org.add(Kind::Person, json!({"name": name})));
        let rows: Vec<u64> = (0..4)
            .map(|at| {
                let until = if at == 3 { json!("2027-01-15") } else { Value::Null };
                let row = json!({"person": people[at % 2], "team": teams[at / 2], "until": until});
                org.add(Kind::Membership, row)
            })
            .collect();
        let mut draft = Draft::new(&org.plan);
        for (at, action, day) in edits {
            let day = format!("2027-0{}-01", day + 1);
            let subject = EntityRef { kind: Kind::Membership, id: rows[at] };
            let (field, value) = match action {
                0 => ("until", json!(day)),
                1 => ("from", json!(day)),
                2 => ("team", json!(teams[1 - at / 2])),
                3 => ("person", json!(people[(at + 1) % 2])),
                _ => {
                    draft.remove::<Membership>(rows[at].into());
                    continue;
                }
            };
            // What was removed, or would end before it begins, is left as it is.
            let _ = fields::set(&mut draft, subject, &[(field.to_owned(), value)]);
        }
        let changes: Vec<Patch> = draft.finish().iter().map(Patch::of).collect();
        let (plan, today) = (Arc::new(org.plan), day("2026-12-01"));
        prop_assert_eq!(held(&plan, &changes, today), held_of_plans(&plan, &changes, today));
    }
}
