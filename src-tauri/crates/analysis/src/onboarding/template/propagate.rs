//! Propagation of template edits to checklists.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_model::{ApplyError, Change, Checklist, Draft, Plan, Template, TemplateId};
use rustc_hash::FxHashSet;

use super::difference::{lists_behind_template, sync_with_template};

/// The further changes that an edit of template items implies: a template that somebody has started from gets a new
/// version, and lists whose start is after today are synced with it.
///
/// # Errors
///
/// Any [`ApplyError`], if the plan refuses the changes, for example [`ApplyError::NeedsLoop`].
pub fn propagate(plan: &Plan, changes: &[Change], today: NaiveDate) -> Result<Vec<Change>, ApplyError> {
    let touched = touched(changes);
    if touched.is_empty() {
        return Ok(Vec::new());
    }
    let mut after = plan.clone();
    after.apply(changes)?;
    let mut raised = versions(plan, &after, &touched, today);
    after.apply(&raised)?;
    let after = Arc::new(after);
    let mut draft = Draft::new(&after);
    let uses = |list: &&Checklist| {
        list.start > today
            && list.templates.iter().any(|used| {
                after.find::<Template>(&used.template).is_some_and(|template| touched.contains(&template))
            })
    };
    for list in after.checklists.iter().filter(uses) {
        sync_with_template(&mut draft, &after, list);
    }
    raised.extend(draft.finish());
    Ok(raised)
}

/// The templates with an item that is added, changed or deleted.
fn touched(changes: &[Change]) -> FxHashSet<TemplateId> {
    let edits = changes.iter().filter_map(|change| match change {
        Change::TemplateItem(edit) => Some(edit.before.iter().chain(&edit.after)),
        _ => None,
    });
    edits.flatten().map(|item| item.template).collect()
}

fn versions(before: &Plan, after: &Plan, touched: &FxHashSet<TemplateId>, today: NaiveDate) -> Vec<Change> {
    let mut draft = Draft::new(after);
    for template in after.templates.iter().filter(|template| touched.contains(&template.id)) {
        let was = before.templates.get(template.id).map(|template| template.version);
        let has_started = |list: &Checklist| {
            let is_it = |used: &headroom_model::TemplateUse| {
                used.template == template.key && used.version == template.version
            };
            list.start <= today && list.templates.iter().any(is_it)
        };
        if was == Some(template.version) && after.checklists.iter().any(has_started) {
            draft.put(Template { version: template.version.saturating_add(1), ..template.clone() });
        }
    }
    draft.finish()
}

/// The lists with an older version of a template, by start.
pub(super) fn lists_behind<'a>(plan: &'a Plan, template: &Template) -> Vec<&'a Checklist> {
    let is_behind =
        |list: &&Checklist| lists_behind_template(plan, list).iter().any(|behind| behind.id == template.id);
    let mut lists: Vec<&Checklist> = plan.checklists.iter().filter(is_behind).collect();
    plan.sort(&mut lists);
    lists.sort_by_key(|list| list.start);
    lists
}
