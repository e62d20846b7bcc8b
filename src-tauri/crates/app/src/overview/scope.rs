//! Whose figures: what is counted, and what can be chosen.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_analysis::{DayView, Domain, Finding, capacity::teams_below};
use headroom_model::{
    Entity, EntityRef, Grouping, GroupingId, GroupingKind, Kind, Owner, Plan, Team, TeamId,
};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use super::{DomainFigures, OverviewScope};
use crate::{
    entities::{entity::NamedEntity, id::Id},
    error::{Answer, AppError},
};

/// A team or a domain to choose.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ScopeChoice {
    pub id: Id,
    pub name: String,
    /// Number of those above it.
    pub depth: u32,
}

/// The organisation, a team with its sub-teams, or a domain, on a day.
pub(crate) struct Scope<'a> {
    pub view: &'a DayView,
    pub plan: &'a Arc<Plan>,
    pub day: NaiveDate,
    pub team: Option<TeamId>,
    pub domain: Option<(GroupingId, Domain)>,
    /// The team with all below it; the teams that own the services of the domain.
    pub teams: Option<FxHashSet<TeamId>>,
}

impl<'a> Scope<'a> {
    pub fn new(view: &'a DayView, scope: OverviewScope) -> Answer<Self> {
        let plan = view.snapshot.plan();
        let (mut team, mut domain) = (None, None);
        let teams = match scope {
            OverviewScope::Organisation => None,
            OverviewScope::Team(id) => {
                let id = TeamId::from(id);
                plan.teams.get(id).ok_or_else(|| AppError::not_found("the team"))?;
                team = Some(id);
                Some(teams_below(plan, id))
            }
            OverviewScope::Domain(id) => {
                let row = plan.groupings.get(id.into()).filter(|row| row.kind == GroupingKind::Domain);
                let row = row.ok_or_else(|| AppError::not_found("the domain"))?;
                let parts = Domain::new(&view.snapshot, row.id);
                let teams = parts.teams.clone();
                domain = Some((row.id, parts));
                Some(teams)
            }
        };
        Ok(Self { view, plan, day: view.snapshot.day(), team, domain, teams })
    }

    /// Whether it has a cost and a budget: those are of teams, and of the organisation.
    pub fn has_money(&self) -> bool {
        self.domain.is_none()
    }

    pub fn has_sub_teams(&self) -> bool {
        let snapshot = &self.view.snapshot;
        let at = self.team.and_then(|team| snapshot.team_ix(team));
        at.is_some_and(|at| !snapshot.children_of(at).is_empty())
    }

    /// Whether what belongs to this team counts. Without a team it counts for the organisation.
    pub fn has(&self, team: Option<TeamId>) -> bool {
        self.teams.as_ref().is_none_or(|teams| team.is_some_and(|team| teams.contains(&team)))
    }

    /// Whether a finding counts: by its team; for a domain, if it is about what belongs to it.
    pub fn has_finding(&self, finding: &Finding) -> bool {
        match &self.domain {
            Some((_, domain)) => domain.has(finding.subject),
            None => self.has(finding.team),
        }
    }

    /// Whether it is one of the teams, or a service that one of them is accountable for on the day; for a domain, a
    /// service of it.
    pub fn is_about(&self, subject: EntityRef) -> bool {
        match (subject.kind, &self.domain) {
            (Kind::Team, _) => self.has(Some(subject.id.into())),
            (_, Some((_, domain))) => domain.has(subject),
            (_, None) => self.teams.is_none() || self.owners(subject).iter().any(|owner| self.has(*owner)),
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

    pub fn domain_figures(&self) -> Option<DomainFigures> {
        let (id, domain) = self.domain.as_ref()?;
        let mut teams: Vec<TeamId> = domain.teams.iter().copied().collect();
        teams.sort_unstable_by_key(|team| self.plan.place_of(*team));
        Some(DomainFigures {
            domain: NamedEntity::new(self.plan, *id),
            systems: domain.systems.len() as u32,
            services: domain.services.len() as u32,
            unowned: domain.unowned.len() as u32,
            teams: teams.into_iter().map(|team| NamedEntity::new(self.plan, team)).collect(),
        })
    }

    /// The teams of the day and the one shown, each after the one above it, otherwise by name.
    pub fn teams_to_choose(&self) -> Vec<ScopeChoice> {
        let is_there = |team: &&Team| {
            Some(team.id) == self.team || !team.unconfirmed && self.view.snapshot.team_ix(team.id).is_some()
        };
        let teams = self.plan.in_order::<Team>().into_iter().filter(is_there);
        in_tree(&teams.map(|team| (team.id, team.parent, team.name.as_str())).collect::<Vec<_>>())
    }

    /// The domains of the day and the one shown, likewise.
    pub fn domains_to_choose(&self) -> Vec<ScopeChoice> {
        let shown = self.domain.as_ref().map(|(id, _)| *id);
        let is_there = |row: &&Grouping| {
            row.kind == GroupingKind::Domain
                && (Some(row.id) == shown || !row.unconfirmed && row.date_range().contains(self.day))
        };
        let rows = self.plan.in_order::<Grouping>().into_iter().filter(is_there);
        in_tree(&rows.map(|row| (row.id, row.parent, row.name.as_str())).collect::<Vec<_>>())
    }
}

/// Each after the one above it, otherwise in the order given. What is above itself, as a source may have it, stands
/// at the top.
fn in_tree<K: Copy + Eq + std::hash::Hash + Into<Id>>(rows: &[(K, Option<K>, &str)]) -> Vec<ScopeChoice> {
    let known: FxHashSet<K> = rows.iter().map(|(id, ..)| *id).collect();
    let mut below: FxHashMap<Option<K>, Vec<(K, &str)>> = FxHashMap::default();
    for (id, above, name) in rows {
        below.entry(above.filter(|above| known.contains(above))).or_default().push((*id, name));
    }
    let mut seen = FxHashSet::default();
    let mut choices = Vec::new();
    let tops = below.get(&None).into_iter().flatten().copied();
    for top in tops.chain(rows.iter().map(|(id, _, name)| (*id, *name))).collect::<Vec<_>>() {
        let mut open = vec![(top, 0)];
        while let Some(((id, name), depth)) = open.pop() {
            if !seen.insert(id) {
                continue;
            }
            choices.push(ScopeChoice { id: id.into(), name: name.to_owned(), depth });
            open.extend(below.get(&Some(id)).into_iter().flatten().rev().map(|row| (*row, depth + 1)));
        }
    }
    choices
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_follows_the_one_above_it_and_a_cycle_is_listed_once() {
        let rows = [
            (Id(1), None, "a"),
            (Id(2), None, "b"),
            (Id(3), Some(Id(1)), "c"),
            (Id(4), Some(Id(5)), "d"),
            (Id(5), Some(Id(4)), "e"),
            (Id(6), Some(Id(9)), "f"),
        ];
        let found = in_tree(&rows);
        let found: Vec<(&str, u32)> = found.iter().map(|row| (row.name.as_str(), row.depth)).collect();
        assert_eq!(found, [("a", 0), ("c", 1), ("b", 0), ("f", 0), ("d", 0), ("e", 1)]);
    }
}
