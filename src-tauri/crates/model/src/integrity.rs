//! Integrity of a plan, checked after every list of changes: fields, references, and cycles of teams, managers and
//! checklist items. Only changed rows, and references to deleted ones, are checked.

use rustc_hash::FxHashSet;

use crate::{
    change::{Change, Edit},
    entity::{ChecklistItem, ChecklistStep, Entity, TemplateItem},
    error::ApplyError,
    kind::{EntityRef, PositionId, TeamId},
    plan::Plan,
    table::Table,
    tables::EntityTable,
};

pub(crate) fn check(plan: &Plan, changes: &[Change]) -> Result<(), ApplyError> {
    let mut removed: FxHashSet<EntityRef> = FxHashSet::default();
    let mut rooted: FxHashSet<TeamId> = FxHashSet::default();
    let mut managed: FxHashSet<PositionId> = FxHashSet::default();
    for change in changes {
        let subject = change.subject();
        if !exists(plan, subject) {
            removed.insert(subject);
            continue;
        }
        with_edit!(change, edit => check_fields(plan, edit.after.as_deref()))?;
        if let Change::Team(edit) = change
            && edit.after.as_deref().is_some_and(|team| team.parent.is_some())
        {
            check_parents(plan, edit.id.into(), &mut rooted)?;
        }
        if let Change::Position(edit) = change
            && edit.after.as_deref().is_some_and(|position| position.manager.is_some())
        {
            check_managers(plan, edit.id.into(), &mut managed)?;
        }
    }
    check_changed_steps(plan, changes)?;
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

/// For a loaded plan: no team is inside itself.
pub(crate) fn check_all_parents(plan: &Plan) -> Result<(), ApplyError> {
    let mut rooted = FxHashSet::default();
    plan.teams.iter().try_for_each(|team| check_parents(plan, team.id, &mut rooted))
}

/// For a loaded plan: no position reports to itself.
pub(crate) fn check_all_managers(plan: &Plan) -> Result<(), ApplyError> {
    let mut rooted = FxHashSet::default();
    plan.positions.iter().try_for_each(|position| check_managers(plan, position.id, &mut rooted))
}

/// For a loaded plan: no item depends on itself.
pub(crate) fn check_all_steps(plan: &Plan) -> Result<(), ApplyError> {
    check_steps(&plan.template_items, plan.template_items.iter().map(|item| item.id))?;
    check_steps(&plan.checklist_items, plan.checklist_items.iter().map(|item| item.id))
}

fn check_changed_steps(plan: &Plan, changes: &[Change]) -> Result<(), ApplyError> {
    fn check<T: ChecklistStep + EntityTable>(plan: &Plan, changes: &[Change]) -> Result<(), ApplyError> {
        let (items, edits) = (T::table(plan), changes.iter().filter_map(T::edit));
        let list = |row: &Option<Box<T>>| row.as_deref().map(ChecklistStep::list);
        let is_moved = |edit: &Edit<T>| {
            edit.before.is_some() && edit.after.is_some() && list(&edit.after) != list(&edit.before)
        };
        // What depends on an item that has moved to another list is not among the changes.
        if edits.clone().any(is_moved) {
            return check_steps(items, items.iter().map(|item| item.id()));
        }
        check_steps(items, edits.map(|edit| edit.id.into()))
    }
    check::<TemplateItem>(plan, changes)?;
    check::<ChecklistItem>(plan, changes)
}

/// Items depend only on items of their own list, and on none in a cycle. A new cycle has a changed item in it.
/// Depth-first search without recursion, since a chain may be as long as the list.
fn check_steps<T: ChecklistStep>(
    items: &Table<T>,
    changed: impl Iterator<Item = T::Id>,
) -> Result<(), ApplyError> {
    let mut cleared: FxHashSet<T::Id> = FxHashSet::default();
    for start in changed {
        // The path so far, each item with the dependencies still to visit.
        let mut way: Vec<(&T, Vec<T::Id>)> = Vec::new();
        let mut on_way: FxHashSet<T::Id> = FxHashSet::default();
        let mut next = items.get(start).filter(|item| !cleared.contains(&item.id()));
        loop {
            if let Some(item) = next.take() {
                let before: Vec<T::Id> = item.before().collect();
                on_way.insert(item.id());
                way.push((item, before));
            }
            let Some((item, open)) = way.last_mut() else { break };
            let item = *item;
            let Some(other) = open.pop() else {
                on_way.remove(&item.id());
                cleared.insert(item.id());
                way.pop();
                continue;
            };
            // Missing references are reported by `check_fields`.
            let Some(other) = items.get(other) else { continue };
            if other.list() != item.list() {
                let (item, other) = (item.title().to_owned(), other.title().to_owned());
                return Err(ApplyError::OtherList { item, other });
            }
            if on_way.contains(&other.id()) {
                let on_loop = way.iter().map(|(item, _)| *item).skip_while(|item| item.id() != other.id());
                let path = on_loop.chain([other]).map(|item| item.title().to_owned()).collect();
                return Err(ApplyError::NeedsLoop { path });
            }
            if !cleared.contains(&other.id()) {
                next = Some(other);
            }
        }
    }
    Ok(())
}

fn check_parents(plan: &Plan, start: TeamId, rooted: &mut FxHashSet<TeamId>) -> Result<(), ApplyError> {
    find_cycle(start, rooted, |team| plan.teams.get(team).and_then(|team| team.parent))
        .map_err(|path| ApplyError::ParentLoop { path: names(plan, path) })
}

fn check_managers(
    plan: &Plan,
    start: PositionId,
    rooted: &mut FxHashSet<PositionId>,
) -> Result<(), ApplyError> {
    find_cycle(start, rooted, |position| plan.positions.get(position).and_then(|position| position.manager))
        .map_err(|path| ApplyError::ManagerLoop { path: names(plan, path) })
}

fn names<Id: Into<EntityRef>>(plan: &Plan, path: Vec<Id>) -> Vec<String> {
    path.into_iter().map(|id| plan.name_of(id.into())).collect()
}

/// Walks up from changed rows: a new cycle has one of them in it. `rooted` holds rows known to be in no cycle. The
/// error is a cycle, from the start back to it.
fn find_cycle<Id: Copy + Eq + std::hash::Hash>(
    start: Id,
    rooted: &mut FxHashSet<Id>,
    above: impl Fn(Id) -> Option<Id>,
) -> Result<(), Vec<Id>> {
    let mut path = vec![start];
    let mut passed = FxHashSet::from_iter([start]);
    let mut at = start;
    while let Some(next) = above(at) {
        if rooted.contains(&next) {
            break;
        }
        path.push(next);
        if next == start {
            return Err(path);
        }
        // A cycle that does not include the start is found from one of its own rows.
        if !passed.insert(next) {
            return Ok(());
        }
        at = next;
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
        let may_refer = |target: &EntityRef| T::FIELDS.iter().any(|field| field.refers_to(target.kind));
        if !removed.iter().any(may_refer) {
            return Ok(());
        }
        for row in rows {
            let mut hit = None;
            row.references(&mut |target| {
                if removed.contains(&target) {
                    hit = Some(target);
                }
            });
            if let Some(subject) = hit {
                let referrer = EntityRef { kind: T::KIND, id: row.id().into() };
                let (name, by) = (subject.to_string(), plan.name_of(referrer));
                return Err(ApplyError::StillReferenced { subject, name, by, referrer });
            }
        }
        Ok(())
    }
    each_table!(plan, table => scan(plan, table, removed)?);
    Ok(())
}
