//! Updates the owners in a CODEOWNERS file.

use std::{ops::Range, path::Path};

use headroom_files::{Diagnostic, Level, Place, ReadError, SourceFile, WriteError};
use headroom_model::{Owner, Snapshot};

use super::{
    dialect::Dialect,
    folders::{Folder, ROOT, Winners, folders},
    handle::is_role,
    handles::Handles,
    options::CodeownersWriting,
    read::{find_in, paths_below},
    recognised_dialect::dialect_of,
    relation::{PatternScope, relation},
    rules::{Codeowners, CodeownersRule},
    write::pattern,
};
use crate::update::{FileUpdate, OwnerChange, Update};

/// Sets the plan's owners in a CODEOWNERS file, or in that of a repository's folder. If most of a folder belongs to
/// others than the plan says, the folder's line gets the plan's owners; if it has no line of its own that decides,
/// one is added after the last line that decides now. Lines for something inside the folder stay. With
/// `uses_current_names`, an owner's former name, or a name in other case, becomes the current name.
///
/// # Errors
/// [`WriteError::Read`] if the file or the list of paths can't be read.
pub fn update(
    snapshot: &Snapshot,
    source: &Path,
    uses_current_names: bool,
    options: &CodeownersWriting,
) -> Result<Update, WriteError> {
    let file = find(source, options.dialect)?;
    let root = if source.is_dir() { source } else { source.parent().unwrap_or(Path::new("")) };
    let paths = match (options.paths.is_empty(), source.is_dir()) {
        (false, _) => Some(paths_below(&options.paths)?),
        (true, true) => Some(paths_below(&[source.to_owned()])?),
        (true, false) => None,
    };
    let read = SourceFile::read(&file)?;
    let mut folders = folders(snapshot, paths.as_deref(), !options.paths.is_empty());
    let absent = folders.iter().filter(|folder| folder.files.is_empty());
    let absent = absent.map(|folder| folder.path.clone()).collect();
    folders.retain(|folder| !folder.files.is_empty());
    let new = Updating::new(snapshot, options, &read.text, &file, paths.as_deref());
    let mut updating = Updating { uses_current_names, ..new };
    folders.iter().for_each(|folder| updating.folder(folder));
    let mut update = Update {
        root: root.to_owned(),
        compared: folders.len(),
        problems: updating.problems,
        absent,
        ..Update::default()
    };
    if updating.changes.is_empty() {
        return Ok(update);
    }
    let path = file.strip_prefix(root).map_or_else(|_| file.clone(), Path::to_path_buf);
    match read.encoded(&updating.text) {
        Some(after) => {
            update.files.push(FileUpdate { path, before: read.bytes, after, owners: updating.changes });
        }
        None => {
            let place = Place::new(&file.display().to_string().into(), 0, 0);
            let message = "the file’s encoding can’t store the new owners; file not changed";
            update.problems.push(Diagnostic::new(Level::Error, place, message, "save the file as UTF-8"));
        }
    }
    Ok(update)
}

fn find(source: &Path, asked: Option<Dialect>) -> Result<std::path::PathBuf, ReadError> {
    if !source.is_dir() {
        return Ok(source.to_owned());
    }
    find_in(source, asked).ok_or_else(|| ReadError::Nothing {
        path: source.to_owned(),
        expected: "expected a repository with a CODEOWNERS file",
    })
}

struct Updating<'a> {
    snapshot: &'a Snapshot,
    handles: Handles<'a>,
    uses_current_names: bool,
    paths: Option<&'a [String]>,
    /// The file before the update.
    before: Codeowners,
    text: String,
    rules: Codeowners,
    /// Numbers of the lines of the text that were not in the file.
    added: Vec<u64>,
    changes: Vec<OwnerChange>,
    problems: Vec<Diagnostic>,
}

impl<'a> Updating<'a> {
    fn new(
        snapshot: &'a Snapshot,
        options: &CodeownersWriting,
        text: &str,
        file: &Path,
        paths: Option<&'a [String]>,
    ) -> Self {
        let dialect = options.dialect.unwrap_or_else(|| dialect_of(file, text));
        let parse = || Codeowners::parse(text, &file.display().to_string().into(), dialect, Vec::new());
        let rules = parse();
        Self {
            before: parse(),
            snapshot,
            handles: Handles::new(snapshot, dialect, Some(&rules), options.organisation.as_deref()),
            uses_current_names: false,
            paths,
            text: text.to_owned(),
            problems: rules.problems.clone(),
            rules,
            added: Vec::new(),
            changes: Vec::new(),
        }
    }

    fn problem(&mut self, level: Level, line: u64, message: String, advice: &str) {
        let place = Place::new(&self.rules.file, line, 0);
        self.problems.push(Diagnostic::new(level, place, message, advice));
    }

    fn folder(&mut self, folder: &Folder) {
        let Some(winners) = Winners::of(&self.rules, &folder.files) else { return };
        let wanted = self.snapshot.owners(folder.service);
        let line = winners.rules.last().map_or(0, |rule| self.line_before(self.rules.rules[*rule].line));
        if wanted.is_empty() {
            self.keep(folder, &winners, line);
            return;
        }
        let named: Vec<Option<Owner>> = winners
            .owners
            .iter()
            .filter(|handle| !is_role(handle))
            .map(|handle| self.handles.find(handle))
            .collect();
        let is_same = named.len() == wanted.len() && wanted.iter().all(|owner| named.contains(&Some(*owner)));
        if is_same && !(self.uses_current_names && self.is_outdated(&winners.owners)) {
            let before = Winners::of(&self.before, &folder.files).unwrap_or_default().owners;
            if before == winners.owners && self.has_lost(folder, &before) {
                self.add(folder, &winners, &before);
            }
            return;
        }
        match self.handles_for(wanted, &winners.owners) {
            Ok(handles) => {
                let is_said = handles.len() == winners.owners.len()
                    && handles.iter().all(|handle| winners.owners.contains(handle));
                if is_said {
                    return;
                }
                self.name(folder, &winners, &handles);
                self.tell_exceptions(folder, &handles, line);
            }
            Err(why) => {
                let message = format!("{}: {why}; owners not changed", folder.path);
                self.problem(
                    Level::Error,
                    line,
                    message,
                    "set the organisation, or give the owner a plain ID",
                );
            }
        }
    }

    /// What has no owner in the plan keeps the owner it has in the file, also if a line above it has changed.
    fn keep(&mut self, folder: &Folder, winners: &Winners, line: u64) {
        let before = Winners::of(&self.before, &folder.files).unwrap_or_default().owners;
        if !before.is_empty() {
            let message =
                format!("{} is unowned in the plan; the file still names {}", folder.path, before.join(" "));
            self.problem(Level::Warning, line, message, "assign an owner in the plan, then export again");
        }
        if winners.owners != before || self.has_lost(folder, &before) {
            self.add(folder, winners, &before);
        }
    }

    /// Whether a line added for a folder above took one of the files from these owners.
    fn has_lost(&self, folder: &Folder, owners: &[String]) -> bool {
        let is_lost = |file: &String| {
            self.before.resolve(file).owners == owners && self.rules.resolve(file).owners != owners
        };
        folder.files.iter().any(is_lost)
    }

    /// Whether one of the names is a former one.
    fn is_outdated(&self, handles: &[String]) -> bool {
        handles.iter().any(|handle| self.present_name(handle).is_some())
    }

    /// The current name of an owner, if the file has a former one.
    fn present_name(&self, handle: &str) -> Option<String> {
        let key = self.snapshot.plan().key_of(self.handles.find(handle)?.into());
        let name = handle.trim_start_matches('@');
        let is_known_so = |known: &str| {
            known.eq_ignore_ascii_case(name)
                || name.to_lowercase().ends_with(&format!("/{}", known.to_lowercase()))
        };
        (!name.contains('@') && !is_known_so(key)).then(|| match (key.contains('/'), name.rsplit_once('/')) {
            (false, Some((organisation, _))) => format!("@{organisation}/{key}"),
            _ => format!("@{key}"),
        })
    }

    /// Owners that stay keep their place and spelling; new ones come after them.
    fn handles_for(&self, wanted: &[Owner], present: &[String]) -> Result<Vec<String>, String> {
        let mut handles = Vec::new();
        let staying = present.iter().filter(|handle| {
            is_role(handle) || self.handles.find(handle).is_some_and(|owner| wanted.contains(&owner))
        });
        for handle in staying {
            let present = self.uses_current_names.then(|| self.present_name(handle)).flatten();
            handles.push(present.unwrap_or_else(|| handle.clone()));
        }
        let known: Vec<Option<Owner>> = present.iter().map(|handle| self.handles.find(handle)).collect();
        for owner in wanted.iter().filter(|owner| !known.contains(&Some(**owner))) {
            for name in self.handles.spell(*owner)?.names {
                if !handles.contains(&name) {
                    handles.push(name);
                }
            }
        }
        Ok(handles)
    }

    fn name(&mut self, folder: &Folder, winners: &Winners, handles: &[String]) {
        let own =
            winners.rules.iter().rev().copied().find(|rule| self.is_own(&self.rules.rules[*rule], folder));
        let was = winners.owners.join(" ");
        let (line, is_changed) = match own {
            Some(own) => self.rename(own, handles),
            None => self.add(folder, winners, handles),
        };
        if is_changed {
            let (line, subject) = (self.line_before(line), folder.path.clone());
            self.changes.push(OwnerChange { line, subject, was, becomes: handles.join(" ") });
        }
        // Other lines with some of the same owners may still decide as much of the folder.
        let now = Winners::of(&self.rules, &folder.files).unwrap_or_default();
        let is_as_wanted =
            now.owners.len() == handles.len() && handles.iter().all(|handle| now.owners.contains(handle));
        if (own.is_some() || is_changed) && !is_as_wanted {
            self.add(folder, &now, handles);
        }
    }

    /// Puts the owners on a line; gives its number, and whether anything changed.
    fn rename(&mut self, rule: usize, handles: &[String]) -> (u64, bool) {
        let CodeownersRule { said, line, .. } = &self.rules.rules[rule];
        let (said, line, names) = (said.clone(), *line, handles.join(" "));
        if self.text[said.clone()] == names {
            return (line, false);
        }
        let gap = if said.is_empty() { " " } else { "" };
        self.edit(said, format!("{gap}{names}"));
        (line, true)
    }

    /// Adds a line; gives the number of the one above it, and whether it could be added.
    fn add(&mut self, folder: &Folder, winners: &Winners, handles: &[String]) -> (u64, bool) {
        let Some(pattern) = pattern(&folder.path, self.rules.dialect) else {
            let message = format!("{} can’t be written as a pattern; owners not changed", folder.path);
            self.problem(Level::Error, 0, message, "rename the folder");
            return (0, false);
        };
        let (above, at, text) = self.new_line(folder, winners, &pattern, handles);
        self.edit(at..at, text);
        self.added.iter_mut().filter(|line| **line > above).for_each(|line| *line += 1);
        self.added.push(above + 1);
        (above, true)
    }

    fn edit(&mut self, at: Range<usize>, text: String) {
        self.text.replace_range(at, &text);
        self.rules = Codeowners::parse(&self.text, &self.rules.file.clone(), self.rules.dialect, Vec::new());
    }

    /// Whether a line is for this folder alone.
    fn is_own(&self, rule: &CodeownersRule, folder: &Folder) -> bool {
        match relation(&rule.pattern, &folder.path, self.rules.dialect) {
            PatternScope::Own => !rule.is_exclusion,
            PatternScope::OwnAmongOthers => {
                let prefix = format!("{}/", folder.path);
                let decides = |path: &&String| {
                    self.rules.deciding(path).any(|at| self.rules.rules[at].line == rule.line)
                };
                let is_inside = |path: &String| {
                    path.trim_start_matches("./").trim_start_matches('/').starts_with(&prefix)
                };
                !rule.is_exclusion
                    && self.paths.is_some_and(|paths| paths.iter().filter(decides).all(is_inside))
            }
            _ => false,
        }
    }

    /// A line to add: after which line, at which byte, and its text.
    fn new_line(
        &self,
        folder: &Folder,
        winners: &Winners,
        pattern: &str,
        handles: &[String],
    ) -> (u64, usize, String) {
        let rules = &self.rules.rules;
        let end = if self.text.contains("\r\n") { "\r\n" } else { "\n" };
        let section = self.section(winners);
        let relation = |rule: &CodeownersRule| relation(&rule.pattern, &folder.path, self.rules.dialect);
        let is_above = |at: &usize| {
            let is_deciding = match self.paths {
                Some(_) => winners.all_rules.contains(at),
                None => !matches!(relation(&rules[*at]), PatternScope::Elsewhere),
            };
            rules[*at].section == section && is_deciding && relation(&rules[*at]) != PatternScope::Inside
                || winners.rules.contains(at) && rules[*at].section == section
        };
        // Lines for parts of the repository come after the root's own line, and still decide.
        if let Some(first) = rules.iter().find(|rule| rule.section == section && folder.path == ROOT) {
            let line = format!("{pattern} {}{end}", handles.join(" "));
            return (first.line - 1, first.whole.start, line);
        }
        // If no line decides, any place before the first section will do.
        let is_first_section = |at: &usize| rules[*at].section == 0;
        let above =
            (0..rules.len()).rev().find(is_above).or_else(|| (0..rules.len()).rev().find(is_first_section));
        let Some(mut above) = above else {
            let at = self.rules.first_section.unwrap_or(self.text.len());
            let before = if self.text[..at].is_empty() || self.text[..at].ends_with('\n') { "" } else { end };
            let line = self.text[..at].matches('\n').count() as u64 + u64::from(!before.is_empty());
            return (line, at, format!("{before}{pattern} {}{end}", handles.join(" ")));
        };
        // Lines added after the same one stay in order.
        while rules
            .get(above + 1)
            .is_some_and(|next| self.added.contains(&next.line) && next.line == rules[above].line + 1)
        {
            above += 1;
        }
        let above = &rules[above];
        // Owners are aligned with those above, where there is room.
        let column = self.text[above.whole.start..above.said.start].chars().count();
        let line = format!("{pattern:width$} {}", handles.join(" "), width = column.saturating_sub(1));
        let line = line.trim_end();
        match self.text[above.whole.clone()].ends_with('\n') {
            true => (above.line, above.whole.end, format!("{line}{end}")),
            false => (above.line, above.whole.end, format!("{end}{line}")),
        }
    }

    /// The section in which a folder's owners are written: the part before any section, if it decides.
    fn section(&self, winners: &Winners) -> usize {
        winners.rules.iter().map(|rule| self.rules.rules[*rule].section).min().unwrap_or(0)
    }

    /// Reports what still belongs to others after the change.
    fn tell_exceptions(&mut self, folder: &Folder, handles: &[String], line: u64) {
        let mut others: Vec<u64> = Vec::new();
        let mut count = 0;
        for file in &folder.files {
            let resolved = self.rules.resolve(file);
            if resolved.owners.iter().any(|owner| !handles.contains(owner)) || resolved.owners.is_empty() {
                count += 1;
                others.extend(resolved.line.map(|line| self.line_before(line)));
            }
        }
        if count > 0 {
            others.sort_unstable();
            others.dedup();
            let lines: Vec<String> = others.iter().map(u64::to_string).collect();
            let by =
                if lines.is_empty() { "no line".to_owned() } else { format!("line {}", lines.join(", ")) };
            let (path, total) = (&folder.path, folder.files.len());
            let message = format!("{path}: {count} of {total} files still have other owners, from {by}");
            self.problem(Level::Note, line, message, "change those lines by hand if this is not intended");
        }
    }

    /// The number that a line of the changed text had in the file; of an added line, that of the line above it.
    fn line_before(&self, line: u64) -> u64 {
        line - self.added.iter().filter(|added| **added <= line).count() as u64
    }
}
