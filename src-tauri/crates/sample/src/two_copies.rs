//! Two copies of the sample, edited apart by two people and merged.

use std::{fs, path::Path};

use chrono::{DateTime, Utc};
use headroom_model::{EntityRef, Plan, merge::changes_between};
use headroom_store::{OperationMeta, Store, doctor};
use headroom_tests::random_edits;
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use rustc_hash::FxHashSet;

use crate::create;

const EDITS: usize = 300;

fn now() -> DateTime<Utc> {
    "2026-11-23T09:00:00Z".parse().unwrap()
}

/// Makes this many edits, each an operation of its own.
fn edit(store: &mut Store, author: &str, runner: &mut TestRunner) {
    let mut made = 0;
    while made < EDITS {
        let roll = any::<random_edits::Roll>().new_tree(runner).unwrap().current();
        let changes = random_edits::changes(store.plan(), roll);
        if !changes.is_empty() {
            store.apply(&OperationMeta::edit(format!("Edit {made}"), author, now()), changes).unwrap();
            made += 1;
        }
    }
}

fn merge(plan: &Path, copy: &Path) -> Store {
    let mut store = Store::open(plan, now()).unwrap();
    store.merge_copy(copy, &OperationMeta::edit("Merge a copy", "Cleo", now())).unwrap();
    store
}

/// Differences that are not of an entity in a conflict.
fn apart(one: &Plan, other: &Plan, open: &FxHashSet<EntityRef>) -> usize {
    changes_between(one, other).iter().filter(|change| !open.contains(&change.subject())).count()
}

#[test]
fn copies_merge_in_both_orders() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    drop(create(&path("ours.headroom"), now(), "2026-11-23".parse().unwrap()).unwrap());
    fs::copy(path("ours.headroom"), path("theirs.headroom")).unwrap();
    let mut runner = TestRunner::deterministic();
    for (name, author) in [("ours.headroom", "Ada"), ("theirs.headroom", "Ben")] {
        edit(&mut Store::open(&path(name), now()).unwrap(), author, &mut runner);
    }
    for name in ["ours", "theirs"] {
        fs::copy(path(&format!("{name}.headroom")), path(&format!("{name}-before.headroom"))).unwrap();
    }
    let one = merge(&path("ours.headroom"), &path("theirs-before.headroom"));
    let other = merge(&path("theirs.headroom"), &path("ours-before.headroom"));
    let conflicts = [one.open_conflicts().unwrap(), other.open_conflicts().unwrap()];
    assert!(!conflicts[0].is_empty(), "300 edits each meet");
    let open = conflicts.iter().flatten().flat_map(|open| open.conflict.involved()).collect();
    assert_eq!(apart(one.plan(), other.plan(), &open), 0);
    // All operations of both are there, once.
    assert_eq!(one.history(None, 2000).unwrap().len(), other.history(None, 2000).unwrap().len());
    drop((one, other));
    for name in ["ours.headroom", "theirs.headroom"] {
        let health = doctor(&path(name)).unwrap();
        assert!(health.is_sound, "{:?}", health.checks);
    }
    // Again, and the other way round: nothing is left to merge.
    let mut again = Store::open(&path("ours.headroom"), now()).unwrap();
    for copy in ["theirs-before.headroom", "ours-before.headroom"] {
        let found = again.compare_copy(&path(copy)).unwrap();
        assert_eq!((found.operations, found.changes.len()), (0, 0));
    }
    // A merge is undone like anything else.
    let before = Store::open(&path("ours-before.headroom"), now()).unwrap();
    again.undo("Cleo", now()).unwrap();
    assert_eq!(changes_between(again.plan(), before.plan()).len(), 0);
    assert!(again.open_conflicts().unwrap().is_empty());
}
