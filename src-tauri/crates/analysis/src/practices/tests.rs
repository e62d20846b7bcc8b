use headroom_model::{
    Draft, Membership, Metric, Objective, Observation, Owner, Ownership, Person, Plan, Service, Snapshot,
    Team, known_practices::tier_requirement,
};
use std::sync::Arc;

use super::*;

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

/// A plan with one service of tier 1, which a team with one person owns, and the practice `ci-cd`.
struct World {
    plan: Plan,
    service: headroom_model::ServiceId,
    metric: headroom_model::MetricId,
}

impl World {
    fn new(levels: &[(&str, &str, Option<&str>, Option<&str>)]) -> Self {
        let mut plan = Plan::default();
        let mut draft = Draft::new(&plan);
        let (service, metric) = (draft.new_id::<Service>(), draft.new_id::<Metric>());
        let (team, person) = (draft.new_id::<Team>(), draft.new_id::<Person>());
        draft.put(Service {
            id: service,
            key: "cart".into(),
            name: "Cart".into(),
            tier: Some(1),
            ..Service::default()
        });
        draft.put(Metric {
            id: metric,
            key: "ci-cd".into(),
            unit: "level".into(),
            period: headroom_model::PeriodLength::Day,
            ..Metric::default()
        });
        draft.put(Team { id: team, key: "shop".into(), name: "Shop".into(), ..Team::default() });
        draft.put(Person { id: person, key: "ada".into(), name: "Ada".into(), ..Person::default() });
        let id = draft.new_id::<Ownership>();
        let role = headroom_model::role::OWNER.to_owned();
        draft.put(Ownership { id, service, owner: Owner::Team(team), role, ..Ownership::default() });
        let id = draft.new_id::<Membership>();
        draft.put(Membership { id, person, team, until: Some(day("2027-03-31")), ..Membership::default() });
        for (on, value, from, until) in levels {
            let id = draft.new_id::<Observation>();
            draft.put(Observation {
                id,
                metric,
                service: Some(service),
                first: day(on),
                last: day(on),
                value: value.parse().unwrap(),
                from: from.map(day),
                until: until.map(day),
                ..Observation::default()
            });
        }
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        Self { plan, service, metric }
    }

    fn require(&mut self, level: u32, from: Option<&str>) {
        let mut draft = Draft::new(&self.plan);
        let metric = self.plan.get::<Metric>(self.metric).unwrap();
        let id = draft.new_id::<Objective>();
        let from = from.map(day);
        let key = format!("at-{level}");
        draft.put(Objective { id, key, from, ..tier_requirement(metric, 1, level) });
        let changes = draft.finish();
        self.plan.apply(&changes).unwrap();
    }

    fn snapshot(&self, on: &str) -> Snapshot {
        Snapshot::new(Arc::new(self.plan.clone()), day(on))
    }

    fn cell(&self, on: &str) -> PracticeCell {
        PracticeMatrix::new(&self.snapshot(on)).rows[0].cells[0].clone()
    }

    fn state(&self, on: &str) -> PracticeState {
        self.cell(on).state
    }
}

#[test]
fn the_newest_level_counts_from_its_day_and_gets_stale() {
    let mut world = World::new(&[("2026-01-10", "2", None, None), ("2026-03-01", "3", None, None)]);
    world.require(3, None);
    assert_eq!(world.state("2026-01-09"), PracticeState::Unknown);
    assert_eq!(world.state("2026-02-28"), PracticeState::Below);
    let cell = world.cell("2026-03-05");
    assert_eq!((cell.state, cell.reading.age_days), (PracticeState::Met, Some(4)));
    assert_eq!(
        cell.reading.before.map(|(value, on)| (value.to_string(), on)),
        Some(("2".into(), day("2026-01-10")))
    );
    assert_eq!(world.state("2026-08-28"), PracticeState::Met);
    assert_eq!(world.state("2026-08-29"), PracticeState::Stale);
}

#[test]
fn a_low_level_stays_low_however_old() {
    let mut world = World::new(&[("2025-01-10", "1", None, None)]);
    world.require(3, None);
    assert_eq!(world.state("2027-01-10"), PracticeState::Below);
}

#[test]
fn ended_evidence_does_not_bring_back_what_was_before() {
    let mut world =
        World::new(&[("2026-01-10", "3", None, None), ("2026-02-01", "4", None, Some("2026-05-31"))]);
    world.require(3, None);
    assert_eq!(world.state("2026-05-31"), PracticeState::Met);
    let cell = world.cell("2026-06-01");
    let ended = Standing::Unknown(WhyUnknown::EvidenceEnded(day("2026-05-31")));
    assert_eq!((cell.state, cell.reading.standing), (PracticeState::Unknown, ended));
}

#[test]
fn not_applicable_and_undetermined_are_neither_met_nor_below() {
    let mut world =
        World::new(&[("2026-01-10", "n/a", None, None), ("2026-02-01", "undetermined", None, None)]);
    world.require(3, None);
    assert_eq!(world.state("2026-01-31"), PracticeState::NotApplicable);
    assert_eq!(world.state("2026-02-01"), PracticeState::Unknown);
    assert!(!world.cell("2026-01-31").is_to_do());
    assert!(world.cell("2026-02-01").is_to_do());
}

#[test]
fn a_restated_level_is_what_was_believed_that_day() {
    let world = World::new(&[
        ("2026-01-10", "2", None, Some("2026-03-31")),
        ("2026-01-10", "4", Some("2026-04-01"), None),
    ]);
    let value = |on| world.cell(on).reading.value().unwrap().to_string();
    assert_eq!((value("2026-03-31"), value("2026-04-01")), ("2".into(), "4".into()));
    let twice = World::new(&[("2026-01-10", "2", None, None), ("2026-01-10", "4", None, None)]);
    assert_eq!(twice.cell("2026-02-01").reading.standing, Standing::Unknown(WhyUnknown::Twice));
}

#[test]
fn a_requirement_of_a_tier_follows_the_services() {
    let mut world = World::new(&[("2026-01-10", "2", None, None)]);
    world.require(3, None);
    assert_eq!(world.state("2026-02-01"), PracticeState::Below);
    let mut draft = Draft::new(&world.plan);
    let row = world.plan.get::<Service>(world.service).unwrap();
    draft.put(Service { tier: Some(2), ..row.clone() });
    let changes = draft.finish();
    world.plan.apply(&changes).unwrap();
    assert_eq!(world.state("2026-02-01"), PracticeState::NotRequired);
}

#[test]
fn what_is_required_next_quarter_and_who_will_be_gone() {
    let mut world = World::new(&[("2026-11-10", "3", None, None)]);
    world.require(3, None);
    world.require(4, Some("2027-06-01"));
    let cell = world.cell("2026-11-30");
    assert_eq!(
        (cell.state, cell.next.clone()),
        (PracticeState::Met, None),
        "that is in the quarter after next"
    );
    let snapshot = world.snapshot("2027-01-05");
    let matrix = PracticeMatrix::new(&snapshot);
    let cell = &matrix.rows[0].cells[0];
    assert_eq!(cell.next.as_ref().and_then(|next| next.from), Some(day("2027-06-01")));
    assert!(cell.is_to_do());
    let on = AccountableOn::new(&snapshot);
    let found = campaigns(&snapshot, &matrix, &on);
    assert_eq!((found.len(), found[0].below.len(), found[0].without_owner.len()), (1, 1, 1));
    let (_, owner) = &found[0].without_owner[0];
    assert_eq!((owner.owners.len(), owner.people, owner.leavers.len()), (1, 0, 1));
}

#[test]
fn a_gate_waits_for_all_services_of_a_tier() {
    use crate::gates::{ObjectiveState, objective_readings};
    let mut world = World::new(&[("2026-01-10", "2", None, None), ("2026-03-01", "3", None, None)]);
    world.require(3, None);
    let id = world.plan.objectives.iter().next().unwrap().id;
    let state = |on| objective_readings(&world.plan, &[id], day(on))[0].1.state;
    assert_eq!(state("2026-03-01"), ObjectiveState::NotMet);
    assert_eq!(state("2026-03-02"), ObjectiveState::Met);
    assert_eq!(state("2026-12-01"), ObjectiveState::Unknown, "it is too old to open a gate");
}
