//! The laws of a merge, over random plans and random edits of every kind of entity.

use headroom_model::{
    Entity, EntityRef, EntityTable, Kind, MergeRule, Plan,
    field::field,
    for_kind,
    merge::{Choice, Conflict, ConflictCause, Fields, Merge, Patch, PatchTexts, changes_between, merge},
};
use headroom_tests::random_edits::{Roll, edited, plan};
use proptest::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

fn rolls(count: usize) -> impl Strategy<Value = Vec<Roll>> {
    prop::collection::vec(any::<Roll>(), 0..count)
}

fn patches(from: &Plan, to: &Plan) -> Vec<Patch> {
    changes_between(from, to).iter().map(Patch::of).collect()
}

/// Theirs merged into ours.
fn merged(base: &Plan, ours: &Plan, theirs: &Plan) -> (Plan, Merge) {
    let others = patches(base, ours).iter().map(Patch::subject).collect();
    let merge = merge(ours, &patches(base, theirs), &others);
    let mut plan = ours.clone();
    plan.apply(&merge.changes).expect("a merge applies");
    (plan, merge)
}

/// A row with these fields.
fn row_of<T: Entity>(id: u64, fields: &Fields) -> T {
    let mut row = T::default();
    row.set_id(id.into());
    for field in T::FIELDS {
        if let Some(value) = fields.get(field.name) {
            assert!(field.value_mut(&mut row).set_json(value));
        }
    }
    row
}

/// The fields that both sides have changed, differently, and that have no rule of their own.
fn met(base: &Plan, ours: &Plan, theirs: &Plan) -> Vec<(EntityRef, String)> {
    let index = |patches: Vec<Patch>| -> FxHashMap<EntityRef, Patch> {
        patches.into_iter().map(|patch| (patch.subject(), patch)).collect()
    };
    let (ours, theirs) = (index(patches(base, ours)), index(patches(base, theirs)));
    let mut met = Vec::new();
    for (subject, ours) in &ours {
        let Some(theirs) = theirs.get(subject) else { continue };
        let (Some(was), Some(mine), Some(yours)) = (&ours.before, &ours.after, &theirs.after) else {
            continue;
        };
        let _ = was;
        let both = ours.changed().into_iter().filter(|name| theirs.changed().contains(name));
        for name in both.filter(|name| mine.get(*name) != yours.get(*name)) {
            let rule = for_kind!(subject.kind, T => field::<T>(name).unwrap().merge);
            if rule == MergeRule::Single {
                met.push((*subject, name.to_owned()));
            }
        }
    }
    met.sort_by_key(|(subject, name)| (subject.kind, subject.id, name.clone()));
    met
}

fn told(merge: &Merge) -> Vec<(EntityRef, String)> {
    let of_field = |conflict: &Conflict| match &conflict.cause {
        ConflictCause::Field { field, .. } => Some((conflict.subject, field.clone())),
        _ => None,
    };
    // Two versions of a map may differ in an entry.
    let is_single = |(subject, name): &(EntityRef, String)| {
        for_kind!(subject.kind, T => field::<T>(name).unwrap().merge) == MergeRule::Single
    };
    let mut told: Vec<_> = merge.conflicts.iter().filter_map(of_field).filter(is_single).collect();
    told.sort_by_key(|(subject, name)| (subject.kind, subject.id, name.clone()));
    told
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_only_one_side_has_changed_is_that_sides(start in rolls(20), edits in rolls(30)) {
        let base = plan(&start, 1);
        let changed = edited(&base, 2, &edits);
        let (theirs, quiet) = merged(&base, &base, &changed);
        prop_assert!(quiet.conflicts.is_empty(), "{:?}", quiet.conflicts);
        prop_assert!(theirs == changed);
        prop_assert_eq!(merged(&base, &changed, &base).1, Merge::default());
        prop_assert_eq!(merged(&base, &changed, &changed).1, Merge::default());
    }

    #[test]
    fn texts_of_changes_are_those_of_their_patches(start in rolls(20), edits in rolls(80)) {
        let base = plan(&start, 1);
        let changes = changes_between(&base, &edited(&base, 2, &edits));
        let texts = PatchTexts::of(&changes);
        prop_assert_eq!(texts.iter().count(), changes.len());
        for (change, told) in changes.iter().zip(texts.iter()) {
            let Patch { before, after, .. } = Patch::of(change);
            let texts = [before, after].map(|fields| fields.map(|fields| serde_json::to_string(&fields).unwrap()));
            prop_assert_eq!(told.map(|text| text.map(str::to_owned)), texts);
        }
    }

    #[test]
    fn it_does_not_matter_who_merges_whom(start in rolls(20), a in rolls(80), b in rolls(80)) {
        let base = plan(&start, 1);
        let (a, b) = (edited(&base, 2, &a), edited(&base, 3, &b));
        let ((into_a, one), (into_b, other)) = (merged(&base, &a, &b), merged(&base, &b, &a));
        prop_assert_eq!(told(&one), told(&other));
        if one.conflicts.is_empty() && other.conflicts.is_empty() {
            prop_assert!(into_a == into_b, "{:?}", changes_between(&into_a, &into_b));
            prop_assert_eq!(one.renamed, other.renamed);
        }
        prop_assert_eq!(one.conflicts.is_empty(), other.conflicts.is_empty(), "{:?} {:?}", one.conflicts, other.conflicts);
    }

    #[test]
    fn merging_twice_changes_nothing(start in rolls(20), a in rolls(80), b in rolls(80)) {
        let base = plan(&start, 1);
        let (a, b) = (edited(&base, 2, &a), edited(&base, 3, &b));
        let (once, first) = merged(&base, &a, &b);
        let (twice, again) = merged(&base, &once, &b);
        prop_assert!(once == twice || !first.renamed.is_empty(), "{:?}", again.changes);
    }

    #[test]
    fn conflicts_are_exactly_the_fields_that_both_have_changed_differently(
        start in rolls(20), a in rolls(80), b in rolls(80)
    ) {
        let base = plan(&start, 1);
        let (a, b) = (edited(&base, 2, &a), edited(&base, 3, &b));
        prop_assert_eq!(told(&merged(&base, &a, &b).1), met(&base, &a, &b));
    }

    #[test]
    fn an_operation_undone_with_none_after_it_leaves_what_was(start in rolls(20), edits in rolls(12), later in rolls(12)) {
        let base = plan(&start, 1);
        let done = edited(&base, 2, &edits);
        let back: Vec<Patch> = patches(&base, &done).into_iter().map(Patch::inverted).collect();
        let undone = merge(&done, &back, &FxHashSet::default());
        let mut plan = done.clone();
        plan.apply(&undone.changes).unwrap();
        prop_assert!(plan == base, "{:?}", undone.conflicts);
        // Whatever comes later: what it touches is kept, and the plan holds together.
        let now = edited(&done, 4, &later);
        let after = merge(&now, &back, &FxHashSet::default());
        let mut plan = now.clone();
        plan.apply(&after.changes).unwrap();
    }

    #[test]
    fn whatever_is_chosen_applies_and_drops_nothing_of_the_merge(
        start in rolls(20), a in rolls(80), b in rolls(80), sides in prop::collection::vec(any::<Option<bool>>(), 60)
    ) {
        let base = plan(&start, 1);
        let (a, b) = (edited(&base, 2, &a), edited(&base, 3, &b));
        let merge = merged(&base, &a, &b).1;
        let side = |is_theirs: bool| if is_theirs { Choice::Theirs } else { Choice::Ours };
        let choices: Vec<Option<Choice>> =
            sides.iter().cycle().take(merge.conflicts.len()).map(|chosen| chosen.map(side)).collect();
        let decided = merge.deciding(&a, &choices, |_| None);
        let mut then = a.clone();
        then.apply(&decided.changes).unwrap();
        prop_assert!(decided.refused.iter().all(|place| choices[*place] == Some(Choice::Theirs)));
        let taken: FxHashSet<EntityRef> =
            decided.changes.iter().map(headroom_model::Change::subject).collect();
        for change in &merge.changes {
            prop_assert!(taken.contains(&change.subject()), "{change:?}");
        }
    }

    #[test]
    fn every_edit_is_there_or_in_a_conflict(start in rolls(20), a in rolls(80), b in rolls(80)) {
        let base = plan(&start, 1);
        let (a, b) = (edited(&base, 2, &a), edited(&base, 3, &b));
        let (result, merge) = merged(&base, &a, &b);
        let open: FxHashSet<EntityRef> = merge
            .conflicts
            .iter()
            .flat_map(Conflict::involved)
            .collect();
        let renamed: FxHashSet<EntityRef> = merge.renamed.iter().map(|renamed| renamed.subject).collect();
        for patch in patches(&base, &b).into_iter().chain(patches(&base, &a)) {
            if open.contains(&patch.subject()) || renamed.contains(&patch.subject()) {
                continue;
            }
            for_kind!(patch.kind, T => {
                let row = result.get::<T>(patch.id.into());
                prop_assert_eq!(row.is_some(), patch.after.is_some());
                let (Some(row), Some(after)) = (row, &patch.after) else { continue };
                let wanted: T = row_of(patch.id, after);
                for name in patch.changed() {
                    let field = field::<T>(name).unwrap();
                    if field.merge == MergeRule::Single {
                        prop_assert!(field.is_same(row, &wanted), "{} of {:?}", name, patch.subject());
                    }
                }
            });
        }
    }
}

/// The laws above say little about plans in which nothing meets.
#[test]
fn random_edits_reach_every_kind_and_meet() {
    use proptest::{strategy::ValueTree, test_runner::TestRunner};
    let base = plan(&[], 1);
    let mut causes: FxHashMap<&'static str, usize> = FxHashMap::default();
    let empty: Vec<Kind> =
        Kind::ALL.iter().copied().filter(|kind| for_kind!(*kind, T => T::table(&base).is_empty())).collect();
    assert!(empty.is_empty(), "{empty:?}");
    let (mut runner, mut changed) = (TestRunner::deterministic(), FxHashSet::default());
    for _ in 0..60 {
        let drawn = (rolls(60), rolls(60)).new_tree(&mut runner).unwrap().current();
        let (a, b) = (edited(&base, 2, &drawn.0), edited(&base, 3, &drawn.1));
        changed.extend(patches(&base, &a).iter().map(|patch| patch.kind));
        for conflict in merged(&base, &a, &b).1.conflicts {
            let name = match conflict.cause {
                ConflictCause::Field { .. } => "field",
                ConflictCause::TheyDeleted { .. } => "they deleted",
                ConflictCause::WeDeleted { .. } => "we deleted",
                ConflictCause::Missing { .. } => "missing",
                ConflictCause::StillReferenced { .. } => "still referenced",
                ConflictCause::DuplicateKey { .. } => "key",
                ConflictCause::Loop { .. } => "loop",
                ConflictCause::Together { .. } => "together",
                ConflictCause::FilledTwice { .. } => "filled twice",
                ConflictCause::BudgetExceeded { .. } => "budget",
            };
            *causes.entry(name).or_default() += 1;
        }
    }
    assert_eq!(changed.len(), Kind::ALL.len());
    for name in ["field", "they deleted", "we deleted", "missing", "still referenced"] {
        assert!(causes.contains_key(name), "{name}: {causes:?}");
    }
    eprintln!("{causes:?}");
}
