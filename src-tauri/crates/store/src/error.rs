use std::path::PathBuf;

use headroom_model::{
    ApplyError,
    merge::{Conflict, Merge},
};
use rusqlite::ErrorCode;

/// Why a plan file could not be read or written. The file is unchanged.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("{} does not exist", .0.display())]
    Missing(PathBuf),
    #[error("{} already exists; choose another name or open it", .0.display())]
    Exists(PathBuf),
    #[error("{} holds the backups of an earlier plan with this name, including all its data: move the folder or choose another name", .0.display())]
    FormerBackups(PathBuf),
    #[error("{} is a folder, not a plan", .0.display())]
    Folder(PathBuf),
    #[error("{} is not a Headroom plan{}", path.display(), found.map(|found| format!(": it is {found}")).unwrap_or_default())]
    Foreign { path: PathBuf, found: Option<&'static str> },
    #[error("{} was saved by a newer Headroom (format {found}; this version reads up to {known}): update Headroom to open it", path.display())]
    Newer { path: PathBuf, found: i64, known: i64 },
    #[error("{} contains parts that Headroom did not create and that could change the plan unnoticed: {}. Save a copy without them: “headroom doctor --clean-copy COPY”", path.display(), listed(strangers))]
    Prepared { path: PathBuf, strangers: Vec<String> },
    #[error("the plan is damaged ({0}): run “headroom doctor” or restore a backup")]
    Damaged(String),
    #[error("the plan's contents are inconsistent ({0}): run “headroom doctor” or restore a backup")]
    Inconsistent(String),
    #[error("the plan is read-only: copy it to a folder you can write to, or change its permissions")]
    ReadOnly,
    #[error(
        "the file has an older format and is read-only: copy it to a folder you can write to and open the copy"
    )]
    OldAndReadOnly,
    #[error("the disk is full: nothing was changed; free some space and try again")]
    DiskFull,
    #[error("another program is writing to this plan: nothing was changed; try again in a moment")]
    Busy,
    #[error(
        "the plan was changed by another Headroom in the meantime: your change was not saved; the plan has been reloaded, check it and try again"
    )]
    ChangedElsewhere,
    /// With what would go together, so that the conflicts can be decided.
    #[error("{}", conflicts_in_words(&.0.conflicts))]
    Conflicts(Box<Merge>),
    #[error("{} is not a copy of this plan: only copies of one plan can be merged", .0.display())]
    OtherPlan(PathBuf),
    #[error("{} is damaged ({why}), and nothing was merged: ask for the file again", copy.display())]
    BrokenCopy { copy: PathBuf, why: String },
    #[error("the plan has no such scenario")]
    NoScenario,
    #[error("{0} in the plan itself: leave the scenario first")]
    OnlyInPlan(&'static str),
    #[error("nothing to undo")]
    NothingToUndo,
    #[error("nothing to redo")]
    NothingToRedo,
    #[error(transparent)]
    Refused(#[from] ApplyError),
    #[error("{doing}: {source}")]
    Io { doing: String, source: std::io::Error },
    #[error("could not use the plan file: {0}")]
    Database(rusqlite::Error),
}

fn conflicts_in_words(conflicts: &[Conflict]) -> String {
    let count = headroom_model::wording::count_of(conflicts.len(), "change");
    format!("{count} cannot be made, because the same was changed in the meantime: nothing was changed")
}

/// The first few: a prepared file may have any number of them.
pub(crate) fn listed(strangers: &[String]) -> String {
    const NAMED: usize = 5;
    let more = strangers.len().saturating_sub(NAMED);
    let named = strangers[..strangers.len().min(NAMED)].join(", ");
    if more > 0 { format!("{named} and {more} more") } else { named }
}

impl StoreError {
    /// The problem without advice, for the doctor.
    pub(crate) fn plain(&self) -> String {
        match self {
            StoreError::Damaged(problem) | StoreError::Inconsistent(problem) => problem.clone(),
            other => other.to_string(),
        }
    }

    /// The same, of one operation.
    pub(crate) fn at(self, seq: i64) -> Self {
        StoreError::Inconsistent(format!("operation {seq}: {}", self.plain()))
    }

    /// Whether the file is a plan that can no longer be read, so that a backup may replace it.
    pub fn is_damage(&self) -> bool {
        matches!(
            self,
            StoreError::Damaged(_)
                | StoreError::Inconsistent(_)
                | StoreError::Foreign { found: Some("empty"), .. }
        )
    }

    pub(crate) fn io(doing: impl Into<String>) -> impl FnOnce(std::io::Error) -> StoreError {
        let doing = doing.into();
        move |source| match source.kind() {
            std::io::ErrorKind::StorageFull => StoreError::DiskFull,
            std::io::ErrorKind::ReadOnlyFilesystem => StoreError::ReadOnly,
            _ => StoreError::Io { doing, source },
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => StoreError::DiskFull,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy,
            Some(ErrorCode::ReadOnly) => StoreError::ReadOnly,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                StoreError::Damaged(error.to_string())
            }
            _ => match error {
                rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::IntegralValueOutOfRange(..)
                | rusqlite::Error::InvalidColumnType(..) => StoreError::Inconsistent(error.to_string()),
                other => StoreError::Database(other),
            },
        }
    }
}
