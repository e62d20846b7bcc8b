//! Compares templates by key, and their items by section and title.

use std::cmp::Reverse;

use headroom_files::{
    Diagnostic, Level,
    records::{Records, TemplateRecord},
};
use headroom_model::{Due, ListPlace, Template, TemplateId, TemplateItem, TemplateItemId};
use rustc_hash::{FxHashMap, FxHashSet};

use super::differ::Differ;

impl Differ<'_> {
    pub(super) fn templates(&mut self, records: &Records) {
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        for record in &records.templates {
            if seen.insert(&record.key) {
                self.template(record);
                continue;
            }
            let message = format!("another file is also named {}; skipped", record.key);
            let place = record.place.clone();
            self.problems.push(Diagnostic::new(Level::Error, place, message, "rename one of them"));
        }
    }

    /// The same text as before changes nothing, so that what was edited in the plan stays.
    fn template(&mut self, record: &TemplateRecord) {
        let known =
            self.plan.find::<Template>(&record.key).and_then(|id| self.plan.templates.get(id)).cloned();
        if known.as_ref().is_some_and(|known| known.text == record.text) {
            return;
        }
        let mut row = match known {
            Some(known) => Template { version: known.version.saturating_add(1), ..known },
            None => Template {
                id: self.draft.new_id::<Template>(),
                key: record.key.clone(),
                occasion: record.occasion,
                source: self.source(),
                ..Template::default()
            },
        };
        row.name.clone_from(&record.name);
        row.text.clone_from(&record.text);
        let id = row.id;
        self.put(row, &record.place);
        self.template_items(id, record);
    }

    /// Assignee and due date stay if the text doesn't state them.
    fn template_items(&mut self, template: TemplateId, record: &TemplateRecord) {
        let mut known: FxHashMap<(&str, &str), Vec<&TemplateItem>> = FxHashMap::default();
        let mut items: Vec<&TemplateItem> =
            self.plan.template_items.iter().filter(|item| item.template == template).collect();
        items.sort_by_key(|item| Reverse(item.place));
        for item in items {
            known.entry((&item.section, &item.title)).or_default().push(item);
        }
        let mut rows: Vec<TemplateItem> = Vec::with_capacity(record.items.len());
        for (place, item) in record.items.iter().enumerate() {
            let old = known.get_mut(&(item.section.as_str(), item.title.as_str())).and_then(Vec::pop);
            let mut row = old.cloned().unwrap_or_else(|| TemplateItem {
                id: self.draft.new_id::<TemplateItem>(),
                template,
                section: item.section.clone(),
                title: item.title.clone(),
                ..TemplateItem::default()
            });
            row.text.clone_from(&item.text);
            row.link = item.link.clone().unwrap_or_default();
            row.place = ListPlace::nth(place);
            if let Some(working_days) = item.due {
                row.due = Some(Due { working_days, after: None });
            }
            if let Some(assignee) = &item.assignee {
                row.assignee = assignee.clone();
            }
            rows.push(row);
        }
        let ids: Vec<TemplateItemId> = rows.iter().map(|row| row.id).collect();
        let kept: FxHashSet<TemplateItemId> = ids.iter().copied().collect();
        for (row, item) in rows.into_iter().zip(&record.items) {
            let needs = item.needs.iter().filter_map(|at| ids.get(*at).copied()).collect();
            let due = row.due.filter(|due| due.after.is_none_or(|after| kept.contains(&after)));
            self.put(TemplateItem { needs, due, ..row }, &item.place);
        }
        for gone in known.into_values().flatten() {
            self.draft.remove::<TemplateItem>(gone.id);
        }
    }
}
