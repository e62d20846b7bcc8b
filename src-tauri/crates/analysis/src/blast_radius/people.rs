//! People who are on another team or have another manager.

use headroom_model::{LifecycleEvent, PersonId, PersonIx, Snapshot, TeamId};

use super::less;
use crate::onboarding::NewHires;

/// A person who is there in both plans, on another team or with another manager.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonShift {
    pub person: PersonId,
    /// Teams that they leave.
    pub from: Vec<TeamId>,
    /// Teams that they join.
    pub to: Vec<TeamId>,
    /// Who manages them before and after, where that differs: who is in the position above theirs, else the lead of their
    /// team.
    pub managers: Option<[Option<PersonId>; 2]>,
}

pub(super) fn shifts(before: &Snapshot, after: &Snapshot) -> Vec<PersonShift> {
    let plan = after.plan();
    let (were, are) = (NewHires::new(before.plan()), NewHires::new(plan));
    let of = |at: PersonIx| {
        let person = after.person(at).id;
        let was = before.person_ix(person)?;
        let (had, has) = (teams(before, was), teams(after, at));
        let (from, to) = (less(&had, &has), less(&has, &had));
        let manager = |all: &NewHires<'_>| all.of(person, LifecycleEvent::Move, after.day()).manager;
        let managers = [manager(&were), manager(&are)];
        let managers = (managers[0] != managers[1]).then_some(managers);
        let is_shifted = !from.is_empty() || !to.is_empty() || managers.is_some();
        is_shifted.then_some(PersonShift { person, from, to, managers })
    };
    let mut found: Vec<PersonShift> = (0..after.person_count()).filter_map(of).collect();
    found.sort_by_cached_key(|shift| plan.place_of(shift.person));
    found
}

fn teams(snapshot: &Snapshot, at: PersonIx) -> Vec<TeamId> {
    let is_there = |team: &TeamId| snapshot.team_ix(*team).is_some();
    let mut teams: Vec<TeamId> = snapshot.memberships(at).map(|row| row.team).filter(is_there).collect();
    teams.sort_by_cached_key(|team| snapshot.plan().place_of(*team));
    teams.dedup();
    teams
}
