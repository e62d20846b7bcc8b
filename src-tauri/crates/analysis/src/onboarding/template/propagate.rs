//! Propagation of template edits to checklists.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_model::{ApplyError, Checklist, Draft, Plan, Template, TemplateId, TemplateItem};
use rustc_hash::FxHashSet;

use super::difference::{lists_behind_template, sync_with_template};

/// Adds what an edit of template items implies: a template that somebody has started from gets a new version, and lists
/// whose start is after today are synced with it.
///
/// # Errors
///
/// Any [`ApplyError`], if the plan refuses the changes, for example [`ApplyError::NeedsLoop`].
pub fn propagate(draft: &mut Draft<'_>, today: NaiveDate) -> Result<(), ApplyError> {
    let touched = touched(draft);
    if touched.is_empty() {
        return Ok(());
    }
    raise_versions(draft, &touched, today);
    let after = Arc::new(draft.outcome()?);
    let uses = |list: &&Checklist| {
        list.start > today
            && list.templates.iter().any(|used| {
                after.find::<Template>(&used.template).is_some_and(|template| touched.contains(&template))
            })
    };
    for list in after.checklists.iter().filter(uses) {
        sync_with_template(draft, &after, list);
    }
    Ok(())
}

/// The templates with an item that is added, changed or deleted.
fn touched(draft: &Draft<'_>) -> FxHashSet<TemplateId> {
    let items = draft.edits::<TemplateItem>().flat_map(|edit| edit.before.iter().chain(&edit.after));
    items.map(|item| item.template).collect()
}

fn raise_versions(draft: &mut Draft<'_>, touched: &FxHashSet<TemplateId>, today: NaiveDate) {
    let has_started = |template: &Template| {
        draft.iter::<Checklist>().filter(|list| list.start <= today).any(|list| {
            let mut uses = list.templates.iter();
            uses.any(|used| used.template == template.key && used.version == template.version)
        })
    };
    let is_due = |template: &&Template| {
        let was = draft.base().templates.get(template.id).map(|template| template.version);
        touched.contains(&template.id) && was == Some(template.version) && has_started(template)
    };
    let due: Vec<Template> = draft.iter().filter(is_due).cloned().collect();
    for template in due {
        draft.put(Template { version: template.version.saturating_add(1), ..template });
    }
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
