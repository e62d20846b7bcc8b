//! The laws of a merge, over random plans and random edits of every kind of entity.

use proptest::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Value, json};

use super::{super::*, copy, merged, patches};
use crate::{
    Described, Draft, FieldType, Kind, MergeRule, NewIds, cascading_delete::delete_cascading, field::field,
    fields,
};

/// An edit in numbers, from which a real one is made against whatever the plan is: kind, row, field, value, what to do.
type Roll = (u8, u16, u8, u16, u8);

fn rolls(count: usize) -> impl Strategy<Value = Vec<Roll>> {
    prop::collection::vec(any::<Roll>(), 0..count)
}

fn nth<T: EntityTable>(plan: &Plan, at: u16) -> Option<u64> {
    let rows = T::table(plan).rows();
    rows.get(usize::from(at) % rows.len().max(1)).map(|row| row.id().into())
}

fn some_id(plan: &Plan, kind: Kind, at: u16) -> Value {
    for_kind!(kind, T => nth::<T>(plan, at)).map_or(Value::Null, Value::from)
}

fn value(plan: &Plan, field_type: FieldType, roll: u16) -> Value {
    let small = roll % 5;
    match field_type {
        FieldType::Text => json!(["", "a", "b", "é “q”", "lead"][usize::from(small)]),
        FieldType::Flag => json!(small > 2),
        FieldType::Number => json!(small + 1),
        FieldType::Date => json!(format!("2027-0{}-1{}", 1 + roll % 9, small)),
        FieldType::OneOf(words) => json!(words[usize::from(roll) % words.len()]),
        FieldType::Reference(kinds) if kinds.len() > 1 => {
            let kind = kinds[usize::from(roll) % kinds.len()];
            json!({kind.word(): some_id(plan, kind, roll)})
        }
        FieldType::Reference(kinds) => some_id(plan, kinds[0], roll),
        FieldType::References(kind) => json!([some_id(plan, kind, roll), some_id(plan, kind, small)]),
        FieldType::Amount => json!(format!("{}.00 EUR", 1000 * (small + 1))),
        FieldType::Currency => json!(["EUR", "USD", "CHF", "JPY", "GBP"][usize::from(small)]),
        FieldType::Decimal => json!(["0.2", "0.5", "1", "0.75", "0.1"][usize::from(small)]),
        FieldType::Rate => json!(["1.1", "0.9", "1.25", "2", "150"][usize::from(small)]),
        FieldType::Availability => json!("99.95"),
        FieldType::Figure => json!(format!("{}.00 EUR", 1000 * (small + 1))),
        FieldType::List => {
            json!([["x", "y"], ["y", "z"], ["x", "w"], ["v", "x"], ["z", "u"]][usize::from(small)])
        }
        FieldType::Structure => {
            json!({"backstage": format!("{{\"n\": {small}}}"), (["a", "b"][usize::from(roll % 2)]): "{}"})
        }
    }
}

/// The values with which a row of a kind can be created.
fn beginnings(plan: &Plan, kind: Kind, roll: Roll) -> Vec<(String, Value)> {
    for_kind!(kind, T => T::FIELDS
        .iter()
        .map(|field| {
            let text = match field.name {
                "key" => json!(format!("{}-{}", kind.word(), roll.3 % 40)),
                "kind" if kind == Kind::Assumption => json!("benefits"),
                "value" if kind == Kind::Setting => json!("on"),
                "name" | "title" | "role" | "mode" => json!(format!("N{}", roll.3)),
                "from" => json!("2027-01-01"),
                "until" => json!("2027-12-31"),
                "team" if kind == Kind::Interaction => some_id(plan, Kind::Team, roll.1),
                "with" => some_id(plan, Kind::Team, roll.1.wrapping_add(1)),
                "parent" | "manager" | "needs" | "due" | "backfill_of" | "place" => Value::Null,
                _ => value(plan, field.field_type, roll.3),
            };
            (field.name.to_owned(), text)
        })
        .filter(|(_, value)| !value.is_null())
        .collect())
}

/// Makes one edit, if it is possible.
fn edit(plan: &mut Plan, roll: Roll) {
    let kind = Kind::ALL[usize::from(roll.0) % Kind::ALL.len()];
    let mut draft = Draft::new(plan);
    let made = match roll.4 % 8 {
        0 | 1 => {
            let values = beginnings(plan, kind, roll);
            fields::create(&mut draft, kind, &taken(plan, kind, values)).is_ok()
        }
        2 => match some_id(plan, kind, roll.1).as_u64() {
            Some(id) => {
                delete_cascading(&mut draft, EntityRef { kind, id });
                true
            }
            None => false,
        },
        _ => match some_id(plan, kind, roll.1).as_u64() {
            Some(id) => {
                let (name, value) = for_kind!(kind, T => {
                    let field = &T::FIELDS[usize::from(roll.2) % T::FIELDS.len()];
                    (field.name.to_owned(), value(plan, field.field_type, roll.3))
                });
                name != "key" && fields::set(&mut draft, EntityRef { kind, id }, &[(name, value)]).is_ok()
            }
            None => false,
        },
    };
    let changes = draft.finish();
    if made {
        let _ = plan.apply(&changes);
    }
}

/// The values that their fields take.
fn taken(plan: &Plan, kind: Kind, values: Vec<(String, Value)>) -> Vec<(String, Value)> {
    let mut kept = Vec::new();
    for value in values {
        kept.push(value);
        let refused = fields::create(&mut Draft::new(plan), kind, &kept).err();
        let last = kept.last().map(|(name, _)| name.as_str());
        if refused.is_some_and(|error| Some(&*error.field) == last) {
            kept.pop();
        }
    }
    kept
}

/// A plan with some of every kind, and its seed of IDs.
fn plan(edits: &[Roll], seed: u64) -> Plan {
    let mut plan = Plan::from_tables(crate::Tables::default(), NewIds::seeded(seed)).unwrap();
    for round in 0..3u16 {
        for kind in 0..Kind::ALL.len() as u8 {
            edit(&mut plan, (kind, round, 0, 7 * round + u16::from(kind), 0));
        }
    }
    edits.iter().for_each(|roll| edit(&mut plan, *roll));
    plan
}

fn edited(base: &Plan, seed: u64, edits: &[Roll]) -> Plan {
    let mut plan = copy(base, seed);
    edits.iter().for_each(|roll| edit(&mut plan, *roll));
    plan
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
    fn every_edit_is_there_or_in_a_conflict(start in rolls(20), a in rolls(80), b in rolls(80)) {
        let base = plan(&start, 1);
        let (a, b) = (edited(&base, 2, &a), edited(&base, 3, &b));
        let (result, merge) = merged(&base, &a, &b);
        let open: FxHashSet<EntityRef> = merge.conflicts.iter().map(|conflict| conflict.subject).collect();
        let renamed: FxHashSet<EntityRef> = merge.renamed.iter().map(|renamed| renamed.subject).collect();
        for patch in patches(&base, &b).into_iter().chain(patches(&base, &a)) {
            if open.contains(&patch.subject()) || renamed.contains(&patch.subject()) {
                continue;
            }
            for_kind!(patch.kind, T => {
                let row = result.get::<T>(patch.id.into());
                prop_assert_eq!(row.is_some(), patch.after.is_some());
                let (Some(row), Some(after)) = (row, &patch.after) else { continue };
                let wanted: T = patch::row_of(patch.id, after);
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
