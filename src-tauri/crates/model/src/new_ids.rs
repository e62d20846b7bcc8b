//! Where the IDs of new entities come from.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// Gives each operation a random first ID, from which it counts up. So two copies of a plan that are edited apart do
/// not give one ID to two things, without asking anybody, and what one operation makes stays in order and side by side.
///
/// IDs have at most 53 bits: they are exact as a number of JavaScript, an INTEGER of SQLite and a BIGINT. Those below
/// 2³² are left to plans from the time when IDs were counted. That two operations of 100,000 new entities each meet has
/// a probability of 2·10⁻¹¹.
#[derive(Debug, Clone)]
pub struct NewIds(Arc<AtomicU64>);

/// 2³² for IDs that were counted, and room for as many at the upper end.
const LOWEST: u64 = 1 << 32;
const SPAN: u64 = (1 << 53) - 2 * LOWEST;

impl NewIds {
    /// The same seed gives the same IDs; a plan from a file takes a random one. Clones share the sequence.
    pub fn seeded(seed: u64) -> Self {
        Self(Arc::new(AtomicU64::new(seed)))
    }

    /// The first ID of another operation: SplitMix64 (Steele, Lea and Flood 2014), which repeats after 2⁶⁴ numbers.
    pub(crate) fn first(&self) -> u64 {
        const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
        let state = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        LOWEST + (mixed ^ (mixed >> 31)) % SPAN
    }
}

impl NewIds {
    /// The ID of what is the same thing wherever it has this key: a setting. FNV-1a (Fowler, Noll and Vo).
    pub(crate) fn of_key(key: &str) -> u64 {
        let hash = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        LOWEST + key.bytes().fold(0xcbf2_9ce4_8422_2325, hash) % SPAN
    }
}

impl Default for NewIds {
    fn default() -> Self {
        Self::seeded(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_apart_and_fit_everywhere() {
        let starts = |seed| {
            let ids = NewIds::seeded(seed);
            (0..10_000).map(|_| ids.first()).collect::<Vec<u64>>()
        };
        assert_eq!(starts(7), starts(7));
        let mut all = [starts(1), starts(2)].concat();
        assert!(all.iter().all(|id| (1 << 32..1 << 53).contains(id)));
        all.sort_unstable();
        assert!(all.windows(2).all(|pair| pair[1] - pair[0] > 1_000));
    }
}
