//! Whose figures they are.

use headroom_model::{EntityRef, Objective, Observation, Plan, ServiceId, TeamId};

/// Whose figures: any of these, or none for those of the organisation. No figure of another scope stands for it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct SeriesScope {
    pub service: Option<ServiceId>,
    pub team: Option<TeamId>,
    pub segment: String,
    pub channel: String,
    pub market: String,
}

impl SeriesScope {
    pub fn of_observation(row: &Observation) -> Self {
        Self {
            service: row.service,
            team: row.team,
            segment: row.segment.clone(),
            channel: row.channel.clone(),
            market: row.market.clone(),
        }
    }

    pub fn of_objective(row: &Objective) -> Self {
        Self {
            service: row.service,
            team: row.team,
            segment: row.segment.clone(),
            channel: row.channel.clone(),
            market: row.market.clone(),
        }
    }

    /// `Shippers, Germany`; empty for the organisation.
    pub fn words(&self, plan: &Plan) -> String {
        let named = [self.service.map(EntityRef::from), self.team.map(EntityRef::from)];
        let named = named.into_iter().flatten().map(|subject| plan.name_of(subject));
        let texts = [&self.segment, &self.channel, &self.market].map(String::clone);
        named.chain(texts.into_iter().filter(|text| !text.is_empty())).collect::<Vec<_>>().join(", ")
    }
}
