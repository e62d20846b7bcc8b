use std::cmp::Ordering;

/// Compressed sparse rows: a list of items for each group, in two flat arrays, such as the neighbours of each node of a
/// graph or the owners of each service.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Csr<T = u32> {
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T> Csr<T> {
    /// From the items of each group in turn.
    pub fn from_groups<G: IntoIterator<Item = T>>(groups: impl Iterator<Item = G>) -> Self {
        let (mut starts, mut items) = (vec![0], Vec::new());
        for group in groups {
            items.extend(group);
            starts.push(items.len() as u32);
        }
        Self { starts, items }
    }

    pub fn groups(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The number of items in all groups.
    pub fn total(&self) -> usize {
        self.items.len()
    }

    pub fn of(&self, group: usize) -> &[T] {
        &self.items[self.starts[group] as usize..self.starts[group + 1] as usize]
    }
}

impl Csr {
    /// From pairs of (group, item); each group keeps the order of its items.
    pub fn from_pairs(groups: usize, pairs: &[(u32, u32)]) -> Self {
        let mut starts = vec![0u32; groups + 1];
        for (group, _) in pairs {
            starts[*group as usize + 1] += 1;
        }
        for at in 0..groups {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut items = vec![0u32; pairs.len()];
        for (group, item) in pairs {
            let slot = &mut next[*group as usize];
            items[*slot as usize] = *item;
            *slot += 1;
        }
        Self { starts, items }
    }

    /// Sorts the items of each group by a key.
    pub fn sorted_by_key<K: Ord>(self, key: impl Fn(u32) -> K) -> Self {
        self.sorted_by(|one, other| key(one).cmp(&key(other)))
    }

    pub fn sorted_by(mut self, compare: impl Fn(u32, u32) -> Ordering) -> Self {
        for group in 0..self.groups() {
            let (start, end) = (self.starts[group] as usize, self.starts[group + 1] as usize);
            if end - start > 1 {
                self.items[start..end].sort_by(|one, other| compare(*one, *other));
            }
        }
        self
    }

    /// Each item of a group once, in ascending order.
    pub fn deduplicated(&self) -> Self {
        let (mut starts, mut items) = (vec![0], Vec::with_capacity(self.items.len()));
        let mut own = Vec::new();
        for group in 0..self.groups() {
            own.clear();
            own.extend_from_slice(self.of(group));
            own.sort_unstable();
            own.dedup();
            items.extend_from_slice(&own);
            starts.push(items.len() as u32);
        }
        Self { starts, items }
    }

    /// Swaps group and item, where both are the same: dependents from dependencies.
    pub fn transposed(&self) -> Self {
        self.inverted(self.groups())
    }

    /// The groups of each of so many items.
    pub fn inverted(&self, items: usize) -> Self {
        let pairs: Vec<(u32, u32)> = self.pairs().map(|(group, item)| (item, group)).collect();
        Self::from_pairs(items, &pairs)
    }

    pub fn pairs(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        (0..self.groups()).flat_map(|group| self.of(group).iter().map(move |item| (group as u32, *item)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_keep_order_and_transposing_twice_restores_them() {
        let grouped = Csr::from_pairs(3, &[(2, 1), (0, 2), (2, 0)]);
        assert_eq!(grouped.of(0), &[2]);
        assert_eq!(grouped.of(1), &[] as &[u32]);
        assert_eq!(grouped.of(2), &[1, 0]);
        let back = grouped.transposed().transposed();
        assert_eq!(back.of(2), &[0, 1]);
        assert_eq!(back.total(), 3);
        let twice = Csr::from_pairs(3, &[(2, 1), (0, 2), (2, 0), (2, 1)]);
        assert_eq!(twice.deduplicated(), back);
    }
}
