//! The resolved assignee of a checklist item.

use headroom_model::{Assignee, Kind, PersonId, Plan, TeamId};

/// Who an assignee resolves to in one checklist.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ResolvedAssignee {
    Person(PersonId),
    Team(TeamId),
    /// A role without a person, by its display name: `IT`, `manager`.
    Role(&'static str),
    /// Someone who is not in the plan, by name.
    Named(String),
}

impl ResolvedAssignee {
    /// Resolves an assignee. `manager` and `buddy` are those of the checklist.
    pub fn of(
        assignee: &Assignee,
        person: PersonId,
        manager: Option<PersonId>,
        buddy: Option<PersonId>,
    ) -> Self {
        let or = |person: Option<PersonId>, role| {
            person.map_or(ResolvedAssignee::Role(role), ResolvedAssignee::Person)
        };
        match assignee {
            Assignee::NewHire => ResolvedAssignee::Person(person),
            Assignee::Manager => or(manager, "Manager"),
            Assignee::Buddy => or(buddy, "Buddy"),
            Assignee::It => ResolvedAssignee::Role("IT"),
            Assignee::PeopleOps => ResolvedAssignee::Role("People Ops"),
            Assignee::Person(person) => ResolvedAssignee::Person(*person),
            Assignee::Team(team) => ResolvedAssignee::Team(*team),
            Assignee::Other(name) => ResolvedAssignee::Named(name.clone()),
        }
    }

    /// By which assignees are sorted: people, teams, roles, then names.
    pub fn place(&self, plan: &Plan) -> (u8, Option<(Kind, u32)>, &str) {
        match self {
            ResolvedAssignee::Person(person) => (0, Some(plan.place_of(*person)), ""),
            ResolvedAssignee::Team(team) => (1, Some(plan.place_of(*team)), ""),
            ResolvedAssignee::Role(role) => (2, None, role),
            ResolvedAssignee::Named(name) => (3, None, name),
        }
    }

    pub fn name(&self, plan: &Plan) -> String {
        match self {
            ResolvedAssignee::Person(person) => plan.name_of((*person).into()),
            ResolvedAssignee::Team(team) => plan.name_of((*team).into()),
            ResolvedAssignee::Role(role) => (*role).to_owned(),
            ResolvedAssignee::Named(name) => name.clone(),
        }
    }
}
