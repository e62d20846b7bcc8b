//! Files that earlier versions of the program wrote, with history, undo and backups. How they were made, and what the
//! old programs printed of them, is in `tests/fixtures/`.

mod expected;
mod values;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Duration, Utc};
use expected::{EXPECTED, Expected};
use headroom_model::{Change, Plan};
use headroom_store::{Operation, OperationAction, Store, StoreError, backups_of, doctor};
use serde_json::{Value, json};

fn now() -> DateTime<Utc> {
    "2027-02-01T09:00:00Z".parse().unwrap()
}

/// A folder with a copy of a fixture: the plan with its backups, and what the old program wrote beside it.
struct Copied {
    folder: tempfile::TempDir,
    plan: PathBuf,
}

impl Copied {
    fn of(expected: &Expected) -> Self {
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(expected.folder);
        let folder = tempfile::tempdir().unwrap();
        copy(&fixture, folder.path());
        let plan = folder.path().join("saltmarsh.headroom");
        Self { folder, plan }
    }

    fn opened(&self) -> Store {
        Store::open(&self.plan, now()).unwrap()
    }

    /// The backup that the old program made.
    fn kept_backup(&self) -> PathBuf {
        backups_of(&self.plan).unwrap().pop().unwrap().path
    }

    fn printed(&self, file: &str) -> Value {
        serde_json::from_str(&fs::read_to_string(self.folder.path().join(file)).unwrap()).unwrap()
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()) {
        let target = to.join(entry.file_name().unwrap());
        if entry.is_dir() {
            copy(&entry, &target);
        } else {
            // Not `fs::copy`: a file that is read-only in the sources must be writable here.
            fs::write(target, fs::read(&entry).unwrap()).unwrap();
        }
    }
}

/// Every table of a plan, as the JSON export has it.
fn tables(plan: &Plan) -> BTreeMap<&'static str, Value> {
    BTreeMap::from([
        ("teams", json!(plan.teams.rows())),
        ("people", json!(plan.people.rows())),
        ("memberships", json!(plan.memberships.rows())),
        ("groupings", json!(plan.groupings.rows())),
        ("services", json!(plan.services.rows())),
        ("ownerships", json!(plan.ownerships.rows())),
        ("dependencies", json!(plan.dependencies.rows())),
        ("interactions", json!(plan.interactions.rows())),
        ("positions", json!(plan.positions.rows())),
        ("assignments", json!(plan.assignments.rows())),
        ("assumptions", json!(plan.assumptions.rows())),
        ("budgets", json!(plan.budgets.rows())),
        ("exchange_rates", json!(plan.exchange_rates.rows())),
        ("holidays", json!(plan.holidays.rows())),
        ("approvals", json!(plan.approvals.rows())),
        ("templates", json!(plan.templates.rows())),
        ("template_items", json!(plan.template_items.rows())),
        ("checklists", json!(plan.checklists.rows())),
        ("checklist_items", json!(plan.checklist_items.rows())),
        ("settings", json!(plan.settings.rows())),
    ])
}

/// The tables that have rows, with their number.
fn by_id(mut rows: Value) -> Value {
    if let Some(rows) = rows.as_array_mut() {
        rows.sort_by_key(|row| row["id"].as_u64());
    }
    rows
}

fn counts(plan: &Plan) -> BTreeMap<&'static str, usize> {
    let counted = tables(plan).into_iter().map(|(name, rows)| (name, rows.as_array().unwrap().len()));
    counted.filter(|(_, count)| *count > 0).collect()
}

#[track_caller]
fn assert_sound(path: &Path, format: Option<i64>) {
    let health = doctor(path).unwrap();
    assert!(health.is_sound, "{}: {:?}", path.display(), health.checks);
    assert_eq!(health.format, format.unwrap_or(health.current_format), "{}", path.display());
}

#[test]
fn old_files_hold_what_was_entered() {
    for expected in EXPECTED {
        let copied = Copied::of(expected);
        let store = copied.opened();
        let plan = store.plan();
        assert_eq!(counts(plan), expected.counts.iter().copied().collect(), "{}", expected.folder);
        (expected.values)(plan);
    }
}

#[test]
fn old_files_hold_what_their_program_exported() {
    for expected in EXPECTED {
        let copied = Copied::of(expected);
        let (plan, printed) = (tables(copied.opened().plan()), copied.printed("plan.json"));
        let known = printed.as_object().unwrap().iter().filter(|(_, rows)| rows.is_array());
        let known: BTreeMap<_, _> = known.map(|(name, rows)| (name.as_str(), rows)).collect();
        for (name, rows) in plan {
            let exported = known.get(name).map_or(json!([]), |rows| (*rows).clone());
            // An export is in the order of what rows say, a table in that of IDs, which is another once they are random.
            assert_eq!(by_id(rows), by_id(exported), "{} of {}", name, expected.folder);
        }
    }
}

#[test]
fn old_files_are_migrated_after_a_backup_that_opens() {
    for expected in EXPECTED {
        let copied = Copied::of(expected);
        let bytes = fs::read(&copied.plan).unwrap();
        assert_sound(&copied.plan, Some(expected.format));
        assert_eq!(fs::read(&copied.plan).unwrap(), bytes, "{}: doctor only looks", expected.folder);

        let plan = copied.opened().plan().clone();
        assert_sound(&copied.plan, None);
        let mut backups = backups_of(&copied.plan).unwrap();
        backups.retain(|backup| backup.reason == "migration");
        let is_old = expected.format < doctor(&copied.plan).unwrap().current_format;
        assert_eq!(backups.len(), usize::from(is_old), "{}", expected.folder);
        for backup in backups {
            assert_sound(&backup.path, Some(expected.format));
            let path = copied.folder.path().join("copy of the backup.headroom");
            fs::copy(&backup.path, &path).unwrap();
            assert_eq!(Store::open(&path, now()).unwrap().plan(), &plan, "{}", expected.folder);
        }

        let count = backups_of(&copied.plan).unwrap().len();
        assert_eq!(copied.opened().plan(), &plan);
        assert_eq!(backups_of(&copied.plan).unwrap().len(), count, "{}: migrated once", expected.folder);
    }
}

/// An operation with its changes, without the numbers that are the file's own.
fn told(store: &Store, entries: &[Operation], entry: &Operation) -> Value {
    let change = |change: &Change| {
        let (subject, fields) = (change.subject(), change.fields());
        json!({"kind": subject.kind, "id": subject.id, "fields": fields})
    };
    let changes: Vec<Value> = store.changes_of(entry.seq).unwrap().iter().map(change).collect();
    let target = entries.iter().position(|other| Some(other.seq) == entry.target);
    json!({
        "at": entry.at, "author": entry.author, "action": entry.action, "label": entry.label, "of": target,
        "undone": entry.target.is_none() && store.is_undone(entry.seq), "count": entry.change_count,
        "changes": changes,
    })
}

/// The same of an entry that an old program printed.
fn printed(entries: &[Value], entry: &Value) -> Value {
    let change =
        |change: &Value| json!({"kind": change["kind"], "id": change["id"], "fields": change["fields"]});
    let changes: Vec<Value> = entry["changes"].as_array().unwrap().iter().map(change).collect();
    let target = entries.iter().position(|other| other["seq"] == entry["target"]);
    json!({
        "at": entry["at"], "author": entry["author"], "action": entry["action"], "label": entry["label"],
        "of": target, "undone": entry["undone"], "count": entry["change_count"], "changes": changes,
    })
}

#[test]
fn old_histories_read_as_their_program_printed_them() {
    for expected in EXPECTED {
        let copied = Copied::of(expected);
        let (store, old) = (copied.opened(), copied.printed("history.json"));
        let (new, old) = (store.history(None, 1000).unwrap(), old.as_array().unwrap());
        assert_eq!(new.len(), old.len(), "{}", expected.folder);
        for (new_entry, old_entry) in new.iter().zip(old) {
            assert_eq!(told(&store, &new, new_entry), printed(old, old_entry), "{}", expected.folder);
        }
    }
}

#[test]
fn old_histories_of_a_position_are_found() {
    for expected in EXPECTED.iter().filter(|expected| expected.format == 4) {
        let store = Copied::of(expected).opened();
        let position = store.plan().positions.iter().find(|row| row.key == "P-2").unwrap().id;
        let entries = store.history_of_position(position, 9).unwrap();
        let labels: Vec<&str> = entries.iter().map(|entry| entry.label.as_str()).collect();
        assert_eq!(labels, [expected.done[6], expected.done[2]], "{}", expected.folder);
    }
}

#[test]
fn old_histories_have_the_authors_who_were_named() {
    for expected in EXPECTED {
        let store = Copied::of(expected).opened();
        let entries = store.history(None, 1000).unwrap();
        let by = |author: &str| entries.iter().filter(|entry| entry.author == author).count();
        let found = [by("Zoë O'Brien-Ñandú"), by("Łukasz \"Luk\" Żak"), by("Mei 🥐 Lin")];
        assert_eq!(found, expected.entries_by_author, "{}", expected.folder);
        let imports = entries.iter().filter(|entry| entry.action == OperationAction::Import).count();
        assert_eq!(imports, expected.imports, "{}", expected.folder);
    }
}

#[test]
fn old_operations_are_undone_to_the_first_and_redone() {
    for expected in EXPECTED {
        let copied = Copied::of(expected);
        let mut store = copied.opened();
        let opened = store.plan().clone();
        for label in expected.undone {
            assert_eq!(store.redo("Ada", now()).unwrap(), *label, "{}", expected.folder);
        }
        assert!(matches!(store.redo("Ada", now()), Err(StoreError::NothingToRedo)));

        let steps: Vec<&str> = expected.done.iter().chain(expected.undone).copied().collect();
        let mut plans = vec![store.plan().clone()];
        for label in steps.iter().rev() {
            assert_eq!(store.undo("Ada", now()).unwrap(), *label, "{}", expected.folder);
            plans.push(store.plan().clone());
        }
        assert!(matches!(store.undo("Ada", now()), Err(StoreError::NothingToUndo)));
        assert_eq!(**store.plan(), Plan::default(), "{}: it began empty", expected.folder);
        assert_eq!(plans[expected.undone.len()], opened, "{}: as it was opened", expected.folder);
        drop(store);
        assert_sound(&copied.plan, None);

        let mut store = copied.opened();
        for (label, plan) in steps.iter().zip(plans.iter().rev().skip(1)) {
            assert_eq!(store.redo("Ben", now()).unwrap(), *label, "{}", expected.folder);
            assert_eq!(store.plan(), plan, "{}: {label}", expected.folder);
        }
        assert!(matches!(store.redo("Ben", now()), Err(StoreError::NothingToRedo)));
        drop(store);
        assert_sound(&copied.plan, None);
    }
}

#[test]
fn kept_backups_are_restored() {
    for expected in EXPECTED {
        let copied = Copied::of(expected);
        let backup = copied.kept_backup();
        let bytes = fs::read(&backup).unwrap();
        let mut store = copied.opened();
        let opened = store.plan().clone();
        store.restore(&backup, now() + Duration::seconds(1)).unwrap();
        assert_kept(expected, &mut store);
        assert_eq!(fs::read(&backup).unwrap(), bytes, "{}: the backup stays as it was", expected.folder);
        drop(store);
        assert_sound(&copied.plan, None);

        let newest = backups_of(&copied.plan).unwrap().swap_remove(0);
        assert_eq!(newest.reason, "restore");
        let mut store = copied.opened();
        store.restore(&newest.path, now() + Duration::seconds(2)).unwrap();
        assert_eq!(store.plan(), &opened, "{}: and back", expected.folder);
        drop(store);
        assert_sound(&copied.plan, None);
    }
}

#[test]
fn kept_backups_replace_damaged_plans() {
    for expected in EXPECTED {
        let copied = Copied::of(expected);
        fs::write(&copied.plan, "").unwrap();
        assert!(Store::open(&copied.plan, now()).unwrap_err().is_damage());
        let mut store = Store::recover(&copied.plan, &copied.kept_backup(), now()).unwrap();
        assert_kept(expected, &mut store);
        drop(store);
        assert_sound(&copied.plan, None);
    }
}

/// That the plan is that of the backup, and that what was undone since cannot be redone.
#[track_caller]
fn assert_kept(expected: &Expected, store: &mut Store) {
    assert_eq!(counts(store.plan()), expected.kept_counts.iter().copied().collect(), "{}", expected.folder);
    assert!(matches!(store.redo("Ada", now()), Err(StoreError::NothingToRedo)), "{}", expected.folder);
    let before = store.plan().clone();
    let label = expected.done[expected.kept_steps - 1];
    assert_eq!(store.undo("Ada", now()).unwrap(), label, "{}", expected.folder);
    assert_eq!(store.redo("Ada", now()).unwrap(), label, "{}", expected.folder);
    assert_eq!(store.plan(), &before, "{}", expected.folder);
}

/// No program wrote format 3 by itself: it came with format 4. The file is that of format 2, migrated by hand.
#[test]
fn format_3_opens_although_no_program_wrote_it() {
    let expected = EXPECTED.iter().find(|expected| expected.format == 2).unwrap();
    let copied = Copied::of(expected);
    let db = rusqlite::Connection::open(&copied.plan).unwrap();
    db.execute_batch(include_str!("../../../src/schema/0003_hiring.sql")).unwrap();
    db.pragma_update(None, "user_version", 3).unwrap();
    drop(db);
    assert_sound(&copied.plan, Some(3));
    assert_eq!(counts(copied.opened().plan()), expected.counts.iter().copied().collect());
    assert_sound(&copied.plan, None);
}
