//! A checklist as plain data, to be written as Markdown.

use serde::Serialize;

use super::{
    parts::{ByteRange, MarkdownItem, Section, Tick, TitlePlace},
    suggest::unnamed,
    text::ChecklistText,
};

/// A checklist as plain data. Titles, assignees and due dates are plain text on one line; prose and bodies are
/// Markdown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Outline {
    /// Keys and values, in order.
    pub front_matter: Vec<(String, String)>,
    pub title: Option<String>,
    /// What comes before the first section.
    pub start: Passage,
    pub sections: Vec<OutlineSection>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct OutlineSection {
    /// 2 to 6: level 1 is the title alone.
    pub level: u8,
    pub title: String,
    pub passage: Passage,
}

/// Text, and the items that follow it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// Markdown without headings and items.
    pub prose: String,
    pub items: Vec<OutlineItem>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutlineItem {
    pub tick: Tick,
    pub title: String,
    /// Markdown without items.
    pub body: String,
    /// Assignee in words: `Manager`, `Ana Lima`.
    pub assignee: Option<String>,
    /// Due date in words: `by the end of week 2`, `+5d`.
    pub due: Option<String>,
    pub items: Vec<OutlineItem>,
}

impl ChecklistText {
    /// The checklist as plain data. Assignees and due dates are those in the form that [`write`](super::write) gives
    /// them (`**Manager:** …`, `… (due: week 2)`); other forms stay in the title, and are
    /// [suggestions](Self::suggestions). All prose of a section comes before its items, and all headings but the
    /// title get levels 2 to 6.
    pub fn outline(&self) -> Outline {
        let title = self.parts.title.as_ref().filter(|title| title.place == TitlePlace::Heading);
        let pairs = self.parts.front_matter.iter().flat_map(|front| &front.pairs);
        let mut outline = Outline {
            front_matter: pairs.map(|pair| (pair.key.clone(), pair.value.clone())).collect(),
            title: title.map(|title| title.text.clone()),
            ..Outline::default()
        };
        let mut passages = self.passages();
        let mut is_titled = title.is_none();
        for (section, passage) in self.parts.sections.iter().zip(passages.drain(..)) {
            match &section.heading {
                Some(heading) if is_titled => outline.sections.push(OutlineSection {
                    level: heading.level.max(2),
                    title: heading.words.text.clone(),
                    passage,
                }),
                heading => {
                    is_titled |= heading.is_some();
                    outline.start.take(passage);
                }
            }
        }
        outline
    }

    /// Prose and items of each section.
    fn passages(&self) -> Vec<Passage> {
        let blank = |_: &Section| Passage::default();
        let mut passages: Vec<Passage> = self.parts.sections.iter().map(blank).collect();
        for prose in &self.parts.prose {
            let text = prose.span.of(&self.source).replace("\r\n", "\n").replace('\r', "\n");
            let passage = Passage { prose: text, items: Vec::new() };
            passages[prose.section].take(passage);
        }
        // Backwards, so that the items nested in an item are complete before it.
        let mut within: Vec<Vec<OutlineItem>> = vec![Vec::new(); self.parts.items.len()];
        for (index, item) in self.parts.items.iter().enumerate().rev() {
            let mut inner = std::mem::take(&mut within[index]);
            inner.reverse();
            let made = self.outline_item(index, item, inner);
            match item.parent {
                Some(parent) => within[parent].push(made),
                None => passages[item.section].items.push(made),
            }
        }
        passages.iter_mut().for_each(|passage| passage.items.reverse());
        passages
    }

    fn outline_item(&self, index: usize, item: &MarkdownItem, items: Vec<OutlineItem>) -> OutlineItem {
        let (mut span, words) = (item.title.span, &item.title);
        let source = span.of(&self.source);
        let (mut assignee, mut due) = (None, None);
        if let Some(end) = source.strip_prefix("**").and_then(|rest| rest.find(":**")) {
            let rest = &source[end + 5..];
            if rest.is_empty() || rest.starts_with(' ') {
                assignee = Some(
                    unnamed(words.text_of(ByteRange::new(span.start + 2, span.start + 2 + end))).to_owned(),
                );
                span.start += end + 5;
            }
        }
        let source = span.of(&self.source);
        if let Some(at) = source.rfind("(due: ").filter(|at| source.ends_with(')') && is_clear(source, *at)) {
            let from = span.start + at + "(due: ".len();
            due = Some(words.text_of(ByteRange::new(from, span.end - 1)).to_owned());
            span.end = span.start + at;
        }
        let title = words.text_of(span).trim().to_owned();
        OutlineItem { tick: item.tick, title, body: self.body(index), assignee, due, items }
    }
}

/// Whether a parenthesis is not part of the text: not escaped, and after a space if after anything.
fn is_clear(source: &str, at: usize) -> bool {
    at == 0 || source[..at].ends_with(' ')
}

impl Passage {
    fn take(&mut self, other: Self) {
        if !self.prose.is_empty() && !other.prose.is_empty() {
            self.prose.push_str("\n\n");
        }
        self.prose.push_str(&other.prose);
        self.items.extend(other.items);
    }
}
