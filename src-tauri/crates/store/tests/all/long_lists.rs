//! Lists of changes that are so long that another thread applies them to the plan while their rows are written.

use std::{
    fs,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};
use headroom_model::{Change, Draft, Membership, Person, Plan, Team, TeamId};
use headroom_store::{OperationMeta, Store, StoreError, doctor};

fn now() -> DateTime<Utc> {
    "2026-11-23T09:00:00Z".parse().unwrap()
}

fn note() -> OperationMeta {
    OperationMeta::import("Imported everyone", "Ada Okafor", now())
}

fn new_plan() -> (tempfile::TempDir, PathBuf, Store) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("acme.headroom");
    let store = Store::create(&path, now()).unwrap();
    (folder, path, store)
}

/// Teams with a person each, in rows of all lengths: full batches, their remains, and single ones.
fn many(plan: &Plan, draw: impl FnOnce(&mut Draft<'_>)) -> Vec<Change> {
    let mut draft = Draft::new(plan);
    let mut above: Option<TeamId> = None;
    for length in [1, 63, 64, 65, 1, 700, 300] {
        let teams: Vec<TeamId> = (0..length).map(|_| draft.new_id::<Team>()).collect();
        for id in &teams {
            let key = format!("team-{}", id.0);
            draft.put(Team { id: *id, key: key.clone(), name: key, parent: above, ..Team::default() });
        }
        for team in &teams {
            let (person, id) = (draft.new_id::<Person>(), draft.new_id::<Membership>());
            let key = format!("person-{}", person.0);
            draft.put(Person { id: person, key: key.clone(), name: key, ..Person::default() });
            draft.put(Membership { id, person, team: *team, ..Membership::default() });
        }
        above = teams.last().copied();
    }
    draw(&mut draft);
    draft.finish()
}

#[test]
fn a_long_list_is_written_as_it_is_applied() {
    let (_folder, path, mut store) = new_plan();
    let empty = store.plan().clone();
    store.apply(&note(), many(store.plan(), |_| {})).unwrap();
    let full = store.plan().clone();
    assert_eq!((full.teams.len(), full.memberships.len()), (1194, 1194));
    drop(store);
    let mut store = Store::open(&path, now()).unwrap();
    assert_eq!(*store.plan(), full);
    assert_eq!(store.history(None, 5).unwrap()[0].change_count, 3 * 1194);
    store.undo("Ben", now()).unwrap();
    assert_eq!(*store.plan(), empty);
    store.redo("Ben", now()).unwrap();
    assert_eq!(*store.plan(), full);
    assert!(doctor(&path).unwrap().is_sound, "the journal leads to the rows");
}

#[test]
fn a_long_list_that_the_plan_refuses_is_written_nowhere() {
    let (folder, path, mut store) = new_plan();
    let before = fs::read(&path).unwrap();
    let team = |id: TeamId, key: &str| Team { id, key: key.into(), name: key.into(), ..Team::default() };
    // The file refuses the first as well, and it is the plan that says why.
    let twice = many(store.plan(), |draft| {
        let ids = [draft.new_id::<Team>(), draft.new_id::<Team>()];
        ids.iter().for_each(|id| draft.put(team(*id, "twice")));
    });
    let without_parent = many(store.plan(), |draft| {
        let id = draft.new_id::<Team>();
        draft.put(Team { parent: Some(TeamId(7)), ..team(id, "lost") });
    });
    for changes in [twice, without_parent] {
        let other = folder.path().join("other.headroom");
        let refused = Store::create_with(&other, &note(), &changes);
        assert!(matches!(refused, Err(StoreError::Refused(_))), "{refused:?}");
        assert!(!other.exists());
        let refused = store.apply(&note(), changes);
        assert!(matches!(refused, Err(StoreError::Refused(_))), "{refused:?}");
        assert_eq!(**store.plan(), Plan::default());
        assert_eq!(store.operation_count().unwrap(), 0);
    }
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_long_list_that_comes_late_is_merged() {
    let (_folder, path, mut store) = new_plan();
    let mut other = Store::open(&path, now()).unwrap();
    let mut draft = Draft::new(other.plan());
    let id = draft.new_id::<Team>();
    draft.put(Team { id, key: "payments".into(), name: "Payments".into(), ..Team::default() });
    let changes = draft.finish();
    other.apply(&OperationMeta::edit("Added Payments", "Ben", now()), changes).unwrap();
    store.apply(&note(), many(&Plan::default(), |_| {})).unwrap();
    assert_eq!(store.plan().teams.len(), 1195);
    drop((store, other));
    assert_eq!(Store::open(&path, now()).unwrap().plan().teams.len(), 1195);
    assert!(doctor(&path).unwrap().is_sound);
}

/// How many rows a query finds in the file.
fn count(path: &Path, table: &str) -> i64 {
    let sql = format!("SELECT count(*) FROM {table}");
    rusqlite::Connection::open(path).unwrap().query_row(&sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn what_is_created_in_a_row_stands_together_in_the_history() {
    let (folder, path, mut store) = new_plan();
    let copy = folder.path().join("copy.headroom");
    fs::copy(&path, &copy).unwrap();
    store.apply(&note(), many(store.plan(), |_| {})).unwrap();
    let is_team = "operation_change WHERE kind = 'team'";
    assert!(count(&path, is_team) < 20, "{} rows", count(&path, is_team));
    assert_eq!(
        count(&path, "who_changed_what WHERE kind = 'team' AND \"after\" ->> 'name' LIKE 'team-%'"),
        1194
    );
    // Each of them has its own history.
    let teams = [0, 1, 64, 500, 1193].map(|at| store.plan().teams.rows()[at].id);
    for team in teams {
        let changed = |field| store.changed_last(team.into(), field).unwrap().map(|changed| changed.author);
        assert_eq!(changed(None).as_deref(), Some("Ada Okafor"));
        assert_eq!(changed(Some("name")).as_deref(), Some("Ada Okafor"));
        assert_eq!(changed(Some("outcome")), None, "a field of which nothing was said");
    }
    let mut draft = Draft::new(store.plan());
    let row = store.plan().get::<Team>(teams[3]).unwrap().clone();
    draft.put(Team { outcome: "Fewer tickets".into(), ..row });
    let changes = draft.finish();
    store.apply(&OperationMeta::edit("Say why", "Ben", now()), changes).unwrap();
    let author = |team: TeamId| store.changed_last(team.into(), None).unwrap().unwrap().author;
    assert_eq!(teams.map(author), ["Ada Okafor", "Ada Okafor", "Ada Okafor", "Ben", "Ada Okafor"]);
    // A copy takes them over as they are.
    let mut other = Store::open(&copy, now()).unwrap();
    other.merge_copy(&path, &OperationMeta::edit("Merged", "Cleo", now())).unwrap();
    assert_eq!(other.plan().teams, store.plan().teams);
    assert!(count(&copy, is_team) < 40, "with those of the merge itself");
    assert!(doctor(&copy).unwrap().is_sound && doctor(&path).unwrap().is_sound);
}
