//! Pairs of services with nearly the same dependencies.

use headroom_model::csr::Csr;
use rustc_hash::FxHashSet;

use super::DependencyGraph;

/// Two nodes with similar dependencies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SimilarPair {
    pub a: u32,
    pub b: u32,
    /// How many dependencies both have.
    pub common: u32,
    /// How many dependencies at least one of them has.
    pub either: u32,
}

impl SimilarPair {
    /// The Jaccard index in whole percent, rounded down: common dependencies out of all (P. Jaccard, 1901).
    pub fn percent(&self) -> u32 {
        self.common * 100 / self.either.max(1)
    }

    fn of(forward: &Csr, x: u32, y: u32, common: u32) -> Self {
        let sum = forward.of(x as usize).len() + forward.of(y as usize).len();
        Self { a: x.min(y), b: x.max(y), common, either: sum as u32 - common }
    }

    fn is_similar(&self, percent: usize, common: u32) -> bool {
        self.common >= common && self.common as usize * 100 >= self.either as usize * percent
    }
}

/// All pairs of nodes with a Jaccard index of at least `percent` and at least `common` common dependencies.
///
/// Exact without comparing every pair, by prefix filtering: two sets that are this similar have one of the rarest few
/// elements of each in common (R. Bayardo, Y. Ma and R. Srikant, Scaling up all pairs similarity search, 2007).
pub fn similar_pairs(forward: &Csr, percent: u32, common: u32) -> Vec<SimilarPair> {
    let percent = percent.clamp(1, 100) as usize;
    let count = forward.groups();
    let mut needed_by = vec![0u32; count];
    forward.pairs().for_each(|(_, needed)| needed_by[needed as usize] += 1);
    let mut wanted: Vec<u32> =
        (0..count as u32).filter(|node| forward.of(*node as usize).len() >= common.max(1) as usize).collect();
    wanted.sort_by_key(|node| (forward.of(*node as usize).len(), *node));
    let mut index: Vec<Vec<u32>> = vec![Vec::new(); count];
    let (mut found, mut rarest, mut candidates) = (Vec::new(), Vec::new(), Vec::new());
    for node in wanted {
        let dependencies = forward.of(node as usize);
        // With this many in common, at least one of the rarest few is.
        let least = (dependencies.len() * percent).div_ceil(100).max(1);
        rarest.clear();
        rarest.extend_from_slice(dependencies);
        rarest.sort_unstable_by_key(|needed| (needed_by[*needed as usize], *needed));
        rarest.truncate(dependencies.len() - least + 1);
        candidates.clear();
        rarest.iter().for_each(|needed| candidates.extend_from_slice(&index[*needed as usize]));
        candidates.sort_unstable();
        candidates.dedup();
        for other in candidates.iter().copied() {
            // The other is no larger, so a much smaller one cannot be similar enough.
            if forward.of(other as usize).len() * 100 < dependencies.len() * percent {
                continue;
            }
            let pair = SimilarPair::of(forward, other, node, in_common(forward, other, node));
            found.extend(Some(pair).filter(|pair| pair.is_similar(percent, common)));
        }
        rarest.iter().for_each(|needed| index[*needed as usize].push(node));
    }
    found.sort_unstable_by_key(|pair| (pair.a, pair.b));
    found
}

/// [`similar_pairs`] of a graph in which only the nodes `changed` have other dependencies than when the pairs were found.
pub(crate) fn pairs_after(
    pairs: &[SimilarPair],
    graph: DependencyGraph<'_>,
    changed: &[u32],
    (percent, common): (u32, u32),
) -> Vec<SimilarPair> {
    let percent = percent.clamp(1, 100) as usize;
    let changed: FxHashSet<u32> = changed.iter().copied().collect();
    let is_as_before = |pair: &&SimilarPair| !changed.contains(&pair.a) && !changed.contains(&pair.b);
    let mut found: Vec<SimilarPair> = pairs.iter().filter(is_as_before).copied().collect();
    let mut others = Vec::new();
    for node in changed.iter().copied() {
        others.clear();
        let needed = graph.forward.of(node as usize);
        needed.iter().for_each(|needed| others.extend_from_slice(graph.backward.of(*needed as usize)));
        others.sort_unstable();
        // Each as often as it has a dependency in common.
        let sharing = others.chunk_by(|one, other| one == other);
        // Of two that have both changed, the pair is found once.
        let is_other = |other: u32| other != node && !(other < node && changed.contains(&other));
        for sharing in sharing.filter(|sharing| is_other(sharing[0])) {
            let pair = SimilarPair::of(graph.forward, node, sharing[0], sharing.len() as u32);
            found.extend(Some(pair).filter(|pair| pair.is_similar(percent, common)));
        }
    }
    found.sort_unstable_by_key(|pair| (pair.a, pair.b));
    found
}

/// The same pairs with node `at` as `now[at]`.
pub(crate) fn renumbered_pairs(pairs: &[SimilarPair], now: &[u32]) -> Vec<SimilarPair> {
    let renumbered = |pair: &SimilarPair| {
        let (a, b) = (now[pair.a as usize], now[pair.b as usize]);
        SimilarPair { a: a.min(b), b: a.max(b), ..*pair }
    };
    let mut found: Vec<SimilarPair> = pairs.iter().map(renumbered).collect();
    found.sort_unstable_by_key(|pair| (pair.a, pair.b));
    found
}

/// How many dependencies two nodes have in common.
fn in_common(forward: &Csr, one: u32, other: u32) -> u32 {
    let mut left = forward.of(one as usize).iter().peekable();
    let mut right = forward.of(other as usize).iter().peekable();
    let mut common = 0;
    while let (Some(one), Some(other)) = (left.peek(), right.peek()) {
        match one.cmp(other) {
            std::cmp::Ordering::Less => drop(left.next()),
            std::cmp::Ordering::Greater => drop(right.next()),
            std::cmp::Ordering::Equal => {
                common += 1;
                left.next();
                right.next();
            }
        }
    }
    common
}
