//! What crosses the boundary between owners and between teams: dependencies, cycles, interactions.

use headroom_model::{Interaction, Owner, ServiceIx, Snapshot, csr::Csr};
use rustc_hash::FxHashSet;

/// Number of dependencies between two owned services without an owner in common.
pub fn edges_without_shared_owner(snapshot: &Snapshot) -> usize {
    let crosses = |(from, to): &(u32, u32)| {
        let (of_from, of_to) = (snapshot.owners(*from as usize), snapshot.owners(*to as usize));
        let is_shared = of_from.iter().any(|owner| of_to.contains(owner));
        !is_shared && !of_from.is_empty() && !of_to.is_empty()
    };
    snapshot.needs_graph().pairs().filter(crosses).count()
}

/// Whether no owner owns every one of these services. Each of several owners of a service counts; services that are all
/// unowned are across none.
pub fn is_across_owners(snapshot: &Snapshot, services: &[u32]) -> bool {
    let owners = |service: &u32| snapshot.owners(*service as usize);
    let Some((first, rest)) = services.split_first() else { return false };
    let is_shared = match owners(first) {
        [] => rest.iter().all(|service| owners(service).is_empty()),
        of_first => of_first.iter().any(|owner| rest.iter().all(|service| owners(service).contains(owner))),
    };
    !is_shared
}

/// The teams accountable for each service; each of several has to agree with the others. Unconfirmed teams are left
/// out, since they cannot agree on anything.
pub(crate) fn accountable_teams(snapshot: &Snapshot) -> Csr {
    let known = |owner: Owner| match owner {
        Owner::Team(team) => snapshot.team_ix(team).filter(|at| !snapshot.team(*at).unconfirmed),
        Owner::Person(_) => None,
    };
    let of_service = |at: ServiceIx| {
        let teams = snapshot.owners(at).iter().copied().filter_map(known);
        teams.map(move |team| (at as u32, team as u32))
    };
    let pairs: Vec<(u32, u32)> = (0..snapshot.service_count()).flat_map(of_service).collect();
    Csr::from_pairs(snapshot.service_count(), &pairs)
}

/// The pairs of teams that have declared how they interact, each both ways round.
pub(crate) fn declared_interactions(snapshot: &Snapshot) -> FxHashSet<(u32, u32)> {
    let ends =
        |row: &Interaction| Some((snapshot.team_ix(row.team)? as u32, snapshot.team_ix(row.with)? as u32));
    snapshot.interactions().filter_map(ends).flat_map(|(a, b)| [(a, b), (b, a)]).collect()
}
