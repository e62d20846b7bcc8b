//! The service load of a team.

use headroom_analysis::{DayView, Responders, load_limit, team_load::team_load};
use headroom_model::TeamIx;
use serde::Serialize;

use super::entity::NamedEntity;

/// Service load of a team: points by tier (4, 3, 2, 1) of the services it is accountable for.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TeamLoad {
    pub team: NamedEntity,
    pub points: u32,
    pub services: u32,
    pub people: u32,
    /// Tenths of a point per person; none if there is nobody.
    pub tenths: Option<u32>,
    /// Limit in tenths of a point per person.
    pub limit: u32,
}

impl TeamLoad {
    pub fn new(view: &DayView, responders: &Responders<'_>, at: TeamIx) -> Self {
        let load = team_load(&view.snapshot, responders, at);
        Self {
            team: NamedEntity::new(view.snapshot.plan(), view.snapshot.team(at).id),
            points: load.points,
            services: load.services,
            people: load.people,
            tenths: (load.people > 0).then(|| load.points * 10 / load.people),
            limit: load_limit(&view.policy),
        }
    }
}
