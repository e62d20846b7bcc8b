//! Traversal of the dependency graph past hidden services.

use headroom_model::{DependencyId, ServiceIx, Snapshot};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Edge, HiddenNodes, Thing};

/// The direction of a traversal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// To dependents.
    Up,
    /// To dependencies.
    Down,
}

/// The dependency graph with some of its nodes hidden.
pub struct Walk<'a> {
    pub snapshot: &'a Snapshot,
    is_hidden: Vec<bool>,
    hides_missing: bool,
    hides_services: bool,
}

impl<'a> Walk<'a> {
    /// `shown` is never hidden, whatever its type.
    pub fn new(snapshot: &'a Snapshot, hidden: &HiddenNodes, shown: Option<ServiceIx>) -> Self {
        let is_of_hidden_kind = |at| hidden.kinds.contains(&snapshot.service(at).kind);
        let is_hidden: Vec<bool> =
            (0..snapshot.service_count()).map(|at| Some(at) != shown && is_of_hidden_kind(at)).collect();
        let hides_services = is_hidden.contains(&true);
        Self { snapshot, is_hidden, hides_missing: hidden.missing, hides_services }
    }

    pub fn is_shown(&self, at: ServiceIx) -> bool {
        !self.is_hidden[at]
    }

    pub fn shown(&self) -> impl Iterator<Item = ServiceIx> + '_ {
        (0..self.is_hidden.len()).filter(|at| self.is_shown(*at))
    }

    /// The stored dependencies of a service with their targets, hidden ones included.
    fn stored(&self, at: ServiceIx) -> impl Iterator<Item = (Thing, DependencyId)> + '_ {
        self.snapshot.dependencies(at).filter_map(|row| match self.snapshot.service_ix(row.depends_on) {
            Some(target) => Some((Thing::Service(target), row.id)),
            None => (!self.hides_missing).then_some((Thing::Missing(row.depends_on), row.id)),
        })
    }

    /// The shown nodes that one step leads to, directly or through hidden services only. Sorted, without duplicates.
    pub fn step(&self, start: ServiceIx, way: Way) -> Vec<Thing> {
        let (mut found, mut open, mut passed) = (Vec::new(), vec![start], FxHashSet::default());
        while let Some(at) = open.pop() {
            self.each_next(at, way, |next| match next {
                Thing::Service(hidden) if self.is_hidden[hidden] => {
                    if passed.insert(hidden) {
                        open.push(hidden);
                    }
                }
                shown => found.push(shown),
            });
        }
        found.sort_unstable_by_key(|thing| thing.place(self.snapshot));
        found.dedup();
        found
    }

    fn each_next(&self, at: ServiceIx, way: Way, mut visit: impl FnMut(Thing)) {
        match way {
            Way::Up => {
                self.snapshot.needed_by(at).iter().for_each(|next| visit(Thing::Service(*next as usize)))
            }
            Way::Down => self.stored(at).for_each(|(next, _)| visit(next)),
        }
    }

    /// The edges between shown things, which are sorted.
    pub fn edges(&self, things: &[Thing]) -> Vec<Edge> {
        let mut edges = Vec::new();
        let positions: FxHashMap<Thing, usize> = things.iter().copied().zip(0..).collect();
        let position = |thing: Thing| positions.get(&thing).copied();
        for (from, thing) in things.iter().enumerate() {
            let Thing::Service(at) = *thing else { continue };
            let mut found: Vec<(usize, Option<DependencyId>)> =
                self.stored(at).filter_map(|(next, row)| Some((position(next)?, Some(row)))).collect();
            if self.hides_services {
                // A service that leads back to itself through hidden ones gets no implied edge.
                let implied = self.step(at, Way::Down).into_iter().filter(|next| next != thing);
                found.extend(implied.filter_map(|next| Some((position(next)?, None))));
            }
            // Stable: the dependencies of an edge stay in their order.
            found.sort_by_key(|(next, _)| *next);
            for same in found.chunk_by(|one, other| one.0 == other.0) {
                let dependencies = same.iter().filter_map(|(_, row)| *row).collect();
                edges.push(Edge { from, to: same[0].0, dependencies });
            }
        }
        edges
    }
}
