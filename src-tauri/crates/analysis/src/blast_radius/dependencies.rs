//! Dependencies that are new or gone, and those that begin or cease to cross teams.

use headroom_model::{Owner, ServiceId, ServiceIx, Snapshot};
use rustc_hash::FxHashMap;

use super::is_across;

/// What becomes of a dependency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DependencyChangeKind {
    /// It is there in both plans, and its ends have a common owner no more.
    BecomesCrossTeam,
    /// It is there in both plans, and its ends have a common owner now.
    NoLongerCrossTeam,
    Added,
    Removed,
}

/// A dependency that is touched, also where only the owners of its ends are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DependencyChange {
    pub kind: DependencyChangeKind,
    /// The dependent.
    pub service: ServiceId,
    pub depends_on: ServiceId,
    /// Whether it crosses teams where it is there last.
    pub is_cross_team: bool,
}

type Ends = (ServiceId, ServiceId);

/// The dependencies of a day, and whether each crosses teams.
fn edges(snapshot: &Snapshot) -> FxHashMap<Ends, bool> {
    let owners = |at: u32| -> &[Owner] { snapshot.owners(at as ServiceIx) };
    let id = |at: u32| snapshot.service(at as ServiceIx).id;
    let edge = |(from, to): (u32, u32)| ((id(from), id(to)), is_across(owners(from), owners(to)));
    snapshot.needs_graph().pairs().map(edge).collect()
}

pub(super) fn changes(before: &Snapshot, after: &Snapshot) -> Vec<DependencyChange> {
    use DependencyChangeKind::{Added, BecomesCrossTeam, NoLongerCrossTeam, Removed};
    let (was, is) = (edges(before), edges(after));
    let change = |(service, depends_on): Ends, kind, is_cross_team| DependencyChange {
        kind,
        service,
        depends_on,
        is_cross_team,
    };
    let mut found: Vec<DependencyChange> = is
        .iter()
        .filter_map(|(ends, is_across)| match was.get(ends) {
            None => Some(change(*ends, Added, *is_across)),
            Some(false) if *is_across => Some(change(*ends, BecomesCrossTeam, true)),
            Some(true) if !*is_across => Some(change(*ends, NoLongerCrossTeam, false)),
            Some(_) => None,
        })
        .collect();
    let gone = was.iter().filter(|(ends, _)| !is.contains_key(ends));
    found.extend(gone.map(|(ends, was_across)| change(*ends, Removed, *was_across)));
    let plan = after.plan();
    found.sort_by_cached_key(|it| (it.kind, plan.place_of(it.service), plan.place_of(it.depends_on)));
    found
}
