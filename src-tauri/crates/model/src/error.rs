use std::borrow::Cow;

use crate::kind::{EntityRef, Kind};

/// Why the value of a field is refused. Shown at that field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {message}")]
pub struct FieldError {
    pub field: Cow<'static, str>,
    pub message: String,
}

impl FieldError {
    pub fn new(field: &'static str, message: impl Into<String>) -> Self {
        Self { field: Cow::Borrowed(field), message: message.into() }
    }

    /// For a field name that is not known at compile time.
    pub fn named(field: &str, message: impl Into<String>) -> Self {
        Self { field: Cow::Owned(field.to_owned()), message: message.into() }
    }
}

/// Why a list of changes cannot be applied. The plan is unchanged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApplyError {
    #[error("{name} has changed since this edit was prepared; review it and try again")]
    Stale { subject: EntityRef, name: String },
    #[error("{name}: {source}")]
    Invalid { subject: EntityRef, name: String, source: FieldError },
    #[error("{name} refers to {target}, which is not in the plan")]
    MissingReference { subject: EntityRef, name: String, target: EntityRef },
    #[error("{name} cannot be deleted: {by} still refers to it")]
    StillReferenced { subject: EntityRef, name: String, by: String, referrer: EntityRef },
    #[error("another {} already has the ID “{key}”", kind.noun())]
    DuplicateKey { kind: Kind, key: String },
    #[error("a team cannot be inside itself: {}", path.join(" → "))]
    ParentLoop { path: Vec<String> },
    #[error("a position cannot report to itself: {}", path.join(" → "))]
    ManagerLoop { path: Vec<String> },
    #[error("items cannot depend on each other: {}; remove one of these dependencies", path.join(" → "))]
    NeedsLoop { path: Vec<String> },
    #[error("“{item}” depends on “{other}”, which is in another list")]
    OtherList { item: String, other: String },
}
