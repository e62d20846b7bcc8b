//! Matching of services to hires with limited room, by augmenting paths.

use std::cmp::Reverse;

use rustc_hash::FxHashSet;

/// Most moves tried to place one service; small plans are searched completely.
const STEPS: u32 = 5_000;

/// A service that needs a hire.
#[derive(Debug, Clone)]
pub struct MatchItem {
    /// Load in tenths of a point.
    pub weight: u32,
    /// Hires who could take it, best first.
    pub fitting: Vec<usize>,
}

/// Services matched to hires with limited room.
///
/// Services are placed one after the other. If no hire has room for the next, one gives up as little as makes room,
/// and that is placed in the same way with hires not asked yet. Either everything finds a place or nothing moves, so
/// what was placed before stays placed. If moving finds nothing, all are placed again together, which is exact as
/// long as there are few.
#[derive(Debug)]
pub struct Matching {
    items: Vec<MatchItem>,
    /// Services of each hire.
    taken: Vec<Vec<usize>>,
    /// Pairs of service and hire that never move.
    pinned: FxHashSet<(usize, usize)>,
    /// Load limit of a hire, in tenths of a point.
    limit: u32,
    steps: u32,
}

impl Matching {
    pub fn new(items: Vec<MatchItem>, hires: usize, limit: u32) -> Self {
        Self { items, taken: vec![Vec::new(); hires], pinned: FxHashSet::default(), limit, steps: 0 }
    }

    /// Assigns an item to a hire for good.
    pub fn pin(&mut self, item: usize, hire: usize) {
        if self.pinned.insert((item, hire)) {
            self.taken[hire].push(item);
        }
    }

    /// Items of a hire.
    pub fn taken(&self, hire: usize) -> &[usize] {
        &self.taken[hire]
    }

    /// Number of hires who have an item.
    pub fn count(&self, item: usize) -> usize {
        self.taken.iter().filter(|taken| taken.contains(&item)).count()
    }

    /// Assigns an item to a hire with room for it; whether there was one.
    pub fn give(&mut self, item: usize) -> bool {
        let has_room =
            |hire: &&usize| !self.taken[**hire].contains(&item) && self.has_room(item, **hire, &[]);
        let Some(hire) = self.items[item].fitting.iter().find(has_room).copied() else { return false };
        self.taken[hire].push(item);
        true
    }

    /// Assigns an item to a hire, moving others if needed; whether that succeeded.
    pub fn place(&mut self, item: usize) -> bool {
        // Everyone who could take it has it already, however the others are moved.
        if self.items[item].fitting.iter().all(|hire| self.taken[*hire].contains(&item)) {
            return false;
        }
        self.steps = STEPS;
        self.give(item)
            || self.place_moving_others(vec![item], &mut FxHashSet::default())
            || self.place_from_scratch(item)
    }

    /// Places an item and all placed before from scratch; changes nothing if that fails.
    fn place_from_scratch(&mut self, item: usize) -> bool {
        let before = self.taken.clone();
        let mut all = vec![item];
        for (hire, taken) in self.taken.iter_mut().enumerate() {
            all.extend(taken.extract_if(.., |taken| !self.pinned.contains(&(*taken, hire))));
        }
        // The heaviest fit in the fewest places.
        all.sort_by_key(|item| Reverse(self.items[*item].weight));
        self.steps = STEPS;
        let is_placed = self.place_all(&all);
        if !is_placed {
            self.taken = before;
        }
        is_placed
    }

    fn place_all(&mut self, items: &[usize]) -> bool {
        let Some((item, rest)) = items.split_first() else { return true };
        for hire in self.items[*item].fitting.clone() {
            if self.steps == 0 {
                return false;
            }
            self.steps -= 1;
            if self.taken[hire].contains(item) || !self.has_room(*item, hire, &[]) {
                continue;
            }
            self.taken[hire].push(*item);
            if self.place_all(rest) {
                return true;
            }
            self.taken[hire].pop();
        }
        false
    }

    /// Whether a hire has room for an item once `without` is given up. A hire with nothing can take anything.
    fn has_room(&self, item: usize, hire: usize, without: &[usize]) -> bool {
        let left = || self.taken[hire].iter().filter(|taken| !without.contains(taken));
        let used: u32 = left().map(|taken| self.items[*taken].weight).sum();
        left().next().is_none() || used + self.items[item].weight <= self.limit
    }

    /// Places each of these without asking any hire twice to make room; changes nothing if that fails.
    fn place_moving_others(&mut self, mut displaced: Vec<usize>, asked: &mut FxHashSet<usize>) -> bool {
        let Some(item) = displaced.pop() else { return true };
        for hire in self.items[item].fitting.clone() {
            if self.steps == 0 {
                return false;
            }
            self.steps -= 1;
            if self.taken[hire].contains(&item) {
                continue;
            }
            let mut ways = self.ways_to_make_room(item, hire);
            ways.retain(|given_up| given_up.is_empty() || !asked.contains(&hire));
            for given_up in ways {
                let before = self.taken[hire].clone();
                self.taken[hire].retain(|taken| !given_up.contains(taken));
                self.taken[hire].push(item);
                let is_asked = !given_up.is_empty() && asked.insert(hire);
                let rest = [displaced.as_slice(), &given_up].concat();
                if self.place_moving_others(rest, asked) {
                    return true;
                }
                if is_asked {
                    asked.remove(&hire);
                }
                self.taken[hire] = before;
            }
        }
        false
    }

    /// Minimal sets a hire can give up for an item: nothing, one, two, or everything.
    fn ways_to_make_room(&self, item: usize, hire: usize) -> Vec<Vec<usize>> {
        if self.has_room(item, hire, &[]) {
            return vec![Vec::new()];
        }
        let movable: Vec<usize> =
            self.taken[hire].iter().copied().filter(|taken| !self.pinned.contains(&(*taken, hire))).collect();
        let mut ways: Vec<Vec<usize>> = Vec::new();
        let mut try_way = |way: Vec<usize>| {
            let is_least = !ways.iter().any(|other| other.iter().all(|given| way.contains(given)));
            if is_least && self.has_room(item, hire, &way) {
                ways.push(way);
            }
        };
        // Items taken last are given up first.
        movable.iter().rev().for_each(|one| try_way(vec![*one]));
        for (at, one) in movable.iter().enumerate().rev() {
            movable[..at].iter().rev().for_each(|other| try_way(vec![*one, *other]));
        }
        try_way(movable);
        ways
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Which of these items are placed, the most urgent first: as found, and at best.
    fn found(items: &[MatchItem], hires: usize, limit: u32) -> Vec<bool> {
        let mut matching = Matching::new(items.to_vec(), hires, limit);
        (0..items.len()).map(|item| matching.place(item)).collect()
    }

    fn best(items: &[MatchItem], hires: usize, limit: u32) -> Vec<bool> {
        let choices = hires + 1;
        let is_possible = |placed: &[usize]| {
            let fits = |(item, hire): (usize, &usize)| *hire == hires || items[item].fitting.contains(hire);
            let load = |hire: usize| {
                let own = placed.iter().zip(items).filter(move |(of, _)| **of == hire);
                (own.clone().count(), own.map(|(_, item)| item.weight).sum::<u32>())
            };
            placed.iter().enumerate().all(fits)
                && (0..hires).all(|hire| load(hire).0 <= 1 || load(hire).1 <= limit)
        };
        let of_code = |mut code: usize| {
            let mut next = || {
                let hire = code % choices;
                code /= choices;
                hire
            };
            (0..items.len()).map(|_| next()).collect::<Vec<usize>>()
        };
        let all = (0..choices.pow(items.len() as u32)).map(of_code).filter(|placed| is_possible(placed));
        all.map(|placed| placed.iter().map(|hire| *hire < hires).collect()).max().unwrap_or_default()
    }

    fn items() -> impl Strategy<Value = (Vec<MatchItem>, usize)> {
        (1usize..4).prop_flat_map(|hires| {
            let fitting = prop::collection::btree_set(0..hires, 0..=hires);
            let item = (1u32..5, fitting).prop_map(|(weight, of)| MatchItem {
                weight: weight * 10,
                fitting: of.into_iter().collect(),
            });
            (prop::collection::vec(item, 1..6), Just(hires))
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1500))]
        #[test]
        fn matching_is_optimal_by_priority((items, hires) in items(), limit in 5u32..80) {
            prop_assert_eq!(found(&items, hires, limit), best(&items, hires, limit));
        }
    }
}
