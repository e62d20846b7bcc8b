//! Transitive dependents: the impact of a failing service.

use std::cmp::Reverse;

use headroom_model::{ServiceIx, Snapshot, csr::Csr};
use rayon::prelude::*;

use super::Condensation;

/// Words of 64 sources each that are followed at once: a row fits a cache line, the table of a large plan the cache.
const WORDS: usize = 8;
const BLOCK: usize = WORDS * 64;

/// For every node, the number of other nodes that depend on it, directly or not.
///
/// Exact: sets of sources are propagated down the condensation as bit sets, one block of sources at a time.
pub fn transitive_dependents(condensation: &Condensation, forward: &Csr) -> Vec<u32> {
    // In order of components, so that a block starts at its first component and skips those above it.
    let sources: Vec<u32> = condensation.components.iter().rev().flatten().copied().collect();
    let reached = reached_from(condensation, forward, &sources);
    // A node reaches itself and is not counted.
    reached.into_iter().map(|count| count - 1).collect()
}

/// A dependency graph and its condensation.
#[derive(Clone, Copy)]
pub(crate) struct Condensed<'a> {
    pub forward: &'a Csr,
    pub condensation: &'a Condensation,
}

/// [`transitive_dependents`] of a graph of which they are known as it was before: `known`. `sources` are all nodes that
/// reach something else than before, and may be more; all others count as they did.
pub(crate) fn dependents_after(
    known: &[u32],
    before: Condensed<'_>,
    after: Condensed<'_>,
    sources: &[u32],
) -> Vec<u32> {
    let reached = |graph: Condensed<'_>| {
        let mut sources = sources.to_vec();
        sources.sort_unstable_by_key(|node| Reverse(graph.condensation.component_of[*node as usize]));
        reached_from(graph.condensation, graph.forward, &sources)
    };
    let (was, is) = (reached(before), reached(after));
    known.iter().zip(was.into_iter().zip(is)).map(|(known, (was, is))| known + is - was).collect()
}

/// For every node, how many of the sources reach it, itself included. The sources are in descending order of their
/// components.
fn reached_from(condensation: &Condensation, forward: &Csr, sources: &[u32]) -> Vec<u32> {
    let edges = edges_downwards(condensation, forward);
    let count = condensation.components.len();
    let totals = sources
        .par_chunks(BLOCK)
        .with_min_len(8)
        .fold(
            || (vec![0u32; count], vec![[0u64; WORDS]; count]),
            |(mut totals, mut reached), block| {
                follow(condensation, &edges, block, &mut reached, &mut totals);
                (totals, reached)
            },
        )
        .map(|(totals, _)| totals)
        .reduce(
            || vec![0; count],
            |mut sums, part| {
                sums.iter_mut().zip(part).for_each(|(sum, part)| *sum += part);
                sums
            },
        );
    condensation.component_of.iter().map(|component| totals[*component as usize]).collect()
}

fn follow(
    condensation: &Condensation,
    edges: &Csr,
    block: &[u32],
    reached: &mut [[u64; WORDS]],
    totals: &mut [u32],
) {
    let top = condensation.component_of[block[0] as usize] as usize;
    reached[..=top].fill([0; WORDS]);
    for (bit, source) in block.iter().enumerate() {
        reached[condensation.component_of[*source as usize] as usize][bit / 64] |= 1 << (bit % 64);
    }
    for at in (0..=top).rev() {
        let bits = reached[at];
        let count: u32 = bits.iter().map(|word| word.count_ones()).sum();
        if count == 0 {
            continue;
        }
        totals[at] += count;
        for needed in edges.of(at) {
            let below = &mut reached[*needed as usize];
            for word in 0..WORDS {
                below[word] |= bits[word];
            }
        }
    }
}

/// The edges of the condensation. They lead from a higher to a lower component.
fn edges_downwards(condensation: &Condensation, forward: &Csr) -> Csr {
    let edges: Vec<(u32, u32)> = forward
        .pairs()
        .map(|(from, to)| (condensation.component_of[from as usize], condensation.component_of[to as usize]))
        .filter(|(from, to)| from != to)
        .collect();
    Csr::from_pairs(condensation.components.len(), &edges)
}

/// The services that depend on this one, directly or not, sorted, without itself.
pub fn reachable_dependents(snapshot: &Snapshot, start: ServiceIx) -> Vec<ServiceIx> {
    let mut is_seen = vec![false; snapshot.service_count()];
    is_seen[start] = true;
    let (mut open, mut found) = (vec![start], Vec::new());
    while let Some(at) = open.pop() {
        for dependent in snapshot.needed_by(at) {
            let dependent = *dependent as usize;
            if !std::mem::replace(&mut is_seen[dependent], true) {
                found.push(dependent);
                open.push(dependent);
            }
        }
    }
    found.sort_unstable();
    found
}
