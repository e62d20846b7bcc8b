//! Keys that were told apart by an amount alone, and what names entities by their keys.

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

use crate::entity::Kind;

/// The kind of an entity and the space in which its key is unique.
type Space = (Kind, &'static str);

/// The keys of the copy, each taken once.
#[derive(Default)]
pub struct CopyKeys {
    taken: FxHashSet<(Space, String)>,
    /// What a key that named an amount is called in the copy.
    renamed: FxHashMap<(Space, String), String>,
}

impl CopyKeys {
    /// The key of an entity in the copy: what is left of it, with a number when that is taken.
    pub fn own(&mut self, space: Space, (before, left): (&str, &str), number: u32) -> String {
        let others = (number..).map(|number| format!("{left}-{number}"));
        let mut free = std::iter::once(left.to_owned()).chain(others);
        let own = free.find(|key| !self.taken.contains(&(space, key.clone()))).unwrap_or_default();
        self.taken.insert((space, own.clone()));
        if own != before {
            self.renamed.insert((space, before.to_owned()), own.clone());
        }
        own
    }

    /// Has the seats of an approval name positions and teams as these are called in the copy, also those that are
    /// gone from the plan.
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
                    None => self.own(space, (key, rest), 2),
                };
                left[field] = own.into();
            }
        }
    }
}
