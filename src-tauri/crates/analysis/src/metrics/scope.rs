//! Whose figures they are.

use headroom_model::{EntityRef, Objective, Observation, Plan, ServiceId, TeamId, fields::slug};

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
            segment: row.segment.to_string(),
            channel: row.channel.to_string(),
            market: row.market.to_string(),
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

    /// A team; none: the organisation.
    pub fn of_team(team: Option<TeamId>) -> Self {
        Self { team, ..Self::default() }
    }

    pub fn of_segment(segment: &str) -> Self {
        Self { segment: segment.to_owned(), ..Self::default() }
    }

    /// Whether it is a segment and nothing else.
    pub fn is_segment(&self) -> bool {
        !self.segment.is_empty() && *self == Self::of_segment(&self.segment)
    }

    pub fn is_organisation(&self) -> bool {
        *self == Self::default()
    }

    /// `carriers+germany`; empty for the organisation. The same whatever things are called.
    pub fn key(&self, plan: &Plan) -> String {
        let keys = [self.service.map(EntityRef::from), self.team.map(EntityRef::from)];
        let keys = keys.into_iter().flatten().map(|subject| plan.key_of(subject).to_owned());
        let texts = [&self.segment, &self.channel, &self.market].map(|text| slug(text));
        keys.chain(texts.into_iter().filter(|text| !text.is_empty())).collect::<Vec<_>>().join("+")
    }

    /// `Shippers, Germany`; empty for the organisation.
    pub fn words(&self, plan: &Plan) -> String {
        let named = [self.service.map(EntityRef::from), self.team.map(EntityRef::from)];
        let named = named.into_iter().flatten().map(|subject| plan.name_of(subject));
        let texts = [&self.segment, &self.channel, &self.market].map(String::clone);
        named.chain(texts.into_iter().filter(|text| !text.is_empty())).collect::<Vec<_>>().join(", ")
    }
}
