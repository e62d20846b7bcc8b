//! Draws two plans together.

use std::collections::BTreeSet;

use headroom_analysis::{
    map::{By, Cluster, HiddenNodes, Thing, cluster_of},
    map_comparison::{ComparedEdge, ComparedMap, ComparedNode, ComparedOwners, EdgeMark, NodeMark, Sides},
};
use headroom_model::{Owner, Person, Snapshot, Team};

use crate::{
    drawing::{Drawing, DrawnEdge, DrawnMark, DrawnNode},
    selection::{DiagramOptions, id, kinds, title},
};

/// The drawing of what was chosen in either of two plans, or only of what `side` has: 0 is before, 1 is after. Services
/// are grouped by owner: by that of the second plan, else by that of the first.
pub fn compared_drawing(sides: Sides<'_>, choice: &DiagramOptions, side: Option<usize>) -> Drawing {
    if choice.is_folded {
        return folded(sides, &choice.hidden, side);
    }
    let map = ComparedMap::new(sides, &choice.hidden, choice.shown);
    let map = match side {
        Some(side) => map.of_side(side),
        None => map,
    };
    let owner = |node: &ComparedNode| {
        let (snapshot, thing) = last_of(sides, node)?;
        Some(title(snapshot, cluster_of(snapshot, thing, By::Owner), Some(By::Owner)))
    };
    let mut clusters: Vec<String> = map.nodes.iter().filter_map(owner).collect();
    clusters.sort();
    clusters.dedup();
    let mut keys = BTreeSet::new();
    let node = |node: &ComparedNode| {
        let (snapshot, thing) = last_of(sides, node)?;
        let row = [sides.after, sides.before]
            .into_iter()
            .find_map(|snapshot| snapshot.plan().services.get(node.service));
        let key = row.map_or("", |row| &row.key).to_owned();
        let name = row.map_or("", |row| &row.name);
        let is_missing = matches!(thing, Thing::Missing(_));
        let label = if is_missing { format!("{name}\n(unknown)") } else { name.to_owned() };
        let cluster = title(snapshot, cluster_of(snapshot, thing, By::Owner), Some(By::Owner));
        Some(DrawnNode {
            // A service may have been deleted, and another one made with its key.
            id: if keys.insert(key.clone()) { key } else { format!("{key} (removed)") },
            label: node.mark.map_or(label.clone(), |mark| format!("{} {label}\n{}", sign(mark), word(mark))),
            cluster: clusters.binary_search(&cluster).ok(),
            is_missing,
            mark: node.mark.map(DrawnMark::from),
        })
    };
    let nodes: Vec<DrawnNode> = map.nodes.iter().filter_map(node).collect();
    Drawing { edges: map.edges.iter().map(|edge| drawn(sides, edge)).collect(), nodes, clusters }
}

/// What a node is in the second plan, else in the first.
fn last_of<'a>(sides: Sides<'a>, node: &ComparedNode) -> Option<(&'a Snapshot, Thing)> {
    let is_service = |thing: &Thing| matches!(thing, Thing::Service(_));
    let of = |side: usize| node.things[side].map(|thing| (sides.both()[side], thing));
    of(1).filter(|(_, thing)| is_service(thing)).or_else(|| of(0)).or_else(|| of(1))
}

fn drawn(sides: Sides<'_>, edge: &ComparedEdge) -> DrawnEdge {
    let side = usize::from(edge.dependencies[1].is_some());
    let stored = edge.dependencies[side].as_deref().unwrap_or_default();
    DrawnEdge {
        from: edge.from,
        to: edge.to,
        label: labelled(edge.mark, kinds(sides.both()[side], stored)),
        is_implied: stored.is_empty(),
        mark: edge.mark.map(DrawnMark::from),
    }
}

/// With the sign and the word of a mark before it.
fn labelled(mark: Option<EdgeMark>, label: String) -> String {
    let Some(mark) = mark else { return label };
    let word = match mark {
        EdgeMark::Added => "new",
        EdgeMark::Removed => "removed",
        EdgeMark::Changed => "changed",
        EdgeMark::BecomesCrossTeam => "becomes cross-team",
        EdgeMark::NoLongerCrossTeam => "no longer cross-team",
    };
    let words = format!("{} {word}", DrawnMark::from(mark).sign());
    if label.is_empty() { words } else { format!("{words}: {label}") }
}

fn folded(sides: Sides<'_>, hidden: &HiddenNodes, side: Option<usize>) -> Drawing {
    let owners = ComparedOwners::new(sides, hidden, &Default::default());
    let owners = match side {
        Some(side) => owners.of_side(side),
        None => owners,
    };
    let nodes = owners.nodes.iter().map(|node| {
        let snapshot = named_by(sides, node.cluster);
        let counts = node.services.each_ref().map(Vec::len);
        let services = if counts[0] == counts[1] { counts[1].to_string() } else { arrow(counts) };
        let noun = if counts == [1, 1] { "service" } else { "services" };
        let title = title(snapshot, node.cluster, Some(By::Owner));
        let sign = node.mark.map(|mark| format!("{} ", sign(mark))).unwrap_or_default();
        let word = node.mark.map(|mark| format!("\n{}", word(mark))).unwrap_or_default();
        DrawnNode {
            id: id(snapshot, node.cluster),
            label: format!("{sign}{title}\n{services} {noun}{word}"),
            cluster: None,
            is_missing: node.cluster == Cluster::Missing,
            mark: node.mark.map(DrawnMark::from),
        }
    });
    let is_implied = |at: &usize| {
        let edge = &owners.map.edges[*at];
        edge.dependencies.iter().flatten().all(Vec::is_empty)
    };
    let edges = owners.links.iter().map(|link| {
        let counts = link.behind.each_ref().map(Vec::len);
        let label = if counts[0] == counts[1] { counts[1].to_string() } else { arrow(counts) };
        DrawnEdge {
            from: link.from,
            to: link.to,
            label: labelled(link.mark, label),
            is_implied: link.behind.iter().flatten().all(is_implied),
            mark: link.mark.map(DrawnMark::from),
        }
    });
    Drawing { nodes: nodes.collect(), edges: edges.collect(), clusters: Vec::new() }
}

fn arrow([before, after]: [usize; 2]) -> String {
    format!("{before} → {after}")
}

/// The plan that has an owner: the second, if both have.
fn named_by<'a>(sides: Sides<'a>, cluster: Cluster) -> &'a Snapshot {
    let is_known = |snapshot: &Snapshot| match cluster {
        Cluster::Owner(Owner::Team(team)) => snapshot.plan().get::<Team>(team).is_some(),
        Cluster::Owner(Owner::Person(person)) => snapshot.plan().get::<Person>(person).is_some(),
        _ => true,
    };
    if is_known(sides.after) { sides.after } else { sides.before }
}

fn sign(mark: NodeMark) -> &'static str {
    DrawnMark::from(mark).sign()
}

fn word(mark: NodeMark) -> &'static str {
    match mark {
        NodeMark::Added => "(new)",
        NodeMark::Removed => "(removed)",
        NodeMark::Changed => "(changed)",
    }
}

impl From<NodeMark> for DrawnMark {
    fn from(mark: NodeMark) -> Self {
        match mark {
            NodeMark::Added => Self::Added,
            NodeMark::Removed => Self::Removed,
            NodeMark::Changed => Self::Changed,
        }
    }
}

impl From<EdgeMark> for DrawnMark {
    fn from(mark: EdgeMark) -> Self {
        match mark {
            EdgeMark::Added => Self::Added,
            EdgeMark::Removed => Self::Removed,
            EdgeMark::Changed | EdgeMark::BecomesCrossTeam | EdgeMark::NoLongerCrossTeam => Self::Changed,
        }
    }
}
