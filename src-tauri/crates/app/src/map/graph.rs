//! The graph of a map: nodes and edges around a service, inside a team, person or grouping, or between owners.

use headroom_analysis::{
    DayView,
    graph_view::{self, CollapsedTeams},
    map::{self, By, Cluster, HiddenNodes, Inside, Map, Thing},
};
use headroom_model::{EntityRef, GroupingId, PersonId, ServiceId, ServiceIx, TeamId};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use crate::{
    at::At,
    entities::{
        entity::{EntityKind, NamedEntity},
        id::Id,
    },
    error::{Answer, AppError},
    map::{
        comparison::{AgainstDay, AgainstPart, MapChange, compared_graph},
        filter::{MapFilter, ServiceTypeCount, kinds},
        node::{MapNodeView, Nodes},
    },
    state::AppState,
};

/// Maximum number of services in a graph; beyond it only the nearest are shown.
pub(super) const MOST_SERVICES: usize = 150;
pub(super) const MOST_OWNERS: usize = 40;
pub(super) const MOST_FOLDED_EDGES: usize = 120;
const MOST_STEPS: u32 = 4;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum GraphScope {
    /// A service with its dependencies and dependents.
    Around,
    /// The services of a team, person, system or domain.
    Inside,
    /// Owners, with the dependencies between them combined.
    Teams,
}

#[derive(Debug, Clone, Copy, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MapSubject {
    pub kind: EntityKind,
    pub id: Id,
}

#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MapQuery {
    pub picture: GraphScope,
    /// The subject; none for all teams.
    pub of: Option<MapSubject>,
    /// Steps to dependents, and to dependencies.
    pub up: u32,
    pub down: u32,
    /// Include direct neighbours of the services inside.
    pub neighbours: bool,
    pub hide: MapFilter,
    /// Collapsed teams, which stand for their sub-teams; none to collapse as many as necessary.
    pub together: Option<Vec<Id>>,
    /// Which part of the scenario against the plan; none for what is looked at alone.
    pub against: Option<AgainstPart>,
}

/// From the dependent to the dependency, as indexes of nodes.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MapEdge {
    pub from: u32,
    pub to: u32,
    /// Number of stored dependencies behind it.
    pub stored: u32,
    /// Number of implied ones, through hidden services.
    pub implied: u32,
    /// Both ends are in one cycle.
    pub is_cycle: bool,
    /// What becomes of it, on a map of a scenario against the plan.
    pub change: Option<MapChange>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MapGraph {
    pub nodes: Vec<MapNodeView>,
    pub edges: Vec<MapEdge>,
    pub owners: Vec<NamedEntity>,
    pub kinds: Vec<ServiceTypeCount>,
    /// The subject.
    pub of: Option<NamedEntity>,
    /// Total number of nodes and edges, of which only some may be shown.
    pub all_nodes: u32,
    pub all_edges: u32,
    /// Collapsed teams.
    pub together: Vec<Id>,
    /// The day of the comparison, on a map of a scenario against the plan.
    pub against: Option<AgainstDay>,
}

/// The nodes and edges of a map.
#[specta::specta]
pub fn map_graph(app: &AppState, query: MapQuery, at: At) -> Answer<MapGraph> {
    if let Some(part) = query.against {
        return compared_graph(app, query, part, at);
    }
    let view = app.day(at)?;
    let hidden = HiddenNodes::from(query.hide.clone());
    match query.picture {
        GraphScope::Around => around(&view, &query, &hidden),
        GraphScope::Inside => inside(&view, &query, &hidden),
        GraphScope::Teams => Ok(teams(&view, query.together, &hidden)),
    }
}

fn around(view: &DayView, query: &MapQuery, hidden: &HiddenNodes) -> Answer<MapGraph> {
    let at = service_of(view, query)?;
    let (up, down) = query.steps();
    let map = map::neighbourhood(&view.snapshot, hidden, at, up, down);
    let start: Vec<usize> = map.position(Thing::Service(at)).into_iter().collect();
    let id = view.snapshot.service(at).id;
    Ok(of_services(view, map, &start, Some(NamedEntity::new(view.snapshot.plan(), id))))
}

fn inside(view: &DayView, query: &MapQuery, hidden: &HiddenNodes) -> Answer<MapGraph> {
    let (inside, of) = inside_of(query)?;
    let map = map::inside(&view.snapshot, hidden, inside, query.neighbours);
    let start: Vec<usize> = (0..map.nodes.len()).filter(|at| !map.nodes[*at].is_neighbour).collect();
    Ok(of_services(view, map, &start, Some(NamedEntity::new(view.snapshot.plan(), of))))
}

impl MapQuery {
    /// Steps up and down, within the limits.
    pub fn steps(&self) -> (usize, usize) {
        (self.up.min(MOST_STEPS) as usize, self.down.min(MOST_STEPS) as usize)
    }
}

/// The service in the centre.
pub fn service_of(view: &DayView, query: &MapQuery) -> Answer<ServiceIx> {
    let id = query.of.filter(|of| of.kind == EntityKind::Service).map(|of| ServiceId::from(of.id));
    id.and_then(|id| view.snapshot.service_ix(id)).ok_or_else(|| AppError::not_found("this service"))
}

/// Whose services are shown.
pub fn inside_of(query: &MapQuery) -> Answer<(Inside, EntityRef)> {
    let of = query.of.ok_or_else(|| AppError::not_found("this team"))?;
    match of.kind {
        EntityKind::Team => Ok((Inside::Branch(TeamId::from(of.id)), TeamId::from(of.id).into())),
        EntityKind::Person => Ok((Inside::Person(PersonId::from(of.id)), PersonId::from(of.id).into())),
        EntityKind::Grouping => {
            Ok((Inside::Grouping(GroupingId::from(of.id)), GroupingId::from(of.id).into()))
        }
        _ => Err(AppError::not_found("this team")),
    }
}

fn of_services(view: &DayView, map: Map, start: &[usize], of: Option<NamedEntity>) -> MapGraph {
    let (all_nodes, all_edges) = (map.nodes.len() as u32, map.edges.len() as u32);
    let weight = |thing| match thing {
        Thing::Service(at) => view.facts.dependents(at),
        Thing::Missing(_) => 0,
    };
    let map = graph_view::nearest(map, start, MOST_SERVICES, weight);
    let mut nodes = Nodes::new(view);
    let component = |at: usize| match map.nodes[at].thing {
        Thing::Service(at) => Some(view.facts.condensation.component_of[at]),
        Thing::Missing(_) => None,
    };
    let edge = |edge: &map::Edge| MapEdge {
        from: edge.from as u32,
        to: edge.to as u32,
        stored: edge.dependencies.len() as u32,
        implied: edge.is_implied().into(),
        is_cycle: edge.from == edge.to
            || component(edge.from).is_some_and(|at| component(edge.to) == Some(at)),
        change: None,
    };
    MapGraph {
        edges: map.edges.iter().map(edge).collect(),
        nodes: map.nodes.iter().map(|node| nodes.thing(node.thing, node.is_neighbour)).collect(),
        owners: nodes.owners(),
        kinds: kinds(&view.snapshot),
        of,
        all_nodes,
        all_edges,
        together: Vec::new(),
        against: None,
    }
}

fn teams(view: &DayView, together: Option<Vec<Id>>, hidden: &HiddenNodes) -> MapGraph {
    let snapshot = &view.snapshot;
    let map = map::everything(snapshot, hidden);
    let flat = map::fold(snapshot, &map, By::Owner);
    let wanted = match together {
        Some(teams) => teams.into_iter().map(TeamId::from).collect::<FxHashSet<_>>(),
        None => graph_view::collapse_first(snapshot, &flat, MOST_OWNERS),
    };
    let CollapsedTeams { folded, parts } = graph_view::collapse(snapshot, &flat, &wanted);
    let parts: FxHashMap<Cluster, Vec<Cluster>> =
        folded.nodes.iter().map(|node| node.cluster).zip(parts).collect();
    let (all_nodes, all_edges) = (folded.nodes.len() as u32, folded.edges.len() as u32);
    let folded = graph_view::strongest(folded, MOST_OWNERS, MOST_FOLDED_EDGES);
    let mut services: FxHashMap<Cluster, Vec<ServiceIx>> = FxHashMap::default();
    for node in &map.nodes {
        let cluster = map::cluster_of(snapshot, node.thing, By::Owner);
        let of = services.entry(cluster).or_default();
        if let Thing::Service(at) = node.thing {
            of.push(at);
        }
    }
    let mut nodes = Nodes::new(view);
    let node = |node: &map::FoldedNode| {
        let parts = &parts[&node.cluster];
        let services: Vec<ServiceIx> =
            parts.iter().filter_map(|part| services.get(part)).flatten().copied().collect();
        MapNodeView {
            inner: node.inner as u32,
            services: node.things as u32,
            together: parts.iter().filter(|part| **part != node.cluster).count() as u32,
            ..nodes.cluster(node.cluster, &services)
        }
    };
    let edge = |edge: &map::FoldedEdge| MapEdge {
        from: edge.from as u32,
        to: edge.to as u32,
        stored: edge.stored as u32,
        implied: edge.implied as u32,
        is_cycle: false,
        change: None,
    };
    let mut together: Vec<TeamId> = wanted.into_iter().collect();
    together.sort_unstable_by_key(|team| snapshot.plan().place_of(*team));
    MapGraph {
        nodes: folded.nodes.iter().map(node).collect(),
        edges: folded.edges.iter().map(edge).collect(),
        owners: nodes.owners(),
        kinds: kinds(snapshot),
        of: None,
        all_nodes,
        all_edges,
        together: together.into_iter().map(Id::from).collect(),
        against: None,
    }
}
