//! The tree of teams.

use headroom_analysis::{DayView, hiring::PositionStatuses};
use headroom_model::{Snapshot, TeamIx};
use serde::Serialize;

use crate::{
    at::At,
    entities::{id::Id, severity::Tally},
    error::Answer,
    organisation::reporting_lines::PositionCounts,
    state::AppState,
};

/// A team in the chart and the list.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TeamNode {
    pub id: Id,
    pub key: String,
    pub name: String,
    /// None for a root, also if its parent does not exist on the day.
    pub parent: Option<Id>,
    pub kind: String,
    pub is_unconfirmed: bool,
    /// People on the team itself, each once.
    pub people: u32,
    /// People on it and its sub-teams, each once.
    pub people_below: u32,
    /// Services it owns itself.
    pub services: u32,
    pub services_below: u32,
    pub leads: Vec<String>,
    /// Positions on the team itself.
    pub seats: PositionCounts,
    /// Positions on it and its sub-teams.
    pub seats_below: PositionCounts,
    pub findings: Tally,
}

/// All teams of the day; siblings are sorted by name.
#[specta::specta]
pub fn team_tree(app: &AppState, at: At) -> Answer<Vec<TeamNode>> {
    let view = app.day(at)?;
    let snapshot = &view.snapshot;
    let occupancy = PositionStatuses::new(snapshot, &app.occupancies()?);
    let below = Below::new(snapshot, &occupancy);
    let mut nodes: Vec<TeamNode> = (0..snapshot.team_count()).map(|at| node(&view, &below, at)).collect();
    nodes.sort_by(|a, b| crate::paging::by_text(&a.name, &b.name));
    Ok(nodes)
}

fn node(view: &DayView, below: &Below, at: TeamIx) -> TeamNode {
    let snapshot = &view.snapshot;
    let team = snapshot.team(at);
    TeamNode {
        id: team.id.into(),
        key: team.key.clone(),
        name: team.name.clone(),
        parent: snapshot.parent_of(at).map(|parent| snapshot.team(parent).id.into()),
        kind: team.kind.clone(),
        is_unconfirmed: team.unconfirmed,
        people: snapshot.people_on(at).len() as u32,
        people_below: below.people[at],
        services: owned(snapshot, at).count() as u32,
        services_below: below.services[at],
        leads: leads(snapshot, at),
        seats: below.seats[at],
        seats_below: below.seats_below[at],
        findings: Tally::of(view.open_findings_of(team.id)),
    }
}

/// Totals of a team with its sub-teams.
struct Below {
    people: Vec<u32>,
    services: Vec<u32>,
    /// Of each team alone.
    seats: Vec<PositionCounts>,
    seats_below: Vec<PositionCounts>,
}

impl Below {
    fn new(snapshot: &Snapshot, occupancy: &PositionStatuses) -> Self {
        let count = snapshot.team_count();
        let (mut people, mut services) = (vec![0; count], vec![0; count]);
        let positions_of =
            |team: TeamIx| snapshot.positions_on_team(team).iter().map(|at| occupancy.of(*at as usize));
        let seats = (0..count).map(|at| PositionCounts::of(positions_of(at))).collect();
        let mut positions_below = vec![PositionCounts::default(); count];
        for at in 0..count {
            let (mut all, mut owned_below) = (Vec::new(), Vec::new());
            let mut open = vec![at];
            while let Some(team) = open.pop() {
                all.extend(snapshot.people_on(team));
                owned_below.extend(owned(snapshot, team));
                positions_of(team).for_each(|position| positions_below[at].add(position));
                open.extend(snapshot.children_of(team).iter().map(|child| *child as usize));
            }
            people[at] = distinct(all);
            services[at] = distinct(owned_below);
        }
        Self { people, services, seats, seats_below: positions_below }
    }
}

fn distinct<T: Ord>(mut items: Vec<T>) -> u32 {
    items.sort_unstable();
    items.dedup();
    items.len() as u32
}

pub fn owned(snapshot: &Snapshot, at: TeamIx) -> impl Iterator<Item = usize> {
    let mut services: Vec<usize> = snapshot
        .held_by_team(at)
        .filter(|ownership| ownership.is_accountable())
        .filter_map(|ownership| snapshot.service_ix(ownership.service))
        .collect();
    services.sort_unstable();
    services.dedup();
    services.into_iter()
}

fn leads(snapshot: &Snapshot, at: TeamIx) -> Vec<String> {
    let mut names: Vec<String> = snapshot
        .members(at)
        .filter(|membership| headroom_analysis::is_lead(&membership.role))
        .filter_map(|membership| snapshot.person_ix(membership.person))
        .map(|person| snapshot.person(person).name.clone())
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}
