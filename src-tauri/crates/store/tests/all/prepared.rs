//! Prepared files: anything beyond a plan is refused before it can run.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use headroom_model::{Draft, Owner, Ownership, Plan, Service, Team, role};
use headroom_store::{OperationMeta, Store, StoreError, doctor};
use rusqlite::Connection;

fn now() -> DateTime<Utc> {
    "2026-11-23T09:00:00Z".parse().unwrap()
}

fn note(label: &str) -> OperationMeta {
    OperationMeta::edit(label, "Ada", now())
}

/// A plan in which Cash owns Till.
fn plan_in(folder: &Path) -> PathBuf {
    let path = folder.join("acme.headroom");
    let mut store = Store::create(&path, now()).unwrap();
    let mut draft = Draft::new(store.plan());
    let (team, service, owned) =
        (draft.new_id::<Team>(), draft.new_id::<Service>(), draft.new_id::<Ownership>());
    draft.put(Team { id: team, key: "cash".into(), name: "Cash".into(), ..Team::default() });
    draft.put(Service { id: service, key: "till".into(), name: "Till".into(), ..Service::default() });
    let role = role::OWNER.to_owned();
    draft.put(Ownership { id: owned, service, owner: Owner::Team(team), role, ..Ownership::default() });
    let changes = draft.finish();
    store.apply(&note("Found the shop"), changes).unwrap();
    path
}

fn alter(path: &Path, sql: &str) {
    Connection::open(path).unwrap().execute_batch(sql).unwrap();
}

fn renamed(plan: &Plan) -> Vec<headroom_model::Change> {
    let mut draft = Draft::new(plan);
    let team = plan.teams.iter().next().unwrap().clone();
    draft.put(Team { name: "Tills".into(), ..team });
    draft.finish()
}

const TRIGGER: &str = "CREATE TRIGGER t AFTER INSERT ON operation BEGIN DELETE FROM ownership; END";

/// A statement that prepares a file, and a word by which the error names it.
const PREPARED: [(&str, &str); 11] = [
    (TRIGGER, "trigger “t” on “operation”"),
    ("CREATE TRIGGER who INSTEAD OF INSERT ON who_is_where BEGIN DELETE FROM person; END", "trigger “who”"),
    ("CREATE VIEW spy AS SELECT * FROM position", "view “spy”"),
    ("CREATE TABLE notes (a TEXT)", "table “notes”"),
    ("CREATE VIRTUAL TABLE search USING fts5(a)", "table “search”"),
    ("ALTER TABLE team ADD COLUMN secret TEXT DEFAULT 'a'", "table “team”"),
    ("ALTER TABLE team ADD COLUMN twice TEXT AS (name || name)", "table “team”"),
    ("CREATE UNIQUE INDEX one_name ON team (name)", "index “one_name” on “team”"),
    ("DROP VIEW who_owns_what", "missing view “who_owns_what”"),
    ("ALTER TABLE ownership RENAME TO kept; CREATE VIEW ownership AS SELECT * FROM kept", "view “ownership”"),
    (
        "PRAGMA writable_schema = ON;
         UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (tier BETWEEN 1 AND 4)', '') WHERE name = 'service'",
        "table “service”",
    ),
];

#[test]
fn prepared_files_are_refused_with_the_foreign_part() {
    for (sql, what) in PREPARED {
        let folder = tempfile::tempdir().unwrap();
        let path = plan_in(folder.path());
        alter(&path, sql);
        let bytes = std::fs::read(&path).unwrap();
        match Store::open(&path, now()) {
            Err(error @ StoreError::Prepared { .. }) => assert!(error.to_string().contains(what), "{error}"),
            other => panic!("{sql}: {:?}", other.map(drop)),
        }
        assert_eq!(std::fs::read(&path).unwrap(), bytes, "{sql}");
        let health = doctor(&path).unwrap();
        assert!(!health.is_sound, "{sql}");
        let named =
            health.checks.iter().any(|check| check.problem.as_ref().is_some_and(|it| it.contains(what)));
        assert!(named, "{sql}: {:?}", health.checks);
    }
}

#[test]
fn tables_of_sqlite_itself_are_accepted() {
    let folder = tempfile::tempdir().unwrap();
    let path = plan_in(folder.path());
    alter(&path, "CREATE TEMP TABLE t (a); ANALYZE; VACUUM");
    Store::open(&path, now()).unwrap();
    assert!(doctor(&path).unwrap().is_sound);
}

#[test]
fn prepared_backups_are_not_restored() {
    let folder = tempfile::tempdir().unwrap();
    let path = plan_in(folder.path());
    let backup = folder.path().join("backup.headroom");
    std::fs::copy(&path, &backup).unwrap();
    alter(&backup, TRIGGER);
    let mut store = Store::open(&path, now()).unwrap();
    assert!(matches!(store.restore(&backup, now()), Err(StoreError::Prepared { .. })));
    assert!(matches!(Store::recover(&path, &backup, now()), Err(StoreError::Prepared { .. })));
}

#[test]
fn triggers_added_to_an_open_plan_do_not_run() {
    let folder = tempfile::tempdir().unwrap();
    let path = plan_in(folder.path());
    let mut store = Store::open(&path, now()).unwrap();
    alter(&path, TRIGGER);
    store.refresh().unwrap();
    let changes = renamed(store.plan());
    store.apply(&note("Rename"), changes).unwrap();
    let owners: i64 = Connection::open(&path)
        .unwrap()
        .query_row("SELECT count(*) FROM ownership", [], |row| row.get(0))
        .unwrap();
    assert_eq!(owners, 1);
}

#[test]
fn clean_copy_has_only_rows_and_journal() {
    let folder = tempfile::tempdir().unwrap();
    let path = plan_in(folder.path());
    let plan = Store::open(&path, now()).unwrap().plan().clone();
    for (at, (sql, _)) in PREPARED.iter().enumerate() {
        let prepared = folder.path().join(format!("prepared-{at}.headroom"));
        std::fs::copy(&path, &prepared).unwrap();
        alter(&prepared, sql);
        let bytes = std::fs::read(&prepared).unwrap();
        let copy = folder.path().join(format!("copy-{at}.headroom"));
        match Store::clean_copy(&prepared, &copy, now()) {
            Ok(mut store) => {
                assert_eq!(*store.plan(), plan, "{sql}");
                store.undo("Ada", now()).unwrap();
                store.redo("Ada", now()).unwrap();
                assert!(doctor(&copy).unwrap().is_sound, "{sql}");
            }
            // A view in place of a table may return anything.
            Err(error) => {
                assert!(sql.contains("RENAME"), "{sql}: {error}");
                assert!(!copy.exists());
            }
        }
        assert_eq!(std::fs::read(&prepared).unwrap(), bytes, "{sql}");
        assert!(matches!(
            Store::clean_copy(&prepared, &path, now()),
            Err(StoreError::Exists(_) | StoreError::Inconsistent(_))
        ));
    }
}
