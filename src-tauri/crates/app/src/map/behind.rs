//! What is behind an edge between two owners.

use headroom_analysis::{
    graph_view,
    map::{self, Cluster},
};
use headroom_model::{DependencyId, Owner, PersonId, Plan, TeamId};
use rustc_hash::FxHashSet;
use serde::Serialize;

use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id},
    error::{Answer, AppError},
    map::{
        comparison::{AgainstPart, MapChange, compared_behind},
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
pub(super) fn detail(plan: &Plan, dependencies: &[DependencyId]) -> String {
    let rows = dependencies.iter().filter_map(|id| plan.dependencies.get(*id));
    let mut words: Vec<&str> = rows
        .flat_map(|row| [row.kind.as_str(), row.criticality.as_str()])
        .filter(|word| !word.is_empty())
        .collect();
    words.dedup();
    words.join(", ")
}

/// By the names of both ends.
pub(super) fn sort(behind: &mut [BehindEdge]) {
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
