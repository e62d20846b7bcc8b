//! Migration of files of older formats.

use std::{fs, path::Path};

use chrono::{DateTime, Utc};
use headroom_store::{Store, StoreError, backups_of};
use rusqlite::Connection;

fn now() -> DateTime<Utc> {
    "2026-11-23T09:00:00Z".parse().unwrap()
}

/// A plan as the first version wrote it: one service, owned by one team.
fn first_format(path: &Path) {
    let db = Connection::open(path).unwrap();
    db.execute_batch(include_str!("../../src/schema/0001_plan.sql")).unwrap();
    db.execute_batch(
        "INSERT INTO plan VALUES ('next_id', '4'), ('created_at', '2026-01-01T00:00:00Z');
         INSERT INTO team VALUES (1, 'cash', 'Cash', '[]', NULL, '', '', '', '', 0, NULL, '{}', NULL, NULL);
         INSERT INTO service VALUES (2, 'till', 'Till', '[]', '', '', 1, NULL, NULL, '', '', '[]', '[]', 0, NULL, '{}', NULL, NULL);
         INSERT INTO ownership VALUES (3, 2, 1, NULL, 'owner', NULL, NULL, NULL, NULL);
         PRAGMA application_id = 0x4844524D;
         PRAGMA user_version = 1;",
    )
    .unwrap();
}

#[test]
fn first_format_is_migrated_after_a_backup() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.headroom");
    first_format(&path);
    let store = Store::open(&path, now()).unwrap();
    let plan = store.plan();
    let service = plan.services.iter().next().unwrap();
    assert_eq!((service.name.as_str(), service.tier, service.objective), ("Till", Some(1), None));
    assert!(!service.standalone);
    assert_eq!(plan.ownerships.iter().next().unwrap().named, None);
    assert!(plan.interactions.is_empty());
    drop(store);
    assert_eq!(backups_of(&path).unwrap().len(), 1);
}

#[test]
fn old_read_only_files_are_refused_with_advice() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.headroom");
    first_format(&path);
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    match Store::open(&path, now()) {
        Err(error @ StoreError::OldAndReadOnly) => assert!(error.to_string().contains("copy")),
        // The superuser can write to any file.
        Ok(_) => assert_eq!(backups_of(&path).unwrap().len(), 1),
        Err(other) => panic!("{other}"),
    }
}
