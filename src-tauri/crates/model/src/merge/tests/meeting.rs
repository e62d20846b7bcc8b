//! What meets in a merge, case by case.

use serde_json::json;

use super::*;
use crate::{
    Assignment, Budget, Draft, Grouping, GroupingId, GroupingKind, Membership, Person, PersonId, Position,
    PositionId, Team, TeamId, delete_cascading,
};

const PAYMENTS: TeamId = TeamId(1);
const CHECKOUT: TeamId = TeamId(2);
const ADA: PersonId = PersonId(3);
const BO: PersonId = PersonId(4);
const SEAT: PositionId = PositionId(5);

fn changed(plan: &Plan, seed: u64, make: impl FnOnce(&mut Draft<'_>)) -> Plan {
    let mut plan = copy(plan, seed);
    let mut draft = Draft::new(&plan);
    make(&mut draft);
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    plan
}

fn base() -> Plan {
    changed(&Plan::default(), 1, |draft| {
        for (id, key) in [(PAYMENTS, "payments"), (CHECKOUT, "checkout")] {
            draft.put(Team { id, key: key.into(), name: key.into(), ..Team::default() });
        }
        for (id, key) in [(ADA, "ada"), (BO, "bo")] {
            draft.put(Person { id, key: key.into(), name: key.into(), ..Person::default() });
        }
        draft.put(Position { id: SEAT, key: "HC-1".into(), ..Position::default() });
    })
}

fn put<T: EntityTable>(plan: &Plan, seed: u64, row: T) -> Plan
where
    Change: From<Edit<T>>,
{
    changed(plan, seed, |draft| draft.put(row))
}

fn ada(plan: &Plan) -> Person {
    plan.people.get(ADA).unwrap().clone()
}

/// The only conflict, whichever side merges.
fn only(base: &Plan, ours: &Plan, theirs: &Plan) -> Conflict {
    let [one, other] = [merged(base, ours, theirs).1, merged(base, theirs, ours).1];
    assert_eq!((one.conflicts.len(), other.conflicts.len()), (1, 1), "{one:?} {other:?}");
    one.conflicts[0].clone()
}

#[test]
fn edits_of_different_fields_both_stay() {
    let base = base();
    let title = put(&base, 2, Person { title: "Engineer".into(), ..ada(&base) });
    let location = put(&base, 3, Person { location: "Oslo".into(), ..ada(&base) });
    let (plan, merge) = merged(&base, &title, &location);
    assert_eq!((ada(&plan).title.as_str(), ada(&plan).location.as_str()), ("Engineer", "Oslo"));
    assert!(merge.conflicts.is_empty());
}

#[test]
fn edits_of_one_field_are_a_conflict_that_can_be_decided() {
    let base = base();
    let ours = put(&base, 2, Person { title: "Engineer".into(), ..ada(&base) });
    let theirs = put(&base, 3, Person { title: "Lead".into(), email: "a@b.c".into(), ..ada(&base) });
    let conflict = only(&base, &ours, &theirs);
    let (field, none) = ("title".to_owned(), serde_json::Value::Null);
    let cause = ConflictCause::Field { field, base: none, ours: json!("Engineer"), theirs: json!("Lead") };
    assert_eq!((conflict.subject, &conflict.cause), (ADA.into(), &cause));
    let (mut plan, _) = merged(&base, &ours, &theirs);
    assert_eq!((ada(&plan).title.as_str(), ada(&plan).email.as_str()), ("Engineer", "a@b.c"));
    assert!(conflict.taking(&plan, Choice::Ours, None).is_empty());
    let taken = conflict.taking(&plan, Choice::Theirs, None);
    plan.apply(&taken).unwrap();
    assert_eq!((ada(&plan).title.as_str(), ada(&plan).email.as_str()), ("Lead", "a@b.c"));
}

#[test]
fn deletion_against_edit_is_a_conflict() {
    let base = base();
    let deleted = changed(&base, 2, |draft| draft.remove::<Person>(ADA));
    let edited = put(&base, 3, Person { title: "Lead".into(), ..ada(&base) });
    assert_eq!(
        only(&base, &edited, &deleted).cause,
        ConflictCause::TheyDeleted { fields: vec!["title".into()] }
    );
    let (mut plan, merge) = merged(&base, &deleted, &edited);
    assert_eq!(merge.conflicts[0].cause, ConflictCause::WeDeleted { fields: vec!["title".into()] });
    // Taking the edit brings her back as she was, with it.
    let last = Patch::of(
        &changes_between(&Plan::default(), &base)
            .into_iter()
            .find(|change| change.subject() == ADA.into())
            .unwrap(),
    );
    let taken = merge.conflicts[0].taking(&plan, Choice::Theirs, last.after.as_ref());
    plan.apply(&taken).unwrap();
    assert_eq!((ada(&plan).name.as_str(), ada(&plan).title.as_str()), ("ada", "Lead"));
}

#[test]
fn a_key_that_becomes_free_can_be_given_in_the_same_step() {
    let grouping = |id, kind| Grouping { id, kind, key: "g".into(), name: "G".into(), ..Grouping::default() };
    let (first, second) = (GroupingId(20), GroupingId(21));
    let base = put(&base(), 1, grouping(first, GroupingKind::System));
    let theirs = changed(&base, 3, |draft| {
        draft.put(grouping(first, GroupingKind::Domain));
        draft.put(grouping(second, GroupingKind::System));
    });
    let (plan, merge) = merged(&base, &base, &theirs);
    assert!(plan == theirs && merge.renamed.is_empty(), "{merge:?}");
}

#[test]
fn what_goes_with_something_stays_with_it() {
    let base = changed(&base(), 1, |draft| {
        let id = draft.new_id::<Membership>();
        draft.put(Membership { id, person: ADA, team: PAYMENTS, ..Membership::default() });
    });
    let deleted = changed(&base, 2, |draft| delete_cascading(draft, ADA.into()));
    assert!(deleted.memberships.is_empty());
    let edited = put(&base, 3, Person { title: "Lead".into(), ..ada(&base) });
    let (mut plan, merge) = merged(&base, &edited, &deleted);
    assert!(plan == edited);
    assert_eq!((merge.conflicts.len(), merge.conflicts[0].with.len()), (1, 1));
    // Whoever takes the deletion takes it with what has come to it since.
    plan = changed(&plan, 4, |draft| {
        let id = draft.new_id::<Membership>();
        draft.put(Membership {
            id,
            person: ADA,
            team: PAYMENTS,
            role: "lead".into(),
            ..Membership::default()
        });
    });
    let taken = merge.conflicts[0].taking(&plan, Choice::Theirs, None);
    plan.apply(&taken).unwrap();
    assert!(plan.people.get(ADA).is_none() && plan.memberships.is_empty());
}

#[test]
fn what_refers_to_something_deleted_is_held_back() {
    let base = base();
    let deleted = changed(&base, 2, |draft| draft.remove::<Person>(ADA));
    let joined = changed(&base, 3, |draft| {
        let id = draft.new_id::<Membership>();
        draft.put(Membership { id, person: ADA, team: PAYMENTS, ..Membership::default() });
    });
    let conflict = only(&base, &deleted, &joined);
    assert_eq!(conflict.cause, ConflictCause::Missing { target: ADA.into() });
    let by = joined.memberships.rows()[0].id.into();
    assert_eq!(only(&base, &joined, &deleted).cause, ConflictCause::StillReferenced { by });
}

#[test]
fn teams_do_not_get_inside_each_other() {
    let base = base();
    let inside = |id, parent, seed| {
        put(&base, seed, Team { parent: Some(parent), ..base.teams.get(id).unwrap().clone() })
    };
    let conflict = only(&base, &inside(PAYMENTS, CHECKOUT, 2), &inside(CHECKOUT, PAYMENTS, 3));
    assert!(matches!(conflict.cause, ConflictCause::Loop { path } if path.len() == 3));
}

#[test]
fn two_fillings_of_one_position_are_a_conflict() {
    let base = base();
    let filled = |person, from: &str, seed| {
        changed(&base, seed, |draft| {
            let id = draft.new_id::<Assignment>();
            let from = from.parse().ok();
            draft.put(Assignment { id, position: SEAT, person, from, ..Assignment::default() });
        })
    };
    let (ours, theirs) = (filled(ADA, "2027-01-01", 2), filled(BO, "2027-03-01", 3));
    let by = ours.assignments.rows()[0].id.into();
    assert_eq!(only(&base, &ours, &theirs).cause, ConflictCause::FilledTwice { by });
    assert!(merged(&base, &ours, &ours).1.conflicts.is_empty());
}

#[test]
fn budgets_that_only_together_exceed_the_one_above_are_a_conflict() {
    let base = changed(&base(), 1, |draft| {
        let inside = Team { parent: Some(PAYMENTS), ..draft.get::<Team>(CHECKOUT).unwrap().clone() };
        draft.put(inside);
    });
    let budget = |team, amount: &str, seed| {
        changed(&base, seed, |draft| {
            let (from, until) = ("2027-01-01".parse().ok(), "2027-12-31".parse().ok());
            let (id, amount) = (draft.new_id::<Budget>(), amount.parse().ok());
            draft.put(Budget { id, team: Some(team), amount, from, until, ..Budget::default() });
        })
    };
    let above = budget(PAYMENTS, "100000.00 EUR", 2);
    let conflict = only(&base, &above, &budget(CHECKOUT, "120000.00 EUR", 3));
    assert_eq!(conflict.cause, ConflictCause::BudgetExceeded { by: above.budgets.rows()[0].id.into() });
    assert!(merged(&base, &above, &budget(CHECKOUT, "90000.00 EUR", 3)).1.conflicts.is_empty());
}

#[test]
fn each_of_several_budgets_above_is_looked_at() {
    let add = |draft: &mut Draft<'_>, team, amount: &str| {
        let (from, until) = ("2027-01-01".parse().ok(), "2027-12-31".parse().ok());
        let (id, amount) = (draft.new_id::<Budget>(), amount.parse().ok());
        draft.put(Budget { id, team: Some(team), amount, from, until, ..Budget::default() });
    };
    let base = changed(&base(), 1, |draft| {
        add(draft, PAYMENTS, "1000.00 EUR");
        add(draft, CHECKOUT, "2000.00 EUR");
    });
    let moved = changed(&base, 2, |draft| {
        let inside = Team { parent: Some(PAYMENTS), ..draft.get::<Team>(CHECKOUT).unwrap().clone() };
        draft.put(inside);
        add(draft, PAYMENTS, "1000.00 EUR");
    });
    let raised = changed(&base, 3, |draft| {
        let row = draft.iter::<Budget>().find(|row| row.team == Some(CHECKOUT)).unwrap().clone();
        draft.put(Budget { amount: "3000.00 EUR".parse().ok(), ..row });
    });
    assert!(matches!(only(&base, &moved, &raised).cause, ConflictCause::BudgetExceeded { .. }));
}

#[test]
fn a_row_that_breaks_a_rule_only_together_is_a_conflict() {
    let base = base();
    let from = put(&base, 2, Person { from: "2027-06-01".parse().ok(), ..ada(&base) });
    let until = put(&base, 3, Person { until: "2027-03-31".parse().ok(), ..ada(&base) });
    let conflict = only(&base, &from, &until);
    assert!(matches!(conflict.cause, ConflictCause::Together { field, .. } if field == "until"));
}

#[test]
fn keys_that_meet_are_told_apart_by_a_rule_of_their_own() {
    let base = base();
    let planned = |title: &str, seed| {
        changed(&base, seed, |draft| {
            for number in 2..4 {
                let (id, key) = (draft.new_id::<Position>(), format!("HC-{number}"));
                draft.put(Position { id, key, title: title.into(), ..Position::default() });
            }
        })
    };
    let (ours, theirs) = (planned("ours", 2), planned("theirs", 3));
    let ((one, told), (other, _)) = (merged(&base, &ours, &theirs), merged(&base, &theirs, &ours));
    assert!(one == other);
    let mut keys: Vec<&str> = one.positions.iter().map(|row| row.key.as_str()).collect();
    keys.sort_unstable();
    assert_eq!(keys, ["HC-1", "HC-2", "HC-3", "HC-4", "HC-5"]);
    let mut renamed: Vec<(&str, &str)> =
        told.renamed.iter().map(|renamed| (renamed.from.as_str(), renamed.to.as_str())).collect();
    renamed.sort_unstable();
    assert_eq!(renamed, [("HC-2", "HC-4"), ("HC-3", "HC-5")]);
}

#[test]
fn one_setting_set_on_both_sides_is_one_setting() {
    let base = base();
    let set = |value: &str, seed| changed(&base, seed, |draft| draft.set("plan.name", value));
    let (same, other) = (set("Atlas", 2), set("Borealis", 4));
    assert!(merged(&base, &same, &set("Atlas", 3)).1.conflicts.is_empty());
    let conflict = only(&base, &same, &other);
    assert!(matches!(conflict.cause, ConflictCause::Field { field, .. } if field == "value"));
    assert_eq!(merged(&base, &same, &other).0.settings, same.settings);
}
