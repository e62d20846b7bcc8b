//! What a Headroom plan is: entities with dates, the changes that alter them, and the organisation as it
//! stands on a day. Knows no file, no clock and no screen.

#[macro_use]
pub mod entity;
pub mod assumption_kind;
pub mod assumption_value;
pub mod cascading_delete;
pub mod change;
pub mod change_words;
pub mod csr;
pub mod currency;
pub mod date_range;
pub mod decimal6;
pub mod draft;
pub mod error;
pub mod fields;
mod fixed;
pub mod folding;
pub mod integrity;
pub mod money;
mod order;
pub mod ownership_transfer;
pub mod plan;
pub mod position_keys;
pub mod redaction;
pub mod slo;
pub mod snapshot;
pub mod table;
pub mod vacancy;

pub use assumption_value::{AssumptionValue, DaysOff};
pub use cascading_delete::{delete_cascading, delete_positions};
pub use change::{Change, Edit, FieldChange};
pub use change_words::{ChangeWords, FieldWords, field_label};
pub use currency::currency_of;
pub use date_range::DateRange;
pub use decimal6::Decimal6;
pub use draft::Draft;
pub use entity::{
    Approval, ApprovalId, ApprovedPosition, Assignee, Assignment, AssignmentId, Assumption, AssumptionId,
    Breadth, Budget, BudgetId, Checklist, ChecklistId, ChecklistItem, ChecklistItemId, ChecklistStep,
    Dependency, DependencyId, Due, Entity, EntityRef, EntityTable, ExchangeRate, ExchangeRateId, Feedback,
    FeedbackKind, Grouping, GroupingId, GroupingKind, Holiday, HolidayId, Interaction, InteractionId,
    ItemState, Kind, LifecycleEvent, Link, Membership, MembershipId, Owner, Ownership, OwnershipId, Person,
    PersonId, Position, PositionId, Service, ServiceId, Setting, SettingId, Status, Tables, Team, TeamId,
    Template, TemplateId, TemplateItem, TemplateItemId, TemplateUse, is_lead, mode, pay_range, reason, role,
};
pub use error::{ApplyError, FieldError};
pub use folding::{folded, same_word};
pub use money::{Currency, Money, Rate};
pub use ownership_transfer::transfer_ownership;
pub use plan::Plan;
pub use position_keys::PositionKeys;
pub use slo::Slo;
pub use snapshot::{PersonIx, PositionIx, ServiceIx, Snapshot, TeamIx, position_above};
pub use table::Table;
