//! A plan file created together with a change of another plan.

use std::{fs, path::Path};

use chrono::{DateTime, Utc};
use headroom_model::{Change, Draft, Plan};
use headroom_store::{OperationMeta, Store, StoreError};

fn now() -> DateTime<Utc> {
    "2026-11-27T08:00:00Z".parse().unwrap()
}

fn note(label: &str) -> OperationMeta {
    OperationMeta::edit(label, "Ada Okafor", now())
}

fn setting(plan: &Plan, key: &str) -> Vec<Change> {
    let mut draft = Draft::new(plan);
    draft.set(key, "yes");
    draft.finish()
}

fn beside(store: &mut Store, path: &Path) -> Result<(), StoreError> {
    let (made, remembered) = (setting(&Plan::default(), "made"), setting(store.plan(), "remembered"));
    store.create_beside(path, (&note("Made"), &made), (&note("Remember"), remembered)).map(drop)
}

#[test]
fn create_beside_writes_both_plans_or_neither() {
    let folder = tempfile::tempdir().unwrap();
    let (path, other) = (folder.path().join("acme.headroom"), folder.path().join("copy.headroom"));
    let mut store = Store::create(&path, now()).unwrap();
    // Another process writes the same meanwhile, and then something else.
    let mut elsewhere = Store::open(&path, now()).unwrap();
    let mut draft = Draft::new(elsewhere.plan());
    draft.set("remembered", "no");
    let changes = draft.finish();
    elsewhere.apply(&note("Elsewhere"), changes).unwrap();
    assert!(matches!(beside(&mut store, &other), Err(StoreError::Conflicts(_))));
    assert!(!other.exists());
    elsewhere.undo("Ben", now()).unwrap();
    store.refresh().unwrap();
    let changes = setting(elsewhere.plan(), "elsewhere");
    elsewhere.apply(&note("Elsewhere"), changes).unwrap();
    beside(&mut store, &other).unwrap();
    assert_eq!(store.plan().setting("elsewhere"), Some("yes"));
    assert_eq!(store.plan().setting("remembered"), Some("yes"));
    assert_eq!(Store::open(&other, now()).unwrap().plan().setting("made"), Some("yes"));
    // An existing file is not overwritten, and the plan is unchanged.
    let (entries, bytes) = (store.history(None, 9).unwrap().len(), fs::read(&other).unwrap());
    assert!(matches!(beside(&mut store, &other), Err(StoreError::Exists(_))));
    assert_eq!((store.history(None, 9).unwrap().len(), fs::read(&other).unwrap()), (entries, bytes));
}

#[test]
fn tokens_are_unique() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(&folder.path().join("acme.headroom"), now()).unwrap();
    let (one, two) = (store.token().unwrap(), store.token().unwrap());
    assert!(one != two && one.len() == 32, "{one} {two}");
}
