use std::path::PathBuf;

use crate::{
    format::{in_words, readable, updatable, writable},
    problem::Place,
};

/// Why nothing at all could be read. The plan is as it was.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("{} cannot be read: {source}", path.display())]
    Io { path: PathBuf, source: std::io::Error },
    #[error("{place}: {message}")]
    Structure { place: Place, message: String },
    #[error("{} holds nothing that can be imported: {expected}", path.display())]
    Nothing { path: PathBuf, expected: &'static str },
    #[error("there is no format “{0}” to import; the formats are {all}", all = in_words(readable(), "and"))]
    UnknownFormat(String),
    #[error(
        "{} is a table that no profile knows; its columns are {headers}. Make a profile with “headroom profiles --guess FILE --save PROFILE”, look at it, and name it with --profile; or match the columns in the window",
        path.display()
    )]
    NoProfile { path: PathBuf, headers: String },
    #[error("{} is of no known format: name it with --format {all}", .0.display(), all = in_words(readable(), "or"))]
    Unrecognised(PathBuf),
}

/// Why an export could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error("{} cannot be written: {source}", path.display())]
    Io { path: PathBuf, source: std::io::Error },
    #[error("{} is a Headroom plan, which would be lost; nothing was written: choose another name", .0.display())]
    IsPlan(PathBuf),
    #[error("{} cannot be written: there is no folder {}; make it, or name another", .0.display(), .1.display())]
    NoFolder(PathBuf, PathBuf),
    #[error("there is no format “{0}” to export to; the formats are {all}", all = in_words(writable(), "and"))]
    UnknownFormat(String),
    #[error("“{0}” has no files that could be updated; the formats that have are {all}", all = in_words(updatable(), "and"))]
    NotUpdated(String),
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error("{} has changed since it was read; nothing was written", .0.display())]
    Changed(PathBuf),
    #[error(
        "no service is a folder: name the repository's folder with --paths, or import its CODEOWNERS or OWNERS files first"
    )]
    NoFolders,
    #[error(
        "no folder has an owner on the day ({0}, for one); nothing was written: give it one in the plan, or name another day"
    )]
    NoOwners(String),
    #[error(
        "the owners of {count} folders have no names there, and lines without owners would take the folders from everybody; nothing was written: name the organisation of the teams with --org, or give people their names or e-mail addresses ({first})"
    )]
    Nameless { count: usize, first: String },
    #[error("a value cannot be written: {0}")]
    Value(String),
}

impl WriteError {
    pub(crate) fn io(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}
