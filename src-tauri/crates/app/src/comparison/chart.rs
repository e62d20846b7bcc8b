//! The teams, people and positions of both days, for a chart in which those of one day only are marked.

use chrono::NaiveDate;
use headroom_analysis::comparison::{DayComparison, PersonChangeKind, PositionChangeKind, TeamChangeKind};
use headroom_model::{PersonId, Snapshot, TeamId};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use super::{HeadcountSum, plans};
use crate::{at::At, entities::id::Id, paging::by_text};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum TeamState {
    New,
    Dissolved,
    /// Under another team.
    Moved,
    /// There on both days.
    Kept,
}

/// A team of one of the days.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ComparedTeam {
    pub id: Id,
    pub key: String,
    pub name: String,
    /// The team above it on the later day, on the earlier one if it is dissolved.
    pub parent: Option<Id>,
    pub kind: String,
    pub is_unconfirmed: bool,
    pub state: TeamState,
    /// Its first or last day, if it is new or dissolved.
    pub day: Option<NaiveDate>,
    /// People on the team itself.
    pub own: HeadcountSum,
    /// With its sub-teams.
    pub whole: HeadcountSum,
    /// Services that it owns on the later day only, and on the earlier one only.
    pub services_gained: u32,
    pub services_lost: u32,
}

/// What becomes of a member of a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum MemberState {
    Joined,
    Left,
    MovedIn,
    MovedOut,
    Kept,
}

/// A person on a team on one of the days.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ComparedMember {
    pub id: Id,
    pub name: String,
    pub title: String,
    pub team: Id,
    pub state: MemberState,
    pub day: Option<NaiveDate>,
}

/// A position of a team that begins, ends, or waits for a planned hire.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ComparedPosition {
    pub id: Id,
    pub key: String,
    pub title: String,
    pub team: Id,
    pub state: PositionMark,
    pub day: Option<NaiveDate>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum PositionMark {
    Opened,
    Closed,
    HirePlanned,
}

pub(super) fn teams(found: &DayComparison) -> Vec<ComparedTeam> {
    let changed: FxHashMap<TeamId, (TeamChangeKind, Option<NaiveDate>)> =
        found.teams.iter().map(|row| (row.team, (row.kind, row.day))).collect();
    let mut services: FxHashMap<TeamId, (u32, u32)> = FxHashMap::default();
    for row in &found.services {
        for owner in &row.to {
            if let headroom_model::Owner::Team(team) = owner {
                services.entry(*team).or_default().0 += 1;
            }
        }
        for owner in &row.from {
            if let headroom_model::Owner::Team(team) = owner {
                services.entry(*team).or_default().1 += 1;
            }
        }
    }
    let parent = |snapshot: &Snapshot, team: TeamId| {
        let at = snapshot.team_ix(team)?;
        Some(snapshot.team(snapshot.parent_of(at)?).id)
    };
    let of = |team: &headroom_model::Team| {
        let headcount = found.headcounts.get(&team.id)?;
        let (state, day) = match changed.get(&team.id) {
            Some((TeamChangeKind::New, day)) => (TeamState::New, *day),
            Some((TeamChangeKind::Dissolved, day)) => (TeamState::Dissolved, *day),
            Some((TeamChangeKind::Moved, day)) => (TeamState::Moved, *day),
            None => (TeamState::Kept, None),
        };
        let snapshot = if state == TeamState::Dissolved { &found.before } else { &found.after };
        let (services_gained, services_lost) = services.get(&team.id).copied().unwrap_or_default();
        Some(ComparedTeam {
            id: team.id.into(),
            key: team.key.clone(),
            name: team.name.clone(),
            parent: parent(snapshot, team.id).map(Into::into),
            kind: team.kind.clone(),
            is_unconfirmed: team.unconfirmed,
            state,
            day,
            own: headcount.own.into(),
            whole: headcount.whole.into(),
            services_gained,
            services_lost,
        })
    };
    let plans = plans(found);
    let is_gone = |team: &&headroom_model::Team| plans.after.teams.get(team.id).is_none();
    let gone = plans.before.teams.iter().filter(is_gone);
    let mut teams: Vec<ComparedTeam> = plans.after.teams.iter().chain(gone).filter_map(of).collect();
    teams.sort_by(|a, b| by_text(&a.name, &b.name).then_with(|| a.key.cmp(&b.key)));
    teams
}

pub(super) fn members(found: &DayComparison) -> Vec<ComparedMember> {
    let plans = plans(found);
    let changed: FxHashMap<PersonId, (PersonChangeKind, Option<NaiveDate>)> =
        found.people.iter().map(|row| (row.person, (row.kind, row.day))).collect();
    let on = |snapshot: &Snapshot| -> FxHashSet<(PersonId, TeamId)> {
        let of = |at: usize| {
            let team = snapshot.team(at).id;
            snapshot.people_on(at).into_iter().map(move |person| (snapshot.person(person).id, team))
        };
        (0..snapshot.team_count()).flat_map(of).collect()
    };
    let (before, after) = (on(&found.before), on(&found.after));
    let member = |(id, team): &(PersonId, TeamId)| {
        let person = plans.of(*id).people.get(*id)?;
        let change = changed.get(id);
        let (was, is) = (before.contains(&(*id, *team)), after.contains(&(*id, *team)));
        let state = match (was, is, change.map(|(kind, _)| *kind)) {
            (true, true, _) => MemberState::Kept,
            (false, _, Some(PersonChangeKind::Joined)) => MemberState::Joined,
            (false, ..) => MemberState::MovedIn,
            (_, _, Some(PersonChangeKind::Left)) => MemberState::Left,
            _ => MemberState::MovedOut,
        };
        let day = change.filter(|_| state != MemberState::Kept).and_then(|(_, day)| *day);
        let (name, title) = (person.name.clone(), person.title.clone());
        Some(ComparedMember { id: (*id).into(), name, title, team: (*team).into(), state, day })
    };
    let mut pairs: Vec<&(PersonId, TeamId)> = before.union(&after).collect();
    pairs.sort_by_cached_key(|(person, team)| {
        [plans.after, plans.before].map(|plan| (plan.place_of(*person), plan.place_of(*team)))
    });
    pairs.into_iter().filter_map(member).collect()
}

/// Planned hires only where they count.
pub(super) fn positions(found: &DayComparison, at: At) -> Vec<ComparedPosition> {
    let of = |row: &headroom_analysis::comparison::PositionChange| {
        let state = match row.kind {
            PositionChangeKind::Opened => PositionMark::Opened,
            PositionChangeKind::Closed => PositionMark::Closed,
            PositionChangeKind::Hired if at.planned_hires => PositionMark::HirePlanned,
            _ => return None,
        };
        let position = plans(found).of(row.position).positions.get(row.position)?;
        Some(ComparedPosition {
            id: position.id.into(),
            key: position.key.clone(),
            title: position.title.clone(),
            team: position.team?.into(),
            state,
            day: row.day,
        })
    };
    found.positions.iter().filter_map(of).collect()
}
