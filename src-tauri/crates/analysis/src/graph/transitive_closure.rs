//! Transitive dependents: the impact of a failing service.

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
    let edges = edges_downwards(condensation, forward);
    let count = condensation.components.len();
    // Sources in order of components, so that a block starts at its first component and skips those above it.
    let sources: Vec<u32> = condensation.components.iter().rev().flatten().copied().collect();
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
    // A node reaches itself and is not counted.
    condensation.component_of.iter().map(|component| totals[*component as usize] - 1).collect()
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

/// The edges of the condensation, each once. They lead from a higher to a lower component.
fn edges_downwards(condensation: &Condensation, forward: &Csr) -> Csr {
    let mut edges: Vec<(u32, u32)> = forward
        .pairs()
        .map(|(from, to)| (condensation.component_of[from as usize], condensation.component_of[to as usize]))
        .filter(|(from, to)| from != to)
        .collect();
    edges.sort_unstable();
    edges.dedup();
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
