//! The list of templates with their review status; creating, copying and reviewing templates.

use chrono::NaiveDate;
use headroom_analysis::{
    Policy,
    onboarding::template::{OpenFeedback, ReviewStatus, free_key, offboarding_from, review_status},
    template_review_limit,
};
use headroom_model::{
    Draft, Due, LifecycleEvent, Plan, Template, TemplateId, TemplateItem, TemplateItemId, fields::slug,
};
use serde::Serialize;

use crate::{
    entities::{entity::NamedEntity, id::Id},
    error::{Answer, AppError},
    onboarding::{
        start::{occasion, whom},
        template::get,
    },
    paging::{by_text, matches, search_words},
    state::{AppState, today},
};

/// Open feedback on an item.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FeedbackLine {
    pub checklist: Id,
    pub item: Id,
    /// Title of the item in the checklist.
    pub title: String,
    /// The person the checklist is for.
    pub person: NamedEntity,
    /// `outdated`, `unclear`, `missing`.
    pub fault: String,
    pub words: String,
    pub on: NaiveDate,
}

impl FeedbackLine {
    pub fn new(plan: &Plan, said: &OpenFeedback) -> Option<Self> {
        let list = plan.checklists.get(said.list)?;
        Some(Self {
            checklist: said.list.into(),
            item: said.item.into(),
            title: plan.checklist_items.get(said.item)?.title.clone(),
            person: NamedEntity::new(plan, list.person),
            fault: said.feedback.fault.word().to_owned(),
            words: said.feedback.words.clone(),
            on: said.feedback.on,
        })
    }
}

#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TemplateLine {
    pub id: Id,
    pub name: String,
    /// `join`, `move`, `take-over`, `leave`.
    pub occasion: String,
    /// For whom it is, in words.
    pub whom: String,
    pub version: u32,
    pub items: u32,
    /// Number of checklists started from it.
    pub lists: u32,
    /// Number of those on an older version.
    pub behind: u32,
    pub reviewed: Option<NaiveDate>,
    /// It has not been reviewed for too long.
    pub is_stale: bool,
    /// Open feedback on its items.
    pub said: Vec<FeedbackLine>,
}

#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TemplateLines {
    /// Number of all templates of the plan, whatever the filter.
    pub all: u32,
    /// Number of those in need of a review.
    pub to_mend: u32,
    /// Days without a review after which one is stale.
    pub stale_days: u32,
    pub rows: Vec<TemplateLine>,
}

/// Days without a review after which a template is stale, by the policy of the plan.
pub fn stale_days(plan: &Plan) -> u32 {
    template_review_limit(&Policy::from_plan(plan))
}

fn line(plan: &Plan, care: &ReviewStatus, stale_days: u32) -> Option<TemplateLine> {
    let template = plan.templates.get(care.template)?;
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Some(TemplateLine {
        id: template.id.into(),
        name: template.name.clone(),
        occasion: template.occasion.word().to_owned(),
        whom: whom(plan, template),
        version: template.version,
        items: count(care.items),
        lists: count(care.lists),
        behind: count(care.behind.len()),
        reviewed: template.reviewed,
        is_stale: care.is_stale(i64::from(stale_days)),
        said: care.open.iter().filter_map(|said| FeedbackLine::new(plan, said)).collect(),
    })
}

impl TemplateLine {
    fn is_to_mend(&self) -> bool {
        self.is_stale || self.items == 0 || !self.said.is_empty()
    }
}

/// Templates whose name or audience contains the words, onboarding ones first.
#[specta::specta]
pub fn template_lines(app: &AppState, text: String, is_to_mend: bool) -> Answer<TemplateLines> {
    let plan = app.plan()?;
    let stale_days = stale_days(&plan);
    let all: Vec<TemplateLine> =
        review_status(&plan, today()).iter().filter_map(|care| line(&plan, care, stale_days)).collect();
    let words = search_words(&text);
    let (count, to_mend) = (all.len() as u32, all.iter().filter(|line| line.is_to_mend()).count() as u32);
    let is_wanted = |line: &TemplateLine| {
        (!is_to_mend || line.is_to_mend())
            && matches(&words, [line.name.as_str(), &line.whom, &line.occasion])
    };
    let mut rows: Vec<TemplateLine> = all.into_iter().filter(is_wanted).collect();
    let place = |line: &TemplateLine| LifecycleEvent::ALL.iter().position(|one| one.word() == line.occasion);
    rows.sort_by(|a, b| place(a).cmp(&place(b)).then_with(|| by_text(&a.name, &b.name)));
    Ok(TemplateLines { all: count, to_mend, stale_days, rows })
}

/// Creates an empty template; answers with its ID.
#[specta::specta]
pub fn make_template(app: &AppState, name: String, occasion: String) -> Answer<Id> {
    let (name, occasion) = (name.trim().to_owned(), self::occasion(&occasion)?);
    let label = format!("Add template {name}");
    let id = app.edit(
        |_| label,
        |draft| {
            let id = draft.new_id::<Template>();
            let key = free_key(
                draft.base(),
                &Some(slug(&name)).filter(|key| !key.is_empty()).unwrap_or_else(|| "template".to_owned()),
            );
            let reviewed = Some(today());
            draft.put(Template { id, key, name, occasion, reviewed, ..Template::default() });
            Ok(id)
        },
    )?;
    Ok(id.into())
}

/// Copies a template with its items.
#[specta::specta]
pub fn copy_template(app: &AppState, id: Id) -> Answer<Id> {
    app.edit_as(|plan, draft| {
        let template = get(plan, id)?;
        let copy = copy(draft, plan, template);
        Ok((format!("Duplicate template {}", template.name), copy.into()))
    })
}

fn copy(draft: &mut Draft<'_>, plan: &Plan, template: &Template) -> TemplateId {
    let own = draft.new_id::<Template>();
    draft.put(Template {
        id: own,
        key: free_key(plan, &format!("{}-copy", template.key)),
        name: format!("{} (copy)", template.name),
        version: 1,
        source: None,
        // The Markdown belongs to the imported template.
        text: String::new(),
        ..template.clone()
    });
    let mut items: Vec<&TemplateItem> =
        plan.template_items.iter().filter(|item| item.template == template.id).collect();
    plan.sort(&mut items);
    let ids: Vec<TemplateItemId> = items.iter().map(|_| draft.new_id::<TemplateItem>()).collect();
    let of = |id: &TemplateItemId| items.iter().position(|item| item.id == *id).map(|at| ids[at]);
    for (at, item) in items.iter().enumerate() {
        draft.put(TemplateItem {
            id: ids[at],
            template: own,
            needs: item.needs.iter().filter_map(of).collect(),
            due: item.due.map(|due| Due { after: due.after.as_ref().and_then(of), ..due }),
            ..(*item).clone()
        });
    }
    own
}

/// Creates the offboarding template that reverses this one.
#[specta::specta]
pub fn create_offboarding(app: &AppState, id: Id) -> Answer<Id> {
    app.edit_as(|plan, draft| {
        let template = get(plan, id)?;
        let made = offboarding_from(draft, plan, template);
        Ok((format!("Create offboarding version of {}", template.name), made.into()))
    })
}

/// Marks it as reviewed today.
#[specta::specta]
pub fn review_template(app: &AppState, id: Id) -> Answer<()> {
    app.edit_as(|plan, draft| {
        let template = get(plan, id)?;
        draft.put(Template { reviewed: Some(today()), ..template.clone() });
        Ok((format!("Mark template {} as reviewed", template.name), ()))
    })
}

/// Marks feedback on an item as dealt with.
#[specta::specta]
pub fn settle_feedback(app: &AppState, item: Id) -> Answer<()> {
    app.edit_as(|plan, draft| {
        let row = plan.checklist_items.get(item.into()).cloned();
        let mut row = row.ok_or_else(|| AppError::not_found("this item"))?;
        if let Some(feedback) = &mut row.feedback {
            feedback.settled = Some(today());
        }
        let label = format!("Resolve feedback on “{}”", row.title);
        draft.put(row);
        Ok((label, ()))
    })
}
