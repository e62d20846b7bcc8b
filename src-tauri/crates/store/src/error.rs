use std::path::PathBuf;

use headroom_model::ApplyError;
use rusqlite::ErrorCode;

/// Why a plan file could not be read or written. Nothing was changed in the file then.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{} does not exist", .0.display())]
    Missing(PathBuf),
    #[error("{} exists already; choose another name, or open it", .0.display())]
    Exists(PathBuf),
    #[error("{} has backups of an earlier plan of that name, with all that it held: move the folder away, or choose another name", .0.display())]
    FormerBackups(PathBuf),
    #[error("{} is a folder, not a plan", .0.display())]
    Folder(PathBuf),
    #[error("{} is not a Headroom plan{}", path.display(), found.map(|found| format!(": it is {found}")).unwrap_or_default())]
    Foreign { path: PathBuf, found: Option<&'static str> },
    #[error("{} was written by a newer Headroom (format {found}; this one reads up to {known}): update Headroom to open it", path.display())]
    Newer { path: PathBuf, found: i64, known: i64 },
    #[error("{} holds more than a plan: {}. Headroom made none of that, and it could alter the plan unseen: “headroom doctor” takes it out into a copy (--clean-copy)", path.display(), listed(strangers))]
    Prepared { path: PathBuf, strangers: Vec<String> },
    #[error("the plan is damaged ({0}): run “headroom doctor”, or restore a backup")]
    Damaged(String),
    #[error("the plan's contents contradict each other ({0}): run “headroom doctor”, or restore a backup")]
    Inconsistent(String),
    #[error("the plan is read-only: copy it to a place where you may write, or change its permissions")]
    ReadOnly,
    #[error(
        "the file is of an older format and may not be written: copy it to where it may, and open the copy"
    )]
    OldAndReadOnly,
    #[error("the disk is full: nothing was changed; free some room and do it again")]
    DiskFull,
    #[error("another program is writing to this plan: nothing was changed; do it again in a moment")]
    Busy,
    #[error(
        "the plan was changed by another Headroom meanwhile: nothing was changed; it has been read anew, look again"
    )]
    ChangedElsewhere,
    #[error("there is nothing to undo")]
    NothingToUndo,
    #[error("there is nothing to redo")]
    NothingToRedo,
    #[error(transparent)]
    Refused(#[from] ApplyError),
    #[error("{doing}: {source}")]
    Io { doing: String, source: std::io::Error },
    #[error("the plan file could not be used: {0}")]
    Database(rusqlite::Error),
}

/// The first few; somebody who prepares a file can put any number into it.
pub(crate) fn listed(strangers: &[String]) -> String {
    const NAMED: usize = 5;
    let more = strangers.len().saturating_sub(NAMED);
    let named = strangers[..strangers.len().min(NAMED)].join(", ");
    if more > 0 { format!("{named} and {more} more") } else { named }
}

impl Error {
    /// What is wrong, without advice: for the doctor, who need not be called once more.
    pub(crate) fn plain(&self) -> String {
        match self {
            Error::Damaged(problem) | Error::Inconsistent(problem) => problem.clone(),
            other => other.to_string(),
        }
    }

    /// Whether the file is a plan that cannot be read any more, so that a backup may take its place.
    pub fn is_damage(&self) -> bool {
        matches!(
            self,
            Error::Damaged(_) | Error::Inconsistent(_) | Error::Foreign { found: Some("empty"), .. }
        )
    }

    pub(crate) fn io(doing: impl Into<String>) -> impl FnOnce(std::io::Error) -> Error {
        let doing = doing.into();
        move |source| match source.kind() {
            std::io::ErrorKind::StorageFull => Error::DiskFull,
            std::io::ErrorKind::ReadOnlyFilesystem => Error::ReadOnly,
            _ => Error::Io { doing, source },
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Error::DiskFull,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Busy,
            Some(ErrorCode::ReadOnly) => Error::ReadOnly,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Error::Damaged(error.to_string()),
            _ => match error {
                rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::IntegralValueOutOfRange(..)
                | rusqlite::Error::InvalidColumnType(..) => Error::Inconsistent(error.to_string()),
                other => Error::Database(other),
            },
        }
    }
}
