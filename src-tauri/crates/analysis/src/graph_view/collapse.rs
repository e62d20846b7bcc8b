//! Collapsed teams: some teams of a folded map stand for all teams below them.

use std::collections::BTreeMap;

use headroom_model::{Owner, Snapshot, TeamId};
use rustc_hash::FxHashSet;

use crate::map::{By, Cluster, Edge, Folded, FoldedEdge, Map, MapNode, cluster_of, empty_nodes};

/// A folded map in which some teams are merged with every team below them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CollapsedTeams {
    pub folded: Folded,
    /// The clusters that each node stands for, in the order of the folded map.
    pub parts: Vec<Vec<Cluster>>,
}

/// Merges the owners below each of these teams into the team. Every edge is kept, or counted as inner.
pub fn collapse(snapshot: &Snapshot, folded: &Folded, teams: &FxHashSet<TeamId>) -> CollapsedTeams {
    let places: Vec<Cluster> =
        folded.nodes.iter().map(|node| standing_for(snapshot, node.cluster, teams)).collect();
    let (mut nodes, positions) = empty_nodes(snapshot, &places);
    let mut parts = vec![Vec::new(); nodes.len()];
    for (node, at) in folded.nodes.iter().zip(&positions) {
        nodes[*at].things += node.things;
        nodes[*at].inner += node.inner;
        parts[*at].push(node.cluster);
    }
    let mut edges: BTreeMap<(usize, usize), FoldedEdge> = BTreeMap::new();
    for edge in &folded.edges {
        let (from, to) = (positions[edge.from], positions[edge.to]);
        if from == to {
            nodes[from].inner += edge.stored + edge.implied;
            continue;
        }
        let sum = edges.entry((from, to)).or_insert(FoldedEdge { from, to, stored: 0, implied: 0 });
        sum.stored += edge.stored;
        sum.implied += edge.implied;
    }
    CollapsedTeams { folded: Folded { nodes, edges: edges.into_values().collect() }, parts }
}

/// The edges of a map that an edge between two nodes of [`collapse`] stands for.
pub fn behind<'a>(
    snapshot: &'a Snapshot,
    map: &'a Map,
    (from, to): (Cluster, Cluster),
    teams: &FxHashSet<TeamId>,
) -> impl Iterator<Item = &'a Edge> {
    let place = |node: &MapNode| standing_for(snapshot, cluster_of(snapshot, node.thing, By::Owner), teams);
    let places: Vec<Cluster> = map.nodes.iter().map(place).collect();
    map.edges.iter().filter(move |edge| places[edge.from] == from && places[edge.to] == to)
}

/// The topmost of these teams above an owner, or the owner itself.
pub(crate) fn standing_for(snapshot: &Snapshot, cluster: Cluster, teams: &FxHashSet<TeamId>) -> Cluster {
    let Cluster::Owner(Owner::Team(own)) = cluster else { return cluster };
    let mut found = own;
    let mut at = snapshot.team_ix(own);
    while let Some(team) = at {
        let id = snapshot.team(team).id;
        if teams.contains(&id) {
            found = id;
        }
        at = snapshot.parent_of(team);
    }
    Cluster::Owner(Owner::Team(found))
}

/// The teams to collapse so that at most `most` nodes are left, as far as the hierarchy allows: the deepest first.
pub fn collapse_first(snapshot: &Snapshot, folded: &Folded, most: usize) -> FxHashSet<TeamId> {
    let mut by_depth: BTreeMap<usize, FxHashSet<TeamId>> = BTreeMap::new();
    for node in &folded.nodes {
        let Cluster::Owner(Owner::Team(team)) = node.cluster else { continue };
        let mut above = Vec::new();
        let mut at = snapshot.team_ix(team).and_then(|at| snapshot.parent_of(at));
        while let Some(parent) = at {
            above.push(snapshot.team(parent).id);
            at = snapshot.parent_of(parent);
        }
        for (depth, parent) in above.iter().rev().enumerate() {
            by_depth.entry(depth).or_default().insert(*parent);
        }
    }
    let mut teams = FxHashSet::default();
    for parents in by_depth.into_values().rev() {
        let places: FxHashSet<Cluster> =
            folded.nodes.iter().map(|node| standing_for(snapshot, node.cluster, &teams)).collect();
        if places.len() <= most {
            break;
        }
        teams.extend(parents);
    }
    teams
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::map::FoldedNode;
    use chrono::NaiveDate;
    use headroom_model::{Draft, Plan, Team};

    use super::*;

    /// Two teams below `mid`, which is below `top`.
    fn snapshot() -> (Snapshot, [TeamId; 4]) {
        let mut plan = Plan::default();
        let mut draft = Draft::new(&plan);
        let mut team = |key: &str, parent: Option<TeamId>| {
            let id = draft.new_id::<Team>();
            draft.put(Team { id, key: key.into(), name: key.into(), parent, ..Team::default() });
            id
        };
        let top = team("top", None);
        let mid = team("mid", Some(top));
        let ids = [top, mid, team("a", Some(mid)), team("b", Some(mid))];
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        (Arc::new(plan).as_of(NaiveDate::default()), ids)
    }

    fn folded(teams: &[TeamId]) -> Folded {
        let node =
            |team: &TeamId| FoldedNode { cluster: Cluster::Owner(Owner::Team(*team)), things: 2, inner: 1 };
        let edge = |from, to, stored| FoldedEdge { from, to, stored, implied: 1 };
        Folded { nodes: teams.iter().map(node).collect(), edges: vec![edge(0, 1, 3), edge(1, 2, 4)] }
    }

    #[test]
    fn collapse_merges_teams_and_loses_no_edge() {
        let (snapshot, [top, mid, a, b]) = snapshot();
        let flat = folded(&[top, a, b]);
        let joined = collapse(&snapshot, &flat, &FxHashSet::from_iter([mid]));
        assert_eq!(joined.folded.nodes.len(), 2);
        assert_eq!(joined.parts[0].len(), 2);
        assert_eq!(joined.folded.nodes[0].inner, 2 + 5, "what lay between a and b lies within mid");
        assert_eq!(joined.folded.edges, vec![FoldedEdge { from: 1, to: 0, stored: 3, implied: 1 }]);
        let whole = collapse(&snapshot, &flat, &FxHashSet::from_iter([mid, top]));
        assert_eq!(whole.folded.nodes.len(), 1);
        assert_eq!(whole.folded.nodes[0].things, 6);
    }

    #[test]
    fn collapse_first_folds_the_deepest_teams_first() {
        let (snapshot, [top, mid, a, b]) = snapshot();
        let flat = folded(&[top, a, b]);
        assert_eq!(collapse_first(&snapshot, &flat, 3), FxHashSet::default());
        assert_eq!(collapse_first(&snapshot, &flat, 2), FxHashSet::from_iter([mid]));
        assert_eq!(collapse_first(&snapshot, &flat, 1), FxHashSet::from_iter([mid, top]));
    }
}
