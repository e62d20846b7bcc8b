use std::sync::{Arc, OnceLock};

use headroom_model::{ServiceId, ServiceIx, Snapshot, csr::Csr};

use crate::graph::{self, ArticulationPoints, Condensation, DependencyGraph, SimilarPair};

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

    /// `known` if the graph is unchanged; renumbered if services are only in another order, as after a new name; else
    /// new facts.
    pub fn renewed(known: &Arc<Facts>, snapshot: &Snapshot) -> Arc<Facts> {
        let services = services(snapshot);
        if services == known.services && known.graph == *snapshot.needs_graph() {
            return known.clone();
        }
        Arc::new(known.renumbered(snapshot, services).unwrap_or_else(|| Self::new(snapshot)))
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
