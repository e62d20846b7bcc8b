//! Order of a dependency matrix (design structure matrix): owners as bands, cycles as blocks on the diagonal.

use std::ops::Range;

use headroom_model::{Owner, ServiceIx, Snapshot, TeamIx};
use rustc_hash::FxHashMap;

use crate::{facts::Facts, graph::Condensation};

/// The services in order, each once, with the ranges of owners and cycles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matrix {
    pub order: Vec<ServiceIx>,
    /// Ranges of services of one owner (none: unowned); together they cover the order.
    pub bands: Vec<OwnerBand>,
    /// Ranges of cycles.
    pub cycles: Vec<Range<usize>>,
}

/// A range of services with the same first owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerBand {
    pub owner: Option<Owner>,
    pub at: Range<usize>,
}

/// Orders the services of the date that `is_shown` selects.
///
/// Owners come in the order of the team tree, then people by name, then unowned services. Within an owner a service
/// comes before those it depends on, so a dependency below the diagonal either closes a cycle or leads to an owner
/// further up. A cycle across owners is kept whole, with the owner of most of it; it has bands of its own there.
pub fn matrix(snapshot: &Snapshot, facts: &Facts, is_shown: impl Fn(ServiceIx) -> bool) -> Matrix {
    let owners: Vec<Option<Owner>> =
        (0..snapshot.service_count()).map(|at| snapshot.owners(at).first().copied()).collect();
    let ranks = ranks(snapshot);
    let nobody = ranks.len() as u32 + 1;
    // An owner that does not exist on the date comes just before unowned services.
    let rank = |owner: &Option<Owner>| {
        owner.map_or(nobody, |owner| ranks.get(&owner).copied().unwrap_or(nobody - 1))
    };
    let group_of: Vec<u32> = owners.iter().map(rank).collect();
    let mut order = order(&facts.condensation, &group_of);
    order.retain(|at| is_shown(*at));
    let bands = order.chunk_by(|a, b| owners[*a] == owners[*b]);
    let cycles = order
        .chunk_by(|a, b| component(facts, *a) == component(facts, *b))
        .scan(0, place)
        .filter(|at| at.len() > 1)
        .collect();
    let bands = bands
        .scan(0, |start, band| Some(OwnerBand { owner: owners[band[0]], at: place(start, band)? }))
        .collect();
    Matrix { bands, cycles, order }
}

fn component(facts: &Facts, at: ServiceIx) -> u32 {
    facts.condensation.component_of[at]
}

fn place(start: &mut usize, stretch: &[ServiceIx]) -> Option<Range<usize>> {
    let at = *start..*start + stretch.len();
    *start = at.end;
    Some(at)
}

/// Nodes of a graph in the order of their groups, with every cycle whole: it is placed in the group that has most of
/// it, the first of them on a tie. `group_of` numbers the groups in the order wanted.
pub fn order(condensation: &Condensation, group_of: &[u32]) -> Vec<usize> {
    let mut components: Vec<(u32, usize)> = condensation
        .components
        .iter()
        .enumerate()
        .map(|(at, members)| (main_group(members, group_of), at))
        .collect();
    // The condensation lists dependencies first; the matrix wants them last.
    components.sort_by_key(|(group, at)| (*group, std::cmp::Reverse(*at)));
    let mut order = Vec::with_capacity(group_of.len());
    for (_, at) in components {
        let start = order.len();
        order.extend(condensation.components[at].iter().map(|member| *member as usize));
        order[start..].sort_by_key(|member| (group_of[*member], *member));
    }
    order
}

fn main_group(members: &[u32], group_of: &[u32]) -> u32 {
    let mut groups: Vec<u32> = members.iter().map(|member| group_of[*member as usize]).collect();
    groups.sort_unstable();
    let stretches = groups.chunk_by(|a, b| a == b);
    stretches.max_by_key(|same| (same.len(), std::cmp::Reverse(same[0]))).map_or(0, |same| same[0])
}

/// Rank of each owner: teams in depth-first order, siblings by name, then people by name.
fn ranks(snapshot: &Snapshot) -> FxHashMap<Owner, u32> {
    let mut teams = Vec::with_capacity(snapshot.team_count());
    let by_name = |teams: &mut Vec<TeamIx>| {
        teams.sort_by_key(|at| (snapshot.team(*at).name.to_lowercase(), *at));
        teams.reverse();
    };
    let mut open: Vec<TeamIx> =
        (0..snapshot.team_count()).filter(|at| snapshot.parent_of(*at).is_none()).collect();
    by_name(&mut open);
    while let Some(at) = open.pop() {
        teams.push(Owner::Team(snapshot.team(at).id));
        let mut children: Vec<TeamIx> = snapshot.children_of(at).iter().map(|at| *at as usize).collect();
        by_name(&mut children);
        open.append(&mut children);
    }
    let mut people: Vec<_> = (0..snapshot.person_count()).map(|at| snapshot.person(at)).collect();
    people.sort_by_key(|person| (person.name.to_lowercase(), snapshot.plan().place_of(person.id)));
    teams.extend(people.into_iter().map(|person| Owner::Person(person.id)));
    teams.into_iter().zip(0..).collect()
}
