use std::path::Path;

use headroom_model::Snapshot;

use super::{
    Dialect,
    folders::{Folder, folders},
    handles::Handles,
    read::paths_below,
};
use crate::{
    error::WriteError,
    format::ExportOptions,
    problem::{Level, Place, Problem},
};

/// Writes a line for every service that is a folder, parents first, so that the last line that matches is the
/// deepest folder's. A folder that nobody owns has a line without owners, where it would fall to its parent's else.
/// Where it has owners and none of them can be named, nothing is written: such a line would take them away.
pub fn write(snapshot: &Snapshot, out: &Path, options: &ExportOptions) -> Result<Vec<Problem>, WriteError> {
    let dialect = options.dialect.or_else(|| Dialect::of_place(out)).unwrap_or(Dialect::GitHub);
    let paths = (!options.paths.is_empty()).then(|| paths_below(&options.paths)).transpose()?;
    let folders = folders(snapshot, paths.as_deref(), paths.is_some());
    let handles = Handles::new(snapshot, dialect, None, options.organisation.as_deref());
    let mut problems = Vec::new();
    let mut told = |path: &str, message: String, advice: &str| {
        let place = Place::new(&out.display().to_string().into(), 0, 0);
        problems.push(Problem::new(Level::Warning, place, format!("{path}: {message}"), advice));
    };
    let mut lines: Vec<(String, Vec<String>)> = Vec::new();
    let mut nameless: Vec<String> = Vec::new();
    for Folder { path, service, .. } in &folders {
        let Some(pattern) = pattern(path, dialect) else {
            told(path, "cannot be written as a pattern; it was left out".to_owned(), "rename the folder");
            continue;
        };
        let (mut names, mut lost) = (Vec::<String>::new(), None);
        for owner in snapshot.owners(*service) {
            match handles.spell(owner) {
                Ok(spelled) => {
                    for name in spelled.names {
                        if !names.contains(&name) {
                            names.push(name);
                        }
                    }
                    if let Some(note) = spelled.note {
                        told(path, note, "name the organisation of the teams");
                    }
                }
                Err(why) => {
                    told(
                        path,
                        format!("{why}; it was left out"),
                        "name the organisation, or give it a plain id",
                    );
                    lost = Some(why);
                }
            }
        }
        let is_below_another = lines.iter().any(|(above, _)| pattern.starts_with(above.as_str()));
        match lost {
            Some(why) if names.is_empty() && is_below_another => nameless.push(format!("{path}: {why}")),
            _ if !names.is_empty() || is_below_another => lines.push((pattern, names)),
            _ => {}
        }
    }
    if let Some(first) = nameless.first() {
        return Err(WriteError::Nameless { count: nameless.len(), first: first.clone() });
    }
    if lines.is_empty() {
        return Err(WriteError::NoFolders);
    }
    let width = lines.iter().map(|(pattern, _)| pattern.chars().count()).max().unwrap_or(0);
    let mut text =
        format!("# Owners by the plan on {}. The last line that matches a path decides.\n", snapshot.day());
    for (pattern, owners) in lines {
        let line = format!("{pattern:width$} {}", owners.join(" "));
        text.push_str(line.trim_end());
        text.push('\n');
    }
    crate::files::write_file(out, text)?;
    Ok(problems)
}

/// The pattern that means a folder and everything below it. None where its name holds what has a meaning in one.
pub fn pattern(folder: &str, dialect: Dialect) -> Option<String> {
    let cannot_be_said = |letter: char| {
        letter.is_control() || letter == '\\' || dialect == Dialect::GitHub && matches!(letter, '*' | '?')
    };
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
