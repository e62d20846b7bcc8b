//! The holding area: who and what was taken out of teams and not placed yet.

use headroom_model::{PersonId, PositionId, Snapshot};
use rustc_hash::FxHashSet;

/// People and positions that are on a team without the changes, and on none with them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HoldingArea {
    /// By name.
    pub people: Vec<PersonId>,
    /// By title and key. One that somebody of these people is in is with them.
    pub positions: Vec<PositionId>,
}

impl HoldingArea {
    /// Compares two plans on the day of both snapshots. Who does not work for the organisation any more is placed
    /// nowhere, and neither is a position that has ended.
    pub fn new(before: &Snapshot, after: &Snapshot) -> Self {
        let is_on_team = |snapshot: &Snapshot, person: PersonId| {
            let at = snapshot.person_ix(person)?;
            Some(snapshot.memberships(at).any(|row| snapshot.team_ix(row.team).is_some()))
        };
        let plan = after.plan();
        let mut people: Vec<PersonId> = (0..after.person_count())
            .map(|at| after.person(at).id)
            .filter(|person| {
                is_on_team(before, *person) == Some(true) && is_on_team(after, *person) == Some(false)
            })
            .collect();
        people.sort_by_cached_key(|person| plan.place_of(*person));
        let has_team = |snapshot: &Snapshot, position: PositionId| {
            let at = snapshot.position_ix(position)?;
            Some(snapshot.position(at).team.is_some_and(|team| snapshot.team_ix(team).is_some()))
        };
        let with_people: FxHashSet<usize> = people
            .iter()
            .filter_map(|person| after.person_ix(*person))
            .flat_map(|at| after.positions_of(at).iter().map(|position| *position as usize))
            .collect();
        let mut positions: Vec<PositionId> = (0..after.position_count())
            .filter(|at| !with_people.contains(at))
            .map(|at| after.position(at).id)
            .filter(|position| {
                has_team(before, *position) == Some(true) && has_team(after, *position) == Some(false)
            })
            .collect();
        positions.sort_by_cached_key(|position| plan.place_of(*position));
        Self { people, positions }
    }

    pub fn is_empty(&self) -> bool {
        self.people.is_empty() && self.positions.is_empty()
    }
}
