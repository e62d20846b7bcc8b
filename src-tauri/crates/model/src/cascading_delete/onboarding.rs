//! Cascading delete for templates and checklists.

use rustc_hash::FxHashSet;

use crate::{
    Assignee, Checklist, ChecklistId, ChecklistItem, Draft, Due, EntityRef, Plan, Template, TemplateId,
    TemplateItem,
};

/// A person is deleted with their checklists, a team with the templates that are for it alone. Where the entity was
/// an assignee of someone else's item, its name is kept as text. Checklists hold copies, so they survive their
/// template.
pub(super) fn remove(draft: &mut Draft<'_>, plan: &Plan, subject: EntityRef) {
    let is_gone = |other: EntityRef| other == subject;
    let mut templates: FxHashSet<TemplateId> = FxHashSet::default();
    for row in plan.templates.iter() {
        if is_gone(row.id.into()) {
            templates.insert(row.id);
        } else if row.team.is_some_and(|team| is_gone(team.into())) {
            templates.insert(row.id);
            draft.remove::<Template>(row.id);
        }
    }
    for row in plan.template_items.iter().filter(|row| !is_gone(row.id.into())) {
        if templates.contains(&row.template) {
            draft.remove::<TemplateItem>(row.id);
        } else {
            draft.put(TemplateItem {
                assignee: without(plan, &row.assignee, subject),
                due: row.due.filter(|due| !is_after(due, subject)),
                needs: row.needs.iter().copied().filter(|item| !is_gone((*item).into())).collect(),
                service: row.service.filter(|service| !is_gone((*service).into())),
                team: row.team.filter(|team| !is_gone((*team).into())),
                ..row.clone()
            });
        }
    }
    let mut checklists: FxHashSet<ChecklistId> = FxHashSet::default();
    for row in plan.checklists.iter() {
        if is_gone(row.id.into()) {
            checklists.insert(row.id);
        } else if is_gone(row.person.into()) {
            checklists.insert(row.id);
            draft.remove::<Checklist>(row.id);
        } else {
            draft.put(Checklist {
                buddy: row.buddy.filter(|buddy| !is_gone((*buddy).into())),
                manager: row.manager.filter(|manager| !is_gone((*manager).into())),
                service: row.service.filter(|service| !is_gone((*service).into())),
                ..row.clone()
            });
        }
    }
    for row in plan.checklist_items.iter().filter(|row| !is_gone(row.id.into())) {
        if checklists.contains(&row.checklist) {
            draft.remove::<ChecklistItem>(row.id);
        } else {
            draft.put(ChecklistItem {
                assignee: without(plan, &row.assignee, subject),
                due: row.due.filter(|due| !is_after(due, subject)),
                needs: row.needs.iter().copied().filter(|item| !is_gone((*item).into())).collect(),
                service: row.service.filter(|service| !is_gone((*service).into())),
                team: row.team.filter(|team| !is_gone((*team).into())),
                ..row.clone()
            });
        }
    }
}

fn is_after<Id: Copy + Into<EntityRef>>(due: &Due<Id>, subject: EntityRef) -> bool {
    due.after.is_some_and(|after| after.into() == subject)
}

fn without(plan: &Plan, assignee: &Assignee, subject: EntityRef) -> Assignee {
    let is_gone = match assignee {
        Assignee::Person(person) => EntityRef::from(*person) == subject,
        Assignee::Team(team) => EntityRef::from(*team) == subject,
        _ => false,
    };
    if is_gone { Assignee::Other(plan.name_of(subject)) } else { assignee.clone() }
}

#[cfg(test)]
mod tests {
    use crate::{ApplyError, Assignee, Draft, Due, ItemState, Person, cascading_delete::delete_cascading};

    use super::*;

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
