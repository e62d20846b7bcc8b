use std::path::{Path, PathBuf};

use crate::error::{ReadError, WriteError};

/// Every file below a folder, in the order of their paths. What version control and package managers keep to
/// themselves is passed over.
pub(crate) fn below(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let mut walk = ignore::WalkBuilder::new(folder);
    walk.standard_filters(false)
        .filter_entry(|entry| !matches!(entry.file_name().to_str(), Some(".git" | "node_modules")))
        .sort_by_file_path(Path::cmp);
    walk.build().filter_map(Result::ok).map(ignore::DirEntry::into_path).filter(|path| path.is_file())
}

/// The files among the sources, and those below the folders among them that are wanted.
///
/// # Errors
/// When there are none.
pub(crate) fn wanted(
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

/// What a file or folder is called, wherever it lies.
pub(crate) fn name_of(path: &Path) -> String {
    let whole = path.canonicalize();
    let name = whole.as_deref().unwrap_or(path).file_name();
    name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Whether the file is one of these, whatever the case of its name.
pub(crate) fn is_named(path: &Path, names: &[&str]) -> bool {
    path.file_name()
        .and_then(|name| name.to_str())
        .is_some_and(|name| names.iter().any(|wanted| wanted.eq_ignore_ascii_case(name)))
}

pub(crate) fn ends_in(path: &Path, ends: &[&str]) -> bool {
    path.extension()
        .and_then(|end| end.to_str())
        .is_some_and(|end| ends.iter().any(|wanted| wanted.eq_ignore_ascii_case(end)))
}

pub(crate) fn is_yaml(path: &Path) -> bool {
    ends_in(path, &["yaml", "yml"])
}

/// Whether one of these is somewhere in the file.
pub(crate) fn mentions(path: &Path, words: &[&str]) -> bool {
    std::fs::read(path)
        .is_ok_and(|bytes| words.iter().any(|word| memchr::memmem::find(&bytes, word.as_bytes()).is_some()))
}

/// Writes a file that is whole or as it was before.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let draft = tempfile::NamedTempFile::new_in(folder).map_err(WriteError::io(path))?;
    std::fs::write(draft.path(), bytes).map_err(WriteError::io(path))?;
    draft.persist(path).map_err(|error| WriteError::Io { path: path.to_owned(), source: error.error })?;
    Ok(())
}
