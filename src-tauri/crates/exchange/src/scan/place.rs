use std::path::Path;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Part;
use crate::format::Format;

/// Formats whose services are folders.
pub fn is_by_folder(format: &Format) -> bool {
    matches!(format.id, "owners" | "codeowners")
}

/// The folders that hold the description of exactly one service, with that service: what is said of such a folder is
/// said of it. The path starts at the source; the source itself is empty.
pub fn service_folders(parts: &[Part]) -> FxHashMap<String, String> {
    let mut services: FxHashMap<String, Option<String>> = FxHashMap::default();
    for part in parts.iter().filter(|part| !is_by_folder(part.format)) {
        for record in &part.records.services {
            let Some(folder) = folder_of(&record.place.file, part) else { continue };
            let known = services.entry(folder).or_insert_with(|| Some(record.key.clone()));
            if known.as_ref().is_some_and(|known| !known.eq_ignore_ascii_case(&record.key)) {
                *known = None;
            }
        }
    }
    // A folder with an OWNERS file is a service where nothing else describes one.
    for part in parts.iter().filter(|part| is_by_folder(part.format)) {
        for record in &part.records.services {
            let folder = record.key.trim_start_matches('/').to_owned();
            services.entry(folder).or_insert_with(|| Some(record.key.clone()));
        }
    }
    services.into_iter().filter_map(|(folder, service)| Some((folder, service?))).collect()
}

fn folder_of(file: &str, part: &Part) -> Option<String> {
    let folder = Path::new(file).parent()?;
    let below = part.sources.iter().find_map(|source| folder.strip_prefix(source).ok())?;
    Some(below.to_string_lossy().replace('\\', "/"))
}

/// Gives what is said of folders to the services that they are.
pub fn join(part: &mut Part, services: &FxHashMap<String, String>) {
    let mut taken = FxHashSet::default();
    let mut renamed: FxHashMap<String, String> = FxHashMap::default();
    for record in &mut part.records.services {
        if let Some(service) = services.get(record.key.trim_start_matches('/'))
            && *service != record.key
            && taken.insert(service)
        {
            renamed.insert(std::mem::replace(&mut record.key, service.clone()), service.clone());
            // Whatever else it is, its own description tells.
            (record.name, record.kind) = (None, None);
        }
    }
    for record in &mut part.records.ownerships {
        if let Some(service) = renamed.get(&record.service) {
            record.service.clone_from(service);
        }
    }
}
