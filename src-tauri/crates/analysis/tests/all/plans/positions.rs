//! Random plans with positions, and people in them.

use headroom_model::{Assignment, Assumption, Draft, Money, PersonId, Plan, Position, PositionId, Status};
use proptest::prelude::*;

use super::{Ends, day, ends, plan};

/// Team and service, start, need-by date, days, status, and the earlier position that it backfills.
type Seed = (Option<u32>, Option<u32>, Option<i64>, Option<i64>, Ends, usize, Option<u32>);

/// The plans of [`plan`], with positions of every status, backfills and assignments.
pub fn plan_with_positions() -> impl Strategy<Value = Plan> {
    let often = |most: u32| prop::option::weighted(0.8, 0..most);
    let days = || prop::option::weighted(0.6, -40i64..80);
    let ended = prop_oneof![3 => Just((None, None)), 1 => ends()];
    let seed = (often(4), prop::option::of(0..5u32), days(), days(), ended, 0..Status::ALL.len(), often(8));
    let positions = prop::collection::vec(seed, 1..6);
    let assignments = prop::collection::vec((0..6u32, 0..6u32, ends()), 0..7);
    (plan(), positions, assignments)
        .prop_map(|(plan, positions, assignments)| with_positions(&plan, positions, &assignments))
}

fn with_positions(plan: &Plan, seeds: Vec<Seed>, assignments: &[(u32, u32, Ends)]) -> Plan {
    let (mut next, mut draft) = (plan.clone(), Draft::new(plan));
    let ramp = draft.new_id::<Assumption>();
    let value = "7".parse().unwrap();
    draft.put(Assumption { id: ramp, kind: "ramp-time".into(), value, ..Assumption::default() });
    let mut made: Vec<PositionId> = Vec::new();
    for (team, service, start, need_by, (from, until), status, before) in seeds {
        let id = draft.new_id::<Position>();
        draft.put(Position {
            id,
            key: format!("HC-{}", id.0),
            team: team.and_then(|at| plan.teams.iter().nth(at as usize)).map(|team| team.id),
            service: service.and_then(|at| plan.services.iter().nth(at as usize)).map(|row| row.id),
            start: start.map(day),
            need_by: need_by.map(day),
            status: Status::ALL[status],
            backfill_of: before.and_then(|at| made.get(at as usize)).copied(),
            pay: Some(Money::new(6_000_000, "EUR".parse().unwrap())),
            from,
            until,
            ..Position::default()
        });
        made.push(id);
    }
    let people: Vec<PersonId> = plan.people.iter().map(|person| person.id).collect();
    for (position, person, (from, until)) in assignments {
        let Some(position) = made.get(*position as usize).copied() else { continue };
        let id = draft.new_id::<Assignment>();
        let person = people[*person as usize];
        draft.put(Assignment { id, position, person, from: *from, until: *until, ..Assignment::default() });
    }
    let changes = draft.finish();
    next.apply(&changes).unwrap();
    next
}
