use std::sync::Arc;

use headroom_model::{
    Checklist, ChecklistItem, ChecklistItemId, Draft, Due, Plan, Template, TemplateItem, TemplateUse,
};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::onboarding::{MergedItem, merge_templates, template_merge::same_words};

/// An item of a list that reads otherwise in the template now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlteredItem {
    pub item: ChecklistItemId,
    /// The title that it will have.
    pub title: String,
    /// What differs, in the words of the item's fields.
    pub fields: Vec<&'static str>,
}

/// What a list lacks of its templates as they are now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TemplateDifference {
    /// Keys of the templates that have another version by now.
    pub templates: Vec<String>,
    /// Titles of items that the list does not have.
    pub added: Vec<String>,
    /// Of what is open; what is done or skipped stays as it was.
    pub altered: Vec<AlteredItem>,
    /// Items that the templates have no more and nobody has touched.
    pub gone: Vec<ChecklistItemId>,
}

impl TemplateDifference {
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.altered.is_empty() && self.gone.is_empty()
    }
}

/// What [`catch_up`] would change. None when the list has the newest version of all its templates, or they are gone.
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

/// Makes the open items of a list those of its templates as they are now. States, notes and days set by hand stay; what
/// was done or skipped stays as it was, and so does what somebody has touched and the templates have no more.
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

/// Takes the list as one of the newest versions without changing an item.
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

/// Templates of a list that have another version than when it was made.
pub(super) fn lists_behind_template<'a>(plan: &'a Plan, list: &Checklist) -> Vec<&'a Template> {
    let other = |used: &TemplateUse| of_use(plan, used).filter(|template| template.version != used.version);
    list.templates.iter().filter_map(other).collect()
}

/// The rows of a list as its templates have them now.
struct Target<'a> {
    /// What the templates have, with the row that it is of the list.
    rows: Vec<(ChecklistItem, Option<&'a ChecklistItem>)>,
    /// Rows that stay though no template has them: found in the plan, or touched.
    left: Vec<ChecklistItem>,
    gone: Vec<ChecklistItemId>,
}

impl<'a> Target<'a> {
    fn new(draft: &mut Draft<'_>, plan: &'a Arc<Plan>, list: &Checklist) -> Self {
        let mut own: Vec<&ChecklistItem> =
            plan.checklist_items.iter().filter(|item| item.checklist == list.id).collect();
        own.sort_by_key(|item| (item.place, item.id));
        let templates: Vec<&Template> = list.templates.iter().filter_map(|used| of_use(plan, used)).collect();
        // Without one of them nobody knows what came from it.
        let is_whole = templates.len() == list.templates.len();
        let composition = merge_templates(plan, templates);
        let matched = matched(&composition.items, &own);
        let ids: Vec<ChecklistItemId> = matched
            .iter()
            .map(|row| row.map_or_else(|| draft.new_id::<ChecklistItem>(), |row| row.id))
            .collect();
        let rows = composition.items.iter().zip(&matched).enumerate();
        let rows = rows.map(|(at, (composed, before))| (row(composed, *before, list, &ids, at), *before));
        let rows: Vec<_> = rows.collect();
        let kept: FxHashSet<ChecklistItemId> = ids.into_iter().collect();
        let mut target = Self { rows, left: Vec::new(), gone: Vec::new() };
        for row in own.into_iter().filter(|row| !kept.contains(&row.id)) {
            if is_whole && row.origin.is_some() && is_untouched(row) {
                target.gone.push(row.id);
            } else {
                let place = (target.rows.len() + target.left.len()) as u32;
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

/// For each item of the templates the row of the list that it is: the one that was copied from it, else one with the
/// same words whose item is gone.
fn matched<'a>(items: &[MergedItem<'_>], own: &[&'a ChecklistItem]) -> Vec<Option<&'a ChecklistItem>> {
    let by_origin: FxHashMap<u32, &ChecklistItem> =
        own.iter().filter_map(|row| Some((row.origin?, *row))).collect();
    let mut taken: FxHashSet<ChecklistItemId> = FxHashSet::default();
    let mut found: Vec<Option<&ChecklistItem>> =
        items.iter().map(|composed| by_origin.get(&composed.item.id.into()).copied()).collect();
    taken.extend(found.iter().flatten().map(|row| row.id));
    for (at, composed) in items.iter().enumerate() {
        if found[at].is_some() {
            continue;
        }
        let words = same_words(&composed.item.title);
        let is_same = |row: &&&ChecklistItem| {
            row.origin.is_some()
                && !taken.contains(&row.id)
                && row.assignee == composed.item.assignee
                && same_words(&row.title) == words
        };
        found[at] = own.iter().find(is_same).copied();
        taken.extend(found[at].map(|row| row.id));
    }
    found
}

fn row(
    composed: &MergedItem<'_>,
    before: Option<&ChecklistItem>,
    list: &Checklist,
    ids: &[ChecklistItemId],
    at: usize,
) -> ChecklistItem {
    let TemplateItem { id, .. } = composed.item;
    let (origin, place) = (Some((*id).into()), at as u32);
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
        ..composed.copy(ids[at], list.id, ids)
    }
}

fn without(row: ChecklistItem, gone: &FxHashSet<ChecklistItemId>) -> ChecklistItem {
    let due = row.due.map(|due| Due { after: due.after.filter(|after| !gone.contains(after)), ..due });
    let needs = row.needs.iter().copied().filter(|id| !gone.contains(id)).collect();
    ChecklistItem { due, needs, ..row }
}

/// What differs between two rows, apart from where they stand.
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
