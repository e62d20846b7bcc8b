use super::*;
use crate::{Person, Plan, Service, Team};

const BILLING: TeamId = TeamId(1);
const PAYMENTS: TeamId = TeamId(2);
const ADA: PersonId = PersonId(3);
const SERVICE: ServiceId = ServiceId(4);
const POSITION: PositionId = PositionId(5);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn change(plan: &mut Plan, collect: impl FnOnce(&mut Draft<'_>)) {
    let mut draft = Draft::new(plan);
    collect(&mut draft);
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
}

/// Two teams; Ada leads the first one, has a position there and reports to nobody; the team owns a service.
fn plan() -> Plan {
    let mut plan = Plan::default();
    change(&mut plan, |draft| {
        for (id, name) in [(BILLING, "Billing"), (PAYMENTS, "Payments")] {
            draft.put(Team { id, key: name.into(), name: name.into(), ..Team::default() });
        }
        draft.put(Person { id: ADA, key: "ada".into(), name: "Ada".into(), ..Person::default() });
        draft.put(Service { id: SERVICE, key: "s".into(), name: "s".into(), ..Service::default() });
        let (key, team) = ("HC2025-NH-001".to_owned(), Some(BILLING));
        draft.put(Position { id: POSITION, key, team, ..Position::default() });
    });
    change(&mut plan, |draft| {
        let (id, from) = (draft.new_id::<Membership>(), Some(day("2025-01-01")));
        let (role, share) = ("lead".to_owned(), Some(80));
        draft.put(Membership { id, person: ADA, team: BILLING, role, share, from, ..Membership::default() });
        let id = draft.new_id::<Assignment>();
        draft.put(Assignment { id, position: POSITION, person: ADA, from, ..Assignment::default() });
        let (id, owner) = (draft.new_id::<Ownership>(), Owner::Team(BILLING));
        let role = role::OWNER.to_owned();
        draft.put(Ownership { id, service: SERVICE, owner, role, from, ..Ownership::default() });
    });
    plan
}

fn to_payments(on: &str) -> TeamMove {
    TeamMove { from: Some(BILLING), to: PAYMENTS, day: day(on) }
}

/// Team, first and last day, share.
type Stay = (TeamId, Option<NaiveDate>, Option<NaiveDate>, Option<u8>);

fn teams(plan: &Plan) -> Vec<Stay> {
    let mut rows: Vec<_> =
        plan.memberships.iter().map(|row| (row.team, row.from, row.until, row.share)).collect();
    rows.sort_by_key(|row| row.1);
    rows
}

#[test]
fn a_move_keeps_the_past_on_the_old_team() {
    let mut plan = plan();
    change(&mut plan, |draft| move_person(draft, ADA, to_payments("2027-01-01"), Some(80)));
    let from = Some(day("2025-01-01"));
    let expected = [
        (BILLING, from, Some(day("2026-12-31")), Some(80)),
        (PAYMENTS, Some(day("2027-01-01")), None, Some(80)),
    ];
    assert_eq!(teams(&plan), expected);
    let there = plan.memberships.iter().find(|row| row.team == PAYMENTS).unwrap();
    assert_eq!(there.role, "member", "the lead of one team does not lead the next");
}

#[test]
fn what_begins_on_the_day_is_altered() {
    let mut plan = plan();
    for on in ["2025-01-01", "2024-06-01"] {
        let mut plan = plan.clone();
        change(&mut plan, |draft| move_person(draft, ADA, to_payments(on), None));
        assert_eq!(teams(&plan), [(PAYMENTS, Some(day("2025-01-01")), None, None)], "{on}");
    }
    change(&mut plan, |draft| {
        let position = draft.base().positions.get(POSITION).unwrap();
        assert_eq!(move_position(draft, position, PAYMENTS, day("2025-01-01")), POSITION);
        move_ownership(draft, SERVICE, Owner::Team(BILLING), Owner::Team(PAYMENTS), day("2025-01-01"));
    });
    assert_eq!(plan.positions.get(POSITION).unwrap().team, Some(PAYMENTS));
    assert_eq!((plan.positions.len(), plan.assignments.len(), plan.ownerships.len()), (1, 1, 1));
}

#[test]
fn who_is_on_the_other_team_already_is_on_it_once() {
    let mut plan = plan();
    change(&mut plan, |draft| {
        let (id, from) = (draft.new_id::<Membership>(), Some(day("2027-06-01")));
        draft.put(Membership {
            id,
            person: ADA,
            team: PAYMENTS,
            share: Some(20),
            from,
            ..Membership::default()
        });
    });
    change(&mut plan, |draft| move_person(draft, ADA, to_payments("2027-01-01"), Some(100)));
    let expected = [
        (BILLING, Some(day("2025-01-01")), Some(day("2026-12-31")), Some(80)),
        (PAYMENTS, Some(day("2027-01-01")), None, Some(100)),
    ];
    assert_eq!(teams(&plan), expected);
}

#[test]
fn shares_of_two_roles_at_a_time_count_once() {
    let mut plan = plan();
    change(&mut plan, |draft| {
        let id = draft.new_id::<Membership>();
        let role = "member".to_owned();
        draft.put(Membership { id, person: ADA, team: BILLING, role, ..Membership::default() });
    });
    change(&mut plan, |draft| move_person(draft, ADA, to_payments("2027-01-01"), Some(60)));
    let shares = plan.memberships.iter().filter(|row| row.team == PAYMENTS).map(|row| row.share);
    assert_eq!(shares.flatten().collect::<Vec<_>>(), [60]);
}

#[test]
fn a_filled_position_goes_on_in_the_other_team_with_its_reports() {
    let mut plan = plan();
    change(&mut plan, |draft| {
        let id = draft.new_id::<Position>();
        let (key, manager) = ("HC2025-NH-002".to_owned(), Some(POSITION));
        draft.put(Position { id, key, team: Some(BILLING), manager, ..Position::default() });
    });
    let mut moved = None;
    change(&mut plan, |draft| {
        let position = draft.base().positions.get(POSITION).unwrap();
        moved = Some(move_position(draft, position, PAYMENTS, day("2027-01-01")));
    });
    let (before, after) =
        (plan.positions.get(POSITION).unwrap(), plan.positions.get(moved.unwrap()).unwrap());
    assert_eq!((before.team, before.until), (Some(BILLING), Some(day("2026-12-31"))));
    assert_eq!((after.team, after.from), (Some(PAYMENTS), Some(day("2027-01-01"))));
    assert_eq!(after.key, "HC2027-MV-001");
    let moved = after.id;
    let plan = std::sync::Arc::new(plan);
    for (on, position) in [("2026-12-31", POSITION), ("2027-01-01", moved)] {
        let then = plan.as_of(day(on));
        let at = then.position_ix(position).unwrap();
        assert_eq!(then.occupants(at).map(|row| row.person).collect::<Vec<_>>(), [ADA], "{on}");
        assert_eq!(then.reports_of(at).len(), 1, "{on}");
        assert_eq!(then.position_count(), 2, "{on}");
    }
}

#[test]
fn an_open_position_moves_itself() {
    let mut plan = plan();
    let id = PositionId(90);
    change(&mut plan, |draft| {
        let key = "HC2027-NH-001".to_owned();
        draft.put(Position {
            id,
            key,
            team: Some(BILLING),
            start: Some(day("2027-03-01")),
            ..Position::default()
        });
    });
    change(&mut plan, |draft| {
        let position = draft.base().positions.get(id).unwrap();
        assert_eq!(move_position(draft, position, PAYMENTS, day("2027-01-01")), id);
    });
    let moved = plan.positions.get(id).unwrap();
    assert_eq!((moved.team, moved.start), (Some(PAYMENTS), Some(day("2027-03-01"))));
}

#[test]
fn ownership_moves_and_other_owners_keep_theirs() {
    let mut plan = plan();
    change(&mut plan, |draft| {
        let id = draft.new_id::<Ownership>();
        let (owner, role) = (Owner::Person(ADA), role::OWNER.to_owned());
        draft.put(Ownership { id, service: SERVICE, owner, role, ..Ownership::default() });
    });
    change(&mut plan, |draft| {
        move_ownership(draft, SERVICE, Owner::Team(BILLING), Owner::Team(PAYMENTS), day("2027-01-01"));
    });
    let owners = |on: &str| {
        let holds = |row: &&Ownership| row.date_range().contains(day(on));
        let mut owners: Vec<_> = plan.ownerships.iter().filter(holds).map(|row| row.owner).collect();
        owners.sort_by_key(|owner| matches!(owner, Owner::Person(_)));
        owners
    };
    assert_eq!(owners("2026-12-31"), [Owner::Team(BILLING), Owner::Person(ADA)]);
    assert_eq!(owners("2027-01-01"), [Owner::Team(PAYMENTS), Owner::Person(ADA)]);
}
