//! Suggests assignees and due dates from the words of items, labels and headings.
//!
//! Nothing is applied here: each suggestion has the words it was read from, for the user to confirm. An item without
//! words of its own inherits from what it stands under: label, outer item, heading. `who` and `role` read assignees,
//! `when` due dates.
//!
//! Tests: `markdown/tests/suggesting.rs`, `when/tests.rs`.

mod role;
mod when;
mod who;
mod word;

use serde::Serialize;

pub use role::SuggestedAssignee;
pub use when::SuggestedDue;

use super::parts::{ByteRange, Parts, Under, Words};

/// A value, and the words it was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggestion<T> {
    pub value: T,
    /// The words as they read.
    pub words: String,
    /// Their place.
    pub span: ByteRange,
    /// What an item without such words inherits it from; none if the words are its own.
    pub from: Option<Under>,
}

/// The suggestions for an item, label or section.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Suggested {
    pub assignee: Option<Suggestion<SuggestedAssignee>>,
    pub due: Option<Suggestion<SuggestedDue>>,
}

impl Suggested {
    fn says_nothing(&self) -> bool {
        self.assignee.is_none() && self.due.is_none()
    }

    /// Fills in what it lacks from its context.
    fn or(mut self, above: &Self, from: Under) -> Self {
        if self.assignee.is_none() {
            self.assignee =
                above.assignee.clone().map(|found| Suggestion { from: found.from.or(Some(from)), ..found });
        }
        if self.due.is_none() {
            self.due = above.due.clone().map(|found| Suggestion { from: found.from.or(Some(from)), ..found });
        }
        self
    }
}

/// The suggestions for every item, in order.
pub(super) fn suggest(parts: &Parts, source: &str) -> Vec<Suggested> {
    let mut found = TextMatch { sections: Vec::new(), labels: Vec::new(), items: Vec::new() };
    for section in &parts.sections {
        let own = section.heading.as_ref().map(|heading| of_label(&heading.words)).unwrap_or_default();
        let own = match section.parent {
            Some(parent) => own.or(&found.sections[parent], Under::Section(parent)),
            None => own,
        };
        found.sections.push(own);
    }
    // Labels and items inherit from what comes before them in the source.
    let mut labels = parts.labels.iter().peekable();
    for item in &parts.items {
        while let Some(label) = labels.next_if(|label| label.words.span.start < item.span.start) {
            found.label(&label.words, label.under);
        }
        let own = of_item(&item.title, source);
        let above = found.at(item.under).cloned().unwrap_or_default();
        found.items.push(own.or(&above, item.under));
    }
    found.items
}

/// An assignee as an outline writes it. A name that is not a role gets a `@`, so that it is read as a name.
pub(super) fn named(words: &str) -> String {
    if role::role(words).is_some() { words.to_owned() } else { format!("@{words}") }
}

/// An assignee without the `@`.
pub(super) fn unnamed(words: &str) -> &str {
    words.strip_prefix('@').unwrap_or(words)
}

struct TextMatch {
    sections: Vec<Suggested>,
    labels: Vec<Suggested>,
    items: Vec<Suggested>,
}

impl TextMatch {
    fn at(&self, under: Under) -> Option<&Suggested> {
        match under {
            Under::Section(index) => self.sections.get(index),
            Under::Label(index) => self.labels.get(index),
            Under::Item(index) => self.items.get(index),
        }
    }

    fn label(&mut self, words: &Words, under: Under) {
        let own = of_label(words);
        let above = self.at(under).cloned().unwrap_or_default();
        let is_lead = matches!(under, Under::Label(_));
        let label = if own.says_nothing() || !is_lead { own.or(&above, under) } else { own };
        self.labels.push(label);
    }
}

/// A heading or label gives an assignee if it is little more than a role, and a due date in any part of it.
fn of_label(words: &Words) -> Suggested {
    Suggested { assignee: who::in_label(words), due: when::in_label(words) }
}

fn of_item(title: &Words, source: &str) -> Suggested {
    Suggested { assignee: who::in_item(title, source), due: when::in_item(title) }
}

/// A suggestion from the words between two bytes of a text.
fn suggestion<T>(value: T, words: &Words, start: usize, end: usize) -> Suggestion<T> {
    let text = words.text.get(start..end).unwrap_or_default().to_owned();
    Suggestion { value, words: text, span: words.source_of(start, end), from: None }
}
