//! Copies of a plan that were edited apart, while other processes write to it as well.

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use chrono::{DateTime, Utc};
use headroom_model::{Draft, Person, merge::Choice};
use headroom_store::{OpenConflict, OperationAction, OperationMeta, Store, StoreError, doctor};
use rusqlite::{Connection, TransactionBehavior, params};

fn at(hour: u32) -> DateTime<Utc> {
    format!("2026-11-23T{hour:02}:00:00Z").parse().unwrap()
}

fn note(label: &str, hour: u32) -> OperationMeta {
    OperationMeta::edit(label, "Ada", at(hour))
}

/// Changes Ada, who is there from the first edit on.
fn edit(store: &mut Store, note: &OperationMeta, set: impl FnOnce(&mut Person)) {
    let mut draft = Draft::new(store.plan());
    let there = store.plan().people.rows().first().cloned();
    let mut row = there.unwrap_or_else(|| Person {
        id: draft.new_id::<Person>(),
        key: "ada".into(),
        name: "Ada".into(),
        ..Person::default()
    });
    set(&mut row);
    draft.put(row);
    let changes = draft.finish();
    store.apply(note, changes).unwrap();
}

fn ada(store: &Store) -> &Person {
    &store.plan().people.rows()[0]
}

/// A plan in which Ada is, and a copy of it.
fn two_copies() -> (tempfile::TempDir, PathBuf, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let paths = ["ours.headroom", "theirs.headroom"].map(|name| folder.path().join(name));
    edit(&mut Store::create(&paths[0], at(9)).unwrap(), &note("Add Ada", 9), |_| ());
    fs::copy(&paths[0], &paths[1]).unwrap();
    let [ours, theirs] = paths;
    (folder, ours, theirs)
}

fn open(path: &Path) -> Store {
    Store::open(path, at(9)).unwrap()
}

/// A plan and an open conflict about Ada’s title, of which the copy has made “Lead”.
fn in_conflict() -> (tempfile::TempDir, PathBuf, Vec<OpenConflict>) {
    let (folder, ours, theirs) = two_copies();
    edit(&mut open(&ours), &note("Title", 10), |row| row.title = "Manager".into());
    edit(&mut open(&theirs), &note("Title", 10), |row| row.title = "Lead".into());
    let mut store = open(&ours);
    store.merge_copy(&theirs, &note("Merge", 11)).unwrap();
    let conflicts = store.open_conflicts().unwrap();
    assert_eq!(conflicts.len(), 1);
    (folder, ours, conflicts)
}

/// Another process, in the middle of a write: Ada moves to Oslo. The file is locked until it commits.
fn move_to_oslo(path: &Path, is_locked: &std::sync::mpsc::Sender<()>) {
    let mut db = Connection::open(path).unwrap();
    let write = db.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
    write
        .execute_batch(
            "UPDATE person SET location = 'Oslo';
             INSERT INTO operation
             SELECT seq + 1, 'foreign', id, NULL, '', at, 'Ben', 'edit', 'Move', NULL, 1, format, NULL
             FROM operation WHERE seq = (SELECT max(seq) FROM operation)",
        )
        .unwrap();
    let change = r#"INSERT INTO operation_change SELECT last_insert_rowid(), 0, 'person', id, '{}', ?1, NULL FROM person"#;
    write.execute(change, params![r#"{"location":"Oslo"}"#]).unwrap();
    is_locked.send(()).unwrap();
    // Long enough for the other to have compared both plans.
    thread::sleep(Duration::from_millis(1500));
    write.commit().unwrap();
}

#[test]
fn a_copy_is_merged_while_another_process_writes() {
    let (_folder, ours, theirs) = two_copies();
    edit(&mut open(&theirs), &note("Title", 10), |row| row.title = "Lead".into());
    let mut store = open(&ours);
    thread::scope(|scope| {
        let (is_locked, locked) = std::sync::mpsc::channel();
        let path = &ours;
        scope.spawn(move || move_to_oslo(path, &is_locked));
        locked.recv().unwrap();
        store.merge_copy(&theirs, &note("Merge", 11)).unwrap();
    });
    assert_eq!((ada(&store).title.as_str(), ada(&store).location.as_str()), ("Lead", "Oslo"));
    assert_eq!((store.plan(), store.next_undo()), (open(&ours).plan(), open(&ours).next_undo()));
    assert!(doctor(&ours).unwrap().is_sound);
}

#[test]
fn a_decision_that_comes_late_is_merged() {
    let (_folder, path, conflicts) = in_conflict();
    let (mut first, mut second) = (open(&path), open(&path));
    edit(&mut second, &note("Move", 12), |row| row.location = "Oslo".into());
    first.decide(&note("Decide", 12), &[(conflicts[0].clone(), Choice::Theirs)]).unwrap();
    assert_eq!((ada(&first).title.as_str(), ada(&first).location.as_str()), ("Lead", "Oslo"));
    assert_eq!(first.open_conflicts().unwrap(), []);
    assert!(doctor(&path).unwrap().is_sound);
}

#[test]
fn a_conflict_is_decided_once() {
    let (_folder, path, conflicts) = in_conflict();
    let (mut first, mut second) = (open(&path), open(&path));
    let decision = |choice| [(conflicts[0].clone(), choice)];
    second.decide(&note("Keep", 12), &decision(Choice::Ours)).unwrap();
    for _ in 0..2 {
        let late = first.decide(&note("Take", 12), &decision(Choice::Theirs));
        assert!(matches!(late, Err(StoreError::ChangedElsewhere)), "{late:?}");
    }
    assert_eq!(ada(&first).title, "Manager");
    // Undone, it can be decided again.
    first.undo("Ada", at(13)).unwrap();
    first.decide(&note("Take", 13), &decision(Choice::Theirs)).unwrap();
    assert_eq!(ada(&first).title, "Lead");
}

#[test]
fn a_step_that_another_process_made_impossible_is_not_redone() {
    let (_folder, path, _) = two_copies();
    let mut first = open(&path);
    edit(&mut first, &note("Title", 10), |row| row.title = "Lead".into());
    first.undo("Ada", at(11)).unwrap();
    edit(&mut open(&path), &note("Move", 12), |row| row.location = "Oslo".into());
    let late = first.redo("Ada", at(13));
    assert!(matches!(late, Err(StoreError::ChangedElsewhere)), "{late:?}");
    assert_eq!((ada(&first).title.as_str(), ada(&first).location.as_str()), ("", "Oslo"));
    assert!(first.next_redo().is_none() && first.is_undone(2));
}

#[test]
fn history_lists_the_operations_of_a_copy_below_their_merge() {
    let (_folder, ours, theirs) = two_copies();
    for (hour, title) in [(10, "Engineer"), (12, "Lead")] {
        edit(&mut open(&theirs), &note(title, hour), |row| row.title = title.into());
    }
    edit(&mut open(&ours), &note("Move", 11), |row| row.location = "Oslo".into());
    let mut store = open(&ours);
    store.merge_copy(&theirs, &note("Merge", 13)).unwrap();
    edit(&mut store, &note("Mail", 14), |row| row.email = "a@b.c".into());
    let merge = store
        .history(None, 9)
        .unwrap()
        .iter()
        .find(|entry| entry.action == OperationAction::Merge)
        .unwrap()
        .seq;
    let listed = |store: &Store| -> Vec<(String, bool)> {
        let entries = store.history(None, 9).unwrap();
        assert!(entries.iter().all(|entry| entry.merge.is_none_or(|by| by == merge)));
        entries.into_iter().map(|entry| (entry.label, entry.merge.is_some())).collect()
    };
    let expected = [
        ("Mail", false),
        ("Merge", false),
        ("Lead", true),
        ("Engineer", true),
        ("Move", false),
        ("Add Ada", false),
    ];
    assert_eq!(listed(&store), expected.map(|(label, is_theirs)| (label.to_owned(), is_theirs)));
    assert_eq!(listed(&open(&ours)), listed(&store));
}

#[test]
fn a_merge_is_rewound_like_any_step_and_a_step_of_the_copy_is_none_of_this_plan() {
    let (_folder, ours, theirs) = two_copies();
    edit(&mut open(&ours), &note("Move", 10), |row| row.location = "Oslo".into());
    edit(&mut open(&theirs), &note("Title", 10), |row| row.title = "Lead".into());
    let mut store = open(&ours);
    let before = store.plan().clone();
    store.merge_copy(&theirs, &note("Merge", 11)).unwrap();
    edit(&mut store, &note("Rename", 12), |row| row.name = "Ada Okafor".into());
    let entries = store.history(None, 9).unwrap();
    let seq_of = |label: &str| entries.iter().find(|entry| entry.label == label).unwrap().seq;
    let (label, steps, changes) = store.rewinding(seq_of("Move")).unwrap();
    assert_eq!((label.as_str(), steps), ("Move", 2));
    assert!(matches!(store.rewinding(seq_of("Title")), Err(StoreError::NothingToUndo)));
    store.apply(&note("Restored", 13), changes).unwrap();
    assert_eq!(*store.plan(), before);
    assert!(doctor(&ours).unwrap().is_sound);
}
