//! Finds the files of a source, by their names or a word in them.

use std::path::{Path, PathBuf};

use crate::error::ReadError;

/// Every file below a folder, in the order of their paths. Folders of version control and package managers are
/// skipped.
pub fn below(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let mut walk = ignore::WalkBuilder::new(folder);
    walk.standard_filters(false)
        .filter_entry(|entry| !matches!(entry.file_name().to_str(), Some(".git" | "node_modules")))
        .sort_by_file_path(Path::cmp);
    walk.build().filter_map(Result::ok).map(ignore::DirEntry::into_path).filter(|path| path.is_file())
}

/// The files among the sources, and those below folders that `is_wanted` accepts.
///
/// # Errors
/// [`ReadError::Nothing`] if there are none.
pub fn wanted(
    sources: &[PathBuf],
    is_wanted: impl Fn(&Path) -> bool,
    expected: &'static str,
) -> Result<Vec<PathBuf>, ReadError> {
    let mut files = Vec::new();
    for source in sources {
        if source.is_dir() {
            files.extend(below(source).filter(|path| is_wanted(path)));
        } else {
            files.push(source.clone());
        }
    }
    if files.is_empty() {
        let path = sources.first().cloned().unwrap_or_default();
        return Err(ReadError::Nothing { path, expected });
    }
    Ok(files)
}

/// The last part of a path, also of `.` and the like.
pub fn name_of(path: &Path) -> String {
    let whole = path.canonicalize();
    let name = whole.as_deref().unwrap_or(path).file_name();
    name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Whether the file has one of these names, in any case.
pub fn is_named(path: &Path, names: &[&str]) -> bool {
    path.file_name()
        .and_then(|name| name.to_str())
        .is_some_and(|name| names.iter().any(|wanted| wanted.eq_ignore_ascii_case(name)))
}

pub fn ends_in(path: &Path, ends: &[&str]) -> bool {
    path.extension()
        .and_then(|end| end.to_str())
        .is_some_and(|end| ends.iter().any(|wanted| wanted.eq_ignore_ascii_case(end)))
}

pub fn is_yaml(path: &Path) -> bool {
    ends_in(path, &["yaml", "yml"])
}

/// Whether the file contains one of these words.
pub fn mentions(path: &Path, words: &[&str]) -> bool {
    std::fs::read(path)
        .is_ok_and(|bytes| words.iter().any(|word| memchr::memmem::find(&bytes, word.as_bytes()).is_some()))
}
