//! Reads a repository's CODEOWNERS file into records.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use headroom_files::{Diagnostic, Level, Place, ReadError, records::*};
use headroom_model::role;

use super::{dialect::Dialect, handle::is_role, options::CodeownersReading, rules::Codeowners};

pub fn recognise(path: &Path) -> bool {
    if path.is_dir() {
        return Dialect::places(None).iter().any(|place| path.join(place).is_file());
    }
    path.file_name().is_some_and(|name| name == "CODEOWNERS")
}

/// Every file below the folders and every line of the lists, as paths from the root of the repository.
///
/// # Errors
/// [`ReadError::Io`] if a list can't be read.
pub fn paths_below(sources: &[PathBuf]) -> Result<Vec<String>, ReadError> {
    let mut paths = Vec::new();
    for source in sources {
        if source.is_dir() {
            let mut walk = ignore::WalkBuilder::new(source);
            walk.hidden(false).filter_entry(|entry| entry.file_name() != ".git").sort_by_file_path(Path::cmp);
            let files = walk
                .build()
                .filter_map(Result::ok)
                .filter(|entry| entry.file_type().is_some_and(|kind| !kind.is_dir()));
            paths.extend(files.filter_map(|entry| {
                entry.path().strip_prefix(source).ok().map(|path| path.to_string_lossy().replace('\\', "/"))
            }));
        } else {
            let (text, _) = headroom_files::read_text(source, &mut Vec::new())?;
            paths.extend(text.lines().map(str::trim_end).filter(|line| !line.is_empty()).map(str::to_owned));
        }
    }
    Ok(paths)
}

/// The CODEOWNERS file in a repository's folder.
pub(super) fn find_in(folder: &Path, asked: Option<Dialect>) -> Option<PathBuf> {
    Dialect::places(asked).iter().map(|place| folder.join(place)).find(|path| path.is_file())
}

/// The folders of a repository as services, each owned by the owners of most of its files.
///
/// # Errors
/// [`ReadError::Nothing`] without a CODEOWNERS file or paths, [`ReadError::Io`] if one can't be read.
pub fn read(sources: &[PathBuf], options: &CodeownersReading) -> Result<Records, ReadError> {
    let (files, others): (Vec<PathBuf>, Vec<PathBuf>) =
        sources.iter().cloned().partition(|source| source.is_file() && recognise(source));
    let named = files.first().cloned();
    let found = others.iter().find_map(|folder| find_in(folder, options.dialect));
    let nothing = |path: &Path, expected| ReadError::Nothing { path: path.to_owned(), expected };
    let first = sources.first().cloned().unwrap_or_default();
    let file = named
        .or(found)
        .ok_or_else(|| nothing(&first, "expected a CODEOWNERS file or a repository with one"))?;
    if others.is_empty() {
        return Err(nothing(&file, "also choose its repository folder or a file that lists its paths"));
    }
    let owners = Codeowners::read(&file, options.dialect)?;
    Ok(folders(&owners, &paths_below(&others)?, options))
}

/// The sets of owners of a folder's files, each with a line that decides and how many files it decides.
type ByOwners = BTreeMap<Vec<String>, (Option<u64>, usize)>;

fn folders(owners: &Codeowners, paths: &[String], options: &CodeownersReading) -> Records {
    let mut records = Records { problems: owners.problems.clone(), ..Records::default() };
    let mut folders: BTreeMap<String, ByOwners> = BTreeMap::new();
    let mut others = 0;
    for path in paths {
        let folder = match &options.folders {
            Some(services) => service_of(path, services),
            None => folder_of(path, options.depth.max(1)),
        };
        let Some(folder) = folder else {
            others += usize::from(options.folders.is_some());
            continue;
        };
        let resolved = owners.resolve(path);
        let entry = folders.entry(folder).or_default().entry(resolved.owners).or_insert((resolved.line, 0));
        entry.1 += 1;
    }
    if others > 0 {
        let noun = if others == 1 { "file" } else { "files" };
        let message = format!("{others} {noun} outside the catalog’s services; skipped");
        let advice = "import it separately as CODEOWNERS to get every folder as a service";
        records.problems.push(Diagnostic::new(Level::Note, Place::new(&owners.file, 0, 0), message, advice));
    }
    let mut roles: BTreeMap<&str, Place> = BTreeMap::new();
    for (folder, by_owners) in &folders {
        let total: usize = by_owners.values().map(|(_, count)| count).sum();
        let Some((winners, (line, count))) = by_owners.iter().max_by_key(|(_, (_, count))| *count) else {
            continue;
        };
        let place = Place::new(&owners.file, line.unwrap_or(0), 0);
        if by_owners.len() > 1 {
            let message = format!("{folder}: only {count} of {total} files belong to the imported owners");
            records.problems.push(Diagnostic::new(
                Level::Note,
                place.clone(),
                message,
                "choose a greater folder depth to separate them",
            ));
        }
        for owner in winners {
            if is_role(owner) {
                roles.entry(owner).or_insert_with(|| place.clone());
            } else {
                records.ownerships.push(ownership(folder, owner, &place));
            }
        }
        records.services.push(service(folder.clone(), place));
    }
    for (role, place) in roles {
        let message = format!("“{role}” stands for everyone with that role in the project; ignored");
        let advice = "assign a team or person in the plan to what only this role owns";
        records.problems.push(Diagnostic::new(Level::Note, place, message, advice));
    }
    records
}

/// The deepest folder of a path that is a service.
fn service_of(path: &str, services: &BTreeSet<String>) -> Option<String> {
    let mut at = path.trim_start_matches("./").trim_start_matches('/');
    while let Some((above, _)) = at.rsplit_once('/') {
        if services.contains(above) {
            return Some(above.to_owned());
        }
        at = above;
    }
    services.contains("").then(|| "/".to_owned())
}

/// The folder of a path, at most `depth` deep; none for files at the root.
pub(super) fn folder_of(path: &str, depth: usize) -> Option<String> {
    let parts: Vec<&str> = path.trim_start_matches("./").trim_start_matches('/').split('/').collect();
    let folders = parts.len() - 1;
    (folders > 0).then(|| parts[..folders.min(depth)].join("/"))
}

fn service(folder: String, place: Place) -> ServiceRecord {
    ServiceRecord { place, kind: Some("folder".to_owned()), key: folder, ..ServiceRecord::default() }
}

/// `@org/team` is a team; `@name` and email addresses are people.
pub(super) fn owner_of(handle: &str) -> (OwnerKind, &str) {
    match handle.strip_prefix('@') {
        Some(team) if team.contains('/') => (OwnerKind::Team, team),
        Some(name) => (OwnerKind::Person, name),
        None => (OwnerKind::Person, handle),
    }
}

fn ownership(service: &str, owner: &str, place: &Place) -> OwnershipRecord {
    let (kind, key) = owner_of(owner);
    OwnershipRecord {
        place: place.clone(),
        service: service.to_owned(),
        owner: OwnerRef { kind, key: key.to_owned() },
        role: role::OWNER.to_owned(),
        confirmed: None,
        named: None,
        dates: Dates::default(),
    }
}
