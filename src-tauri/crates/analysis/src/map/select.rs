//! Selections: which services and broken dependencies a map shows.

use headroom_model::{ServiceId, ServiceIx, Snapshot};
use rustc_hash::FxHashSet;

use super::{
    Edge, HiddenNodes, Inside, Map, MapNode, Thing,
    walk::{Walk, Way},
};

/// What a map shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MapScope {
    Everything,
    /// A service with its dependents up to `up` steps away and its dependencies up to `down` steps away.
    Around {
        service: ServiceId,
        up: usize,
        down: usize,
    },
    Inside {
        of: Inside,
        with_neighbours: bool,
    },
}

/// The map of a scope; empty around a service that does not exist on the day.
pub fn select(snapshot: &Snapshot, hidden: &HiddenNodes, scope: MapScope) -> Map {
    match scope {
        MapScope::Everything => everything(snapshot, hidden),
        MapScope::Around { service, up, down } => match snapshot.service_ix(service) {
            Some(at) => neighbourhood(snapshot, hidden, at, up, down),
            None => Map::default(),
        },
        MapScope::Inside { of, with_neighbours } => inside(snapshot, hidden, of, with_neighbours),
    }
}

/// The edges between these things, as [`select`] gives them; the ends are indexes into `things`.
pub(crate) fn edges_between(
    snapshot: &Snapshot,
    hidden: &HiddenNodes,
    scope: MapScope,
    things: &[Thing],
) -> Vec<Edge> {
    let shown = match scope {
        MapScope::Around { service, .. } => snapshot.service_ix(service),
        MapScope::Everything | MapScope::Inside { .. } => None,
    };
    Walk::new(snapshot, hidden, shown).edges(things)
}

/// Every service that exists on the day, and the targets of broken dependencies.
pub fn everything(snapshot: &Snapshot, hidden: &HiddenNodes) -> Map {
    let walk = Walk::new(snapshot, hidden, None);
    let services = walk.shown().map(Thing::Service);
    let missing: FxHashSet<Thing> = match hidden.missing {
        true => FxHashSet::default(),
        // The broken dependencies of a hidden service are shown if a shown one leads to it.
        false => walk.shown().flat_map(|at| walk.step(at, Way::Down)).filter(is_missing).collect(),
    };
    finish(&walk, services.chain(missing).collect(), |_| false)
}

fn is_missing(thing: &Thing) -> bool {
    matches!(thing, Thing::Missing(_))
}

/// A service with its dependents up to `up` steps away and its dependencies up to `down` steps away. A step may lead
/// through any number of hidden services. The service itself is always shown.
pub fn neighbourhood(
    snapshot: &Snapshot,
    hidden: &HiddenNodes,
    service: ServiceIx,
    up: usize,
    down: usize,
) -> Map {
    let walk = Walk::new(snapshot, hidden, Some(service));
    let mut things = reached(&walk, service, Way::Up, up);
    things.extend(reached(&walk, service, Way::Down, down));
    finish(&walk, things.into_iter().collect(), |_| false)
}

fn reached(walk: &Walk<'_>, start: ServiceIx, way: Way, steps: usize) -> FxHashSet<Thing> {
    let mut found = FxHashSet::from_iter([Thing::Service(start)]);
    let mut last = vec![start];
    for _ in 0..steps {
        let mut next = Vec::new();
        for at in last {
            for thing in walk.step(at, way) {
                if let (true, Thing::Service(at)) = (found.insert(thing), thing) {
                    next.push(at);
                }
            }
        }
        if next.is_empty() {
            break;
        }
        last = next;
    }
    found
}

/// The services of a team, person, system or domain. With `neighbours`, also their direct dependencies and dependents
/// outside. The targets of broken dependencies of services inside count as neighbours.
pub fn inside(snapshot: &Snapshot, hidden: &HiddenNodes, of: Inside, neighbours: bool) -> Map {
    let walk = Walk::new(snapshot, hidden, None);
    let own: FxHashSet<Thing> =
        of.services(snapshot).into_iter().filter(|at| walk.is_shown(*at)).map(Thing::Service).collect();
    let mut things = own.clone();
    for thing in &own {
        let Thing::Service(at) = *thing else { continue };
        let down = walk.step(at, Way::Down);
        things.extend(down.into_iter().filter(|next| neighbours || is_missing(next)));
        if neighbours {
            things.extend(walk.step(at, Way::Up));
        }
    }
    finish(&walk, things.into_iter().collect(), |thing| !own.contains(&thing))
}

/// Makes the map of these things.
fn finish(walk: &Walk<'_>, mut things: Vec<Thing>, is_neighbour: impl Fn(Thing) -> bool) -> Map {
    things.sort_unstable_by_key(|thing| thing.place(walk.snapshot));
    let edges = walk.edges(&things);
    let node = |thing: Thing| MapNode { thing, is_neighbour: is_neighbour(thing) };
    Map { nodes: things.into_iter().map(node).collect(), edges }
}
