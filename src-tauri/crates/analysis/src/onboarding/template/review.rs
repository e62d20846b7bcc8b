use chrono::NaiveDate;
use headroom_model::{
    ChecklistId, ChecklistItemId, Feedback, Plan, Template, TemplateId, TemplateItem, TemplateItemId,
};
use rustc_hash::FxHashMap;

use super::propagate::lists_behind;

/// What somebody who followed a list said of one of its items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenFeedback {
    pub list: ChecklistId,
    pub item: ChecklistItemId,
    /// The template's item, unless it is gone or the item was found in the plan.
    pub of: Option<TemplateItemId>,
    pub feedback: Feedback,
}

/// How a template stands: whether it is looked after, and who uses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewStatus {
    pub template: TemplateId,
    pub items: usize,
    /// Days since somebody found it right; none: nobody ever has.
    pub unreviewed_days: Option<i64>,
    /// Lists that were made from it, whatever the version.
    pub lists: usize,
    /// Those with another version than today's.
    pub behind: Vec<ChecklistId>,
    /// What nobody has dealt with, the oldest first.
    pub open: Vec<OpenFeedback>,
}

impl ReviewStatus {
    /// Nobody has looked at it for longer than so many days, or ever.
    pub fn is_stale(&self, stale_days: i64) -> bool {
        self.unreviewed_days.is_none_or(|days| days > stale_days)
    }
}

/// Every template on a day. What was said of an item whose template is gone, or that was found in the plan, is with
/// the first template of its list.
pub fn review_status(plan: &Plan, today: NaiveDate) -> Vec<ReviewStatus> {
    let mut said = said(plan);
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
            open: said.remove(&template.id).unwrap_or_default(),
        }
    };
    plan.templates.iter().map(of).collect()
}

fn said(plan: &Plan) -> FxHashMap<TemplateId, Vec<OpenFeedback>> {
    let mut found: FxHashMap<TemplateId, Vec<OpenFeedback>> = FxHashMap::default();
    for item in &plan.checklist_items {
        let Some(feedback) = item.feedback.as_ref().filter(|feedback| feedback.settled.is_none()) else {
            continue;
        };
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
    found.values_mut().for_each(|said| said.sort_by_key(|said| (said.feedback.on, said.item)));
    found
}
