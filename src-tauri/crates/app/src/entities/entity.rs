//! Any entity: its kind, and its name to show and to open.

use headroom_analysis::onboarding::ResolvedAssignee;
use headroom_model::{EntityRef, Kind, Owner, Plan};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum EntityKind {
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
}

impl From<Kind> for EntityKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Team => Self::Team,
            Kind::Person => Self::Person,
            Kind::Membership => Self::Membership,
            Kind::Grouping => Self::Grouping,
            Kind::Service => Self::Service,
            Kind::Ownership => Self::Ownership,
            Kind::Dependency => Self::Dependency,
            Kind::Interaction => Self::Interaction,
            Kind::Position => Self::Position,
            Kind::Assignment => Self::Assignment,
            Kind::Assumption => Self::Assumption,
            Kind::Budget => Self::Budget,
            Kind::ExchangeRate => Self::ExchangeRate,
            Kind::Holiday => Self::Holiday,
            Kind::Approval => Self::Approval,
            Kind::Template => Self::Template,
            Kind::TemplateItem => Self::TemplateItem,
            Kind::Checklist => Self::Checklist,
            Kind::ChecklistItem => Self::ChecklistItem,
            Kind::Setting => Self::Setting,
        }
    }
}

impl From<EntityKind> for Kind {
    fn from(kind: EntityKind) -> Self {
        match kind {
            EntityKind::Team => Self::Team,
            EntityKind::Person => Self::Person,
            EntityKind::Membership => Self::Membership,
            EntityKind::Grouping => Self::Grouping,
            EntityKind::Service => Self::Service,
            EntityKind::Ownership => Self::Ownership,
            EntityKind::Dependency => Self::Dependency,
            EntityKind::Interaction => Self::Interaction,
            EntityKind::Position => Self::Position,
            EntityKind::Assignment => Self::Assignment,
            EntityKind::Assumption => Self::Assumption,
            EntityKind::Budget => Self::Budget,
            EntityKind::ExchangeRate => Self::ExchangeRate,
            EntityKind::Holiday => Self::Holiday,
            EntityKind::Approval => Self::Approval,
            EntityKind::Template => Self::Template,
            EntityKind::TemplateItem => Self::TemplateItem,
            EntityKind::Checklist => Self::Checklist,
            EntityKind::ChecklistItem => Self::ChecklistItem,
            EntityKind::Setting => Self::Setting,
        }
    }
}

/// An entity with its name, to show and to open.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct NamedEntity {
    pub kind: EntityKind,
    pub id: u32,
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
        Self { kind: subject.kind.into(), id: subject.id, key, name: plan.name_of(subject), is_unconfirmed }
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
