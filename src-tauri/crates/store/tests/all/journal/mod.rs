//! Durability of what was acknowledged, undo and redo, and refusal of files that are not valid plans.

mod one_of_each;

use std::{fs, path::PathBuf};

use chrono::{DateTime, Utc};
use headroom_model::merge::Choice;
use headroom_model::{Change, ChangeWords, Draft, FieldType, Person, Plan, Position, Team, for_kind};
use headroom_store::{OperationMeta, Store, StoreError, backups_of, doctor};
use one_of_each::one_of_each;
use proptest::prelude::*;

fn now() -> DateTime<Utc> {
    "2026-11-23T09:00:00Z".parse().unwrap()
}

fn note(label: &str) -> OperationMeta {
    OperationMeta::edit(label, "Ada Okafor", now())
}

fn new_plan() -> (tempfile::TempDir, PathBuf, Store) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("acme.headroom");
    let store = Store::create(&path, now()).unwrap();
    (folder, path, store)
}

fn with_team(plan: &Plan, key: &str) -> Vec<Change> {
    let mut draft = Draft::new(plan);
    let id = draft.new_id::<Team>();
    draft.put(Team { id, key: key.into(), name: key.to_uppercase(), ..Team::default() });
    draft.finish()
}

#[test]
fn every_field_survives_reopening() {
    let (_folder, path, mut store) = new_plan();
    store.apply(&note("One of each"), one_of_each(store.plan(), 1)).unwrap();
    let before = store.plan().clone();
    drop(store);
    let store = Store::open(&path, now()).unwrap();
    assert_eq!(*store.plan(), before);
    assert!(doctor(&path).unwrap().is_sound);
}

#[test]
fn undo_and_redo_survive_reopening_and_are_journalled() {
    let (_folder, path, mut store) = new_plan();
    let empty = store.plan().clone();
    store.apply(&note("Add Payments"), with_team(store.plan(), "payments")).unwrap();
    store.apply(&note("Add Returns"), with_team(store.plan(), "returns")).unwrap();
    let full = store.plan().clone();
    drop(store);

    let mut store = Store::open(&path, now()).unwrap();
    assert_eq!(store.next_undo().map(|step| step.label.as_str()), Some("Add Returns"));
    assert_eq!(store.undo("Ben", now()).unwrap(), "Add Returns");
    assert_eq!(store.undo("Ben", now()).unwrap(), "Add Payments");
    assert_eq!(*store.plan(), empty);
    drop(store);

    let mut store = Store::open(&path, now()).unwrap();
    assert_eq!(store.redo("Ben", now()).unwrap(), "Add Payments");
    assert_eq!(store.redo("Ben", now()).unwrap(), "Add Returns");
    assert_eq!(*store.plan(), full);
    assert!(matches!(store.redo("Ben", now()), Err(StoreError::NothingToRedo)));
    assert_eq!(store.history(None, 100).unwrap().len(), 6);
    assert!(doctor(&path).unwrap().is_sound);
}

#[test]
fn history_is_sorted_by_time_and_undo_by_sequence() {
    let (_folder, path, mut store) = new_plan();
    let at = |label: &str, author: &str, at: &str| OperationMeta::edit(label, author, at.parse().unwrap());
    store.apply(&at("Second", "Ada", "2026-11-23T12:00:00Z"), with_team(store.plan(), "a")).unwrap();
    store.apply(&at("First", "Ben", "2026-11-22T09:00:00Z"), with_team(store.plan(), "b")).unwrap();
    store.apply(&at("Third", "Ada", "2026-11-24T09:00:00Z"), with_team(store.plan(), "c")).unwrap();
    let labels = |store: &Store| -> Vec<String> {
        store.history(None, 9).unwrap().into_iter().map(|entry| entry.label).collect()
    };
    assert_eq!(labels(&store), ["Third", "Second", "First"]);
    store.undo("Ada", "2026-11-25T09:00:00Z".parse().unwrap()).unwrap();
    let next = store.next_undo().cloned().unwrap();
    assert_eq!((next.label.as_str(), next.author.as_str()), ("First", "Ben"));
    drop(store);
    assert_eq!(Store::open(&path, now()).unwrap().next_undo(), Some(&next));
}

#[test]
fn position_history_has_its_own_operations() {
    let (_folder, _path, mut store) = new_plan();
    store.apply(&note("Before"), with_team(store.plan(), "payments")).unwrap();
    store.apply(&note("One of each"), one_of_each(store.plan(), 1)).unwrap();
    let id = store.plan().positions.rows()[0].id;
    let mut draft = Draft::new(store.plan());
    let other = draft.new_id::<Position>();
    let row = store.plan().positions.get(id).unwrap();
    draft.put(Position { title: "Another".into(), ..row.clone() });
    let changes = draft.finish();
    store.apply(&note("Rename it"), changes).unwrap();
    store.undo("Ben", now()).unwrap();
    let labels = |store: &Store, id| -> Vec<String> {
        store.history_of_position(id, 9).unwrap().into_iter().map(|entry| entry.label).collect()
    };
    let told = ["Rename it", "Rename it", "One of each"];
    assert_eq!(labels(&store, id), told);
    assert!(labels(&store, other).is_empty());
}

#[test]
fn changes_of_every_kind_are_shown_without_json() {
    let (_folder, _path, store) = new_plan();
    let changes = one_of_each(store.plan(), 1);
    let words = ChangeWords::new(store.plan(), &changes);
    for change in &changes {
        for field in words.fields(change) {
            // Texts are shown as they are.
            let types = for_kind!(change.subject().kind, T => headroom_model::field::field::<T>(&field.field)
                .map(|field| field.field_type));
            let is_text = matches!(types, Some(FieldType::Text | FieldType::List));
            assert!(is_text || !field.after.contains(['{', '[', '"']), "{field:?} of {:?}", change.subject());
        }
    }
}

#[test]
fn an_edit_clears_the_redo_stack() {
    let (_folder, _path, mut store) = new_plan();
    store.apply(&note("Add Payments"), with_team(store.plan(), "payments")).unwrap();
    store.undo("Ben", now()).unwrap();
    store.apply(&note("Add Returns"), with_team(store.plan(), "returns")).unwrap();
    assert_eq!(store.next_redo(), None);
}

#[test]
fn refused_changes_leave_plan_and_file_unchanged() {
    let (_folder, path, mut store) = new_plan();
    store.apply(&note("Add Payments"), with_team(store.plan(), "payments")).unwrap();
    let before = store.plan().clone();
    let mut changes = with_team(store.plan(), "returns");
    changes.extend(with_team(store.plan(), "payments"));
    assert!(matches!(store.apply(&note("Twice"), changes), Err(StoreError::Refused(_))));
    assert_eq!(*store.plan(), before);
    assert_eq!(*Store::open(&path, now()).unwrap().plan(), before);
}

#[test]
fn what_two_write_is_merged() {
    let (_folder, path, mut first) = new_plan();
    let mut second = Store::open(&path, now()).unwrap();
    first.apply(&note("Add Payments"), with_team(first.plan(), "payments")).unwrap();
    second.apply(&note("Add Returns"), with_team(second.plan(), "returns")).unwrap();
    assert_eq!(second.plan().teams.len(), 2);
    assert!(first.refresh().unwrap());
    assert!(!first.refresh().unwrap());
    assert_eq!(second.plan(), first.plan());
    assert!(doctor(&path).unwrap().is_sound);
}

fn titled(plan: &Plan, set: impl FnOnce(&mut Person)) -> Vec<Change> {
    let mut row = plan.people.rows()[0].clone();
    set(&mut row);
    let mut draft = Draft::new(plan);
    draft.put(row);
    draft.finish()
}

fn with_person(store: &mut Store) {
    let mut draft = Draft::new(store.plan());
    let id = draft.new_id::<Person>();
    draft.put(Person { id, key: "ada".into(), name: "Ada".into(), ..Person::default() });
    let changes = draft.finish();
    store.apply(&note("Add Ada"), changes).unwrap();
}

#[test]
fn two_windows_edit_one_person_and_lose_nothing() {
    let (_folder, path, mut first) = new_plan();
    with_person(&mut first);
    let mut second = Store::open(&path, now()).unwrap();
    for round in 0..200 {
        // Both are prepared before either is written.
        let title = titled(first.plan(), |row| row.title = format!("title {round}"));
        let location = titled(second.plan(), |row| row.location = format!("location {round}"));
        first.apply(&note("Title"), title).unwrap();
        second.apply(&note("Location"), location).unwrap();
        first.refresh().unwrap();
        let row = &first.plan().people.rows()[0];
        assert_eq!(
            (row.title.clone(), row.location.clone()),
            (format!("title {round}"), format!("location {round}"))
        );
    }
    assert_eq!(first.history(None, 1000).unwrap().len(), 401);
    assert!(doctor(&path).unwrap().is_sound);
}

#[test]
fn one_field_changed_twice_is_a_conflict_that_loses_nothing() {
    let (_folder, path, mut first) = new_plan();
    with_person(&mut first);
    let mut second = Store::open(&path, now()).unwrap();
    first.apply(&note("Lead"), titled(first.plan(), |row| row.title = "Lead".into())).unwrap();
    let late = titled(second.plan(), |row| row.title = "Engineer".into());
    let Err(StoreError::Conflicts(merge)) = second.apply(&note("Engineer"), late) else { panic!() };
    let conflicts = merge.conflicts;
    assert_eq!(conflicts.len(), 1);
    assert_eq!(second.plan().people.rows()[0].title, "Lead");
    // Decided for what came late, and then undone.
    let decided = conflicts[0].taking(second.plan(), Choice::Theirs, None);
    second.apply(&note("Decide"), decided).unwrap();
    assert_eq!(second.plan().people.rows()[0].title, "Engineer");
    second.undo("Ben", now()).unwrap();
    assert_eq!(second.plan().people.rows()[0].title, "Lead");
    assert!(doctor(&path).unwrap().is_sound);
}

#[test]
fn any_operation_can_be_undone() {
    let (_folder, path, mut store) = new_plan();
    with_person(&mut store);
    store.apply(&note("Title"), titled(store.plan(), |row| row.title = "Lead".into())).unwrap();
    store.apply(&note("Place"), titled(store.plan(), |row| row.location = "Oslo".into())).unwrap();
    store.apply(&note("Email"), titled(store.plan(), |row| row.email = "a@b.c".into())).unwrap();
    let row = |store: &Store| {
        let row = store.plan().people.rows()[0].clone();
        [row.title, row.location, row.email]
    };
    assert_eq!(store.undo_operation(2, "Ben", now()).unwrap(), "Title");
    assert_eq!(row(&store), ["", "Oslo", "a@b.c"]);
    assert!(store.is_undone(2) && !store.is_undone(3));
    assert!(matches!(store.undo_operation(2, "Ben", now()), Err(StoreError::NothingToUndo)));
    assert_eq!(store.next_undo().unwrap().seq, 4);
    store.redo("Ben", now()).unwrap();
    assert_eq!(row(&store), ["Lead", "Oslo", "a@b.c"]);
    // What later operations have changed, or stand on, is a conflict, and nothing is lost.
    store.apply(&note("Title again"), titled(store.plan(), |row| row.title = "Chief".into())).unwrap();
    for seq in [1, 2] {
        assert!(matches!(store.undo_operation(seq, "Ben", now()), Err(StoreError::Conflicts(_))), "{seq}");
    }
    assert_eq!(row(&store), ["Chief", "Oslo", "a@b.c"]);
    let again = Store::open(&path, now()).unwrap();
    assert_eq!((again.plan(), again.next_undo()), (store.plan(), store.next_undo()));
    assert!(doctor(&path).unwrap().is_sound);
}

#[test]
fn import_makes_a_restorable_backup() {
    let (_folder, path, mut store) = new_plan();
    let before = store.plan().clone();
    let import = OperationMeta::import("Import", "Ada", now());
    store.apply(&import, with_team(store.plan(), "payments")).unwrap();
    let backups = backups_of(&path).unwrap();
    assert_eq!(backups.len(), 1);
    assert_eq!(backups[0].reason, "import");
    store.restore(&backups[0].path, now() + chrono::Duration::seconds(1)).unwrap();
    assert_eq!(*store.plan(), before);
    assert_eq!(backups_of(&path).unwrap().len(), 2);
    assert!(doctor(&path).unwrap().is_sound);
}

#[test]
fn recover_replaces_a_damaged_plan_by_a_backup() {
    let (_folder, path, mut store) = new_plan();
    store.apply(&note("First"), with_team(store.plan(), "a")).unwrap();
    store.apply(&OperationMeta::import("Import", "Ada", now()), with_team(store.plan(), "b")).unwrap();
    drop(store);
    let backup = backups_of(&path).unwrap()[0].path.clone();
    let good = fs::read(&path).unwrap();
    let mut torn = good.clone();
    torn[4096..20_000].fill(0xAB);
    for bytes in [torn, good[..20_000].to_vec(), Vec::new()] {
        fs::write(&path, &bytes).unwrap();
        assert!(Store::open(&path, now()).unwrap_err().is_damage());
        if !bytes.is_empty() {
            let health = doctor(&path).unwrap();
            assert!(!health.is_sound && !health.backups.is_empty(), "{health:?}");
        }
        let store = Store::recover(&path, &backup, now()).unwrap();
        assert_eq!(store.plan().teams.len(), 1);
        assert!(doctor(&path).unwrap().is_sound);
        let kept = backup.parent().unwrap().join("2026-11-23T090000000Z damaged");
        assert_eq!(fs::read(kept).unwrap(), bytes, "the damaged file is kept");
    }
}

#[test]
fn restore_is_noticed_even_with_equal_journal_length() {
    let (_folder, path, mut store) = new_plan();
    store.apply(&OperationMeta::import("Import", "Ada", now()), with_team(store.plan(), "a")).unwrap();
    let mut other = Store::open(&path, now()).unwrap();
    let backup = backups_of(&path).unwrap()[0].path.clone();
    store.restore(&backup, now()).unwrap();
    store.apply(&note("Another"), with_team(store.plan(), "b")).unwrap();
    let changes = with_team(other.plan(), "c");
    assert!(matches!(other.apply(&note("On old ground"), changes), Err(StoreError::ChangedElsewhere)));
    assert_eq!(other.plan(), store.plan());
    assert!(doctor(&path).unwrap().is_sound);
}

#[test]
fn team_cycles_are_refused_on_open() {
    let (_folder, path, mut store) = new_plan();
    store.apply(&note("First"), with_team(store.plan(), "a")).unwrap();
    drop(store);
    let db = rusqlite::Connection::open(&path).unwrap();
    db.execute("UPDATE team SET parent = id", []).unwrap();
    drop(db);
    assert!(matches!(Store::open(&path, now()), Err(StoreError::Inconsistent(_))));
}

#[test]
fn foreign_files_are_refused_and_unchanged() {
    let (folder, path, store) = new_plan();
    drop(store);
    let place = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let plan = std::fs::read(&path).unwrap();
    let open = |path: &std::path::Path| Store::open(path, now()).map(drop);

    assert!(matches!(open(&folder.path().join("no.headroom")), Err(StoreError::Missing(_))));
    assert!(matches!(open(folder.path()), Err(StoreError::Folder(_))));
    assert!(matches!(open(&place("empty", b"")), Err(StoreError::Foreign { .. })));
    assert!(matches!(open(&place("text", b"id,name\n1,2\n")), Err(StoreError::Foreign { .. })));

    let mut torn = plan.clone();
    torn[4096..12288].fill(0xA5);
    let torn = place("torn", &torn);
    assert!(matches!(open(&torn), Err(StoreError::Damaged(_) | StoreError::Inconsistent(_))));

    let newer = place("newer", &plan);
    rusqlite::Connection::open(&newer).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let bytes = std::fs::read(&newer).unwrap();
    assert!(matches!(open(&newer), Err(StoreError::Newer { found: 99, .. })));
    assert_eq!(std::fs::read(&newer).unwrap(), bytes);

    let other = folder.path().join("other");
    rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
    assert!(matches!(open(&other), Err(StoreError::Foreign { .. })));
}

#[test]
fn read_only_files_open_and_refuse_edits() {
    let (_folder, path, store) = new_plan();
    drop(store);
    let mut rights = std::fs::metadata(&path).unwrap().permissions();
    rights.set_readonly(true);
    std::fs::set_permissions(&path, rights).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    let mut store = Store::open(&path, now()).unwrap();
    assert!(store.is_read_only());
    let changes = with_team(store.plan(), "payments");
    assert!(matches!(store.apply(&note("Add"), changes), Err(StoreError::ReadOnly)));
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
}

#[test]
fn doctor_reports_rows_that_differ_from_the_journal() {
    let (_folder, path, mut store) = new_plan();
    store.apply(&note("Add Payments"), with_team(store.plan(), "payments")).unwrap();
    drop(store);
    rusqlite::Connection::open(&path).unwrap().execute("UPDATE team SET name = 'Other'", []).unwrap();
    let health = doctor(&path).unwrap();
    assert!(!health.is_sound);
    assert!(
        health.checks.iter().any(|check| check.name == "journal matches rows" && check.problem.is_some())
    );
}

/// A step of a random session.
#[derive(Debug, Clone)]
enum Step {
    Add(u32),
    Rename(usize, String),
    Undo,
    Redo,
    Reopen,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => (0u32..1000).prop_map(Step::Add),
        3 => (0usize..20, "\\PC{1,12}").prop_map(|(at, name)| Step::Rename(at, name)),
        2 => Just(Step::Undo),
        2 => Just(Step::Redo),
        1 => Just(Step::Reopen),
    ];
    proptest::collection::vec(step, 1..24)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Undo and redo agree with a list of copies of the plan, the file always agrees with memory, and every plan that there
    /// was can be gone back to.
    #[test]
    fn undo_redo_and_rewinding_agree_with_saved_copies(steps in steps()) {
        let (_folder, path, mut store) = new_plan();
        let mut past: Vec<Plan> = vec![Plan::default()];
        let mut future: Vec<Plan> = Vec::new();
        let mut known: Vec<(i64, Plan)> = Vec::new();
        for step in steps {
            match step {
                Step::Add(seed) => {
                    let changes = one_of_each(store.plan(), seed);
                    if store.apply(&note("Add"), changes).is_ok() {
                        past.push((**store.plan()).clone());
                        future.clear();
                    }
                }
                Step::Rename(at, name) => {
                    let Some(team) = store.plan().teams.rows().get(at).cloned() else { continue };
                    let mut draft = Draft::new(store.plan());
                    draft.put(Team { name, ..team });
                    let changes = draft.finish();
                    if !changes.is_empty() && store.apply(&note("Rename"), changes).is_ok() {
                        past.push((**store.plan()).clone());
                        future.clear();
                    }
                }
                Step::Undo => {
                    let is_possible = past.len() > 1;
                    prop_assert_eq!(store.undo("Ada", now()).is_ok(), is_possible);
                    if is_possible {
                        future.extend(past.pop());
                    }
                }
                Step::Redo => {
                    prop_assert_eq!(store.redo("Ada", now()).is_ok(), !future.is_empty());
                    past.extend(future.pop());
                }
                Step::Reopen => store = Store::open(&path, now()).unwrap(),
            }
            prop_assert_eq!(Some(&**store.plan()), past.last());
            known.push((store.newest_operation(), (**store.plan()).clone()));
        }
        for (seq, plan) in known.into_iter().filter(|(seq, _)| *seq > 0) {
            let (_, _, changes) = store.rewinding(seq).unwrap();
            let mut then = (**store.plan()).clone();
            then.apply(&changes).unwrap();
            prop_assert_eq!(then, plan);
        }
        drop(store);
        prop_assert!(doctor(&path).unwrap().is_sound);
    }
}
