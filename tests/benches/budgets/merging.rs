//! Merging two copies of the large plan in which a thousand random edits each were made, of all kinds of entity, as they
//! are: many are of what the other copy has changed or deleted as well.

use std::{fs, path::Path};

use headroom_store::{OperationMeta, Store};
use headroom_tests::random_edits;

use crate::{Line, reading, shortest, synthetic::Numbers};

const EDITS: usize = 1_000;
const RUNS: usize = 3;

pub fn lines(plan: &Path, folder: &Path) -> Vec<Line> {
    let [ours, theirs] = ["ours", "theirs"].map(|name| folder.join(name).with_extension("headroom"));
    for (copy, seed) in [(&ours, 5), (&theirs, 6)] {
        fs::copy(plan, copy).unwrap();
        edit(copy, seed);
    }
    let into = folder.join("merged.headroom");
    let merges = (0..RUNS).map(|_| {
        fs::copy(&ours, &into).unwrap();
        let mut store = Store::open(&into, headroom_tests::now()).unwrap();
        shortest(1, || {
            let note = OperationMeta::edit("merge", "bench", headroom_tests::now());
            let found = store.merge_copy(&theirs, &note).unwrap();
            assert!(found.operations == EDITS && !found.conflicts.is_empty());
        })
    });
    let merged = merges.fold(f64::INFINITY, f64::min);
    vec![Line::ratio(
        "merge of a copy, 1,000 edits in each",
        merged,
        reading::NAME,
        reading::with_sqlite(plan),
        5.0,
    )]
}

/// Makes the edits, each an operation of its own.
fn edit(copy: &Path, seed: u64) {
    let mut store = Store::open(copy, headroom_tests::now()).unwrap();
    let mut numbers = Numbers::new(seed);
    let mut made = 0;
    while made < EDITS {
        let mut below = |end| numbers.below(end);
        let roll = (
            below(256) as u8,
            below(65_536) as u16,
            below(256) as u8,
            below(65_536) as u16,
            below(256) as u8,
        );
        let changes = random_edits::attempt(store.plan(), roll);
        let note = OperationMeta::edit(format!("edit {made}"), "bench", headroom_tests::now());
        // What the plan refuses is no edit.
        if !changes.is_empty() && store.apply(&note, changes).is_ok() {
            made += 1;
        }
    }
}
