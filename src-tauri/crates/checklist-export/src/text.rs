//! Checklists as Markdown.

use headroom_analysis::onboarding::ScheduledItem;
use headroom_checklist_markdown::{Outline, OutlineItem, OutlineSection, Passage, Tick, write};

use super::ChecklistDocument;

/// The checklists as Markdown: a section each, with the items in order. Assignee and due date are written in words
/// that the import parses.
pub fn text(document: &ChecklistDocument<'_>) -> String {
    let is_one = document.schedules.len() == 1;
    let title = match document.schedules.as_slice() {
        [schedule] => document.title(schedule),
        _ => "Checklists".to_owned(),
    };
    let mut outline = Outline { title: Some(title), ..Outline::default() };
    for schedule in &document.schedules {
        if !is_one {
            outline.sections.push(section(2, document.title(schedule)));
        }
        for (name, items) in document.sections(schedule) {
            let mut part = section(if is_one { 2 } else { 3 }, name.to_owned());
            part.passage.items = items.into_iter().map(|(_, scheduled)| item(document, scheduled)).collect();
            outline.sections.push(part);
        }
    }
    outline.sections.iter_mut().filter(|section| section.title.is_empty()).for_each(|section| {
        section.title = "Items".to_owned();
    });
    write(&outline)
}

fn section(level: u8, title: String) -> OutlineSection {
    OutlineSection { level, title, passage: Passage::default() }
}

fn item(document: &ChecklistDocument<'_>, scheduled: &ScheduledItem<'_>) -> OutlineItem {
    let item = scheduled.item;
    OutlineItem {
        tick: if scheduled.is_over() { Tick::Done } else { Tick::Open },
        title: item.title.clone(),
        body: item.text.clone(),
        assignee: Some(scheduled.who.name(document.plan)),
        due: scheduled.due.map(|due| due.to_string()),
        items: Vec::new(),
    }
}
