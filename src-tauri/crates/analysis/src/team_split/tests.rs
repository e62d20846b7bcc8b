use std::sync::Arc;

use headroom_model::{
    Assignment, Dependency, Draft, Membership, Ownership, Person, Plan, Position, PositionId, Service, Team,
    role,
};
use proptest::prelude::*;

use super::*;

const TEAM: TeamId = TeamId(1);

/// A team of this many people with services of these tiers and dependencies between them, all by their numbers.
fn team(people: u64, tiers: &[u8], edges: &[(u64, u64)]) -> Snapshot {
    let plan = Plan::default();
    let mut draft = Draft::new(&plan);
    draft.put(Team { id: TEAM, key: "team".into(), name: "Team".into(), ..Team::default() });
    for nth in 0..people {
        let (id, key) = (PersonId(100 + nth), format!("p{nth:02}"));
        draft.put(Person { id, name: key.clone(), key, ..Person::default() });
        let row = draft.new_id::<Membership>();
        let role = if nth == 0 { "lead" } else { "member" }.to_owned();
        draft.put(Membership { id: row, person: id, team: TEAM, role, ..Membership::default() });
    }
    for (nth, tier) in (0_u64..).zip(tiers) {
        let (id, key) = (ServiceId(200 + nth), format!("s{nth:02}"));
        draft.put(Service { id, name: key.clone(), key, tier: Some(*tier), ..Service::default() });
        let row = draft.new_id::<Ownership>();
        let (role, owner) = (role::OWNER.to_owned(), Owner::Team(TEAM));
        draft.put(Ownership { id: row, service: id, owner, role, ..Ownership::default() });
    }
    for (from, to) in edges {
        let id = draft.new_id::<Dependency>();
        let (service, depends_on) = (ServiceId(200 + from), ServiceId(200 + to));
        draft.put(Dependency { id, service, depends_on, ..Dependency::default() });
    }
    let changes = draft.finish();
    Arc::new(plan.after(&changes).unwrap()).as_of("2027-01-01".parse().unwrap())
}

fn suggested(snapshot: &Snapshot) -> TeamSplit {
    suggest_split(snapshot, &Policy::from_plan(snapshot.plan()), TEAM).unwrap()
}

fn numbers(part: &SplitPart) -> Vec<u64> {
    part.services.iter().map(|service| service.0 - 200).collect()
}

/// Every pair of these.
fn clique(of: std::ops::Range<u64>) -> Vec<(u64, u64)> {
    of.clone().flat_map(|from| (from + 1..of.end).map(move |to| (from, to))).collect()
}

#[test]
fn two_cliques_are_split_at_the_edge_between_them() {
    let edges = [clique(0..5), clique(5..10), vec![(4, 5)]].concat();
    let found = suggested(&team(10, &[3; 10], &edges));
    assert_eq!(numbers(&found.parts[0]), [0, 1, 2, 3, 4]);
    assert_eq!(numbers(&found.parts[1]), [5, 6, 7, 8, 9]);
    assert_eq!(found.cut, [(ServiceId(204), ServiceId(205))]);
    assert!(found.is_exact);
    assert_eq!(found.parts.each_ref().map(|part| part.people.len()), [5, 5]);
    assert!(found.parts[0].people.contains(&PersonId(100)), "the lead stays");
}

#[test]
fn more_services_than_can_be_tried_are_split_where_it_is_obvious() {
    let edges = [clique(0..12), clique(12..24), vec![(3, 17)]].concat();
    let found = suggested(&team(12, &[3; 24], &edges));
    assert!(!found.is_exact);
    assert_eq!(found.cut.len(), 1);
    assert_eq!(found.parts.each_ref().map(|part| part.services.len()), [12, 12]);
}

#[test]
fn a_leaf_is_no_team() {
    // One edge would cut off the last service; two people are no team.
    let edges = [clique(0..3), clique(3..6), vec![(0, 3), (1, 4), (5, 6)]].concat();
    let found = suggested(&team(8, &[3; 7], &edges));
    assert!(found.parts.iter().all(|part| part.lacks_size == 0), "{found:?}");
    assert_eq!(found.cut.len(), 2, "{found:?}");
}

#[test]
fn what_needs_a_rota_stays_where_it_can_be_staffed() {
    // With twelve people only one part can have eight.
    let edges = [clique(0..3), clique(3..6), vec![(2, 3)]].concat();
    let found = suggested(&team(12, &[1, 4, 4, 2, 4, 4], &edges));
    assert!(found.parts.iter().all(|part| part.lacks_on_call == 0), "{found:?}");
    let on_call = found.parts.iter().filter(|part| part.needs_on_call).count();
    assert_eq!(on_call, 1, "{found:?}");
    // What both lack is said where there are too few people for either.
    let few = suggested(&team(6, &[1, 4, 4, 2, 4, 4], &edges));
    assert!(few.parts.iter().any(|part| part.lacks_on_call > 0));
}

#[test]
fn a_team_that_is_too_small_is_not_split() {
    for snapshot in [team(1, &[3, 3], &[]), team(9, &[3], &[])] {
        assert_eq!(suggest_split(&snapshot, &Policy::from_plan(snapshot.plan()), TEAM), None);
    }
}

#[test]
fn services_and_people_with_their_positions_depart() {
    let snapshot = team(6, &[3, 3, 3, 3], &[(0, 1), (2, 3)]);
    let plan = Arc::new(snapshot.plan().as_ref().clone());
    let mut draft = Draft::new(&plan);
    let (position, other) = (PositionId(900), TeamId(2));
    draft.put(Position {
        id: position,
        key: "P".into(),
        title: "Engineer".into(),
        team: Some(TEAM),
        ..Position::default()
    });
    let row = draft.new_id::<Assignment>();
    draft.put(Assignment { id: row, position, person: PersonId(105), ..Assignment::default() });
    let changes = draft.finish();
    let plan = Arc::new(plan.after(&changes).unwrap());
    let mut draft = Draft::new(&plan);
    draft.put(Team { id: other, key: "other".into(), name: "Other".into(), ..Team::default() });
    let day: chrono::NaiveDate = "2027-03-01".parse().unwrap();
    let departing =
        Departing { from: TEAM, to: other, services: &[ServiceId(203)], people: &[PersonId(105)], day };
    depart(&mut draft, departing);
    let changes = draft.finish();
    let then = Arc::new(plan.after(&changes).unwrap());
    let (eve, day) = (then.as_of("2027-02-28".parse().unwrap()), then.as_of(day));
    let owners = |on: &Snapshot| on.owners(on.service_ix(ServiceId(203)).unwrap()).to_vec();
    assert_eq!((owners(&eve), owners(&day)), (vec![Owner::Team(TEAM)], vec![Owner::Team(other)]));
    let people = |on: &Snapshot, team| on.people_on(on.team_ix(team).unwrap()).len();
    assert_eq!(
        (people(&eve, TEAM), people(&eve, other), people(&day, TEAM), people(&day, other)),
        (6, 0, 5, 1)
    );
    let positions = |on: &Snapshot| on.positions_on_team(on.team_ix(other).unwrap()).len();
    assert_eq!((positions(&eve), positions(&day)), (0, 1));
}

/// All divisions in which the first service stays, tried one by one.
fn brute_force(problem: &Problem) -> Vec<bool> {
    let mut all: Vec<Vec<bool>> = vec![vec![false]];
    for _ in 1..problem.weights.len() {
        all = all.iter().flat_map(|start| [false, true].map(|goes| [&start[..], &[goes]].concat())).collect();
    }
    all.retain(|away| away.contains(&true));
    all.into_iter().min_by_key(|away| problem.badness(away)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn nothing_is_better_than_what_is_suggested(
        people in 2_u64..20,
        tiers in prop::collection::vec(1_u8..5, 2..12),
        edges in prop::collection::vec((0_u64..12, 0_u64..12), 0..24),
    ) {
        let count = tiers.len() as u64;
        let edges: Vec<_> = edges.into_iter().filter(|(from, to)| from != to && *from < count && *to < count).collect();
        let snapshot = team(people, &tiers, &edges);
        let whole = Whole::new(&snapshot, &Policy::from_plan(snapshot.plan()), TEAM).unwrap();
        let problem = whole.problem();
        let (found, tried) = (problem.best(), brute_force(&problem));
        prop_assert!(found.is_exact);
        prop_assert_eq!(problem.badness(&found.away), problem.badness(&tried));
        // What is only sought is a division, too, and no better.
        let sought = problem.sought().away;
        prop_assert!(sought.contains(&true) && sought.contains(&false));
        prop_assert!(problem.badness(&sought) >= problem.badness(&tried));
    }
}
