use headroom_model::{Assignee, PersonId, Plan, TeamId};

/// Who an assignee of a checklist comes down to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Doer {
    Person(PersonId),
    Team(TeamId),
    /// A role that nobody has been named for, in words: `IT`, `manager`.
    Role(&'static str),
    /// Somebody who is not in the plan.
    Named(String),
}

impl Doer {
    /// `manager` and `buddy` are those of the checklist.
    pub fn of(
        assignee: &Assignee,
        person: PersonId,
        manager: Option<PersonId>,
        buddy: Option<PersonId>,
    ) -> Self {
        let or = |person: Option<PersonId>, role| person.map_or(Doer::Role(role), Doer::Person);
        match assignee {
            Assignee::NewHire => Doer::Person(person),
            Assignee::Manager => or(manager, "Manager"),
            Assignee::Buddy => or(buddy, "Buddy"),
            Assignee::It => Doer::Role("IT"),
            Assignee::PeopleOps => Doer::Role("People Ops"),
            Assignee::Person(person) => Doer::Person(*person),
            Assignee::Team(team) => Doer::Team(*team),
            Assignee::Other(name) => Doer::Named(name.clone()),
        }
    }

    pub fn name(&self, plan: &Plan) -> String {
        match self {
            Doer::Person(person) => plan.name_of((*person).into()),
            Doer::Team(team) => plan.name_of((*team).into()),
            Doer::Role(role) => (*role).to_owned(),
            Doer::Named(name) => name.clone(),
        }
    }
}
