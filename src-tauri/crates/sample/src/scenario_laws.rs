//! What holds for scenarios, over random plans and random edits of every kind of entity.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use headroom_model::{
    Change, Draft, EntityRef, Kind, Plan, Scenario, ScenarioId, ScenarioState,
    merge::{Choice, Conflict, ConflictCause, Patch, changes_between},
    with_row,
};
use headroom_store::{OperationMeta, Selection, Store, StoreError, doctor};
use headroom_tests::random_edits::{self, Roll};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

fn now() -> DateTime<Utc> {
    "2026-11-23T09:00:00Z".parse().unwrap()
}

fn note(label: &str) -> OperationMeta {
    OperationMeta::edit(label, "Ada", now())
}

/// A plan file with some of every kind.
fn file(folder: &Path, name: &str, seed: u64) -> PathBuf {
    let path = folder.join(name);
    let plan = random_edits::plan(&[], seed);
    Store::create_with(&path, &note("Start"), &changes_between(&Plan::default(), &plan)).unwrap();
    path
}

fn open(path: &Path) -> Store {
    Store::open(path, now()).unwrap()
}

fn add(store: &mut Store, key: &str, from: Option<ScenarioId>) -> ScenarioId {
    let id = Draft::new(store.plan_itself()).new_id::<Scenario>();
    let row = Scenario { id, key: key.into(), name: key.into(), ..Scenario::default() };
    store.add_scenario(&note(key), row, from).unwrap();
    id
}

/// Makes this many edits on what the store shows, each an operation of its own; gives their changes.
fn edit(store: &mut Store, runner: &mut TestRunner, count: usize) -> Vec<Vec<Change>> {
    let mut made = Vec::new();
    let mut left = count;
    while left > 0 {
        let roll = any::<Roll>().new_tree(runner).unwrap().current();
        let changes = random_edits::changes(store.plan(), roll);
        let is_about_scenarios = changes.iter().any(|change| change.subject().kind == Kind::Scenario);
        if !changes.is_empty() && !is_about_scenarios {
            store.apply(&note(&format!("Edit {left}")), changes.clone()).unwrap();
            made.push(changes);
            left -= 1;
        }
    }
    made
}

/// What differs, but for what is said about scenarios.
fn differences(from: &Plan, to: &Plan) -> Vec<Change> {
    let mut changes = changes_between(from, to);
    changes.retain(|change| change.subject().kind != Kind::Scenario);
    changes
}

fn whole(scenario: ScenarioId) -> Selection<'static> {
    Selection { scenario, only: None }
}

fn merge(store: &mut Store, scenario: ScenarioId, choice: Choice) -> Vec<Conflict> {
    let conflicts = store.merging(whole(scenario)).unwrap().conflicts;
    let decided: Vec<_> = conflicts.iter().cloned().map(|conflict| (conflict, choice)).collect();
    let row = store.plan_itself().get::<Scenario>(scenario).unwrap().clone();
    let merged = Scenario { state: ScenarioState::Merged, ..row };
    match store.merge_scenario(whole(scenario), &note("Merge"), &decided, Some(merged)) {
        // What was chosen may be impossible as the plan is.
        Ok(()) | Err(StoreError::Conflicts(_)) => conflicts,
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn a_scenario_is_the_plan_with_its_changes() {
    let folder = tempfile::tempdir().unwrap();
    let mut runner = TestRunner::deterministic();
    for seed in 1..=8 {
        let path = file(folder.path(), &format!("{seed}.headroom"), seed);
        let mut store = open(&path);
        let scenario = add(&mut store, "bet", None);
        let by_hand = store.plan().as_ref().clone();
        store.switch(Some(scenario)).unwrap();
        assert!(**store.plan() == by_hand, "it begins as the plan");
        // By hand, in a copy of the plan.
        let mut by_hand = by_hand;
        for changes in edit(&mut store, &mut runner, 20) {
            by_hand.apply(&changes).unwrap();
        }
        assert!(**store.plan() == by_hand);
        // The plan goes on, and the scenario stays as it is.
        store.switch(None).unwrap();
        edit(&mut store, &mut runner, 20);
        for _ in 0..seed {
            store.undo("Ada", now()).unwrap();
        }
        store.switch(Some(scenario)).unwrap();
        assert!(**store.plan() == by_hand);
        assert_eq!(u64::from(store.branch(scenario).unwrap().behind), 20 - seed);
        let (plan, itself) = (store.plan().clone(), store.plan_itself().clone());
        drop(store);
        let mut again = open(&path);
        assert!(*again.plan() == itself);
        again.switch(Some(scenario)).unwrap();
        assert!(*again.plan() == plan, "{:?}", differences(again.plan(), &plan));
        let health = doctor(&path).unwrap();
        assert!(health.is_sound, "{:?}", health.checks);
    }
}

#[test]
fn undo_and_redo_are_those_of_the_scenario() {
    let folder = tempfile::tempdir().unwrap();
    let mut runner = TestRunner::deterministic();
    let path = file(folder.path(), "plan.headroom", 3);
    let mut store = open(&path);
    let scenario = add(&mut store, "bet", None);
    store.switch(Some(scenario)).unwrap();
    assert!(store.next_undo().is_none(), "making it is undone in the plan");
    let start = store.plan().clone();
    edit(&mut store, &mut runner, 10);
    let end = store.plan().clone();
    store.switch(None).unwrap();
    edit(&mut store, &mut runner, 5);
    let plan = store.plan().clone();
    store.switch(Some(scenario)).unwrap();
    for _ in 0..10 {
        store.undo("Ada", now()).unwrap();
    }
    assert!(*store.plan() == start);
    assert!(matches!(store.undo("Ada", now()), Err(StoreError::NothingToUndo)));
    for _ in 0..10 {
        store.redo("Ada", now()).unwrap();
    }
    assert!(*store.plan() == end);
    assert!(*store.plan_itself() == plan);
    // Undone with the step that made it, and back with it.
    store.switch(None).unwrap();
    for _ in 0..6 {
        store.undo("Ada", now()).unwrap();
    }
    assert!(matches!(store.switch(Some(scenario)), Err(StoreError::NoScenario)));
    for _ in 0..6 {
        store.redo("Ada", now()).unwrap();
    }
    store.switch(Some(scenario)).unwrap();
    assert!(*store.plan() == end);
}

#[test]
fn taking_in_what_the_plan_has_done_is_a_merge_that_can_be_undone() {
    let folder = tempfile::tempdir().unwrap();
    let mut runner = TestRunner::deterministic();
    let (mut clean, mut met) = (0, 0);
    for seed in 1..=20 {
        let path = file(folder.path(), &format!("{seed}.headroom"), seed);
        let mut store = open(&path);
        let scenario = add(&mut store, "bet", None);
        store.switch(Some(scenario)).unwrap();
        edit(&mut store, &mut runner, 9);
        let before = store.plan().clone();
        store.switch(None).unwrap();
        edit(&mut store, &mut runner, 9);
        let found = store.rebase(scenario, &note("Take in")).unwrap();
        let branch = store.branch(scenario).unwrap();
        assert_eq!(branch.behind, 0);
        assert!(branch.plan_at_base == *store.plan_itself());
        assert_eq!(store.open_conflicts().unwrap().len(), found.conflicts.len());
        if found.conflicts.is_empty() {
            clean += 1;
            // Whoever merges it then gets the scenario.
            let after = store.plan().clone();
            assert!(merge(&mut store, scenario, Choice::Theirs).is_empty());
            assert_eq!(differences(store.plan_itself(), &after), []);
            store.undo("Ada", now()).unwrap();
            store.switch(Some(scenario)).unwrap();
        } else {
            met += 1;
        }
        // Nothing is left to take in.
        assert_eq!(differences(store.plan(), &store.branch(scenario).unwrap().plan), []);
        let taken_in = store.plan().clone();
        store.undo("Ada", now()).unwrap();
        assert_eq!(differences(&before, store.plan()), []);
        assert!(store.branch(scenario).unwrap().behind > 0);
        store.redo("Ada", now()).unwrap();
        assert_eq!(differences(&taken_in, store.plan()), []);
        let shown = store.plan().clone();
        drop(store);
        let mut again = open(&path);
        again.switch(Some(scenario)).unwrap();
        assert!(*again.plan() == shown);
        assert!(doctor(&path).unwrap().is_sound);
    }
    assert!(clean > 3 && met > 3, "{clean} without conflicts, {met} with");
}

/// The fields of conflicts, in order.
fn fields_of(conflicts: &[Conflict]) -> Vec<(EntityRef, String)> {
    let field = |conflict: &Conflict| match &conflict.cause {
        ConflictCause::Field { field, .. } => Some((conflict.subject, field.clone())),
        _ => None,
    };
    let mut fields: Vec<_> = conflicts.iter().filter_map(field).collect();
    fields.sort_by_key(|(subject, field)| (subject.kind, subject.id, field.clone()));
    fields
}

/// Merges both scenarios of a file, in this order; gives the plan, and what the second met.
fn merged(path: &Path, order: [ScenarioId; 2]) -> (Plan, Vec<Conflict>) {
    let mut store = open(path);
    assert!(merge(&mut store, order[0], Choice::Theirs).is_empty(), "the plan has not gone on");
    let met = merge(&mut store, order[1], Choice::Ours);
    let plan = store.plan().as_ref().clone();
    (plan, met)
}

#[test]
fn two_scenarios_are_merged_in_either_order() {
    let folder = tempfile::tempdir().unwrap();
    let mut runner = TestRunner::deterministic();
    let (mut apart, mut met) = (0, 0);
    for pair in 0..200_u64 {
        let path = file(folder.path(), &format!("{pair}.headroom"), 1 + pair);
        let mut store = open(&path);
        let [a, b] = ["a", "b"].map(|key| {
            store.switch(None).unwrap();
            let id = add(&mut store, key, None);
            store.switch(Some(id)).unwrap();
            edit(&mut store, &mut runner, 1 + (pair % 12) as usize);
            id
        });
        let [of_a, of_b] = [a, b].map(|id| store.branch(id).unwrap().changes());
        drop(store);
        let other = folder.path().join("other.headroom");
        std::fs::copy(&path, &other).unwrap();
        let ((one, first), (two, second)) = (merged(&path, [a, b]), merged(&other, [b, a]));
        assert_eq!(first.is_empty(), second.is_empty(), "{first:?} {second:?}");
        assert_eq!(fields_of(&first), fields_of(&second));
        // Nothing is in conflict that only one of them has changed.
        let changed = |changes: &[Change]| -> FxHashSet<(EntityRef, String)> {
            let patches = changes.iter().map(Patch::of).collect::<Vec<_>>();
            let each = patches.iter().flat_map(|patch| {
                patch.changed().into_iter().map(|field| (patch.subject(), field.to_owned()))
            });
            each.collect()
        };
        let both: FxHashSet<_> = changed(&of_a).intersection(&changed(&of_b)).cloned().collect();
        assert!(fields_of(&first).iter().all(|field| both.contains(field)), "{first:?}");
        if first.is_empty() {
            apart += 1;
            assert_eq!(differences(&one, &two), []);
        } else {
            met += 1;
        }
        std::fs::remove_file(&other).unwrap();
        std::fs::remove_file(&path).unwrap();
    }
    assert!(apart > 50 && met > 10, "{apart} apart, {met} met");
}

#[test]
fn a_part_is_merged_and_the_rest_stays() {
    let folder = tempfile::tempdir().unwrap();
    let mut runner = TestRunner::deterministic();
    let path = file(folder.path(), "plan.headroom", 5);
    let mut store = open(&path);
    let scenario = add(&mut store, "bet", None);
    store.switch(Some(scenario)).unwrap();
    edit(&mut store, &mut runner, 12);
    let wanted = store.plan().clone();
    let before = store.plan_itself().clone();
    let changes = store.branch(scenario).unwrap().changes();
    // What was changed, and not made, needs nothing else.
    let is_alone = |change: &&Change| !change.creates() && !change.removes();
    let only: FxHashSet<EntityRef> = changes.iter().filter(is_alone).map(Change::subject).take(2).collect();
    assert_eq!(only.len(), 2);
    store.merge_scenario(Selection { scenario, only: Some(&only) }, &note("Part"), &[], None).unwrap();
    let merged: FxHashSet<EntityRef> =
        differences(&before, store.plan_itself()).iter().map(Change::subject).collect();
    assert_eq!(merged, only);
    assert_eq!(store.merging(whole(scenario)).unwrap().changes.len(), changes.len() - only.len());
    // Undone, all of it is there to be merged again.
    store.undo("Ada", now()).unwrap();
    assert_eq!(differences(&before, store.plan_itself()), []);
    assert!(merge(&mut store, scenario, Choice::Theirs).is_empty());
    assert_eq!(differences(&wanted, store.plan_itself()), []);
    assert_eq!(store.plan_itself().get::<Scenario>(scenario).unwrap().state, ScenarioState::Merged);
    store.undo("Ada", now()).unwrap();
    assert!(store.plan_itself().get::<Scenario>(scenario).unwrap().is_open());
}

#[test]
fn one_begins_as_another_also_when_that_is_behind() {
    let folder = tempfile::tempdir().unwrap();
    let mut runner = TestRunner::deterministic();
    let mut store = open(&file(folder.path(), "plan.headroom", 6));
    let first = add(&mut store, "first", None);
    store.switch(Some(first)).unwrap();
    edit(&mut store, &mut runner, 8);
    store.switch(None).unwrap();
    edit(&mut store, &mut runner, 8);
    let second = add(&mut store, "second", Some(first));
    let [one, other] = [first, second].map(|id| store.branch(id).unwrap());
    assert_eq!(differences(&one.plan, &other.plan), []);
    assert_eq!((one.base, one.changes()), (other.base, other.changes()));
}

#[test]
fn what_is_said_about_scenarios_is_not_said_in_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(&file(folder.path(), "plan.headroom", 7));
    let scenario = add(&mut store, "bet", None);
    store.switch(Some(scenario)).unwrap();
    let mut draft = Draft::new(store.plan());
    let row = store.plan().get::<Scenario>(scenario).unwrap().clone();
    draft.put(Scenario { outcome: "Done".into(), ..row });
    let changes = draft.finish();
    assert!(matches!(store.apply(&note("Decide"), changes), Err(StoreError::OnlyInPlan(_))));
}

#[test]
fn scenarios_of_a_copy_stay_in_it_and_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let mut runner = TestRunner::deterministic();
    let path = file(folder.path(), "plan.headroom", 8);
    let mut store = open(&path);
    let both = add(&mut store, "both", None);
    drop(store);
    let other = folder.path().join("copy.headroom");
    std::fs::copy(&path, &other).unwrap();
    let mut copy = open(&other);
    let theirs = add(&mut copy, "theirs", None);
    for scenario in [both, theirs] {
        copy.switch(Some(scenario)).unwrap();
        edit(&mut copy, &mut runner, 3);
    }
    drop(copy);
    let mut store = open(&path);
    assert_eq!(store.compare_copy(&other).unwrap().scenarios_left, 2);
    store.merge_copy(&other, &note("Merge a copy")).unwrap();
    assert!(store.plan().get::<Scenario>(theirs).is_none(), "without its changes it is none");
    assert_eq!(store.branch(both).unwrap().changes(), []);
    assert!(doctor(&path).unwrap().is_sound);
    // What the plan has itself is left by nobody.
    assert_eq!(open(&other).compare_copy(&path).unwrap().scenarios_left, 0);
}

/// What a scenario changes by entity and field, with the value.
fn fields(patches: &[Patch]) -> FxHashMap<(EntityRef, String), Option<Value>> {
    let mut found = FxHashMap::default();
    for patch in patches {
        // What is empty is left out of a row, and said to be empty where it was not before.
        let value = |name: &str| patch.after.as_ref()?.get(name).filter(|value| !value.is_null()).cloned();
        if patch.before.is_none() || patch.after.is_none() {
            found.insert((patch.subject(), String::new()), None);
        }
        found.extend(
            patch.changed().into_iter().map(|name| ((patch.subject(), name.to_owned()), value(name))),
        );
    }
    found
}

#[test]
fn the_journal_tells_what_open_scenarios_change() {
    let folder = tempfile::tempdir().unwrap();
    let mut runner = TestRunner::deterministic();
    for seed in 1..=8 {
        let path = file(folder.path(), &format!("{seed}.headroom"), seed);
        let mut store = open(&path);
        let first = add(&mut store, "first", None);
        store.switch(Some(first)).unwrap();
        edit(&mut store, &mut runner, 15);
        (0..seed).for_each(|_| drop(store.undo("Ada", now()).unwrap()));
        store.redo("Ada", now()).unwrap();
        let second = add(&mut store, "second", Some(first));
        store.switch(Some(second)).unwrap();
        edit(&mut store, &mut runner, 5);
        let told = |store: &mut Store| {
            let open = store.open_scenarios().unwrap();
            open.into_iter().map(|open| (open.scenario, open)).collect::<FxHashMap<_, _>>()
        };
        for scenario in [first, second] {
            let (told, branch) = (told(&mut store), store.branch(scenario).unwrap());
            let changes: Vec<Patch> = branch.changes().iter().map(Patch::of).collect();
            assert_eq!(fields(&told[&scenario].changes), fields(&changes), "seed {seed}");
            assert_eq!(told[&scenario].behind_since, None);
        }
        // The plan goes on, and the first takes it in.
        store.switch(None).unwrap();
        let before = store.plan_itself().clone();
        edit(&mut store, &mut runner, 5);
        assert!(told(&mut store).values().all(|open| open.behind_since == Some(now())));
        store.rebase(first, &note("Take in")).unwrap();
        let told = told(&mut store);
        assert_eq!((told[&first].behind_since, told[&second].behind_since), (None, Some(now())));
        let branch = store.branch(first).unwrap();
        let own = fields(&told[&first].changes);
        for (field, value) in fields(&branch.changes().iter().map(Patch::of).collect::<Vec<_>>()) {
            // What the plan has removed and the scenario still refers to stays in it, and none of its steps says so; nor does
            // one say that what the plan has added about something that the scenario has removed is not in it.
            let is_gone = with_row!(store.plan_itself(), field.0, _row => ()).is_none();
            let is_new = with_row!(&before, field.0, _row => ()).is_none();
            if (is_gone || is_new) && !own.keys().any(|(subject, _)| *subject == field.0) {
                continue;
            }
            assert_eq!(own.get(&field), Some(&value), "seed {seed}, {field:?}");
        }
    }
}
