//! Tests of the lookup of new hires against snapshots.

use std::sync::Arc;

use chrono::TimeDelta;
use headroom_model::{ChecklistId, DateRange, Draft, Person, Snapshot};
use proptest::prelude::*;

use super::*;
use crate::onboarding::several::day;

/// The same from a snapshot of the day.
fn in_snapshot(snapshot: &Snapshot, person: PersonId, occasion: LifecycleEvent) -> NewHire {
    let plan = snapshot.plan();
    let mut new_hire = NewHire {
        person,
        occasion,
        team: None,
        discipline: String::new(),
        level: String::new(),
        location: plan.people.get(person).map(|row| row.location.clone()).unwrap_or_default(),
        manager: None,
        service: None,
    };
    let Some(at) = snapshot.person_ix(person) else { return new_hire };
    let memberships = snapshot.memberships(at);
    new_hire.team = memberships.min_by_key(|row| Reverse(row.share.unwrap_or(100))).map(|row| row.team);
    if let Some(seat) = snapshot.positions_of(at).first() {
        let position = snapshot.position(*seat as usize);
        new_hire.team = new_hire.team.or(position.team);
        new_hire.discipline.clone_from(&position.discipline);
        new_hire.level.clone_from(&position.level);
        if new_hire.location.is_empty() {
            new_hire.location.clone_from(&position.location);
        }
        let above = snapshot.manager_of(*seat as usize);
        new_hire.manager =
            above.and_then(|seat| snapshot.occupants(seat).next()).map(|assigned| assigned.person);
    }
    new_hire.manager = new_hire.manager.filter(|manager| *manager != person);
    new_hire.manager = new_hire.manager.or_else(|| lead(snapshot, new_hire.team?, person));
    new_hire
}

fn lead(snapshot: &Snapshot, team: TeamId, person: PersonId) -> Option<PersonId> {
    let mut at = snapshot.team_ix(team);
    while let Some(team) = at {
        let others = snapshot.members(team).filter(|row| row.person != person);
        if let Some(lead) = others.into_iter().find(|row| headroom_model::is_lead(&row.role)) {
            return Some(lead.person);
        }
        at = snapshot.parent_of(team);
    }
    None
}

const DAYS: i64 = 30;

fn some_day(ahead: i64) -> NaiveDate {
    day("2027-01-04") + TimeDelta::days(ahead)
}

/// Date ranges, mostly not empty.
fn span() -> impl Strategy<Value = DateRange> {
    let end = || proptest::option::weighted(0.3, 0..DAYS);
    (end(), end()).prop_map(|(from, until)| {
        let until = until.filter(|last| from.is_none_or(|first| *last + 1 >= first));
        DateRange::new(from.map(some_day), until.map(some_day))
    })
}

/// An earlier one of these ids, if any.
fn earlier<Id: Copy>(ids: &[Id], at: usize, choice: Option<usize>) -> Option<Id> {
    (at > 0).then(|| choice.map(|choice| ids[choice % at])).flatten()
}

type Choice = Option<usize>;
type TeamRow = (DateRange, Choice);
type PersonRow = (DateRange, bool);
type PositionRow = (DateRange, Choice, Choice, Choice, bool, bool);
type MembershipRow = (usize, usize, DateRange, Option<u8>, bool);
type AssignmentRow = (usize, usize, DateRange);

#[derive(Debug, Clone)]
struct Organisation {
    teams: Vec<TeamRow>,
    people: Vec<PersonRow>,
    positions: Vec<PositionRow>,
    memberships: Vec<MembershipRow>,
    assignments: Vec<AssignmentRow>,
}

fn organisation() -> impl Strategy<Value = Organisation> {
    let (any, choice) = (|| 0usize..100, || proptest::option::weighted(0.7, 0usize..100));
    let rare = || proptest::bool::weighted(0.15);
    let position = (span(), choice(), choice(), proptest::option::weighted(0.4, 0usize..100), rare(), rare());
    let membership = (any(), any(), span(), proptest::option::of(0u8..=100), proptest::bool::weighted(0.3));
    (
        proptest::collection::vec((span(), choice()), 1..5),
        proptest::collection::vec((span(), rare()), 1..6),
        proptest::collection::vec(position, 1..7),
        proptest::collection::vec(membership, 0..10),
        proptest::collection::vec((any(), any(), span()), 0..9),
    )
        .prop_map(|(teams, people, positions, memberships, assignments)| Organisation {
            teams,
            people,
            positions,
            memberships,
            assignments,
        })
}

fn plan(rows: &Organisation) -> Arc<Plan> {
    let mut plan = Plan::default();
    let mut draft = Draft::new(&plan);
    let mut teams: Vec<TeamId> = Vec::new();
    for (at, (span, parent)) in rows.teams.iter().enumerate() {
        let (id, name) = (draft.new_id::<Team>(), format!("team {at}"));
        let (key, parent) = (name.clone(), earlier(&teams, at, *parent));
        draft.put(Team { id, key, name, parent, from: span.from, until: span.until, ..Team::default() });
        teams.push(id);
    }
    let mut people: Vec<PersonId> = Vec::new();
    for (at, (span, has_location)) in rows.people.iter().enumerate() {
        let (id, name) = (draft.new_id::<Person>(), format!("person {at}"));
        let location = if *has_location { format!("home {at}") } else { String::new() };
        let (key, from, until) = (name.clone(), span.from, span.until);
        draft.put(Person { id, key, name, location, from, until, ..Person::default() });
        people.push(id);
    }
    let mut positions: Vec<PositionId> = Vec::new();
    for (at, (span, team, manager, follows, is_closed, has_location)) in rows.positions.iter().enumerate() {
        let id = draft.new_id::<Position>();
        draft.put(Position {
            id,
            key: format!("seat {at}"),
            team: team.map(|team| teams[team % teams.len()]),
            manager: earlier(&positions, at, *manager),
            backfill_of: earlier(&positions, at, *follows),
            discipline: format!("discipline {at}"),
            level: format!("level {at}"),
            location: if *has_location { format!("office {at}") } else { String::new() },
            status: if *is_closed { Status::Closed } else { Status::Open },
            from: span.from,
            until: span.until,
            ..Position::default()
        });
        positions.push(id);
    }
    for (person, team, span, share, is_lead) in &rows.memberships {
        let id = draft.new_id::<Membership>();
        draft.put(Membership {
            id,
            person: people[person % people.len()],
            team: teams[team % teams.len()],
            role: if *is_lead { "lead" } else { "member" }.into(),
            share: *share,
            from: span.from,
            until: span.until,
            ..Membership::default()
        });
    }
    for (person, position, span) in &rows.assignments {
        let id = draft.new_id::<Assignment>();
        draft.put(Assignment {
            id,
            person: people[person % people.len()],
            position: positions[position % positions.len()],
            from: span.from,
            until: span.until,
            ..Assignment::default()
        });
    }
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    Arc::new(plan)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn new_hires_agree_with_snapshots(rows in organisation()) {
        let plan = plan(&rows);
        let new_hires = NewHires::new(&plan);
        for ahead in -1..=DAYS {
            let snapshot = plan.as_of(some_day(ahead));
            for person in plan.people.iter() {
                let found = new_hires.of(person.id, LifecycleEvent::Join, some_day(ahead));
                prop_assert_eq!(found, in_snapshot(&snapshot, person.id, LifecycleEvent::Join));
            }
        }
    }
}

#[test]
fn backfill_of_the_manager_is_the_manager() {
    let ended = DateRange::new(None, Some(some_day(4)));
    let seat = |span, manager, follows, is_closed| (span, None, manager, follows, is_closed, false);
    let rows = Organisation {
        teams: vec![(DateRange::ALWAYS, None)],
        people: vec![(DateRange::ALWAYS, false); 4],
        positions: vec![
            seat(DateRange::ALWAYS, None, None, false),
            seat(ended, Some(0), None, false),
            // Two backfills, one of which was given up. They report to the same position as their predecessor.
            seat(DateRange::ALWAYS, Some(1), Some(1), true),
            seat(DateRange::ALWAYS, Some(1), Some(1), false),
            seat(DateRange::ALWAYS, Some(1), None, false),
        ],
        memberships: Vec::new(),
        assignments: vec![
            (0, 0, DateRange::ALWAYS),
            (1, 1, DateRange::ALWAYS),
            (2, 3, DateRange::ALWAYS),
            (3, 4, DateRange::ALWAYS),
        ],
    };
    let plan = plan(&rows);
    let people: Vec<PersonId> = plan.people.iter().map(|person| person.id).collect();
    let manager = |person: usize, ahead: i64| {
        NewHires::new(&plan).of(people[person], LifecycleEvent::Join, some_day(ahead)).manager
    };
    assert_eq!((manager(3, 4), manager(2, 4)), (Some(people[1]), Some(people[1])));
    assert_eq!((manager(3, 5), manager(2, 5)), (Some(people[2]), Some(people[0])));
}

#[test]
fn list_is_resolved_on_its_start_or_the_last_day() {
    let rows = Organisation {
        teams: vec![(DateRange::ALWAYS, None), (DateRange::ALWAYS, None)],
        people: vec![(DateRange::new(None, Some(some_day(10))), false), (DateRange::ALWAYS, false)],
        positions: Vec::new(),
        memberships: vec![
            (0, 0, DateRange::new(None, Some(some_day(4))), None, false),
            (0, 1, DateRange::new(Some(some_day(5)), None), None, false),
        ],
        assignments: Vec::new(),
    };
    let plan = plan(&rows);
    let people: Vec<PersonId> = plan.people.iter().map(|person| person.id).collect();
    let teams: Vec<TeamId> = plan.teams.iter().map(|team| team.id).collect();
    let new_hires = NewHires::new(&plan);
    let list = |start: NaiveDate, manager: Option<PersonId>| {
        let id = ChecklistId(99);
        new_hires.with(&Checklist { id, person: people[0], start, manager, ..Checklist::default() })
    };
    assert_eq!(list(some_day(4), None).team, Some(teams[0]));
    assert_eq!(list(some_day(20), None).team, Some(teams[1]));
    assert_eq!(list(some_day(4), Some(people[1])).manager, Some(people[1]));
}
