//! The difference between a checklist and the current version of its templates.

use std::sync::Arc;

use headroom_model::{
    Checklist, ChecklistItem, ChecklistItemId, Draft, Due, ListPlace, Plan, Template, TemplateItem,
    TemplateUse,
};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::onboarding::{MergedItem, merge_templates, template_merge::same_words};

/// An item of a list that differs from the template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlteredItem {
    pub item: ChecklistItemId,
    /// The title in the template.
    pub title: String,
    /// The fields that differ, by display name.
    pub fields: Vec<&'static str>,
}

/// What syncing a list with its templates would change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TemplateDifference {
    /// The keys of the templates with a newer version.
    pub templates: Vec<String>,
    /// Titles of items that the list lacks.
    pub added: Vec<String>,
    /// Open items that differ. What is done or skipped does not change.
    pub altered: Vec<AlteredItem>,
    /// Untouched items that are no longer in the templates.
    pub gone: Vec<ChecklistItemId>,
}

impl TemplateDifference {
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.altered.is_empty() && self.gone.is_empty()
    }
}

/// What [`sync_with_template`] would change. None if the list is up to date or its templates are deleted.
pub fn template_difference(plan: &Arc<Plan>, list: &Checklist) -> Option<TemplateDifference> {
    let templates = lists_behind_template(plan, list);
    if templates.is_empty() {
        return None;
    }
    let mut draft = Draft::new(plan);
    let target = Target::new(&mut draft, plan, list);
    let mut found = TemplateDifference {
        templates: templates.into_iter().map(|template| template.key.clone()).collect(),
        gone: target.gone.clone(),
        ..TemplateDifference::default()
    };
    for (row, before) in &target.rows {
        match before {
            None => found.added.push(row.title.clone()),
            Some(before) => {
                let fields = fields(before, row);
                if !fields.is_empty() {
                    found.altered.push(AlteredItem { item: before.id, title: row.title.clone(), fields });
                }
            }
        }
    }
    Some(found)
}

/// Makes the open items of a list equal to those of its templates. Kept are states, notes and due dates set by hand,
/// what is done or skipped, and items that someone has touched though the templates no longer have them.
pub fn sync_with_template(draft: &mut Draft<'_>, plan: &Arc<Plan>, list: &Checklist) {
    let target = Target::new(draft, plan, list);
    let gone: FxHashSet<ChecklistItemId> = target.gone.iter().copied().collect();
    for (row, _) in target.rows {
        draft.put(row);
    }
    for row in target.left {
        draft.put(without(row, &gone));
    }
    for id in target.gone {
        draft.remove::<ChecklistItem>(id);
    }
    pin_version(draft, plan, list);
}

/// Accepts the list as up to date without changing an item.
pub fn pin_version(draft: &mut Draft<'_>, plan: &Plan, list: &Checklist) {
    let newest = |used: &TemplateUse| {
        let version = of_use(plan, used).map_or(used.version, |template| template.version);
        TemplateUse { version, ..used.clone() }
    };
    draft.put(Checklist { templates: list.templates.iter().map(newest).collect(), ..list.clone() });
}

fn of_use<'a>(plan: &'a Plan, used: &TemplateUse) -> Option<&'a Template> {
    plan.find::<Template>(&used.template).and_then(|id| plan.templates.get(id))
}

/// The templates of a list that have another version than the list.
pub(super) fn lists_behind_template<'a>(plan: &'a Plan, list: &Checklist) -> Vec<&'a Template> {
    let other = |used: &TemplateUse| of_use(plan, used).filter(|template| template.version != used.version);
    list.templates.iter().filter_map(other).collect()
}

/// The rows of a list after syncing.
struct Target<'a> {
    /// The items of the templates, each with the existing row that it updates.
    rows: Vec<(ChecklistItem, Option<&'a ChecklistItem>)>,
    /// Rows that are kept though no template has them: generated tasks, and touched items.
    left: Vec<ChecklistItem>,
    gone: Vec<ChecklistItemId>,
}

impl<'a> Target<'a> {
    fn new(draft: &mut Draft<'_>, plan: &'a Arc<Plan>, list: &Checklist) -> Self {
        let mut own: Vec<&ChecklistItem> =
            plan.checklist_items.iter().filter(|item| item.checklist == list.id).collect();
        plan.sort(&mut own);
        let templates: Vec<&Template> = list.templates.iter().filter_map(|used| of_use(plan, used)).collect();
        // If one of the templates is deleted, it is unknown which rows came from it.
        let is_whole = templates.len() == list.templates.len();
        let merged_template = merge_templates(plan, templates);
        let matched = matched(&merged_template.items, &own);
        let ids: Vec<ChecklistItemId> = matched
            .iter()
            .map(|row| row.map_or_else(|| draft.new_id::<ChecklistItem>(), |row| row.id))
            .collect();
        let rows = merged_template.items.iter().zip(&matched).enumerate();
        let rows = rows.map(|(at, (merged, before))| (row(merged, *before, list, &ids, at), *before));
        let rows: Vec<_> = rows.collect();
        let kept: FxHashSet<ChecklistItemId> = ids.into_iter().collect();
        let mut target = Self { rows, left: Vec::new(), gone: Vec::new() };
        for row in own.into_iter().filter(|row| !kept.contains(&row.id)) {
            if is_whole && row.origin.is_some() && is_untouched(row) {
                target.gone.push(row.id);
            } else {
                let place = ListPlace::nth(target.rows.len() + target.left.len());
                target.left.push(ChecklistItem { place, ..row.clone() });
            }
        }
        let gone: FxHashSet<ChecklistItemId> = target.gone.iter().copied().collect();
        for (row, _) in &mut target.rows {
            *row = without(row.clone(), &gone);
        }
        target
    }
}

fn is_untouched(row: &ChecklistItem) -> bool {
    row.state == headroom_model::ItemState::Open
        && row.note.is_empty()
        && row.feedback.is_none()
        && row.due_by_hand.is_none()
}

/// The existing row for each item of the templates: its copy, else a row with the same title and assignee whose own
/// item is gone.
fn matched<'a>(items: &[MergedItem<'_>], own: &[&'a ChecklistItem]) -> Vec<Option<&'a ChecklistItem>> {
    let by_origin: FxHashMap<u64, &ChecklistItem> =
        own.iter().filter_map(|row| Some((row.origin?, *row))).collect();
    let mut taken: FxHashSet<ChecklistItemId> = FxHashSet::default();
    let mut found: Vec<Option<&ChecklistItem>> =
        items.iter().map(|merged| by_origin.get(&merged.item.id.into()).copied()).collect();
    taken.extend(found.iter().flatten().map(|row| row.id));
    for (at, merged) in items.iter().enumerate() {
        if found[at].is_some() {
            continue;
        }
        let words = same_words(&merged.item.title);
        let is_same = |row: &&&ChecklistItem| {
            row.origin.is_some()
                && !taken.contains(&row.id)
                && row.assignee == merged.item.assignee
                && same_words(&row.title) == words
        };
        found[at] = own.iter().find(is_same).copied();
        taken.extend(found[at].map(|row| row.id));
    }
    found
}

fn row(
    merged: &MergedItem<'_>,
    before: Option<&ChecklistItem>,
    list: &Checklist,
    ids: &[ChecklistItemId],
    at: usize,
) -> ChecklistItem {
    let TemplateItem { id, .. } = merged.item;
    let (origin, place) = (Some((*id).into()), ListPlace::nth(at));
    if let Some(before) = before.filter(|before| before.state.is_over()) {
        return ChecklistItem { origin, place, ..before.clone() };
    }
    let kept = before.cloned().unwrap_or_default();
    ChecklistItem {
        state: kept.state,
        note: kept.note,
        feedback: kept.feedback,
        due_by_hand: kept.due_by_hand,
        place,
        ..merged.copy(ids[at], list.id, ids)
    }
}

fn without(row: ChecklistItem, gone: &FxHashSet<ChecklistItemId>) -> ChecklistItem {
    let due = row.due.map(|due| Due { after: due.after.filter(|after| !gone.contains(after)), ..due });
    let needs = row.needs.iter().copied().filter(|id| !gone.contains(id)).collect();
    ChecklistItem { due, needs, ..row }
}

/// The fields that differ between two rows, except their place.
fn fields(before: &ChecklistItem, after: &ChecklistItem) -> Vec<&'static str> {
    let differs = [
        ("title", before.title != after.title),
        ("instructions", before.text != after.text),
        ("section", before.section != after.section),
        ("due date", before.due != after.due),
        ("assignee", before.assignee != after.assignee),
        ("duration", before.takes_days != after.takes_days),
        ("dependencies", before.needs != after.needs),
        ("optional", before.optional != after.optional),
        ("goal", before.goal != after.goal),
        ("link", before.link != after.link),
        ("service", before.service != after.service),
        ("team", before.team != after.team),
    ];
    differs.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
}
