//! Formats whose services are the folders of a repository (OWNERS, CODEOWNERS), beside catalogs that describe
//! services in those folders.

use std::path::{Path, PathBuf};

use headroom_files::{ReadError, records::Records};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Part, read_in};
use crate::{
    options::ReadOptions,
    registry::{Format, SourceLayout},
};

/// Reads a format whose services are folders. A folder that holds the description of exactly one service is that
/// service. Folders of several repositories are told apart by the repositories' names.
pub fn read(
    format: &Format,
    sources: &[PathBuf],
    options: &ReadOptions,
    parts: &[Part],
) -> Result<Records, ReadError> {
    let roots: Vec<&PathBuf> =
        sources.iter().filter(|source| source.is_dir() && (format.recognise)(source)).collect();
    if roots.len() < 2 {
        let root = sources.iter().find(|source| source.is_dir());
        return Ok(read_below(format, sources, root.map(PathBuf::as_path), options, parts)?.0);
    }
    let mut all = Records::default();
    for root in roots {
        let sources = std::slice::from_ref(root);
        let (mut records, joined) = read_below(format, sources, Some(root), options, parts)?;
        set_apart(&mut records, root, &joined);
        all.append(records);
    }
    Ok(all)
}

/// The records of one repository, and the keys in them that are services of other formats.
fn read_below(
    format: &Format,
    sources: &[PathBuf],
    root: Option<&Path>,
    options: &ReadOptions,
    parts: &[Part],
) -> Result<(Records, FxHashSet<String>), ReadError> {
    let folders = root.map(|root| service_folders(parts, root)).unwrap_or_default();
    let mut options = options.clone();
    // If a catalog defines the services, folders add none.
    if parts.iter().any(|part| !part.records.services.is_empty()) {
        options.codeowners.folders = Some(folders.keys().cloned().collect());
    }
    let mut records = read_in(format, sources, &options)?;
    let joined = join(&mut records, &folders);
    Ok((records, joined))
}

/// The folders below a root that hold the description of exactly one service, with its key. The root is empty.
fn service_folders(parts: &[Part], root: &Path) -> FxHashMap<String, String> {
    let mut services: FxHashMap<String, Option<String>> = FxHashMap::default();
    for part in parts.iter().filter(|part| part.format.lies == SourceLayout::Beside) {
        for record in &part.records.services {
            let Some(folder) = folder_of(&record.place.file, root) else { continue };
            let known = services.entry(folder).or_insert_with(|| Some(record.key.clone()));
            if known.as_ref().is_some_and(|known| known.to_lowercase() != record.key.to_lowercase()) {
                *known = None;
            }
        }
    }
    // A folder with a file of this format is a service if nothing else describes one.
    for part in parts.iter().filter(|part| part.format.lies == SourceLayout::OverFolders) {
        for record in &part.records.services {
            let Some(folder) = folder_of(&record.place.file, root) else { continue };
            services.entry(folder).or_insert_with(|| Some(record.key.clone()));
        }
    }
    services.into_iter().filter_map(|(folder, service)| Some((folder, service?))).collect()
}

fn folder_of(file: &str, root: &Path) -> Option<String> {
    let below = Path::new(file).parent()?.strip_prefix(root).ok()?;
    Some(below.to_string_lossy().replace('\\', "/"))
}

/// Replaces folders by the services that they are; gives the keys of these.
fn join(records: &mut Records, services: &FxHashMap<String, String>) -> FxHashSet<String> {
    let mut joined = FxHashSet::default();
    let mut renamed: FxHashMap<String, String> = FxHashMap::default();
    for record in &mut records.services {
        let Some(service) = services.get(record.key.trim_start_matches('/')) else { continue };
        if !joined.insert(service.clone()) || *service == record.key {
            continue;
        }
        renamed.insert(std::mem::replace(&mut record.key, service.clone()), service.clone());
        // Its own description has its name and type.
        (record.name, record.kind) = (None, None);
    }
    for record in &mut records.ownerships {
        if let Some(service) = renamed.get(&record.service) {
            record.service.clone_from(service);
        }
    }
    joined
}

/// Puts the root's name before folders that are not services of another format.
fn set_apart(records: &mut Records, root: &Path, joined: &FxHashSet<String>) {
    let name = root.canonicalize().ok().and_then(|path| Some(path.file_name()?.to_str()?.to_owned()));
    let Some(name) = name else { return };
    let named = |key: &mut String| {
        if !joined.contains(key) {
            *key = if key == "/" { name.clone() } else { format!("{name}/{key}") };
        }
    };
    records.services.iter_mut().for_each(|record| named(&mut record.key));
    records.ownerships.iter_mut().for_each(|record| named(&mut record.service));
}
