//! Reads the parts of a Markdown text from the events of pulldown-cmark.

mod put;

use std::{borrow::Cow, ops::Range};

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::{
    bare::bare_addresses,
    front_matter::{first_line, front_matter},
    gaps::fill_gaps,
    lines::Lines,
    parts::{ByteRange, LinkKind, MarkdownLink, Parts, Section, Title, TitlePlace, Under, Words},
};

/// Reads any text.
pub(super) fn read(source: &str) -> Parts {
    let lines = Lines::of(source);
    let front = front_matter(source, &lines);
    let body = front.as_ref().map_or(first_line(source), |front| lines.start(lines.line(front.span.end) + 1));
    let mut reader = Reader::new(source, &lines, body);
    reader.parts.front_matter = front;
    let text = prepared(source.get(body..).unwrap_or_default());
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM;
    for (event, range) in Parser::new_ext(&text, options).into_offset_iter() {
        reader.take(&event, reader.span(range));
    }
    reader.finish()
}

/// The text as the parser needs it, with everything at its place: `[~]` as a checkbox, and a line ending on the last
/// line, without which its checkbox would not be one.
fn prepared(text: &str) -> Cow<'_, str> {
    let has_end = text.ends_with(['\n', '\r']);
    if has_end && !text.contains("[~]") {
        return Cow::Borrowed(text);
    }
    let mut own = text.to_owned();
    let lines = Lines::of(text);
    for span in lines.spans(text) {
        let line = span.of(text);
        let rest = line.trim_start_matches([
            '>', ' ', '\t', '-', '*', '+', '.', ')', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9',
        ]);
        let is_box =
            rest.strip_prefix("[~]").is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
        if is_box && rest.len() < line.len() {
            let at = span.end - rest.len();
            own.replace_range(at..at + 3, "[ ]");
        }
    }
    if !has_end {
        own.push('\n');
    }
    Cow::Owned(own)
}

/// What words are collected for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Item(usize),
    Bullet,
    Heading(u8),
    Paragraph,
}

/// An open list item.
struct Point {
    span: ByteRange,
    /// Context of what is nested in it.
    under: Option<Under>,
    /// The nearest item with a checkbox, itself or around it.
    item: Option<usize>,
}

struct Reader<'a> {
    source: &'a str,
    lines: &'a Lines,
    shift: usize,
    parts: Parts,
    /// For each item, where its body may start.
    rest: Vec<usize>,
    points: Vec<Point>,
    /// Indexes of the open sections, the outermost first.
    open: Vec<usize>,
    lead: Option<usize>,
    /// The labels in effect outside each block quote.
    quotes: Vec<Option<usize>>,
    gathering: Option<(Target, Words, ByteRange)>,
    links: Vec<MarkdownLink>,
    /// Plain text so far, to find addresses in it, and its start.
    run: (String, usize),
    in_code: bool,
    /// How far columns were counted on a line: its start, an offset and the column there.
    counted: (usize, usize, usize),
}

impl<'a> Reader<'a> {
    fn new(source: &'a str, lines: &'a Lines, shift: usize) -> Self {
        let whole = Section {
            heading: None,
            parent: None,
            line: lines.line(shift),
            span: ByteRange::new(shift, source.len()),
        };
        Self {
            source,
            lines,
            shift,
            parts: Parts { sections: vec![whole], ..Parts::default() },
            rest: Vec::new(),
            points: Vec::new(),
            open: Vec::new(),
            lead: None,
            quotes: Vec::new(),
            gathering: None,
            links: Vec::new(),
            run: (String::new(), 0),
            in_code: false,
            counted: (0, 0, 0),
        }
    }

    fn span(&self, range: Range<usize>) -> ByteRange {
        let end = (range.end + self.shift).min(self.source.len());
        ByteRange::new((range.start + self.shift).min(end), end)
    }

    fn take(&mut self, event: &Event<'_>, span: ByteRange) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(*tag, span),
            Event::TaskListMarker(_) => self.item(span),
            Event::Text(text) if !self.in_code => self.text(text, span),
            Event::Code(text) => {
                let at = span.of(self.source).find(text.as_ref()).unwrap_or(0);
                self.flush();
                self.gather(
                    text,
                    ByteRange::new(span.start + at, (span.start + at + text.len()).min(span.end)),
                    span,
                );
            }
            Event::SoftBreak => {
                self.flush();
                self.gather(" ", span, span);
            }
            Event::HardBreak => self.forced_break(span),
            Event::InlineHtml(_) | Event::FootnoteReference(_) => {
                self.flush();
                self.gather("", span, span);
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: ByteRange) {
        self.flush();
        match tag {
            Tag::Link { link_type, dest_url, .. } => {
                self.gather("", span, span);
                let (line, item) = (self.lines.line(span.start), self.within());
                let kind = link_kind(*link_type);
                self.links.push(MarkdownLink {
                    kind,
                    text: String::new(),
                    address: dest_url.to_string(),
                    line,
                    span,
                    item,
                });
                return;
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Image { .. } => {
                return self.gather("", span, span);
            }
            _ => {}
        }
        if !(matches!(tag, Tag::Paragraph) && self.awaits_words()) {
            self.gathered();
        }
        match tag {
            Tag::Paragraph if self.points.is_empty() => {
                self.gathering = Some((Target::Paragraph, Words::default(), span))
            }
            Tag::Heading { level, .. } => {
                self.parts.headings += 1;
                self.gathering =
                    self.points.is_empty().then(|| (Target::Heading(*level as u8), Words::default(), span));
            }
            Tag::Item => {
                let (under, item) = (self.points.last().and_then(|point| point.under), self.within());
                self.points.push(Point { span, under, item });
                self.gathering = Some((Target::Bullet, Words::default(), span));
            }
            Tag::BlockQuote(_) => self.quotes.push(self.lead),
            Tag::CodeBlock(kind) => {
                self.in_code = true;
                if matches!(kind, CodeBlockKind::Fenced(_)) {
                    self.parts.verbatim.push(span);
                    self.adopt_fence(span);
                }
            }
            Tag::HtmlBlock => {
                self.parts.verbatim.push(span);
                self.summary(span);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, span: ByteRange) {
        self.flush();
        match tag {
            TagEnd::Link => {
                if let Some(link) = self.links.pop() {
                    self.parts.links.push(link);
                }
            }
            TagEnd::Paragraph if self.awaits_words() => {}
            TagEnd::Paragraph | TagEnd::Heading(_) => self.gathered(),
            TagEnd::Item => {
                self.gathered();
                self.points.pop();
            }
            TagEnd::BlockQuote(_) => self.lead = self.quotes.pop().flatten(),
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Image => {
                self.gather("", span, span)
            }
            _ => {}
        }
    }

    /// The nearest open item with a checkbox.
    fn within(&self) -> Option<usize> {
        self.points.last().and_then(|point| point.item)
    }

    fn section(&self) -> usize {
        self.parts.sections.len() - 1
    }

    /// Whether a list item has no words yet, so that a paragraph in it is its title.
    fn awaits_words(&self) -> bool {
        let is_point = |target: &Target| matches!(target, Target::Item(_) | Target::Bullet);
        self.gathering
            .as_ref()
            .is_some_and(|(target, words, _)| is_point(target) && words.span == ByteRange::default())
    }

    fn text(&mut self, text: &str, span: ByteRange) {
        if self.run.1 + self.run.0.len() != span.start || text.len() != span.end - span.start {
            self.flush();
            self.run.1 = span.start;
        }
        self.run.0.push_str(text);
        self.gather(text, span, span);
    }

    /// Adds to the collected words and to the open links.
    fn gather(&mut self, text: &str, source: ByteRange, whole: ByteRange) {
        if let Some((_, words, _)) = &mut self.gathering {
            words.reach(whole);
            words.push(text, source);
        }
        for link in &mut self.links {
            link.text.push_str(text);
        }
    }

    /// Finds addresses in the plain text so far.
    fn flush(&mut self) {
        let (text, start) = std::mem::take(&mut self.run);
        if text.is_empty() || !self.links.is_empty() {
            return;
        }
        for (at, address) in bare_addresses(&text) {
            let span = ByteRange::new(start + at.start, start + at.end);
            let (line, item) = (self.lines.line(span.start), self.within());
            let text = text.get(at).unwrap_or_default().to_owned();
            self.parts.links.push(MarkdownLink { kind: LinkKind::Bare, text, address, line, span, item });
        }
    }

    /// A hard line break ends the title of an item; what follows belongs to its body.
    fn forced_break(&mut self, span: ByteRange) {
        self.flush();
        match &self.gathering {
            Some((Target::Item(item), ..)) => {
                let item = *item;
                self.gathered();
                if let Some(rest) = self.rest.get_mut(item) {
                    *rest = span.end;
                }
            }
            _ => self.gather(" ", span, span),
        }
    }

    fn finish(mut self) -> Parts {
        self.flush();
        self.parts.links.sort_by_key(|link| link.span);
        self.parts.title = title(&self.parts, self.lines);
        fill_gaps(&mut self.parts, &self.rest, self.source, self.lines);
        self.parts
    }
}

fn link_kind(kind: LinkType) -> LinkKind {
    match kind {
        LinkType::Inline | LinkType::WikiLink { .. } => LinkKind::Inline,
        LinkType::Autolink | LinkType::Email => LinkKind::Angle,
        _ => LinkKind::Reference,
    }
}

fn title(parts: &Parts, lines: &Lines) -> Option<Title> {
    let first = parts.sections.iter().find_map(|section| section.heading.as_ref());
    if let Some(heading) = first.filter(|heading| heading.level == 1 && !heading.words.text.is_empty()) {
        let span = heading.words.span;
        let line = lines.line(span.start);
        return Some(Title { text: heading.words.text.clone(), line, span, place: TitlePlace::Heading });
    }
    let front = parts.front_matter.as_ref()?;
    let pair =
        ["name", "title"].iter().filter_map(|key| front.pair(key)).find(|pair| !pair.value.is_empty())?;
    let (text, line) = (pair.value.clone(), pair.line);
    Some(Title { text, line, span: pair.span, place: TitlePlace::FrontMatter })
}
