use std::sync::Arc;

use chrono::NaiveDate;
use headroom_model::{
    Assignment, Draft, Grouping, GroupingId, GroupingKind, Membership, Owner, Ownership, Person, PersonId,
    Plan, Position, PositionId, Service, ServiceId, Snapshot, Status, Team, TeamId, role,
};

use super::*;

const ABLE: TeamId = TeamId(1);
const BOLD: TeamId = TeamId(2);
const BELOW: TeamId = TeamId(3);
const DOMAIN: GroupingId = GroupingId(9);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Able with a sub-team, a person in a position, a service of a domain; Bold with a service of its own.
fn organisation() -> Arc<Plan> {
    let plan = Plan::default();
    let mut draft = Draft::new(&plan);
    for (id, key, parent) in [(ABLE, "able", None), (BOLD, "bold", None), (BELOW, "below", Some(ABLE))] {
        draft.put(Team { id, key: key.into(), name: key.into(), parent, ..Team::default() });
    }
    let kind = GroupingKind::Domain;
    draft.put(Grouping { id: DOMAIN, key: "d".into(), name: "Domain".into(), kind, ..Grouping::default() });
    for (id, team, domain) in [(1, ABLE, Some(DOMAIN)), (2, BOLD, None)] {
        let (service, key) = (ServiceId(id), format!("s{id}"));
        draft.put(Service { id: service, name: key.clone(), key, domain, ..Service::default() });
        let row = draft.new_id::<Ownership>();
        let (role, owner) = (role::OWNER.to_owned(), Owner::Team(team));
        draft.put(Ownership { id: row, service, owner, role, ..Ownership::default() });
    }
    let person = PersonId(10);
    draft.put(Person { id: person, key: "ada".into(), name: "Ada".into(), ..Person::default() });
    let row = draft.new_id::<Membership>();
    let share = Some(60);
    draft.put(Membership {
        id: row,
        person,
        team: ABLE,
        role: "lead".into(),
        share,
        ..Membership::default()
    });
    for (id, start, status, location) in [
        (20, None, Status::Approved, "Oslo"),
        (21, Some("2027-02-01"), Status::Planned, "Oslo"),
        (22, Some("2027-06-01"), Status::Open, "Bergen"),
        (23, Some("2027-02-01"), Status::Offered, "Oslo"),
    ] {
        draft.put(Position {
            id: PositionId(id),
            key: format!("P{id}"),
            title: "Engineer".into(),
            team: Some(ABLE),
            start: start.map(day),
            status,
            location: location.into(),
            ..Position::default()
        });
    }
    let row = draft.new_id::<Assignment>();
    draft.put(Assignment { id: row, position: PositionId(20), person, ..Assignment::default() });
    let changes = draft.finish();
    Arc::new(plan.after(&changes).unwrap())
}

fn made(plan: &Arc<Plan>, make: impl FnOnce(&mut Draft<'_>, &Snapshot)) -> Arc<Plan> {
    let snapshot = plan.as_of(day("2027-01-01"));
    let mut draft = Draft::new(plan);
    make(&mut draft, &snapshot);
    let changes = draft.finish();
    Arc::new(plan.after(&changes).unwrap())
}

fn owners(snapshot: &Snapshot, service: u64) -> Vec<Owner> {
    snapshot.owners(snapshot.service_ix(ServiceId(service)).unwrap()).to_vec()
}

#[test]
fn a_team_joins_another_with_all_it_has() {
    let from = day("2027-03-01");
    let plan = made(&organisation(), |draft, snapshot| merge_teams(draft, snapshot, ABLE, BOLD, from));
    let (eve, then) = (plan.as_of(day("2027-02-28")), plan.as_of(from));
    assert!(eve.team_ix(ABLE).is_some() && then.team_ix(ABLE).is_none());
    assert_eq!((owners(&eve, 1), owners(&then, 1)), (vec![Owner::Team(ABLE)], vec![Owner::Team(BOLD)]));
    let bold = then.team_ix(BOLD).unwrap();
    assert_eq!(then.people_on(bold).len(), 1);
    let share: Vec<_> = then.members(bold).map(|row| row.share).collect();
    assert_eq!(share, [Some(60)]);
    assert_eq!(then.positions_on_team(bold).len(), 4, "also those that nobody is in");
    assert_eq!(plan.get::<Team>(BELOW).unwrap().parent, Some(BOLD));
}

#[test]
fn a_team_joins_the_one_below_it() {
    let plan = made(&organisation(), |draft, snapshot| {
        merge_teams(draft, snapshot, ABLE, BELOW, day("2027-03-01"));
    });
    assert_eq!(plan.get::<Team>(BELOW).unwrap().parent, None);
}

#[test]
fn a_domain_is_handed_over_with_its_services() {
    let mut count = 0;
    let plan = made(&organisation(), |draft, snapshot| {
        count = hand_over_domain(draft, snapshot, DOMAIN, BOLD, day("2027-03-01"));
    });
    assert_eq!(count, 1);
    assert_eq!(owners(&plan.as_of(day("2027-03-01")), 1), [Owner::Team(BOLD)]);
}

#[test]
fn starts_are_put_off_where_nobody_has_accepted() {
    let today = day("2027-01-01");
    let scope = |location: Option<&str>| HiringScope {
        location: location.map(str::to_owned),
        ..HiringScope::default()
    };
    let starts = |plan: &Plan| -> Vec<Option<NaiveDate>> {
        (20..24).map(|id| plan.get::<Position>(PositionId(id)).unwrap().start).collect()
    };
    let dates = |texts: [&str; 3]| [vec![None], texts.iter().map(|text| Some(day(text))).collect()].concat();
    let mut count = 0;
    let frozen = made(&organisation(), |draft, _| {
        count = freeze_hiring(draft, &scope(None), today, day("2027-04-01"));
    });
    assert_eq!((count, starts(&frozen)), (1, dates(["2027-04-01", "2027-06-01", "2027-02-01"])));
    let bergen = made(&organisation(), |draft, _| {
        count = shift_starts(draft, &scope(Some("bergen")), today, 2);
    });
    assert_eq!((count, starts(&bergen)), (1, dates(["2027-02-01", "2027-06-15", "2027-02-01"])));
    let back = made(&organisation(), |draft, _| count = shift_starts(draft, &scope(None), today, -8));
    assert_eq!((count, starts(&back)), (2, dates(["2027-01-01", "2027-04-06", "2027-02-01"])));
    let of_bold = HiringScope { teams: Some([BOLD].into_iter().collect()), ..HiringScope::default() };
    made(&organisation(), |draft, _| count = shift_starts(draft, &of_bold, today, 2));
    assert_eq!(count, 0);
}

/// Oslo has Ada in a position, Bo in another, two that are free and one that Cy is in, who works in Bergen.
fn offices() -> Arc<Plan> {
    let plan = organisation();
    let mut draft = Draft::new(&plan);
    draft.alter::<Person>(|row| Some(Person { location: " oslo".into(), ..row.clone() }));
    for (id, name, place, position) in [(11, "Bo", "Oslo", 24), (12, "Cy", "Bergen", 25)] {
        let (person, position) = (PersonId(id), PositionId(position));
        let (key, location) = (name.to_lowercase(), place.into());
        draft.put(Person { id: person, key, name: name.into(), location, ..Person::default() });
        let (key, location) = (format!("P{}", position.0), "Oslo".into());
        draft.put(Position { id: position, key, team: Some(BOLD), location, ..Position::default() });
        let (row, from) = (draft.new_id::<Assignment>(), Some(day("2025-01-01")));
        draft.put(Assignment { id: row, position, person, from, ..Assignment::default() });
    }
    let changes = draft.finish();
    Arc::new(plan.after(&changes).unwrap())
}

#[test]
fn everybody_at_a_location_is_asked_about() {
    let plan = offices();
    let staff = LocationStaff::new(&plan, "OSLO", day("2027-03-31"));
    assert_eq!(staff.people, [PersonId(10), PersonId(11)]);
    assert_eq!(staff.positions, [PositionId(21), PositionId(23)], "only those that nobody is in");
    assert!(LocationStaff::new(&plan, "Tromsø", day("2027-03-31")).is_empty());
}

#[test]
fn people_of_a_closed_location_work_elsewhere_or_leave_with_their_position() {
    let last_day = day("2027-03-31");
    let closure = LocationClosure {
        location: "Oslo".into(),
        last_day,
        people: [(PersonId(10), Some("Bergen".to_owned())), (PersonId(11), None)].into_iter().collect(),
        positions: [(PositionId(21), Some("Remote".to_owned())), (PositionId(23), None)]
            .into_iter()
            .collect(),
    };
    let plan = made(&offices(), |draft, _| close_location(draft, &closure));
    let position = |id: u64| plan.get::<Position>(PositionId(id)).unwrap();
    // Ada goes on in Bergen, under another key; what was before stays in Oslo.
    assert_eq!((position(20).location.as_str(), position(20).until), ("Oslo", Some(last_day)));
    let then = plan.as_of(day("2027-04-01"));
    let of = |person: u64| {
        let at = then.person_ix(PersonId(person))?;
        let position = then.positions_of(at).first()?;
        Some(then.position(*position as usize).location.as_str())
    };
    assert_eq!(
        (plan.get::<Person>(PersonId(10)).unwrap().location.as_str(), of(10)),
        ("Bergen", Some("Bergen"))
    );
    // Bo is gone, and so is the position; that of Cy goes where Cy works.
    assert_eq!(
        (plan.get::<Person>(PersonId(11)).unwrap().until, position(24).until),
        (Some(last_day), Some(last_day))
    );
    assert_eq!((of(11), of(12)), (None, Some("Bergen")));
    assert_eq!(position(21).location, "Remote");
    assert_eq!((position(23).status, position(23).until), (Status::Closed, None));
    assert!(LocationStaff::new(&plan, "Oslo", last_day).is_empty(), "nobody is left");
}
