//! The maps: what the node-link pictures, the matrix and the panel of an edge show, and a picture as a file.

pub mod drawing;
pub mod export;
pub mod graph;
pub mod matrix;
mod node;

use headroom_analysis::map::HiddenNodes;
use headroom_model::Snapshot;
use serde::{Deserialize, Serialize};

/// What of the services a map leaves out; their relations are kept as implied ones.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MapFilter {
    /// Kinds of service; empty text stands for those without.
    pub kinds: Vec<String>,
    /// What is needed and not there.
    pub missing: bool,
}

impl From<MapFilter> for HiddenNodes {
    fn from(filter: MapFilter) -> Self {
        HiddenNodes { kinds: filter.kinds, missing: filter.missing }
    }
}

/// A kind of service, and how many there are on the day.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ServiceTypeCount {
    pub kind: String,
    pub services: u32,
}

/// Every kind in use, most used first.
fn kinds(snapshot: &Snapshot) -> Vec<ServiceTypeCount> {
    let mut names: Vec<&str> =
        (0..snapshot.service_count()).map(|at| snapshot.service(at).kind.as_str()).collect();
    names.sort_unstable();
    let count = |same: &[&str]| ServiceTypeCount { kind: same[0].to_owned(), services: same.len() as u32 };
    let mut kinds: Vec<ServiceTypeCount> = names.chunk_by(|a, b| a == b).map(count).collect();
    kinds.sort_by_key(|kind| std::cmp::Reverse(kind.services));
    kinds
}
