//! Plans with more figures than are read before the plan is open.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use headroom_model::{Draft, Metric, Observation};
use headroom_store::{OperationMeta, Store, StoreError, doctor};
use rusqlite::Connection;

/// As many as are read beside.
const MANY: usize = 20_000;

fn now() -> DateTime<Utc> {
    "2027-01-04T12:00:00Z".parse().unwrap()
}

/// A plan with that many figures of a metric.
fn plan(folder: &Path) -> PathBuf {
    let path = folder.join("figures.headroom");
    let mut store = Store::create(&path, now()).unwrap();
    let plan = store.plan().clone();
    let mut draft = Draft::new(&plan);
    let metric = draft.new_id::<Metric>();
    draft.put(Metric { id: metric, key: "leads".into(), name: "Leads".into(), ..Metric::default() });
    for number in 0..MANY {
        let day = "2000-01-01".parse::<chrono::NaiveDate>().unwrap() + chrono::Days::new(number as u64);
        let value = number.to_string().parse().unwrap();
        let id = draft.new_id::<Observation>();
        draft.put(Observation { id, metric, first: day, last: day, value, ..Observation::default() });
    }
    let changes = draft.finish();
    store.apply(&OperationMeta::edit("Figures", "Ada", now()), changes).unwrap();
    path
}

/// Alters the file by other means.
fn spoil(path: &Path, sql: &str) {
    Connection::open(path).unwrap().execute_batch(sql).unwrap();
}

#[test]
fn figures_that_are_read_late_are_those_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = plan(folder.path());
    let mut store = Store::open(&path, now()).unwrap();
    // Undone while they may still be read.
    store.undo("Ada", now()).unwrap();
    assert_eq!(store.plan().observations.len(), 0);
    store.redo("Ada", now()).unwrap();
    let values: Vec<String> = store.plan().observations.iter().map(|row| row.value.to_string()).collect();
    assert_eq!(values.len(), MANY);
    assert_eq!(**store.plan(), **Store::open(&path, now()).unwrap().plan());
    assert!(store.late_reading().check().is_ok());
    assert!(doctor(&path).unwrap().is_sound);
}

#[test]
fn figures_that_cannot_be_read_are_no_missing_figures() {
    let folder = tempfile::tempdir().unwrap();
    let path = plan(folder.path());
    spoil(&path, "UPDATE observation SET last = 'soon' WHERE id = (SELECT max(id) FROM observation)");
    let mut store = Store::open(&path, now()).unwrap();
    assert_eq!(store.plan().observations.len(), 0);
    let problem = store.late_reading().check().unwrap_err();
    assert!(matches!(&problem, StoreError::Inconsistent(text) if text.contains("last")), "{problem}");
    assert!(store.switch(None).is_err(), "nobody goes on with a plan that lacks figures");
    assert!(store.undo("Ada", now()).is_err(), "nor writes to it");
    assert!(!doctor(&path).unwrap().is_sound);
}
