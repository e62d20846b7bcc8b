//! Tests of moving the plan with the start of a checklist.

use headroom_model::{Entity, Kind, PersonId, Service, Team, role};

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn on(text: &str) -> Option<NaiveDate> {
    Some(day(text))
}

struct Desk {
    plan: Plan,
    person: PersonId,
}

/// Ada on two teams and in a position, all with the same first and last day, and with a service that Ben had before.
fn desk() -> Desk {
    let mut plan = Plan::default();
    let mut draft = Draft::new(&plan);
    let [person, ben] = ["ada", "ben"].map(|key| {
        let id = draft.new_id::<Person>();
        let (key, name) = (key.to_owned(), key.to_owned());
        draft.put(Person {
            id,
            key,
            name,
            from: on("2027-01-11"),
            until: on("2027-06-30"),
            ..Person::default()
        });
        id
    });
    let position = draft.new_id::<Position>();
    let start = on("2027-01-11");
    draft.put(Position {
        id: position,
        key: "P-1".into(),
        title: "Engineer".into(),
        start,
        ..Position::default()
    });
    let (from, until) = (on("2027-01-11"), on("2027-06-30"));
    for (key, from, until) in
        [("old", None, on("2027-01-10")), ("new", from, until), ("other", on("2027-02-01"), None)]
    {
        let (team, id) = (draft.new_id::<Team>(), draft.new_id::<Membership>());
        draft.put(Team { id: team, key: key.into(), name: key.to_uppercase(), ..Team::default() });
        draft.put(Membership { id, person, team, from, until, ..Membership::default() });
    }
    let id = draft.new_id::<Assignment>();
    draft.put(Assignment { id, position, person, from, until, ..Assignment::default() });
    let service = draft.new_id::<Service>();
    draft.put(Service { id: service, key: "till".into(), name: "Till".into(), ..Service::default() });
    for (owner, from, until) in [(ben, None, on("2027-01-10")), (person, from, None)] {
        let id = draft.new_id::<Ownership>();
        draft.put(Ownership {
            id,
            service,
            owner: Owner::Person(owner),
            role: role::OWNER.to_owned(),
            from,
            until,
            ..Ownership::default()
        });
    }
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    Desk { plan, person }
}

/// The kinds of what was moved, and the plan afterwards.
fn moved(desk: &Desk, occasion: LifecycleEvent, start: &str, to: &str) -> (Vec<Kind>, Plan) {
    let service = desk.plan.services.iter().next().map(|row| row.id);
    let list =
        Checklist { person: desk.person, occasion, start: day(start), service, ..Checklist::default() };
    let mut draft = Draft::new(&desk.plan);
    let moved = move_along(&mut draft, &desk.plan, &list, day(to));
    let changes = draft.finish();
    let mut plan = desk.plan.clone();
    plan.apply(&changes).unwrap();
    (moved.into_iter().map(|row| row.kind).collect(), plan)
}

#[test]
fn moving_a_joining_moves_membership_and_assignment() {
    let desk = desk();
    let (kinds, plan) = moved(&desk, LifecycleEvent::Join, "2027-01-11", "2027-01-18");
    assert_eq!(kinds, [Kind::Person, Kind::Membership, Kind::Position, Kind::Assignment]);
    assert_eq!(plan.people.get(desk.person).unwrap().from, on("2027-01-18"));
    assert!(plan.assignments.iter().all(|row| row.from == on("2027-01-18")));
    assert!(plan.positions.iter().all(|row| row.start == on("2027-01-18")));
    let days: Vec<_> = plan.memberships.iter().map(|row| (row.from, row.until)).collect();
    let old = (None, on("2027-01-10"));
    assert_eq!(days, [old, (on("2027-01-18"), on("2027-06-30")), (on("2027-02-01"), None)]);
}

#[test]
fn moving_a_departure_moves_every_last_day() {
    let desk = desk();
    let (kinds, plan) = moved(&desk, LifecycleEvent::Leave, "2027-06-30", "2027-07-31");
    assert_eq!(kinds, [Kind::Person, Kind::Membership, Kind::Assignment]);
    assert_eq!(plan.people.get(desk.person).unwrap().until, on("2027-07-31"));
}

#[test]
fn moving_a_transfer_moves_the_end_of_its_predecessor() {
    let desk = desk();
    let (kinds, plan) = moved(&desk, LifecycleEvent::Move, "2027-01-11", "2027-02-08");
    assert_eq!(kinds, [Kind::Membership, Kind::Membership, Kind::Assignment]);
    assert_eq!(plan.memberships.iter().next().unwrap().until, on("2027-02-07"));
    let (kinds, plan) = moved(&desk, LifecycleEvent::TakeOver, "2027-01-11", "2027-02-08");
    assert_eq!(kinds, [Kind::Ownership, Kind::Ownership]);
    let days: Vec<_> =
        plan.ownerships.iter().map(|row| (row.date_range().from, row.date_range().until)).collect();
    assert_eq!(days, [(None, on("2027-02-07")), (on("2027-02-08"), None)]);
}

#[test]
fn moving_leaves_other_dates_unchanged() {
    let desk = desk();
    for occasion in LifecycleEvent::ALL {
        assert!(moved(&desk, occasion, "2027-03-01", "2027-03-08").0.is_empty());
    }
}

#[test]
fn moving_a_first_day_moves_what_begins_on_it_and_the_checklists_of_joining() {
    let mut desk = desk();
    let mut draft = Draft::new(&desk.plan);
    for (occasion, start) in [
        (LifecycleEvent::Join, "2027-01-11"),
        (LifecycleEvent::Join, "2027-03-01"),
        (LifecycleEvent::TakeOver, "2027-01-11"),
    ] {
        let id = draft.new_id::<Checklist>();
        draft.put(Checklist { id, person: desk.person, occasion, start: day(start), ..Checklist::default() });
    }
    let changes = draft.finish();
    desk.plan.apply(&changes).unwrap();
    let mut draft = Draft::new(&desk.plan);
    let moved = move_first_day(&mut draft, &desk.plan, desk.person, day("2027-01-18"));
    let kinds: Vec<Kind> = moved.into_iter().map(|row| row.kind).collect();
    assert_eq!(kinds, [Kind::Membership, Kind::Position, Kind::Assignment, Kind::Checklist]);
    let changes = draft.finish();
    let mut plan = desk.plan.clone();
    plan.apply(&changes).unwrap();
    assert_eq!(plan.people.get(desk.person).unwrap().from, on("2027-01-18"));
    let mut starts: Vec<_> = plan.checklists.iter().map(|list| (list.occasion, list.start)).collect();
    starts.sort_by_key(|(occasion, start)| (occasion.word(), *start));
    assert_eq!(
        starts,
        [
            (LifecycleEvent::Join, day("2027-01-18")),
            (LifecycleEvent::Join, day("2027-03-01")),
            (LifecycleEvent::TakeOver, day("2027-01-11")),
        ]
    );
}

#[test]
fn a_first_day_that_was_not_in_the_plan_moves_nothing_else() {
    let desk = desk();
    let ben = desk.plan.find::<Person>("ben").unwrap();
    let mut draft = Draft::new(&desk.plan);
    draft.put(Person { from: None, ..desk.plan.people.get(ben).unwrap().clone() });
    let changes = draft.finish();
    let mut plan = desk.plan.clone();
    plan.apply(&changes).unwrap();
    let mut draft = Draft::new(&plan);
    assert!(move_first_day(&mut draft, &plan, ben, day("2027-01-18")).is_empty());
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    assert_eq!(plan.people.get(ben).unwrap().from, on("2027-01-18"));
}
