//! Minimum feedback arc set: the cheapest dependencies to remove so that a cycle is gone.

use headroom_model::csr::Csr;
use rustc_hash::FxHashMap;

/// The largest cycle for which the minimum is exact. Above it is a heuristic.
const EXACT: usize = 12;
/// The largest cycle for which the order is improved by moving single members.
const IMPROVED: usize = 100;

/// A feedback arc set of the subgraph of `members` (sorted): edges whose removal leaves no cycle, at the least sum of
/// `cost`.
///
/// Exact for up to 12 members, by dynamic programming over subsets (E. Lawler, 1964). Above that, the greedy order of
/// P. Eades, X. Lin and W. Smyth (1993). For up to 100 members it is improved by moving single members, and minimal: no
/// edge can be put back, though the set is not always the cheapest.
pub fn feedback_arc_sets(forward: &Csr, members: &[u32], cost: impl Fn(u32, u32) -> u32) -> Vec<(u32, u32)> {
    let inner = Inner::new(forward, members, cost);
    let order = if members.len() <= EXACT { inner.best_order() } else { inner.heuristic_order() };
    let mut cuts = inner.backward_edges(&order);
    inner.put_back(&mut cuts);
    let mut cuts: Vec<(u32, u32)> = cuts.into_iter().map(|(from, to)| (members[from], members[to])).collect();
    cuts.sort_unstable();
    cuts
}

/// The edges among the members, by index into the list of members.
struct Inner {
    out: Vec<Vec<(usize, u64)>>,
    into: Vec<Vec<(usize, u64)>>,
}

impl Inner {
    fn new(forward: &Csr, members: &[u32], cost: impl Fn(u32, u32) -> u32) -> Self {
        let mut inner = Self { out: vec![Vec::new(); members.len()], into: vec![Vec::new(); members.len()] };
        for (from, node) in members.iter().enumerate() {
            for needed in forward.of(*node as usize) {
                if let Ok(to) = members.binary_search(needed)
                    && to != from
                {
                    let cost = u64::from(cost(*node, *needed));
                    inner.out[from].push((to, cost));
                    inner.into[to].push((from, cost));
                }
            }
        }
        inner
    }

    /// The order whose edges that lead back cost least, by dynamic programming over the set of members placed first.
    fn best_order(&self) -> Vec<usize> {
        let count = self.out.len();
        let mut best: Vec<(u64, usize)> = vec![(u64::MAX, 0); 1 << count];
        best[0] = (0, 0);
        for placed in 0..1usize << count {
            let (so_far, _) = best[placed];
            for next in (0..count).filter(|next| placed & (1 << next) == 0) {
                let back: u64 = self.out[next]
                    .iter()
                    .filter(|(to, _)| placed & (1 << to) != 0)
                    .map(|(_, cost)| cost)
                    .sum();
                let with = placed | 1 << next;
                if so_far + back < best[with].0 {
                    best[with] = (so_far + back, next);
                }
            }
        }
        let (mut order, mut placed) = (Vec::new(), (1usize << count) - 1);
        while placed != 0 {
            let last = best[placed].1;
            order.push(last);
            placed &= !(1 << last);
        }
        order.reverse();
        order
    }

    fn heuristic_order(&self) -> Vec<usize> {
        let mut order = self.greedy_order();
        if order.len() <= IMPROVED {
            while self.improve(&mut order) {}
        }
        order
    }

    /// Repeatedly takes the member whose outgoing edges outweigh the incoming ones most.
    fn greedy_order(&self) -> Vec<usize> {
        let sum = |edges: &[(usize, u64)]| edges.iter().map(|(_, cost)| *cost as i64).sum::<i64>();
        let mut lead: Vec<i64> =
            self.out.iter().zip(&self.into).map(|(out, into)| sum(out) - sum(into)).collect();
        let mut open: std::collections::BTreeSet<(i64, std::cmp::Reverse<usize>)> =
            lead.iter().enumerate().map(|(at, lead)| (*lead, std::cmp::Reverse(at))).collect();
        let mut order = Vec::with_capacity(lead.len());
        while let Some((_, std::cmp::Reverse(at))) = open.pop_last() {
            order.push(at);
            let freed = self.out[at].iter().map(|(to, cost)| (*to, *cost as i64));
            let freeing = self.into[at].iter().map(|(from, cost)| (*from, -(*cost as i64)));
            for (other, change) in freed.chain(freeing) {
                if open.remove(&(lead[other], std::cmp::Reverse(other))) {
                    lead[other] += change;
                    open.insert((lead[other], std::cmp::Reverse(other)));
                }
            }
        }
        order
    }

    /// Moves one member to its cheapest place. False if no move improves the order.
    fn improve(&self, order: &mut Vec<usize>) -> bool {
        for from in 0..order.len() {
            let member = order[from];
            let weight = |edges: &[(usize, u64)], other: usize| -> i64 {
                edges.iter().filter(|(to, _)| *to == other).map(|(_, cost)| *cost as i64).sum()
            };
            let gain_of = |other: usize| weight(&self.into[member], other) - weight(&self.out[member], other);
            let (mut best, mut target) = (0, from);
            let mut gain = 0;
            for (to, other) in order.iter().enumerate().skip(from + 1) {
                gain += gain_of(*other);
                if gain > best {
                    (best, target) = (gain, to);
                }
            }
            gain = 0;
            for to in (0..from).rev() {
                gain -= gain_of(order[to]);
                if gain > best {
                    (best, target) = (gain, to);
                }
            }
            if target != from {
                order.remove(from);
                order.insert(target, member);
                return true;
            }
        }
        false
    }

    fn backward_edges(&self, order: &[usize]) -> Vec<(usize, usize)> {
        let mut place = vec![0; order.len()];
        order.iter().enumerate().for_each(|(at, member)| place[*member] = at);
        let edges = self.out.iter().enumerate();
        edges
            .flat_map(|(from, out)| out.iter().map(move |(to, _)| (from, *to)))
            .filter(|(from, to)| place[*to] < place[*from])
            .collect()
    }

    /// Puts back every edge that closes no cycle, the most expensive first, so that the set is minimal.
    fn put_back(&self, cuts: &mut Vec<(usize, usize)>) {
        let cost: FxHashMap<(usize, usize), u64> = self
            .out
            .iter()
            .enumerate()
            .flat_map(|(from, out)| out.iter().map(move |(to, cost)| ((from, *to), *cost)))
            .collect();
        cuts.sort_by_key(|edge| (std::cmp::Reverse(cost[edge]), *edge));
        if self.out.len() > IMPROVED {
            return;
        }
        let mut at = 0;
        while at < cuts.len() {
            let edge = cuts[at];
            let others: rustc_hash::FxHashSet<(usize, usize)> =
                cuts.iter().copied().filter(|cut| *cut != edge).collect();
            if self.reaches(edge.1, edge.0, &others) {
                at += 1;
            } else {
                cuts.remove(at);
            }
        }
    }

    fn reaches(&self, start: usize, end: usize, cuts: &rustc_hash::FxHashSet<(usize, usize)>) -> bool {
        let mut seen = vec![false; self.out.len()];
        let mut open = vec![start];
        seen[start] = true;
        while let Some(at) = open.pop() {
            if at == end {
                return true;
            }
            for (to, _) in &self.out[at] {
                if !cuts.contains(&(at, *to)) && !std::mem::replace(&mut seen[*to], true) {
                    open.push(*to);
                }
            }
        }
        false
    }
}
