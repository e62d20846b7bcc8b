//! Adds items, labels and headings to the parts.

use super::{Reader, Target};
use crate::{
    lines::without_blank_lines,
    parts::{ByteRange, Heading, Label, MarkdownItem, Section, Tick, Under, Words},
};

/// Maximum length of a label, in bytes; anything longer is prose.
const LABEL_BYTES: usize = 120;

impl Reader<'_> {
    /// Handles a checkbox: the open list item is an item of the checklist.
    pub fn item(&mut self, marker: ByteRange) {
        let at = self.points.len().saturating_sub(1);
        let Some(point) = self.points.get(at) else { return };
        let (span, parent) = (self.item_span(point.span), point.item);
        let under = point.under.unwrap_or_else(|| self.context());
        let mark = marker.end.saturating_sub(2);
        let tick = match self.source.as_bytes().get(mark) {
            Some(b'x' | b'X') => Tick::Done,
            Some(b'~') => Tick::Inapplicable,
            _ => Tick::Open,
        };
        let index = self.parts.items.len();
        let column = self.column(mark.saturating_sub(1));
        self.parts.items.push(MarkdownItem {
            line: self.lines.line(mark),
            span,
            mark,
            tick,
            level: at,
            parent,
            under,
            section: self.section(),
            title: Words::default(),
            body: Vec::new(),
            column,
            quotes: self.quotes.len(),
        });
        self.rest.push(marker.end);
        if let Some(point) = self.points.last_mut() {
            (point.item, point.under) = (Some(index), Some(Under::Item(index)));
        }
        self.gathering = Some((Target::Item(index), Words::default(), marker));
    }

    /// A list item from its bullet to the end of its last line that is not blank.
    fn item_span(&self, span: ByteRange) -> ByteRange {
        let text = span.of(self.source);
        let start = span.start + text.len() - text.trim_start_matches([' ', '\t', '\u{b}', '\u{c}']).len();
        without_blank_lines(self.source, ByteRange::new(start, span.end)).unwrap_or(span)
    }

    /// The column of an offset, with tab stops at 4. Offsets come in order, so that each line is counted once.
    fn column(&mut self, offset: usize) -> usize {
        let start = self.lines.start(self.lines.line(offset));
        let (mut from, mut column) = (start, 0);
        if self.counted.0 == start && self.counted.1 <= offset && self.counted.1 >= start {
            (from, column) = (self.counted.1, self.counted.2);
        }
        for character in ByteRange::new(from, offset).of(self.source).chars() {
            column += if character == '\t' { 4 - column % 4 } else { 1 };
        }
        self.counted = (start, offset, column);
        column
    }

    /// The context of a list at this place.
    fn context(&self) -> Under {
        self.lead.map_or(Under::Section(self.section()), Under::Label)
    }

    /// Adds the collected words where they belong.
    pub fn gathered(&mut self) {
        let Some((target, mut words, span)) = self.gathering.take() else { return };
        trim(&mut words, self.source);
        match target {
            Target::Item(item) => self.titled(item, words, span),
            Target::Bullet => {
                let under = self.points.iter().rev().nth(1).and_then(|point| point.under);
                let label = self.label(words, under.unwrap_or_else(|| self.context()));
                if let (Some(point), Some(label)) = (self.points.last_mut(), label) {
                    point.under = Some(Under::Label(label));
                }
            }
            Target::Heading(_) if !self.quotes.is_empty() => {
                self.lead = self.label(words, self.context()).or(self.lead);
            }
            Target::Heading(level) => self.heading(level, words, span),
            Target::Paragraph => self.lead = self.label(words, self.context()).or(self.lead),
        }
    }

    fn titled(&mut self, item: usize, mut words: Words, marker: ByteRange) {
        if words.text.is_empty() && words.span == ByteRange::default() {
            let is_space =
                self.source.as_bytes().get(marker.end).is_some_and(|byte| matches!(byte, b' ' | b'\t'));
            let at = marker.end + usize::from(is_space);
            words.span = ByteRange::new(at, at);
        }
        if let Some(rest) = self.rest.get_mut(item) {
            *rest = words.span.end;
        }
        self.reach(item, words.span.end);
        if let Some(item) = self.parts.items.get_mut(item) {
            item.title = words;
        }
    }

    fn label(&mut self, words: Words, under: Under) -> Option<usize> {
        if words.text.is_empty() || words.text.len() > LABEL_BYTES {
            return None;
        }
        let line = self.lines.line(words.span.start);
        self.parts.labels.push(Label { words, line, under });
        Some(self.parts.labels.len() - 1)
    }

    fn heading(&mut self, level: u8, words: Words, span: ByteRange) {
        let line = self.lines.line(span.start);
        let text = span.of(self.source).trim_end_matches(['\r', '\n']);
        let heading =
            Heading { level, words, line, span: ByteRange::new(span.start, span.start + text.len()) };
        while self.open.last().is_some_and(|open| self.parts.sections[*open].level() >= level) {
            self.open.pop();
        }
        if let Some(last) = self.parts.sections.last_mut() {
            last.span.end = span.start;
        }
        let section = Section {
            parent: self.open.last().copied(),
            line,
            span: ByteRange::new(span.start, self.source.len()),
            heading: Some(heading),
        };
        self.parts.sections.push(section);
        self.open.push(self.section());
        self.lead = None;
    }

    /// Adds a code fence to the item on the line before it, although it is not indented.
    pub fn adopt_fence(&mut self, fence: ByteRange) {
        let Some(last) = self.parts.items.last().filter(|_| self.points.is_empty()) else { return };
        let is_next = self.lines.line(last.span.end) + 1 == self.lines.line(fence.start);
        if !is_next || last.quotes != self.quotes.len() {
            return;
        }
        let end = without_blank_lines(self.source, fence).map_or(fence.end, |span| span.end);
        self.reach(self.parts.items.len() - 1, end);
    }

    /// Extends an item, and those around it.
    fn reach(&mut self, item: usize, end: usize) {
        let mut at = Some(item);
        while let Some(item) =
            at.and_then(|index| self.parts.items.get_mut(index)).filter(|item| item.span.end < end)
        {
            item.span.end = end;
            at = item.parent;
        }
    }

    /// Handles the summary of `<details>`: it is a label up to the end of the details.
    pub fn summary(&mut self, span: ByteRange) {
        if !self.points.is_empty() {
            return;
        }
        let text = span.of(self.source);
        if text.contains("</details>") {
            self.lead = None;
        }
        let Some((before, rest)) = text.split_once("<summary>") else { return };
        let Some((summary, _)) = rest.split_once("</summary>") else { return };
        let from = before.len() + "<summary>".len();
        let mut texts = summary.split('>').map(|part| part.split('<').next().unwrap_or_default().trim());
        let Some(inner) = texts.find(|text| !text.is_empty()) else { return };
        let at = span.start + from + (inner.as_ptr() as usize - summary.as_ptr() as usize);
        self.lead = self.label(Words::plain(inner, at), Under::Section(self.section())).or(self.lead);
    }
}

/// Trims words, in the text and in the source.
fn trim(words: &mut Words, source: &str) {
    let text = words.span.of(source);
    let end = words.span.start + text.trim_end().len();
    words.span.end = end;
    words.trim();
}
