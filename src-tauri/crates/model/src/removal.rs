//! Taking a team, person, service or grouping out of a plan with all that says something about it.

use crate::{
    Dependency, Draft, EntityRef, Grouping, Kind, Membership, Owner, Ownership, Person, Plan, Service, Team,
};

/// Removes the entity as if it had never been, with its memberships, ownerships and dependencies. Teams below a
/// team move to the one above; what belonged to a grouping belongs to none. What only ends keeps its past instead:
/// see [`crate::Span::ended_before`].
pub fn remove_whole(draft: &mut Draft<'_>, subject: EntityRef) {
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
    detach(draft, plan, subject);
    match subject.kind {
        Kind::Team => draft.remove::<Team>(subject.id.into()),
        Kind::Person => draft.remove::<Person>(subject.id.into()),
        Kind::Grouping => draft.remove::<Grouping>(subject.id.into()),
        Kind::Service => draft.remove::<Service>(subject.id.into()),
        Kind::Membership => draft.remove::<Membership>(subject.id.into()),
        Kind::Ownership => draft.remove::<Ownership>(subject.id.into()),
        Kind::Dependency => draft.remove::<Dependency>(subject.id.into()),
        Kind::Interaction => draft.remove::<crate::Interaction>(subject.id.into()),
        Kind::Setting => draft.remove::<crate::Setting>(subject.id.into()),
    }
}

/// What stood below the entity or belonged to it stands without it.
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
    fn all_that_refers_to_a_team_goes_with_it_and_undo_brings_it_back() {
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
        remove_whole(&mut draft, team);
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
