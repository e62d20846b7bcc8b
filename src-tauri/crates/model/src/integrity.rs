//! What must hold of a plan after every list of changes.

use rustc_hash::FxHashSet;

use crate::{
    change::Change,
    entity::{Entity, EntityRef, TeamId},
    error::ApplyError,
    plan::Plan,
};

pub(crate) fn check(plan: &Plan, changes: &[Change]) -> Result<(), ApplyError> {
    let mut removed: FxHashSet<EntityRef> = FxHashSet::default();
    let mut rooted: FxHashSet<TeamId> = FxHashSet::default();
    for change in changes {
        let subject = change.subject();
        if !exists(plan, subject) {
            removed.insert(subject);
            continue;
        }
        with_edit!(change, edit => check_fields(plan, edit.after.as_ref()))?;
        if let Change::Team(edit) = change
            && edit.after.as_ref().is_some_and(|team| team.parent.is_some())
        {
            check_parents(plan, edit.id.into(), &mut rooted)?;
        }
    }
    if removed.is_empty() { Ok(()) } else { check_unreferenced(plan, &removed) }
}

fn exists(plan: &Plan, subject: EntityRef) -> bool {
    with_row!(plan, subject, _row => ()).is_some()
}

fn check_fields<T: Entity>(plan: &Plan, row: Option<&T>) -> Result<(), ApplyError> {
    let Some(row) = row else { return Ok(()) };
    let subject = EntityRef { kind: T::KIND, id: row.id().into() };
    row.check().map_err(|source| ApplyError::Invalid { subject, name: plan.name_of(subject), source })?;
    let mut missing = None;
    row.references(&mut |target| {
        if missing.is_none() && !exists(plan, target) {
            missing = Some(target);
        }
    });
    match missing {
        Some(target) => Err(ApplyError::MissingReference { subject, name: plan.name_of(subject), target }),
        None => Ok(()),
    }
}

/// No team is inside itself, in a plan that has just been read.
pub(crate) fn check_all_parents(plan: &Plan) -> Result<(), ApplyError> {
    let mut rooted = FxHashSet::default();
    plan.teams.iter().try_for_each(|team| check_parents(plan, team.id, &mut rooted))
}

/// Every loop passes through a changed team, so walking up from those finds all. `rooted` are the teams from which
/// the way up is known to end.
fn check_parents(plan: &Plan, start: TeamId, rooted: &mut FxHashSet<TeamId>) -> Result<(), ApplyError> {
    let mut path = vec![start];
    let mut at = start;
    while let Some(parent) = plan.teams.get(at).and_then(|team| team.parent) {
        if rooted.contains(&parent) {
            break;
        }
        path.push(parent);
        if parent == start {
            let path = path.into_iter().map(|team| plan.name_of(team.into())).collect();
            return Err(ApplyError::ParentLoop { path });
        }
        if path.len() > plan.teams.len() + 1 {
            return Ok(());
        }
        at = parent;
    }
    rooted.extend(path);
    Ok(())
}

fn check_unreferenced(plan: &Plan, removed: &FxHashSet<EntityRef>) -> Result<(), ApplyError> {
    fn scan<T: Entity>(
        plan: &Plan,
        rows: &crate::Table<T>,
        removed: &FxHashSet<EntityRef>,
    ) -> Result<(), ApplyError> {
        for row in rows {
            let mut hit = None;
            row.references(&mut |target| {
                if removed.contains(&target) {
                    hit = Some(target);
                }
            });
            if let Some(subject) = hit {
                let by = plan.name_of(EntityRef { kind: T::KIND, id: row.id().into() });
                return Err(ApplyError::StillReferenced { subject, name: subject.to_string(), by });
            }
        }
        Ok(())
    }
    scan(plan, &plan.teams, removed)?;
    scan(plan, &plan.memberships, removed)?;
    scan(plan, &plan.groupings, removed)?;
    scan(plan, &plan.services, removed)?;
    scan(plan, &plan.ownerships, removed)?;
    scan(plan, &plan.interactions, removed)?;
    scan(plan, &plan.dependencies, removed)
}
