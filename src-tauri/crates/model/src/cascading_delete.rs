//! Cascading delete: removes an entity together with what refers to it. Anything that ends keeps its past instead:
//! see [`DateRange::ended_before`](crate::DateRange::ended_before).

mod onboarding;

use crate::{
    Assignment, Assumption, Budget, Dependency, Draft, Entity, EntityRef, Grouping, Kind, Membership, Owner,
    Ownership, Person, Plan, Position, Service, Team,
};

/// Deletes the entity with its memberships, ownerships, dependencies, assignments, assumptions, budgets and
/// checklists. Teams below a deleted team move to its parent; members of a deleted grouping then belong to none.
pub fn delete_cascading(draft: &mut Draft<'_>, subject: EntityRef) {
    let plan = draft.plan();
    let is_gone = |other: EntityRef| other == subject;
    for row in plan.memberships.iter() {
        if is_gone(row.person.into()) || is_gone(row.team.into()) {
            draft.remove::<Membership>(row.id);
        }
    }
    for row in plan.ownerships.iter() {
        if is_gone(row.service.into()) || is_gone(row.owner.into()) {
            draft.remove::<Ownership>(row.id);
        }
    }
    for row in plan.dependencies.iter() {
        if is_gone(row.service.into()) || is_gone(row.depends_on.into()) {
            draft.remove::<Dependency>(row.id);
        }
    }
    for row in plan.interactions.iter() {
        if is_gone(row.team.into()) || is_gone(row.with.into()) {
            draft.remove::<crate::Interaction>(row.id);
        }
    }
    remove_hiring(draft, plan, subject);
    onboarding::remove(draft, plan, subject);
    detach(draft, plan, subject);
    detach_positions(draft, plan, subject);
    match subject.kind {
        Kind::Team => draft.remove::<Team>(subject.id.into()),
        Kind::Person => draft.remove::<Person>(subject.id.into()),
        Kind::Grouping => draft.remove::<Grouping>(subject.id.into()),
        Kind::Service => draft.remove::<Service>(subject.id.into()),
        Kind::Membership => draft.remove::<Membership>(subject.id.into()),
        Kind::Ownership => draft.remove::<Ownership>(subject.id.into()),
        Kind::Dependency => draft.remove::<Dependency>(subject.id.into()),
        Kind::Interaction => draft.remove::<crate::Interaction>(subject.id.into()),
        Kind::Position => draft.remove::<Position>(subject.id.into()),
        Kind::Assignment => draft.remove::<Assignment>(subject.id.into()),
        Kind::Assumption => draft.remove::<Assumption>(subject.id.into()),
        Kind::Budget => draft.remove::<Budget>(subject.id.into()),
        Kind::ExchangeRate => draft.remove::<crate::ExchangeRate>(subject.id.into()),
        Kind::Holiday => draft.remove::<crate::Holiday>(subject.id.into()),
        Kind::Approval => draft.remove::<crate::Approval>(subject.id.into()),
        Kind::Template => draft.remove::<crate::Template>(subject.id.into()),
        Kind::TemplateItem => draft.remove::<crate::TemplateItem>(subject.id.into()),
        Kind::Checklist => draft.remove::<crate::Checklist>(subject.id.into()),
        Kind::ChecklistItem => draft.remove::<crate::ChecklistItem>(subject.id.into()),
        Kind::Setting => draft.remove::<crate::Setting>(subject.id.into()),
    }
}

/// [`delete_cascading`] for several positions at once: whoever reported to one of them reports to the next one up
/// that remains.
pub fn delete_positions(draft: &mut Draft<'_>, gone: &[crate::PositionId]) {
    let plan = draft.plan();
    let gone: rustc_hash::FxHashSet<_> = gone.iter().copied().collect();
    for row in plan.assignments.iter().filter(|row| gone.contains(&row.position)) {
        draft.remove::<Assignment>(row.id);
    }
    for row in plan.assumptions.iter() {
        let mut is_hit = false;
        row.references(&mut |target| {
            is_hit |= target.kind == Kind::Position && gone.contains(&target.id.into());
        });
        if is_hit {
            draft.remove::<Assumption>(row.id);
        }
    }
    for row in plan.positions.iter() {
        if gone.contains(&row.id) {
            draft.remove::<Position>(row.id);
            continue;
        }
        let mut manager = row.manager;
        while let Some(above) = manager.filter(|above| gone.contains(above)) {
            manager = plan.positions.get(above).and_then(|position| position.manager);
        }
        let backfill_of = row.backfill_of.filter(|before| !gone.contains(before));
        if (manager, backfill_of) != (row.manager, row.backfill_of) {
            draft.put(Position { manager, backfill_of, ..row.clone() });
        }
    }
}

/// Assignments, assumptions and budgets of the entity.
fn remove_hiring(draft: &mut Draft<'_>, plan: &Plan, subject: EntityRef) {
    let is_gone = |other: EntityRef| other == subject;
    for row in plan.assignments.iter() {
        if is_gone(row.position.into()) || is_gone(row.person.into()) {
            draft.remove::<Assignment>(row.id);
        }
    }
    for row in plan.assumptions.iter() {
        let mut is_hit = false;
        row.references(&mut |target| is_hit |= is_gone(target));
        if is_hit {
            draft.remove::<Assumption>(row.id);
        }
    }
    for row in plan.budgets.iter().filter(|row| row.team.is_some_and(|team| is_gone(team.into()))) {
        draft.remove::<Budget>(row.id);
    }
}

/// Reports of a deleted position report to its manager; other references to the entity are cleared.
fn detach_positions(draft: &mut Draft<'_>, plan: &Plan, subject: EntityRef) {
    for row in plan.positions.iter().filter(|row| EntityRef::from(row.id) != subject) {
        let mut is_hit = false;
        row.references(&mut |target| is_hit |= target == subject);
        if !is_hit {
            continue;
        }
        let gone = plan.positions.get(subject.id.into()).filter(|_| subject.kind == Kind::Position);
        let mut row = row.clone();
        if let Some(gone) = gone {
            row.manager = if row.manager == Some(gone.id) { gone.manager } else { row.manager };
            row.backfill_of = row.backfill_of.filter(|before| *before != gone.id);
        }
        row.team = row.team.filter(|team| EntityRef::from(*team) != subject);
        row.service = row.service.filter(|service| EntityRef::from(*service) != subject);
        draft.put(row);
    }
}

/// Clears references to the entity as parent, owner, system or domain.
fn detach(draft: &mut Draft<'_>, plan: &Plan, subject: EntityRef) {
    let is_gone = |id: Option<EntityRef>| id == Some(subject);
    for row in plan.teams.iter().filter(|row| is_gone(row.parent.map(EntityRef::from))) {
        let parent = plan.teams.get(subject.id.into()).and_then(|team| team.parent);
        draft.put(Team { parent, ..row.clone() });
    }
    for row in plan.groupings.iter() {
        let parent = row.parent.filter(|parent| !is_gone(Some((*parent).into())));
        let owner = row.owner.filter(|owner: &Owner| !is_gone(Some((*owner).into())));
        if EntityRef::from(row.id) != subject {
            draft.put(Grouping { parent, owner, ..row.clone() });
        }
    }
    for row in plan.services.iter() {
        let system = row.system.filter(|system| !is_gone(Some((*system).into())));
        let domain = row.domain.filter(|domain| !is_gone(Some((*domain).into())));
        if EntityRef::from(row.id) != subject && (system, domain) != (row.system, row.domain) {
            draft.put(Service { system, domain, ..row.clone() });
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{fields, role};

    fn made(plan: &mut Plan, kind: Kind, values: &[(&str, serde_json::Value)]) -> EntityRef {
        let values: Vec<_> =
            values.iter().map(|(field, value)| ((*field).to_owned(), value.clone())).collect();
        let mut draft = Draft::new(plan);
        let made = fields::create(&mut draft, kind, &values).unwrap();
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        made
    }

    #[test]
    fn delete_team_cascades_and_undo_restores_it() {
        let mut plan = Plan::default();
        let top = made(&mut plan, Kind::Team, &[("name", json!("Top"))]);
        let team = made(&mut plan, Kind::Team, &[("name", json!("Payments")), ("parent", json!(top.id))]);
        let child = made(&mut plan, Kind::Team, &[("name", json!("Refunds")), ("parent", json!(team.id))]);
        let person = made(&mut plan, Kind::Person, &[("name", json!("Ada"))]);
        made(&mut plan, Kind::Membership, &[("person", json!(person.id)), ("team", json!(team.id))]);
        let service = made(&mut plan, Kind::Service, &[("name", json!("Checkout"))]);
        let owner = json!({"team": team.id});
        let values = [("service", json!(service.id)), ("owner", owner), ("role", json!(role::OWNER))];
        made(&mut plan, Kind::Ownership, &values);

        let before = plan.clone();
        let mut draft = Draft::new(&plan);
        delete_cascading(&mut draft, team);
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        assert!(plan.teams.get(team.id.into()).is_none());
        assert_eq!((plan.memberships.len(), plan.ownerships.len()), (0, 0));
        assert_eq!(plan.teams.get(child.id.into()).and_then(|team| team.parent), Some(top.id.into()));

        let undo: Vec<_> = changes.into_iter().rev().map(crate::Change::inverted).collect();
        plan.apply(&undo).unwrap();
        assert_eq!(plan.memberships.len(), before.memberships.len());
        assert_eq!(plan.teams.get(child.id.into()), before.teams.get(child.id.into()));
        assert_eq!(plan.ownerships.len(), before.ownerships.len());
    }
}
