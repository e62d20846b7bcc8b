//! The dependency matrix of all services.

use headroom_analysis::{
    map::{self, HiddenNodes, Thing},
    matrix::{OwnerBand, matrix},
};
use headroom_model::Owner;
use serde::Serialize;

use crate::{
    at::At,
    entities::entity::NamedEntity,
    error::Answer,
    map::{
        filter::{MapFilter, ServiceTypeCount, kinds},
        node::{MapNodeView, Nodes},
    },
    state::AppState,
};

/// Consecutive services with one owner.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MatrixBand {
    pub title: String,
    /// Index of the owner; none for unowned services.
    pub owner: Option<u32>,
    pub start: u32,
    /// The first index after it.
    pub end: u32,
}

/// Services in one dependency cycle.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MatrixCycle {
    pub start: u32,
    pub end: u32,
}

/// The dependency matrix: rows depend on columns, both in the order of nodes.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MapMatrix {
    pub nodes: Vec<MapNodeView>,
    pub owners: Vec<NamedEntity>,
    pub kinds: Vec<ServiceTypeCount>,
    pub bands: Vec<MatrixBand>,
    pub cycles: Vec<MatrixCycle>,
    /// Row and column of each stored dependency, one after the other.
    pub cells: Vec<u32>,
    /// The same for implied ones, through hidden services.
    pub implied: Vec<u32>,
}

#[specta::specta]
pub fn map_matrix(app: &AppState, hide: MapFilter, at: At) -> Answer<MapMatrix> {
    let view = app.day(at)?;
    let snapshot = &view.snapshot;
    // Services that do not exist have neither dependencies nor an owner, so their rows would be empty.
    let shown = map::everything(snapshot, &HiddenNodes { missing: true, ..hide.into() });
    let order = matrix(snapshot, &view.facts, |at| shown.position(Thing::Service(at)).is_some());
    let mut place = vec![0u32; shown.nodes.len()];
    for (position, at) in order.order.iter().enumerate() {
        if let Some(node) = shown.position(Thing::Service(*at)) {
            place[node] = position as u32;
        }
    }
    let (mut cells, mut implied) = (Vec::new(), Vec::new());
    for edge in &shown.edges {
        let to = if edge.is_implied() { &mut implied } else { &mut cells };
        to.extend([place[edge.from], place[edge.to]]);
    }
    let mut nodes = Nodes::new(&view);
    let title = |owner: Option<Owner>| {
        owner.map_or_else(|| "Unowned".to_owned(), |owner| snapshot.plan().name_of(owner.into()))
    };
    Ok(MapMatrix {
        nodes: order.order.iter().map(|at| nodes.service(*at)).collect(),
        bands: order
            .bands
            .iter()
            .map(|OwnerBand { owner, at }| MatrixBand {
                title: title(*owner),
                owner: nodes.owner(*owner),
                start: at.start as u32,
                end: at.end as u32,
            })
            .collect(),
        cycles: order
            .cycles
            .iter()
            .map(|at| MatrixCycle { start: at.start as u32, end: at.end as u32 })
            .collect(),
        owners: nodes.owners(),
        kinds: kinds(snapshot),
        cells,
        implied,
    })
}
