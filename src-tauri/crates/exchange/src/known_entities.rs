//! Finds an entity of the plan by what a file calls it.

use headroom_model::{EntityTable, Plan, folded};
use rustc_hash::FxHashMap;

/// The rows that have aliases, by key: of several with one alias the first has it.
pub(crate) fn with_aliases<'a, T: EntityTable + 'a>(rows: impl Iterator<Item = &'a T>) -> Vec<&'a T> {
    let mut rows: Vec<&T> = rows.filter(|row| !row.aliases().is_empty()).collect();
    rows.sort_unstable_by_key(|row| row.key());
    rows
}

/// Index of a plan's entities by key and alias, exact or in any case.
pub(crate) struct KnownEntities<T: EntityTable> {
    exact: FxHashMap<String, T::Id>,
    /// None if several share the name.
    folded: FxHashMap<String, Option<T::Id>>,
}

impl<T: EntityTable> KnownEntities<T> {
    pub fn new(plan: &Plan, key_space: &str) -> Self {
        let mut known = Self { exact: FxHashMap::default(), folded: FxHashMap::default() };
        let rows = T::table(plan).iter().filter(|row| row.key_space() == key_space);
        for row in rows.clone() {
            known.exact.extend(row.key().map(|key| (key.to_owned(), row.id())));
        }
        for row in with_aliases(rows) {
            for alias in row.aliases() {
                known.exact.entry(alias.clone()).or_insert_with(|| row.id());
            }
        }
        for (name, id) in &known.exact {
            let same = known.folded.entry(folded(name).into_owned()).or_insert(Some(*id));
            if *same != Some(*id) {
                *same = None;
            }
        }
        known
    }

    pub fn find(&self, name: &str) -> Option<T::Id> {
        let exact = self.exact.get(name).copied();
        exact.or_else(|| self.folded.get(&*folded(name)).copied().flatten())
    }
}
