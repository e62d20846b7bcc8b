//! Whose figures, findings and positions are looked at: the organisation's, or those of a segment, a market, a team.

use std::collections::BTreeMap;

use headroom_model::{
    Bet, EntityRef, FigureScope, Objective, Owner, Plan, Position, Scenario, Service, ServiceId, Team,
    TeamId, search_key,
};
use rustc_hash::FxHashSet;

use super::position_of;
use crate::{
    DayView,
    capacity::teams_below,
    finding::Finding,
    metrics::{FigureIndex, SeriesScope},
};

/// What is looked at; empty: the organisation. Several together leave what all of them do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlaybookFilter {
    /// Figures of this segment, and the teams that serve it.
    pub segment: String,
    /// Figures of this market. Nothing but figures, and positions that wait for them, is of a market.
    pub market: String,
    /// This team with those below it.
    pub team: Option<TeamId>,
}

/// The segments that figures are of or that teams serve, each once, by name.
pub fn segments(plan: &Plan) -> Vec<String> {
    let index = FigureIndex::of(plan);
    let of_figures = index.all().map(|(_, scope, _)| scope.segment.as_str());
    let of_objectives = plan.objectives.iter().map(|row| row.segment.as_str());
    each_once(of_figures.chain(of_objectives).chain(plan.teams.iter().flat_map(|row| served(&row.segment))))
}

/// The markets that figures are of, each once, by name.
pub fn markets(plan: &Plan) -> Vec<String> {
    let index = FigureIndex::of(plan);
    let of_figures = index.all().map(|(_, scope, _)| scope.market.as_str());
    each_once(of_figures.chain(plan.objectives.iter().map(|row| row.market.as_str())))
}

/// The smallest of those that differ in case alone, so that the order of rows does not matter.
fn each_once<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut found: BTreeMap<String, &str> = BTreeMap::new();
    for name in names.filter(|name| !name.is_empty()) {
        let known = found.entry(search_key(name)).or_insert(name);
        *known = name.min(known);
    }
    found.into_values().map(str::to_owned).collect()
}

/// The customers that a team serves: `Shippers, Carriers` are two segments.
fn served(segment: &str) -> impl Iterator<Item = &str> {
    segment.split([',', ';']).map(str::trim).filter(|name| !name.is_empty())
}

/// A filter on a plan and a day.
pub(super) struct PlaybookScope<'v> {
    pub view: &'v DayView,
    pub plan: &'v Plan,
    segment: String,
    market: String,
    /// The team with those below it.
    below: Option<FxHashSet<TeamId>>,
    /// Those of them that serve the segment, with those below these.
    teams: Option<FxHashSet<TeamId>>,
}

impl<'v> PlaybookScope<'v> {
    pub fn new(view: &'v DayView, filter: &PlaybookFilter) -> Self {
        let plan = &**view.snapshot.plan();
        let segment = search_key(&filter.segment);
        let below = filter.team.map(|team| teams_below(plan, team));
        let serving = (!segment.is_empty()).then(|| serving(plan, &segment));
        let teams = match (&below, serving) {
            (Some(below), Some(serving)) => Some(below.intersection(&serving).copied().collect()),
            (below, serving) => serving.or_else(|| below.clone()),
        };
        Self { view, plan, segment, market: search_key(&filter.market), below, teams }
    }

    pub fn is_whole(&self) -> bool {
        self.segment.is_empty() && self.market.is_empty() && self.below.is_none()
    }

    /// Whether a market is asked for: nothing but figures is of one.
    pub fn is_of_market(&self) -> bool {
        !self.market.is_empty()
    }

    /// Whether figures of this scope are asked for. Those of another never stand for them.
    pub fn has_figures(&self, of: &SeriesScope) -> bool {
        let is_below = |below: &FxHashSet<TeamId>| match (of.team, of.service) {
            (Some(team), _) => below.contains(&team),
            (None, Some(service)) => self.owns(below, service),
            (None, None) => false,
        };
        self.is_named(of) && self.below.as_ref().is_none_or(is_below)
    }

    /// Whether it is of the segment and the market.
    fn is_named(&self, of: &SeriesScope) -> bool {
        let is_same = |asked: &str, text: &str| asked.is_empty() || search_key(text) == asked;
        is_same(&self.segment, &of.segment) && is_same(&self.market, &of.market)
    }

    fn owns(&self, teams: &FxHashSet<TeamId>, service: ServiceId) -> bool {
        let snapshot = &self.view.snapshot;
        let owners = snapshot.service_ix(service).map(|at| snapshot.owners(at)).unwrap_or_default();
        owners.iter().any(|owner| matches!(owner, Owner::Team(team) if teams.contains(team)))
    }

    /// By its team; one about a position that waits for figures by these as well.
    pub fn has_finding(&self, finding: &Finding) -> bool {
        let waits =
            || position_of(finding).and_then(|id| self.plan.get(id)).is_some_and(|row| self.waits(row));
        if self.is_whole() {
            return true;
        }
        let about_scenario = || {
            let EntityRef { kind, id } = finding.subject;
            kind == headroom_model::Kind::Scenario
                && self.plan.get::<Scenario>(id.into()).is_some_and(|row| self.has_bet(row))
        };
        !self.is_of_market() && self.has_team(finding.team) || waits() || about_scenario()
    }

    pub fn has_position(&self, row: &Position) -> bool {
        !self.is_of_market() && self.has_team(row.team) || self.waits(row)
    }

    /// By what it is about: its team, its segment and its market.
    pub fn has_own_bet(&self, row: &Bet) -> bool {
        let is_same = |asked: &str, text: &str| asked.is_empty() || search_key(text) == asked;
        let is_of_segment = is_same(&self.segment, &row.segment)
            || row.segment.is_empty() && row.team.is_some() && self.has_team(row.team);
        let is_below =
            self.below.as_ref().is_none_or(|below| row.team.is_some_and(|team| below.contains(&team)));
        is_of_segment && is_same(&self.market, &row.market) && is_below
    }

    fn has_team(&self, team: Option<TeamId>) -> bool {
        self.teams.as_ref().is_none_or(|teams| team.is_some_and(|team| teams.contains(&team)))
    }

    /// Whether a position of the teams asked for waits for figures that are asked for.
    fn waits(&self, row: &Position) -> bool {
        let is_asked = |objective: &Objective| self.is_named(&SeriesScope::of_objective(objective));
        let is_on_team =
            self.below.as_ref().is_none_or(|below| row.team.is_some_and(|team| below.contains(&team)));
        let mut objectives = row.waits_for.iter().filter_map(|id| self.plan.get::<Objective>(*id));
        (!self.segment.is_empty() || self.is_of_market()) && is_on_team && objectives.any(is_asked)
    }

    /// By the teams and services that figures are expected of, and by who decides.
    pub fn has_bet(&self, row: &Scenario) -> bool {
        if self.is_whole() {
            return true;
        }
        let Some(teams) = self.teams.as_ref().filter(|_| !self.is_of_market()) else { return false };
        let is_expected = |scope: &FigureScope| match scope {
            FigureScope::Organisation => false,
            FigureScope::Team(key) => self.plan.find::<Team>(key).is_some_and(|team| teams.contains(&team)),
            FigureScope::Service(key) => {
                self.plan.find::<Service>(key).is_some_and(|service| self.owns(teams, service))
            }
        };
        row.expected.iter().any(|expected| is_expected(&expected.scope)) || self.is_decided_in(row, teams)
    }

    fn is_decided_in(&self, row: &Scenario, teams: &FxHashSet<TeamId>) -> bool {
        let snapshot = &self.view.snapshot;
        let decides = row.owner.and_then(|owner| snapshot.person_ix(owner));
        decides.is_some_and(|at| snapshot.memberships(at).any(|of| teams.contains(&of.team)))
    }
}

/// The teams that serve a segment, with those below them.
fn serving(plan: &Plan, segment: &str) -> FxHashSet<TeamId> {
    let serves = |team: &&Team| served(&team.segment).any(|name| search_key(name) == segment);
    plan.teams.iter().filter(serves).flat_map(|team| teams_below(plan, team.id)).collect()
}
