//! The rows of one kind of entity, found by ID.

use std::{any::Any, fmt, sync::Arc};

use crate::{derived::Derived, entity::Entity, late_rows::LateRows};

/// All entities of one kind, in the order of their IDs. Clones share their rows until one is altered, so that a copy
/// of a plan for a what-if costs next to nothing.
#[derive(Clone)]
pub struct Table<T> {
    rows: LateRows<Rows<T>>,
    derived: Derived,
}

#[derive(Debug)]
struct Rows<T> {
    rows: Arc<Vec<T>>,
    runs: Arc<Vec<Run>>,
}

/// Rows with consecutive IDs: what one operation has made stands side by side, so that a plan has few of them and an
/// ID is found without looking at rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    first: u64,
    /// The row of the first ID.
    row: usize,
}

impl<T> Clone for Rows<T> {
    fn clone(&self) -> Self {
        Self { rows: self.rows.clone(), runs: self.runs.clone() }
    }
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self { rows: Arc::default(), runs: Arc::default() }
    }
}

impl<T: Entity> Rows<T> {
    fn from_sorted(rows: Vec<T>) -> Self {
        debug_assert!(rows.is_sorted_by_key(|row| row.id().into()));
        let mut runs: Vec<Run> = Vec::new();
        let mut next = None;
        for (row, entity) in rows.iter().enumerate() {
            let id: u64 = entity.id().into();
            if next != Some(id) {
                runs.push(Run { first: id, row });
            }
            next = id.checked_add(1);
        }
        Self { rows: Arc::new(rows), runs: Arc::new(runs) }
    }
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { rows: LateRows::default(), derived: Derived::default() }
    }
}

impl<T: fmt::Debug> fmt::Debug for Table<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.rows.get().rows.iter()).finish()
    }
}

impl<T: PartialEq> PartialEq for Table<T> {
    fn eq(&self, other: &Self) -> bool {
        if self.rows.is_shared_with(&other.rows) {
            return true;
        }
        let (own, others) = (&self.rows.get().rows, &other.rows.get().rows);
        Arc::ptr_eq(own, others) || own == others
    }
}

impl<T: Entity> Table<T> {
    /// A table from rows that are sorted by ID.
    pub fn from_sorted(rows: Vec<T>) -> Self {
        Self { rows: LateRows::there(Rows::from_sorted(rows)), derived: Derived::default() }
    }

    /// A table whose rows are asked for when somebody looks at one; `read` gives them sorted by ID.
    pub fn read_later(read: impl FnOnce() -> Vec<T> + Send + 'static) -> Self {
        Self { rows: LateRows::later(|| Rows::from_sorted(read())), derived: Derived::default() }
    }

    /// Whether a look at its rows waits for nobody: see [`Table::read_later`].
    pub fn is_there(&self) -> bool {
        self.rows.are_there()
    }

    /// What `make` works out of the rows: once, for all clones with the same rows.
    pub fn derived<D: Any + Send + Sync>(&self, make: impl FnOnce(&[T]) -> D) -> Arc<D> {
        self.derived.get(|| make(self.rows()))
    }

    pub fn len(&self) -> usize {
        self.rows.get().rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.get().rows.is_empty()
    }

    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.rows.get().rows.iter()
    }

    pub fn rows(&self) -> &[T] {
        &self.rows.get().rows
    }

    pub fn get(&self, id: T::Id) -> Option<&T> {
        self.get_raw(id.into())
    }

    /// The index of the row with this ID.
    pub fn row_of(&self, id: T::Id) -> Option<usize> {
        self.position(id.into()).ok()
    }

    pub(crate) fn get_raw(&self, id: u64) -> Option<&T> {
        self.position(id).ok().and_then(|at| self.rows.get().rows.get(at))
    }

    pub(crate) fn reserve(&mut self, more: usize) {
        self.rows_mut().reserve(more);
    }

    /// Inserts, replaces or removes a row.
    pub(crate) fn set(&mut self, id: u64, row: Option<T>) {
        self.derived.forget();
        match (self.position(id), row) {
            (Ok(at), Some(row)) => self.rows_mut()[at] = row,
            (Ok(at), None) => {
                self.rows_mut().remove(at);
                self.split_runs(id, at);
            }
            (Err(at), Some(row)) => {
                self.rows_mut().insert(at, row);
                self.join_runs(id, at);
            }
            (Err(_), None) => {}
        }
    }

    fn rows_mut(&mut self) -> &mut Vec<T> {
        Arc::make_mut(&mut self.rows.get_mut().rows)
    }

    /// The row of an ID, or where it would be.
    fn position(&self, id: u64) -> Result<usize, usize> {
        let Rows { rows, runs } = self.rows.get();
        let after = runs.partition_point(|run| run.first <= id);
        let Some(run) = after.checked_sub(1).and_then(|at| runs.get(at)) else { return Err(0) };
        let end = runs.get(after).map_or(rows.len(), |next| next.row);
        match usize::try_from(id - run.first) {
            Ok(offset) if offset < end - run.row => Ok(run.row + offset),
            _ => Err(end),
        }
    }

    /// After a row was inserted.
    fn join_runs(&mut self, id: u64, row: usize) {
        let runs = Arc::make_mut(&mut self.rows.get_mut().runs);
        let after = runs.partition_point(|run| run.first <= id);
        runs[after..].iter_mut().for_each(|run| run.row += 1);
        // The ID was free, so the run before ends in front of this row.
        let goes_on =
            after.checked_sub(1).is_some_and(|at| id - runs[at].first == (row - runs[at].row) as u64);
        let meets = runs.get(after).is_some_and(|run| run.first - 1 == id);
        match (goes_on, meets) {
            (true, true) => drop(runs.remove(after)),
            (true, false) => {}
            (false, true) => runs[after] = Run { first: id, row },
            (false, false) => runs.insert(after, Run { first: id, row }),
        }
    }

    /// After a row was removed.
    fn split_runs(&mut self, id: u64, row: usize) {
        let all = self.rows.get_mut();
        let (rows, runs) = (all.rows.len(), Arc::make_mut(&mut all.runs));
        let after = runs.partition_point(|run| run.first <= id);
        runs[after..].iter_mut().for_each(|run| run.row -= 1);
        let end = runs.get(after).map_or(rows, |next| next.row);
        let rest = Run { first: id + 1, row };
        let Some(at) = after.checked_sub(1) else { return };
        match (runs[at].row == row, row < end) {
            (true, true) => runs[at] = rest,
            (true, false) => drop(runs.remove(at)),
            (false, true) => runs.insert(after, rest),
            (false, false) => {}
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
    use std::sync::atomic::{AtomicUsize, Ordering};

    use proptest::prelude::*;

    use super::*;
    use crate::{Holiday, HolidayId};

    fn ids(table: &Table<Holiday>) -> Vec<u64> {
        table.iter().map(|row| row.id.0).collect()
    }

    proptest! {
        #[test]
        fn rows_are_found_whatever_the_gaps_between_their_ids(
            first in prop::collection::btree_set(0u64..40, 0..20),
            steps in prop::collection::vec((0u64..45, any::<bool>()), 0..40),
        ) {
            let row = |id: u64| Holiday { id: HolidayId(id), ..Holiday::default() };
            let mut table = Table::from_sorted(first.iter().copied().map(row).collect());
            let mut expected = first;
            for (id, is_there) in steps {
                table.set(id, is_there.then(|| row(id)));
                if is_there { expected.insert(id) } else { expected.remove(&id) };
                prop_assert_eq!(ids(&table), expected.iter().copied().collect::<Vec<u64>>());
                for id in 0..45 {
                    let at = expected.iter().position(|other| *other == id);
                    prop_assert_eq!(table.row_of(HolidayId(id)), at);
                }
                prop_assert_eq!(&table.rows.get().runs, &Rows::from_sorted(table.rows().to_vec()).runs);
            }
        }
    }

    #[test]
    fn rows_are_read_when_they_are_asked_for() {
        let reads = Arc::new(AtomicUsize::new(0));
        let count = reads.clone();
        let mut table = Table::read_later(move || {
            count.fetch_add(1, Ordering::Relaxed);
            vec![Holiday { id: HolidayId(7), ..Holiday::default() }]
        });
        let former = table.clone();
        assert_eq!((reads.load(Ordering::Relaxed), table == former), (0, true));
        table.set(8, Some(Holiday { id: HolidayId(8), ..Holiday::default() }));
        assert_eq!((ids(&table), ids(&former), reads.load(Ordering::Relaxed)), (vec![7, 8], vec![7], 1));
    }

    #[test]
    fn what_is_worked_out_of_rows_goes_with_them() {
        let mut table = Table::from_sorted(vec![Holiday { id: HolidayId(7), ..Holiday::default() }]);
        let (former, count) = (table.clone(), |table: &Table<Holiday>| *table.derived(<[Holiday]>::len));
        assert_eq!((count(&table), *former.derived(|_| 5_usize)), (1, 1), "once for both");
        table.set(8, Some(Holiday { id: HolidayId(8), ..Holiday::default() }));
        assert_eq!((count(&table), count(&former)), (2, 1));
    }
}
