//! The graph of a scenario against the plan: before, after or both, with what becomes of each node and edge.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_analysis::{
    DayView, graph_view,
    map::{self, Cluster, HiddenNodes, MapScope, Thing},
    map_comparison::{
        ComparedEdge, ComparedLink, ComparedMap, ComparedNode, ComparedOwner, ComparedOwners, EdgeMark,
        NodeMark, Sides,
    },
};
use headroom_model::{EntityRef, PersonId, ServiceId, ServiceIx, TeamId};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use crate::{
    against_plan::{AgainstPlan, TwoPlans},
    at::At,
    entities::{entity::EntityKind, id::Id},
    error::{Answer, AppError},
    map::{
        filter::kinds,
        graph::{
            GraphScope, MOST_FOLDED_EDGES, MOST_OWNERS, MOST_SERVICES, MapEdge, MapGraph, MapQuery, inside_of,
        },
        node::{MapNodeView, Nodes},
    },
    state::AppState,
};

/// Which part of a scenario against the plan a map shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum AgainstPart {
    /// What the plan has.
    Before,
    /// What the scenario has.
    After,
    Both,
}

impl AgainstPart {
    /// The place of the plan that is shown alone.
    pub(super) fn side(self) -> Option<usize> {
        match self {
            AgainstPart::Before => Some(0),
            AgainstPart::After => Some(1),
            AgainstPart::Both => None,
        }
    }
}

/// The day on which a scenario is compared with the plan.
#[derive(Debug, Clone, Copy, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct AgainstDay {
    pub day: NaiveDate,
    /// Whether all that the scenario changes is in effect on that day.
    pub is_in_effect: bool,
}

/// What becomes of something on a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum MapMark {
    Added,
    Removed,
    Changed,
    /// Of a dependency that is in both plans: its ends have a common owner in the plan only.
    BecomesCrossTeam,
    /// They have one in the scenario only.
    NoLongerCrossTeam,
}

/// What becomes of something on a map, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MapChange {
    pub mark: MapMark,
    /// What fits on a box: `→ Invoicing`, `6 → 2 services`; may be empty.
    pub short: String,
    /// Beyond the mark: `Payments → Invoicing`, `6 → 2 services`; may be empty.
    pub words: Vec<String>,
}

impl MapChange {
    pub(super) fn new(mark: impl Into<MapMark>, words: Vec<String>) -> Self {
        Self { mark: mark.into(), short: words.first().cloned().unwrap_or_default(), words }
    }
}

impl From<NodeMark> for MapMark {
    fn from(mark: NodeMark) -> Self {
        match mark {
            NodeMark::Added => Self::Added,
            NodeMark::Removed => Self::Removed,
            NodeMark::Changed => Self::Changed,
        }
    }
}

impl From<EdgeMark> for MapMark {
    fn from(mark: EdgeMark) -> Self {
        match mark {
            EdgeMark::Added => Self::Added,
            EdgeMark::Removed => Self::Removed,
            EdgeMark::Changed => Self::Changed,
            EdgeMark::BecomesCrossTeam => Self::BecomesCrossTeam,
            EdgeMark::NoLongerCrossTeam => Self::NoLongerCrossTeam,
        }
    }
}

/// The graph of a part of the scenario that is looked at.
pub(super) fn compared_graph(app: &AppState, query: MapQuery, part: AgainstPart, at: At) -> Answer<MapGraph> {
    let against = AgainstPlan::shown(app, at)?;
    let views = against.views(app)?;
    let seen = Compared { plans: against.plans(), views: &views, part };
    let hidden = HiddenNodes::from(query.hide.clone());
    let graph = match query.picture {
        GraphScope::Teams => seen.owners(query.together, &hidden),
        GraphScope::Around | GraphScope::Inside => {
            let (scope, of) = scope_of(&query, seen.sides())?;
            seen.services(&hidden, scope, of)
        }
    };
    let day = AgainstDay { day: against.day, is_in_effect: against.is_in_effect };
    Ok(MapGraph { against: Some(day), ..graph })
}

/// What is shown, and its subject.
pub(super) fn scope_of(query: &MapQuery, sides: Sides<'_>) -> Answer<(MapScope, EntityRef)> {
    if query.picture == GraphScope::Inside {
        let (of, subject) = inside_of(query)?;
        return Ok((MapScope::Inside { of, with_neighbours: query.neighbours }, subject));
    }
    let service = query.of.filter(|of| of.kind == EntityKind::Service).map(|of| ServiceId::from(of.id));
    let is_there = |id: &ServiceId| sides.both().iter().any(|snapshot| snapshot.service_ix(*id).is_some());
    let service = service.filter(is_there).ok_or_else(|| AppError::not_found("this service"))?;
    let (up, down) = query.steps();
    Ok((MapScope::Around { service, up, down }, service.into()))
}

/// The two plans, as they are drawn.
struct Compared<'a> {
    plans: TwoPlans<'a>,
    views: &'a [Arc<DayView>; 2],
    part: AgainstPart,
}

impl<'a> Compared<'a> {
    fn sides(&self) -> Sides<'a> {
        Sides { before: &self.views[0].snapshot, after: &self.views[1].snapshot }
    }

    /// The plan as which something is drawn: the one that is shown alone, else the second that has it.
    fn drawn_side(&self, is_in: impl Fn(usize) -> bool) -> usize {
        self.part.side().unwrap_or_else(|| usize::from(is_in(1)))
    }

    fn services(&self, hidden: &HiddenNodes, scope: MapScope, of: EntityRef) -> MapGraph {
        let map = ComparedMap::new(self.sides(), hidden, scope);
        let map = match self.part.side() {
            Some(side) => map.of_side(side),
            None => map,
        };
        let (all_nodes, all_edges) = (map.nodes.len() as u32, map.edges.len() as u32);
        let is_start = |node: &ComparedNode| match scope {
            MapScope::Around { service, .. } => node.service == service,
            _ => !node.is_neighbour,
        };
        let start: Vec<usize> = (0..map.nodes.len()).filter(|at| is_start(&map.nodes[*at])).collect();
        let weight = |node: &ComparedNode| match node.things[1] {
            Some(Thing::Service(at)) => self.views[1].facts.dependents(at),
            _ => 0,
        };
        let map = map.nearest(&start, MOST_SERVICES, weight);
        let mut nodes = Nodes::new(&self.views[1]);
        let drawn = map.nodes.iter().filter_map(|node| self.service(&mut nodes, node));
        MapGraph {
            nodes: drawn.collect(),
            edges: map.edges.iter().map(|edge| self.edge(edge, &map)).collect(),
            owners: nodes.owners(),
            kinds: kinds(self.sides().after),
            of: Some(self.plans.named(of)),
            all_nodes,
            all_edges,
            together: Vec::new(),
            against: None,
        }
    }

    fn service(&self, nodes: &mut Nodes<'a>, node: &ComparedNode) -> Option<MapNodeView> {
        let is_service = |side: usize| matches!(node.things[side], Some(Thing::Service(_)));
        let side = self.drawn_side(is_service);
        let thing = node.things[side].or(node.things[1 - side])?;
        nodes.look_at(&self.views[side]);
        let change = node.mark.map(|mark| self.service_change(node, mark));
        Some(MapNodeView { change, ..nodes.thing(thing, node.is_neighbour) })
    }

    /// `Payments → Invoicing`.
    fn service_change(&self, node: &ComparedNode, mark: NodeMark) -> MapChange {
        if mark != NodeMark::Changed {
            return MapChange::new(mark, Vec::new());
        }
        let names = |side: usize| {
            let snapshot = self.sides().both()[side];
            let owners = match node.things[side] {
                Some(Thing::Service(at)) => snapshot.owners(at),
                _ => &[],
            };
            let names: Vec<String> = owners.iter().map(|owner| self.plans.named(*owner).name).collect();
            if names.is_empty() { "unowned".to_owned() } else { names.join(", ") }
        };
        let (was, is) = (names(0), names(1));
        let short = format!("→ {is}");
        MapChange { short, ..MapChange::new(mark, vec![format!("{was} → {is}")]) }
    }

    fn edge(&self, edge: &ComparedEdge, map: &ComparedMap) -> MapEdge {
        let side = self.drawn_side(|side| edge.dependencies[side].is_some());
        let component = |at: usize| match map.nodes[at].things[side] {
            Some(Thing::Service(at)) => Some(self.views[side].facts.condensation.component_of[at]),
            _ => None,
        };
        let stored = edge.dependencies[side].as_deref().unwrap_or_default();
        let words = match (edge.mark, stored.is_empty()) {
            (Some(EdgeMark::Changed), true) => vec!["through hidden services now".to_owned()],
            (Some(EdgeMark::Changed), false) => vec!["direct now".to_owned()],
            _ => Vec::new(),
        };
        MapEdge {
            from: edge.from as u32,
            to: edge.to as u32,
            stored: stored.len() as u32,
            implied: stored.is_empty().into(),
            is_cycle: edge.from == edge.to
                || component(edge.from).is_some_and(|at| component(edge.to) == Some(at)),
            change: edge.mark.map(|mark| MapChange::new(mark, words)),
        }
    }

    fn owners(&self, together: Option<Vec<Id>>, hidden: &HiddenNodes) -> MapGraph {
        let after = self.sides().after;
        let wanted: FxHashSet<TeamId> = match together {
            Some(teams) => teams.into_iter().map(TeamId::from).collect(),
            None => graph_view::collapse_first(after, &map::by_owner(after, hidden), MOST_OWNERS),
        };
        let found = ComparedOwners::new(self.sides(), hidden, &wanted);
        let found = match self.part.side() {
            Some(side) => found.of_side(side),
            None => found,
        };
        let (all_nodes, all_edges) = (found.nodes.len() as u32, found.links.len() as u32);
        let found = found.strongest(MOST_OWNERS, MOST_FOLDED_EDGES);
        let mut nodes = Nodes::new(&self.views[1]);
        let mut together: Vec<TeamId> = wanted.into_iter().collect();
        together.sort_unstable_by_key(|team| after.plan().place_of(*team));
        MapGraph {
            nodes: found.nodes.iter().map(|node| self.owner(&mut nodes, node)).collect(),
            edges: found.links.iter().map(|link| self.link(link, &found.map)).collect(),
            owners: nodes.owners(),
            kinds: kinds(after),
            of: None,
            all_nodes,
            all_edges,
            together: together.into_iter().map(Id::from).collect(),
            against: None,
        }
    }

    fn owner(&self, nodes: &mut Nodes<'a>, node: &ComparedOwner) -> MapNodeView {
        let side = self.drawn_side(|side| node.is_in(side));
        let snapshot = self.sides().both()[side];
        nodes.look_at(&self.views[side]);
        let services: Vec<ServiceIx> =
            node.services[side].iter().filter_map(|id| snapshot.service_ix(*id)).collect();
        let is_own = |part: &&Cluster| **part == node.cluster;
        MapNodeView {
            inner: node.inner[side] as u32,
            services: node.services[side].len() as u32,
            together: (node.parts[side].len() - node.parts[side].iter().filter(is_own).count()) as u32,
            change: node.mark.map(|mark| MapChange::new(mark, self.changes_of(node))),
            ..nodes.cluster(node.cluster, &services)
        }
    }

    /// `6 → 2 services`, `without Invoices, Tax`, `Ada joins`.
    fn changes_of(&self, node: &ComparedOwner) -> Vec<String> {
        let [had, has] = &node.services;
        let mut words = Vec::new();
        if had.len() != has.len() {
            words.push(format!("{} → {} services", had.len(), has.len()));
        }
        let less = |of: &[ServiceId], other: &[ServiceId]| -> Vec<ServiceId> {
            of.iter().filter(|id| !other.contains(id)).copied().collect()
        };
        for (verb, services) in [("takes over", less(has, had)), ("gives up", less(had, has))] {
            if !services.is_empty() {
                words.push(format!("{verb} {}", self.listed(&services)));
            }
        }
        let people: [(&[PersonId], _, _); 2] =
            [(&node.joined, "joins", "join"), (&node.left, "leaves the team", "leave the team")];
        for (people, one, several) in people {
            if !people.is_empty() {
                let verb = if people.len() == 1 { one } else { several };
                words.push(format!("{} {verb}", self.listed(people)));
            }
        }
        words
    }

    /// Up to three names, and how many more there are.
    fn listed(&self, subjects: &[impl Into<EntityRef> + Copy]) -> String {
        const MOST: usize = 3;
        let shown = if subjects.len() > MOST + 1 { MOST } else { subjects.len() };
        let names = self.plans.all_named(&subjects[..shown]).into_iter().map(|entity| entity.name);
        let names = names.collect::<Vec<_>>().join(", ");
        match subjects.len() - shown {
            0 => names,
            more => format!("{names} and {more} more"),
        }
    }

    fn link(&self, link: &ComparedLink, map: &ComparedMap) -> MapEdge {
        let side = self.drawn_side(|side| !link.behind[side].is_empty());
        let counts = |side: usize| {
            let is_stored =
                |at: &&usize| map.edges[**at].dependencies[side].as_ref().is_some_and(|it| !it.is_empty());
            let stored = link.behind[side].iter().filter(is_stored).count();
            (stored as u32, (link.behind[side].len() - stored) as u32)
        };
        let (stored, implied) = counts(side);
        let words = || self.changes_behind(link, map);
        MapEdge {
            from: link.from as u32,
            to: link.to as u32,
            stored,
            implied,
            is_cycle: false,
            change: link.mark.map(|mark| MapChange::new(mark, words())),
        }
    }

    /// `3 → 4 dependencies`, `Invoices → Ledger becomes cross-team`.
    fn changes_behind(&self, link: &ComparedLink, map: &ComparedMap) -> Vec<String> {
        let mut words = Vec::new();
        let [had, has] = link.behind.each_ref().map(Vec::len);
        if link.mark == Some(EdgeMark::Changed) && had != has {
            words.push(format!("{had} → {has} dependencies"));
        }
        let marks = [
            (EdgeMark::BecomesCrossTeam, "becomes cross-team", "become cross-team"),
            (EdgeMark::NoLongerCrossTeam, "is no longer cross-team", "are no longer cross-team"),
        ];
        for (mark, one, several) in marks {
            let of = |at: &&usize| map.edges[**at].mark == Some(mark);
            let mut edges: Vec<usize> = link.behind.iter().flatten().filter(of).copied().collect();
            edges.dedup();
            let name = |at: usize| self.plans.named(map.nodes[at].service).name;
            match edges[..] {
                [] => {}
                [at] => {
                    let edge = &map.edges[at];
                    words.push(format!("{} → {} {one}", name(edge.from), name(edge.to)));
                }
                _ => words.push(format!("{} dependencies {several}", edges.len())),
            }
        }
        words
    }
}
