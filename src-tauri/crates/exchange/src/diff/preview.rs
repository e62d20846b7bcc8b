//! What an import would change, as the user sees it before.

use headroom_files::{Diagnostic, Place};
use headroom_model::{Change, EntityRef, Kind};
use rustc_hash::FxHashSet;
use serde::Serialize;

/// What an import would change.
#[derive(Debug)]
pub struct Preview {
    pub changes: Vec<Change>,
    /// By kind, in the order of [`Kind::ALL`]; kinds without changes are left out.
    pub counts: Vec<KindCount>,
    pub ended: FxHashSet<EntityRef>,
    pub unresolved: Vec<Unresolved>,
    pub problems: Vec<Diagnostic>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct KindCount {
    pub kind: Kind,
    pub added: usize,
    pub changed: usize,
    pub ended: usize,
}

/// A key that is mentioned and defined nowhere. It becomes an unconfirmed stub.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unresolved {
    pub kind: Kind,
    pub key: String,
    pub mentions: usize,
    /// The first mention.
    pub place: Place,
    /// Similar keys, the most similar first.
    pub suggestions: Vec<String>,
}

/// How many entities of each kind the changes add, change and end.
pub(crate) fn counts(changes: &[Change], ended: &FxHashSet<EntityRef>) -> Vec<KindCount> {
    let mut counts: Vec<KindCount> =
        Kind::ALL.iter().map(|kind| KindCount { kind: *kind, added: 0, changed: 0, ended: 0 }).collect();
    for change in changes {
        let subject = change.subject();
        let Some(count) = counts.iter_mut().find(|count| count.kind == subject.kind) else { continue };
        *match (change.creates(), ended.contains(&subject)) {
            (true, _) => &mut count.added,
            (_, true) => &mut count.ended,
            _ => &mut count.changed,
        } += 1;
    }
    counts.retain(|count| count.added + count.changed + count.ended > 0);
    counts
}
