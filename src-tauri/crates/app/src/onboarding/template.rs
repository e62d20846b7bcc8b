//! The page of a template: for whom it is, its items, checklists on an older version, and feedback.

use chrono::NaiveDate;
use headroom_analysis::onboarding::template::{
    AlteredItem, pin_version, review_status, sync_with_template, template_difference,
};
use headroom_checklist_markdown::html;
use headroom_model::{
    Assignee, Checklist, ChecklistId, Draft, Due, ListPlace, PersonId, Plan, ServiceId, TeamId, Template,
    TemplateId, TemplateItem, TemplateItemId,
};
use serde::{Deserialize, Serialize};

use crate::{
    entities::{entity::NamedEntity, id::Id},
    error::{Answer, AppError, ErrorKind},
    onboarding::{
        start::occasion,
        templates::{FeedbackLine, stale_days},
    },
    state::{AppState, today},
};

/// An assignee: a role (`new hire`, `manager`, `buddy`, `it`, `people ops`), or `person`, `team` or `other` with an
/// ID or name.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct AssigneeChoice {
    pub kind: String,
    pub id: Option<Id>,
    pub name: String,
}

impl AssigneeChoice {
    fn new(plan: &Plan, assignee: &Assignee) -> Self {
        let (kind, id, name) = match assignee {
            Assignee::Person(id) => ("person", Some(Id::from(*id)), plan.name_of((*id).into())),
            Assignee::Team(id) => ("team", Some(Id::from(*id)), plan.name_of((*id).into())),
            Assignee::Other(name) => ("other", None, name.clone()),
            role => (role.role().unwrap_or_default(), None, String::new()),
        };
        Self { kind: kind.to_owned(), id, name }
    }

    fn assignee(&self) -> Answer<Assignee> {
        let unknown = || AppError::new(ErrorKind::Invalid, "choose an assignee");
        match (self.kind.as_str(), self.id) {
            ("person", Some(id)) => Ok(Assignee::Person(PersonId::from(id))),
            ("team", Some(id)) => Ok(Assignee::Team(TeamId::from(id))),
            ("other", _) => Ok(Assignee::Other(self.name.trim().to_owned())),
            (role, _) => Assignee::from_role(role).ok_or_else(unknown),
        }
    }
}

/// An item from a form.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ItemForm {
    pub section: String,
    pub title: String,
    /// Markdown.
    pub text: String,
    /// Working days from the start, or from the item it comes after; none for no due date.
    pub due_days: Option<i32>,
    pub after: Option<Id>,
    pub assignee: AssigneeChoice,
    /// Working days.
    pub takes_days: u32,
    pub needs: Vec<Id>,
    pub is_optional: bool,
    pub is_goal: bool,
    pub link: String,
    pub service: Option<Id>,
    pub team: Option<Id>,
}

#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TemplateItemView {
    pub id: Id,
    pub form: ItemForm,
    /// The text as sanitised HTML.
    pub html: String,
    pub service: Option<NamedEntity>,
    pub team: Option<NamedEntity>,
    pub said: Vec<FeedbackLine>,
}

/// A checklist on an older version.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct BehindView {
    pub checklist: Id,
    pub person: NamedEntity,
    pub start: NaiveDate,
    /// Titles of items to be added, changed (and how), and removed.
    pub added: Vec<String>,
    pub altered: Vec<String>,
    pub gone: Vec<String>,
}

impl BehindView {
    /// None if the checklist has the newest version of its templates.
    pub fn of(plan: &std::sync::Arc<Plan>, list: &Checklist) -> Option<Self> {
        let found = template_difference(plan, list)?;
        let title = |id: &headroom_model::ChecklistItemId| {
            plan.checklist_items.get(*id).map(|item| item.title.clone()).unwrap_or_default()
        };
        let altered = |it: &AlteredItem| format!("{} ({})", it.title, it.fields.join(", "));
        Some(Self {
            checklist: list.id.into(),
            person: NamedEntity::new(plan, list.person),
            start: list.start,
            altered: found.altered.iter().map(altered).collect(),
            gone: found.gone.iter().map(title).collect(),
            added: found.added,
        })
    }
}

/// For whom a template is.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TemplateHead {
    pub name: String,
    /// `join`, `move`, `take-over`, `leave`.
    pub occasion: String,
    /// None for any team.
    pub team: Option<Id>,
    /// Empty for any.
    pub discipline: String,
    pub level: String,
}

#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TemplateView {
    pub id: Id,
    pub head: TemplateHead,
    pub team: Option<NamedEntity>,
    pub version: u32,
    pub reviewed: Option<NaiveDate>,
    pub is_stale: bool,
    /// It was imported from Markdown.
    pub has_text: bool,
    pub lists: u32,
    pub items: Vec<TemplateItemView>,
    pub behind: Vec<BehindView>,
    /// Feedback on items that the template no longer has, or on generated tasks.
    pub said: Vec<FeedbackLine>,
    /// Disciplines in use, to choose from.
    pub disciplines: Vec<String>,
    pub levels: Vec<String>,
}

#[specta::specta]
pub fn template_view(app: &AppState, id: Id) -> Answer<TemplateView> {
    let plan = app.plan()?;
    let template = get(&plan, id)?;
    let care = review_status(&plan, today()).into_iter().find(|care| care.template == template.id);
    let care = care.ok_or_else(|| AppError::not_found("this template"))?;
    let items = items(&plan, template.id);
    let said = |of: Option<TemplateItemId>| {
        let own = care.open.iter().filter(|said| said.of == of);
        own.filter_map(|said| FeedbackLine::new(&plan, said)).collect::<Vec<_>>()
    };
    let show = |item: &&TemplateItem| TemplateItemView {
        id: item.id.into(),
        form: form(&plan, item),
        html: html(&item.text),
        service: item.service.map(|service| NamedEntity::new(&plan, service)),
        team: item.team.map(|team| NamedEntity::new(&plan, team)),
        said: said(Some(item.id)),
    };
    let behind = care.behind.iter().filter_map(|list| plan.checklists.get(*list));
    Ok(TemplateView {
        id,
        head: TemplateHead {
            name: template.name.clone(),
            occasion: template.occasion.word().to_owned(),
            team: template.team.map(|team| team.into()),
            discipline: template.discipline.clone(),
            level: template.level.clone(),
        },
        team: template.team.map(|team| NamedEntity::new(&plan, team)),
        version: template.version,
        reviewed: template.reviewed,
        is_stale: care.is_stale(i64::from(stale_days(&plan))),
        has_text: !template.text.is_empty(),
        lists: u32::try_from(care.lists).unwrap_or(u32::MAX),
        items: items.iter().map(show).collect(),
        behind: behind.filter_map(|list| BehindView::of(&plan, list)).collect(),
        said: said(None),
        disciplines: in_use(plan.positions.iter().map(|position| &position.discipline)),
        levels: in_use(plan.positions.iter().map(|position| &position.level)),
    })
}

/// # Errors
/// [`ErrorKind::NotFound`] if it no longer exists.
pub fn get(plan: &Plan, id: Id) -> Answer<&Template> {
    plan.templates.get(TemplateId::from(id)).ok_or_else(|| AppError::not_found("this template"))
}

/// Sorted by their order.
fn items(plan: &Plan, template: TemplateId) -> Vec<&TemplateItem> {
    let mut items: Vec<&TemplateItem> =
        plan.template_items.iter().filter(|item| item.template == template).collect();
    plan.sort(&mut items);
    items
}

fn in_use<'a>(texts: impl Iterator<Item = &'a String>) -> Vec<String> {
    let all: std::collections::BTreeSet<&String> = texts.filter(|text| !text.is_empty()).collect();
    all.into_iter().cloned().collect()
}

fn form(plan: &Plan, item: &TemplateItem) -> ItemForm {
    ItemForm {
        section: item.section.clone(),
        title: item.title.clone(),
        text: item.text.clone(),
        due_days: item.due.map(|due| due.working_days),
        after: item.due.and_then(|due| due.after).map(|after| after.into()),
        assignee: AssigneeChoice::new(plan, &item.assignee),
        takes_days: item.takes_days,
        needs: item.needs.iter().map(|need| Id::from(*need)).collect(),
        is_optional: item.optional,
        is_goal: item.goal,
        link: item.link.clone(),
        service: item.service.map(|service| service.into()),
        team: item.team.map(|team| team.into()),
    }
}

#[specta::specta]
pub fn set_template(app: &AppState, id: Id, head: TemplateHead) -> Answer<()> {
    app.edit_as(|plan, draft| {
        let template = get(plan, id)?;
        draft.put(Template {
            name: head.name.trim().to_owned(),
            occasion: occasion(&head.occasion)?,
            team: head.team.map(TeamId::from),
            discipline: head.discipline.trim().to_owned(),
            level: head.level.trim().to_owned(),
            ..template.clone()
        });
        Ok((format!("Change template {}", template.name), ()))
    })
}

/// Adds an item at the end, or changes the one with the ID; answers with its ID.
#[specta::specta]
pub fn put_template_item(app: &AppState, template: Id, id: Option<Id>, form: ItemForm) -> Answer<Id> {
    app.edit_as(|plan, draft| {
        let name = &get(plan, template)?.name;
        let all = items(plan, TemplateId::from(template));
        let before = match id {
            Some(id) => {
                let known = all.iter().find(|item| Id::from(item.id) == id);
                (*known.ok_or_else(|| AppError::not_found("this item"))?).clone()
            }
            None => TemplateItem {
                id: draft.new_id::<TemplateItem>(),
                template: TemplateId::from(template),
                place: ListPlace::after(all.iter().map(|item| item.place)),
                ..TemplateItem::default()
            },
        };
        let row = form.over(before)?;
        let label = match id {
            Some(_) => format!("Change “{}” in {name}", row.title),
            None => format!("Add “{}” to {name}", row.title),
        };
        let own = row.id.into();
        draft.put(row);
        Ok((label, own))
    })
}

impl ItemForm {
    /// The item with what the form says.
    fn over(&self, before: TemplateItem) -> Answer<TemplateItem> {
        let after = self.after.map(TemplateItemId::from);
        Ok(TemplateItem {
            section: self.section.trim().to_owned(),
            title: self.title.trim().to_owned(),
            text: self.text.clone(),
            due: self.due_days.map(|working_days| Due { working_days, after }),
            assignee: self.assignee.assignee()?,
            takes_days: self.takes_days,
            needs: self.needs.iter().copied().map(TemplateItemId::from).collect(),
            optional: self.is_optional,
            goal: self.is_goal,
            link: self.link.trim().to_owned(),
            service: self.service.map(ServiceId::from),
            team: self.team.map(TeamId::from),
            ..before
        })
    }
}

fn item(plan: &Plan, id: Id) -> Answer<&TemplateItem> {
    plan.template_items.get(TemplateItemId::from(id)).ok_or_else(|| AppError::not_found("this item"))
}

/// Removes an item and clears dependencies on it.
#[specta::specta]
pub fn remove_template_item(app: &AppState, id: Id) -> Answer<()> {
    app.edit_as(|plan, draft| {
        let item = item(plan, id)?;
        headroom_model::delete_cascading(draft, item.id.into());
        Ok((format!("Delete “{}”", item.title), ()))
    })
}

/// Moves an item one place up, or with `is_down` one place down.
#[specta::specta]
pub fn move_template_item(app: &AppState, id: Id, is_down: bool) -> Answer<()> {
    app.edit_as(|plan, draft| {
        let item = item(plan, id)?;
        let label = format!("Move “{}”", item.title);
        let mut all = items(plan, item.template);
        let at = all.iter().position(|other| other.id == item.id).unwrap_or(0);
        let other = if is_down { at + 1 } else { at.wrapping_sub(1) };
        let Some(section) = all.get(other).map(|other| other.section.clone()) else { return Ok((label, ())) };
        if section != item.section {
            // At the border of a section it first joins the next section.
            draft.put(TemplateItem { section, ..item.clone() });
        } else {
            all.swap(at, other);
            put_between(draft, &all, other);
        }
        Ok((label, ()))
    })
}

/// Gives an item the place between its neighbours, so that no other item changes. If there is none left, the whole list
/// gets new places.
fn put_between(draft: &mut Draft<'_>, all: &[&TemplateItem], at: usize) {
    let before = at.checked_sub(1).map(|before| all[before].place);
    match ListPlace::between(before, all.get(at + 1).map(|after| after.place)) {
        Some(place) => draft.put(TemplateItem { place, ..all[at].clone() }),
        None => {
            for (at, row) in all.iter().enumerate() {
                draft.put(TemplateItem { place: ListPlace::nth(at), ..(*row).clone() });
            }
        }
    }
}

/// Syncs a checklist with its templates, or pins its version.
#[specta::specta]
pub fn resolve_difference(app: &AppState, checklist: Id, is_taken: bool) -> Answer<()> {
    app.edit_as(|plan, draft| {
        let list = plan.checklists.get(ChecklistId::from(checklist));
        let list = list.ok_or_else(|| AppError::not_found("this checklist"))?;
        let name = plan.name_of(list.person.into());
        let label = if is_taken {
            sync_with_template(draft, plan, list);
            format!("Update {name}’s checklist to the current template")
        } else {
            pin_version(draft, plan, list);
            format!("Keep the current version of {name}’s checklist")
        };
        Ok((label, ()))
    })
}
