//! The teams that a question about hiring is about.

use headroom_analysis::capacity::teams_below;
use headroom_model::{Plan, TeamId};
use rustc_hash::FxHashSet;

use crate::{
    entities::id::Id,
    error::{Answer, AppError},
};

/// A team with its sub-teams, or all.
pub(super) struct WantedTeams {
    teams: Option<FxHashSet<TeamId>>,
}

impl WantedTeams {
    /// A team with its sub-teams, or all.
    pub(super) fn new(plan: &Plan, team: Option<Id>) -> Answer<Self> {
        let Some(team) = team.map(TeamId::from) else { return Ok(Self { teams: None }) };
        if plan.teams.get(team).is_none() {
            return Err(AppError::not_found("the team"));
        }
        Ok(Self { teams: Some(teams_below(plan, team)) })
    }

    pub(super) fn has(&self, team: Option<TeamId>) -> bool {
        match &self.teams {
            Some(teams) => team.is_some_and(|team| teams.contains(&team)),
            None => true,
        }
    }
}
