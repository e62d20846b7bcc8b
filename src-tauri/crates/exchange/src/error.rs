use std::path::PathBuf;

use crate::problem::Place;

/// Why nothing at all could be read. The plan is as it was.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("{} cannot be read: {source}", path.display())]
    Io { path: PathBuf, source: std::io::Error },
    #[error("{place}: {message}")]
    Structure { place: Place, message: String },
    #[error("{} holds nothing that can be imported: {expected}", path.display())]
    Nothing { path: PathBuf, expected: &'static str },
    #[error("there is no format “{0}”; the formats are csv, backstage and codeowners")]
    UnknownFormat(String),
    #[error("{} is of no known format: name it with --format csv, backstage or codeowners", .0.display())]
    Unrecognised(PathBuf),
}

/// Why an export could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error("{} cannot be written: {source}", path.display())]
    Io { path: PathBuf, source: std::io::Error },
    #[error("there is no format “{0}” to export to; the formats are {list}", list = crate::format::written())]
    UnknownFormat(String),
    #[error("“{0}” has no files that could be updated; the formats that have are {list}", list = crate::format::updated())]
    NotUpdated(String),
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error("{} has changed since it was read; nothing was written", .0.display())]
    Changed(PathBuf),
    #[error("a value cannot be written: {0}")]
    Value(String),
}

impl WriteError {
    pub(crate) fn io(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}
