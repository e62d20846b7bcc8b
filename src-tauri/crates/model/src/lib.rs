//! What a Headroom plan is: entities with dates, the changes that alter them, and the organisation as it
//! stands on a day. Knows no file, no clock and no screen.

#[macro_use]
pub mod entity;
pub mod availability;
pub mod change;
pub mod draft;
pub mod error;
pub mod fields;
pub mod grouped;
pub mod handover;
pub mod integrity;
pub mod plan;
pub mod removal;
pub mod snapshot;
pub mod span;
pub mod table;

pub use availability::Availability;
pub use change::{Change, Edit, FieldChange};
pub use draft::Draft;
pub use entity::{
    Dependency, DependencyId, Entity, EntityRef, Grouping, GroupingId, GroupingKind, Interaction,
    InteractionId, Kind, Link, Membership, MembershipId, Owner, Ownership, OwnershipId, Person, PersonId,
    Service, ServiceId, Setting, SettingId, Stored, Tables, Team, TeamId, mode, role,
};
pub use error::{ApplyError, FieldError};
pub use handover::hand_over;
pub use plan::Plan;
pub use removal::remove_whole;
pub use snapshot::{PersonIx, ServiceIx, Snapshot, TeamIx};
pub use span::Span;
pub use table::Table;
