//! Why nothing could be read or written.

use std::path::PathBuf;

use crate::{
    diagnostic::Place,
    format::{in_words, readable, updatable, writable},
};

/// Why nothing could be read at all. Smaller faults are [`Diagnostic`](crate::Diagnostic)s among the records.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("cannot read {}: {source}", path.display())]
    Io { path: PathBuf, source: std::io::Error },
    #[error("{place}: {message}")]
    Structure { place: Place, message: String },
    #[error("nothing to import in {}: {expected}", path.display())]
    Nothing { path: PathBuf, expected: &'static str },
    #[error("unknown import format “{0}”; choose {all}", all = in_words(readable(), "or"))]
    UnknownFormat(String),
    #[error(
        "no import profile matches the columns of {} ({headers}). Create one with “headroom import-profiles --infer FILE --save PROFILE”, check it and pass it with --profile; or map the columns in the window",
        path.display()
    )]
    NoProfile { path: PathBuf, headers: String },
    #[error("couldn’t detect the format of {}. Pick one under “Format” or with --format: {all}", .0.display(), all = in_words(readable(), "or"))]
    Unrecognised(PathBuf),
}

/// Why an export could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error("cannot write {}: {source}", path.display())]
    Io { path: PathBuf, source: std::io::Error },
    #[error("nothing written: {} is a Headroom plan and would be overwritten; choose another name", .0.display())]
    IsPlan(PathBuf),
    #[error("cannot write {}: folder {} does not exist; create it or choose another", .0.display(), .1.display())]
    NoFolder(PathBuf, PathBuf),
    #[error("unknown export format “{0}”; choose {all}", all = in_words(writable(), "or"))]
    UnknownFormat(String),
    #[error("cannot update files of format “{0}”; choose {all}", all = in_words(updatable(), "or"))]
    NotUpdated(String),
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error("nothing written: {} has changed since it was read; try again", .0.display())]
    Changed(PathBuf),
    #[error(
        "no service matches a folder: pass the repository folder with --paths, or import its CODEOWNERS or OWNERS files first"
    )]
    NoFolders,
    #[error(
        "nothing written: no folder has an owner on that date (for example {0}); assign owners in the plan or choose another date"
    )]
    NoOwners(String),
    #[error(
        "nothing written: lines without owners would leave folders unowned (folders affected: {count}; first: {first}); pass the teams’ organisation with --org, or add names or email addresses to the people"
    )]
    Nameless { count: usize, first: String },
    #[error("cannot write a value: {0}")]
    Value(String),
}

impl WriteError {
    pub(crate) fn io(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}
