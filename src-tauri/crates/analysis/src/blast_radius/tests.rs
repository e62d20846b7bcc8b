use std::sync::Arc;

use headroom_model::{
    Assignment, Budget, Currency, Dependency, Draft, Membership, Money, Owner, Ownership, Person, PersonId,
    Plan, Position, PositionId, Service, ServiceId, Status, Team, TeamId, merge::changes_between, role,
};

use super::*;
use crate::cost::Costs;

const ABLE: TeamId = TeamId(1);
const BOLD: TeamId = TeamId(2);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn owned(draft: &mut Draft<'_>, service: u64, team: TeamId) {
    let (id, key) = (ServiceId(service), format!("s{service}"));
    draft.put(Service { id, name: key.clone(), key, ..Service::default() });
    let row = draft.new_id::<Ownership>();
    let (role, owner) = (role::OWNER.to_owned(), Owner::Team(team));
    draft.put(Ownership { id: row, service: id, owner, role, ..Ownership::default() });
}

fn employed(draft: &mut Draft<'_>, person: u64, team: TeamId, manager: Option<u64>) {
    let (id, key) = (PersonId(person), format!("p{person}"));
    draft.put(Person { id, name: key.clone(), key: key.clone(), ..Person::default() });
    let row = draft.new_id::<Membership>();
    draft.put(Membership { id: row, person: id, team, role: "member".into(), ..Membership::default() });
    let position = PositionId(100 + person);
    draft.put(Position {
        id: position,
        key,
        title: "Engineer".into(),
        team: Some(team),
        manager: manager.map(|manager| PositionId(100 + manager)),
        status: Status::Approved,
        pay: Some(Money::whole(120_000, Currency::EUR)),
        ..Position::default()
    });
    let row = draft.new_id::<Assignment>();
    draft.put(Assignment { id: row, position, person: id, ..Assignment::default() });
}

/// Two teams of a manager and one engineer each; Able owns three services in a row, Bold a fourth.
fn organisation() -> Plan {
    let plan = Plan::default();
    let mut draft = Draft::new(&plan);
    for (id, key) in [(ABLE, "able"), (BOLD, "bold")] {
        draft.put(Team { id, key: key.into(), name: key.into(), ..Team::default() });
    }
    for (service, team) in [(1, ABLE), (2, ABLE), (3, ABLE), (4, BOLD)] {
        owned(&mut draft, service, team);
    }
    for (from, to) in [(1, 2), (2, 3), (3, 4)] {
        let id = draft.new_id::<Dependency>();
        let (service, depends_on) = (ServiceId(from), ServiceId(to));
        draft.put(Dependency { id, service, depends_on, ..Dependency::default() });
    }
    for (person, team, manager) in
        [(10, ABLE, None), (11, ABLE, Some(10)), (20, BOLD, None), (21, BOLD, Some(20))]
    {
        employed(&mut draft, person, team, manager);
    }
    let id = draft.new_id::<Budget>();
    let (from, until) = (Some(day("2027-01-01")), Some(day("2027-12-31")));
    let amount = Some(Money::whole(300_000, Currency::EUR));
    draft.put(Budget { id, team: Some(BOLD), amount, from, until, ..Budget::default() });
    let changes = draft.finish();
    plan.after(&changes).unwrap()
}

/// From July on the third service is Bold's, and the engineer of Able goes along, under its manager.
fn handed_over(plan: &Plan) -> Plan {
    let mut draft = Draft::new(plan);
    let from = Some(day("2027-07-01"));
    headroom_model::transfer_ownership(
        &mut draft,
        ServiceId(3),
        Some(Owner::Team(BOLD)),
        role::OWNER,
        day("2027-07-01"),
    );
    draft.alter::<Membership>(|row| {
        (row.person == PersonId(11)).then(|| Membership { until: Some(day("2027-06-30")), ..row.clone() })
    });
    let id = draft.new_id::<Membership>();
    draft.put(Membership {
        id,
        person: PersonId(11),
        team: BOLD,
        role: "member".into(),
        from,
        ..Membership::default()
    });
    draft.alter::<Position>(|row| {
        let manager = Some(PositionId(120));
        (row.id == PositionId(111)).then(|| Position { team: Some(BOLD), manager, ..row.clone() })
    });
    let changes = draft.finish();
    plan.after(&changes).unwrap()
}

fn on(plan: &Plan, text: &str) -> Snapshot {
    Arc::new(plan.clone()).as_of(day(text))
}

#[test]
fn owners_people_and_crossings_are_found_on_the_day() {
    let before = organisation();
    let after = handed_over(&before);
    let found = BlastRadius::new(&on(&before, "2027-07-01"), &on(&after, "2027-07-01"));
    let (able, bold) = (Owner::Team(ABLE), Owner::Team(BOLD));
    assert_eq!(found.services, [OwnerShift { service: ServiceId(3), from: vec![able], to: vec![bold] }]);
    let managers = Some([Some(PersonId(10)), Some(PersonId(20))]);
    assert_eq!(
        found.people,
        [PersonShift { person: PersonId(11), from: vec![ABLE], to: vec![BOLD], managers }]
    );
    let kinds: Vec<_> =
        found.dependencies.iter().map(|it| (it.kind, it.service.0, it.depends_on.0)).collect();
    // Of four edges by hand: 2 to 3 begins to cross, 3 to 4 ceases to.
    assert_eq!(
        kinds,
        [(DependencyChangeKind::BecomesCrossTeam, 2, 3), (DependencyChangeKind::NoLongerCrossTeam, 3, 4)]
    );
    // The day before nothing but the line of report is another one.
    let eve = BlastRadius::new(&on(&before, "2027-06-30"), &on(&after, "2027-06-30"));
    assert_eq!((eve.services.len(), eve.dependencies.len()), (0, 0));
}

#[test]
fn changes_are_in_effect_once_the_last_of_them_is() {
    let before = organisation();
    let changes = changes_between(&before, &handed_over(&before));
    assert_eq!(in_effect_from(&changes), Some(day("2027-07-01")));
    assert_eq!(in_effect_from(&[]), None);
    let moved = moved_dates(&changes);
    let ends: Vec<_> = moved.iter().map(|it| (it.label, it.before, it.after)).collect();
    assert_eq!(ends, [("end date", None, Some(day("2027-06-30"))); 2]);
}

#[test]
fn added_and_removed_dependencies_are_no_crossings() {
    let before = organisation();
    let mut draft = Draft::new(&before);
    let first = before.dependencies.rows().iter().find(|row| row.service == ServiceId(1)).unwrap().id;
    draft.remove::<Dependency>(first);
    let id = draft.new_id::<Dependency>();
    draft.put(Dependency { id, service: ServiceId(1), depends_on: ServiceId(4), ..Dependency::default() });
    let changes = draft.finish();
    let after = before.after(&changes).unwrap();
    let found = BlastRadius::new(&on(&before, "2027-01-01"), &on(&after, "2027-01-01"));
    let told: Vec<_> =
        found.dependencies.iter().map(|it| (it.kind, it.depends_on.0, it.is_cross_team)).collect();
    assert_eq!(told, [(DependencyChangeKind::Added, 4, true), (DependencyChangeKind::Removed, 2, false)]);
}

#[test]
fn a_budget_is_touched_by_what_its_team_costs() {
    let before = organisation();
    let after = handed_over(&before);
    let costs = |plan: &Plan| Costs::new(plan, day("2027-01-01"), day("2027-12-31"));
    let (was, is) = (costs(&before), costs(&after));
    let found = budget_changes((&before, &was), (&after, &is));
    let [change] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(
        (change.team, change.budget_before, change.budget_after),
        (Some(BOLD), 30_000_000, 30_000_000)
    );
    // A third of the same pay beside two.
    assert_eq!(change.cost_after * 2, change.cost_before * 3);
    assert_eq!(budget_changes((&before, &was), (&before, &was)), []);
}

#[test]
fn who_was_taken_off_a_team_is_held_until_placed() {
    let before = organisation();
    let mut draft = Draft::new(&before);
    draft.alter::<Membership>(|row| {
        let ends = [PersonId(11), PersonId(21)].contains(&row.person);
        ends.then(|| Membership { until: Some(day("2027-06-30")), ..row.clone() })
    });
    // One of them leaves altogether, and is placed nowhere.
    draft.alter::<Person>(|row| {
        (row.id == PersonId(21)).then(|| Person { until: Some(day("2027-06-30")), ..row.clone() })
    });
    draft.alter::<Position>(|row| {
        let is_taken_off = [PositionId(111), PositionId(121)].contains(&row.id);
        is_taken_off.then(|| Position { team: None, ..row.clone() })
    });
    let changes = draft.finish();
    let after = before.after(&changes).unwrap();
    let held = HoldingArea::new(&on(&before, "2027-07-01"), &on(&after, "2027-07-01"));
    // The position of the other one is with them.
    assert_eq!(held, HoldingArea { people: vec![PersonId(11)], positions: vec![PositionId(121)] });
    let placed = handed_over(&before);
    assert!(HoldingArea::new(&on(&before, "2027-07-01"), &on(&placed, "2027-07-01")).is_empty());
}

#[test]
fn a_plan_compared_with_itself_touches_nothing() {
    let plan = organisation();
    let found = BlastRadius::new(&on(&plan, "2027-07-01"), &on(&plan, "2027-07-01"));
    assert_eq!((found.services.len(), found.people.len(), found.dependencies.len()), (0, 0, 0));
}
