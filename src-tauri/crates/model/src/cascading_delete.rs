//! Cascading delete: removes an entity together with what refers to it. Anything that ends keeps its past instead:
//! see [`DateRange::ended_before`](crate::DateRange::ended_before). What becomes of a row that refers to something
//! deleted is said by its kind: [`Entity::without`].

use rustc_hash::FxHashSet;

use crate::{
    Change, Draft, Entity, EntityRef, EntityTable, Kind, Plan, PositionId,
    field::{FieldSpec, Names, Removal},
};

/// Deletes the entity with its memberships, ownerships, dependencies, assignments, assumptions, budgets and
/// checklists. Teams below a deleted team move to its parent; members of a deleted grouping then belong to none.
pub fn delete_cascading(draft: &mut Draft<'_>, subject: EntityRef) {
    delete(draft, FxHashSet::from_iter([subject]));
}

/// [`delete_cascading`] for several positions at once: whoever reported to one of them reports to the next one up
/// that remains.
pub fn delete_positions(draft: &mut Draft<'_>, gone: &[PositionId]) {
    delete(draft, gone.iter().copied().map(EntityRef::from).collect());
}

fn delete(draft: &mut Draft<'_>, subjects: FxHashSet<EntityRef>) {
    let mut deletion = Deletion::new(draft.clone(), subjects.iter().copied());
    // What goes with a row that goes: the items of a list.
    let mut known = 0;
    while deletion.gone.len() > known {
        known = deletion.gone.len();
        for kind in Kind::ALL {
            for_kind!(*kind, T => deletion.spread::<T>());
        }
    }
    for kind in Kind::ALL {
        for_kind!(*kind, T => deletion.carry_out::<T>(draft, &subjects));
    }
    for subject in in_order(draft.base(), subjects) {
        for_kind!(subject.kind, T => draft.remove::<T>(subject.id.into()));
    }
}

fn in_order(plan: &Plan, subjects: FxHashSet<EntityRef>) -> Vec<EntityRef> {
    let mut subjects: Vec<EntityRef> = subjects.into_iter().collect();
    subjects.sort_unstable_by_key(|subject| (subject.kind, plan.place_of(*subject), subject.id));
    subjects
}

/// What is deleted.
pub(crate) struct Deletion<'a> {
    before: Draft<'a>,
    gone: FxHashSet<EntityRef>,
}

impl<'a> Deletion<'a> {
    pub(crate) fn new(before: Draft<'a>, gone: impl IntoIterator<Item = EntityRef>) -> Self {
        Self { before, gone: gone.into_iter().collect() }
    }

    pub(crate) fn extend(&mut self, gone: &[EntityRef]) {
        self.gone.extend(gone);
    }

    /// Whether what a change deletes cannot do without what is deleted here.
    pub(crate) fn takes_along(&self, change: &Change) -> bool {
        let refers = |subject: EntityRef| self.gone.contains(&subject);
        with_edit!(change, edit => edit.before.as_deref().is_some_and(|row| {
            let mut is_hit = false;
            row.references(&mut |target| is_hit |= refers(target));
            is_hit && row.without(self).is_none()
        }))
    }

    /// Adds the rows that cannot do without what is deleted.
    fn spread<T: EntityTable>(&mut self) {
        let is_nothing = |row: &&T| row.without(self).is_none();
        let lost: Vec<EntityRef> = self.referring().filter(is_nothing).map(subject_of).collect();
        self.gone.extend(lost);
    }

    fn carry_out<T: EntityTable>(&self, draft: &mut Draft<'_>, subjects: &FxHashSet<EntityRef>) {
        let is_lost = |subject: &EntityRef| self.gone.contains(subject) && !subjects.contains(subject);
        for lost in self.before.iter::<T>().map(subject_of).filter(is_lost) {
            draft.remove::<T>(lost.id.into());
        }
        self.referring::<T>().filter_map(|row| row.without(self)).for_each(|left| draft.put(left));
    }

    /// The rows that remain and refer to something that does not.
    fn referring<T: EntityTable>(&self) -> impl Iterator<Item = &T> {
        let is_hit = |row: &&T| {
            let mut is_hit = false;
            row.references(&mut |target| is_hit |= self.gone.contains(&target));
            is_hit && !self.gone.contains(&subject_of(*row))
        };
        let refers = T::FIELDS.iter().any(FieldSpec::refers);
        self.before.iter().filter(move |_| refers).filter(is_hit)
    }
}

fn subject_of<T: Entity>(row: &T) -> EntityRef {
    EntityRef { kind: T::KIND, id: row.id().into() }
}

impl Names for Deletion<'_> {
    fn name(&self, subject: EntityRef) -> String {
        self.before.name(subject)
    }

    fn name_by_key(&self, kind: Kind, key: &str) -> Option<String> {
        self.before.name_by_key(kind, key)
    }
}

impl Removal for Deletion<'_> {
    fn is_gone(&self, subject: EntityRef) -> bool {
        self.gone.contains(&subject)
    }

    fn remaining_above(&self, subject: EntityRef) -> Option<EntityRef> {
        let mut at = Some(subject);
        while let Some(gone) = at.filter(|subject| self.is_gone(*subject)) {
            at = for_kind!(gone.kind, T => self.before.get::<T>(gone.id.into()).and_then(Entity::above));
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{
        ApplyError, Assignee, Checklist, ChecklistItem, Due, ItemState, Person, Template, TemplateItem,
        fields, role,
    };

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

    /// A template and a checklist made from it, each with an item that depends on another.
    fn plan() -> Plan {
        let mut plan = Plan::default();
        let mut draft = Draft::new(&plan);
        let [ada, ben] = ["ada", "ben"].map(|key| {
            let id = draft.new_id::<Person>();
            draft.put(Person { id, key: key.into(), name: key.to_uppercase(), ..Person::default() });
            id
        });
        let template = draft.new_id::<Template>();
        draft.put(Template { id: template, key: "all".into(), name: "All".into(), ..Template::default() });
        let (first, second) = (draft.new_id::<TemplateItem>(), draft.new_id::<TemplateItem>());
        let item = |id, title: &str| TemplateItem { id, template, title: title.into(), ..Default::default() };
        draft.put(TemplateItem { assignee: Assignee::Person(ben), ..item(first, "Laptop") });
        let due = Some(Due { working_days: 1, after: Some(first) });
        draft.put(TemplateItem { needs: vec![first], due, ..item(second, "Accounts") });
        let checklist = draft.new_id::<Checklist>();
        draft.put(Checklist { id: checklist, person: ada, buddy: Some(ben), ..Checklist::default() });
        let id = draft.new_id::<ChecklistItem>();
        let (origin, title) = (Some(second.0), "Accounts".to_owned());
        let state = ItemState::Blocked { by: "the card reader".into() };
        draft.put(ChecklistItem { id, checklist, origin, title, state, ..ChecklistItem::default() });
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        plan
    }

    fn without(mut plan: Plan, subject: impl Into<EntityRef>) -> Plan {
        let mut draft = Draft::new(&plan);
        delete_cascading(&mut draft, subject.into());
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        plan
    }

    #[test]
    fn deleting_a_template_keeps_its_checklists() {
        let before = plan();
        let after = without(before.clone(), before.templates.rows()[0].id);
        assert!(after.templates.is_empty() && after.template_items.is_empty());
        assert_eq!(after.checklist_items, before.checklist_items);
        assert_eq!(after.checklists, before.checklists);
    }

    #[test]
    fn deleting_a_person_keeps_their_name_as_assignee() {
        let before = plan();
        let [ada, ben] = [0, 1].map(|at| before.people.rows()[at].id);
        let after = without(before.clone(), ben);
        assert_eq!(after.template_items.rows()[0].assignee, Assignee::Other("BEN".into()));
        assert_eq!(after.checklists.rows()[0].buddy, None);
        let after = without(before, ada);
        assert!(after.checklists.is_empty() && after.checklist_items.is_empty());
    }

    #[test]
    fn deleting_an_item_clears_dependencies_on_it() {
        let before = plan();
        let after = without(before.clone(), before.template_items.rows()[0].id);
        let left = &after.template_items.rows()[0];
        assert_eq!((left.needs.len(), left.due), (0, None));
    }

    #[test]
    fn item_cycles_are_refused_with_their_path() {
        let mut plan = plan();
        let [first, second] = [0, 1].map(|at| plan.template_items.rows()[at].clone());
        let mut draft = Draft::new(&plan);
        draft.put(TemplateItem { needs: vec![second.id], ..first });
        let changes = draft.finish();
        let before = plan.clone();
        let error = plan.apply(&changes).unwrap_err();
        let path = ["Laptop", "Accounts", "Laptop"].map(str::to_owned).to_vec();
        assert_eq!(error, ApplyError::NeedsLoop { path });
        assert_eq!(plan, before);
    }

    #[test]
    fn item_dependencies_across_lists_are_refused() {
        let mut plan = plan();
        let mut draft = Draft::new(&plan);
        let id = draft.new_id::<Template>();
        draft.put(Template { id, key: "other".into(), name: "Other".into(), ..Template::default() });
        let item = draft.new_id::<TemplateItem>();
        let needs = vec![plan.template_items.rows()[0].id];
        draft.put(TemplateItem { id: item, template: id, title: "Desk".into(), needs, ..Default::default() });
        let changes = draft.finish();
        let (item, other) = ("Desk".to_owned(), "Laptop".to_owned());
        assert_eq!(plan.apply(&changes), Err(ApplyError::OtherList { item, other }));
    }
}
