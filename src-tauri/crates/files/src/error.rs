//! Why nothing could be read or written.
//!
//! What only one format can say, it says in an error of its own, which becomes a variant here that holds the words:
//! the readers and writers of files know no format.

use std::path::PathBuf;

use crate::diagnostic::Place;

/// Why nothing could be read at all. Smaller faults are [`Diagnostic`](crate::Diagnostic)s among the records.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("cannot read {}: {source}", path.display())]
    Io { path: PathBuf, source: std::io::Error },
    #[error("{place}: {message}")]
    Structure { place: Place, message: String },
    #[error("nothing to import in {}: {expected}", path.display())]
    Nothing { path: PathBuf, expected: &'static str },
    /// A format refuses the files, or none is known for them; in its own words, with what to do.
    #[error("{0}")]
    Refused(String),
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
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error("nothing written: {} has changed since it was read; try again", .0.display())]
    Changed(PathBuf),
    #[error("cannot write a value: {0}")]
    Value(String),
    /// The plan has nothing for such a file; in the format's own words, with what to do.
    #[error("{0}")]
    NothingToWrite(String),
    /// A format refuses to write, or there is no such format; in its own words, with what to do.
    #[error("{0}")]
    Refused(String),
}

impl WriteError {
    /// Makes the error of a path that can't be written.
    pub fn io(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}
