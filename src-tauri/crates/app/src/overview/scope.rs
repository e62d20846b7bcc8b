//! Whose figures: the teams counted, and those that can be chosen.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_analysis::{DayView, capacity::teams_below};
use headroom_model::{EntityRef, Kind, Owner, Plan, Team, TeamId};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use crate::{
    entities::id::Id,
    error::{Answer, AppError},
};

/// A team to choose.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ScopeTeam {
    pub id: Id,
    pub name: String,
    /// Number of teams above it.
    pub depth: u32,
}

/// A team with its sub-teams, or the organisation, on a day.
pub(super) struct Scope<'a> {
    pub view: &'a DayView,
    pub plan: &'a Arc<Plan>,
    pub day: NaiveDate,
    pub team: Option<TeamId>,
    /// The team with all below it.
    pub teams: Option<FxHashSet<TeamId>>,
}

impl<'a> Scope<'a> {
    pub fn new(view: &'a DayView, team: Option<Id>) -> Answer<Self> {
        let plan = view.snapshot.plan();
        let team = team.map(TeamId::from);
        if team.is_some_and(|team| plan.teams.get(team).is_none()) {
            return Err(AppError::not_found("the team"));
        }
        let teams = team.map(|team| teams_below(plan, team));
        Ok(Self { view, plan, day: view.snapshot.day(), team, teams })
    }

    /// Whether what belongs to this team counts. Without a team it counts for the organisation.
    pub fn has(&self, team: Option<TeamId>) -> bool {
        self.teams.as_ref().is_none_or(|teams| team.is_some_and(|team| teams.contains(&team)))
    }

    /// Whether it is one of the teams, or a service that one of them is accountable for on the day.
    pub fn is_about(&self, subject: EntityRef) -> bool {
        match subject.kind {
            Kind::Team => self.has(Some(subject.id.into())),
            _ => self.teams.is_none() || self.owners(subject).iter().any(|owner| self.has(*owner)),
        }
    }

    fn owners(&self, service: EntityRef) -> Vec<Option<TeamId>> {
        let snapshot = &self.view.snapshot;
        let owners = snapshot.service_ix(service.id.into()).map(|at| snapshot.owners(at));
        let team = |owner: Owner| match owner {
            Owner::Team(team) => Some(team),
            Owner::Person(_) => None,
        };
        owners.into_iter().flatten().copied().map(team).collect()
    }

    /// The teams of the day and the one shown, each after the one above it, otherwise by name.
    pub fn choices(&self) -> Vec<ScopeTeam> {
        let is_there = |team: &&Team| {
            Some(team.id) == self.team || !team.unconfirmed && self.view.snapshot.team_ix(team.id).is_some()
        };
        let teams: Vec<&Team> = self.plan.in_order::<Team>().into_iter().filter(is_there).collect();
        let known: FxHashSet<TeamId> = teams.iter().map(|team| team.id).collect();
        let mut below: FxHashMap<Option<TeamId>, Vec<&Team>> = FxHashMap::default();
        for team in teams {
            below.entry(team.parent.filter(|parent| known.contains(parent))).or_default().push(team);
        }
        let mut choices = Vec::new();
        let mut open: Vec<(&Team, u32)> = Vec::new();
        let rows = |above: Option<TeamId>, depth: u32| {
            below.get(&above).into_iter().flatten().rev().map(move |team| (*team, depth))
        };
        open.extend(rows(None, 0));
        while let Some((team, depth)) = open.pop() {
            choices.push(ScopeTeam { id: team.id.into(), name: team.name.clone(), depth });
            open.extend(rows(Some(team.id), depth + 1));
        }
        choices
    }
}
