//! Finds the files of the folders and reads them into records.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use headroom_files::{Diagnostic, Level, Place, ReadError, find, read_text, records::*};
use rustc_hash::FxHashSet;

use super::{
    named_file::{ID, is_archived, named},
    repo,
    team::TeamFile,
    tree,
};
use crate::catalog::field_reader::{Diagnostics, FieldReader};

/// Which of the three folders a file is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Folder {
    People,
    Teams,
    Repos,
}

pub fn recognise(path: &Path) -> bool {
    let looks_so = |path: &Path| {
        let mark: &[&str] = match folder_of(path) {
            Some(Folder::People) => &["github"],
            Some(Folder::Teams) => &["[people]"],
            Some(Folder::Repos) => &["[access"],
            None => return false,
        };
        find::mentions(path, mark)
    };
    if path.is_dir() { find::below(path).any(|file| looks_so(&file)) } else { folder_of(path).is_some() }
}

impl Folder {
    fn named(name: &str) -> Option<Self> {
        match name {
            "people" => Some(Folder::People),
            "teams" => Some(Folder::Teams),
            "repos" => Some(Folder::Repos),
            _ => None,
        }
    }
}

/// By the nearest folder with one of the names.
fn folder_of(path: &Path) -> Option<Folder> {
    find::ends_in(path, &["toml"]).then_some(())?;
    path.parent()?.components().rev().find_map(|part| Folder::named(part.as_os_str().to_str()?))
}

/// How deep below the source the three folders are, and which of them the file is in.
fn folder_below(path: &Path, source: &Path) -> Option<(usize, Folder)> {
    find::ends_in(path, &["toml"]).then_some(())?;
    let below = path.parent()?.strip_prefix(source).ok()?;
    let named = |part: std::path::Component<'_>| Folder::named(part.as_os_str().to_str()?);
    below.components().enumerate().find_map(|(depth, part)| Some((depth, named(part)?)))
}

/// The files with their folders. If several places have such folders, the topmost counts: deeper ones are test data.
fn files_in(sources: &[PathBuf]) -> Vec<(PathBuf, Option<Folder>)> {
    let mut found = Vec::new();
    for source in sources {
        if !source.is_dir() || Folder::named(&find::name_of(source)).is_some() {
            let single = || find::below(source).filter(|file| folder_of(file).is_some()).collect();
            let files: Vec<PathBuf> = if source.is_dir() { single() } else { vec![source.clone()] };
            found.extend(
                files.into_iter().map(|file| (folder_of(&file), file)).map(|(folder, file)| (file, folder)),
            );
            continue;
        }
        let files: Vec<(usize, Folder, PathBuf)> = find::below(source)
            .filter_map(|file| folder_below(&file, source).map(|(depth, folder)| (depth, folder, file)))
            .collect();
        let top = files.iter().map(|(depth, ..)| *depth).min();
        found.extend(
            files
                .into_iter()
                .filter(|(depth, ..)| Some(*depth) == top)
                .map(|(_, folder, file)| (file, Some(folder))),
        );
    }
    found
}

pub fn read(sources: &[PathBuf]) -> Result<Records, ReadError> {
    let files = files_in(sources);
    if files.is_empty() {
        let path = sources.first().cloned().unwrap_or_default();
        let expected = "expected TOML files in folders named people, teams and repos";
        return Err(ReadError::Nothing { path, expected });
    }
    let mut reading = Reading::default();
    for (file, folder) in &files {
        reading.file(file, *folder)?;
    }
    reading.settle();
    Ok(reading.records)
}

#[derive(Default)]
struct Reading {
    records: Records,
    teams: BTreeMap<String, TeamFile>,
    /// Teams with alumni, and how many alumni there are.
    alumni: (usize, usize),
    /// How many teams are archived.
    archived: usize,
}

impl Reading {
    fn file(&mut self, path: &Path, folder: Option<Folder>) -> Result<(), ReadError> {
        let (text, name) = read_text(path, &mut self.records.problems)?;
        if text.trim().is_empty() {
            let place = Place::new(&name, 0, 0);
            let advice = "no action needed if this is intended";
            self.records.problems.push(Diagnostic::new(Level::Warning, place, "the file is empty", advice));
            return Ok(());
        }
        let root = tree::parse(&text, &name, &mut self.records.problems);
        let report = Diagnostics::new(&name);
        if let Some(fields) = FieldReader::of(&root, "the file", &report) {
            match folder {
                Some(Folder::People) => self.person(&fields, path),
                Some(Folder::Teams) => self.team(&fields, path),
                Some(Folder::Repos) => repo::read(&fields, path, &mut self.records),
                None => {
                    let message = "unclear whether this is a person, a team or a repository; skipped";
                    let advice = "move it to a folder named people, teams or repos";
                    report.say(Level::Error, Place::new(&name, 0, 0), message, advice);
                }
            }
        }
        self.records.problems.extend(report.finish());
        Ok(())
    }

    fn person(&mut self, fields: &FieldReader<'_>, path: &Path) {
        let Some(key) = named(fields, "github", path) else { return };
        // `email = false` means that the person wants no mail.
        let email = fields.scalar("email").map(|email| if email == "false" { String::new() } else { email });
        self.records.people.push(PersonRecord {
            place: fields.place_of("github"),
            name: fields.filled("name"),
            email: Some(email.unwrap_or_default()),
            extra: Some((ID, fields.extra(fields.rest()))),
            key,
            ..PersonRecord::default()
        });
    }

    fn team(&mut self, fields: &FieldReader<'_>, path: &Path) {
        if is_archived(path) {
            self.archived += 1;
            return;
        }
        let Some(key) = named(fields, "name", path) else { return };
        let mut team = TeamFile::of(fields);
        if team.alumni > 0 {
            self.alumni.0 += 1;
            self.alumni.1 += team.alumni;
        }
        let website = fields.fields("website");
        let of_website = |name: &str| website.as_ref().and_then(|website| website.text(name));
        let (name, description) = (of_website("name"), of_website("description"));
        let kind = fields.filled("kind").unwrap_or_else(|| "team".to_owned());
        team.kind.clone_from(&kind);
        let parent = fields.optional("subteam-of").unwrap_or_default();
        let mut rest = fields.rest();
        if let Some(rest_of_website) = website.map(|website| website.rest()).filter(|rest| !rest.is_empty()) {
            rest.insert("website".to_owned(), rest_of_website.into());
        }
        self.records.teams.push(TeamRecord {
            place: fields.place_of("name"),
            key: key.clone(),
            name: name.filter(|name| !name.is_empty()),
            parent: Some(parent),
            kind: Some(kind),
            description: Some(description.unwrap_or_default()),
            extra: Some((ID, fields.extra(rest))),
            ..TeamRecord::default()
        });
        if self.teams.contains_key(&key) {
            // The comparison with the plan reports that it is there twice.
            return;
        }
        self.teams.insert(key, team);
    }

    fn settle(&mut self) {
        for (key, team) in &self.teams {
            let mut present: FxHashSet<(String, String)> = FxHashSet::default();
            for (person, role, place) in &team.members {
                if present.insert((person.to_lowercase(), role.clone())) {
                    let record = MembershipRecord::new(place.clone(), person, key, Some(role.clone()));
                    self.records.memberships.push(record);
                }
            }
            let own: FxHashSet<String> = present.into_iter().map(|(person, _)| person).collect();
            for (person, place) in self.included(key, own) {
                let record = MembershipRecord::new(place, &person, key, Some("member".to_owned()));
                self.records.memberships.push(record);
            }
        }
        let place = self.records.teams.first().map(|team| team.place.clone()).unwrap_or_default();
        if self.archived > 0 {
            let teams = if self.archived == 1 { "team" } else { "teams" };
            let message = format!("{} archived {teams} skipped", self.archived);
            let advice = "no action needed: they no longer exist";
            self.records.problems.push(Diagnostic::new(Level::Note, place.clone(), message, advice));
        }
        let (teams, people) = self.alumni;
        if people > 0 {
            let of_teams = if teams == 1 { "1 team".to_owned() } else { format!("{teams} teams") };
            let members = if people == 1 { "former member" } else { "former members" };
            let message =
                format!("{people} {members} of {of_teams} skipped: the files don’t say when they left");
            let advice = "add past members by hand if they matter";
            self.records.problems.push(Diagnostic::new(Level::Note, place, message, advice));
        }
    }

    /// Members of the teams that a team includes, directly or not, without `known`.
    fn included(&self, team: &str, mut known: FxHashSet<String>) -> Vec<(String, Place)> {
        let mut found = Vec::new();
        let mut add = |person: &str, place: &Place| {
            if known.insert(person.to_lowercase()) {
                found.push((person.to_owned(), place.clone()));
            }
        };
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        // With the place of the inclusion in the first team.
        let mut open: Vec<(&str, Option<&Place>)> = vec![(team, None)];
        while let Some((name, place)) = open.pop() {
            let Some((name, included)) = self.teams.get_key_value(name) else { continue };
            if !seen.insert(name) {
                continue;
            }
            if let Some(place) = place {
                included.members.iter().for_each(|(person, ..)| add(person, place));
            }
            for (rule, said) in &included.rules {
                let others = self.teams.iter().filter(|(other, _)| *other != name);
                others.for_each(|(_, other)| {
                    other.taken_by(*rule).for_each(|person| add(person, place.unwrap_or(said)))
                });
            }
            open.extend(
                included.included().into_iter().map(|(name, said)| (name, Some(place.unwrap_or(said)))),
            );
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use headroom_model::role;

    use super::*;

    fn read_tree(files: &[(&str, &str)]) -> Records {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        read(&[folder.path().to_owned()]).unwrap()
    }

    const FILES: [(&str, &str); 10] = [
        ("people/ada.toml", "name = 'Ada L'\ngithub = 'ada'\ngithub-id = 1\nemail = false\n"),
        ("people/bo.toml", "name = 'Bo'\ngithub = 'Bo'\nemail = 'bo@example.org'\n"),
        (
            "teams/hull.toml",
            "name = 'hull'\nsubteam-of = 'yard'\n[people]\nleads = ['ada']\nmembers = [\n  'ada',\n  { github = 'bo', roles = ['welder', 'smith'] },\n  'cy',\n]\nalumni = ['old', { github = 'older', roles = [] }]\n[website]\nname = 'Hull team'\ndescription = 'Hulls.'\npage = 'hull'\n",
        ),
        (
            "teams/yard.toml",
            "name = 'yard'\nkind = 'working-group'\n[people]\nleads = []\nmembers = ['dee']\nincluded-teams = ['hull']\n",
        ),
        (
            "repos/acme/keel.toml",
            "org = 'acme'\nname = 'keel'\ndescription = 'The keel'\nhomepage = 'https://example.org/keel'\nbots = ['bot']\n[access.teams]\nyard = 'write'\nhull = 'maintain'\nreaders = 'triage'\n[access.individuals]\neve = 'write'\n",
        ),
        ("teams/archive/ark.toml", "name = 'ark'\n[people]\nleads = []\nmembers = ['noah']\n"),
        (
            "teams/zz-leads.toml",
            "name = 'zz-leads'\nkind = 'marker-team'\n[people]\nleads = []\nmembers = []\ninclude-team-leads = true\n",
        ),
        ("tests/people/eve.toml", "name = 'Eve'\ngithub = 'eve'\n"),
        ("repos/archive/acme/oar.toml", "org = 'acme'\nname = 'oar'\nbots = []\n[access.teams]\n"),
        (
            "repos/acme/solo.toml",
            "org = 'acme'\nname = 'solo'\n[access.teams]\nall = 'read'\n[access.individuals]\neve = 'admin'\nbo = 'write'\n",
        ),
    ];

    #[test]
    fn reads_people_teams_and_repositories() {
        let records = read_tree(&FILES);
        assert_eq!(records.problems.len(), 2, "{:#?}", records.problems);
        assert!(records.problems[0].message.contains("1 archived team skipped"));
        assert!(records.problems[1].message.contains("2 former members of 1 team skipped"));
        assert_eq!(records.people[0].email.as_deref(), Some(""));
        assert_eq!(records.people[1].key, "Bo");
        assert_eq!(records.people.len(), 2, "the tests' people are nobody");
        let hull = &records.teams[0];
        assert_eq!((hull.name.as_deref(), hull.kind.as_deref()), (Some("Hull team"), Some("team")));
        assert_eq!(hull.parent, Some(Some("yard".into())));
        let members: Vec<(&str, &str, &str)> = records
            .memberships
            .iter()
            .map(|row| (row.team.as_str(), row.person.as_str(), row.role.as_deref().unwrap()))
            .collect();
        let expected = [
            ("hull", "ada", "lead"),
            ("hull", "bo", "welder"),
            ("hull", "bo", "smith"),
            ("hull", "cy", "member"),
            ("yard", "dee", "member"),
            ("yard", "ada", "member"),
            ("yard", "bo", "member"),
            ("yard", "cy", "member"),
            ("zz-leads", "ada", "member"),
        ];
        assert_eq!(members, expected);
        let rows: Vec<(&str, &str, &str)> = records
            .ownerships
            .iter()
            .map(|row| (row.service.as_str(), row.owner.key.as_str(), row.role.as_str()))
            .collect();
        let expected = [
            ("acme/keel", "yard", role::BACKUP),
            ("acme/keel", "hull", role::OWNER),
            ("acme/keel", "eve", role::BACKUP),
            ("acme/solo", "eve", role::OWNER),
            ("acme/solo", "bo", role::BACKUP),
        ];
        assert_eq!(rows, expected);
        let oar = records.services.iter().find(|row| row.key == "acme/oar").unwrap();
        assert_eq!(oar.lifecycle.as_deref(), Some("archived"));
    }

    #[test]
    fn reports_faults_with_their_place() {
        let records = read_tree(&[
            ("people/ada.toml", "name = 'Ada'\ngithub = 'grace'\n"),
            ("people/nobody.toml", "\n"),
            ("teams/x.toml", "[people]\nleads = 'ada'\nmembers = [1, ['a'], {roles = ['r']}]\n"),
            ("teams/y.toml", "name = 'y'\n[people]\nleads = ['a']\n] junk\n"),
            (
                "repos/o/r.toml",
                "org = 'o'\nname = 'r'\n[access]\nteams = 'all'\n[access.individuals]\nx = 'king'\n",
            ),
        ]);
        let mut told: Vec<(String, u64)> = records
            .problems
            .iter()
            .map(|row| (row.place.file.rsplit('/').next().unwrap().to_owned(), row.place.line))
            .collect();
        told.dedup();
        for expected in
            [("ada.toml", 2), ("nobody.toml", 0), ("x.toml", 1), ("x.toml", 3), ("y.toml", 4), ("r.toml", 4)]
        {
            assert!(
                told.contains(&(expected.0.to_owned(), expected.1)),
                "{expected:?} {:#?}",
                records.problems
            );
        }
        assert!(records.teams.iter().any(|team| team.key == "y"));
    }
}
