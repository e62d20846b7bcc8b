use headroom_analysis::onboarding::ScheduledItem;
use headroom_exchange::markdown::{Outline, OutlineItem, OutlineSection, Passage, Tick, write};

use super::ChecklistDocument;

/// The lists as Markdown, a section each with its items in the order of the list: who does an item and by when is said
/// in the words that the import reads.
pub fn text(leaflet: &ChecklistDocument<'_>) -> String {
    let is_one = leaflet.courses.len() == 1;
    let title = match leaflet.courses.as_slice() {
        [course] => leaflet.title(course),
        _ => "Checklists".to_owned(),
    };
    let mut outline = Outline { title: Some(title), ..Outline::default() };
    for course in &leaflet.courses {
        if !is_one {
            outline.sections.push(section(2, leaflet.title(course)));
        }
        for (name, items) in leaflet.sections(course) {
            let mut part = section(if is_one { 2 } else { 3 }, name.to_owned());
            part.passage.items = items.into_iter().map(|(_, placed)| item(leaflet, placed)).collect();
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

fn item(leaflet: &ChecklistDocument<'_>, placed: &ScheduledItem<'_>) -> OutlineItem {
    let item = placed.item;
    OutlineItem {
        tick: if placed.is_over() { Tick::Done } else { Tick::Open },
        title: item.title.clone(),
        body: item.text.clone(),
        assignee: Some(placed.who.name(leaflet.plan)),
        due: placed.due.map(|due| due.to_string()),
        items: Vec::new(),
    }
}
