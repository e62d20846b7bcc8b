//! Whose an item is and when it is due, as far as its words say so. Nothing here is applied: each suggestion has the
//! words it was read from, to be confirmed.

mod role;
mod when;
mod who;
mod word;

use serde::Serialize;

pub use role::SuggestedAssignee;
pub use when::SuggestedDue;

use super::parts::{ByteRange, Parts, Under, Words};

/// What was read, and from which words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggestion<T> {
    pub value: T,
    /// As they read.
    pub words: String,
    /// Where they stand.
    pub span: ByteRange,
    /// Where an item that says nothing itself has it from; none when the words are its own.
    pub from: Option<Under>,
}

/// What is suggested for an item, a label or a section.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Suggested {
    pub assignee: Option<Suggestion<SuggestedAssignee>>,
    pub due: Option<Suggestion<SuggestedDue>>,
}

impl Suggested {
    fn says_nothing(&self) -> bool {
        self.assignee.is_none() && self.due.is_none()
    }

    /// Takes over what it does not say itself.
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

/// Suggestions for every item, in order.
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
    // Labels and items stand under what is before them in the source.
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

/// Assignee words as an outline writes them: others than roles have a sign before them, so that they are read as a
/// name.
pub(super) fn named(words: &str) -> String {
    if role::role(words).is_some() { words.to_owned() } else { format!("@{words}") }
}

/// Assignee words without that sign.
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

/// A heading or a label says whose its items are when it is hardly more than a role, and when they are due in any
/// part of it.
fn of_label(words: &Words) -> Suggested {
    Suggested { assignee: who::in_label(words), due: when::in_label(words) }
}

fn of_item(title: &Words, source: &str) -> Suggested {
    Suggested { assignee: who::in_item(title, source), due: when::in_item(title) }
}

/// A suggestion of the words between two bytes of a text.
fn suggestion<T>(value: T, words: &Words, start: usize, end: usize) -> Suggestion<T> {
    let text = words.text.get(start..end).unwrap_or_default().to_owned();
    Suggestion { value, words: text, span: words.source_of(start, end), from: None }
}
