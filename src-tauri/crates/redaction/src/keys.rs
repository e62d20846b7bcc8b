//! Keys of the copy. Keys that differed only by an amount stay distinct, and references by key follow.

use headroom_model::Kind;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

/// A kind of entity, and the key space within it.
type Space = (Kind, &'static str);

/// The keys of the copy.
#[derive(Default)]
pub struct CopyKeys {
    taken: FxHashSet<(Space, String)>,
    /// New keys of entities whose key had an amount in it.
    renamed: FxHashMap<(Space, String), String>,
}

impl CopyKeys {
    /// The key of an entity in the copy: what is left of it, with a number if that is taken.
    pub fn own(&mut self, space: Space, (before, left): (&str, &str)) -> String {
        let others = (2..).map(|number| format!("{left}-{number}"));
        let mut free = std::iter::once(left.to_owned()).chain(others);
        let own = free.find(|key| !self.taken.contains(&(space, key.clone()))).unwrap_or_default();
        self.taken.insert((space, own.clone()));
        if own != before {
            self.renamed.insert((space, before.to_owned()), own.clone());
        }
        own
    }

    /// Updates the keys of positions and teams in a baseline, including those that are no longer in the plan.
    pub fn follow_in_positions(&mut self, before: &Value, left: &mut Value) {
        let positions_before = before["seats"].as_array().into_iter().flatten();
        let seats = left["seats"].as_array_mut().into_iter().flatten();
        for (before, left) in positions_before.zip(seats) {
            for (field, kind) in [("position", Kind::Position), ("team", Kind::Team)] {
                let (Some(key), Some(rest)) = (before[field].as_str(), left[field].as_str()) else {
                    continue;
                };
                let space = (kind, "");
                let own = match self.renamed.get(&(space, key.to_owned())) {
                    Some(own) => own.clone(),
                    None if key == rest => continue,
                    None => self.own(space, (key, rest)),
                };
                left[field] = own.into();
            }
        }
    }
}
