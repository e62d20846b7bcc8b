//! Services of two plans, with their dependencies.

use headroom_model::{DependencyId, Owner, ServiceId, Snapshot};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{EdgeMark, NodeMark, Sides};
use crate::{
    blast_radius::is_across,
    graph_view::nearest_nodes,
    map::{HiddenNodes, MapScope, Thing, edges_between, select},
};

/// The services of a scope in either of two plans. Pairs are before, after.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ComparedMap {
    /// Sorted like the second plan, then like the first.
    pub nodes: Vec<ComparedNode>,
    /// By [`ComparedEdge::from`], then [`ComparedEdge::to`]; no two between the same ends.
    pub edges: Vec<ComparedEdge>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ComparedNode {
    pub service: ServiceId,
    /// What it is in each plan; none where nothing depends on it and it does not exist.
    pub things: [Option<Thing>; 2],
    /// Whether the scope has it in each plan.
    pub is_selected: [bool; 2],
    /// Whether it is outside in both plans, and shown only because something inside is related to it.
    pub is_neighbour: bool,
    pub mark: Option<NodeMark>,
}

/// `from` depends on `to`, in one of the plans or in both; both are indexes into [`ComparedMap::nodes`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedEdge {
    pub from: usize,
    pub to: usize,
    /// The stored dependencies behind it in each plan, empty if it is implied; none where it is not there.
    pub dependencies: [Option<Vec<DependencyId>>; 2],
    pub mark: Option<EdgeMark>,
}

type Ends = (usize, usize);

impl ComparedMap {
    pub fn new(sides: Sides<'_>, hidden: &HiddenNodes, scope: MapScope) -> Self {
        // Of each service that the scope has, whether it is outside.
        let selected = sides.both().map(|snapshot| -> FxHashMap<ServiceId, bool> {
            let map = select(snapshot, hidden, scope);
            map.nodes.iter().map(|node| (node.thing.id(snapshot), node.is_neighbour)).collect()
        });
        let ids: FxHashSet<ServiceId> = selected.iter().flat_map(|map| map.keys().copied()).collect();
        let mut ids: Vec<ServiceId> = ids.into_iter().collect();
        ids.sort_by_cached_key(|id| sides.place(*id));
        let edges = sides.both().map(|snapshot| edges(snapshot, hidden, scope, &ids));
        let targets =
            [0, 1].map(|side: usize| -> FxHashSet<usize> { edges[side].keys().map(|(_, to)| *to).collect() });
        let node = |(at, service): (usize, &ServiceId)| {
            let is_selected = [0, 1].map(|side: usize| selected[side].contains_key(service));
            let thing = |side: usize| match sides.both()[side].service_ix(*service) {
                Some(at) => Some(Thing::Service(at)),
                None => {
                    (is_selected[side] || targets[side].contains(&at)).then_some(Thing::Missing(*service))
                }
            };
            ComparedNode {
                service: *service,
                things: [thing(0), thing(1)],
                is_selected,
                is_neighbour: selected.iter().all(|map| map.get(service).is_none_or(|outside| *outside)),
                mark: mark_of(sides, *service),
            }
        };
        let nodes: Vec<ComparedNode> = ids.iter().enumerate().map(node).collect();
        let edges = compared(sides, &nodes, edges);
        Self { nodes, edges }
    }

    /// The part of `most` nodes that is nearest to `start`; of those that are equally near what is marked comes first,
    /// then what has the highest weight.
    #[must_use]
    pub fn nearest(self, start: &[usize], most: usize, weight: impl Fn(&ComparedNode) -> u32) -> Self {
        if self.nodes.len() <= most {
            return self;
        }
        let ends: Vec<Ends> = self.edges.iter().map(|edge| (edge.from, edge.to)).collect();
        let rank = |at: usize| (self.nodes[at].mark.is_some(), weight(&self.nodes[at]));
        let kept = nearest_nodes(self.nodes.len(), &ends, start, most, rank);
        self.only(&kept)
    }

    /// The part that one of the plans has.
    #[must_use]
    pub fn of_side(self, side: usize) -> Self {
        let kept: Vec<usize> = (0..self.nodes.len()).filter(|at| self.nodes[*at].is_selected[side]).collect();
        let mut part = self.only(&kept);
        part.edges.retain(|edge| edge.dependencies[side].is_some());
        part
    }

    /// With these nodes, which are sorted.
    fn only(self, kept: &[usize]) -> Self {
        let place = |at: usize| kept.binary_search(&at).ok();
        let edges = self.edges.into_iter().filter_map(|mut edge| {
            (edge.from, edge.to) = (place(edge.from)?, place(edge.to)?);
            Some(edge)
        });
        Self { edges: edges.collect(), nodes: kept.iter().map(|at| self.nodes[*at]).collect() }
    }
}

fn mark_of(sides: Sides<'_>, service: ServiceId) -> Option<NodeMark> {
    let [was, is] = sides.both().map(|snapshot| {
        let owners = |at| snapshot.owners(at).iter().copied().collect::<FxHashSet<Owner>>();
        snapshot.service_ix(service).map(owners)
    });
    match (was, is) {
        (None, None) => None,
        (None, Some(_)) => Some(NodeMark::Added),
        (Some(_), None) => Some(NodeMark::Removed),
        (Some(had), Some(has)) => (had != has).then_some(NodeMark::Changed),
    }
}

/// The edges of a plan between these services.
fn edges(
    snapshot: &Snapshot,
    hidden: &HiddenNodes,
    scope: MapScope,
    ids: &[ServiceId],
) -> FxHashMap<Ends, Vec<DependencyId>> {
    let thing = |id: &ServiceId| snapshot.service_ix(*id).map_or(Thing::Missing(*id), Thing::Service);
    let things: Vec<Thing> = ids.iter().map(thing).collect();
    let edges = edges_between(snapshot, hidden, scope, &things);
    edges.into_iter().map(|edge| ((edge.from, edge.to), edge.dependencies)).collect()
}

fn compared(
    sides: Sides<'_>,
    nodes: &[ComparedNode],
    [mut was, mut is]: [FxHashMap<Ends, Vec<DependencyId>>; 2],
) -> Vec<ComparedEdge> {
    let mut ends: Vec<Ends> = was.keys().chain(is.keys()).copied().collect();
    ends.sort_unstable();
    ends.dedup();
    let is_across = |side: usize, (from, to): Ends| {
        let snapshot = sides.both()[side];
        let owners = |at: usize| snapshot.service_ix(nodes[at].service).map(|at| snapshot.owners(at));
        owners(from).zip(owners(to)).is_some_and(|(from, to)| is_across(from, to))
    };
    let edge = |ends: Ends| {
        let dependencies = [was.remove(&ends), is.remove(&ends)];
        let mark = match &dependencies {
            [None, _] => Some(EdgeMark::Added),
            [_, None] => Some(EdgeMark::Removed),
            [Some(had), Some(has)] => match (is_across(0, ends), is_across(1, ends)) {
                (false, true) => Some(EdgeMark::BecomesCrossTeam),
                (true, false) => Some(EdgeMark::NoLongerCrossTeam),
                _ => (had.is_empty() != has.is_empty()).then_some(EdgeMark::Changed),
            },
        };
        ComparedEdge { from: ends.0, to: ends.1, dependencies, mark }
    };
    ends.into_iter().map(edge).collect()
}
