//! Sizes of teams, spans of control and layers.

use headroom_model::Snapshot;

use crate::{capacity::layers::Layers, responders::Responders, simulation::quantile};

/// How teams and reporting lines are cut.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Structure {
    /// Teams with at least one member.
    pub teams: usize,
    /// Members of a team, without those of its sub-teams: half of the teams have as many or fewer.
    pub median_size: f64,
    pub largest: usize,
    /// Direct reports per manager: on average, and of the one with most.
    pub average_span: f64,
    pub widest_span: u32,
    pub layers: usize,
}

impl Structure {
    pub(super) fn new(snapshot: &Snapshot) -> Self {
        let responders = Responders::new(snapshot);
        let known = (0..snapshot.team_count()).filter(|at| !snapshot.team(*at).unconfirmed);
        let mut sizes: Vec<f64> = known.map(|at| responders.on(at).len() as f64).collect();
        sizes.retain(|size| *size > 0.0);
        let layers = Layers::new(snapshot);
        Self {
            teams: sizes.len(),
            largest: sizes.iter().copied().fold(0.0, f64::max) as usize,
            median_size: if sizes.is_empty() { 0.0 } else { quantile(&mut sizes, 0.5) },
            average_span: layers.average_span(),
            widest_span: layers.managers.first().map_or(0, |manager| manager.reports),
            layers: layers.layers.len(),
        }
    }
}
