//! Selects what a diagram shows, and gives it names.

use headroom_analysis::map::{
    By, Cluster, HiddenNodes, Map, MapScope, Thing, cluster_of, distinct_clusters, fold, select,
};
use headroom_model::{DependencyId, Snapshot};

use crate::drawing::{Drawing, DrawnEdge, DrawnNode};

/// What a diagram shows.
#[derive(Debug, Clone)]
pub struct DiagramOptions {
    pub shown: MapScope,
    pub hidden: HiddenNodes,
    /// What services are grouped by; none for no groups.
    pub by: Option<By>,
    /// Whether each group is a single node, with the number of services and dependencies.
    pub is_folded: bool,
}

/// The drawing of what was chosen.
pub fn drawing(snapshot: &Snapshot, choice: &DiagramOptions) -> Drawing {
    let map = select(snapshot, &choice.hidden, choice.shown);
    match choice.by {
        Some(by) if choice.is_folded => folded(snapshot, &map, by),
        by => whole(snapshot, &map, by),
    }
}

fn whole(snapshot: &Snapshot, map: &Map, by: Option<By>) -> Drawing {
    let of = |thing: Thing| by.map(|by| cluster_of(snapshot, thing, by));
    let found: Vec<Cluster> = map.nodes.iter().filter_map(|node| of(node.thing)).collect();
    let clusters = distinct_clusters(snapshot, found);
    let nodes = map.nodes.iter().map(|node| {
        let row = snapshot.plan().services.get(node.thing.id(snapshot));
        let is_missing = matches!(node.thing, Thing::Missing(_));
        let (id, name) = row.map_or(("", ""), |row| (row.key.as_str(), row.name.as_str()));
        DrawnNode {
            id: id.to_owned(),
            label: if is_missing { format!("{name}\n(unknown)") } else { name.to_owned() },
            cluster: of(node.thing).and_then(|cluster| clusters.iter().position(|known| *known == cluster)),
            is_missing,
            mark: None,
        }
    });
    let edge = |edge: &headroom_analysis::map::Edge| DrawnEdge {
        from: edge.from,
        to: edge.to,
        label: kinds(snapshot, &edge.dependencies),
        is_implied: edge.is_implied(),
        mark: None,
    };
    Drawing {
        nodes: nodes.collect(),
        edges: map.edges.iter().map(edge).collect(),
        clusters: clusters.into_iter().map(|cluster| title(snapshot, cluster, by)).collect(),
    }
}

/// The types of an edge's dependencies, without empty ones.
pub(crate) fn kinds(snapshot: &Snapshot, dependencies: &[DependencyId]) -> String {
    let rows = dependencies.iter().filter_map(|id| snapshot.plan().dependencies.get(*id));
    let mut kinds: Vec<&str> = rows.map(|row| row.kind.as_str()).filter(|kind| !kind.is_empty()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.join(", ")
}

fn folded(snapshot: &Snapshot, map: &Map, by: By) -> Drawing {
    let folded = fold(snapshot, map, by);
    let node = |node: &headroom_analysis::map::FoldedNode| {
        let count =
            if node.things == 1 { "1 service".to_owned() } else { format!("{} services", node.things) };
        DrawnNode {
            id: id(snapshot, node.cluster),
            label: format!("{}\n{count}", title(snapshot, node.cluster, Some(by))),
            cluster: None,
            is_missing: node.cluster == Cluster::Missing,
            mark: None,
        }
    };
    let edge = |edge: &headroom_analysis::map::FoldedEdge| DrawnEdge {
        from: edge.from,
        to: edge.to,
        label: match (edge.stored, edge.implied) {
            (stored, 0) => stored.to_string(),
            (0, implied) => format!("{implied} indirect"),
            (stored, implied) => format!("{stored} + {implied} indirect"),
        },
        is_implied: edge.stored == 0,
        mark: None,
    };
    Drawing {
        nodes: folded.nodes.iter().map(node).collect(),
        edges: folded.edges.iter().map(edge).collect(),
        clusters: Vec::new(),
    }
}

pub(crate) fn title(snapshot: &Snapshot, cluster: Cluster, by: Option<By>) -> String {
    match cluster {
        Cluster::Owner(owner) => snapshot.plan().name_of(owner.into()),
        Cluster::System(system) => snapshot.plan().name_of(system.into()),
        Cluster::Without if by == Some(By::System) => "No system".to_owned(),
        Cluster::Without => "Unowned".to_owned(),
        Cluster::Missing => "Unknown services".to_owned(),
    }
}

/// An id that no other cluster has, whatever the keys.
pub(crate) fn id(snapshot: &Snapshot, cluster: Cluster) -> String {
    let of = |subject: headroom_model::EntityRef| {
        format!("{}:{}", subject.kind.noun(), snapshot.plan().key_of(subject))
    };
    match cluster {
        Cluster::Owner(owner) => of(owner.into()),
        Cluster::System(system) => of(system.into()),
        Cluster::Without => "nobody".to_owned(),
        Cluster::Missing => "missing".to_owned(),
    }
}
