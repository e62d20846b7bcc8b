//! What only both sides together make impossible.

use rustc_hash::FxHashSet;

use super::{
    Merge,
    conflict::{Conflict, ConflictCause},
    patch::Patch,
};
use crate::{
    cascading_delete::Deletion,
    change::{Change, Edit},
    draft::Draft,
    entity::{Assignment, Budget, Entity},
    error::ApplyError,
    kind::{EntityRef, Kind, TeamId},
    plan::Plan,
    tables::EntityTable,
};

/// Holds back changes until the others apply to the plan.
pub(super) fn hold_together(plan: &Plan, merge: &mut Merge) {
    // What is refused leaves it as it was, so that one copy serves every attempt.
    let mut trial = plan.clone();
    loop {
        keep_with_held(plan, merge);
        let Err(error) = trial.apply(&merge.changes) else { return };
        let Some((at, cause)) = culprit(plan, &merge.changes, error) else {
            // Nothing that can be held back alone: none of it is made.
            let held = std::mem::take(&mut merge.changes);
            let cause =
                |message: &str| ConflictCause::Together { field: String::new(), message: message.into() };
            merge
                .conflicts
                .extend(held.iter().map(|change| conflict(change, cause("does not fit the plan"))));
            return;
        };
        hold(merge, at, cause);
    }
}

/// Keeps what was to be deleted together with something that stays: the memberships of a person.
fn keep_with_held(plan: &Plan, merge: &mut Merge) {
    let stays = |conflict: &Conflict| {
        let is_there = with_row!(plan, conflict.subject, _row => ()).is_some();
        conflict.held.after.is_none() && is_there
    };
    for at in 0..merge.conflicts.len() {
        if !stays(&merge.conflicts[at]) {
            continue;
        }
        let (subject, mut with) =
            (merge.conflicts[at].subject, std::mem::take(&mut merge.conflicts[at].with));
        let mut deletion = Deletion::new(Draft::new(plan), [subject].into_iter().chain(with.iter().copied()));
        loop {
            let known = with.len();
            merge.changes.retain(|change| {
                let goes_with = change.removes() && deletion.takes_along(change);
                if goes_with {
                    with.push(change.subject());
                }
                !goes_with
            });
            if with.len() == known {
                break;
            }
            deletion.extend(&with[known..]);
        }
        merge.conflicts[at].with = with;
    }
}

fn conflict(change: &Change, cause: ConflictCause) -> Conflict {
    Conflict::new(cause, Patch::of(change))
}

fn hold(merge: &mut Merge, at: usize, cause: ConflictCause) {
    let change = merge.changes.remove(at);
    merge.conflicts.push(conflict(&change, cause));
}

/// The change that has to be held back, and why.
fn culprit(plan: &Plan, changes: &[Change], error: ApplyError) -> Option<(usize, ConflictCause)> {
    let at = |subject: EntityRef| changes.iter().position(|change| change.subject() == subject);
    match error {
        ApplyError::Stale { .. } => None,
        ApplyError::Invalid { subject, source, .. } => {
            let cause = ConflictCause::Together { field: source.field.into_owned(), message: source.message };
            Some((at(subject)?, cause))
        }
        ApplyError::MissingReference { subject, target, .. } => {
            Some((at(subject)?, ConflictCause::Missing { target }))
        }
        ApplyError::StillReferenced { subject, referrer, .. } => {
            Some((at(subject)?, ConflictCause::StillReferenced { by: referrer }))
        }
        ApplyError::DuplicateKey { kind, key } => {
            let has_key = |change: &Change| with_edit!(change, edit => key_set(edit)) == Some(key.as_str());
            let at = changes.iter().position(|change| change.subject().kind == kind && has_key(change))?;
            Some((at, ConflictCause::DuplicateKey { key }))
        }
        ApplyError::ParentLoop { path } => on_loop(plan, changes, &[Kind::Team], path),
        ApplyError::ManagerLoop { path } => on_loop(plan, changes, &[Kind::Position], path),
        ApplyError::NeedsLoop { path } => {
            on_loop(plan, changes, &[Kind::TemplateItem, Kind::ChecklistItem], path)
        }
        ApplyError::OtherList { item, other } => {
            on_loop(plan, changes, &[Kind::TemplateItem, Kind::ChecklistItem], vec![item, other])
        }
    }
}

/// The key that a change gives.
fn key_set<T: Entity>(edit: &Edit<T>) -> Option<&str> {
    let key = edit.after.as_deref()?.key()?;
    (edit.before.as_deref().and_then(Entity::key) != Some(key)).then_some(key)
}

/// The first change without which the loop is gone.
fn on_loop(
    plan: &Plan,
    changes: &[Change],
    kinds: &[Kind],
    path: Vec<String>,
) -> Option<(usize, ConflictCause)> {
    let is_of_kind = |at: &usize| kinds.contains(&changes[*at].subject().kind);
    let without = |at: &usize| {
        let rest: Vec<Change> = changes
            .iter()
            .enumerate()
            .filter(|(other, _)| other != at)
            .map(|(_, change)| change.clone())
            .collect();
        let error = plan.after(&rest).err();
        !matches!(&error, Some(ApplyError::ParentLoop { path: left } | ApplyError::ManagerLoop { path: left }
            | ApplyError::NeedsLoop { path: left }) if *left == path)
    };
    let mut own: Vec<usize> = (0..changes.len()).filter(is_of_kind).collect();
    // By number: an ID is the same in both copies, so that both come to the same result.
    let number = |at: &usize| {
        let EntityRef { kind, id } = changes[*at].subject();
        (kind, id)
    };
    own.sort_by_key(number);
    let at = own.iter().copied().find(without).or(own.first().copied())?;
    Some((at, ConflictCause::Loop { path }))
}

/// Holds back what is possible and yet cannot be meant: both have filled one position, or the budgets of two sides
/// exceed the one above.
pub(super) fn find_clashes(plan: &Plan, others: &FxHashSet<EntityRef>, merge: &mut Merge) {
    if others.is_empty() {
        return;
    }
    let is_looked_at = |change: &Change| matches!(change, Change::Assignment(_) | Change::Budget(_));
    if !merge.changes.iter().any(is_looked_at) {
        return;
    }
    while let Some((at, cause)) = clash(plan, others, &merge.changes) {
        hold(merge, at, cause);
        // It may be what something else refers to.
        hold_together(plan, merge);
    }
}

/// The first change that clashes with one of the other side, in what the plan would be.
fn clash(plan: &Plan, others: &FxHashSet<EntityRef>, changes: &[Change]) -> Option<(usize, ConflictCause)> {
    let plan = plan.after(changes).ok()?;
    changes.iter().enumerate().find_map(|(at, change)| {
        let cause = match change {
            Change::Assignment(edit) => edit.after.as_deref().and_then(|row| filled_by(&plan, others, row)),
            Change::Budget(edit) => edit.after.as_deref().and_then(|row| exceeded_by(&plan, others, row)),
            _ => None,
        };
        Some((at, cause?))
    })
}

fn is_others<T: EntityTable>(others: &FxHashSet<EntityRef>, row: &T) -> bool {
    others.contains(&EntityRef { kind: T::KIND, id: row.id().into() })
}

fn filled_by(plan: &Plan, others: &FxHashSet<EntityRef>, row: &Assignment) -> Option<ConflictCause> {
    let days = row.date_range();
    let is_clash = |other: &&Assignment| {
        other.position == row.position
            && other.person != row.person
            && other.id != row.id
            && is_others(others, *other)
            && other.date_range().overlaps(&days)
    };
    let by = plan.assignments.iter().find(is_clash)?;
    Some(ConflictCause::FilledTwice { by: by.id.into() })
}

/// Whether a budget and those beside it, of which the other side has changed one, come to more than the one above.
fn exceeded_by(plan: &Plan, others: &FxHashSet<EntityRef>, row: &Budget) -> Option<ConflictCause> {
    let amount = row.amount?;
    let parent_of = |team: Option<TeamId>| plan.teams.get(team?).map(|team| team.parent);
    let same = |other: &&Budget| {
        other.id != row.id
            && other.from == row.from
            && other.until == row.until
            && other.amount.is_some_and(|other| other.currency == amount.currency)
    };
    let minor = |budget: &Budget| budget.amount.map_or(0, |amount| amount.minor);
    let budgets: Vec<&Budget> = plan.budgets.iter().filter(same).collect();
    // A team may have several; each side may have added one.
    let above = parent_of(row.team).into_iter().flat_map(|parent| {
        budgets.iter().filter(move |budget| budget.team == parent && budget.team != row.team)
    });
    let beside = |of: Option<TeamId>| {
        budgets.iter().filter(move |budget| budget.team.is_some() && parent_of(budget.team) == Some(of))
    };
    for above in above {
        let total: i64 = beside(above.team).map(|budget| minor(budget)).sum();
        let changed =
            std::iter::once(above).chain(beside(above.team)).find(|budget| is_others(others, **budget));
        if let Some(changed) = changed.filter(|_| total.saturating_add(amount.minor) > minor(above)) {
            return Some(ConflictCause::BudgetExceeded { by: changed.id.into() });
        }
    }
    let below: i64 = beside(row.team).map(|budget| minor(budget)).sum();
    let changed = beside(row.team).find(|budget| is_others(others, **budget))?;
    (below > amount.minor).then(|| ConflictCause::BudgetExceeded { by: changed.id.into() })
}
