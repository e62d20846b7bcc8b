//! What a scenario changes, in words and by team.

use std::cmp::Reverse;

use chrono::NaiveDate;
use headroom_model::{
    Change, Entity, EntityRef, Kind, Membership, Owner, Ownership, Person, Plan, Position, Scenario,
    ScenarioId, Service, Team, TeamId, role, with_row,
};
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::list::not_found;
use crate::{
    change_presenter::{ChangePresenter, HistoryChange},
    entities::{entity::NamedEntity, id::Id},
    error::Answer,
    state::{AppState, today},
};

/// What a scenario changes about a team.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TeamChanges {
    /// None: what is about no team.
    pub team: Option<NamedEntity>,
    pub changes: Vec<HistoryChange>,
}

/// What a scenario changes, by team: those with most changes first, what is about no team last.
#[specta::specta]
pub fn scenario_changes(app: &AppState, id: Id) -> Answer<Vec<TeamChanges>> {
    let scenario = ScenarioId(id.0);
    let branch = app.in_plan().with_store(|store, _| {
        store.plan_itself().get::<Scenario>(scenario).map(|_| store.branch(scenario))
    })?;
    let branch = branch.ok_or_else(not_found)??;
    let changes = branch.changes();
    let told = ChangePresenter::new(&branch.plan, &changes, app.pay.is_shown()).stretch(0, u32::MAX);
    let sought = TeamOf { plans: [&branch.plan, &branch.plan_at_base], day: today() };
    let mut groups: FxHashMap<Option<TeamId>, Vec<HistoryChange>> = FxHashMap::default();
    for (change, told) in changes.iter().zip(told.changes) {
        groups.entry(sought.of_change(change)).or_default().push(told);
    }
    let named = |team: TeamId| {
        let plan = if branch.plan.get::<Team>(team).is_some() { &branch.plan } else { &branch.plan_at_base };
        NamedEntity::new(plan, team)
    };
    let mut groups: Vec<TeamChanges> =
        groups.into_iter().map(|(team, changes)| TeamChanges { team: team.map(named), changes }).collect();
    let place = |group: &TeamChanges| {
        let name = group.team.as_ref().map(|team| (team.name.clone(), team.key.clone()));
        (name.is_none(), Reverse(group.changes.len()), name)
    };
    groups.sort_by_cached_key(place);
    Ok(groups)
}

/// Finds the team that something is about: in the scenario, or for what it removes in the plan.
struct TeamOf<'a> {
    plans: [&'a Plan; 2],
    day: NaiveDate,
}

impl TeamOf<'_> {
    fn of_change(&self, change: &Change) -> Option<TeamId> {
        self.plans.iter().find_map(|plan| self.of(plan, change.subject()))
    }

    fn of(&self, plan: &Plan, subject: EntityRef) -> Option<TeamId> {
        match subject.kind {
            Kind::Team => plan.get::<Team>(subject.id.into()).map(|team| team.id),
            Kind::Service => self.owner(plan, subject),
            Kind::Person => self.team_of_person(plan, subject),
            Kind::Position => plan.get::<Position>(subject.id.into()).and_then(|position| position.team),
            _ => self.of_referred(plan, subject),
        }
    }

    /// By the first of what it refers to that has a team: a team itself before anything else.
    fn of_referred(&self, plan: &Plan, subject: EntityRef) -> Option<TeamId> {
        let mut referred = Vec::new();
        with_row!(plan, subject, row => row.references(&mut |target| referred.push(target)))?;
        referred.sort_by_key(|target| target.kind != Kind::Team);
        let is_whole = |target: &EntityRef| {
            matches!(target.kind, Kind::Team | Kind::Service | Kind::Person | Kind::Position)
        };
        referred.into_iter().filter(is_whole).find_map(|target| self.of(plan, target))
    }

    fn owner(&self, plan: &Plan, service: EntityRef) -> Option<TeamId> {
        plan.get::<Service>(service.id.into())?;
        let is_owner = |row: &&Ownership| row.service.0 == service.id && row.role == role::OWNER;
        let mut rows: Vec<&Ownership> = plan.ownerships.iter().filter(is_owner).collect();
        rows.sort_by_key(|row| self.precedence(*row));
        rows.iter().find_map(|row| match row.owner {
            Owner::Team(team) => Some(team),
            Owner::Person(person) => self.team_of_person(plan, person.into()),
        })
    }

    /// The order in which relations count: the one in effect, else the last.
    fn precedence<T: Entity>(&self, row: &T) -> (bool, Reverse<Option<NaiveDate>>) {
        let span = row.date_range();
        (!span.contains(self.day), Reverse(span.from))
    }

    fn team_of_person(&self, plan: &Plan, person: EntityRef) -> Option<TeamId> {
        plan.get::<Person>(person.id.into())?;
        let mut rows: Vec<&Membership> =
            plan.memberships.iter().filter(|row| row.person.0 == person.id).collect();
        rows.sort_by_key(|row| self.precedence(*row));
        rows.first().map(|row| row.team)
    }
}
