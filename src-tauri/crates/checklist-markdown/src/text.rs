//! A checklist as text with its parts.

use super::{
    lines::{Lines, dedent},
    parts::{ByteRange, ChecklistCounts, Parts},
    read::read,
    suggest::{Suggested, suggest},
};

/// A Markdown checklist: the source and its parts. What is not edited stays byte for byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChecklistText {
    pub(super) source: String,
    pub(super) parts: Parts,
}

impl ChecklistText {
    /// Reads any text; it may have no items, see [`ChecklistText::problems`].
    pub fn read(source: impl Into<String>) -> Self {
        let source = source.into();
        let parts = read(&source);
        Self { source, parts }
    }

    pub fn source(&self) -> &str {
        &self.source
    }

    pub fn parts(&self) -> &Parts {
        &self.parts
    }

    pub fn figures(&self) -> ChecklistCounts {
        self.parts.figures()
    }

    /// The Markdown of a part, as in the source.
    pub fn markdown(&self, span: ByteRange) -> &str {
        span.of(&self.source)
    }

    /// The body of an item as Markdown of its own: without indentation, with LF as line ending.
    pub fn body(&self, item: usize) -> String {
        let Some(item) = self.parts.items.get(item) else { return String::new() };
        let texts = item.body.iter().map(|span| self.outdented(*span, item.column, item.quotes));
        texts.collect::<Vec<String>>().join("\n\n")
    }

    fn outdented(&self, span: ByteRange, column: usize, quotes: usize) -> String {
        let text = span.of(&self.source);
        let lines = Lines::of(text);
        lines
            .spans(text)
            .map(|line| dedent(line.of(text), column, quotes))
            .collect::<Vec<String>>()
            .join("\n")
    }

    /// Suggestions of assignee and due date for each item, in order.
    pub fn suggestions(&self) -> Vec<Suggested> {
        suggest(&self.parts, &self.source)
    }
}
