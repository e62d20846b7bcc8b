//! Updates of other tools' files in place: their owners become the plan's, and every other byte stays.
//!
//! A format's `update` reads the files, edits the owners, reads the result again and takes the edit only if it says
//! what was meant. [`Update`] has the new contents, each difference and what could not be done; nothing is written
//! until [`Update::write_below`] or [`Update::write_over`]. Why: `docs/decisions/writing-owners-back.md`. Tests: in
//! `formats/backstage/update.rs`, `formats/codeowners` and `tests/codeowners.rs` of this crate.

mod unified;

use std::{
    fs,
    path::{Path, PathBuf},
};

use headroom_files::{Diagnostic, WriteError, replace};

/// The changes of some files. Nothing is written yet.
#[derive(Debug, Default)]
pub struct Update {
    /// The folder to which the files' paths are relative.
    pub root: PathBuf,
    /// The files that change, by path.
    pub files: Vec<FileUpdate>,
    /// How many entities of the plan the files have.
    pub compared: usize,
    /// What can't be changed although the plan differs, and other diagnostics.
    pub problems: Vec<Diagnostic>,
    /// Keys that exist in the plan on the day and in none of the files, sorted.
    pub absent: Vec<String>,
}

/// A file that changes.
#[derive(Debug)]
pub struct FileUpdate {
    /// Relative to the root.
    pub path: PathBuf,
    pub before: Vec<u8>,
    pub after: Vec<u8>,
    pub owners: Vec<OwnerChange>,
}

/// An owner that is replaced.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct OwnerChange {
    /// In the file as it is now.
    pub line: u64,
    /// Key of the entity that is owned.
    pub subject: String,
    /// As the file has it; empty if it names none.
    pub was: String,
    pub becomes: String,
}

impl Update {
    pub fn owner_count(&self) -> usize {
        self.files.iter().map(|file| file.owners.len()).sum()
    }

    /// Writes the changed files below a folder. Each is complete afterwards, or as it was before.
    ///
    /// # Errors
    /// [`WriteError::Io`]; files written before that stay.
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
    /// [`WriteError::Changed`] if one has changed since: then none is written. [`WriteError::Io`] if one can't be
    /// written.
    pub fn write_over(&self) -> Result<(), WriteError> {
        for file in &self.files {
            let path = self.root.join(&file.path);
            if fs::read(&path).map_err(WriteError::io(&path))? != file.before {
                return Err(WriteError::Changed(path));
            }
        }
        self.write_below(&self.root)
    }

    /// The changes of all files as one patch, for `git apply` or `patch -p1` in the root.
    pub fn patch(&self) -> Vec<u8> {
        self.files.iter().flat_map(FileUpdate::patch).collect()
    }
}

impl FileUpdate {
    /// The change as a unified diff with git's headers.
    pub fn patch(&self) -> Vec<u8> {
        unified::diff(&self.path, &self.before, &self.after)
    }
}
