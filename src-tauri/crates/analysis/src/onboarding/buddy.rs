//! Colleagues who could be a new hire's buddy.

use headroom_model::{ChecklistId, PersonId, Plan, Snapshot};
use rustc_hash::FxHashSet;

use super::NewHire;

/// A candidate for a buddy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colleague {
    pub person: PersonId,
    /// How many incomplete checklists they are the buddy of.
    pub looks_after: u32,
}

/// The members of the new hire's team without the manager: those with fewest checklists first, then by name.
pub fn colleagues(snapshot: &Snapshot, new_hire: &NewHire) -> Vec<Colleague> {
    let plan = snapshot.plan();
    let Some(team) = new_hire.team.and_then(|team| snapshot.team_ix(team)) else { return Vec::new() };
    let open = not_complete(plan);
    let looks_after = |person: PersonId| {
        let lists = plan.checklists.iter().filter(|list| list.buddy == Some(person));
        lists.filter(|list| open.contains(&list.id)).count() as u32
    };
    let is_other = |person: &PersonId| *person != new_hire.person && Some(*person) != new_hire.manager;
    let people = snapshot.people_on(team).into_iter().map(|at| snapshot.person(at).id).filter(is_other);
    let mut found: Vec<Colleague> =
        people.map(|person| Colleague { person, looks_after: looks_after(person) }).collect();
    let name = |person: PersonId| plan.name_of(person.into()).to_lowercase();
    found.sort_by_cached_key(|one| (one.looks_after, name(one.person), plan.place_of(one.person)));
    found
}

/// The checklists with at least one open required item.
pub fn not_complete(plan: &Plan) -> FxHashSet<ChecklistId> {
    let is_left =
        |item: &&headroom_model::ChecklistItem| !item.state.is_over() && !item.optional && !item.goal;
    plan.checklist_items.iter().filter(is_left).map(|item| item.checklist).collect()
}
