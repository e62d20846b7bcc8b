//! The order of a dependency matrix: teams as bands, cycles as blocks on the diagonal.

use std::ops::Range;

use headroom_model::{Owner, ServiceIx, Snapshot, TeamIx};
use rustc_hash::FxHashMap;

use crate::{Facts, graph::Condensation};

/// Every service once, with the stretches of the order that mean something.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matrix {
    pub order: Vec<ServiceIx>,
    /// Stretches of services of one owner (none: nobody owns them), which together cover the order.
    pub bands: Vec<OwnerBand>,
    /// Cycles, each whole.
    pub cycles: Vec<Range<usize>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerBand {
    pub owner: Option<Owner>,
    pub at: Range<usize>,
}

/// The matrix of the services of the day that are shown. Owners come in the order of the team tree, then people by name, then
/// nobody; within an owner what needs others comes before what is needed, so that a dependency below the diagonal
/// is one that closes a cycle or leads to an owner further up. A cycle across owners stands whole where most of it
/// is owned, ordered by owner within; it makes bands of its own there.
pub fn matrix(snapshot: &Snapshot, facts: &Facts, is_shown: impl Fn(ServiceIx) -> bool) -> Matrix {
    let owners: Vec<Option<Owner>> =
        (0..snapshot.service_count()).map(|at| snapshot.owners(at).first().copied()).collect();
    let ranks = ranks(snapshot);
    let nobody = ranks.len() as u32 + 1;
    // An owner who is gone on the day comes just before nobody.
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

/// Positions of the nodes of a graph by group, every cycle whole: it stands with the group that has most of it, the
/// first of them where several do. `group_of` numbers the groups in the order wanted.
pub fn order(condensation: &Condensation, group_of: &[u32]) -> Vec<usize> {
    let mut components: Vec<(u32, usize)> = condensation
        .components
        .iter()
        .enumerate()
        .map(|(at, members)| (main_group(members, group_of), at))
        .collect();
    // Components come with what is needed first; the matrix wants it last.
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

/// The place of each owner: teams as the tree is read, by name among sisters, then people by name.
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
    people.sort_by_key(|person| (person.name.to_lowercase(), person.id));
    teams.extend(people.into_iter().map(|person| Owner::Person(person.id)));
    teams.into_iter().zip(0..).collect()
}
