//! Whom and what one plan moves against another.

use headroom_model::{LifecycleEvent, PersonId, ServiceId, Snapshot};
use rustc_hash::FxHashMap;

use crate::{comparison::Staffing, onboarding::NewHires};

/// What is otherwise than in another plan on the same day. Only people and services of both are compared: who joins or
/// leaves in one of them has not moved.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlanMoves {
    /// People on other teams, on more, or on fewer, by name.
    pub teams: Vec<PersonId>,
    /// People with another manager: the occupant of the position above, else the lead of the team. By name.
    pub managers: Vec<PersonId>,
    /// Services with other accountable owners, by name.
    pub owners: Vec<ServiceId>,
}

/// What a plan moves against the one it is compared with. IDs are the same in both.
pub fn moves(of: &Snapshot, with: &Snapshot) -> PlanMoves {
    let plan = of.plan();
    let (is, was) = (Staffing::new(of), Staffing::new(with));
    let mut both: Vec<PersonId> = is.people.intersection(&was.people).copied().collect();
    both.sort_unstable_by_key(|person| plan.place_of(*person));
    let (on, were_on) = (is.by_person(), was.by_person());
    let (manager, had) = (managers(of, &both), managers(with, &both));
    let among = |is_moved: &dyn Fn(&PersonId) -> bool| {
        both.iter().copied().filter(|person| is_moved(person)).collect::<Vec<_>>()
    };
    PlanMoves {
        teams: among(&|person| on.get(person) != were_on.get(person)),
        managers: among(&|person| manager.get(person) != had.get(person)),
        owners: services(of, with),
    }
}

fn managers(snapshot: &Snapshot, people: &[PersonId]) -> FxHashMap<PersonId, PersonId> {
    let new_hires = NewHires::new(snapshot.plan());
    let manager = |person: &PersonId| {
        let found = new_hires.of(*person, LifecycleEvent::Join, snapshot.day());
        found.manager.map(|manager| (*person, manager))
    };
    people.iter().filter_map(manager).collect()
}

fn services(of: &Snapshot, with: &Snapshot) -> Vec<ServiceId> {
    let is_other = |service: &ServiceId| {
        let Some((is, was)) = of.service_ix(*service).zip(with.service_ix(*service)) else { return false };
        let (is, was) = (of.owners(is), with.owners(was));
        is.len() != was.len() || is.iter().any(|owner| !was.contains(owner))
    };
    let mut found: Vec<ServiceId> =
        (0..of.service_count()).map(|at| of.service(at).id).filter(is_other).collect();
    found.sort_unstable_by_key(|service| of.plan().place_of(*service));
    found
}
