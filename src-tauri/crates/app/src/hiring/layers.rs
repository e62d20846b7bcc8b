//! Spans of control and layers.

use headroom_analysis::capacity::layers::{Layers, Manager, least_layers, usual_layers};
use headroom_model::Snapshot;
use serde::Serialize;
use specta_typescript::Number;

use crate::{at::At, entities::entity::NamedEntity, error::Answer, state::AppState};

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ManagerRow {
    pub position: NamedEntity,
    pub people: Vec<NamedEntity>,
    pub team: Option<NamedEntity>,
    pub reports: u32,
    /// How many of them are managers themselves.
    pub managers: u32,
    pub layer: u32,
    /// The usual range for such a position: a guide, not a finding.
    pub usual_least: u32,
    pub usual_most: u32,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SpanCount {
    pub reports: u32,
    pub managers: u32,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct LayersAnswer {
    /// Positions in a reporting line, and outside of any.
    pub positions: u32,
    pub apart: u32,
    pub tops: u32,
    pub managers: Vec<ManagerRow>,
    pub spans: Vec<SpanCount>,
    /// Number of positions per layer, top first.
    pub layers: Vec<u32>,
    #[specta(type = Number)]
    pub average_span: f64,
    /// The fewest layers for this number of positions at that span.
    pub least_layers: u32,
    pub usual_least: u32,
    pub usual_most: u32,
}

#[specta::specta]
pub fn spans_and_layers(app: &AppState, at: At) -> Answer<LayersAnswer> {
    let view = app.day(at)?;
    let layers = Layers::new(&view.snapshot);
    let average = layers.average_span();
    let usual = usual_layers(layers.people);
    Ok(LayersAnswer {
        positions: layers.people,
        apart: layers.apart,
        tops: layers.tops,
        managers: layers.managers.iter().filter_map(|manager| row(&view.snapshot, manager)).collect(),
        spans: layers
            .spans()
            .into_iter()
            .map(|(reports, managers)| SpanCount { reports, managers })
            .collect(),
        average_span: average,
        least_layers: least_layers(layers.people.into(), average.round().max(1.0) as u64),
        usual_least: usual.least,
        usual_most: usual.most,
        layers: layers.layers,
    })
}

fn row(snapshot: &Snapshot, manager: &Manager) -> Option<ManagerRow> {
    let plan = snapshot.plan();
    let at = snapshot.position_ix(manager.position)?;
    let guide = manager.guide();
    Some(ManagerRow {
        position: NamedEntity::new(plan, manager.position),
        people: snapshot.occupants(at).map(|row| NamedEntity::new(plan, row.person)).collect(),
        team: snapshot.position(at).team.map(|team| NamedEntity::new(plan, team)),
        reports: manager.reports,
        managers: manager.managers,
        layer: manager.layer,
        usual_least: guide.least,
        usual_most: guide.most,
    })
}
