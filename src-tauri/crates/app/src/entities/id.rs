//! The ID of an entity, as the page knows it.

use headroom_model::{
    ApprovalId, AssignmentId, AssumptionId, BudgetId, ChecklistId, ChecklistItemId, DependencyId,
    ExchangeRateId, GroupingId, HolidayId, InteractionId, MembershipId, OwnershipId, PersonId, PositionId,
    ServiceId, SettingId, TeamId, TemplateId, TemplateItemId,
};
use serde::{Deserialize, Serialize};

/// The ID of an entity of any kind. It has 53 bits, so that it is exact as a number of JavaScript.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(transparent)]
pub struct Id(#[specta(type = specta_typescript::Number)] pub u64);

macro_rules! ids {
    ($($Id:ident)*) => { $(
        impl From<$Id> for Id { fn from(id: $Id) -> Self { Self(id.into()) } }
        impl From<Id> for $Id { fn from(id: Id) -> Self { id.0.into() } }
    )* };
}

ids! {
    TeamId PersonId MembershipId GroupingId ServiceId OwnershipId DependencyId InteractionId PositionId AssignmentId
    AssumptionId BudgetId ExchangeRateId HolidayId ApprovalId TemplateId TemplateItemId ChecklistId ChecklistItemId
    SettingId
}
