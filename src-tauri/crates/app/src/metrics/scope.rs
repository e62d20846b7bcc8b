//! Whose figures a series has.

use headroom_analysis::metrics::SeriesScope;
use headroom_model::{Plan, ServiceId, TeamId};
use serde::{Deserialize, Serialize};

use crate::entities::id::Id;

/// A service, a team, a segment, a channel, a market, any of them; none: the organisation.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MetricScope {
    /// `Shippers, Germany`; empty for the organisation. Only shown.
    pub words: String,
    pub service: Option<Id>,
    pub team: Option<Id>,
    pub segment: String,
    pub channel: String,
    pub market: String,
}

impl MetricScope {
    pub fn new(plan: &Plan, scope: &SeriesScope) -> Self {
        Self {
            words: scope.words(plan),
            service: scope.service.map(Id::from),
            team: scope.team.map(Id::from),
            segment: scope.segment.clone(),
            channel: scope.channel.clone(),
            market: scope.market.clone(),
        }
    }

    pub fn series_scope(&self) -> SeriesScope {
        SeriesScope {
            service: self.service.map(ServiceId::from),
            team: self.team.map(TeamId::from),
            segment: self.segment.clone(),
            channel: self.channel.clone(),
            market: self.market.clone(),
        }
    }
}
