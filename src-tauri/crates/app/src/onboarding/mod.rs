//! The Onboarding view: new hires, their checklists, templates, overdue items, workload and figures. One file per tab
//! or page; `list/` is the checklist as the person who follows it sees it.

pub mod item_state;
pub mod list;
pub mod merge_back;
pub mod new_hire;
pub mod new_hires;
pub mod overdue;
pub mod share;
pub mod start;
pub mod template;
pub mod templates;
pub mod times;
pub mod workload;

use headroom_analysis::onboarding::ResolvedAssignee;
use headroom_model::Plan;

use super::NamedEntity;

impl NamedEntity {
    /// The entity, if the assignee is in the plan.
    fn of_assignee(plan: &Plan, assignee: &ResolvedAssignee) -> Option<Self> {
        match assignee {
            ResolvedAssignee::Person(person) => Some(Self::new(plan, *person)),
            ResolvedAssignee::Team(team) => Some(Self::new(plan, *team)),
            ResolvedAssignee::Role(_) | ResolvedAssignee::Named(_) => None,
        }
    }
}
