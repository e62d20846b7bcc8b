//! Another tool's files that are there already, altered in place: the owners in them become the plan's, and every
//! other byte stays.

mod edit;
mod unified;

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{diagnostic::Diagnostic, error::WriteError, files::replace};

pub(crate) use edit::{Edits, SourceFile};

/// What would become of some files. Nothing is written yet.
#[derive(Debug, Default)]
pub struct Update {
    /// The folder that the files' paths start at.
    pub root: PathBuf,
    /// The files that change, in order of path.
    pub files: Vec<FileUpdate>,
    /// How many things of the plan are in the files at all.
    pub compared: usize,
    /// What stays as it is though the plan says otherwise, and what is worth knowing.
    pub problems: Vec<Diagnostic>,
    /// Keys of what exists in the plan on the day and is in none of the files, sorted.
    pub absent: Vec<String>,
}

/// A file that changes.
#[derive(Debug)]
pub struct FileUpdate {
    /// Below the root.
    pub path: PathBuf,
    pub before: Vec<u8>,
    pub after: Vec<u8>,
    pub owners: Vec<OwnerChange>,
}

/// An owner in a file that becomes another.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct OwnerChange {
    /// Of the file as it is now.
    pub line: u64,
    /// Key of what is owned.
    pub subject: String,
    /// As the file has it; empty when it names nobody.
    pub was: String,
    pub becomes: String,
}

impl Update {
    pub fn owner_count(&self) -> usize {
        self.files.iter().map(|file| file.owners.len()).sum()
    }

    /// Writes the changed files below a folder, each whole or not at all.
    ///
    /// # Errors
    /// When the disk refuses. What was written before that stays.
    pub fn write_below(&self, folder: &Path) -> Result<(), WriteError> {
        for file in &self.files {
            let path = folder.join(&file.path);
            let parent = path.parent().unwrap_or(folder);
            fs::create_dir_all(parent).map_err(WriteError::io(parent))?;
            replace(&path, &file.after)?;
        }
        Ok(())
    }

    /// Writes over the files that were read.
    ///
    /// # Errors
    /// When one of them has changed since: none is written then. Or when the disk refuses.
    pub fn write_over(&self) -> Result<(), WriteError> {
        for file in &self.files {
            let path = self.root.join(&file.path);
            if fs::read(&path).map_err(WriteError::io(&path))? != file.before {
                return Err(WriteError::Changed(path));
            }
        }
        self.write_below(&self.root)
    }

    /// The change of every file as one patch, for `git apply` or `patch -p1` in the root.
    pub fn patch(&self) -> Vec<u8> {
        self.files.iter().flat_map(FileUpdate::patch).collect()
    }
}

impl FileUpdate {
    /// The change as a unified diff with the headers that git writes.
    pub fn patch(&self) -> Vec<u8> {
        unified::diff(&self.path, &self.before, &self.after)
    }
}
