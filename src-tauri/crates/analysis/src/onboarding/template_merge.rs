//! Merging of several templates into one list.

use std::fmt;

use headroom_model::{
    Assignee, ChecklistId, ChecklistItem, ChecklistItemId, Due, Plan, Template, TemplateItem, TemplateItemId,
};
use rustc_hash::FxHashMap;

/// An item that two templates have. The more specific template wins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DuplicateItem {
    pub kept: TemplateItemId,
    pub left_out: TemplateItemId,
}

/// An item of the merged list, with its dependencies as indexes.
#[derive(Debug, Clone, PartialEq)]
pub struct MergedItem<'a> {
    pub item: &'a TemplateItem,
    pub needs: Vec<usize>,
    pub due: Option<Due<usize>>,
}

impl MergedItem<'_> {
    /// A row of a list. `ids` are those of all its rows.
    pub(super) fn copy(
        &self,
        id: ChecklistItemId,
        checklist: ChecklistId,
        ids: &[ChecklistItemId],
    ) -> ChecklistItem {
        let item = self.item;
        ChecklistItem {
            id,
            checklist,
            origin: Some(item.id.into()),
            section: item.section.clone(),
            title: item.title.clone(),
            text: item.text.clone(),
            due: self
                .due
                .map(|due| Due { working_days: due.working_days, after: due.after.map(|at| ids[at]) }),
            assignee: item.assignee.clone(),
            takes_days: item.takes_days,
            needs: self.needs.iter().map(|at| ids[*at]).collect(),
            optional: item.optional,
            goal: item.goal,
            link: item.link.clone(),
            service: item.service,
            team: item.team,
            ..ChecklistItem::default()
        }
    }
}

/// The number of items: required ones, which is what every count means, and the others by type.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ItemCounts {
    pub items: usize,
    pub optional: usize,
    pub goals: usize,
}

impl ItemCounts {
    pub fn of<'a>(items: impl Iterator<Item = &'a TemplateItem>) -> Self {
        let mut counts = Self::default();
        for item in items {
            match (item.goal, item.optional) {
                (true, _) => counts.goals += 1,
                (_, true) => counts.optional += 1,
                _ => counts.items += 1,
            }
        }
        counts
    }
}

impl fmt::Display for ItemCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        write!(f, "{} item{}", self.items, plural(self.items))?;
        if self.optional > 0 {
            write!(f, ", {} optional", self.optional)?;
        }
        if self.goals > 0 {
            write!(f, ", {} goal{}", self.goals, plural(self.goals))?;
        }
        Ok(())
    }
}

/// Several templates as one list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MergedTemplate<'a> {
    pub templates: Vec<&'a Template>,
    /// By due date, then in the order of the templates; items without a due date last.
    pub items: Vec<MergedItem<'a>>,
    pub doubles: Vec<DuplicateItem>,
}

/// Merges templates, the most general first. Items of two templates with the same assignee and the same title, apart
/// from case, punctuation and spaces, are duplicates: the later one replaces the earlier one, and dependencies on
/// that lead to it.
pub fn merge_templates<'a>(plan: &'a Plan, templates: Vec<&'a Template>) -> MergedTemplate<'a> {
    let mut all: Vec<&TemplateItem> = Vec::new();
    for template in &templates {
        let own = plan.template_items.iter().filter(|item| item.template == template.id);
        let first = all.len();
        all.extend(own);
        plan.sort(&mut all[first..]);
    }
    let mut last: FxHashMap<(String, &Assignee), usize> = FxHashMap::default();
    // A template may repeat a title itself: only other templates have duplicates of it.
    for (at, item) in all.iter().enumerate() {
        last.entry((same_words(&item.title), &item.assignee))
            .and_modify(|kept| {
                if all[*kept].template != item.template {
                    *kept = at;
                }
            })
            .or_insert(at);
    }
    let stands_for = |at: usize| {
        let item = all[at];
        let kept = last[&(same_words(&item.title), &item.assignee)];
        if all[kept].template == item.template { at } else { kept }
    };
    let mut doubles = Vec::new();
    let mut kept: Vec<usize> = Vec::new();
    for (at, item) in all.iter().enumerate() {
        match stands_for(at) {
            same if same == at => kept.push(at),
            other => doubles.push(DuplicateItem { kept: all[other].id, left_out: item.id }),
        }
    }
    let by_id: FxHashMap<TemplateItemId, usize> =
        all.iter().enumerate().map(|(at, item)| (item.id, stands_for(at))).collect();
    let days = due_days(&all, &by_id);
    kept.sort_by_key(|at| (days[*at].is_none(), days[*at], *at));
    let place: FxHashMap<usize, usize> = kept.iter().enumerate().map(|(place, at)| (*at, place)).collect();
    let within = |id: &TemplateItemId| by_id.get(id).and_then(|at| place.get(at)).copied();
    let items = kept.iter().enumerate().map(|(own, at)| {
        let item = all[*at];
        let mut needs: Vec<usize> = item.needs.iter().filter_map(within).filter(|at| *at != own).collect();
        needs.sort_unstable();
        needs.dedup();
        let due = item.due.map(|due| Due {
            working_days: due.working_days,
            after: due.after.as_ref().and_then(within).filter(|at| *at != own),
        });
        MergedItem { item, needs, due }
    });
    MergedTemplate { items: items.collect(), templates, doubles }
}

/// The due date of each item in working days, resolved through the items it is counted from.
fn due_days(all: &[&TemplateItem], by_id: &FxHashMap<TemplateItemId, usize>) -> Vec<Option<i64>> {
    let day = |at: usize| {
        let (mut sum, mut at) = (0, at);
        // Bounded, in case of a cycle.
        for _ in 0..=all.len() {
            let due = all[at].due?;
            sum += i64::from(due.working_days);
            match due.after.and_then(|after| by_id.get(&after)) {
                None => return Some(sum),
                Some(before) => at = *before,
            }
        }
        None
    };
    (0..all.len()).map(day).collect()
}

/// A title without case, punctuation and spaces, for comparison.
pub(super) fn same_words(title: &str) -> String {
    let words = title.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let joined = words.map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    // A title of punctuation alone is compared as it is.
    if joined.is_empty() { title.trim().to_owned() } else { joined }
}
