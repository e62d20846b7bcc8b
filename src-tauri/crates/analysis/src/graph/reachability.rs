//! Shortest paths and reachability along a part of the edges.

use std::collections::VecDeque;

use headroom_model::csr::Csr;
use rustc_hash::FxHashMap;

/// A shortest path from `start` to the nearest other node that `is_wanted` accepts, both included, along edges that
/// `may_take` accepts. Breadth-first.
pub fn nearest(
    forward: &Csr,
    start: u32,
    may_take: impl Fn(u32, u32) -> bool,
    is_wanted: impl Fn(u32) -> bool,
) -> Option<Vec<u32>> {
    let mut came_from = FxHashMap::from_iter([(start, start)]);
    let mut open = VecDeque::from([start]);
    while let Some(at) = open.pop_front() {
        for next in forward.of(at as usize).iter().copied() {
            if came_from.contains_key(&next) || !may_take(at, next) {
                continue;
            }
            came_from.insert(next, at);
            if is_wanted(next) {
                return Some(path(&came_from, start, next));
            }
            open.push_back(next);
        }
    }
    None
}

fn path(came_from: &FxHashMap<u32, u32>, start: u32, end: u32) -> Vec<u32> {
    let mut path = vec![end];
    let mut at = end;
    while at != start {
        at = came_from[&at];
        path.push(at);
    }
    path.reverse();
    path
}

/// All nodes reachable from any of the starts, these included.
pub fn reachable(forward: &Csr, starts: &[u32]) -> Vec<u32> {
    let mut is_seen = vec![false; forward.groups()];
    let mut found: Vec<u32> = Vec::new();
    found.extend(starts.iter().filter(|start| !std::mem::replace(&mut is_seen[**start as usize], true)));
    let mut next_open = 0;
    while let Some(at) = found.get(next_open).copied() {
        let unseen = |next: &&u32| !std::mem::replace(&mut is_seen[**next as usize], true);
        found.extend(forward.of(at as usize).iter().filter(unseen));
        next_open += 1;
    }
    found
}

/// Reachability from one node after another, with marks that need no clearing in between.
pub struct Reachability<'a> {
    forward: &'a Csr,
    /// The number of the search in which each node was last seen.
    seen: Vec<u32>,
    turn: u32,
}

impl<'a> Reachability<'a> {
    pub fn new(forward: &'a Csr) -> Self {
        Self { forward, seen: vec![0; forward.groups()], turn: 0 }
    }

    /// All nodes reachable from `start`, without itself, along edges that `may_take` accepts.
    pub fn from(&mut self, start: u32, may_take: impl Fn(u32, u32) -> bool) -> Vec<u32> {
        self.turn += 1;
        self.seen[start as usize] = self.turn;
        let mut found = Vec::new();
        let mut at = start;
        let mut next_open = 0;
        loop {
            for next in self.forward.of(at as usize).iter().copied() {
                if self.seen[next as usize] != self.turn && may_take(at, next) {
                    self.seen[next as usize] = self.turn;
                    found.push(next);
                }
            }
            let Some(next) = found.get(next_open) else { return found };
            at = *next;
            next_open += 1;
        }
    }
}
