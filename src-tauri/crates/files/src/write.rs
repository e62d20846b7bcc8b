//! Writes files for the user.
//!
//! Every file that Headroom writes in another tool's format goes through [`write_file`] or [`write_whole`], so that a
//! plan is never overwritten.

use std::{io::Read, path::Path};

use crate::error::WriteError;

/// Writes a file for the user. Every writer uses this or [`write_whole`].
///
/// # Errors
/// [`WriteError::IsPlan`] if a plan is there, [`WriteError::NoFolder`] or [`WriteError::Io`] if it can't be written.
pub fn write_file(path: &Path, contents: impl AsRef<[u8]>) -> Result<(), WriteError> {
    check_place(path)?;
    std::fs::write(path, contents).map_err(WriteError::io(path))
}

/// Writes a file that is complete afterwards, or as it was before.
///
/// # Errors
/// As [`write_file`].
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    check_place(path)?;
    replace(path, bytes)
}

/// Replaces a file in one step. A link is followed, and permissions are kept. A pipe or device can't be replaced and
/// is written to.
///
/// # Errors
/// As [`write_file`].
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    spare_plans(path)?;
    let failed = WriteError::io(path);
    if is_written_through(path) {
        return std::fs::write(path, bytes).map_err(failed);
    }
    replace_file(path, bytes).map_err(failed)
}

/// Whether the path must be opened and written to, being neither an ordinary file nor absent. A broken link is
/// followed when it is opened.
fn is_written_through(path: &Path) -> bool {
    let is_no_file = |known: std::fs::Metadata| !known.is_file();
    std::fs::metadata(path).or_else(|_| std::fs::symlink_metadata(path)).is_ok_and(is_no_file)
}

fn replace_file(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // An error about the draft is reported for the file: its temporary name means nothing to anyone.
    let draft = new_draft(folder).map_err(|error| std::io::Error::from(error.kind()))?;
    std::fs::write(draft.path(), bytes)?;
    if let Ok(known) = std::fs::metadata(&target) {
        std::fs::set_permissions(draft.path(), known.permissions())?;
    }
    draft.persist(&target).map(drop).map_err(|error| error.error)
}

/// Temporary files are private by default; the file that this one becomes is an ordinary one.
#[cfg(unix)]
fn new_draft(folder: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    let rights = std::os::unix::fs::PermissionsExt::from_mode(0o666);
    tempfile::Builder::new().permissions(rights).tempfile_in(folder)
}

#[cfg(not(unix))]
fn new_draft(folder: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    tempfile::NamedTempFile::new_in(folder)
}

/// Whether a file can be written at this path.
fn check_place(path: &Path) -> Result<(), WriteError> {
    spare_plans(path)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if folder.is_dir() { Ok(()) } else { Err(WriteError::NoFolder(path.to_owned(), folder.to_owned())) }
}

/// Refuses to overwrite a plan.
fn spare_plans(path: &Path) -> Result<(), WriteError> {
    if is_plan(path) { Err(WriteError::IsPlan(path.to_owned())) } else { Ok(()) }
}

/// Whether a file is a plan, by the header of a SQLite database and the application ID that the store gives to plans.
fn is_plan(path: &Path) -> bool {
    const DATABASE: &[u8] = b"SQLite format 3\0";
    /// Source: <https://www.sqlite.org/fileformat.html#the_database_header>.
    const KIND: std::ops::Range<usize> = 68..72;
    // A pipe has no header that could be read twice.
    if !path.is_file() {
        return false;
    }
    let mut head = [0; KIND.end];
    let read = std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut head));
    read.is_ok() && head.starts_with(DATABASE) && head[KIND] == *b"HDRM"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn write_error_names_the_requested_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("absent").join("book.xlsx");
        let told =
            [write_whole(&path, b"x"), write_file(&path, b"x")].map(|done| done.unwrap_err().to_string());
        let absent = folder.path().join("absent");
        let words =
            format!("cannot write {}: folder {} does not exist; create it", path.display(), absent.display());
        assert!(told.iter().all(|told| told.starts_with(&words)), "{told:?}");
    }

    #[cfg(unix)]
    fn rights(path: &Path) -> u32 {
        std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(path).unwrap().permissions()) & 0o777
    }

    #[cfg(unix)]
    #[test]
    fn follows_links_and_keeps_permissions() {
        let folder = tempfile::tempdir().unwrap();
        let [known, link, fresh, ordinary, target, dangling] =
            ["known", "link", "fresh", "ordinary", "target", "dangling"].map(|name| folder.path().join(name));
        std::fs::write(&known, "old").unwrap();
        let wanted = std::os::unix::fs::PermissionsExt::from_mode(0o640);
        std::fs::set_permissions(&known, wanted).unwrap();
        std::os::unix::fs::symlink("known", &link).unwrap();
        std::os::unix::fs::symlink(&target, &dangling).unwrap();
        std::fs::write(&ordinary, "").unwrap();
        for path in [&link, &fresh, &dangling] {
            write_whole(path, b"new").unwrap();
            assert_eq!(std::fs::read(path).unwrap(), b"new");
        }
        assert!(link.is_symlink() && dangling.is_symlink());
        assert_eq!(std::fs::read(&known).unwrap(), b"new");
        assert_eq!(rights(&known), 0o640);
        assert_eq!((rights(&fresh), rights(&target)), (rights(&ordinary), rights(&ordinary)));
    }

    #[cfg(unix)]
    #[test]
    fn writes_to_pipes() {
        let folder = tempfile::tempdir().unwrap();
        let (pipe, link) = (folder.path().join("pipe"), folder.path().join("link"));
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        std::os::unix::fs::symlink(&pipe, &link).unwrap();
        for path in [&pipe, &link] {
            let reader = std::thread::spawn({
                let pipe = pipe.clone();
                move || std::fs::read(pipe).unwrap()
            });
            write_whole(path, b"whole").unwrap();
            assert!(!std::fs::metadata(&pipe).unwrap().is_file());
            assert_eq!(reader.join().unwrap(), b"whole");
        }
        assert!(link.is_symlink());
    }

    /// Ignored by default: a writer with a bug could replace the device by a file.
    #[cfg(target_os = "linux")]
    #[test]
    fn full_device_is_an_io_error() {
        if tempfile::NamedTempFile::new_in("/dev").is_ok() {
            return;
        }
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("full");
        std::os::unix::fs::symlink("/dev/full", &link).unwrap();
        let Err(WriteError::Io { source, .. }) = write_whole(&link, b"x") else { panic!("it was written") };
        assert_eq!(source.kind(), std::io::ErrorKind::StorageFull);
        assert!(link.is_symlink());
    }
}
