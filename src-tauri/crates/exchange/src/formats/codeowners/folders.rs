//! Services that are folders of a repository, and who owns most of each.

use std::collections::BTreeMap;

use headroom_model::{Service, ServiceIx, Snapshot};
use rustc_hash::FxHashMap;

use super::rules::Codeowners;

/// A file name that no pattern matches on purpose: stands for a folder's files if they aren't known.
const ANY_FILE: &str = "\u{e000}";

/// Key of the repository's root among its folders.
pub const ROOT: &str = "/";

/// A service that is a folder of a repository.
pub struct Folder {
    pub service: ServiceIx,
    /// Its path, which is its key.
    pub path: String,
    /// Files in it and below, except those in a folder below that is a service itself.
    pub files: Vec<String>,
}

/// The folders among the services, parents first: those known to be folders, and with `every` all whose key is a
/// folder of these files. Without files, [`ANY_FILE`] stands for them.
pub fn folders(snapshot: &Snapshot, files: Option<&[String]>, every: bool) -> Vec<Folder> {
    let is_one = |service: &Service| every || is_folder(service);
    let mut folders: Vec<Folder> = (0..snapshot.service_count())
        .filter(|at| is_one(snapshot.service(*at)))
        .map(|service| Folder { service, path: snapshot.service(service).key.clone(), files: Vec::new() })
        .collect();
    // Compared part by part, a parent sorts before its children.
    folders.sort_by(|one, other| one.path.split('/').cmp(other.path.split('/')));
    match files {
        Some(files) => distribute(&mut folders, files),
        None => folders.iter_mut().for_each(|folder| folder.files = vec![any_file(&folder.path)]),
    }
    // Not a folder of this repository: another kind of service.
    folders.retain(|folder| !folder.files.is_empty() || is_folder(snapshot.service(folder.service)));
    folders
}

/// Whether it was imported from files that name owners of folders.
fn is_folder(service: &Service) -> bool {
    service.source.as_deref() == Some("codeowners") || service.kind == "folder"
}

fn any_file(folder: &str) -> String {
    if folder == ROOT { ANY_FILE.to_owned() } else { format!("{folder}/{ANY_FILE}") }
}

fn distribute(folders: &mut [Folder], files: &[String]) {
    let at: FxHashMap<String, usize> =
        folders.iter().enumerate().map(|(at, folder)| (folder.path.clone(), at)).collect();
    for file in files {
        let clean = file.trim_start_matches("./").trim_start_matches('/');
        let above = std::iter::successors(clean.rsplit_once('/'), |(folder, _)| folder.rsplit_once('/'));
        let deepest = above.map(|(folder, _)| folder).find_map(|folder| at.get(folder));
        if let Some(at) = deepest.or_else(|| at.get(ROOT)) {
            folders[*at].files.push(clean.to_owned());
        }
    }
}

/// Who owns most of a folder by a CODEOWNERS file.
#[derive(Default)]
pub struct Winners {
    pub owners: Vec<String>,
    /// Rules that decide one of the winners' files.
    pub rules: Vec<usize>,
    /// Rules that decide one of the folder's files.
    pub all_rules: Vec<usize>,
}

impl Winners {
    /// None for a folder without files.
    pub fn of(rules: &Codeowners, files: &[String]) -> Option<Self> {
        let mut by_owners: BTreeMap<Vec<String>, (usize, Vec<usize>)> = BTreeMap::new();
        for file in files {
            let deciding: Vec<usize> = rules.deciding(file).collect();
            let entry = by_owners.entry(rules.owners_of(&deciding)).or_default();
            entry.0 += 1;
            entry.1.extend(deciding);
        }
        let distinct = |mut rules: Vec<usize>| {
            rules.sort_unstable();
            rules.dedup();
            rules
        };
        let all_rules = distinct(by_owners.values().flat_map(|(_, rules)| rules.clone()).collect());
        let (owners, (_, rules)) = by_owners.into_iter().max_by_key(|(_, (count, _))| *count)?;
        Some(Self { owners, rules: distinct(rules), all_rules })
    }
}
