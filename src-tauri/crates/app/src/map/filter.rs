//! What a map leaves out, and what there is to leave out.

use headroom_analysis::map::HiddenNodes;
use headroom_model::Snapshot;
use serde::{Deserialize, Serialize};

/// Services left out of a map; dependencies through them are kept as implied ones.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MapFilter {
    /// Types of services; the empty text means those without a type.
    pub kinds: Vec<String>,
    /// Dependencies that do not exist.
    pub missing: bool,
}

impl From<MapFilter> for HiddenNodes {
    fn from(filter: MapFilter) -> Self {
        HiddenNodes { kinds: filter.kinds, missing: filter.missing }
    }
}

/// A type of service, with their number on the day.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ServiceTypeCount {
    pub kind: String,
    pub services: u32,
}

/// Every type in use, most frequent first.
pub fn kinds(snapshot: &Snapshot) -> Vec<ServiceTypeCount> {
    let mut names: Vec<&str> =
        (0..snapshot.service_count()).map(|at| snapshot.service(at).kind.as_str()).collect();
    names.sort_unstable();
    let count = |same: &[&str]| ServiceTypeCount { kind: same[0].to_owned(), services: same.len() as u32 };
    let mut kinds: Vec<ServiceTypeCount> = names.chunk_by(|a, b| a == b).map(count).collect();
    kinds.sort_by_key(|kind| std::cmp::Reverse(kind.services));
    kinds
}
