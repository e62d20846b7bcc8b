//! What is behind an edge between two owners.

use headroom_analysis::{
    graph_view,
    map::{self, Cluster, HiddenNodes},
    map_comparison::{ComparedLink, ComparedOwners, EdgeMark, Sides},
};
use headroom_model::{DependencyId, Owner, PersonId, Plan, TeamId};
use rustc_hash::FxHashSet;
use serde::Serialize;

use crate::{
    against_plan::AgainstPlan,
    at::At,
    entities::{entity::NamedEntity, id::Id},
    error::{Answer, AppError},
    map::{
        comparison::{AgainstPart, MapChange, MapMark},
        filter::MapFilter,
    },
    state::AppState,
};

/// A dependency behind an edge between owners.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct BehindEdge {
    pub from: NamedEntity,
    pub to: NamedEntity,
    /// Type and criticality, if known.
    pub detail: String,
    /// It leads through hidden services.
    pub is_implied: bool,
    /// What becomes of it, on a map of a scenario against the plan.
    pub change: Option<MapChange>,
}

/// The dependencies between two owners, given by the keys of their nodes: `team:3`, `person:7`, `nobody`, `missing`.
/// `together` are the collapsed teams.
#[specta::specta]
pub fn map_edge(
    app: &AppState,
    from: String,
    to: String,
    hide: MapFilter,
    together: Vec<Id>,
    against: Option<AgainstPart>,
    at: At,
) -> Answer<Vec<BehindEdge>> {
    let ends = cluster(&from).zip(cluster(&to)).ok_or_else(|| AppError::not_found("this dependency"))?;
    let together: FxHashSet<TeamId> = together.into_iter().map(TeamId::from).collect();
    if let Some(part) = against {
        return compared_behind(app, ends, &hide.into(), &together, part, at);
    }
    let view = app.day(at)?;
    let (snapshot, plan) = (&view.snapshot, view.snapshot.plan());
    let map = map::everything(snapshot, &hide.into());
    let named = |at: usize| NamedEntity::new(plan, map.nodes[at].thing.id(snapshot));
    let mut behind: Vec<BehindEdge> = graph_view::behind(snapshot, &map, ends, &together)
        .map(|edge| BehindEdge {
            from: named(edge.from),
            to: named(edge.to),
            detail: detail(plan, &edge.dependencies),
            is_implied: edge.is_implied(),
            change: None,
        })
        .collect();
    sort(&mut behind);
    Ok(behind)
}

/// Types and criticality of stored dependencies, as far as known.
fn detail(plan: &Plan, dependencies: &[DependencyId]) -> String {
    let rows = dependencies.iter().filter_map(|id| plan.dependencies.get(*id));
    let mut words: Vec<&str> = rows
        .flat_map(|row| [row.kind.as_str(), row.criticality.as_str()])
        .filter(|word| !word.is_empty())
        .collect();
    words.dedup();
    words.join(", ")
}

/// By the names of both ends.
fn sort(behind: &mut [BehindEdge]) {
    behind.sort_by(|a, b| {
        (a.from.name.to_lowercase(), &a.to.name).cmp(&(b.from.name.to_lowercase(), &b.to.name))
    });
}

fn cluster(key: &str) -> Option<Cluster> {
    match key.split_once(':') {
        Some(("team", id)) => Some(Cluster::Owner(Owner::Team(TeamId(id.parse().ok()?)))),
        Some(("person", id)) => Some(Cluster::Owner(Owner::Person(PersonId(id.parse().ok()?)))),
        None if key == "nobody" => Some(Cluster::Without),
        None if key == "missing" => Some(Cluster::Missing),
        _ => None,
    }
}

/// The dependencies between two owners in either plan, or in the one that is shown alone.
fn compared_behind(
    app: &AppState,
    (from, to): (Cluster, Cluster),
    hidden: &HiddenNodes,
    together: &FxHashSet<TeamId>,
    part: AgainstPart,
    at: At,
) -> Answer<Vec<BehindEdge>> {
    let against = AgainstPlan::shown(app, at)?;
    let snapshots = [&against.before, &against.after].map(|plan| plan.as_of(against.day));
    let sides = Sides { before: &snapshots[0], after: &snapshots[1] };
    let found = ComparedOwners::new(sides, hidden, together);
    let place = |cluster| found.nodes.iter().position(|node| node.cluster == cluster);
    let ends = place(from).zip(place(to));
    let Some(link) = found.links.iter().find(|link| Some((link.from, link.to)) == ends) else {
        return Ok(Vec::new());
    };
    let mut edges: Vec<usize> = match part.side() {
        Some(side) => link.behind[side].clone(),
        None => link.behind.iter().flatten().copied().collect(),
    };
    edges.sort_unstable();
    edges.dedup();
    let plans = against.plans();
    let row = |at: usize| {
        let edge = &found.map.edges[at];
        let side = part.side().unwrap_or_else(|| usize::from(link.behind[1].contains(&at)));
        let stored = edge.dependencies[side].as_deref().unwrap_or_default();
        BehindEdge {
            from: plans.named(found.map.nodes[edge.from].service),
            to: plans.named(found.map.nodes[edge.to].service),
            detail: detail(sides.both()[side].plan(), stored),
            is_implied: stored.is_empty(),
            change: behind_change(link, edge.mark, at),
        }
    };
    let mut behind: Vec<BehindEdge> = edges.into_iter().map(row).collect();
    sort(&mut behind);
    Ok(behind)
}

/// What becomes of a dependency between two owners: where only its owners change, it comes to these two, or leaves them.
fn behind_change(link: &ComparedLink, mark: Option<EdgeMark>, at: usize) -> Option<MapChange> {
    let own = mark.map(|mark| MapChange::new(mark, Vec::new()));
    let other = |mark, words: &str| Some(MapChange::new(mark, vec![words.to_owned()]));
    own.or_else(|| match (link.behind[0].contains(&at), link.behind[1].contains(&at)) {
        (false, true) => other(MapMark::Added, "between these two"),
        (true, false) => other(MapMark::Removed, "between these two"),
        _ => None,
    })
}
