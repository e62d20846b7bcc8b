use std::path::Path;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{records::Records, scan::Part};

/// Formats whose services are folders.
fn is_by_folder(part: &Part) -> bool {
    matches!(part.format.id, "owners" | "codeowners")
}

/// A folder that holds the description of exactly one service is that service: what is said of the folder is said of it.
pub fn join(parts: &mut [Part]) {
    let mut services: FxHashMap<String, Option<String>> = FxHashMap::default();
    for part in parts.iter().filter(|part| !is_by_folder(part)) {
        for record in &part.records.services {
            let Some(folder) = folder_of(&record.place.file, part) else { continue };
            let known = services.entry(folder).or_insert_with(|| Some(record.key.clone()));
            if known.as_ref().is_some_and(|known| !known.eq_ignore_ascii_case(&record.key)) {
                *known = None;
            }
        }
    }
    let services: FxHashMap<String, String> =
        services.into_iter().filter_map(|(folder, service)| Some((folder, service?))).collect();
    for part in parts.iter_mut().filter(|part| is_by_folder(part)) {
        rename(&mut part.records, &services);
    }
}

/// Path of the folder that a file is in, from the source that it was found below; the root itself is no service's.
fn folder_of(file: &str, part: &Part) -> Option<String> {
    let folder = Path::new(file).parent()?;
    let below = part.sources.iter().find_map(|source| folder.strip_prefix(source).ok())?;
    let below = below.to_string_lossy().replace('\\', "/");
    (!below.is_empty()).then_some(below)
}

fn rename(records: &mut Records, services: &FxHashMap<String, String>) {
    let mut taken = FxHashSet::default();
    let mut renamed: FxHashMap<String, String> = FxHashMap::default();
    for record in &mut records.services {
        if let Some(service) = services.get(&record.key)
            && taken.insert(service)
        {
            renamed.insert(std::mem::replace(&mut record.key, service.clone()), service.clone());
            // Whatever else it is, its own description tells.
            (record.name, record.kind) = (None, None);
        }
    }
    for record in &mut records.ownerships {
        if let Some(service) = renamed.get(&record.service) {
            record.service.clone_from(service);
        }
    }
}
