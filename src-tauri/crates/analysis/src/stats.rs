//! Statistics of an organisation on a date: counts, ownership, graph figures and team sizes.
//!
//! Figures are comparable with those of other tools on the same data: pairs are counted distinctly, lists are sorted
//! keys.

use headroom_model::{Owner, PersonIx, ServiceIx, Snapshot, csr::Csr, is_lead};
use rustc_hash::FxHashSet;
use serde::Serialize;

use crate::{
    across_teams::edges_without_shared_owner,
    facts::Facts,
    graph::{self, DependencyGraph},
    responders::Responders,
};

/// Length of the list of services with most dependents, and how many are ranked for it.
const TOP: usize = 10;
const TOP_CANDIDATES: usize = 200;
/// Limits of the figures on team membership and team size.
const MANY_TEAMS: usize = 4;
const LARGE_TEAM: usize = 9;
const SMALL_TEAM: usize = 3;

/// The organisation in figures. Lists hold keys, sorted, in full.
///
/// Entities that are only referred to (`unconfirmed`) are not counted; unconfirmed people have figures of their own.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stats {
    pub teams: usize,
    pub people: usize,
    /// Unconfirmed people, referred to as owners or on teams.
    pub unconfirmed_people: usize,
    /// Distinct pairs of person and team.
    pub memberships: usize,
    /// Distinct pairs of an unconfirmed person and a team.
    pub unconfirmed_memberships: usize,
    pub services: usize,
    /// Distinct pairs of service and accountable owner.
    pub ownership_edges: usize,
    /// Distinct edges between two different known services.
    pub dependency_edges: usize,
    pub dangling_dependencies: usize,
    /// `service -> target`.
    pub dangling_list: Vec<String>,
    pub self_dependencies: usize,
    pub unowned: usize,
    pub unowned_list: Vec<String>,
    /// Owners that no source defines (unconfirmed).
    pub unknown_owners: Vec<String>,
    /// Services that only people own, no team.
    pub owned_by_person: usize,
    /// Services with one responder.
    pub single_person_services: usize,
    pub single_person_list: Vec<String>,
    /// Owned services without any responder.
    pub owned_by_empty_team: usize,
    pub owned_by_empty_team_list: Vec<String>,
    pub cycles: usize,
    pub cycle_sizes: Vec<usize>,
    pub cycle_members: Vec<Vec<String>>,
    /// Cycles among owners: one depends on another if a service of the one depends on a service of the other.
    pub team_cycles: usize,
    pub team_cycle_sizes: Vec<usize>,
    pub articulation_points: usize,
    pub articulation_list: Vec<String>,
    pub bridges: usize,
    pub longest_chain_condensed_edges: u32,
    /// Dependencies between services with different first owners, in the order in which the source names them.
    pub cross_owner_dependency_edges: usize,
    /// Dependencies between two owned services without an owner in common.
    pub dependency_edges_without_shared_owner: usize,
    pub top_transitive_dependents: Vec<TransitiveDependents>,
    pub people_on_4_or_more_teams: usize,
    pub max_teams_per_person: usize,
    pub teams_without_lead: usize,
    pub teams_without_members: usize,
    pub teams_over_9: usize,
    pub teams_under_3: usize,
    /// Levels of the team tree; a root alone is 1.
    pub team_tree_depth: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TransitiveDependents {
    pub service: String,
    pub dependents: u32,
}

impl Stats {
    pub fn new(snapshot: &Snapshot, facts: &Facts) -> Self {
        let responders = Responders::new(snapshot);
        let ownership = OwnershipFigures::new(snapshot, &responders);
        let between = BetweenOwners::new(snapshot);
        let key = |at: ServiceIx| snapshot.service(at).key.clone();
        let sorted = |mut list: Vec<String>| {
            list.sort_unstable();
            list
        };
        let teams: Vec<usize> =
            (0..snapshot.team_count()).filter(|at| !snapshot.team(*at).unconfirmed).collect();
        let sizes: Vec<usize> = teams.iter().map(|at| responders.on(*at).len()).collect();
        let (unconfirmed, known): (Vec<PersonIx>, Vec<PersonIx>) =
            (0..snapshot.person_count()).partition(|at| snapshot.person(*at).unconfirmed);
        let teams_of = teams_of_people(snapshot, &known);
        let dangling = sorted(dangling(snapshot));
        let cycles = facts.condensation.cycles();
        let mut cycle_members: Vec<Vec<String>> = cycles
            .iter()
            .map(|members| sorted(members.iter().map(|at| key(*at as usize)).collect()))
            .collect();
        cycle_members.sort_by(|a, b| (b.len(), a).cmp(&(a.len(), b)));
        let articulation = &facts.weak_spots.is_articulation;
        let articulation_list =
            sorted((0..snapshot.service_count()).filter(|at| articulation[*at]).map(key).collect());
        Self {
            teams: teams.len(),
            people: known.len(),
            unconfirmed_people: unconfirmed.len(),
            memberships: teams_of.iter().sum(),
            unconfirmed_memberships: teams_of_people(snapshot, &unconfirmed).iter().sum(),
            services: snapshot.service_count(),
            ownership_edges: ownership.edges,
            dependency_edges: snapshot.needs_graph().total(),
            dangling_dependencies: dangling.len(),
            dangling_list: dangling,
            self_dependencies: self_dependencies(snapshot),
            unowned: ownership.unowned.len(),
            unowned_list: sorted(ownership.unowned),
            unknown_owners: sorted(ownership.unknown),
            owned_by_person: ownership.by_person,
            single_person_services: ownership.single.len(),
            single_person_list: sorted(ownership.single),
            owned_by_empty_team: ownership.nobody.len(),
            owned_by_empty_team_list: sorted(ownership.nobody),
            cycles: cycles.len(),
            cycle_sizes: cycles.iter().map(|members| members.len()).collect(),
            cycle_members,
            team_cycles: between.cycle_sizes.len(),
            team_cycle_sizes: between.cycle_sizes,
            articulation_points: articulation_list.len(),
            articulation_list,
            bridges: facts.weak_spots.bridges.len(),
            longest_chain_condensed_edges: facts.longest_chain(),
            cross_owner_dependency_edges: between.edges,
            dependency_edges_without_shared_owner: edges_without_shared_owner(snapshot),
            top_transitive_dependents: top(snapshot, facts),
            people_on_4_or_more_teams: teams_of.iter().filter(|teams| **teams >= MANY_TEAMS).count(),
            max_teams_per_person: teams_of.iter().copied().max().unwrap_or(0),
            teams_without_lead: teams
                .iter()
                .filter(|at| !snapshot.members(**at).any(|row| is_lead(&row.role)))
                .count(),
            teams_without_members: sizes.iter().filter(|size| **size == 0).count(),
            teams_over_9: sizes.iter().filter(|size| **size > LARGE_TEAM).count(),
            teams_under_3: sizes.iter().filter(|size| **size > 0 && **size < SMALL_TEAM).count(),
            team_tree_depth: depth(snapshot, &teams),
        }
    }
}

struct OwnershipFigures {
    edges: usize,
    unowned: Vec<String>,
    unknown: Vec<String>,
    by_person: usize,
    single: Vec<String>,
    nobody: Vec<String>,
}

impl OwnershipFigures {
    fn new(snapshot: &Snapshot, responders: &Responders<'_>) -> Self {
        let mut figures =
            Self { edges: 0, unowned: vec![], unknown: vec![], by_person: 0, single: vec![], nobody: vec![] };
        for at in 0..snapshot.service_count() {
            let key = || snapshot.service(at).key.clone();
            let owners = snapshot.owners(at);
            figures.edges += owners.len();
            figures.unknown.extend(owners.iter().filter_map(|owner| unknown(snapshot, *owner)));
            if owners.is_empty() {
                figures.unowned.push(key());
                continue;
            }
            figures.by_person += usize::from(owners.iter().all(|owner| matches!(owner, Owner::Person(_))));
            match responders.behind(owners).len() {
                0 => figures.nobody.push(key()),
                1 => figures.single.push(key()),
                _ => {}
            }
        }
        figures.unknown.sort_unstable();
        figures.unknown.dedup();
        figures
    }
}

fn unknown(snapshot: &Snapshot, owner: Owner) -> Option<String> {
    let plan = snapshot.plan();
    match owner {
        Owner::Team(team) => {
            plan.teams.get(team).filter(|team| team.unconfirmed).map(|team| team.key.clone())
        }
        Owner::Person(person) => {
            plan.people.get(person).filter(|row| row.unconfirmed).map(|row| row.key.clone())
        }
    }
}

/// The first owner of a service: of the rows of a source, the one that it names first. What one import makes has IDs in
/// the order of its source; this figure and [`top`] are the only ones that follow it.
fn first_named(snapshot: &Snapshot, at: ServiceIx) -> Option<Owner> {
    let rows = snapshot.ownerships(at).filter(|row| row.is_accountable());
    rows.min_by_key(|row| (row.from, row.id.0)).map(|row| row.owner)
}

/// Figures of the graph in which each service stands for its first owner.
struct BetweenOwners {
    edges: usize,
    cycle_sizes: Vec<usize>,
}

impl BetweenOwners {
    fn new(snapshot: &Snapshot) -> Self {
        let first: Vec<Option<Owner>> =
            (0..snapshot.service_count()).map(|at| first_named(snapshot, at)).collect();
        let mut owners: Vec<Owner> = first.iter().flatten().copied().collect();
        let place = |owner: &Owner| snapshot.plan().place_of(*owner);
        owners.sort_unstable_by_key(place);
        owners.dedup();
        let number = |service: u32| {
            let found = first[service as usize]
                .and_then(|owner| owners.binary_search_by_key(&place(&owner), place).ok());
            found.map(|at| at as u32)
        };
        let mut pairs: Vec<(u32, u32)> = snapshot
            .needs_graph()
            .pairs()
            .filter_map(|(from, to)| Some((number(from)?, number(to)?)))
            .filter(|(from, to)| from != to)
            .collect();
        let edges = pairs.len();
        pairs.sort_unstable();
        pairs.dedup();
        let forward = Csr::from_pairs(owners.len(), &pairs);
        let backward = forward.transposed();
        let condensed = graph::condensation(DependencyGraph { forward: &forward, backward: &backward });
        Self { edges, cycle_sizes: condensed.cycles().iter().map(|members| members.len()).collect() }
    }
}

fn dangling(snapshot: &Snapshot) -> Vec<String> {
    let plan = snapshot.plan();
    let pairs: FxHashSet<_> = snapshot.dangling().map(|row| (row.service, row.depends_on)).collect();
    let key = |id| plan.services.get(id).map_or("", |service| service.key.as_str());
    pairs.into_iter().map(|(from, to)| format!("{} -> {}", key(from), key(to))).collect()
}

fn self_dependencies(snapshot: &Snapshot) -> usize {
    snapshot.self_dependencies().map(|row| row.service).collect::<FxHashSet<_>>().len()
}

/// Number of teams of each of these people.
fn teams_of_people(snapshot: &Snapshot, people: &[PersonIx]) -> Vec<usize> {
    let count = |at: &PersonIx| {
        snapshot.memberships(*at).map(|membership| membership.team).collect::<FxHashSet<_>>().len()
    };
    people.iter().map(count).collect()
}

/// Levels of the tree of these teams. Walking up ends where the level is known already.
fn depth(snapshot: &Snapshot, teams: &[usize]) -> usize {
    let mut levels = vec![0; snapshot.team_count()];
    for team in teams {
        let mut path = Vec::new();
        let mut at = Some(*team);
        while let Some(team) = at.filter(|team| levels[*team] == 0) {
            path.push(team);
            at = snapshot.parent_of(team).filter(|parent| !snapshot.team(*parent).unconfirmed);
        }
        let mut level = at.map_or(0, |team| levels[team]);
        for team in path.into_iter().rev() {
            level += 1;
            levels[team] = level;
        }
    }
    levels.into_iter().max().unwrap_or(0)
}

/// Services with most transitive dependents. Only those with most direct dependents are ranked: a service with few
/// can hardly have most.
fn top(snapshot: &Snapshot, facts: &Facts) -> Vec<TransitiveDependents> {
    let mut all: Vec<ServiceIx> = (0..snapshot.service_count()).collect();
    // Equal counts are in the order of the source.
    all.sort_by_key(|at| (std::cmp::Reverse(snapshot.needed_by(*at).len()), snapshot.service(*at).id.0));
    all.truncate(TOP_CANDIDATES);
    all.sort_unstable_by(|&a, &b| {
        let order = facts.dependents(b).cmp(&facts.dependents(a));
        order.then_with(|| snapshot.service(a).key.cmp(&snapshot.service(b).key))
    });
    let row = |at| TransitiveDependents {
        service: snapshot.service(at).key.clone(),
        dependents: facts.dependents(at),
    };
    all.into_iter().take(TOP).map(row).collect()
}
