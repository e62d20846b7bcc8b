#![allow(clippy::unwrap_used)]

use chrono::NaiveDate;
use headroom_model::{
    Action, ActionState, Draft, Incident, IncidentMoment, Membership, Owner, Ownership, Person, Plan,
    Service, Snapshot, Team, TimeWarning, role, transfer_ownership,
};

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn incident(times: [(&str, &str); 3]) -> Incident {
    let mut incident = Incident { key: "i".into(), title: "I".into(), ..Incident::default() };
    for (moment, time) in times {
        let time = (!time.is_empty()).then(|| time.parse().unwrap());
        match moment {
            "detected" => incident.detected = time,
            "repaired" => incident.repaired = time,
            _ => incident.resolved = time,
        }
    }
    incident
}

#[test]
fn durations_are_by_the_clock_and_never_of_uncertain_times() {
    let sure = incident([
        ("detected", "2027-03-12 08:05"),
        ("repaired", "2027-03-12 09:10"),
        ("resolved", "2027-03-13 08:05"),
    ]);
    let times = IncidentTimes::of(&sure);
    assert_eq!((times.repair.by_clock, times.resolution.by_clock), (Some(65), Some(1440)));
    assert!(times.warnings.is_empty());

    let swapped = incident([
        ("detected", "2027-03-12 08:05"),
        ("repaired", "2027-03-13 09:10"),
        ("resolved", "2027-03-12 09:05"),
    ]);
    let times = IncidentTimes::of(&swapped);
    assert_eq!(times.warnings, ["resolved before repaired"]);
    assert_eq!((times.repair.by_clock, times.resolution.by_clock), (None, None));

    let far = incident([
        ("detected", "2027-03-12 08:05"),
        ("repaired", "2027-03-12 09:05"),
        ("resolved", "2027-04-12 08:05"),
    ]);
    let times = IncidentTimes::of(&far);
    assert_eq!(times.warnings, ["resolved more than 30 days after detected"; 1].map(str::to_owned).to_vec());
    assert_eq!((times.repair.by_clock, times.resolution.by_clock), (Some(60), None));

    let warning =
        TimeWarning { moment: IncidentMoment::Detected, words: "year 2026 in a report of 2027".into() };
    let warned = Incident { warnings: vec![warning], ..sure.clone() };
    assert_eq!(IncidentTimes::of(&warned).repair.by_clock, None);
    let on_a_day = Incident { repaired: Some("2027-03-12".parse().unwrap()), ..sure };
    assert_eq!(IncidentTimes::of(&on_a_day).repair.by_clock, None, "the time of day is not known");
}

#[test]
fn means_and_medians_leave_out_what_is_not_known() {
    let of = |minutes: u32| {
        let repaired = format!("2027-03-12 {:02}:{:02}", 8 + minutes / 60, minutes % 60);
        incident([("detected", "2027-03-12 08:00"), ("repaired", &repaired), ("resolved", "")])
    };
    let all = [
        of(10),
        of(20),
        of(60),
        of(110),
        incident([("detected", "2027-03-12 08:00"), ("repaired", ""), ("resolved", "")]),
    ];
    let times = RepairTimes::of(&all);
    assert_eq!((times.incidents, times.repair_by_clock.count), (5, 4));
    assert_eq!((times.repair_by_clock.mean, times.repair_by_clock.median), (Some(50.0), Some(40.0)));
    assert_eq!(times.resolution_by_clock, DurationSummary::default());
    assert_eq!([5, 65, 120, 1500, 0].map(duration_words), ["5 min", "1 h 5 min", "2 h", "1 d 1 h", "0 min"]);
}

/// A service of team a with an action opened in January; a person on each of two teams.
fn organisation() -> (Plan, Action, [headroom_model::TeamId; 2], headroom_model::ServiceId) {
    let empty = Plan::default();
    let mut draft = Draft::new(&empty);
    let teams = ["a", "b"].map(|name| {
        let id = draft.new_id::<Team>();
        draft.put(Team { id, key: name.into(), name: name.into(), ..Team::default() });
        let person = draft.new_id::<Person>();
        draft.put(Person {
            id: person,
            key: format!("p-{name}"),
            name: format!("P {name}"),
            ..Person::default()
        });
        let membership = draft.new_id::<Membership>();
        draft.put(Membership { id: membership, person, team: id, ..Membership::default() });
        id
    });
    let service = draft.new_id::<Service>();
    draft.put(Service {
        id: service,
        key: "s".into(),
        name: "S".into(),
        tier: Some(1),
        ..Service::default()
    });
    let ownership = draft.new_id::<Ownership>();
    draft.put(Ownership {
        id: ownership,
        service,
        owner: Owner::Team(teams[0]),
        role: role::OWNER.into(),
        ..Ownership::default()
    });
    let id = draft.new_id::<Action>();
    let opened = Some(day("2027-01-10"));
    let action = Action {
        id,
        key: "x".into(),
        title: "X".into(),
        service: Some(service),
        opened,
        ..Action::default()
    };
    draft.put(action.clone());
    let changes = draft.finish();
    let mut plan = Plan::default();
    plan.apply(&changes).unwrap();
    (plan, action, teams, service)
}

fn status(plan: &Plan, on: &str) -> Option<ActionStatus> {
    let snapshot = Snapshot::new(std::sync::Arc::new(plan.clone()), day(on));
    action_statuses(&snapshot, day(on), DueAfter { important_days: 28, other_days: 56 }).pop()
}

#[test]
fn an_action_follows_its_service_and_says_that_it_did() {
    let (mut plan, action, [a, b], service) = organisation();
    let mut draft = Draft::new(&plan);
    transfer_ownership(&mut draft, service, Some(Owner::Team(b)), role::OWNER, day("2027-02-01"));
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    assert!(status(&plan, "2027-01-09").is_none(), "not opened yet");
    let before = status(&plan, "2027-01-31").unwrap();
    assert_eq!((before.owners, before.lost), (vec![Owner::Team(a)], None));
    let after = status(&plan, "2027-02-01").unwrap();
    assert_eq!(after.owners, [Owner::Team(b)]);
    let handed_over = LostOwner::HandedOver { before: vec![Owner::Team(a)], on: Some(day("2027-02-01")) };
    assert_eq!(after.lost, Some(handed_over));
    assert_eq!((after.due, after.is_due_assumed, after.overdue_days), (Some(day("2027-02-07")), true, None));
    assert_eq!(status(&plan, "2027-02-08").unwrap().overdue_days, Some(1));

    let mut draft = Draft::new(&plan);
    draft.put(Action { team: Some(b), ..action.clone() });
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    assert_eq!(status(&plan, "2027-02-01").unwrap().lost, None, "its new owner has taken it");

    let mut draft = Draft::new(&plan);
    draft.put(Action { state: ActionState::Done, closed: Some(day("2027-02-05")), ..action });
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    assert_eq!(status(&plan, "2027-02-04").unwrap().state, ActionState::Open);
    let closed = status(&plan, "2027-03-01").unwrap();
    assert_eq!((closed.state, closed.overdue_days, closed.lost), (ActionState::Done, None, None));
}

#[test]
fn an_owner_that_is_gone_or_empty_has_lost_the_action() {
    let (mut plan, _, [a, _], service) = organisation();
    let mut draft = Draft::new(&plan);
    let team = plan.get::<Team>(a).unwrap().clone();
    draft.put(Team { until: Some(day("2027-02-01")), ..team });
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    assert_eq!(status(&plan, "2027-02-02").unwrap().lost, Some(LostOwner::Gone(Owner::Team(a))));
    let mut draft = Draft::new(&plan);
    transfer_ownership(&mut draft, service, None, role::OWNER, day("2027-02-01"));
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    assert_eq!(status(&plan, "2027-02-02").unwrap().lost, Some(LostOwner::Nobody));
}
