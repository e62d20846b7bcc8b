//! Any entity: its kind, and its name to show and to open.

use crate::entities::id::Id;
use headroom_analysis::onboarding::ResolvedAssignee;
use headroom_model::{EntityRef, Kind, Owner, Plan};
use serde::{Deserialize, Serialize};

macro_rules! entity_kinds {
    ($($kind:ident),* $(,)?) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
        #[serde(rename_all = "camelCase")]
        pub enum EntityKind {
            $($kind),*
        }

        impl From<Kind> for EntityKind {
            fn from(kind: Kind) -> Self {
                match kind {
                    $(Kind::$kind => Self::$kind),*
                }
            }
        }

        impl From<EntityKind> for Kind {
            fn from(kind: EntityKind) -> Self {
                match kind {
                    $(EntityKind::$kind => Self::$kind),*
                }
            }
        }
    };
}

entity_kinds![
    Team,
    Person,
    Membership,
    Grouping,
    Service,
    Ownership,
    Dependency,
    Interaction,
    Position,
    Assignment,
    Assumption,
    Budget,
    ExchangeRate,
    Holiday,
    Approval,
    Template,
    TemplateItem,
    Checklist,
    ChecklistItem,
    Setting,
];

/// An entity with its name, to show and to open.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct NamedEntity {
    pub kind: EntityKind,
    pub id: Id,
    pub key: String,
    pub name: String,
    /// Referred to by a source and defined by none.
    pub is_unconfirmed: bool,
}

impl NamedEntity {
    pub fn new(plan: &Plan, subject: impl Into<EntityRef>) -> Self {
        let subject = subject.into();
        let (key, is_unconfirmed) = match subject.kind {
            Kind::Team => plan.teams.get(subject.id.into()).map(|row| (row.key.clone(), row.unconfirmed)),
            Kind::Person => plan.people.get(subject.id.into()).map(|row| (row.key.clone(), row.unconfirmed)),
            Kind::Service => {
                plan.services.get(subject.id.into()).map(|row| (row.key.clone(), row.unconfirmed))
            }
            Kind::Grouping => {
                plan.groupings.get(subject.id.into()).map(|row| (row.key.clone(), row.unconfirmed))
            }
            Kind::Position => plan.positions.get(subject.id.into()).map(|row| (row.key.clone(), false)),
            // These are named by what they connect.
            _ => None,
        }
        .unwrap_or_default();
        Self {
            kind: subject.kind.into(),
            id: Id(subject.id),
            key,
            name: plan.name_of(subject),
            is_unconfirmed,
        }
    }

    pub fn of_owner(plan: &Plan, owner: Owner) -> Self {
        Self::new(plan, EntityRef::from(owner))
    }

    /// The entity, if the assignee is in the plan.
    pub fn of_assignee(plan: &Plan, assignee: &ResolvedAssignee) -> Option<Self> {
        match assignee {
            ResolvedAssignee::Person(person) => Some(Self::new(plan, *person)),
            ResolvedAssignee::Team(team) => Some(Self::new(plan, *team)),
            ResolvedAssignee::Role(_) | ResolvedAssignee::Named(_) => None,
        }
    }
}
