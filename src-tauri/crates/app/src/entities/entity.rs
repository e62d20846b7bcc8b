//! Any entity: its kind, and its name to show and to open.

use crate::entities::id::Id;
use headroom_analysis::onboarding::ResolvedAssignee;
use headroom_model::{Entity, EntityRef, Kind, Owner, Plan, entities, field::field, with_row};
use serde::{Deserialize, Serialize};

macro_rules! entity_kinds {
    ($($kind:ident, $Id:ident, $module:ident, $noun:literal, $table:ident;)*) => {
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

        impl EntityKind {
            /// As it stands in JSON and in addresses: `team`, `templateItem`.
            pub fn name(self) -> String {
                let name = match self {
                    $(Self::$kind => stringify!($kind)),*
                };
                let mut letters = name.chars();
                letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect()
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

entities!(entity_kinds);

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
        let is_unconfirmed = with_row!(plan, subject, row => is_unconfirmed(row)).unwrap_or_default();
        Self {
            kind: subject.kind.into(),
            id: Id(subject.id),
            key: plan.key_of(subject).to_owned(),
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

/// Whether a row is referred to by a source and defined by none.
fn is_unconfirmed<T: Entity>(row: &T) -> bool {
    field::<T>("unconfirmed").is_some_and(|field| !field.value(row).is_empty())
}
