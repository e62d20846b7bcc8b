//! Writes a CODEOWNERS file for the services that are folders.

use std::path::Path;

use headroom_files::{Diagnostic, Level, Place, WriteError};
use headroom_model::Snapshot;

use super::{
    dialect::Dialect,
    error::CodeownersError,
    folders::{Folder, ROOT, folders},
    handles::Handles,
    options::CodeownersWriting,
    read::paths_below,
};

/// Writes a line for every service that is a folder, parents first, so that the deepest folder's line is the last
/// that matches. A folder without an owner gets a line without owners if it would otherwise fall to its parent's.
///
/// # Errors
/// [`WriteError::NothingToWrite`] without folders or owners, [`WriteError::Refused`] if a folder has owners and none of
/// them has a name there: a line without owners would take it away from them. Otherwise as
/// [`headroom_files::write_file`].
pub fn write(
    snapshot: &Snapshot,
    out: &Path,
    options: &CodeownersWriting,
) -> Result<Vec<Diagnostic>, WriteError> {
    let dialect = options.dialect.or_else(|| Dialect::of_place(out)).unwrap_or(Dialect::GitHub);
    let paths = (!options.paths.is_empty()).then(|| paths_below(&options.paths)).transpose()?;
    let folders = folders(snapshot, paths.as_deref(), paths.is_some());
    let handles = Handles::new(snapshot, dialect, None, options.organisation.as_deref());
    let mut problems = Vec::new();
    let mut told = |path: &str, message: String, advice: &str| {
        let place = Place::new(&out.display().to_string().into(), 0, 0);
        problems.push(Diagnostic::new(Level::Warning, place, format!("{path}: {message}"), advice));
    };
    let mut lines: Vec<(String, Vec<String>)> = Vec::new();
    let mut nameless: Vec<String> = Vec::new();
    // While no line names an owner, a folder whose owners have no name takes nothing from anyone.
    let mut harmless: Vec<String> = Vec::new();
    for Folder { path, service, .. } in &folders {
        let Some(pattern) = pattern(path, dialect) else {
            told(path, "can’t be written as a pattern; skipped".to_owned(), "rename the folder");
            continue;
        };
        let (mut names, mut lost) = (Vec::<String>::new(), None);
        for owner in snapshot.owners(*service) {
            match handles.spell(*owner) {
                Ok(spelled) => {
                    for name in spelled.names {
                        if !names.contains(&name) {
                            names.push(name);
                        }
                    }
                    if let Some(note) = spelled.note {
                        told(path, note, "set the organisation of the teams");
                    }
                }
                Err(why) => {
                    told(path, format!("{why}; skipped"), "set the organisation, or use a plain ID");
                    lost = Some(why);
                }
            }
        }
        let is_below_another =
            lines.iter().any(|(above, _)| above == EVERYTHING || pattern.starts_with(above.as_str()));
        match lost {
            Some(why) if names.is_empty() && is_below_another => nameless.push(format!("{path}: {why}")),
            _ if !names.is_empty() || is_below_another => lines.push((pattern, names)),
            Some(why) => harmless.push(format!("{path}: {why}")),
            None => {}
        }
    }
    if let Some(first) = nameless.first() {
        return Err(CodeownersError::Nameless { count: nameless.len(), first: first.clone() }.into());
    }
    if lines.is_empty() {
        let error = match (harmless.first(), folders.first()) {
            (Some(first), _) => CodeownersError::Nameless { count: harmless.len(), first: first.clone() },
            (None, Some(folder)) => CodeownersError::NoOwners(folder.path.clone()),
            (None, None) => CodeownersError::NoFolders,
        };
        return Err(error.into());
    }
    let width = lines.iter().map(|(pattern, _)| pattern.chars().count()).max().unwrap_or(0);
    let mut text = format!("# Owners from the plan as of {}. The last matching line wins.\n", snapshot.day());
    for (pattern, owners) in lines {
        let line = format!("{pattern:width$} {}", owners.join(" "));
        text.push_str(line.trim_end());
        text.push('\n');
    }
    headroom_files::write_file(out, text)?;
    Ok(problems)
}

/// The pattern of the repository's root.
const EVERYTHING: &str = "*";

/// The pattern for a folder and everything below it. None if its name holds characters that can't be written in one.
pub fn pattern(folder: &str, dialect: Dialect) -> Option<String> {
    let cannot_be_said = |letter: char| {
        letter.is_control() || letter == '\\' || dialect == Dialect::GitHub && matches!(letter, '*' | '?')
    };
    if folder == ROOT {
        return Some(EVERYTHING.to_owned());
    }
    if folder.is_empty() || folder.contains(cannot_be_said) {
        return None;
    }
    let mut pattern = String::from("/");
    for letter in folder.chars() {
        if letter.is_whitespace() || "#[]*?".contains(letter) {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    Some(pattern + "/")
}

#[cfg(test)]
mod tests {
    use std::{path::PathBuf, sync::Arc};

    use headroom_model::Plan;

    use super::*;
    use crate::{
        diff::{DiffOptions, diff},
        formats::owners,
    };

    struct Repository {
        folder: tempfile::TempDir,
        snapshot: Snapshot,
    }

    impl Repository {
        /// With a plan of what its OWNERS files say.
        fn new(files: &[(&str, &str)]) -> Self {
            let folder = tempfile::tempdir().unwrap();
            for (name, text) in files {
                let path = folder.path().join("repo").join(name);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, text).unwrap();
            }
            let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
            let records = owners::read(&[folder.path().join("repo")]).unwrap();
            let mut plan = Plan::default();
            let options = DiffOptions { today, complete: false, source: "owners" };
            let changes = diff(&plan, &records, &options).changes;
            plan.apply(&changes).unwrap();
            Self { folder, snapshot: Arc::new(plan).as_of(today) }
        }
    }

    /// The lines made of the OWNERS files of a repository, without the heading.
    fn lines_of(files: &[(&str, &str)], with_paths: bool) -> Result<Vec<String>, WriteError> {
        let Repository { folder, snapshot } = Repository::new(files);
        let paths: Vec<PathBuf> = with_paths.then(|| folder.path().join("repo")).into_iter().collect();
        let out = folder.path().join("CODEOWNERS");
        write(&snapshot, &out, &CodeownersWriting { paths, ..CodeownersWriting::default() })?;
        let text = std::fs::read_to_string(out).unwrap();
        let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        Ok(text.lines().skip(1).map(words).collect())
    }

    #[test]
    fn root_owners_own_the_rest() {
        let root = ("OWNERS", "approvers: [cy]\n");
        let below = ("a/OWNERS", "approvers: [bo]\noptions: {no_parent_owners: true}\n");
        let nobodys = ("b/OWNERS", "options: {no_parent_owners: true}\n");
        for with_paths in [false, true] {
            assert_eq!(lines_of(&[root], with_paths).unwrap(), ["* @cy"]);
            assert_eq!(lines_of(&[below, root], with_paths).unwrap(), ["* @cy", "/a/ @bo"]);
            assert_eq!(lines_of(&[nobodys, root], with_paths).unwrap(), ["* @cy", "/b/"]);
        }
    }

    #[test]
    fn error_says_what_is_missing() {
        let nobodys = [("OWNERS", "options: {no_parent_owners: true}\n")];
        assert!(matches!(lines_of(&nobodys, false), Err(WriteError::NothingToWrite(_))));
        let nameless = [("OWNERS", "approvers: [pilots]\n"), ("OWNERS_ALIASES", "aliases: {pilots: []}\n")];
        let told = lines_of(&nameless, false).unwrap_err().to_string();
        assert!(told.contains("--org"), "{told}");
        let told = CodeownersError::NoFolders.to_string();
        assert!(told.contains("--paths"), "{told}");
    }

    #[test]
    fn update_puts_the_root_first() {
        let files = [
            ("OWNERS", "approvers: [cy]\n"),
            ("a/OWNERS", "approvers: [bo]\noptions: {no_parent_owners: true}\n"),
        ];
        let Repository { folder, snapshot } = Repository::new(&files);
        let file = folder.path().join("CODEOWNERS");
        for (before, after) in [
            ("# who\n/a/ @bo\n*.md @dee\n", "# who\n* @cy\n/a/ @bo\n*.md @dee\n"),
            ("* @eve\n/a/ @bo\n", "* @cy\n/a/ @bo\n"),
            ("# nobody\n", "# nobody\n* @cy\n/a/ @bo\n"),
        ] {
            std::fs::write(&file, before).unwrap();
            let update =
                super::super::update(&snapshot, &file, false, &CodeownersWriting::default()).unwrap();
            let [changed] = update.files.as_slice() else { panic!("{:#?}", update.problems) };
            assert_eq!(String::from_utf8_lossy(&changed.after), after, "{:#?}", update.problems);
        }
    }
}
