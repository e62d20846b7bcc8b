//! Why tables could not be read as people and positions.

use std::path::PathBuf;

use headroom_files::ReadError;

/// What is wrong with tables that could be read as such.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    #[error(
        "no import profile matches the columns of {} ({headers}). Create one with “headroom import-profiles --infer FILE --save PROFILE”, check it and pass it with --profile; or map the columns in the window. Figures by month: --format figures",
        path.display()
    )]
    NoProfile { path: PathBuf, headers: String },
}

impl From<TableError> for ReadError {
    fn from(error: TableError) -> Self {
        Self::Refused(error.to_string())
    }
}
