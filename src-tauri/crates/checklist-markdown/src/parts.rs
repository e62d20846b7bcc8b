//! The parts of a checklist: sections, items, links, prose, each with its place in the source.

use serde::Serialize;

/// A byte range of the source, end exclusive.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ByteRange {
    pub start: usize,
    pub end: usize,
}

impl ByteRange {
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The text in the range; empty if the range is of another text.
    pub fn of(self, source: &str) -> &str {
        source.get(self.start..self.end).unwrap_or_default()
    }
}

/// Running text: what a reader sees, and its place in the source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Words {
    /// Without emphasis, addresses and escapes; line breaks within it are spaces.
    pub text: String,
    /// Place of its Markdown.
    pub span: ByteRange,
    /// Which parts of the source gave which parts of the text.
    #[serde(skip)]
    runs: Vec<Run>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    /// Start in the text.
    text: usize,
    source: ByteRange,
}

impl Words {
    /// Words that read in the source as they are.
    pub(super) fn plain(text: &str, start: usize) -> Self {
        let mut words = Self::default();
        words.push(text, ByteRange::new(start, start + text.len()));
        words
    }

    pub(super) fn push(&mut self, text: &str, source: ByteRange) {
        if !text.is_empty() {
            self.runs.push(Run { text: self.text.len(), source });
            self.text.push_str(text);
        }
        self.reach(source);
    }

    /// Extends the place over Markdown without text of its own.
    pub(super) fn reach(&mut self, source: ByteRange) {
        if self.span == ByteRange::default() {
            self.span = source;
        }
        self.span.end = self.span.end.max(source.end);
    }

    /// Trims spaces from the text.
    pub(super) fn trim(&mut self) {
        self.text.truncate(self.text.trim_end().len());
        let start = self.text.len() - self.text.trim_start().len();
        self.text.drain(..start);
        for run in &mut self.runs {
            let skipped = start.saturating_sub(run.text);
            run.source.start = (run.source.start + skipped).min(run.source.end);
            run.text = run.text.saturating_sub(start);
        }
        let kept = self.runs.partition_point(|run| run.text < self.text.len());
        self.runs.truncate(kept);
    }

    /// The place of a part of the text in the source.
    pub fn source_of(&self, start: usize, end: usize) -> ByteRange {
        ByteRange::new(self.offset(start), self.offset(end.saturating_sub(1)) + usize::from(end > start))
    }

    /// The offset in the source of a byte of the text.
    fn offset(&self, at: usize) -> usize {
        let after = self.runs.partition_point(|run| run.text <= at);
        let Some(run) = after.checked_sub(1).and_then(|before| self.runs.get(before)) else {
            return self.span.start;
        };
        (run.source.start + (at - run.text)).min(run.source.end.saturating_sub(1))
    }

    /// The text of a part of the source.
    pub(super) fn text_of(&self, source: ByteRange) -> &str {
        let place = |offset: usize| {
            let after = self.runs.partition_point(|run| run.source.start <= offset);
            let next = self.runs.get(after).map_or(self.text.len(), |run| run.text);
            match after.checked_sub(1).and_then(|before| self.runs.get(before)) {
                Some(run) if offset < run.source.end => (run.text + offset - run.source.start).min(next),
                _ => next,
            }
        };
        self.text.get(place(source.start)..place(source.end)).unwrap_or_default()
    }
}

/// The lines between `---` at the very start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FrontMatter {
    /// Including both fences.
    pub span: ByteRange,
    /// Between the fences.
    pub text: ByteRange,
    /// Lines that are a plain `key: value`, in order. Lists, maps and long texts are only in `text`.
    pub pairs: Vec<Pair>,
}

impl FrontMatter {
    pub fn pair(&self, key: &str) -> Option<&Pair> {
        self.pairs.iter().find(|pair| pair.key == key)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pair {
    pub key: String,
    /// Without quotes.
    pub value: String,
    pub line: usize,
    /// Place of the value, including quotes.
    pub span: ByteRange,
}

/// The title of the checklist, and where it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Title {
    pub text: String,
    pub line: usize,
    pub span: ByteRange,
    pub place: TitlePlace,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum TitlePlace {
    /// The first heading, at level 1.
    Heading,
    /// `name` or `title` in the front matter.
    FrontMatter,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    pub words: Words,
    pub line: usize,
    pub span: ByteRange,
}

/// A heading and what follows it up to the next one. The first section is what comes before any heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    pub heading: Option<Heading>,
    /// The section of the next higher heading.
    pub parent: Option<usize>,
    pub line: usize,
    /// From its heading up to the next one of any level.
    pub span: ByteRange,
}

impl Section {
    pub fn level(&self) -> u8 {
        self.heading.as_ref().map_or(0, |heading| heading.level)
    }
}

/// Status of an item's checkbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tick {
    /// `[ ]`
    Open,
    /// `[x]`
    Done,
    /// `[~]`, as on GitLab.
    Inapplicable,
}

/// The context of an item or label, from which it inherits assignee and due date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Under {
    Section(usize),
    /// A short paragraph before a list, a bullet with items in it, or the summary of `<details>`.
    Label(usize),
    Item(usize),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkdownItem {
    pub line: usize,
    /// From its bullet to the end of its last line, with everything nested in it.
    pub span: ByteRange,
    /// Offset of the character between the brackets.
    pub mark: usize,
    pub tick: Tick,
    /// How many list items it is nested in, with a checkbox or without.
    pub level: usize,
    /// The nearest item that it is nested in.
    pub parent: Option<usize>,
    pub under: Under,
    pub section: usize,
    /// Its first paragraph, up to a hard line break.
    pub title: Words,
    /// Everything else of it except nested items: text, bullets, code. Includes a code fence on the very next line,
    /// although that is not indented.
    pub body: Vec<ByteRange>,
    /// Indentation of its text, in columns with tab stops at 4.
    pub(super) column: usize,
    /// How many block quotes it is in.
    pub(super) quotes: usize,
}

/// A short text that may give assignee or due date of the items below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Label {
    pub words: Words,
    pub line: usize,
    pub under: Under,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LinkKind {
    /// `[text](address)`
    Inline,
    /// `[text][name]`
    Reference,
    /// `<address>`
    Angle,
    /// An address without marks around it.
    Bare,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkdownLink {
    pub kind: LinkKind,
    pub text: String,
    pub address: String,
    pub line: usize,
    pub span: ByteRange,
    /// The nearest item that it is in.
    pub item: Option<usize>,
}

/// Text between headings and items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Prose {
    pub line: usize,
    pub span: ByteRange,
    pub section: usize,
    /// The last item before it in its section.
    pub after: Option<usize>,
}

/// Counts of the parts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ChecklistCounts {
    /// List items with a checkbox, anywhere: in lists of any kind, in block quotes, in `<details>`.
    pub items: usize,
    pub ticked: usize,
    /// Marked as not applicable; not counted as ticked.
    pub inapplicable: usize,
    /// Items nested in another list item, with a checkbox or without.
    pub nested: usize,
    /// Headings of both styles, anywhere.
    pub headings: usize,
    /// Links `[text](address)` that begin on the line of an item's checkbox. Those in its other lines are only among
    /// `links`.
    pub links_in_items: usize,
    /// Links of every kind, anywhere, without images.
    pub links: usize,
}

/// Everything that a Markdown checklist contains, in the order of the source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Parts {
    pub front_matter: Option<FrontMatter>,
    pub title: Option<Title>,
    /// At least one.
    pub sections: Vec<Section>,
    pub items: Vec<MarkdownItem>,
    pub labels: Vec<Label>,
    pub links: Vec<MarkdownLink>,
    pub prose: Vec<Prose>,
    pub(super) headings: usize,
    /// Code fences and HTML, in which nothing is an item.
    pub(super) verbatim: Vec<ByteRange>,
}

impl Parts {
    pub fn figures(&self) -> ChecklistCounts {
        let count = |tick: Tick| self.items.iter().filter(|item| item.tick == tick).count();
        let is_on_item = |link: &&MarkdownLink| {
            link.kind == LinkKind::Inline
                && link.item.and_then(|item| self.items.get(item)).is_some_and(|item| item.line == link.line)
        };
        ChecklistCounts {
            items: self.items.len(),
            ticked: count(Tick::Done),
            inapplicable: count(Tick::Inapplicable),
            nested: self.items.iter().filter(|item| item.level > 0).count(),
            headings: self.headings,
            links_in_items: self.links.iter().filter(is_on_item).count(),
            links: self.links.len(),
        }
    }

    /// The headings above a section, the highest first, and its own.
    pub fn path(&self, section: usize) -> Vec<&str> {
        let mut path = Vec::new();
        let mut at = Some(section);
        while let Some(section) = at.and_then(|index| self.sections.get(index)) {
            path.extend(section.heading.as_ref().map(|heading| heading.words.text.as_str()));
            at = section.parent;
        }
        path.reverse();
        path
    }
}
