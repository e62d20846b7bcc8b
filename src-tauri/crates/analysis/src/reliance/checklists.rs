//! Checklists of other people that rely on a person.

use headroom_model::{Checklist, ChecklistId, Entity, PersonId, Plan};
use rustc_hash::FxHashMap;

use crate::onboarding::{NewHires, ResolvedAssignee, not_complete};

/// An incomplete checklist of someone else in which a person is manager, buddy or assignee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChecklistReliance {
    pub checklist: ChecklistId,
    /// The person the checklist is for.
    pub person: PersonId,
    pub is_manager: bool,
    pub is_buddy: bool,
    /// Open items assigned to them, by name or as manager or buddy.
    pub items: u32,
}

/// The incomplete checklists of others that rely on a person, by start.
pub fn checklists_relying_on(plan: &Plan, person: PersonId) -> Vec<ChecklistReliance> {
    let open = not_complete(plan);
    let new_hires = NewHires::new(plan);
    let is_wanted = |list: &&Checklist| list.person != person && open.contains(&list.id);
    let mut lists: Vec<(&Checklist, ChecklistReliance)> = plan
        .checklists
        .iter()
        .filter(is_wanted)
        .map(|list| {
            let is_manager = new_hires.with(list).manager == Some(person);
            let is_buddy = list.buddy == Some(person);
            let (checklist, person) = (list.id, list.person);
            (list, ChecklistReliance { checklist, person, is_manager, is_buddy, items: 0 })
        })
        .collect();
    let place: FxHashMap<ChecklistId, usize> =
        lists.iter().enumerate().map(|(at, (list, _))| (list.id, at)).collect();
    for item in plan.checklist_items.iter().filter(|item| !item.state.is_over()) {
        let Some((list, found)) = place.get(&item.checklist).map(|at| &mut lists[*at]) else { continue };
        let of = |is_it: bool| is_it.then_some(person);
        let who = ResolvedAssignee::of(&item.assignee, list.person, of(found.is_manager), of(found.is_buddy));
        found.items += u32::from(who == ResolvedAssignee::Person(person));
    }
    lists.retain(|(_, found)| found.is_manager || found.is_buddy || found.items > 0);
    lists.sort_by(|(one, _), (other, _)| one.start.cmp(&other.start).then_with(|| one.compare(other, plan)));
    lists.into_iter().map(|(_, found)| found).collect()
}
