use std::sync::Arc;

use crate::entity::Entity;

/// All entities of one kind, in the order of their IDs, which is the order of creation. Clones share their rows until
/// one is altered, so that a copy of a plan for a what-if costs next to nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Table<T> {
    rows: Arc<Vec<T>>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { rows: Arc::default() }
    }
}

impl<T: Entity> Table<T> {
    /// A table from rows that are sorted by ID.
    pub fn from_sorted(rows: Vec<T>) -> Self {
        debug_assert!(rows.is_sorted_by_key(|row| row.id().into()));
        Self { rows: Arc::new(rows) }
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.rows.iter()
    }

    pub fn rows(&self) -> &[T] {
        &self.rows
    }

    pub fn get(&self, id: T::Id) -> Option<&T> {
        self.position(id.into()).ok().and_then(|at| self.rows.get(at))
    }

    pub(crate) fn get_raw(&self, id: u32) -> Option<&T> {
        self.position(id).ok().and_then(|at| self.rows.get(at))
    }

    /// Inserts, replaces or removes a row.
    pub(crate) fn set(&mut self, id: u32, row: Option<T>) {
        match (self.position(id), row) {
            (Ok(at), Some(row)) => Arc::make_mut(&mut self.rows)[at] = row,
            (Ok(at), None) => drop(Arc::make_mut(&mut self.rows).remove(at)),
            (Err(at), Some(row)) => Arc::make_mut(&mut self.rows).insert(at, row),
            (Err(_), None) => {}
        }
    }

    fn position(&self, id: u32) -> Result<usize, usize> {
        let (Some(first), Some(last)) = (self.rows.first(), self.rows.last()) else { return Err(0) };
        // Most insertions have the highest ID.
        if last.id().into() < id {
            return Err(self.rows.len());
        }
        // Rows that an import creates have IDs without gaps. With gaps a row stands before that place.
        let guess = id.saturating_sub(first.id().into()) as usize;
        match self.rows.get(guess) {
            Some(row) if row.id().into() == id => Ok(guess),
            _ => {
                let before = &self.rows[..self.rows.len().min(guess + 1)];
                before.binary_search_by_key(&id, |row| row.id().into())
            }
        }
    }
}

impl<'a, T: Entity> IntoIterator for &'a Table<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Holiday, HolidayId};

    proptest! {
        #[test]
        fn rows_are_found_whatever_the_gaps_between_their_ids(
            ids in prop::collection::btree_set(0u32..40, 0..20), id in 0u32..45,
        ) {
            let row = |id: u32| Holiday { id: HolidayId(id), ..Holiday::default() };
            let mut table = Table::from_sorted(ids.iter().copied().map(row).collect());
            prop_assert_eq!(table.get(HolidayId(id)).map(|row| row.id.0), ids.get(&id).copied());
            table.set(id, Some(row(id)));
            let mut expected = ids.clone();
            expected.insert(id);
            let all = |table: &Table<Holiday>| table.iter().map(|row| row.id.0).collect::<Vec<u32>>();
            prop_assert_eq!(all(&table), expected.iter().copied().collect::<Vec<u32>>());
            table.set(id, None);
            expected.remove(&id);
            prop_assert_eq!(all(&table), expected.into_iter().collect::<Vec<u32>>());
        }
    }
}
