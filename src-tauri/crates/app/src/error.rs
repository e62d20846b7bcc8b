//! Errors of the core as messages for the user.

use headroom_model::{ApplyError, FieldError};
use headroom_store::StoreError;
use serde::Serialize;

/// Why a command failed.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct AppError {
    pub kind: ErrorKind,
    pub message: String,
    /// The field to show the message at, if it is about one.
    pub field: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum ErrorKind {
    /// A value was refused.
    Invalid,
    /// The plan has changed since the window asked; it was reloaded.
    Stale,
    /// The same was changed by others since the window asked, so that both do not go together; the plan was reloaded, and
    /// the change waits for a decision.
    Conflict,
    /// An error of the file or the disk.
    File,
    /// No plan is open.
    NoPlan,
    /// The entity does not exist (any more).
    NotFound,
    /// The user cancelled.
    Cancelled,
}

impl AppError {
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), field: None }
    }

    pub fn not_found(what: &str) -> Self {
        Self::new(ErrorKind::NotFound, format!("{what} is no longer in the plan"))
    }

    pub fn no_plan() -> Self {
        Self::new(ErrorKind::NoPlan, "no plan is open")
    }

    pub fn cancelled() -> Self {
        Self::new(ErrorKind::Cancelled, "cancelled")
    }
}

impl From<FieldError> for AppError {
    fn from(error: FieldError) -> Self {
        Self { kind: ErrorKind::Invalid, message: error.message, field: Some(error.field.into_owned()) }
    }
}

impl From<ApplyError> for AppError {
    fn from(error: ApplyError) -> Self {
        match error {
            ApplyError::Invalid { source, .. } => source.into(),
            ApplyError::Stale { .. } => Self::new(ErrorKind::Stale, error.to_string()),
            ApplyError::ParentLoop { .. } => {
                Self { field: Some("parent".into()), ..Self::new(ErrorKind::Invalid, error.to_string()) }
            }
            ApplyError::ManagerLoop { .. } => {
                Self { field: Some("manager".into()), ..Self::new(ErrorKind::Invalid, error.to_string()) }
            }
            other => Self::new(ErrorKind::Invalid, other.to_string()),
        }
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Refused(error) => error.into(),
            StoreError::ChangedElsewhere => Self::new(ErrorKind::Stale, error.to_string()),
            StoreError::Conflicts(_) => Self::new(ErrorKind::Stale, error.to_string()),
            other => Self::new(ErrorKind::File, other.to_string()),
        }
    }
}

impl From<headroom_files::ReadError> for AppError {
    fn from(error: headroom_files::ReadError) -> Self {
        Self::new(ErrorKind::File, error.to_string())
    }
}

impl From<headroom_diagram_export::UnknownDiagram> for AppError {
    fn from(error: headroom_diagram_export::UnknownDiagram) -> Self {
        Self::new(ErrorKind::File, error.to_string())
    }
}

impl From<headroom_files::WriteError> for AppError {
    fn from(error: headroom_files::WriteError) -> Self {
        Self::new(ErrorKind::File, error.to_string())
    }
}

pub type Answer<T> = Result<T, AppError>;
