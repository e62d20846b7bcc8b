use std::collections::VecDeque;

use headroom_model::grouped::Grouped;
use rustc_hash::{FxHashMap, FxHashSet};

/// A shortest path from `start` to the nearest other node that is wanted, both included, along edges that may be
/// taken.
pub fn nearest(
    forward: &Grouped,
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

/// Every other node that can be reached from `start` along edges that may be taken.
pub fn reached(forward: &Grouped, start: u32, may_take: impl Fn(u32, u32) -> bool) -> Vec<u32> {
    let mut seen = FxHashSet::from_iter([start]);
    let (mut open, mut found) = (vec![start], Vec::new());
    while let Some(at) = open.pop() {
        for next in forward.of(at as usize).iter().copied() {
            if may_take(at, next) && seen.insert(next) {
                found.push(next);
                open.push(next);
            }
        }
    }
    found
}
