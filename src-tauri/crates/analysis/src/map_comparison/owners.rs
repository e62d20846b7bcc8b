//! Owners of two plans, with the dependencies between them combined.

use std::{cmp::Reverse, collections::BTreeMap};

use headroom_model::{Owner, PersonId, ServiceId, TeamId};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{ComparedMap, EdgeMark, NodeMark, Sides};
use crate::{
    graph_view::standing_for,
    map::{By, Cluster, HiddenNodes, MapScope, Thing, cluster_of},
};

/// The owners of two plans. Pairs are before, after.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ComparedOwners {
    /// Sorted like the second plan, then like the first.
    pub nodes: Vec<ComparedOwner>,
    /// By [`ComparedLink::from`], then [`ComparedLink::to`]; no two between the same ends.
    pub links: Vec<ComparedLink>,
    /// All services, whose edges the links stand for.
    pub map: ComparedMap,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedOwner {
    pub cluster: Cluster,
    /// The owners that it stands for, where teams are collapsed.
    pub parts: [Vec<Cluster>; 2],
    /// Its services, sorted; the targets of broken dependencies are among those of [`Cluster::Missing`].
    pub services: [Vec<ServiceId>; 2],
    /// How many dependencies are within it.
    pub inner: [usize; 2],
    /// Who is on it in the second plan only.
    pub joined: Vec<PersonId>,
    /// In the first only.
    pub left: Vec<PersonId>,
    pub mark: Option<NodeMark>,
}

impl ComparedOwner {
    /// Whether it has services in a plan.
    pub fn is_in(&self, side: usize) -> bool {
        !self.services[side].is_empty()
    }
}

/// The dependencies between two owners; the ends are indexes into [`ComparedOwners::nodes`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedLink {
    pub from: usize,
    pub to: usize,
    /// Indexes into the edges of [`ComparedOwners::map`] that it stands for in each plan.
    pub behind: [Vec<usize>; 2],
    /// Added, removed or changed: what becomes of the dependencies themselves is said by their own marks.
    pub mark: Option<EdgeMark>,
}

impl ComparedLink {
    /// How many edges it stands for, in the plan that has more.
    fn weight(&self) -> usize {
        self.behind[0].len().max(self.behind[1].len())
    }
}

impl ComparedOwners {
    /// All owners of services; each of the teams of `together` stands for the teams below it.
    pub fn new(sides: Sides<'_>, hidden: &HiddenNodes, together: &FxHashSet<TeamId>) -> Self {
        let map = ComparedMap::new(sides, hidden, MapScope::Everything);
        let owners = |side: usize| -> Vec<Option<(Cluster, Cluster)>> {
            let snapshot = sides.both()[side];
            let of = |thing: Thing| {
                let own = cluster_of(snapshot, thing, By::Owner);
                (own, standing_for(snapshot, own, together))
            };
            map.nodes.iter().map(|node| node.things[side].map(of)).collect()
        };
        let owners = [owners(0), owners(1)];
        let mut clusters: Vec<Cluster> = owners.iter().flatten().flatten().map(|(_, at)| *at).collect();
        clusters.sort_by_cached_key(|at| (at.place(sides.after), at.place(sides.before)));
        clusters.dedup();
        let index: FxHashMap<Cluster, usize> = clusters.iter().copied().zip(0..).collect();
        let places = owners.each_ref().map(|side| -> Vec<Option<usize>> {
            side.iter().map(|of| of.map(|(_, at)| index[&at])).collect()
        });
        let mut nodes: Vec<ComparedOwner> = clusters.into_iter().map(blank).collect();
        for (side, owners) in owners.iter().enumerate() {
            for (at, of) in owners.iter().enumerate() {
                let Some((own, place)) = of else { continue };
                let node = &mut nodes[index[place]];
                node.services[side].push(map.nodes[at].service);
                if !node.parts[side].contains(own) {
                    node.parts[side].push(*own);
                }
            }
        }
        let links = links(&map, &places, &mut nodes);
        nodes.iter_mut().for_each(|node| node.compare(sides));
        Self { nodes, links, map }
    }

    /// The `nodes` owners and `links` links with most to show: what is marked, then what stands for most.
    #[must_use]
    pub fn strongest(self, nodes: usize, links: usize) -> Self {
        let mut weight = vec![0; self.nodes.len()];
        for link in &self.links {
            weight[link.from] += link.weight();
            weight[link.to] += link.weight();
        }
        let mut kept: Vec<usize> = (0..self.nodes.len()).collect();
        kept.sort_by_key(|at| (self.nodes[*at].mark.is_none(), Reverse(weight[*at]), *at));
        kept.truncate(nodes);
        kept.sort_unstable();
        let mut part = self.only(&kept);
        part.links.sort_by_key(|link| (link.mark.is_none(), Reverse(link.weight()), link.from, link.to));
        part.links.truncate(links);
        part.links.sort_by_key(|link| (link.from, link.to));
        part
    }

    /// The part that one of the plans has.
    #[must_use]
    pub fn of_side(self, side: usize) -> Self {
        let kept: Vec<usize> = (0..self.nodes.len()).filter(|at| self.nodes[*at].is_in(side)).collect();
        let mut part = self.only(&kept);
        part.links.retain(|link| !link.behind[side].is_empty());
        part
    }

    /// With these nodes, which are sorted.
    fn only(mut self, kept: &[usize]) -> Self {
        let place = |at: usize| kept.binary_search(&at).ok();
        let links = std::mem::take(&mut self.links).into_iter().filter_map(|mut link| {
            (link.from, link.to) = (place(link.from)?, place(link.to)?);
            Some(link)
        });
        let links = links.collect();
        let nodes = std::mem::take(&mut self.nodes).into_iter().enumerate();
        let nodes = nodes.filter(|(at, _)| place(*at).is_some()).map(|(_, node)| node).collect();
        Self { nodes, links, map: self.map }
    }
}

fn blank(cluster: Cluster) -> ComparedOwner {
    ComparedOwner {
        cluster,
        parts: Default::default(),
        services: Default::default(),
        inner: [0; 2],
        joined: Vec::new(),
        left: Vec::new(),
        mark: None,
    }
}

/// Combines the edges of services; those within an owner are counted there.
fn links(
    map: &ComparedMap,
    places: &[Vec<Option<usize>>; 2],
    nodes: &mut [ComparedOwner],
) -> Vec<ComparedLink> {
    let mut found: BTreeMap<(usize, usize), [Vec<usize>; 2]> = BTreeMap::new();
    for (at, edge) in map.edges.iter().enumerate() {
        for side in (0..2).filter(|side| edge.dependencies[*side].is_some()) {
            let place = |node: usize| places[side][node];
            let Some((from, to)) = place(edge.from).zip(place(edge.to)) else { continue };
            if from == to {
                nodes[from].inner[side] += 1;
            } else {
                found.entry((from, to)).or_default()[side].push(at);
            }
        }
    }
    let link = |((from, to), behind): ((usize, usize), [Vec<usize>; 2])| {
        let mark = match (behind[0].is_empty(), behind[1].is_empty()) {
            (true, _) => Some(EdgeMark::Added),
            (_, true) => Some(EdgeMark::Removed),
            _ => (behind[0] != behind[1]).then_some(EdgeMark::Changed),
        };
        ComparedLink { from, to, behind, mark }
    };
    found.into_iter().map(link).collect()
}

impl ComparedOwner {
    /// Finds out what becomes of it.
    fn compare(&mut self, sides: Sides<'_>) {
        let [had, has] = [0, 1].map(|side: usize| -> FxHashSet<PersonId> {
            let snapshot = sides.both()[side];
            let people = |team: TeamId| {
                let at = snapshot.team_ix(team).into_iter();
                at.flat_map(|at| snapshot.people_on(at)).map(|at| snapshot.person(at).id)
            };
            // A team that owns nothing in one of the plans has people in both.
            self.parts.iter().flatten().filter_map(|part| team_of(*part)).flat_map(people).collect()
        });
        let less = |of: &FxHashSet<PersonId>, other: &FxHashSet<PersonId>| {
            let mut people: Vec<PersonId> = of.difference(other).copied().collect();
            people.sort_by_cached_key(|id| {
                [sides.after, sides.before].map(|snapshot| snapshot.plan().place_of(*id).1)
            });
            people
        };
        (self.joined, self.left) = (less(&has, &had), less(&had, &has));
        let exists = sides.both().map(|snapshot| match self.cluster {
            Cluster::Owner(Owner::Team(team)) => snapshot.team_ix(team).is_some(),
            Cluster::Owner(Owner::Person(person)) => snapshot.person_ix(person).is_some(),
            _ => true,
        });
        let is_changed = self.services[0] != self.services[1] || had != has;
        self.mark = match exists {
            [false, true] => Some(NodeMark::Added),
            [true, false] => Some(NodeMark::Removed),
            _ => is_changed.then_some(NodeMark::Changed),
        };
    }
}

fn team_of(cluster: Cluster) -> Option<TeamId> {
    match cluster {
        Cluster::Owner(Owner::Team(team)) => Some(team),
        _ => None,
    }
}
