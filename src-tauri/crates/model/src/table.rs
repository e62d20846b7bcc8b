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
        // Most insertions have the highest ID.
        match self.rows.last() {
            Some(last) if last.id().into() < id => Err(self.rows.len()),
            None => Err(0),
            _ => self.rows.binary_search_by_key(&id, |row| row.id().into()),
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
