use std::sync::{Arc, OnceLock};

use headroom_model::{ServiceId, ServiceIx, Snapshot, csr::Csr};
use rustc_hash::FxHashSet;

use crate::graph::{self, ArticulationPoints, Condensation, DependencyGraph, SimilarPair};

/// How many services may have changed what they depend on for facts to be adjusted.
const CHANGED: usize = 64;

/// Facts of the dependency graph. Expensive to calculate, so they are kept while the graph stays the same.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    graph: Csr,
    /// The nodes.
    services: Vec<ServiceId>,
    pub condensation: Condensation,
    pub weak_spots: ArticulationPoints,
    dependents: Vec<u32>,
    /// Of the thresholds that were asked for first: percent and common dependencies.
    similar: OnceLock<((u32, u32), Vec<SimilarPair>)>,
}

impl Facts {
    pub fn new(snapshot: &Snapshot) -> Self {
        let forward = snapshot.needs_graph();
        let needs = DependencyGraph { forward, backward: snapshot.needed_by_graph() };
        let (condensation, weak_spots) =
            rayon::join(|| graph::condensation(needs), || graph::articulation_points(needs));
        let dependents = graph::transitive_dependents(&condensation, forward);
        let (graph, services) = (forward.clone(), services(snapshot));
        Self { graph, services, condensation, weak_spots, dependents, similar: OnceLock::new() }
    }

    /// `known` if the graph is unchanged; adjusted if few services depend on something else; renumbered if services are
    /// only in another order, as after a new name; else new facts.
    pub fn renewed(known: &Arc<Facts>, snapshot: &Snapshot) -> Arc<Facts> {
        let services = services(snapshot);
        if services == known.services && known.graph == *snapshot.needs_graph() {
            return known.clone();
        }
        let renewed = match services == known.services {
            true => known.adjusted(snapshot),
            false => known.renumbered(snapshot, services),
        };
        Arc::new(renewed.unwrap_or_else(|| Self::new(snapshot)))
    }

    /// The facts of the same services in the same order, after a few of them have changed what they depend on; none if
    /// that concerns too many.
    fn adjusted(&self, snapshot: &Snapshot) -> Option<Self> {
        let (forward, backward) = (snapshot.needs_graph(), snapshot.needed_by_graph());
        let differs = |at: &u32| self.graph.of(*at as usize) != forward.of(*at as usize);
        let changed: Vec<u32> = (0..forward.groups() as u32).filter(differs).take(CHANGED + 1).collect();
        let below = self.below(forward, &changed);
        if changed.len() > CHANGED || below.len() > graph::FEW {
            return None;
        }
        let needs = DependencyGraph { forward, backward };
        let (condensation, weak_spots) =
            rayon::join(|| graph::condensation(needs), || graph::articulation_points(needs));
        let mut dependents = self.dependents.clone();
        for (node, count) in below.iter().zip(graph::dependents_of(&condensation, forward, &below)) {
            dependents[*node as usize] = count;
        }
        let similar = match self.similar.get() {
            Some((thresholds, pairs)) => {
                (*thresholds, graph::adjusted_pairs(pairs, needs, &changed, *thresholds)).into()
            }
            None => OnceLock::new(),
        };
        let (graph, services) = (forward.clone(), self.services.clone());
        Some(Self { graph, services, condensation, weak_spots, dependents, similar })
    }

    /// What an added or a removed dependency of these nodes leads to, directly or not: nothing else has other dependents
    /// now. Ends early where that is more than a few.
    fn below(&self, forward: &Csr, changed: &[u32]) -> Vec<u32> {
        let mut seen = FxHashSet::default();
        for node in changed {
            let (was, is) = (self.graph.of(*node as usize), forward.of(*node as usize));
            seen.extend(was.iter().filter(|needed| !is.contains(needed)));
            seen.extend(is.iter().filter(|needed| !was.contains(needed)));
        }
        let mut open: Vec<u32> = seen.iter().copied().collect();
        while let Some(node) = open.pop().filter(|_| seen.len() <= graph::FEW) {
            open.extend(forward.of(node as usize).iter().filter(|needed| seen.insert(**needed)));
        }
        seen.into_iter().collect()
    }

    /// The same facts of the same services in another order; none if anything else is different.
    fn renumbered(&self, snapshot: &Snapshot, services: Vec<ServiceId>) -> Option<Self> {
        let graph = snapshot.needs_graph();
        if services.len() != self.services.len() || graph.total() != self.graph.total() {
            return None;
        }
        let now = |id: &ServiceId| snapshot.service_ix(*id).map(|at| at as u32);
        let now: Vec<u32> = self.services.iter().map(now).collect::<Option<_>>()?;
        let mut needed = Vec::new();
        for (was, at) in now.iter().enumerate() {
            needed.clear();
            needed.extend(self.graph.of(was).iter().map(|other| now[*other as usize]));
            needed.sort_unstable();
            if needed != graph.of(*at as usize) {
                return None;
            }
        }
        let mut dependents = vec![0; now.len()];
        now.iter().zip(&self.dependents).for_each(|(at, count)| dependents[*at as usize] = *count);
        Some(Self {
            graph: graph.clone(),
            services,
            condensation: self.condensation.renumbered(&now),
            weak_spots: self.weak_spots.renumbered(&now),
            dependents,
            similar: match self.similar.get() {
                Some((thresholds, pairs)) => (*thresholds, graph::renumbered_pairs(pairs, &now)).into(),
                None => OnceLock::new(),
            },
        })
    }

    /// Number of services that depend on this one, directly or not.
    pub fn dependents(&self, at: ServiceIx) -> u32 {
        self.dependents[at]
    }

    /// Edges of the longest chain of dependencies, with each cycle as one node.
    pub fn longest_chain(&self) -> u32 {
        self.condensation.longest_chain(&self.graph)
    }

    /// Services with nearly the same dependencies; see [`graph::similar_pairs`].
    pub fn similar_pairs(&self, percent: u32, common: u32) -> Vec<SimilarPair> {
        let pairs = || graph::similar_pairs(&self.graph, percent, common);
        let (known, found) = self.similar.get_or_init(|| ((percent, common), pairs()));
        if *known == (percent, common) { found.clone() } else { pairs() }
    }
}

fn services(snapshot: &Snapshot) -> Vec<ServiceId> {
    (0..snapshot.service_count()).map(|at| snapshot.service(at).id).collect()
}

#[cfg(test)]
mod tests {
    use headroom_model::{Dependency, Draft, Plan, Service};
    use proptest::prelude::*;

    use super::*;

    fn facts_of(facts: &Facts) -> (Vec<Vec<u32>>, ArticulationPoints, Vec<u32>, u32, Vec<SimilarPair>) {
        let cycles = facts.condensation.cycles().into_iter().map(<[u32]>::to_vec).collect();
        let similar = facts.similar_pairs(50, 1);
        (cycles, facts.weak_spots.clone(), facts.dependents.clone(), facts.longest_chain(), similar)
    }

    fn plan(count: u32, edges: &[(u32, u32)]) -> Plan {
        let mut plan = Plan::default();
        let mut draft = Draft::new(&plan);
        let services: Vec<ServiceId> = (0..count)
            .map(|at| {
                let id = draft.new_id::<Service>();
                let name = format!("s{at:02}");
                draft.put(Service { id, key: name.clone(), name, ..Service::default() });
                id
            })
            .collect();
        for (from, to) in edges {
            let id = draft.new_id::<Dependency>();
            let (service, depends_on) = (services[(from % count) as usize], services[(to % count) as usize]);
            draft.put(Dependency { id, service, depends_on, ..Dependency::default() });
        }
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        plan
    }

    proptest! {
        #[test]
        fn facts_after_other_dependencies_are_those_calculated_anew(
            count in 2u32..14,
            edges in prop::collection::vec((0u32..14, 0u32..14), 0..30),
            added in prop::collection::vec((0u32..14, 0u32..14), 0..4),
            removed in prop::collection::vec(any::<prop::sample::Index>(), 0..3),
        ) {
            let day = chrono::NaiveDate::default();
            let mut plan = plan(count, &edges);
            let known = Arc::new(Facts::new(&Arc::new(plan.clone()).as_of(day)));
            known.similar_pairs(50, 1);
            let services: Vec<ServiceId> = plan.services.iter().map(|row| row.id).collect();
            let mut draft = Draft::new(&plan);
            for (from, to) in added {
                let id = draft.new_id::<Dependency>();
                let (service, depends_on) =
                    (services[(from % count) as usize], services[(to % count) as usize]);
                draft.put(Dependency { id, service, depends_on, ..Dependency::default() });
            }
            for at in removed.iter().filter(|_| !plan.dependencies.is_empty()) {
                draft.remove::<Dependency>(at.get(plan.dependencies.rows()).id);
            }
            let changes = draft.finish();
            plan.apply(&changes).unwrap();
            let snapshot = Arc::new(plan).as_of(day);
            prop_assert!(known.adjusted(&snapshot).is_some());
            prop_assert_eq!(facts_of(&Facts::renewed(&known, &snapshot)), facts_of(&Facts::new(&snapshot)));
        }

        #[test]
        fn facts_of_services_in_another_order_are_those_calculated_anew(
            count in 2u32..14,
            edges in prop::collection::vec((0u32..14, 0u32..14), 0..30),
            names in prop::collection::vec((0usize..14, "[a-z]{1,2}"), 0..6),
        ) {
            let day = chrono::NaiveDate::default();
            let mut plan = plan(count, &edges);
            let known = Arc::new(Facts::new(&Arc::new(plan.clone()).as_of(day)));
            known.similar_pairs(50, 1);
            let mut draft = Draft::new(&plan);
            for (at, name) in names {
                let row = plan.services.rows()[at % count as usize].clone();
                draft.put(Service { name, ..row });
            }
            let changes = draft.finish();
            plan.apply(&changes).unwrap();
            let snapshot = Arc::new(plan).as_of(day);
            prop_assert!(known.renumbered(&snapshot, services(&snapshot)).is_some());
            prop_assert_eq!(facts_of(&Facts::renewed(&known, &snapshot)), facts_of(&Facts::new(&snapshot)));
        }
    }
}
