//! What a Headroom plan is: entities with dates, the changes that alter them, and the organisation as it
//! stands on a day. Knows no file, no clock and no screen.

#[macro_use]
pub mod entity;
pub mod assumption_kind;
pub mod availability;
pub mod change;
pub mod change_words;
pub mod currency;
pub mod draft;
pub mod error;
pub mod fields;
mod fixed;
pub mod folding;
pub mod fraction;
pub mod grouped;
pub mod handover;
pub mod integrity;
pub mod money;
mod order;
pub mod plan;
pub mod quantity;
pub mod redaction;
pub mod removal;
pub mod seat;
pub mod seat_keys;
pub mod snapshot;
pub mod span;
pub mod table;

pub use availability::Availability;
pub use change::{Change, Edit, FieldChange};
pub use change_words::{ChangeWords, FieldWords};
pub use currency::currency_of;
pub use draft::Draft;
pub use entity::{
    Approval, ApprovalId, ApprovedSeat, Assignee, Assignment, AssignmentId, Assumption, AssumptionId,
    Breadth, Budget, BudgetId, Checklist, ChecklistId, ChecklistItem, ChecklistItemId, Dependency,
    DependencyId, Due, Entity, EntityRef, ExchangeRate, ExchangeRateId, Fault, Feedback, Grouping,
    GroupingId, GroupingKind, Holiday, HolidayId, Interaction, InteractionId, ItemState, Kind, Link,
    Membership, MembershipId, Occasion, Owner, Ownership, OwnershipId, Person, PersonId, Position,
    PositionId, Service, ServiceId, Setting, SettingId, Status, Step, Stored, Tables, Team, TeamId, Template,
    TemplateId, TemplateItem, TemplateItemId, TemplateUse, is_lead, mode, pay_range, reason, role,
};
pub use error::{ApplyError, FieldError};
pub use folding::{folded, same_word};
pub use fraction::Fraction;
pub use handover::hand_over;
pub use money::{Currency, Money, Rate};
pub use plan::Plan;
pub use quantity::{DaysOff, Quantity};
pub use removal::{remove_positions, remove_whole};
pub use seat_keys::SeatKeys;
pub use snapshot::{PersonIx, PositionIx, ServiceIx, Snapshot, TeamIx, position_above};
pub use span::Span;
pub use table::Table;
