//! Reads the OWNERS files of a repository into records.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use headroom_files::{Diagnostic, Level, Place, ReadError, find, read_text, records::*, shortened};
use headroom_model::role;
use rustc_hash::FxHashSet;

use super::file::{NamedPerson, OwnersFile, names};
use crate::catalog::{
    field_reader::{Diagnostics, FieldReader},
    yaml::read_documents,
};

const ID: &str = "owners";
const FILE: &str = "OWNERS";
const ALIASES: &str = "OWNERS_ALIASES";
const SECURITY: &str = "SECURITY_CONTACTS";
/// Role of a security contact.
const SECURITY_ROLE: &str = "security contact";

pub fn recognise(path: &Path) -> bool {
    if path.is_dir() {
        return find::below(path).any(|file| is_ours(&file));
    }
    matches!(path.file_name().and_then(|name| name.to_str()), Some(FILE | ALIASES))
}

/// Whether it is a Kubernetes file: Chromium's OWNERS files hold addresses, one per line.
fn is_ours(path: &Path) -> bool {
    match path.file_name().and_then(|name| name.to_str()) {
        Some(FILE) => find::mentions(path, &["approvers:", "reviewers:", "filters:", "no_parent_owners"]),
        Some(ALIASES) => true,
        _ => false,
    }
}

pub fn read(sources: &[PathBuf]) -> Result<Records, ReadError> {
    let mut reading = Reading::default();
    for source in sources {
        if source.is_dir() {
            reading.folder(source)?;
        } else {
            reading.file(source, source.parent().unwrap_or(Path::new("")))?;
        }
    }
    if !reading.has_read {
        let path = sources.first().cloned().unwrap_or_default();
        return Err(ReadError::Nothing { path, expected: "expected OWNERS files" });
    }
    reading.settle();
    Ok(reading.records)
}

#[derive(Default)]
struct Reading {
    records: Records,
    has_read: bool,
    /// By the path of the folder; empty for the root.
    folders: BTreeMap<String, OwnersFile>,
    aliases: FxHashSet<String>,
    people: FxHashSet<String>,
    /// Name of the root.
    root: Option<String>,
}

impl Reading {
    fn folder(&mut self, root: &Path) -> Result<(), ReadError> {
        self.root = root.canonicalize().ok().and_then(|path| Some(path.file_name()?.to_str()?.to_owned()));
        for file in find::below(root) {
            if matches!(file.file_name().and_then(|name| name.to_str()), Some(FILE | ALIASES | SECURITY)) {
                self.file(&file, root)?;
            }
        }
        Ok(())
    }

    fn file(&mut self, path: &Path, root: &Path) -> Result<(), ReadError> {
        let folder = path.parent().and_then(|folder| folder.strip_prefix(root).ok());
        let folder = folder.map(|folder| folder.to_string_lossy().replace('\\', "/")).unwrap_or_default();
        match path.file_name().and_then(|name| name.to_str()) {
            Some(SECURITY) => self.security(path, folder)?,
            Some(ALIASES) => self.aliases(path, &folder)?,
            _ => self.owners(path, folder)?,
        }
        Ok(())
    }

    fn owners(&mut self, path: &Path, folder: String) -> Result<(), ReadError> {
        self.has_read = true;
        let documents = read_documents(path, &mut self.records.problems)?;
        let Some(document) = documents.first() else { return Ok(()) };
        let report = Diagnostics::new(&document.place.file);
        if let Some(extra) = documents.get(1) {
            let message = "an OWNERS file can have only one document; the second was skipped";
            report.say(Level::Warning, extra.place.clone(), message, "merge them into one document");
        }
        let file = OwnersFile::of(document, &report);
        self.records.problems.extend(report.finish());
        if let Some(file) = file {
            self.folders.insert(folder, file);
        }
        Ok(())
    }

    /// Reads `aliases: {name: [person, …]}`; only those at the root count.
    fn aliases(&mut self, path: &Path, folder: &str) -> Result<(), ReadError> {
        self.has_read = true;
        for document in read_documents(path, &mut self.records.problems)? {
            let report = Diagnostics::new(&document.place.file);
            if !folder.is_empty() {
                let message = "aliases only apply at the root of a repository; skipped";
                let advice = "import this folder separately";
                report.say(Level::Warning, document.place.clone(), message, advice);
            } else if let Some(aliases) =
                FieldReader::of(&document.root, "the file", &report).and_then(|root| root.fields("aliases"))
            {
                for entry in aliases.entries() {
                    let place = aliases.place_of(&entry.name);
                    self.alias(&entry.name, place, names(&aliases, &entry.name));
                }
            } else {
                let message = "file has no “aliases:”; skipped";
                report.say(Level::Error, document.place.clone(), message, "start it with “aliases:”");
            }
            self.records.problems.extend(report.finish());
        }
        Ok(())
    }

    fn alias(&mut self, name: &str, place: Place, members: Vec<NamedPerson>) {
        let key = name.trim().to_lowercase();
        if !self.aliases.insert(key.clone()) {
            let message = format!("duplicate alias “{}” in different case", shortened(name));
            let advice = "keep one of them; the members of both were imported";
            self.records.problems.push(Diagnostic::new(Level::Warning, place.clone(), message, advice));
        } else {
            let name = Some(name.trim().to_owned());
            let team = TeamRecord { place, key: key.clone(), name, ..TeamRecord::default() };
            self.records.teams.push(team);
        }
        for (person, place) in members {
            self.person(&person, &place);
            self.records.memberships.push(MembershipRecord::new(place, &person, &key, None));
        }
    }

    /// Reads SECURITY_CONTACTS: a name on each line.
    fn security(&mut self, path: &Path, folder: String) -> Result<(), ReadError> {
        let (text, name) = read_text(path, &mut self.records.problems)?;
        let contacts = text.lines().enumerate().filter_map(|(at, line)| {
            let contact =
                line.split('#').next().unwrap_or_default().trim().trim_start_matches(['-', '@', ' ']);
            (!contact.is_empty() && !contact.contains(char::is_whitespace))
                .then(|| (contact.to_lowercase(), Place::new(&name, at as u64 + 1, 1)))
        });
        let contacts: Vec<NamedPerson> = contacts.collect();
        match self.folders.get_mut(&folder) {
            Some(file) => file.security.extend(contacts),
            None if contacts.is_empty() => {}
            None => {
                let place = Place::new(&name, 0, 0);
                let message = "no OWNERS file in this folder; its contacts were skipped";
                let advice = "add an OWNERS file to the folder";
                self.records.problems.push(Diagnostic::new(Level::Warning, place, message, advice));
            }
        }
        Ok(())
    }

    fn person(&mut self, key: &str, place: &Place) {
        if self.people.insert(key.to_owned()) {
            let (place, key) = (place.clone(), key.to_owned());
            self.records.people.push(PersonRecord { place, key, ..PersonRecord::default() });
        }
    }

    fn settle(&mut self) {
        let folders = std::mem::take(&mut self.folders);
        for (folder, file) in &folders {
            let key = if folder.is_empty() { "/".to_owned() } else { folder.clone() };
            let approvers = effective(&folders, folder, |file| &file.approvers);
            let reviewers = effective(&folders, folder, |file| &file.reviewers);
            let is_approver = |name: &str| approvers.iter().any(|(known, _)| known == name);
            for (name, place) in approvers {
                self.own(&key, name, place, role::OWNER);
            }
            for (name, place) in reviewers.iter().filter(|(name, _)| !is_approver(name)) {
                self.own(&key, name, place, role::BACKUP);
            }
            for (name, place) in &file.security {
                self.own(&key, name, place, SECURITY_ROLE);
            }
            self.records.services.push(ServiceRecord {
                place: file.place.clone(),
                name: self.root.clone().filter(|_| folder.is_empty()),
                kind: Some("folder".to_owned()),
                tags: file.labels.clone(),
                extra: Some((ID, file.extra.clone())),
                key,
                ..ServiceRecord::default()
            });
        }
    }

    fn own(&mut self, service: &str, name: &str, place: &Place, role: &str) {
        let owner = if self.aliases.contains(name) || is_github_team(name) {
            OwnerRef::team(name)
        } else {
            self.person(name, place);
            OwnerRef::person(name)
        };
        self.records.ownerships.push(OwnershipRecord::new(place.clone(), service, owner, role));
    }
}

/// Whether it has the form `org/team`.
fn is_github_team(name: &str) -> bool {
    let is_plain = |part: &str| {
        !part.is_empty() && part.chars().all(|letter| letter.is_alphanumeric() || "-_.".contains(letter))
    };
    name.split_once('/').is_some_and(|(org, team)| is_plain(org) && is_plain(team))
}

/// The names of the folder's file, or of the nearest file above it that has any.
fn effective<'f>(
    folders: &'f BTreeMap<String, OwnersFile>,
    folder: &str,
    named: impl Fn(&'f OwnersFile) -> &'f Vec<NamedPerson>,
) -> &'f [NamedPerson] {
    let mut at = folder;
    loop {
        if let Some(file) = folders.get(at)
            && (!named(file).is_empty() || file.ignores_parents)
        {
            return named(file);
        }
        if at.is_empty() {
            return &[];
        }
        at = at.rsplit_once('/').map_or("", |(above, _)| above);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_tree(files: &[(&str, &str)]) -> Records {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join("repo").join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        read(&[folder.path().join("repo")]).unwrap()
    }

    fn owners<'r>(records: &'r Records, service: &str, role: &str) -> Vec<&'r str> {
        let rows = records.ownerships.iter().filter(|row| row.service == service && row.role == role);
        rows.map(|row| row.owner.key.as_str()).collect()
    }

    #[test]
    fn folders_inherit_owners_unless_no_parent_owners() {
        let records = read_tree(&[
            ("OWNERS_ALIASES", "aliases:\n  Pilots:\n    - Ada\n    - bo\n  empty:\n"),
            ("OWNERS", "approvers: [pilots]\nreviewers: [cy, PILOTS]\nlabels: [area/root]\n"),
            ("pkg/tide/OWNERS", "reviewers:\n- dee\nlabels:\n- sig/tide\n"),
            ("pkg/tide/deep/OWNERS", "options:\n  no_parent_owners: true\nreviewers: [eve]\n"),
            (
                "cmd/OWNERS",
                "filters:\n  '.*':\n    approvers: [BO]\n    emeritus_approvers: [old]\n  '\\.go$':\n    labels: [go]\n",
            ),
            ("SECURITY_CONTACTS", "# who\n\n- ada\nzed\n"),
        ]);
        assert_eq!(owners(&records, "/", "owner"), ["pilots"]);
        assert_eq!(owners(&records, "/", "backup"), ["cy"]);
        assert_eq!(owners(&records, "/", SECURITY_ROLE), ["ada", "zed"]);
        assert_eq!(owners(&records, "pkg/tide", "owner"), ["pilots"]);
        assert_eq!(owners(&records, "pkg/tide", "backup"), ["dee"]);
        assert!(owners(&records, "pkg/tide/deep", "owner").is_empty());
        assert_eq!(owners(&records, "cmd", "owner"), ["bo"]);
        let keys: Vec<&str> = records.services.iter().map(|row| row.key.as_str()).collect();
        assert_eq!(keys, ["/", "cmd", "pkg/tide", "pkg/tide/deep"]);
        assert_eq!(records.services[0].name.as_deref(), Some("repo"));
        assert_eq!(records.services[2].tags.as_deref().unwrap(), ["sig/tide"]);
        assert_eq!(records.teams.len(), 2);
        assert_eq!(records.memberships.len(), 2);
        let people: Vec<&str> = records.people.iter().map(|row| row.key.as_str()).collect();
        assert_eq!(people, ["ada", "bo", "cy", "zed", "dee", "eve"]);
        let told: Vec<(u64, Level)> =
            records.problems.iter().map(|row| (row.place.line, row.level)).collect();
        assert_eq!(told, [(4, Level::Note), (6, Level::Note)], "{:#?}", records.problems);
    }

    #[test]
    fn reports_files_that_are_not_owners_files() {
        let records = read_tree(&[
            ("OWNERS", "ada@example.org\nper-file *.cc=bo@example.org\n"),
            ("a/OWNERS", ""),
            ("b/OWNERS", "approvers: {x: y}\n"),
            ("c/OWNERS", "approvers:\n- [a]\n- b\ncolour: red\n"),
            ("d/OWNERS_ALIASES", "aliases: {}\n"),
        ]);
        let mut told: Vec<(String, u64)> = records
            .problems
            .iter()
            .map(|row| (row.place.file.rsplit("repo/").next().unwrap().to_owned(), row.place.line))
            .collect();
        told.sort();
        let expected = [
            ("OWNERS", 1),
            ("a/OWNERS", 0),
            ("b/OWNERS", 1),
            ("c/OWNERS", 2),
            ("c/OWNERS", 4),
            ("d/OWNERS_ALIASES", 1),
        ];
        assert_eq!(told, expected.map(|(file, line)| (file.to_owned(), line)), "{:#?}", records.problems);
        assert_eq!(owners(&records, "c", "owner"), ["b"]);
    }
}
