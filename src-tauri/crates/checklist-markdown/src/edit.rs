//! Edits a checklist in its source.
//!
//! An edit changes its own bytes only, and is made only if the text, read again, says what was meant and everything
//! else is as before.

use super::{
    front_matter::quoted,
    lines::{is_blank, without_blank_lines},
    parts::{ByteRange, MarkdownItem, Tick, TitlePlace},
    text::ChecklistText,
};

/// Why an edit was not made. The text is unchanged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    #[error("the checklist has no item number {0}")]
    NoItem(usize),
    #[error("the checklist has no section number {0}")]
    NoSection(usize),
    #[error("the checklist has no title to change: no heading at the start and no name in the front matter")]
    NoTitle,
    #[error("a title must be a single, non-empty line")]
    NotOneLine,
    #[error(
        "line {line}: this edit would change how other parts of the file are read; edit the file by hand"
    )]
    Structure { line: usize },
}

/// Status, level and title of an item: what an edit elsewhere must leave alone.
type Gist<'a> = (Tick, usize, &'a str);

impl ChecklistText {
    /// Ticks or unticks an item. At most one character changes.
    ///
    /// # Errors
    /// [`EditError::NoItem`], or [`EditError::Structure`] if the text would be read differently.
    pub fn tick(&mut self, item: usize, tick: Tick) -> Result<(), EditError> {
        let found = self.parts.items.get_mut(item).ok_or(EditError::NoItem(item))?;
        if found.tick == tick {
            return Ok(());
        }
        let mark = match tick {
            Tick::Open => " ",
            Tick::Done => "x",
            Tick::Inapplicable => "~",
        };
        found.tick = tick;
        let at = found.mark;
        self.source.replace_range(at..at + 1, mark);
        Ok(())
    }

    /// Changes the title of an item, given as Markdown.
    ///
    /// # Errors
    /// [`EditError::NoItem`], [`EditError::NotOneLine`], or [`EditError::Structure`] if the text would be read
    /// differently.
    pub fn retitle_item(&mut self, item: usize, title: &str) -> Result<(), EditError> {
        let found = self.item(item)?;
        let (title, span, line) = (one_line(title)?, found.title.span, found.line);
        let needs_space = !self.source[..span.start].ends_with([' ', '\t']);
        let new = if needs_space { format!(" {title}") } else { title.to_owned() };
        self.edit(ByteRange::new(span.start, span.end), &new, line, |before, after| {
            let mut expected = before.gist();
            let renamed = after.parts.items.get(item).map(|item| (item.title.text.as_str(), item.title.span));
            let Some((text, span)) = renamed else { return false };
            expected[item].2 = text;
            span.of(&after.source) == title && expected == after.gist() && before.outer() == after.outer()
        })
    }

    /// Changes the title of the checklist: Markdown for a heading, plain text for front matter.
    ///
    /// # Errors
    /// [`EditError::NoTitle`], [`EditError::NotOneLine`], or [`EditError::Structure`] if the text would be read
    /// differently.
    pub fn retitle(&mut self, title: &str) -> Result<(), EditError> {
        let found = self.parts.title.as_ref().ok_or(EditError::NoTitle)?;
        let (title, span, line, place) = (one_line(title)?, found.span, found.line, found.place);
        let new = match place {
            TitlePlace::Heading => title.to_owned(),
            TitlePlace::FrontMatter => quoted(title),
        };
        self.edit(span, &new, line, |before, after| {
            let reads = after.parts.title.as_ref().is_some_and(|found| match place {
                TitlePlace::Heading => found.span.of(&after.source) == title,
                TitlePlace::FrontMatter => found.text == title,
            });
            reads && before.gist() == after.gist() && before.outer().1 == after.outer().1
        })
    }

    /// Appends an open item to a section, after its last one and written in the same style. Gives its index.
    ///
    /// # Errors
    /// [`EditError::NoSection`], [`EditError::NotOneLine`], or [`EditError::Structure`] if the text would be read
    /// differently.
    pub fn append(&mut self, section: usize, title: &str) -> Result<usize, EditError> {
        let title = one_line(title)?;
        let place = self.parts.sections.get(section).ok_or(EditError::NoSection(section))?;
        let last =
            self.parts.items.iter().rev().find(|item| item.section == section && item.parent.is_none());
        let index = self.parts.items.iter().filter(|item| item.section <= section).count();
        let end = self.line_end();
        let (at, new, line) = match last {
            Some(item) => {
                let bullet = self.bullet(item).ok_or(EditError::Structure { line: item.line })?;
                (item.span.end, format!("{end}{bullet}[ ] {title}"), item.line)
            }
            None => {
                let text = without_blank_lines(&self.source, place.span);
                let at = text.map_or(place.span.start, |span| span.end);
                let is_start =
                    self.source[..at].is_empty() || self.source[..at].ends_with(['\n', '\r', '\u{feff}']);
                let before = match text {
                    Some(_) => end.repeat(2),
                    None if is_start => String::new(),
                    None => end.to_owned(),
                };
                let rest = self.source.get(at..).unwrap_or_default();
                let next = if text.is_none() { rest } else { after_line(rest) };
                let is_tight = next.lines().next().is_some_and(|line| !is_blank(line));
                let behind = if text.is_none() && !rest.is_empty() { end.repeat(2) } else { String::new() };
                let behind = if is_tight && behind.is_empty() { end.to_owned() } else { behind };
                (at, format!("{before}- [ ] {title}{behind}"), place.line)
            }
        };
        self.edit(ByteRange::new(at, at), &new, line, |before, after| {
            let Some(item) = after.parts.items.get(index) else { return false };
            let mut expected = before.gist();
            expected.insert(index, (Tick::Open, item.level, item.title.text.as_str()));
            item.section == section
                && item.title.span.of(&after.source) == title
                && expected == after.gist()
                && before.outer() == after.outer()
        })?;
        Ok(index)
    }

    /// Removes an item with everything nested in it.
    ///
    /// # Errors
    /// [`EditError::NoItem`], or [`EditError::Structure`] if it shares its line with another bullet.
    pub fn remove(&mut self, item: usize) -> Result<(), EditError> {
        let found = self.item(item)?;
        let (line, span) = (found.line, found.span);
        let start = self.line_start(span.start);
        let Some(prefix) = self.source.get(start..span.start).filter(|prefix| is_blank(prefix)) else {
            return Err(EditError::Structure { line });
        };
        let rest = self.source.get(span.end..).unwrap_or_default();
        let end = span.end + (rest.len() - after_line(rest).len());
        let is_mark = prefix.starts_with('\u{feff}');
        let from = if is_mark { start + '\u{feff}'.len_utf8() } else { start };
        let gone = self
            .parts
            .items
            .iter()
            .filter(|item| span.start <= item.span.start && item.span.end <= span.end)
            .count();
        self.edit(ByteRange::new(from, end), "", line, |before, after| {
            let mut expected = before.gist();
            expected.drain(item..item + gone);
            expected == after.gist() && before.outer() == after.outer()
        })
    }

    fn item(&self, item: usize) -> Result<&MarkdownItem, EditError> {
        self.parts.items.get(item).ok_or(EditError::NoItem(item))
    }

    /// Makes an edit if the result is read as it was meant.
    fn edit(
        &mut self,
        span: ByteRange,
        new: &str,
        line: usize,
        is_meant: impl FnOnce(&Self, &Self) -> bool,
    ) -> Result<(), EditError> {
        let mut source = self.source.clone();
        source.replace_range(span.start..span.end, new);
        let edited = Self::read(source);
        if !is_meant(self, &edited) {
            return Err(EditError::Structure { line });
        }
        *self = edited;
        Ok(())
    }

    /// Each item without its place.
    fn gist(&self) -> Vec<Gist<'_>> {
        self.parts.items.iter().map(|item| (item.tick, item.level, item.title.text.as_str())).collect()
    }

    /// What surrounds the items: title, other headings, and keys of the front matter.
    fn outer(&self) -> (Option<&str>, Vec<&str>) {
        let title = self.parts.title.as_ref();
        let skips = title.is_some_and(|title| title.place == TitlePlace::Heading);
        let headings = self.parts.sections.iter().filter_map(|section| section.heading.as_ref());
        let others = headings.skip(usize::from(skips)).map(|heading| heading.words.text.as_str());
        let keys =
            self.parts.front_matter.iter().flat_map(|front| &front.pairs).map(|pair| pair.key.as_str());
        (title.map(|title| title.text.as_str()), others.chain(keys).collect())
    }

    /// The line ending of the text.
    fn line_end(&self) -> &'static str {
        match self.source.find(['\n', '\r']) {
            Some(at) if self.source[at..].starts_with("\r\n") => "\r\n",
            Some(at) if self.source[at..].starts_with('\r') => "\r",
            _ => "\n",
        }
    }

    fn line_start(&self, offset: usize) -> usize {
        self.source[..offset].rfind(['\n', '\r']).map_or(0, |at| at + 1)
    }

    /// The text before the checkbox of an item to add after this one, from the start of the line.
    fn bullet(&self, item: &MarkdownItem) -> Option<String> {
        let prefix = self.source.get(self.line_start(item.span.start)..item.span.start)?;
        let prefix = prefix.trim_start_matches('\u{feff}');
        let bullet = self.source.get(item.span.start..item.mark - 1)?;
        if !is_blank(prefix) {
            return None;
        }
        let digits = bullet.find(|character: char| !character.is_ascii_digit())?;
        let number = bullet[..digits].parse::<u32>().ok().and_then(|number| number.checked_add(1));
        Some(match number {
            Some(number) => format!("{prefix}{number}{}", &bullet[digits..]),
            None => format!("{prefix}{bullet}"),
        })
    }
}

/// A title on one line, without spaces around it.
fn one_line(title: &str) -> Result<&str, EditError> {
    let title = title.trim();
    if title.is_empty() || title.contains(['\n', '\r']) { Err(EditError::NotOneLine) } else { Ok(title) }
}

/// What follows the line on which a text begins.
fn after_line(text: &str) -> &str {
    let Some(at) = text.find(['\n', '\r']) else { return "" };
    let end = if text[at..].starts_with("\r\n") { 2 } else { 1 };
    text.get(at + end..).unwrap_or_default()
}
