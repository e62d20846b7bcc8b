use std::sync::{Arc, OnceLock};

use headroom_model::{ServiceId, ServiceIx, Snapshot, csr::Csr};

use crate::graph::{self, ArticulationPoints, Condensation, Condensed, DependencyGraph, SimilarPair};

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

    /// `known` if the graph is unchanged; renumbered if services are only in another order, as after a new name; if few
    /// services have other dependencies, with what follows from these; else new facts. The same as new facts in any case.
    pub fn renewed(known: &Arc<Facts>, snapshot: &Snapshot) -> Arc<Facts> {
        let services = services(snapshot);
        if services != known.services {
            return Arc::new(known.renumbered(snapshot, services).unwrap_or_else(|| Self::new(snapshot)));
        }
        if known.graph == *snapshot.needs_graph() {
            return known.clone();
        }
        Arc::new(known.altered(snapshot).unwrap_or_else(|| Self::new(snapshot)))
    }

    /// The facts of the same services, of which some have other dependencies. None if these and what depends on them,
    /// directly or not, are so many that new facts are less work.
    fn altered(&self, snapshot: &Snapshot) -> Option<Self> {
        let needs = DependencyGraph { forward: snapshot.needs_graph(), backward: snapshot.needed_by_graph() };
        let is_changed = |at: &u32| self.graph.of(*at as usize) != needs.forward.of(*at as usize);
        let changed: Vec<u32> = (0..self.services.len() as u32).filter(is_changed).collect();
        // Nothing else reaches other services than before: its ways lead through none of the changed ones.
        let sources = graph::reachable(needs.backward, &changed);
        if sources.len() > self.services.len() / 4 {
            return None;
        }
        let dependents_of = |condensation: &Condensation| {
            let before = Condensed { forward: &self.graph, condensation: &self.condensation };
            let after = Condensed { forward: needs.forward, condensation };
            graph::dependents_after(&self.dependents, before, after, &sources)
        };
        let similar = || match self.similar.get() {
            Some((thresholds, pairs)) => {
                (*thresholds, graph::pairs_after(pairs, needs, &changed, *thresholds)).into()
            }
            None => OnceLock::new(),
        };
        let ((condensation, dependents), (weak_spots, similar)) = rayon::join(
            || {
                let condensation = graph::condensation(needs);
                let dependents = dependents_of(&condensation);
                (condensation, dependents)
            },
            || (graph::articulation_points(needs), similar()),
        );
        let (graph, services) = (needs.forward.clone(), self.services.clone());
        Some(Self { graph, services, condensation, weak_spots, dependents, similar })
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
    use headroom_model::{Dependency, DependencyId, Draft, Plan, Service};
    use proptest::prelude::*;

    use super::*;

    type Told = (Vec<Vec<u32>>, Vec<u32>, ArticulationPoints, Vec<u32>, u32, Vec<SimilarPair>);

    fn facts_of(facts: &Facts) -> Told {
        let condensation = &facts.condensation;
        let cycles = condensation.cycles().into_iter().map(<[u32]>::to_vec).collect();
        let chain = facts.longest_chain();
        let (weak_spots, dependents) = (facts.weak_spots.clone(), facts.dependents.clone());
        (cycles, condensation.component_of.clone(), weak_spots, dependents, chain, facts.similar_pairs(50, 1))
    }

    fn day() -> chrono::NaiveDate {
        chrono::NaiveDate::default()
    }

    fn plan(count: u32, edges: &[(u32, u32)]) -> Plan {
        let mut plan = Plan::default();
        let mut draft = Draft::new(&plan);
        for at in 0..count {
            let (id, name) = (draft.new_id::<Service>(), format!("s{at:02}"));
            draft.put(Service { id, key: name.clone(), name, ..Service::default() });
        }
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        alter(&mut plan, edges);
        plan
    }

    /// Takes each dependency away that is there, and adds it if it is not.
    fn alter(plan: &mut Plan, edges: &[(u32, u32)]) {
        let base = plan.clone();
        let mut draft = Draft::new(&base);
        let service = |at: u32| base.services.rows()[at as usize % base.services.len()].id;
        for (from, to) in edges.iter().map(|(from, to)| (service(*from), service(*to))) {
            let known: Option<DependencyId> = draft
                .iter::<Dependency>()
                .find(|row| (row.service, row.depends_on) == (from, to))
                .map(|row| row.id);
            match known {
                Some(id) => draft.remove::<Dependency>(id),
                None => {
                    let id = draft.new_id::<Dependency>();
                    draft.put(Dependency { id, service: from, depends_on: to, ..Dependency::default() });
                }
            }
        }
        plan.apply(&draft.finish()).unwrap();
    }

    fn facts(plan: &Plan) -> Arc<Facts> {
        Arc::new(Facts::new(&Arc::new(plan.clone()).as_of(day())))
    }

    proptest! {
        #[test]
        fn facts_of_services_in_another_order_are_those_calculated_anew(
            count in 2u32..14,
            edges in prop::collection::vec((0u32..14, 0u32..14), 0..30),
            names in prop::collection::vec((0usize..14, "[a-z]{1,2}"), 0..6),
        ) {
            let mut plan = plan(count, &edges);
            let known = facts(&plan);
            known.similar_pairs(50, 1);
            let mut draft = Draft::new(&plan);
            for (at, name) in names {
                let row = plan.services.rows()[at % count as usize].clone();
                draft.put(Service { name, ..row });
            }
            let changes = draft.finish();
            plan.apply(&changes).unwrap();
            let snapshot = Arc::new(plan).as_of(day());
            prop_assert!(known.renumbered(&snapshot, services(&snapshot)).is_some());
            let (renewed, new) = (facts_of(&Facts::renewed(&known, &snapshot)), facts_of(&Facts::new(&snapshot)));
            // The order of independent components is that of the names they had.
            prop_assert_eq!((renewed.0, renewed.2, renewed.3, renewed.4, renewed.5), (new.0, new.2, new.3, new.4, new.5));
        }

        #[test]
        fn facts_after_other_dependencies_are_those_calculated_anew(
            count in 2u32..40,
            edges in prop::collection::vec((0u32..40, 0u32..40), 0..60),
            edits in prop::collection::vec(prop::collection::vec((0u32..40, 0u32..40), 1..4), 1..6),
        ) {
            let mut plan = plan(count, &edges);
            let mut known = facts(&plan);
            known.similar_pairs(50, 1);
            for edit in edits {
                alter(&mut plan, &edit);
                let snapshot = Arc::new(plan.clone()).as_of(day());
                known = Facts::renewed(&known, &snapshot);
                prop_assert_eq!(facts_of(&known), facts_of(&Facts::new(&snapshot)));
            }
        }
    }

    #[test]
    fn facts_are_altered_where_few_services_lead_to_the_edit() {
        // A chain: the last service depends on all before it.
        let chain: Vec<(u32, u32)> = (1..40).map(|at| (at, at - 1)).collect();
        let mut plan = plan(40, &chain);
        let known = facts(&plan);
        let is_altered = |plan: &Plan| known.altered(&Arc::new(plan.clone()).as_of(day())).is_some();
        alter(&mut plan, &[(1, 20)]);
        assert!(!is_altered(&plan), "all others lead to the second");
        alter(&mut plan, &[(1, 20), (39, 5)]);
        assert!(is_altered(&plan), "none leads to the last");
    }
}
