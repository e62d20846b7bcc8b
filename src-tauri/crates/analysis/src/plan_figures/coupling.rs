//! What crosses the boundaries of teams.

use headroom_model::Snapshot;

use crate::{
    across_teams::{accountable_teams, declared_interactions, edges_without_shared_owner, is_across_owners},
    facts::Facts,
};

/// Dependencies and cycles across teams, and how far teams have agreed on what their services need of each other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Coupling {
    /// Dependencies between two owned services without an owner in common.
    pub dependencies: usize,
    /// Dependency cycles, and those of them of which no owner owns every service.
    pub cycles: usize,
    pub cycles_across: usize,
    /// Dependencies between services of different teams, and those of them whose teams have declared how they interact.
    pub needed: usize,
    pub declared: usize,
}

impl Coupling {
    pub(super) fn new(snapshot: &Snapshot, facts: &Facts) -> Self {
        let cycles = facts.condensation.cycles();
        let (needed, declared) = interactions(snapshot);
        Self {
            dependencies: edges_without_shared_owner(snapshot),
            cycles: cycles.len(),
            cycles_across: cycles.iter().filter(|members| is_across_owners(snapshot, members)).count(),
            needed,
            declared,
        }
    }

    /// Socio-technical congruence: of the coordination that dependencies need, the share that takes place; here what is
    /// declared stands for it. None if nothing needs any.
    ///
    /// Source: M. Cataldo, J. Herbsleb, K. Carley, Socio-technical congruence: a framework for assessing the impact of
    /// technical and work dependencies on software development productivity, ESEM 2008,
    /// <https://doi.org/10.1145/1414004.1414008>.
    pub fn congruence(&self) -> Option<f64> {
        (self.needed > 0).then(|| self.declared as f64 / self.needed as f64)
    }
}

/// The dependencies between services of different teams, and how many of them every pair of their teams has declared an
/// interaction for. A team that owns both ends needs no agreement.
fn interactions(snapshot: &Snapshot) -> (usize, usize) {
    let (teams, known) = (accountable_teams(snapshot), declared_interactions(snapshot));
    let (mut needed, mut declared) = (0, 0);
    for (from, to) in snapshot.needs_graph().pairs() {
        let (of_from, of_to) = (teams.of(from as usize), teams.of(to as usize));
        if of_from.is_empty() || of_to.is_empty() || of_from.iter().any(|team| of_to.contains(team)) {
            continue;
        }
        let is_declared = |team: &u32| of_to.iter().all(|other| known.contains(&(*team, *other)));
        needed += 1;
        declared += usize::from(of_from.iter().all(is_declared));
    }
    (needed, declared)
}
