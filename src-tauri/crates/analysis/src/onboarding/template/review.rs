//! Review status of templates: age of the last review, and open feedback.

use chrono::NaiveDate;
use headroom_model::{
    ChecklistId, ChecklistItem, ChecklistItemId, Feedback, Plan, Template, TemplateId, TemplateItem,
    TemplateItemId,
};
use rustc_hash::FxHashMap;

use super::propagate::lists_behind;

/// Feedback on an item of a list that nobody has resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenFeedback {
    pub list: ChecklistId,
    pub item: ChecklistItemId,
    /// The template's item; none if it is deleted or the item was a generated task.
    pub of: Option<TemplateItemId>,
    pub feedback: Feedback,
}

/// The review status of a template, with the lists made from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewStatus {
    pub template: TemplateId,
    pub items: usize,
    /// Days since the last review; none if there was none.
    pub unreviewed_days: Option<i64>,
    /// How many lists were made from it, in any version.
    pub lists: usize,
    /// Lists with another version than the current one.
    pub behind: Vec<ChecklistId>,
    /// Open feedback, oldest first.
    pub open: Vec<OpenFeedback>,
}

impl ReviewStatus {
    /// Whether the last review is older than this many days, or there was none.
    pub fn is_stale(&self, stale_days: i64) -> bool {
        self.unreviewed_days.is_none_or(|days| days > stale_days)
    }
}

/// The review status of every template. Feedback on a generated task, or on an item whose template is deleted,
/// belongs to the first template of its list.
pub fn review_status(plan: &Plan, today: NaiveDate) -> Vec<ReviewStatus> {
    let mut open = open_feedback(plan);
    let mut items: FxHashMap<TemplateId, usize> = FxHashMap::default();
    plan.template_items.iter().for_each(|item: &TemplateItem| *items.entry(item.template).or_default() += 1);
    let of = |template: &Template| {
        let is_used = |used: &headroom_model::TemplateUse| used.template == template.key;
        let lists = plan.checklists.iter().filter(|list| list.templates.iter().any(is_used)).count();
        ReviewStatus {
            template: template.id,
            items: items.get(&template.id).copied().unwrap_or(0),
            unreviewed_days: template.reviewed.map(|day| (today - day).num_days()),
            lists,
            behind: lists_behind(plan, template).into_iter().map(|list| list.id).collect(),
            open: open.remove(&template.id).unwrap_or_default(),
        }
    };
    plan.in_order::<Template>().into_iter().map(of).collect()
}

fn open_feedback(plan: &Plan) -> FxHashMap<TemplateId, Vec<OpenFeedback>> {
    let mut found: FxHashMap<TemplateId, Vec<OpenFeedback>> = FxHashMap::default();
    let is_open = |item: &&ChecklistItem| item.feedback.as_ref().is_some_and(|it| it.settled.is_none());
    let mut items: Vec<&ChecklistItem> = plan.checklist_items.iter().filter(is_open).collect();
    plan.sort(&mut items);
    for item in items {
        let Some(feedback) = &item.feedback else { continue };
        let of = item.origin.and_then(|id| plan.template_items.get(TemplateItemId(id)));
        let template = of.map(|item| item.template).or_else(|| {
            let list = plan.checklists.get(item.checklist)?;
            let known = |used: &headroom_model::TemplateUse| plan.find::<Template>(&used.template);
            list.templates.iter().find_map(known)
        });
        let Some(template) = template else { continue };
        found.entry(template).or_default().push(OpenFeedback {
            list: item.checklist,
            item: item.id,
            of: of.map(|item| item.id),
            feedback: feedback.clone(),
        });
    }
    found.values_mut().for_each(|open| open.sort_by_key(|it| it.feedback.on));
    found
}
